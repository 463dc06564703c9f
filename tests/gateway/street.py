"""Houses with 1 to 8 accounts, each with its own strict fake, and what must hold after whatever happened there."""

import asyncio
import itertools
import time
from collections import defaultdict
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import yaml

from backend import errors
from backend.app import House, open_house
from backend.domain.access import Caller
from backend.domain.ids import CONVERSATION, TURN, show_id
from backend.domain.replies import ENDED, Turn
from backend.domain.upkeep import awake
from backend.gateway.account_pool import AccountPool
from backend.gateway.live_replies import Reply
from backend.gateway.paths import Slice
from backend.gateway.prompts import Prompt
from backend.opening import ensure_user
from backend.settings import load_settings
from backend.upstream.rehearsal import Fault, RehearsalAccount, RehearsalServer, SeenRequest

T = TypeVar("T")

HANGS = ("hang-mid", "hang")
FAULTS = (
    "broken", "edge-page", "limit", "limit-clears-in", "limit-bare", "expired", "unauthorized", "human-check", "banned",
    "too-long", "lost", "reset", "bad-body", "redirect", "cut", "hang-up", "no-end", "bad-json", "bad-utf8", "no-done",
    "unknown-events", "stream-error", "replaced", "several-messages", "moderation", "max-tokens", "stall", *HANGS,
)  # fmt: skip
TURNED_AWAY = (errors.NoAccountAvailable, errors.AccountUnavailable, errors.TooManyWaiting)
PATIENCE = 5.0  # seconds after which a reply that has not ended is lost


@dataclass
class Address:
    """One house and its fake; `accounts` by the names that the settings give them are e-mail addresses at the fake."""

    house: House
    fake: RehearsalServer
    callers: list[Caller]
    emails: dict[int, str] = field(default_factory=dict)

    @property
    def pool(self) -> AccountPool:
        return self.house.gateway.chat._pool


class Street:
    """`now` is the clock of all of it.  `asked` and `attempts` count the prompts and how often upstreams were asked
    for them, over all stories."""

    def __init__(self, folder: Path) -> None:
        self.now = time.time()
        self.stories = self.asked = self.attempts = self.resent = self.stopped = self.turned_away = 0
        self.states: dict[str, int] = defaultdict(int)
        self._folder = folder
        self._runner = asyncio.Runner()
        self._open: dict[int, Address] = {}
        self._numbers = itertools.count(1)
        self._replies: list[Reply] = []
        self._here: Address

    def __enter__(self) -> Self:
        self._runner.__enter__()
        self._stack = AsyncExitStack()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.run(self._stack.aclose())
        self._runner.__exit__(kind, error, at)

    def run(self, story: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(story)

    @property
    def busy(self) -> bool:
        return any(reply._live is not None and reply._live.ended is None for reply in self._replies)

    def figures(self) -> str:
        states = ", ".join(f"{count} {state}" for state, count in sorted(self.states.items()))
        each = self.attempts / max(1, self.asked)
        return (
            f"{self.stories} stories: {self.asked} prompts asked {self.attempts} times ({each:.3f}), "
            f"{self.resent} more with a renewed token;\n{states};\n"
            f"{self.turned_away} turned away; {self.stopped} hung"
        )

    def begin(self, accounts: int) -> None:
        self._here = self._open.pop(accounts) if accounts in self._open else self.run(self._move_in(accounts))
        self._replies = []
        self._here.fake.requests.clear()

    async def _move_in(self, accounts: int) -> Address:
        people = [
            RehearsalAccount(
                f"a{n}@example.org", "correct horse", plus=n % 3 == 2, encoding="delta" if n % 2 else "messages"
            )
            for n in range(accounts)
        ]
        fake = RehearsalServer(people, clock=lambda: self.now, pace=0, token_lifetime=1e9)
        await fake.start()
        self._stack.push_async_callback(fake.stop)
        where = {"kind": "chatgpt", "base_url": fake.base_url, "login_url": fake.login_url, "auth_url": fake.auth_url}
        rows = [
            {"name": p.email.split("@", maxsplit=1)[0], "plus": p.plus, "access_token": fake.issue_token(p.email)}
            | {"email": p.email, "password": p.password}
            | where
            for p in people
        ]
        folder = self._folder / f"house-{next(self._numbers)}"
        folder.mkdir()
        limits, rule = {"waiting_per_user": 4}, ("round_robin", "least_busy", "weighted")[accounts % 3]
        file = folder / "settings.yaml"
        file.write_text(yaml.safe_dump({"accounts": rows, "limits": limits, "pool": {"choice": rule}}))
        house = await self._stack.enter_async_context(open_house(load_settings(file), lambda: self.now))
        users = [await ensure_user(house.record, "user", f"u{n}", plus=n == 2) for n in range(3)]
        secrets = [await house.identity.mint(user.id, "key", "test") for user in users]
        there = Address(house, fake, [await house.identity.caller(secret) for secret in secrets])
        there.emails = {account.id: f"{account.name}@example.org" for account, _ in there.pool.overview()}
        return there

    def will_fail(self, account: int, kind: str) -> None:
        people = self._here.fake.accounts
        fault = Fault(kind, seconds=0.01 if kind == "stall" else 60.0)  # type: ignore[arg-type]
        self._here.fake.script.next(fault, account=people[account % len(people)].email)

    async def send(self, user: int, plan: str) -> None:
        prompt = Prompt(self._words(), plan=plan)  # type: ignore[arg-type]
        await self._accept(self._here.house.gateway.chat.send(self._here.callers[user], prompt))

    async def follow_up(self, conversation: int) -> None:
        if self._replies:
            reply = self._replies[conversation % len(self._replies)]
            prompt, shown = Prompt(self._words()), show_id(CONVERSATION, reply.conversation_id)
            await self._accept(self._here.house.gateway.chat.follow_up(self._whose(reply), shown, prompt))

    def _words(self) -> str:
        """A prompt of its own, with a short reply."""
        return f"prompt {next(self._numbers)}\n/rehearse long 3"

    async def crowd(self, asks: list[tuple[int, str, int | None]]) -> None:
        await asyncio.gather(*(self.send(user, plan) if on is None else self.follow_up(on) for user, plan, on in asks))

    async def stop(self, turn: int) -> None:
        if self._replies:
            reply = self._replies[turn % len(self._replies)]
            await self._here.house.gateway.chat.stop(self._whose(reply), show_id(TURN, reply.turn.id))

    async def quiet(self, seconds: float) -> None:
        """Until every reply has ended, but not longer."""
        waiting = [asyncio.create_task(reply.end()) for reply in self._replies]
        if waiting:
            await asyncio.wait(waiting, timeout=seconds)

    async def _accept(self, asked: Coroutine[Any, Any, Reply]) -> None:
        try:
            self._replies.append(await asked)
        except TURNED_AWAY:
            self.turned_away += 1

    def _whose(self, reply: Reply) -> Caller:
        user_id = reply._live.user_id if reply._live is not None else 0
        return next(caller for caller in self._here.callers if caller.user_id == user_id)

    async def end(self) -> None:
        """Let all of it end, look at what must hold, and leave the house as it was."""
        here, self.stories = self._here, self.stories + 1
        await self._let_all_end()
        turns = await self._kept()
        assert not here.fake.violations, f"{here.fake.violations}\n{self._story(turns)}"
        self._no_turn_is_lost(turns)
        self._every_prompt_went_right(turns)
        self._nobody_starves([turn for thread in turns.values() for turn in thread])
        for account, state in here.pool.overview():
            assert state.in_flight == 0
            assert not state.probing
            here.pool.alter(account.id, awake(state))
        assert not here.pool._line
        here.fake.script.clear()
        self._replies = []
        self._open[len(here.emails)] = here  # whatever raised before leaves the next story a fresh one

    async def _let_all_end(self) -> None:
        """Everything ends by itself, but for the replies that were made to hang."""
        deadline = time.monotonic() + PATIENCE
        await self.quiet(0.05)
        while self.busy:
            assert time.monotonic() < deadline, self._tell()
            hung = {request.prompt for request in self._here.fake.requests if request.fault in HANGS}
            for reply in self._replies:
                if reply._live is not None and reply._live.ended is None and reply.turn.prompt in hung:
                    self.stopped += 1
                    await self._here.house.gateway.chat.stop(self._whose(reply), show_id(TURN, reply.turn.id))
            await self.quiet(0.05)

    def _tell(self) -> str:
        lives = [reply._live for reply in self._replies if reply._live is not None]
        unended = [(live.turn.prompt, live.turn.state, live.place) for live in lives if live.ended is None]
        return f"lost: {unended} {[state for _, state in self._here.pool.overview()]}"

    def _story(self, threads: dict[int, list[Turn]]) -> str:
        told = [
            f"{turn.prompt}: {turn.position} {turn.state} {turn.error_code} behind {turn.upstream_parent_id} "
            f"reply {turn.upstream_reply_id}"
            for thread in threads.values()
            for turn in thread
        ]
        told += [
            f"{request.account} {request.prompt} {request.status} {request.fault} behind {request.parent_message_id}"
            for request in self._here.fake.requests
            if request.endpoint == "chat"
        ]
        return "\n".join(told)

    async def _kept(self) -> dict[int, list[Turn]]:
        threads: dict[int, list[Turn]] = {}
        for reply in self._replies:
            if reply.conversation_id not in threads:
                shown, caller = show_id(CONVERSATION, reply.conversation_id), self._whose(reply)
                conversation = await self._here.house.gateway.conversations.get(caller, shown)
                page = await self._here.house.gateway.conversations.turns(caller, conversation, Slice(first=200))
                threads[reply.conversation_id] = page.items
                assert {turn.account_id for turn in page.items} <= {conversation.account_id, None}
        return threads

    def _no_turn_is_lost(self, threads: dict[int, list[Turn]]) -> None:
        kept = {turn.id: turn for thread in threads.values() for turn in thread}
        assert kept.keys() == {reply.turn.id for reply in self._replies}
        for reply in self._replies:
            assert reply._live is not None
            assert kept[reply.turn.id] == reply._live.ended, f"{kept[reply.turn.id]}\n{reply._live.ended}"
        for thread in threads.values():
            assert [turn.position for turn in thread] == list(range(1, len(thread) + 1))
        for turn in kept.values():
            assert turn.state in ENDED
            assert turn.error_code != "internal_error"
            self.states[turn.error_code or turn.state] += 1

    def _every_prompt_went_right(self, threads: dict[int, list[Turn]]) -> None:
        """To one account, at most one more before the first word, and a follow-up to its own, behind the last reply."""
        sent: dict[str | None, list[SeenRequest]] = defaultdict(list)
        for request in self._here.fake.requests:
            if request.endpoint == "chat":
                sent[request.prompt].append(request)
        for thread in threads.values():
            parent = upstream_id = None
            for turn in thread:
                requests = sent.pop(turn.prompt, [])
                self._check_attempts(turn, requests)
                for request in requests:
                    assert request.conversation_id is None or upstream_id in (None, request.conversation_id)
                    upstream_id = request.conversation_id or upstream_id
                    if parent is not None:
                        assert request.parent_message_id == parent, f"a wrong parent\n{self._story(threads)}"
                        assert request.conversation_id is not None
                parent = turn.upstream_reply_id or parent
        assert not {prompt: requests for prompt, requests in sent.items() if prompt is not None}

    def _check_attempts(self, turn: Turn, requests: list[SeenRequest]) -> None:
        asked = [request for request in requests if request.status != 401]
        self.resent += len(requests) - len(asked)
        accounts = [request.account for request in asked]
        assert len(accounts) == len(set(accounts)), "asked one account twice"
        assert len(accounts) <= (2 if turn.position == 1 else 1) or turn.choice is None or not turn.choice.pinned
        self.asked += bool(requests)
        self.attempts += len({request.account for request in requests})
        # Stopped on its way to the next account, a turn has an account that was not asked.
        under_way = turn.state == "stopped" and turn.upstream_reply_id is None
        if requests and turn.account_id is not None and not under_way:
            assert requests[-1].account == self._here.emails[turn.account_id], "another account"

    def _nobody_starves(self, turns: list[Turn]) -> None:
        """While an account is ready and passed over, no other is chosen more often than its share of a round."""
        choices = sorted((t.choice for t in turns if t.choice is not None), key=lambda choice: choice.count)
        passed_over: dict[str, set[str]] = defaultdict(set)
        for choice in choices:
            ready = {name for name, why in choice.left_out if why == "not its turn"}
            assert choice.account is not None
            passed_over.pop(choice.account, None)
            for name in list(passed_over):
                if name not in ready and not choice.pinned:
                    del passed_over[name]
            if choice.pinned or choice.rule == "least_busy":
                continue
            for name in ready:
                assert choice.account not in passed_over[name], f"{name} starves"
                passed_over[name].add(choice.account)
