"""The health of the built-in accounts, kept in the record so that it survives a restart."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace

from backend.domain.accounts import AccountState
from backend.errors import ProductError
from backend.gateway.account_pool import AccountPool
from backend.storage.accounts import Accounts

log = logging.getLogger(__name__)


class HealthKeeper:
    """Saves changes behind the pool's back, one at a time and each account's newest only: no prompt waits for it."""

    def __init__(self, accounts: Accounts, credentials: Callable[[int], str]) -> None:
        self._accounts = accounts
        self._credentials = credentials
        self._unsaved: dict[int, AccountState] = {}
        self._saving: asyncio.Task[None] | None = None

    async def restore(self, pool: AccountPool) -> None:
        """At start-up: each account stands as it did when the server last stopped.  What needed a person is forgotten
        where the account was defined anew, of which `credentials` is a digest."""
        for _, now in pool.overview():
            found = await self._accounts.health(now.id)
            if found is None or (found[0].health == "needs_attention" and found[1] != self._credentials(now.id)):
                continue
            then = found[0]
            pool.alter(
                now.id,
                replace(
                    now, health=then.health, why=then.why, why_code=then.why_code, until=then.until, faults=then.faults
                ),
            )

    def changed(self, state: AccountState) -> None:
        self._unsaved[state.id] = state
        if self._saving is None or self._saving.done():
            self._saving = asyncio.create_task(self._save())

    async def close(self) -> None:
        if self._saving is not None:
            await self._saving

    async def _save(self) -> None:
        while self._unsaved:
            id, state = self._unsaved.popitem()
            try:
                await self._accounts.save_health(state, self._credentials(id))
            except ProductError as failure:
                log.warning("the health of account %s could not be kept: %s", state.name, failure)
