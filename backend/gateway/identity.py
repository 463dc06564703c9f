"""Who calls: keys, browser sessions and one-time links, all proved by the same look-up."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from backend import errors
from backend.domain import keys
from backend.domain.access import Caller
from backend.domain.ids import new_id
from backend.domain.keys import Key, KeyKind
from backend.domain.users import User
from backend.storage.keys import Keys as KeyRows

CACHE_SECONDS: Final = 1.0  # within which a key that another process revoked may still be taken
CACHE_SIZE: Final = 10_000
TOUCH_INTERVAL: Final = 60.0  # seconds between two notes of a key's last use
SESSION_SECONDS: Final = 30 * 86_400
LINK_SECONDS: Final = 86_400

WRONG = "This key is not valid. Check that it was copied whole, or ask whoever gave it to you for a new one."


@dataclass(slots=True)
class Known:
    caller: Caller
    kind: KeyKind
    expires_at: int | None
    read_at: float


class Identity:
    """Turns a secret into a caller.  Not guarded: it is what the guards rest on."""

    def __init__(self, rows: KeyRows, pepper: bytes, clock: Callable[[], float]) -> None:
        self._rows = rows
        self._pepper = pepper
        self._clock = clock
        self._cache: dict[bytes, Known] = {}
        self._touched: dict[int, float] = {}

    async def caller(self, secret: str, *, session: bool = False) -> Caller:
        """The user whom a key proves; with `session` the secret of a browser's cookie.  Raises `NotAuthenticated`."""
        known = await self._known(secret)
        if known.kind != ("session" if session else "key"):
            raise errors.NotAuthenticated(WRONG)
        return known.caller

    async def open_session(self, secret: str, *, link: bool = False) -> tuple[str, int]:
        """Exchange a key or a one-time link for a session: its secret and its life in seconds.  A link works once."""
        known = await self._known(secret)
        if known.kind != ("link" if link else "key"):
            raise errors.NotAuthenticated(WRONG)
        now = int(self._clock() * 1_000_000)
        if link and not await self._rows.use_up(known.caller.key_id, now):
            raise errors.NotAuthenticated("This link has been used. Ask for a new one: python -m backend keys link")
        self._cache.pop(keys.digest(self._pepper, secret), None)
        return await self.mint(known.caller.user_id, "session", "browser", SESSION_SECONDS), SESSION_SECONDS

    async def close_session(self, secret: str) -> None:
        known = await self._known(secret)
        await self._rows.revoke(known.caller.key_id, int(self._clock() * 1_000_000))
        self.forget()

    async def mint(self, user_id: int, kind: KeyKind, name: str, lifetime: float | None = None) -> str:
        """A new key, session or link of a user; the secret is returned and nowhere kept."""
        now, secret = self._clock(), keys.mint()
        micros = int(now * 1_000_000)
        key = Key(
            id=new_id(now),
            user_id=user_id,
            kind=kind,
            name=name,
            shown_prefix=keys.shown_prefix(secret),
            created_at=micros,
            expires_at=None if lifetime is None else micros + int(lifetime * 1_000_000),
            last_used_at=None,
            revoked_at=None,
        )
        await self._rows.add(key, keys.digest(self._pepper, secret))
        return secret

    async def still(self, caller: Caller) -> None:
        """For what goes on for long: raise `NotAuthenticated` once the caller's key or role is not what it was."""
        found, now = await self._rows.by_id(caller.key_id), int(self._clock() * 1_000_000)
        if found is not None:
            key, user = found
            holds = key.revoked_at is None and (key.expires_at is None or key.expires_at > now)
            if holds and user.disabled_at is None and user.role == caller.role:
                return
        raise errors.NotAuthenticated("This key is not valid any more. Sign in again.")

    def forget(self) -> None:
        """Empty the cache: a key or a user changed."""
        self._cache.clear()

    async def _known(self, secret: str) -> Known:
        if not keys.well_formed(secret):
            raise errors.NotAuthenticated(WRONG)
        digest, now = keys.digest(self._pepper, secret), self._clock()
        known = self._cache.get(digest)
        if known is None or not 0 <= now - known.read_at < CACHE_SECONDS:
            self._cache.pop(digest, None)
            known = await self._look_up(digest, now)
            if len(self._cache) >= CACHE_SIZE:
                self._cache.clear()
            self._cache[digest] = known
        if known.expires_at is not None and known.expires_at <= now * 1_000_000:
            raise errors.NotAuthenticated("This key has expired. Ask whoever gave it to you for a new one.")
        return known

    async def _look_up(self, digest: bytes, now: float) -> Known:
        found = await self._rows.find(digest)
        if found is None:
            raise errors.NotAuthenticated(WRONG)
        key, user = found
        if key.revoked_at is not None:
            raise errors.NotAuthenticated("This key was removed or has been used up. Ask for a new one.")
        if user.disabled_at is not None:
            raise errors.NotAuthenticated("This user is disabled. Ask whoever gave you the key.")
        if now - self._touched.get(key.id, 0.0) >= TOUCH_INTERVAL:
            if len(self._touched) >= CACHE_SIZE:
                self._touched.clear()
            self._touched[key.id] = now
            await self._rows.touch(key.id, int(now * 1_000_000))
        return Known(caller_of(user, key.id), key.kind, key.expires_at, now)


def caller_of(user: User, key_id: int, client_id: int | None = None) -> Caller:
    return Caller(user.id, key_id, user.name, user.role, user.plus, user.owner_id, user.external_id, client_id)
