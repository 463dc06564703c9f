"""The pool: which account answers, for whom, and who waits.  The choice itself is `domain.choice.choose_account`.

A free account never has a waiter that could use it: whenever one gets free or healthy, and before a newcomer is looked
at, the line is walked in order.  So a newcomer that finds a free account overtakes nobody.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace

from backend import errors
from backend.domain.accounts import Account, AccountState, after_failure, after_success
from backend.domain.choice import NOBODY, Choice, Explanation, Rule, choose_account, explained, standing_back, taken
from backend.domain.upkeep import ByHand, awake, by_hand
from backend.domain.waiting import FairLine
from backend.gateway.refusals import model_refusal, refusal
from backend.gateway.retiring import Retiring
from backend.gateway.wishes import Member, Offer, Reasons, Wish, suits, without_model
from backend.upstream.protocol import Upstream


@dataclass(slots=True, eq=False)
class Waiter:
    user_id: int
    wish: Wish
    granted: asyncio.Future["Lease"]
    on_place: Callable[[int], None]
    place: int = 0


class Lease:
    """The exclusive hold on one of an account's places while a reply is written.  `probes`: it is the one prompt that
    finds out whether a rested account answers again."""

    __slots__ = ("_pool", "account", "choice", "held", "probes", "upstream")

    def __init__(self, pool: "AccountPool", member: Member, choice: Explanation, *, probes: bool) -> None:
        self._pool = pool
        self.account = member.account
        self.upstream = member.upstream
        self.choice = choice
        self.probes = probes
        self.held = True

    def release(self, failure: errors.ProductError | None = None, *, answered: bool = False) -> None:
        """Give the place back, once.  `answered`: the account gave a whole reply; `failure`: what went wrong."""
        if self.held:
            self.held = False
            self._pool.returned(self, failure, answered)


class AccountPool:
    """`on_health` is told of each change in the health of a built-in account, and must not hold the pool up."""

    def __init__(
        self,
        clock: Callable[[], float],
        longest_wait: float,
        rule: Rule = "round_robin",
        on_health: Callable[[AccountState], None] = lambda _: None,
    ) -> None:
        self._clock = clock
        self._longest_wait = longest_wait
        self._rule = rule
        self._on_health = on_health
        self._members: dict[int, Member] = {}
        self._built_in: list[int] = []
        self._served = 0
        self._floor = 0.0
        self._line: FairLine[Waiter] = FairLine()
        self._retiring = Retiring()

    def add(
        self, account: Account, upstream: Upstream, concurrency: int, token: str | None = None, *, weight: int = 1
    ) -> None:
        """Take an account in; one with an owner is found by its id alone and never chosen for others."""
        in_flight = self._retiring.in_flight(account.id)
        state = AccountState(account.id, account.name, account.plus, concurrency, in_flight, weight=weight)
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
            account, upstream, replace(old.state, health="ready", why="", why_code="", until=None, faults=0), token
        )
        self._retiring.retire(account.id, old.upstream)

    def replace(
        self, account: Account, upstream: Upstream, concurrency: int, weight: int = 1, *, afresh: bool = True
    ) -> None:
        """A built-in account was defined anew: replies under way end as they began, and count as its own.  `afresh`:
        how it did until now says nothing about it."""
        old = self._members[account.id]
        state = replace(old.state, plus=account.plus, concurrency=concurrency, weight=weight, probing=False)
        self._members[account.id] = Member(account, upstream, old.state, None, old.said, old.last_used)
        self.alter(account.id, awake(state) if afresh else state)
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
        old, member.state = member.state, by_hand(state, member.said, self._clock())
        self._wake_later(member.state)
        changed = (old.health, old.why, old.until, old.faults) != (state.health, state.why, state.until, state.faults)
        if changed and member.state == state and state.health != "disabled" and member.account.owner_id is None:
            self._on_health(state)  # what is said by hand is kept elsewhere
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
        wishes = [waiter.wish for waiter in self._line.in_order() if not waiter.granted.done()]
        return sum(
            wish.account_id == account_id
            or (wish.account_id is None and account_id not in dict(self._barred(wish)) and suits(wish, state))
            for wish in wishes
        )

    def offers(self, account_id: int, upstream: Upstream, models: frozenset[str], until: float) -> None:
        """What a built-in account said it has, by the far end that said so; `until` is when it may be asked again, in
        seconds since the epoch."""
        member = self._members.get(account_id)
        if member is not None and member.upstream is upstream:
            member.offer = Offer(models, until)

    def outdate_own(self) -> None:
        """Callers' own accounts live elsewhere now: each is connected anew when its token comes the next time."""
        for member in self._members.values():
            if member.account.owner_id is not None:
                member.token = None

    def choose_by(self, rule: Rule) -> None:
        self._rule = rule

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
        self._serve_waiters()
        choice = self._choose(wish)
        if choice.account_id is not None:
            return self._grant(choice, choice.account_id, wish)
        if choice.waiting_helps:
            return None
        raise self._refusal(wish, choice)

    async def lease(self, wish: Wish, user_id: int, on_place: Callable[[int], None]) -> Lease:
        """A lease, waiting in line for it; `on_place` is told the place in the line, from 1, whenever it changes.

        Raises `QueueTimeout` as well as what `lease_now` raises.
        """
        if (lease := self.lease_now(wish)) is not None:
            return lease
        waiter = Waiter(user_id, wish, asyncio.get_running_loop().create_future(), on_place)
        self._line.join(user_id, waiter)
        self._tell_places()
        lease = None
        try:
            async with asyncio.timeout(self._longest_wait):
                lease = await waiter.granted
        except TimeoutError:
            raise errors.QueueTimeout(
                f"No account became free within {self._longest_wait:.0f} seconds. The prompt was kept; ask again later."
            ) from None
        finally:
            self._leave(waiter, lease)
        return lease

    def returned(self, lease: Lease, failure: errors.ProductError | None, answered: bool) -> None:
        self._retiring.gave_back(lease.account.id, lease.upstream)
        member, now = self._members.get(lease.account.id), self._clock()
        now_another = member is None or member.upstream is not lease.upstream
        if now_another:
            self._retiring.retire(lease.account.id, lease.upstream)
        if member is None:
            return
        state = member.state
        probing = state.probing and not (lease.probes and not now_another)
        state = state.writing(max(0, state.in_flight - 1), probing=probing)
        if now_another:
            pass  # how the old definition did says nothing about the new one
        elif failure is not None:
            state = after_failure(state, failure, now)
        elif answered and (state.faults or state.health != "ready"):
            state = after_success(state, now)
        self.alter(lease.account.id, state)

    async def let_go(self, account_id: int) -> bool:
        """Close an idle account of a caller; False where it is in use."""
        member = self._members.get(account_id)
        if member is None:
            return True
        if member.state.in_flight or any(waiter.wish.account_id == account_id for waiter in self._line.in_order()):
            return False
        del self._members[account_id]
        await member.upstream.close()
        return True

    async def close(self) -> None:
        for waiter in self._line.in_order():
            if not waiter.granted.done():
                waiter.granted.set_exception(errors.ShuttingDown("The server is stopping; the prompt was kept."))
        await self._retiring.close()
        for member in self._members.values():
            await member.upstream.close()

    def _wake_later(self, state: AccountState) -> None:
        if state.health == "resting" and state.until is not None:
            asyncio.get_running_loop().call_later(max(0.0, state.until - self._clock()), self._serve_waiters)

    def _choose(self, wish: Wish) -> Choice:
        now = self._clock()
        if wish.account_id is None:
            barred = dict(self._barred(wish))
            states = [self._members[id].state for id in self._built_in if id not in barred]
            return choose_account(states, wish.plan, wish.may_use_plus, now, self._rule)
        member = self._members.get(wish.account_id)
        return NOBODY if member is None else choose_account([member.state], "any", True, now)

    def _barred(self, wish: Wish) -> Reasons:
        members = [self._members[id] for id in self._built_in]
        choosing = wish.model is not None or any(member.account.kind == "rehearsal" for member in members)
        if wish.account_id is not None or not choosing:
            return wish.not_these
        lacking = dict(without_model(wish, members, self._clock()))
        offering = [each for each in self.overview() if each[0].id not in lacking]
        back = dict(standing_back(offering, wish.plan, wish.may_use_plus))
        return tuple((lacking | back | dict(wish.not_these)).items())

    def _refusal(self, wish: Wish, choice: Choice) -> errors.ProductError:
        if wish.model is not None and not choice.standings:
            suited = {id for id in self._built_in if suits(wish, self._members[id].state)}
            if suited and suited <= dict(self._barred(replace(wish, not_these=()))).keys():
                return model_refusal(wish.model)
        return refusal(wish.account_id, choice, self._clock())

    def _grant(self, choice: Choice, account_id: int, wish: Wish) -> Lease:
        member = self._members[account_id]
        self._served += 1
        self._retiring.took(account_id, member.upstream)
        member.last_used = self._clock()
        self._floor = max(self._floor, member.state.due)
        probes = member.state.health == "resting"
        member.state = taken(member.state, self._served, self._floor)
        pinned = wish.account_id is not None
        explanation = explained(choice, self._rule, self._served, self._name, self._barred(wish), pinned=pinned)
        return Lease(self, member, explanation, probes=probes)

    def _name(self, account_id: int) -> str:
        member = self._members.get(account_id)
        return "a removed account" if member is None else member.state.name

    def _serve_waiters(self) -> None:
        if not self._line:
            return
        in_vain: set[Wish] = set()  # giving accounts out makes none of them possible again
        for waiter in self._line.in_order():
            if waiter.granted.done():
                self._line.leave(waiter.user_id, waiter)
                continue
            if waiter.wish in in_vain:
                continue
            choice = self._choose(waiter.wish)
            if choice.account_id is not None:
                self._line.leave(waiter.user_id, waiter, served=True)
                waiter.granted.set_result(self._grant(choice, choice.account_id, waiter.wish))
            elif choice.waiting_helps:
                in_vain.add(waiter.wish)
            else:
                self._line.leave(waiter.user_id, waiter)
                waiter.granted.set_exception(self._refusal(waiter.wish, choice))
        self._tell_places()

    def _tell_places(self) -> None:
        for place, waiter in enumerate(self._line.in_order(), 1):
            if waiter.place != place:
                waiter.place = place
                waiter.on_place(place)

    def _leave(self, waiter: Waiter, lease: Lease | None) -> None:
        self._line.leave(waiter.user_id, waiter)
        ungranted = waiter.granted.cancel() or waiter.granted.cancelled() or waiter.granted.exception() is not None
        if lease is None and not ungranted:
            # Granted in the very moment in which the waiter gave up: nobody else knows of that lease.
            waiter.granted.result().release()
        self._serve_waiters()
