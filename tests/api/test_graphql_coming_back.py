"""Followers that are cut off come back behind the last number they saw and get every character once."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing

import pytest

from tests.api.graphql_client import (
    Json,
    chat,
    events_by_event_stream,
    events_by_web_socket,
    follow_up,
)
from tests.api.reader import Reader
from tests.driver import Cast, Running

Follow = Callable[[Running, str, str, int], AsyncIterator[Json]]
TRANSPORTS = {"event stream": events_by_event_stream, "web socket": events_by_web_socket}
by_each_transport = pytest.mark.parametrize("follow", TRANSPORTS.values(), ids=TRANSPORTS.keys())


async def listen(reader: Reader, follow: Follow, server: Running, key: str, turn_id: str, most: int) -> None:
    """Take up to `most` events, then cut the connection."""
    async with aclosing(follow(server, key, turn_id, reader.after)) as events:  # type: ignore[type-var]
        async for event in events:
            reader.take(event)
            most -= 1
            if most == 0:
                return


@by_each_transport
@pytest.mark.parametrize("most", [1, 2, 3, 7])
async def test_every_character_comes_once_however_often_the_connection_is_cut(
    server: Running, cast: Cast, follow: Follow, most: int
) -> None:
    turn = (await chat(server, cast.user, "/rehearse drip", wait=False))["turn"]
    reader = Reader()
    while reader.end is None:
        await listen(reader, follow, server, cast.user, turn["id"], most)
    assert reader.text == reader.end["reply"] != ""
    assert reader.numbers == sorted(set(reader.numbers))
    assert reader.title


@by_each_transport
async def test_text_that_is_taken_back_is_replaced_for_those_who_come_back(
    server: Running, cast: Cast, follow: Follow
) -> None:
    turn = (await chat(server, cast.user, "/rehearse replaced", wait=False))["turn"]
    reader = Reader()
    while reader.end is None:
        await listen(reader, follow, server, cast.user, turn["id"], 1)
    assert reader.text == reader.end["reply"]


@by_each_transport
async def test_a_reply_that_ended_long_ago_is_told_from_any_number_on(
    server: Running, cast: Cast, follow: Follow
) -> None:
    turn = (await chat(server, cast.user, "hello"))["turn"]
    for seen in (0, 1, 2, len(turn["reply"]), len(turn["reply"]) + 1):
        events = [event async for event in follow(server, cast.user, turn["id"], seen)]
        text = "".join(event.get("text", "") for event in events)
        assert text == turn["reply"][max(0, seen - 1) :]
        assert events[-1]["turn"]["state"] == "FINISHED"
    assert [event async for event in follow(server, cast.user, turn["id"], 1 << 30)] == []


async def test_followers_on_every_transport_see_the_same(server: Running, cast: Cast) -> None:
    begun = await chat(server, cast.user, "hello", wait=False)
    second = (await follow_up(server, cast.user, begun["conversation"]["id"], "more", wait=False))["turn"]
    readers = [Reader() for _ in range(6)]
    kinds = [*TRANSPORTS.values()] * 3
    await asyncio.gather(
        *(
            listen(reader, follow, server, cast.user, second["id"], 1 << 30)
            for reader, follow in zip(readers, kinds, strict=True)
        )
    )
    assert len({reader.text for reader in readers}) == 1
    assert readers[0].end is not None
    assert all(reader.end == readers[0].end for reader in readers)


@by_each_transport
async def test_a_stranger_cannot_come_back_to_anothers_reply(server: Running, cast: Cast, follow: Follow) -> None:
    turn = (await chat(server, cast.user, "hello"))["turn"]
    with pytest.raises(TypeError, match="NoneType"):  # the answer has no data
        await anext(aiter(follow(server, cast.stranger, turn["id"], 1)))
