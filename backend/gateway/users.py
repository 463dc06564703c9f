"""Users: list them, look at one, change it, remove it."""

import base64
import binascii
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Final

from backend import errors
from backend.domain.access import Action, Caller, Role, may_grant, oversees, require, widest
from backend.domain.ids import USER, parse_id
from backend.domain.users import ListedUser, User, UserChange, UserFilter
from backend.gateway.identity import Identity
from backend.gateway.pages import Page, check_size, read_cursor, write_cursor
from backend.storage.users import Users as Rows

LONGEST_NAME: Final = 200
NO_SUCH_USER: Final = "There is no such user among yours."


@dataclass(frozen=True, slots=True)
class UserSearch:
    """As `UserFilter`, with the owner's shown id."""

    text: str | None = None
    role: Role | None = None
    owner_id: str | None = None
    disabled: bool | None = None


class Users:
    """`stop_replies` stops the replies that are being written for users of these ids."""

    def __init__(
        self,
        rows: Rows,
        identity: Identity,
        stop_replies: Callable[[Collection[int]], None],
        clock: Callable[[], float],
    ) -> None:
        self._rows = rows
        self._identity = identity
        self._stop_replies = stop_replies
        self._clock = clock

    async def page(
        self, caller: Caller, first: int = 30, after: str | None = None, wanted: UserSearch | None = None
    ) -> Page[ListedUser]:
        """An admin's: everybody; a client's: the users that it made; a user's: itself.  Newest first; those that begin
        with a text in the order of the name or id that does."""
        require(caller, Action.READ_SELF)
        size, wanted = check_size(first), wanted or UserSearch()
        owner_id = None if wanted.owner_id is None else parse_id(USER, wanted.owner_id)
        if wanted.owner_id is not None and owner_id is None:
            return Page([], False, after is not None, str)
        await self._identity.note_uses()
        filter_ = UserFilter(wanted.text or None, wanted.role, owner_id, wanted.disabled)
        if filter_.text is not None:
            place = None if after is None else read_text_cursor(after)
            found = await self._rows.search(widest(caller), size + 1, filter_, place)
            keys = {listed.user.id: key for key, listed in found}
            rows = [listed for _, listed in found]
            return Page(
                rows[:size],
                len(rows) > size,
                after is not None,
                lambda row: write_text_cursor(keys[row.user.id], row.user.id),
            )
        position = None if after is None else read_cursor(after, 2)
        rows = await self._rows.page(
            widest(caller), size + 1, None if position is None else (position[0], position[1]), filter_
        )
        return Page(
            rows[:size],
            len(rows) > size,
            after is not None,
            lambda row: write_cursor(row.user.created_at, row.user.id),
        )

    async def get(self, caller: Caller, user_id: str | None = None) -> ListedUser:
        """One that the caller may look at, with None itself.  Raises `NotFound`."""
        require(caller, Action.READ_SELF)
        await self._identity.note_uses()
        return await find_user(self._rows, caller, user_id)

    async def change(self, caller: Caller, user_id: str, change: UserChange) -> ListedUser:
        """What it may do applies to its next prompt at once.  Disabling ends what it and, with a client, its users are
        doing; the replies being written stop, and what was written is kept.  Roles are changed by admins alone."""
        require(caller, Action.MANAGE_USERS)
        user = await self._to_change(caller, user_id)
        if change.role not in (None, user.role):
            require(caller, Action.ISSUE_CLIENT_KEYS)
        if change.plus and not user.plus:
            may_grant(caller, "user", plus=True)
        if change.name is not None:
            check_name(change.name)
            change = replace(change, name=change.name.strip())
        changed = await self._rows.change(user.id, change, caller.user_id, int(self._clock() * 1_000_000))
        if changed is None:
            raise errors.NotFound(NO_SUCH_USER)
        self._identity.forget()
        if changed.disabled_at is not None:
            owned = [] if changed.role == "admin" else await self._rows.owned(user.id)
            self._end([user.id, *owned], caller)
        return await find_user(self._rows, caller, user_id)

    async def remove(self, caller: Caller, user_id: str) -> None:
        """Its keys stop to work and what it is doing ends, as when it is disabled; a client's users go with it.  The
        conversations stay.  The users that an admin made stay too."""
        require(caller, Action.MANAGE_USERS)
        user = await self._to_change(caller, user_id)
        removed = await self._rows.remove(user, int(self._clock() * 1_000_000))
        if not removed:
            raise errors.NotFound(NO_SUCH_USER)
        self._end(removed, caller)

    async def _to_change(self, caller: Caller, user_id: str) -> User:
        user = (await find_user(self._rows, caller, user_id)).user
        if not oversees(caller, user.id, user.owner_id):
            raise errors.NotAllowed(
                "A client changes the users that it made, not itself.", action="manage_users", mistake="not_oneself"
            )
        return user

    def _end(self, user_ids: Collection[int], by: Caller) -> None:
        ids = frozenset(user_ids)
        self._identity.end(lambda caller: caller.user_id in ids, by)
        self._stop_replies(ids)


async def find_user(rows: Rows, caller: Caller, user_id: str | None) -> ListedUser:
    """One that the caller may look at, with None itself.  Raises `NotFound`."""
    number = caller.user_id if user_id is None else parse_id(USER, user_id)
    found = None if number is None else await rows.get(widest(caller), number)
    if found is None:
        raise errors.NotFound(NO_SUCH_USER)
    return found


def check_name(name: str, field: str = "name", longest: int = LONGEST_NAME) -> None:
    if not 0 < len(name.strip()) <= longest:
        raise errors.InvalidInput(
            f"`{field}` has 1 to {longest} characters.", field=field, mistake="length", longest=longest
        )


def write_text_cursor(text: str, id: int) -> str:
    return base64.urlsafe_b64encode(f"{id}.{text}".encode()).decode().rstrip("=")


def read_text_cursor(cursor: str) -> tuple[str, int]:
    try:
        id, _, text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().partition(".")
        return text, read_number(id)
    except (ValueError, binascii.Error):
        raise errors.InvalidInput("`after` is not a cursor of this list.", field="after") from None


def read_number(text: str) -> int:
    number = int(text)
    if not 0 <= number < 1 << 63:
        raise ValueError(text)
    return number
