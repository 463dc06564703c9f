"""Keys: issue them to new users and to those that there are, within what the issuer may grant; rename, revoke."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Final

from backend import errors
from backend.domain.access import Action, Caller, Role, may_grant, oversees, require, widest
from backend.domain.ids import KEY, new_id, parse_id
from backend.domain.keys import Key
from backend.domain.users import ListedUser, User
from backend.gateway.identity import Identity, caller_of
from backend.gateway.users import NO_SUCH_USER, check_name, find_user
from backend.gateway.visits import Visit
from backend.storage.keys import Keys as Rows
from backend.storage.users import Users

LONGEST_KEY_NAME: Final = 100
MOST_KEYS: Final = 50  # of one user that still serve
MOST_SHOWN: Final = 200  # expired ones with them


@dataclass(frozen=True, slots=True)
class IssuedKey:
    """`key` is shown once and nowhere kept; `kept` is what is."""

    user: User
    key: str = field(repr=False)
    kept: Key


class Keys:
    def __init__(self, users: Users, rows: Rows, identity: Identity, clock: Callable[[], float]) -> None:
        self._users = users
        self._rows = rows
        self._identity = identity
        self._clock = clock

    async def issue(
        self,
        caller: Caller,
        name: str,
        role: Role = "user",
        *,
        plus: bool = False,
        external_id: str | None = None,
        key_name: str = "first key",
        expires_at: int | None = None,
    ) -> IssuedKey:
        """Create a user of the caller's and its first key.  Raises `AlreadyExists` for an `external_id` in use: by the
        caller or, where an admin gives it, by anybody, since an admin names by it whomever it is of."""
        require(caller, Action.ISSUE_KEYS)
        may_grant(caller, role, plus)
        check_name(key_name, "keyName", LONGEST_KEY_NAME)
        self._check_expiry(expires_at)
        user = await self._create(caller, name, role, plus, external_id)
        secret, kept = await self._identity.make(user.id, "key", key_name.strip(), expires_at)
        return IssuedKey(user, secret, kept)

    async def of_user(self, caller: Caller, listed: ListedUser) -> list[Key]:
        """The keys of a user who comes from `users`, so the caller may look at it: the newest first, without those that
        were revoked."""
        require(caller, Action.READ_SELF)
        await self._identity.note_uses()
        return await self._rows.of_user(listed.user.id, MOST_SHOWN)

    async def signed_in_with(self, caller: Caller) -> int:
        """The id of the key behind the request: of a browser's session the one that opened it."""
        require(caller, Action.READ_SELF)
        found = await self._rows.by_id(caller.key_id)
        return caller.key_id if found is None or found.key.opened_by is None else found.key.opened_by

    async def add(self, caller: Caller, user_id: str | None, name: str, expires_at: int | None = None) -> IssuedKey:
        """One more key of a user whom the caller may change, or with None of its own."""
        require(caller, Action.MANAGE_OWN_KEYS)
        user = (await find_user(self._users, caller, user_id)).user
        self._check_reach(caller, user)
        check_name(name, "name", LONGEST_KEY_NAME)
        await self._check_lifetime(caller, user.id, expires_at)
        secret, kept = await self._identity.make(user.id, "key", name.strip(), expires_at, most=MOST_KEYS)
        return IssuedKey(user, secret, kept)

    async def rename(
        self, caller: Caller, key_id: str, name: str | None, expires_at: int | None, *, expiry: bool
    ) -> Key:
        """Change its name, unless None, and with `expiry` when it expires."""
        require(caller, Action.MANAGE_OWN_KEYS)
        key = await self._find(caller, key_id)
        if name is not None:
            check_name(name, "name", LONGEST_KEY_NAME)
            key = replace(key, name=name.strip())
        if expiry:
            await self._check_lifetime(caller, key.user_id, expires_at)
            key = replace(key, expires_at=expires_at)
        await self._identity.rename(key)
        return key

    async def revoke(self, caller: Caller, key_id: str) -> None:
        """Revoke a key, and the browser sessions that were opened with it.  What goes on by it ends."""
        require(caller, Action.MANAGE_OWN_KEYS)
        key = await self._find(caller, key_id)
        await self._identity.revoke(key.id, caller)

    async def sessions(self, caller: Caller) -> int:
        """In how many browsers the caller is signed in."""
        require(caller, Action.READ_SELF)
        return await self._rows.count(caller.user_id, "session", int(self._clock() * 1_000_000))

    async def sign_out_everywhere(self, caller: Caller) -> int:
        """Sign the caller out in every browser, this one too: how many there were."""
        require(caller, Action.SIGN_OUT)
        return await self._identity.revoke_sessions(caller)

    async def any_client(self, caller: Caller) -> bool:
        """Whether anyone has been given a client's key yet."""
        require(caller, Action.ISSUE_CLIENT_KEYS)
        return await self._users.any_client()

    async def acting_for(
        self, caller: Caller, external_id: str, name: str, *, plus: bool, visit: Visit | None = None
    ) -> Caller:
        """A client's own user by the client's id for it, created on first sight; the `visit` ends when that user's
        right does.  A connection that spoke for a user who was removed makes no new one: another request does.

        Its Plus right is what it was created with; a client that has none cannot grant it.
        """
        require(caller, Action.ISSUE_KEYS)
        before = None if visit is None else visit.acting_for(caller.user_id, external_id)
        found = await self._of_own_id(caller, external_id)
        if before is not None and (found is None or found.id != before.user_id):
            raise errors.NotAuthenticated("The user that this connection spoke for was removed. Connect anew.")
        if found is None:
            may_grant(caller, "user", plus)
            try:
                found = await self._create(caller, name, "user", plus, external_id)
            except errors.AlreadyExists:
                found = await self._of_own_id(caller, external_id)
                if found is None:
                    raise
        if found.disabled_at is not None:
            raise errors.NotAllowed("This user is disabled.", action="chat")
        return self._acted_for(caller, found, visit)

    async def own_user(self, caller: Caller, external_id: str, visit: Visit | None = None) -> Caller:
        """A client's own user by the client's id for it; for an admin also a client's.  The `visit` ends as with
        `acting_for`.  Raises `NotFound`."""
        require(caller, Action.ISSUE_KEYS)
        found = await self._of_own_id(caller, external_id)
        if found is None and caller.role == "admin":
            others = await self._identity.settled(lambda: self._users.known_as(external_id))
            if len(others) > 1:
                raise errors.InvalidInput("Several clients have a user of that id. Send the user's key instead.")
            found = others[0] if others else None
        if found is None or found.disabled_at is not None:
            raise errors.NotFound(NO_SUCH_USER)
        return self._acted_for(caller, found, visit)

    @staticmethod
    def _acted_for(caller: Caller, user: User, visit: Visit | None) -> Caller:
        acted = caller_of(user, caller.key_id, caller.user_id, plus=user.plus and caller.plus)
        if visit is not None:
            visit.admit(acted)
        return acted

    async def _of_own_id(self, caller: Caller, external_id: str) -> User | None:
        """The caller's own by that id; for an admin also one without an owner, as the old server's were."""

        async def read() -> User | None:
            found = await self._users.by_external_id(caller.user_id, external_id)
            if found is None and caller.role == "admin":
                found = await self._users.by_external_id(None, external_id)
            return found

        return await self._identity.settled(read)

    async def _create(self, caller: Caller, name: str, role: Role, plus: bool, external_id: str | None) -> User:
        check_name(name)
        if external_id is not None:
            check_name(external_id, "externalId")
        now = self._clock()
        user = User(new_id(now), name.strip(), role, plus, caller.user_id, external_id, int(now * 1_000_000))
        try:
            await self._users.create(user, nobody_elses=caller.role == "admin")
        except errors.AlreadyExists:
            raise errors.AlreadyExists(
                f"There is already a user with the id {external_id!r}.", field="externalId", mistake="taken"
            ) from None
        return user

    async def _find(self, caller: Caller, key_id: str) -> Key:
        number = parse_id(KEY, key_id)
        found = None if number is None else await self._rows.get(widest(caller), number)
        if found is None:
            raise errors.NotFound("There is no such key among yours.")
        self._check_reach(caller, found.user)
        return found.key

    @staticmethod
    def _check_reach(caller: Caller, user: User) -> None:
        if user.id != caller.user_id and not oversees(caller, user.id, user.owner_id):
            raise errors.NotFound(NO_SUCH_USER)

    def _check_expiry(self, expires_at: int | None) -> None:
        if expires_at is not None and expires_at <= self._clock() * 1_000_000:
            raise errors.InvalidInput("A key expires in the future.", field="expiresAt", mistake="past")

    async def _check_lifetime(self, caller: Caller, user_id: int, expires_at: int | None) -> None:
        """Nobody makes its own access last longer than it was given."""
        self._check_expiry(expires_at)
        if user_id != caller.user_id:
            return
        found = await self._rows.by_id(caller.key_id)
        if found is not None and found.key.kind == "session" and found.key.opened_by is not None:
            found = await self._rows.by_id(found.key.opened_by)
        if found is None or found.key.kind != "key" or found.key.expires_at is None:
            return
        end = found.key.expires_at
        if expires_at is None or expires_at > end:
            until = datetime.fromtimestamp(end / 1_000_000, UTC)
            raise errors.InvalidInput(
                f"The key that you signed in with expires at {until:%F %T} UTC; a key that you make with it expires by "
                "then.",
                field="expiresAt",
                mistake="outlives_your_key",
                until=until.isoformat(),
            )
