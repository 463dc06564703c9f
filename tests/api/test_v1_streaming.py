"""How a `/v1` stream behaves towards those who read it: pieces, leaving, nothing held."""

import asyncio
import gc
from collections.abc import Sequence
from typing import Any

import orjson

from backend.api.openai_answers import Chunks
from backend.domain.access import Caller
from backend.domain.ids import TURN as TURN_ID
from backend.domain.ids import show_id
from backend.domain.replies import Turn, Usage
from backend.gateway.live_replies import LiveReply
from backend.gateway.paths import Slice
from backend.upstream.rehearsal import Fault
from tests.driver import Cast, Running

TURN = Turn(1, 2, 1, "p", "", "writing", 3, None, "p", None, None, None, None, Usage(), 0, 0, None, None, 1, 1, None)
BODY: dict[str, Any] = {"model": "auto", "stream": True, "messages": [{"role": "user", "content": "x"}]}


def followers() -> int:
    """Streams that are waiting for more of a reply that is being written."""
    return sum(
        len([s for s in reply._sleepers if not s.done()]) for reply in gc.get_objects() if isinstance(reply, LiveReply)
    )


async def until(true: Any, patience: float = 10) -> None:
    async with asyncio.timeout(patience):
        while not true():  # noqa: ASYNC110  what is waited for has nobody who would tell
            await asyncio.sleep(0.01)


def test_each_piece_is_a_line_of_its_own_and_valid_json() -> None:
    pieces: Sequence[str] = ['a"b', "line\nbreak", "\u2028 ü 🙂", "\x00\\", "</script>"]
    for usage in (False, True):
        sent = Chunks(TURN, 'na"me', usage).text(pieces)
        lines = sent.split(b"\n\n")
        assert lines.pop() == b""
        chunks = [orjson.loads(line.removeprefix(b"data: ")) for line in lines]
        assert [chunk["choices"][0]["delta"]["content"] for chunk in chunks] == pieces
        assert {chunk["model"] for chunk in chunks} == {'na"me'}


async def test_pieces_that_came_before_the_follower_keep_their_bounds() -> None:
    reply = LiveReply(TURN, 1)
    reply.start()
    reply.add(["a", "b"])
    reply.add(["c"])
    events = reply.events()
    await anext(events)
    assert getattr(await anext(events), "pieces", None) == ["a", "b", "c"]
    await events.aclose()


async def the_turn(server: Running, key: str) -> tuple[Caller, Turn]:
    caller, conversations = await server.house.identity.caller(key), server.house.gateway.conversations
    (conversation,) = (await conversations.page(caller)).items
    (turn,) = (await conversations.turns(caller, conversation, Slice())).items
    return caller, turn


async def test_who_leaves_in_mid_stream_is_let_go_and_the_reply_goes_on(server: Running, cast: Cast) -> None:
    assert server.fake is not None
    server.fake.script.next(Fault("hang-mid", after=3))
    async with server.client(cast.stranger) as http, http.stream("POST", "/v1/chat/completions", json=BODY) as answer:
        async for _ in answer.aiter_bytes():
            break
        await until(lambda: followers() == 1)
    await until(lambda: followers() == 0)
    caller, turn = await the_turn(server, cast.stranger)
    assert turn.state == "writing"
    stopped = await server.house.gateway.chat.stop(caller, show_id(TURN_ID, turn.id))
    assert (stopped.state, stopped.reply.startswith("**This is")) == ("stopped", True)


async def test_who_leaves_before_the_first_text_is_let_go(server: Running, cast: Cast) -> None:
    assert server.fake is not None
    server.fake.script.next(Fault("hang"))
    async with server.client(cast.stranger) as http:
        asking = asyncio.create_task(http.post("/v1/chat/completions", json=BODY))
        await until(lambda: followers() == 1)
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
    await until(lambda: followers() == 0)
    caller, turn = await the_turn(server, cast.stranger)
    assert turn.state == "writing"
    await server.house.gateway.chat.stop(caller, show_id(TURN_ID, turn.id))


async def test_what_a_stranger_cannot_do(server: Running, cast: Cast) -> None:
    """A stream cannot be joined by whoever knows its conversation."""
    assert server.fake is not None
    server.fake.script.next(Fault("stall", seconds=0.5, after=3))
    async with (
        server.client(cast.user) as http,
        server.client(cast.stranger) as other,
        http.stream("POST", "/v1/chat/completions", json=BODY) as answer,
    ):
        body = BODY | {"conversation_id": answer.headers["x-conversation-id"]}
        assert (await other.post("/v1/chat/completions", json=body)).status_code == 404
        await answer.aread()
