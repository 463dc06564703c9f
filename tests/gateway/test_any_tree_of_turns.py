"""Whatever way a conversation is grown, its paths, versions and receipts are those of the tree that was asked for.

Hypothesis writes the stories.  One house with its fake serves them all, a conversation each.
"""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, Self, TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.domain.replies import Turn
from backend.gateway.paths import Slice
from backend.upstream.rehearsal import RehearsalAccount, RehearsalServer
from tests.driver import Running, serving
from tests.gateway.growing import Growing, shown, way_to

T = TypeVar("T")
STEPS = st.lists(
    st.tuples(st.sampled_from(["ask", "same", "behind", "newest", "newest", "stop"]), st.integers(0, 99)),
    min_size=1,
    max_size=10,
)


class Garden:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._runner = asyncio.Runner()
        self._stack = AsyncExitStack()

    def __enter__(self) -> Self:
        self._runner.__enter__()
        self.run(self._open())
        return self

    def __exit__(self, *_: object) -> None:
        self.run(self._stack.aclose())
        self._runner.__exit__(None, None, None)

    def run(self, story: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(story)

    async def _open(self) -> None:
        person = RehearsalAccount("one@example.org", "correct horse")
        self.fake = RehearsalServer([person], pace=0)
        await self.fake.start()
        self._stack.push_async_callback(self.fake.stop)
        account = {
            "name": "one", "kind": "chatgpt", "base_url": self.fake.base_url,
            "access_token": self.fake.issue_token(person.email),
        }  # fmt: skip
        house = serving(self._folder, [account], fake=self.fake, limits={"waiting_per_user": 100})
        self.server: Running = await self._stack.enter_async_context(house)
        self.key = await self.server.key("uma")

    async def grow(self, steps: list[tuple[str, int]]) -> None:
        """Prompts come as fast as they may: only a turn that is asked again is waited for."""
        self.fake.requests.clear()
        talk, first = await Growing.begun(self.server, self.key, "1\n/rehearse long 2")
        kept, ends, behind, prompts = [first], [ended(first)], [0], [first.prompt]
        for number, (step, choice) in enumerate(steps, 2):
            chosen, text = choice % len(kept), f"{number}\n/rehearse long 2"
            if step == "stop":
                await talk.stop(kept[chosen])
                continue
            if step in ("ask", "same"):
                turn = await ends[chosen]
                reply = await talk.ask_again(turn, text if step == "ask" else None)
                prompts.append(text if step == "ask" else turn.prompt)
                behind.append(behind[chosen])
            else:
                reply = await talk.follow_up(text, None if step == "newest" else kept[chosen])
                prompts.append(text)
                behind.append(len(kept) if step == "newest" else chosen + 1)
            kept.append(reply.turn)
            ends.append(asyncio.ensure_future(reply.end()))
        await self.check(talk, [await end for end in ends], behind, prompts)

    async def check(self, talk: Growing, turns: list[Turn], behind: list[int], prompts: list[str]) -> None:
        """`behind` and `prompts` are the model: what each turn was asked to follow, and what it asks."""
        assert [turn.position for turn in turns] == list(range(1, len(turns) + 1))
        assert [(turn.behind, turn.prompt) for turn in turns] == list(zip(behind, prompts, strict=True))
        assert {turn.state for turn in turns} <= {"finished", "stopped"}
        ways = [way(behind, position) for position in range(1, len(turns) + 1)]
        for turn in turns:
            newest = max(each[-1] for each in ways if turn.position in each)
            page = await talk.page(Slice(last=200, through=shown(turn)))
            assert [each.position for each in page.items] == ways[newest - 1]
            versions = [each.position for each in page.place_of(turn).versions]
            assert versions == [p for p, follows in enumerate(behind, 1) if follows == turn.behind]
            assert page.place_of(turn).follows_id == (turns[turn.behind - 1].id if turn.behind else None)
            if turn.upstream_reply_id is not None:
                # What was stopped before its account named a reply is not on the way there.
                told = [turns[p - 1] for p in ways[turn.position - 1]]
                expected = [each.prompt for each in told if each.upstream_reply_id is not None]
                assert way_to(self.fake, turn) == expected
        positions = {turn.upstream_prompt_id: turn.position for turn in turns}
        order = [positions[request.message_id or ""] for request in self.fake.requests if request.endpoint == "chat"]
        assert order == sorted(set(order)), "out of order, or asked twice"
        assert {turn.position for turn in turns if turn.state == "finished"} <= set(order)
        assert not self.fake.violations
        assert await talk.proven()


def ended(turn: Turn) -> asyncio.Future[Turn]:
    future: asyncio.Future[Turn] = asyncio.get_running_loop().create_future()
    future.set_result(turn)
    return future


def way(behind: list[int], position: int) -> list[int]:
    found = []
    while position:
        found.append(position)
        position = behind[position - 1]
    return found[::-1]


@pytest.fixture(scope="module")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Garden]:
    with Garden(tmp_path_factory.mktemp("garden")) as garden:
        yield garden


@pytest.mark.long
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_every_path_is_that_of_the_tree_that_was_asked_for(garden: Garden, steps: list[tuple[str, int]]) -> None:
    garden.run(garden.grow(steps))
