"""Looking after the built-in accounts: what admins do with them, and how each stands."""

import asyncio
import itertools
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from backend import errors
from backend.domain.access import Action, Caller, require
from backend.domain.accounts import Account, AccountState, after_test
from backend.domain.upkeep import NOTHING, awake
from backend.gateway.account_pool import AccountPool
from backend.gateway.built_in_accounts import BuiltIn, BuiltInAccounts, Connecting, Source
from backend.upstream.protocol import ProxyReport, ShownDefinition, SignsIn

PATIENCE: Final = 30.0  # seconds for which a person who looks on waits for an upstream
INTERVAL: Final = 0.25  # seconds between two looks at the accounts for those who follow them
LOOKS_PER_PROOF: Final = 20  # after which the follower's key is looked at again
LONGEST_REST: Final = 100 * 366 * 86_400.0  # seconds

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class SeenAccount:
    """An account as an admin sees it.  `last_used` is in seconds since the epoch, since the server started.
    `definition` is None where the settings define it."""

    account: Account
    state: AccountState
    source: Source
    waiting: int
    last_used: float | None
    has_proxy: bool
    can_sign_in: bool
    definition: ShownDefinition | None


@dataclass(frozen=True, slots=True)
class TestReport:
    """What became of asking an account what it offers.  `code` is the error's, None where it answered."""

    seen: SeenAccount
    code: str | None
    sentence: str
    seconds: float
    models: tuple[str, ...] = ()


class Upkeep:
    def __init__(
        self,
        pool: AccountPool,
        accounts: BuiltInAccounts,
        connecting: Connecting,
        still: Callable[[Caller], Awaitable[None]],
        problem: Callable[[], str | None],
        clock: Callable[[], float],
        ending: asyncio.Event,
        patience: float = PATIENCE,
    ) -> None:
        self._pool = pool
        self._accounts = accounts
        self._connecting = connecting
        self._still = still
        self._problem = problem
        self._clock = clock
        self._ending = ending
        self._patience = patience

    async def overview(self, caller: Caller) -> list[SeenAccount]:
        """The built-in accounts and how each stands."""
        require(caller, Action.READ_ACCOUNTS)
        return self._all()

    async def follow(self, caller: Caller) -> AsyncGenerator[list[SeenAccount], None]:
        """The accounts now, and again whenever something about one has changed, at most four times a second."""
        require(caller, Action.READ_ACCOUNTS)
        return self._changes(caller)

    async def settings_problem(self, caller: Caller) -> str | None:
        """What is wrong with the settings file as it now is: it was refused, or part of it needs a restart."""
        require(caller, Action.MANAGE_ACCOUNTS)
        return self._problem()

    async def add(self, caller: Caller, definition: Mapping[str, object]) -> SeenAccount:
        """An account with the settings' own keys and rules, kept in the record."""
        require(caller, Action.MANAGE_ACCOUNTS)
        return self._seen(await whole(self._accounts.add(definition)))

    async def change(self, caller: Caller, definition: Mapping[str, object]) -> SeenAccount:
        """Other values for keys of the account of that `name`, None for those that go.  Raises `InvalidInput` for one
        of the settings."""
        require(caller, Action.MANAGE_ACCOUNTS)
        return self._seen(await whole(self._accounts.change(definition)))

    async def remove(self, caller: Caller, name: str) -> None:
        """One of the record; its conversations stay.  Raises `InvalidInput` for one of the settings."""
        require(caller, Action.MANAGE_ACCOUNTS)
        await whole(self._accounts.remove(name))

    async def test(self, caller: Caller, name: str) -> TestReport:
        """Ask the account what it offers; no prompt is sent.  One that is not let in needs attention from now on, so
        that no prompt finds out; one that needed it for that and is let in is asked again."""
        require(caller, Action.MANAGE_ACCOUNTS)
        found, loop = self._accounts.named(name), asyncio.get_running_loop()
        started = loop.time()
        failed: errors.ProductError | None = None
        models: tuple[str, ...] = ()
        try:
            offered = await self._in_time(self._pool.upstream(found.account.id).models())
            models = tuple(model.name for model in offered)
            sentence = f"It answers. Models on offer: {len(models)}."
        except errors.ProductError as failure:
            failed, sentence = failure, str(failure)
        if self._accounts.has(found):
            state = self._pool.state(found.account.id)
            self._pool.alter(found.account.id, after_test(state, failed, self._clock()))
        code = None if failed is None else failed.code
        return TestReport(self._seen(found), code, sentence, loop.time() - started, models)

    async def sign_in(self, caller: Caller, name: str) -> SeenAccount:
        """Get a new token; the one that there is stays until then.  An account that needed attention is asked again.

        Raises `SignInFailed` and `UpstreamFailure`; `InvalidInput` for an account that has no sign-in.
        """
        require(caller, Action.MANAGE_ACCOUNTS)
        found = self._accounts.named(name)
        upstream = self._pool.upstream(found.account.id)
        if not isinstance(upstream, SignsIn):
            raise errors.InvalidInput(
                "This account has no sign-in: its key is all that it needs.", field="name", mistake="no_sign_in"
            )
        await self._in_time(upstream.sign_in())
        state = self._pool.state(found.account.id)
        if state.health == "needs_attention":
            self._pool.alter(found.account.id, awake(state))
        return self._seen(found)

    async def rest(self, caller: Caller, name: str, until: float) -> SeenAccount:
        """Ask the account nothing until then, in seconds since the epoch; a reply under way goes on."""
        require(caller, Action.MANAGE_ACCOUNTS)
        if not 0 < until - self._clock() <= LONGEST_REST:
            raise errors.InvalidInput(
                "`until` must be a time to come, within a hundred years.", field="until", mistake="past"
            )
        said = self._pool.said(self._accounts.named(name).account.id)
        return self._seen(await whole(self._accounts.say(name, replace(said, rests_until=int(until * 1_000_000)))))

    async def wake(self, caller: Caller, name: str) -> SeenAccount:
        """Ask the account again, whatever it rests for or needed attention for."""
        require(caller, Action.MANAGE_ACCOUNTS)
        said = self._pool.said(self._accounts.named(name).account.id)
        if said.disabled_at is not None:
            raise errors.InvalidInput(f"The account {name!r} is disabled: enable it.", field="name", mistake="disabled")
        return await self._again(name)

    async def disable(self, caller: Caller, name: str) -> SeenAccount:
        """Ask the account nothing until it is enabled; a reply under way goes on."""
        require(caller, Action.MANAGE_ACCOUNTS)
        said = self._pool.said(self._accounts.named(name).account.id)
        return self._seen(
            await whole(self._accounts.say(name, replace(said, disabled_at=int(self._clock() * 1_000_000))))
        )

    async def enable(self, caller: Caller, name: str) -> SeenAccount:
        """Ask the account again."""
        require(caller, Action.MANAGE_ACCOUNTS)
        return await self._again(name)

    async def check_proxy(self, caller: Caller, name: str) -> ProxyReport:
        """Connect to the account's upstream through its proxy alone, and send nothing.  Raises `InvalidInput` for an
        account without a proxy."""
        require(caller, Action.MANAGE_ACCOUNTS)
        return await self._connecting.check_proxy(self._accounts.named(name).definition)

    async def _again(self, name: str) -> SeenAccount:
        found = await whole(self._accounts.say(name, NOTHING))
        self._pool.alter(found.account.id, awake(self._pool.state(found.account.id)))
        return self._seen(found)

    async def _changes(self, caller: Caller) -> AsyncGenerator[list[SeenAccount], None]:
        # Looked at rather than told of: whatever changes a state need not know of this, and a burst is one event.
        shown: list[SeenAccount] | None = None
        for look in itertools.count(1):
            if self._ending.is_set():
                return
            if look % LOOKS_PER_PROOF == 0:
                await self._still(caller)
            now = self._all()
            if now != shown:
                shown = now
                yield now
            await asyncio.sleep(INTERVAL)

    def _all(self) -> list[SeenAccount]:
        return [self._seen(each) for each in self._accounts.here()]

    def _seen(self, each: BuiltIn) -> SeenAccount:
        id = each.account.id
        return SeenAccount(
            each.account,
            self._pool.state(id),
            each.source,
            self._pool.waiting(id),
            self._pool.last_used(id),
            self._connecting.has_proxy(each.definition),
            isinstance(self._pool.upstream(id), SignsIn),
            each.shown if each.source == "record" else None,
        )

    async def _in_time(self, answer: Awaitable[Answer]) -> Answer:
        try:
            async with asyncio.timeout(self._patience):
                return await answer
        except TimeoutError:
            raise errors.UpstreamTimeout(
                f"The upstream did not answer within {self._patience:.0f} seconds. Try again later."
            ) from None


async def whole(change: Coroutine[None, None, Answer]) -> Answer:
    """A change that is made to its end, even if whoever asked for it leaves."""
    return await asyncio.shield(asyncio.ensure_future(change))
