"""Two hundred connections are cut at random bytes of replies that are being written; nobody misses a character."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import aclosing
from pathlib import Path

import aiohttp
import orjson
import pytest

from tests.api.graphql_client import REPLY, Json, chat, data, events_in
from tests.api.reader import Reader
from tests.cutting import Cutting, cutting
from tests.driver import Running, chatgpt_accounts, faking, serving

KILLS = 200
FOLLOWERS = 4  # of each reply
MOST_BYTES = 9000  # more than the longest event
WORDS = ["wörd", "naïve", "漢字", "🙂", "a\u2028b", "plain", '"quoted"', "<b>"]
FOLLOW = REPLY.replace("turn { id state reply }", "turn { id state }")
TURN = "query ($id: ID!) { turn(id: $id) { state reply } }"
Follow = Callable[[aiohttp.ClientSession, Cutting, str, int], AsyncIterator[Json]]
BROKEN = (aiohttp.ClientError, ConnectionError, asyncio.IncompleteReadError)


async def by_event_stream(http: aiohttp.ClientSession, way: Cutting, turn_id: str, after: int) -> AsyncIterator[Json]:
    body = {"query": FOLLOW, "variables": {"turnId": turn_id, "after": after}}
    headers = {"Accept": "text/event-stream"}
    async with http.post(f"{way.url}/graphql/stream", json=body, headers=headers) as answer:
        async for name, text in events_in(answer.content.iter_any()):
            if name == "next":
                yield orjson.loads(text)["data"]["reply"]


async def by_web_socket(http: aiohttp.ClientSession, way: Cutting, turn_id: str, after: int) -> AsyncIterator[Json]:
    payload = {"query": FOLLOW, "variables": {"turnId": turn_id, "after": after}}
    async with http.ws_connect(f"{way.url}/graphql", protocols=["graphql-transport-ws"]) as socket:
        await socket.send_json({"type": "connection_init"})
        await socket.send_json({"type": "subscribe", "id": "1", "payload": payload})
        async for message in socket:
            event = orjson.loads(message.data) if message.type is aiohttp.WSMsgType.TEXT else {}
            if event.get("type") == "next":
                yield event["payload"]["data"]["reply"]
            elif event.get("type") == "complete":
                return


TRANSPORTS: dict[str, list[Follow]] = {
    "event stream": [by_event_stream],
    "web socket": [by_web_socket],
    "both": [by_event_stream, by_web_socket],
}


async def followed(way: Cutting, key: str, turn_id: str, transports: Sequence[Follow]) -> Reader:
    """A reader who comes back behind the last number until it has seen the end."""
    reader = Reader()
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {key}"}) as http:
        for _ in range(KILLS):
            follow = way.randomness.choice(transports)
            try:
                async with aclosing(follow(http, way, turn_id, reader.after)) as events:  # type: ignore[type-var]
                    async for event in events:
                        reader.take(event)
            except BROKEN:
                continue
            if reader.end is not None:
                break
    return reader


async def round_of(server: Running, way: Cutting, key: str, transports: Sequence[Follow], number: int) -> None:
    prompt = f"{number} " + " ".join(way.randomness.choices(WORDS, k=80))
    turn = (await chat(server, key, prompt, wait=False))["turn"]
    readers = await asyncio.gather(*(followed(way, key, turn["id"], transports) for _ in range(FOLLOWERS)))
    kept = (await data(server, key, TURN, id=turn["id"]))["turn"]
    assert kept["state"] == "FINISHED"
    for reader in readers:
        assert reader.text == kept["reply"]
        assert reader.end == {"id": turn["id"], "state": "FINISHED"}
        assert reader.numbers == sorted(set(reader.numbers))
        assert reader.title


@pytest.mark.parametrize("kind", TRANSPORTS)
async def test_every_character_comes_once_and_in_order(tmp_path: Path, kind: str) -> None:
    seed = random.SystemRandom().randrange(1 << 32)
    print(f"seed {seed}")  # shown where the test fails
    share = KILLS // len(TRANSPORTS) + 1
    async with faking() as fake:
        fake._state.pace = 0.004
        async with serving(tmp_path, chatgpt_accounts(fake), fake=fake) as server:
            key = await server.key("uma")
            randomness = random.Random(seed)  # noqa: S311  it is to be repeatable
            async with cutting(server.url, randomness, MOST_BYTES) as way:
                for number in range(20):
                    # Two replies at a time, on the two accounts that the user may ask.
                    await asyncio.gather(*(round_of(server, way, key, TRANSPORTS[kind], number) for _ in range(2)))
                    if way.kills >= share:
                        break
            assert way.kills >= share
            assert 0 < way.resets < way.kills
        assert not fake.violations


async def test_a_stranger_sees_nothing_however_often_it_comes_back(server: Running) -> None:
    turn = (await chat(server, await server.key("uma"), "hello"))["turn"]
    stranger = await server.key("sam")
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {stranger}"}) as http:
        body = {"query": REPLY, "variables": {"turnId": turn["id"]}}
        for _ in range(3):
            async with http.post(f"{server.url}/graphql/stream", json=body) as answer:
                assert turn["reply"] not in await answer.text()
