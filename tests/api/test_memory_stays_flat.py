"""Whatever an account's far end pours out, the server neither keeps nor unpacks it."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import orjson
import pytest

from backend.upstream.rehearsal import Fault
from tests.api.fault_table import MIB
from tests.driver import FREE, PLUS, chatgpt_accounts, faking
from tests.server_process import server_process
from tests.upstream.scripted_server import Reply, Request, scripted

FLOOD = 200 * MIB
MOST_GROWTH = 64 * MIB
SAID = "a" * 1000
REPLY = {"id": "m", "author": {"role": "assistant"}, "content": {"content_type": "text", "parts": [""]}}
DELTAS = b'event: delta_encoding\ndata: "v1"\n\nevent: delta\ndata: ' + orjson.dumps(
    {"p": "", "o": "add", "v": {"message": REPLY, "conversation_id": "c"}}
)
APPEND = orjson.dumps({"p": "/message/content/parts/0", "o": "append", "v": SAID})
POURED = {  # by the account that pours it: how it opens, and the event that comes again and again
    "unknown": (b": here it comes\n\n", b'event: weather\ndata: "' + SAID.encode() + b'"\n\n'),
    "deltas": (DELTAS + b"\n\n", b"event: delta\ndata: " + APPEND + b"\n\n"),
    "chunks": (b": here it comes\n\n", b"data: " + orjson.dumps({"choices": [{"delta": {"content": SAID}}]}) + b"\n\n"),
    "words": (b": here it comes\n\n", b"data: " + orjson.dumps({"choices": [{"delta": {"content": "a "}}]}) + b"\n\n"),
}


def poured(request: Request) -> Reply:
    opening, event = POURED[request.line.split("/")[1]]
    piece = event * (MIB // len(event))  # made once and written again and again
    return Reply([opening, *[piece] * (FLOOD // len(piece))])


def pouring(name: str, url: str) -> dict[str, Any]:
    if name in ("chunks", "words"):
        return {"name": name, "kind": "openai", "base_url": f"{url}/{name}", "model": "m"}
    return {"name": name, "kind": "chatgpt", "base_url": f"{url}/{name}", "access_token": "token"}


@asynccontextmanager
async def far_ends() -> AsyncIterator[tuple[list[dict[str, Any]], Any]]:
    """The accounts, of which only the first is sound; and whether each of the others has poured out what it has."""
    async with AsyncExitStack() as stack:
        fake, server = await stack.enter_async_context(faking()), await stack.enter_async_context(scripted())
        server.otherwise = poured
        floods = (Fault("huge-body", size=FLOOD), Fault("huge", size=FLOOD), Fault("gzip-bomb", size=FLOOD))
        for email, flood in zip((PLUS[0], FREE[1], PLUS[1]), floods, strict=True):
            fake.script.next(flood, account=email)

        def have_poured() -> bool:
            return not fake.script.pending and {request.line.split("/")[1] for request in server.requests} == set(
                POURED
            )

        yield chatgpt_accounts(fake) + [pouring(name, server.url) for name in POURED], have_poured


@pytest.mark.long
async def test_memory_stays_flat_under_floods_and_bombs(tmp_path: Path) -> None:
    async with far_ends() as (accounts, have_poured), server_process(tmp_path, accounts) as server:
        async with server.client() as http:

            async def ask() -> Any:
                body = {"query": 'mutation { chat(input: {prompt: "Hello"}) { turn { reply } } }'}
                return (await http.post("/graphql", json=body)).json()

            assert "errors" not in await ask()
            before, codes = server.most_memory(), set()
            for _ in range(4 * len(accounts)):
                answer, grown = await ask(), server.most_memory() - before
                codes |= {error["extensions"]["code"] for error in answer.get("errors", ())}
                assert grown < MOST_GROWTH, f"{grown >> 20} MB more after {answer}"
                if have_poured():
                    break
        assert have_poured()
        assert codes <= {"upstream_bad_answer", "reply_cut_off"}
