"""Keys: issue them to new users, within what the issuer may grant."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from backend import errors
from backend.domain.access import Action, Caller, Role, may_grant, require
from backend.domain.ids import new_id
from backend.domain.users import User
from backend.gateway.identity import Identity, caller_of
from backend.storage.users import Users

LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class IssuedKey:
    """`key` is shown once and nowhere kept."""

    user: User
    key: str = field(repr=False)


class Keys:
    def __init__(self, users: Users, identity: Identity, clock: Callable[[], float]) -> None:
        self._users = users
        self._identity = identity
        self._clock = clock

    async def issue(
        self, caller: Caller, name: str, role: Role = "user", *, plus: bool = False, external_id: str | None = None
    ) -> IssuedKey:
        """Create a user of the caller's and its first key.  Raises `AlreadyExists` for an `external_id` in use."""
        require(caller, Action.ISSUE_KEYS)
        may_grant(caller, role, plus)
        user = await self._create(caller, name, role, plus, external_id)
        return IssuedKey(user, await self._identity.mint(user.id, "key", "first key"))

    async def any_client(self, caller: Caller) -> bool:
        """Whether anyone has been given a client's key yet."""
        require(caller, Action.ISSUE_CLIENT_KEYS)
        return await self._users.any_client()

    async def acting_for(self, caller: Caller, external_id: str, name: str, *, plus: bool) -> Caller:
        """A client's own user by the client's id for it, created on first sight.

        Its Plus right is what it was created with; a client that has none cannot grant it.
        """
        require(caller, Action.ISSUE_KEYS)
        found = await self._users.by_external_id(caller.user_id, external_id)
        if found is None:
            may_grant(caller, "user", plus)
            try:
                found = await self._create(caller, name, "user", plus, external_id)
            except errors.AlreadyExists:
                found = await self._users.by_external_id(caller.user_id, external_id)
        if found is None or found.disabled_at is not None:
            raise errors.NotAllowed("This user is disabled.", action="chat")
        return caller_of(found, caller.key_id, caller.user_id)

    async def own_user(self, caller: Caller, external_id: str) -> Caller:
        """A client's own user by the client's id for it.  Raises `NotFound`."""
        require(caller, Action.ISSUE_KEYS)
        found = await self._users.by_external_id(caller.user_id, external_id)
        if found is None or found.disabled_at is not None:
            raise errors.NotFound("There is no such user among yours.")
        return caller_of(found, caller.key_id, caller.user_id)

    async def _create(self, caller: Caller, name: str, role: Role, plus: bool, external_id: str | None) -> User:
        for field_name, value in (("name", name), ("externalId", external_id)):
            if value is not None and not 0 < len(value.strip()) <= LONGEST_NAME:
                raise errors.InvalidInput(f"`{field_name}` has 1 to {LONGEST_NAME} characters.", field=field_name)
        now = self._clock()
        user = User(new_id(now), name.strip(), role, plus, caller.user_id, external_id, int(now * 1_000_000))
        try:
            await self._users.create(user)
        except errors.AlreadyExists:
            raise errors.AlreadyExists(
                f"There is already a user with the id {external_id!r}.", field="externalId"
            ) from None
        return user
