"""Who calls: keys, browser sessions and one-time links, all proved by the same look-up."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from backend import errors
from backend.domain import keys
from backend.domain.access import Caller
from backend.domain.ids import new_id
from backend.domain.keys import Key, KeyKind
from backend.domain.users import User, has_plus, may_call
from backend.gateway.visits import Visit, Visits
from backend.storage.keys import Keys as KeyRows

log = logging.getLogger(__name__)
Read = TypeVar("Read")

CACHE_SECONDS: Final = 1.0  # within which a key that another process revoked may still be taken
CACHE_SIZE: Final = 10_000
SWEEP_INTERVAL: Final = 0.5  # seconds between two looks for visits whose key has expired
USE_INTERVAL: Final = 10.0  # seconds between two notes of when keys were last used
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
        self.visits = Visits()
        self._rows = rows
        self._pepper = pepper
        self._clock = clock
        self._cache: dict[bytes, Known] = {}
        self._changes = 0
        self._used: dict[int, int] = {}

    async def caller(self, secret: str, *, session: bool = False, visit: Visit | None = None) -> Caller:
        """The user whom a key proves; with `session` the secret of a browser's cookie.  The `visit` ends when the key
        does.  Raises `NotAuthenticated`."""
        known = await self._known(secret)
        if known.kind != ("session" if session else "key"):
            raise errors.NotAuthenticated(WRONG)
        if visit is not None:
            visit.admit(known.caller, known.expires_at)
        return known.caller

    async def open_session(self, secret: str, *, link: bool = False) -> tuple[str, int]:
        """Exchange a key or a one-time link for a session: its secret and its life in seconds, which does not outlast
        the key's.  A link works once."""
        known = await self._known(secret)
        if known.kind != ("link" if link else "key"):
            raise errors.NotAuthenticated(WRONG)
        now = int(self._clock() * 1_000_000)
        if link and not await self._rows.use_up(known.caller.key_id, now):
            raise errors.NotAuthenticated("This link has been used. Ask for a new one: python -m backend keys link")
        self._cache.pop(keys.digest(self._pepper, secret), None)
        end = now + SESSION_SECONDS * 1_000_000
        if not link and known.expires_at is not None:
            end = min(end, known.expires_at)
        minted, _ = await self.make(known.caller.user_id, "session", "browser", end, opened_by=known.caller.key_id)
        return minted, max(1, (end - now) // 1_000_000)

    async def close_session(self, secret: str) -> None:
        known = await self._known(secret)
        await self.revoke(known.caller.key_id, known.caller)

    async def mint(self, user_id: int, kind: KeyKind, name: str, lifetime: float | None = None) -> str:
        """A new key, session or link of a user; the secret is returned and nowhere kept."""
        expires_at = None if lifetime is None else int((self._clock() + lifetime) * 1_000_000)
        return (await self.make(user_id, kind, name, expires_at))[0]

    async def make(
        self,
        user_id: int,
        kind: KeyKind,
        name: str,
        expires_at: int | None,
        *,
        opened_by: int | None = None,
        most: int | None = None,
    ) -> tuple[str, Key]:
        """Likewise, with what is kept of it; `most` as `storage.keys.Keys.add` has it."""
        now, secret = self._clock(), keys.mint()
        key = Key(
            id=new_id(now),
            user_id=user_id,
            kind=kind,
            name=name,
            shown_prefix=keys.shown_prefix(secret),
            created_at=int(now * 1_000_000),
            expires_at=expires_at,
            last_used_at=None,
            revoked_at=None,
            opened_by=opened_by,
        )
        await self._rows.add(key, keys.digest(self._pepper, secret), most)
        return secret, key

    async def revoke(self, key_id: int, by: Caller) -> None:
        """Revoke a key and the sessions opened with it, and end what goes on by them."""
        revoked = await self._rows.revoke(key_id, int(self._clock() * 1_000_000))
        self.end(lambda caller: caller.key_id in revoked, by)

    async def rename(self, key: Key) -> None:
        """Keep a key's name and when it expires, which applies to what goes on by it."""
        expiring = await self._rows.rename(key)
        self.forget()
        self.visits.expire_at(expiring, key.expires_at)

    async def revoke_sessions(self, caller: Caller) -> int:
        """Likewise all sessions of the caller: how many there were."""
        revoked = await self._rows.revoke_sessions(caller.user_id, int(self._clock() * 1_000_000))
        self.end(lambda each: each.key_id in revoked, caller)
        return len(revoked)

    async def still(self, caller: Caller) -> None:
        """For what goes on for long: raise `NotAuthenticated` once the caller's key or role is not what it was."""
        found, now = await self._rows.by_id(caller.key_id), int(self._clock() * 1_000_000)
        if found is not None:
            key = found.key
            holds = key.revoked_at is None and (key.expires_at is None or key.expires_at > now)
            if holds and may_call(found.user, found.owner) and found.user.role == caller.role:
                return
        raise errors.NotAuthenticated("This key is not valid any more. Sign in again.")

    def end(self, whose: Callable[[Caller], bool], by: Caller) -> None:
        """End the requests and connections of these callers, who are not what they were."""
        self.forget()
        self.visits.end(whose, by)

    def forget(self) -> None:
        """Empty the cache: a key or a user changed.  Whoever is being looked up now is looked up again."""
        self._changes += 1
        self._cache.clear()

    async def run(self) -> None:
        """End what outlives its key, and note when keys were last used: from time to time, for a prompt must not wait
        for it."""
        noted_at = self._clock()
        while True:
            await asyncio.sleep(SWEEP_INTERVAL)
            now = self._clock()
            self.visits.end_expired(int(now * 1_000_000))
            if not 0 <= now - noted_at < USE_INTERVAL:
                noted_at = now
                try:
                    await self.note_uses()
                except errors.ProductError as failure:
                    log.warning("when keys were last used is noted later: %s", failure)
                except Exception:
                    # The border of the task: nobody awaits it, and one defect must not end it.
                    log.exception("when keys were last used could not be noted")

    async def note_uses(self) -> None:
        """Keep when keys were last used, as far as that is not kept yet."""
        if self._used:
            used, self._used = self._used, {}
            try:
                await self._rows.touch(used)
            except BaseException:
                self._used = used | self._used
                raise

    async def _known(self, secret: str) -> Known:
        digest, now = keys.digest(self._pepper, secret), self._clock()
        known = self._cache.get(digest)
        if known is None and not keys.well_formed(secret):
            raise errors.NotAuthenticated(WRONG)
        if known is None or not 0 <= now - known.read_at < CACHE_SECONDS:
            self._cache.pop(digest, None)
            known = await self._look_up(digest, now)
            if len(self._cache) >= CACHE_SIZE:
                self._cache.clear()
            self._cache[digest] = known
        if known.expires_at is not None and known.expires_at <= now * 1_000_000:
            raise errors.NotAuthenticated("This key has expired. Ask whoever gave it to you for a new one.")
        return known

    async def settled(self, read: Callable[[], Awaitable[Read]]) -> Read:
        """What is read of a key or a user, and not what was before a change that came meanwhile."""
        changes = self._changes
        found = await read()
        while changes != self._changes:
            changes = self._changes
            found = await read()
        return found

    async def _look_up(self, digest: bytes, now: float) -> Known:
        found = await self.settled(lambda: self._rows.find(digest))
        if found is None:
            raise errors.NotAuthenticated(WRONG)
        key, user = found.key, found.user
        if key.revoked_at is not None or user.removed_at is not None:
            raise errors.NotAuthenticated("This key was removed or has been used up. Ask for a new one.")
        if not may_call(user, found.owner):
            raise errors.NotAuthenticated("This user is disabled. Ask whoever gave you the key.")
        self._used[key.id] = int(now * 1_000_000)
        return Known(caller_of(user, key.id, plus=has_plus(user, found.owner)), key.kind, key.expires_at, now)


def caller_of(user: User, key_id: int, client_id: int | None = None, *, plus: bool) -> Caller:
    return Caller(user.id, key_id, user.name, user.role, plus, user.owner_id, user.external_id, client_id)
