"""What the command line asks about users and keys, by the same methods as every door."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from backend import errors
from backend.domain.access import Caller
from backend.domain.ids import KEY, USER, parse_id, show_id
from backend.domain.keys import Key
from backend.domain.users import ListedUser
from backend.gateway.keys import Keys
from backend.gateway.pages import LARGEST_PAGE
from backend.gateway.users import Users, UserSearch

MOST_LISTED: Final = 1_000
ACTIONS: Final = frozenset({"list-users", "remove-user", "list-keys", "revoke-key"})


class PeopleAtConsole:
    """Answers in lines for people."""

    def __init__(self, users: Users, keys: Keys, console: Caller) -> None:
        self._users = users
        self._keys = keys
        self._console = console

    async def act(self, action: str, given: Mapping[str, Any]) -> dict[str, Any]:
        """One of `ACTIONS`.  A user is named by its id, or by its name where only one has it."""
        if action == "list-users":
            return {"lines": await self._list(given.get("text"))}
        if action == "list-keys":
            listed = await self._user(given["user"])
            return {"lines": [line_of_key(key) for key in await self._keys.of_user(self._console, listed)]}
        if action == "revoke-key":
            await self._keys.revoke(self._console, given["key"])
            return {"lines": [f"{given['key']} is revoked."]}
        listed = await self._user(given["user"])
        await self._users.remove(self._console, show_id(USER, listed.user.id))
        return {"lines": [f"{listed.user.name} is removed; the conversations stay."]}

    async def _list(self, text: str | None) -> list[str]:
        lines: list[str] = []
        after: str | None = None
        while len(lines) < MOST_LISTED:
            page = await self._users.page(self._console, LARGEST_PAGE, after, UserSearch(text))
            lines += map(line_of_user, page.items)
            if not page.has_next:
                return lines
            after = page.cursor(page.items[-1])
        return [*lines, "There are more: say with --text how the name begins."]

    async def _user(self, named: str) -> ListedUser:
        if parse_id(USER, named) is not None:
            return await self._users.get(self._console, named)
        page = await self._users.page(self._console, LARGEST_PAGE, None, UserSearch(named))
        found = [listed for listed in page.items if listed.user.name == named]
        if len(found) != 1:
            which = ", ".join(show_id(USER, listed.user.id) for listed in found)
            raise errors.NotFound(
                f"Several users are called {named!r}; say which one by its id: {which}."
                if found
                else f"There is no user {named!r}."
            )
        return found[0]


def line_of_user(listed: ListedUser) -> str:
    user, owner = listed.user, listed.owner
    facts = [user.role + (" with Plus" if user.plus else "")]
    facts += [f"of {owner.name}"] if owner else []
    facts += ["disabled"] if user.disabled_at is not None else []
    return f"{show_id(USER, user.id)} {user.name}: {'; '.join([*facts, used(listed.last_used_at)])}"


def line_of_key(key: Key) -> str:
    facts = [f"{key.shown_prefix}…", used(key.last_used_at)]
    facts += [] if key.expires_at is None else [f"expires {shown(key.expires_at)}"]
    return f"{show_id(KEY, key.id)} {key.name}: {'; '.join(facts)}"


def used(micros: int | None) -> str:
    return "never used" if micros is None else f"used {shown(micros)}"


def shown(micros: int) -> str:
    return f"{datetime.fromtimestamp(micros / 1_000_000, UTC):%F %T} UTC"
