"""The pool: which account answers, for whom, and who waits.  The choice itself is `domain.accounts.choose_account`.

A free account never has a waiter that could use it: whenever one gets free or healthy, the queue is walked in order.
So a newcomer that finds a free account overtakes nobody.
"""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass, replace

from backend import errors
from backend.domain.accounts import (
    Account,
    AccountState,
    Choice,
    Plan,
    after_failure,
    after_success,
    choose_account,
    unsuitable,
)
from backend.domain.upkeep import NOTHING, ByHand, by_hand
from backend.gateway.retiring import Retiring
from backend.upstream.protocol import Upstream


@dataclass(frozen=True, slots=True)
class Wish:
    """What a prompt asks of the pool: its own account (`account_id`), or any that suits the plan and the caller."""

    plan: Plan = "any"
    may_use_plus: bool = False
    account_id: int | None = None
    not_these: frozenset[int] = frozenset()


@dataclass(slots=True)
class Member:
    account: Account
    upstream: Upstream
    state: AccountState
    token: str | None = None
    said: ByHand = NOTHING
    last_used: float | None = None


@dataclass(slots=True)
class Waiter:
    wish: Wish
    granted: asyncio.Future["Lease"]
    on_place: Callable[[int], None]


class Lease:
    """The exclusive hold on one of an account's places while a reply is written."""

    __slots__ = ("_pool", "account", "choice", "held", "upstream")

    def __init__(self, pool: "AccountPool", member: Member, choice: Choice | None) -> None:
        self._pool = pool
        self.account = member.account
        self.upstream = member.upstream
        self.choice = choice
        self.held = True

    def release(self, failure: errors.ProductError | None = None, *, answered: bool = False) -> None:
        """Give the place back, once.  `answered`: the account gave a whole reply; `failure`: what went wrong."""
        if self.held:
            self.held = False
            self._pool.returned(self, failure, answered)


class AccountPool:
    def __init__(self, clock: Callable[[], float], longest_wait: float) -> None:
        self._clock = clock
        self._longest_wait = longest_wait
        self._members: dict[int, Member] = {}
        self._built_in: list[int] = []
        self._served = 0
        self._waiters: list[Waiter] = []
        self._retiring = Retiring()

    def add(self, account: Account, upstream: Upstream, concurrency: int, token: str | None = None) -> None:
        """Take an account in; one with an owner is found by its id alone and never chosen for others."""
        in_flight = self._retiring.in_flight(account.id)
        state = AccountState(account.id, account.name, account.plus, concurrency, in_flight)
        self._members[account.id] = Member(account, upstream, state, token)
        if account.owner_id is None:
            self._built_in.append(account.id)
        self._serve_waiters()

    def holds(self, account_id: int, token: str | None) -> bool:
        """Whether the account is here with this token."""
        member = self._members.get(account_id)
        return member is not None and member.token == token

    async def replace_token(self, account: Account, upstream: Upstream, concurrency: int, token: str) -> None:
        """A caller's own account came with a newer token; a reply under way keeps the connection it has."""
        old = self._members.get(account.id)
        if old is None:
            self.add(account, upstream, concurrency, token)
            return
        self._members[account.id] = Member(
            account, upstream, replace(old.state, health="ready", why="", until=None), token
        )
        self._retiring.retire(account.id, old.upstream)

    def replace(self, account: Account, upstream: Upstream, concurrency: int) -> None:
        """A built-in account was defined anew: replies under way end as they began, and count as its own."""
        old = self._members[account.id]
        state = AccountState(
            account.id, account.name, account.plus, concurrency, old.state.in_flight, served=old.state.served
        )
        self._members[account.id] = Member(account, upstream, state, None, old.said, old.last_used)
        self.say(account.id, old.said)
        self._retiring.retire(account.id, old.upstream)

    def remove(self, account_id: int) -> None:
        """Take a built-in account out.  Replies under way end as they began; whoever waits for it is told."""
        old = self._members.pop(account_id)
        self._built_in.remove(account_id)
        self._retiring.retire(account_id, old.upstream)
        self._serve_waiters()

    def say(self, account_id: int, said: ByHand) -> None:
        """What an admin says of an account stands over what its replies say."""
        member = self._members[account_id]
        member.said = said
        self.alter(account_id, member.state)

    def alter(self, account_id: int, state: AccountState) -> None:
        """Another state for an account, under what was said of it by hand."""
        member = self._members[account_id]
        member.state = by_hand(state, member.said, self._clock())
        self._wake_later(member.state)
        self._serve_waiters()

    def state(self, account_id: int) -> AccountState:
        return self._members[account_id].state

    def said(self, account_id: int) -> ByHand:
        return self._members[account_id].said

    def upstream(self, account_id: int) -> Upstream:
        return self._members[account_id].upstream

    def last_used(self, account_id: int) -> float | None:
        """When it last took a prompt since the server started, in seconds since the epoch."""
        return self._members[account_id].last_used

    def waiting(self, account_id: int) -> int:
        """How many prompts wait in line that this account may answer."""
        state = self._members[account_id].state
        wishes = [waiter.wish for waiter in self._waiters if not waiter.granted.done()]
        return sum(
            wish.account_id == account_id
            or (
                wish.account_id is None
                and account_id not in wish.not_these
                and unsuitable(state, wish.plan, wish.may_use_plus) is None
            )
            for wish in wishes
        )

    def outdate_own(self) -> None:
        """Callers' own accounts live elsewhere now: each is connected anew when its token comes the next time."""
        for member in self._members.values():
            if member.account.owner_id is not None:
                member.token = None

    def wait_at_most(self, seconds: float) -> None:
        """For prompts that come from now on."""
        self._longest_wait = seconds

    def overview(self) -> list[tuple[Account, AccountState]]:
        """The built-in accounts and how each stands, in the order in which they take turns."""
        return [(self._members[id].account, self._members[id].state) for id in self._built_in]

    def built_in(self) -> list[tuple[AccountState, Upstream]]:
        """Likewise, each with its far end."""
        return [(self._members[id].state, self._members[id].upstream) for id in self._built_in]

    def account(self, account_id: int) -> Account | None:
        member = self._members.get(account_id)
        return None if member is None else member.account

    def lease_now(self, wish: Wish) -> Lease | None:
        """A lease at once, or None where waiting helps.  Raises `NoAccountAvailable` or `AccountUnavailable`."""
        choice = self._choose(wish)
        if choice.account_id is not None:
            return self._grant(choice.account_id, choice)
        if choice.waiting_helps:
            return None
        raise self._refusal(wish, choice)

    async def lease(self, wish: Wish, on_place: Callable[[int], None]) -> Lease:
        """A lease, waiting in line for it; `on_place` is told the place in the queue, from 1, whenever it changes.

        Raises `QueueTimeout` as well as what `lease_now` raises.
        """
        if (lease := self.lease_now(wish)) is not None:
            return lease
        waiter = Waiter(wish, asyncio.get_running_loop().create_future(), on_place)
        self._waiters.append(waiter)
        on_place(len(self._waiters))
        taken: Lease | None = None
        try:
            async with asyncio.timeout(self._longest_wait):
                taken = await waiter.granted
        except TimeoutError:
            raise errors.QueueTimeout(
                f"No account became free within {self._longest_wait:.0f} seconds. The prompt was kept; ask again later."
            ) from None
        finally:
            self._leave(waiter, taken)
        return taken

    def returned(self, lease: Lease, failure: errors.ProductError | None, answered: bool) -> None:
        self._retiring.gave_back(lease.account.id, lease.upstream)
        member = self._members.get(lease.account.id)
        now_another = member is None or member.upstream is not lease.upstream
        if now_another:
            self._retiring.retire(lease.account.id, lease.upstream)
        if member is None:
            return
        state = replace(member.state, in_flight=max(0, member.state.in_flight - 1))
        if now_another:
            pass  # how the old definition did says nothing about the new one
        elif failure is not None:
            state = after_failure(state, failure, self._clock())
        elif answered and (state.faults or state.health != "ready"):
            state = after_success(state)
        self.alter(lease.account.id, state)

    async def let_go(self, account_id: int) -> bool:
        """Close an idle account of a caller; False where it is in use."""
        member = self._members.get(account_id)
        if member is None:
            return True
        if member.state.in_flight or any(waiter.wish.account_id == account_id for waiter in self._waiters):
            return False
        del self._members[account_id]
        await member.upstream.close()
        return True

    async def close(self) -> None:
        for waiter in self._waiters:
            if not waiter.granted.done():
                waiter.granted.set_exception(errors.ShuttingDown("The server is stopping; the prompt was kept."))
        await self._retiring.close()
        for member in self._members.values():
            await member.upstream.close()

    def _wake_later(self, state: AccountState) -> None:
        if state.health == "resting" and state.until is not None:
            asyncio.get_running_loop().call_later(max(0.0, state.until - self._clock()), self._serve_waiters)

    def _choose(self, wish: Wish) -> Choice:
        if wish.account_id is None:
            states = [self._members[id].state for id in self._built_in if id not in wish.not_these]
            return choose_account(states, wish.plan, wish.may_use_plus, self._clock())
        member = self._members.get(wish.account_id)
        if member is None:
            return Choice(None, (), False, None)
        return choose_account([member.state], "any", True, self._clock())

    def _grant(self, account_id: int, choice: Choice) -> Lease:
        member = self._members[account_id]
        self._served += 1
        self._retiring.took(account_id, member.upstream)
        member.last_used = self._clock()
        member.state = replace(member.state, in_flight=member.state.in_flight + 1, served=self._served)
        return Lease(self, member, choice)

    def _serve_waiters(self) -> None:
        for waiter in list(self._waiters):
            if waiter.granted.done():
                continue
            choice = self._choose(waiter.wish)
            if choice.account_id is not None:
                waiter.granted.set_result(self._grant(choice.account_id, choice))
            elif not choice.waiting_helps:
                waiter.granted.set_exception(self._refusal(waiter.wish, choice))
        for place, waiter in enumerate((w for w in self._waiters if not w.granted.done()), 1):
            waiter.on_place(place)

    def _leave(self, waiter: Waiter, taken: Lease | None) -> None:
        with contextlib.suppress(ValueError):
            self._waiters.remove(waiter)
        ungranted = waiter.granted.cancel() or waiter.granted.cancelled() or waiter.granted.exception() is not None
        if taken is None and not ungranted:
            # Granted in the very moment in which the waiter gave up: nobody else knows of that lease.
            waiter.granted.result().release()
        self._serve_waiters()

    def _refusal(self, wish: Wish, choice: Choice) -> errors.ProductError:
        when = (
            ""
            if choice.soonest is None
            else f" The soonest is back in {max(1, round(choice.soonest - self._clock()))} s."
        )
        later: dict[str, object] = {} if choice.soonest is None else {"soonest": choice.soonest}
        if wish.account_id is not None:
            return errors.AccountUnavailable(
                "The account that this conversation belongs to cannot answer now, and no other one may go on with it."
                + when
                + " Nothing was sent.",
                **later,
            )
        return errors.NoAccountAvailable(
            "No account that your key may use can answer now." + when + " Nothing was sent.", **later
        )
