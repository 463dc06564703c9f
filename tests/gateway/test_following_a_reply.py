"""Numbers are computed, not counted: whoever comes back with the last one gets the rest, live or from the record."""

import asyncio
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from backend.domain.replies import (
    Ended,
    ReplyEvent,
    Started,
    TextAdded,
    TextReplaced,
    Titled,
    Turn,
    Usage,
    Waiting,
    events_of_ended,
)
from backend.gateway.live_replies import LiveReply

TURN = Turn(
    1, 2, 1, "prompt", "", "writing", 3, None, "p", None, None, None, None, Usage(), 0, 0, None, None, 1, 1, None
)


def read(events: list[ReplyEvent], text: str = "") -> str:
    for event in events:
        if isinstance(event, TextAdded):
            text += "".join(event.pieces)
        elif isinstance(event, TextReplaced):
            text = event.text
    return text


async def until(reply: LiveReply, after: int, count: int) -> list[ReplyEvent]:
    events, seen = reply.events(after), []
    async for event in events:
        seen.append(event)
        if len(seen) == count:
            break
    await events.aclose()
    return seen


def ended(reply: LiveReply) -> Turn:
    return replace(TURN, reply=reply.text, reply_base=reply.base, state="finished")


async def test_a_follower_hears_everything_in_order() -> None:
    reply = LiveReply(TURN, 1)
    follower = asyncio.create_task(until(reply, 0, 9))
    await asyncio.sleep(0)
    reply.wait_at(2)
    await asyncio.sleep(0)
    reply.wait_at(1)
    await asyncio.sleep(0)
    reply.start()
    await asyncio.sleep(0)
    reply.add(["a", "b"])
    await asyncio.sleep(0)
    reply.add(["c"])
    reply.title = "T"
    reply.end(ended(reply))
    events = await follower
    assert [type(event) for event in events] == [Waiting, Waiting, Started, TextAdded, TextAdded, Titled, Ended]
    assert read(events) == "abc"
    numbers = [event.number for event in events if event.number]
    assert numbers == sorted(set(numbers))


pieces = st.lists(st.text("ab\U0001f642", min_size=1, max_size=4), min_size=1, max_size=6)
steps = st.lists(
    st.tuples(st.just("add"), pieces) | st.tuples(st.just("replace"), st.text("xy", max_size=5)), max_size=12
)


@settings(max_examples=200, deadline=None)
@given(steps, st.lists(st.integers(1, 5), max_size=12))
def test_leaving_and_coming_back_at_any_number_gives_every_character_once(
    script: list[tuple[str, list[str] | str]], visits: list[int]
) -> None:
    async def story() -> None:
        reply, text, after = LiveReply(TURN, 1), "", 0
        reply.start()
        stays = iter(visits)
        for kind, value in script:
            if kind == "add":
                assert isinstance(value, list)
                reply.add(value)
            else:
                assert isinstance(value, str)
                reply.replace(value)
            if next(stays, 1) > 2:
                count = 2 if after == 0 else 1
                for event in await until(reply, after, count):
                    text, after = read([event], text), event.number
        reply.end(ended(reply))
        assert reply.ended is not None
        live = [event async for event in reply.events(after)]
        assert [(type(e), e.number) for e in live] == [
            (type(e), e.number) for e in events_of_ended(reply.ended, None, after)
        ]
        assert read(live, text) == reply.text
        assert not [event async for event in reply.events(live[-1].number)]

    asyncio.run(story())


async def test_a_follower_that_leaves_leaves_nothing_behind() -> None:
    reply = LiveReply(TURN, 1)
    reply.start()
    followers = [asyncio.create_task(until(reply, 1, 1)) for _ in range(3)]
    await asyncio.sleep(0)
    for follower in followers:
        follower.cancel()
    await asyncio.gather(*followers, return_exceptions=True)
    reply.add(["x"])
    assert await until(reply, 1, 1) == [TextAdded(["x"], 2)]
