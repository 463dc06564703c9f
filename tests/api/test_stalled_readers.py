"""Readers who stall are cut in time at every door that streams; the reply, its account and the memory do not notice."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from backend import serving as process
from backend.api.connections import USER_TIMEOUT
from tests import driver
from tests.api.graphql_client import REPLY, chat, data, stop
from tests.driver import Running, serving
from tests.server_process import server_process
from tests.upstream.scripted_server import Reply, Request, ScriptedServer, scripted

PATIENCE = 0.5  # seconds, of the server with a reader
CHUNK = "a" * 1000
EVENT = b"data: " + json.dumps({"choices": [{"delta": {"content": CHUNK}}]}).encode() + b"\n\n"
LAST = b'data: {"choices": [{"delta": {}, "finish_reason": "stop"}]}\n\ndata: [DONE]\n\n'
LONG, SHORT = 600, 40  # chunks: far more than fits on the way, and less than the server looks at itself
CONVERSATIONS = """{ conversations(first: 1) { edges { node { turns(last: 1) {
  edges { node { id state reply } } } } } } }"""
IDLE = "{ accounts { inFlight } }"


def pouring(upstream: ScriptedServer, chunks: int) -> list[dict[str, Any]]:
    """An account that answers with so many chunks."""

    def poured(_: Request) -> Reply:
        return Reply([EVENT * 20] * (chunks // 20) + [LAST])

    upstream.otherwise = poured
    return [{"name": "lab", "kind": "openai", "base_url": upstream.url, "model": "m", "concurrency": 8}]


@asynccontextmanager
async def narrow(folder: Path, monkeypatch: pytest.MonkeyPatch, chunks: int) -> AsyncIterator[Running]:
    """A server whose kernel holds little of what it sends, so that a reader who stalls is felt soon."""
    wide = process.bind

    def bind(host: str, port: int) -> socket.socket:
        bound = wide(host, port)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 8192)
        return bound

    monkeypatch.setattr(driver, "bind", bind)
    timeouts = {"stalled_reader": PATIENCE}
    async with scripted() as upstream, serving(folder, pouring(upstream, chunks), timeouts=timeouts) as server:
        yield server


async def connected(server_url: str) -> socket.socket:
    """A connection on which the reader holds next to nothing."""
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    client.setblocking(False)
    await asyncio.get_running_loop().sock_connect(client, ("127.0.0.1", int(server_url.rpartition(":")[2])))
    return client


async def post(url: str, key: str, path: str, body: dict[str, Any], accept: str) -> socket.socket:
    content = json.dumps(body)
    head = [f"POST {path} HTTP/1.1", "Host: 127.0.0.1", f"Authorization: Bearer {key}", f"Accept: {accept}"]
    head += ["Content-Type: application/json", f"Content-Length: {len(content)}", "", content]
    client = await connected(url)
    await asyncio.get_running_loop().sock_sendall(client, "\r\n".join(head).encode())
    return client


async def by_event_stream(url: str, key: str, turn_id: str) -> socket.socket:
    body = {"query": REPLY, "variables": {"turnId": turn_id}}
    return await post(url, key, "/graphql/stream", body, "text/event-stream")


async def by_web_socket(url: str, key: str, turn_id: str) -> socket.socket:
    client, loop = await connected(url), asyncio.get_running_loop()
    head = ["GET /graphql HTTP/1.1", "Host: 127.0.0.1", f"Authorization: Bearer {key}", "Connection: Upgrade"]
    head += ["Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: " + "A" * 22 + "=="]
    head += ["Sec-WebSocket-Protocol: graphql-transport-ws", "", ""]
    await loop.sock_sendall(client, "\r\n".join(head).encode())
    assert b" 101 " in await loop.sock_recv(client, 1024)
    payload = {"query": REPLY, "variables": {"turnId": turn_id}}
    for message in ({"type": "connection_init"}, {"type": "subscribe", "id": "1", "payload": payload}):
        text = json.dumps(message).encode()
        # One whole frame of text, masked with zeros.
        await loop.sock_sendall(client, b"\x81\xfe" + len(text).to_bytes(2, "big") + bytes(4) + text)
    return client


async def gone(server: Running) -> None:
    """Wait until the server holds no connection any more."""
    async with asyncio.timeout(20):
        while server.connections:  # noqa: ASYNC110  uvicorn tells nobody
            await asyncio.sleep(0.02)


async def last_turn(server: Running, key: str) -> Any:
    [conversation] = (await data(server, key, CONVERSATIONS))["conversations"]["edges"]
    return conversation["node"]["turns"]["edges"][0]["node"]


Follow = Callable[[str, str, str], Awaitable[socket.socket]]
FOLLOWERS: dict[str, Follow] = {"event stream": by_event_stream, "web socket": by_web_socket}
by_each_transport = pytest.mark.parametrize("follow", FOLLOWERS.values(), ids=FOLLOWERS)


@by_each_transport
async def test_a_follower_who_stalls_is_cut_and_the_reply_is_written_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, follow: Follow
) -> None:
    async with narrow(tmp_path, monkeypatch, LONG) as server:
        key, admin = await server.key("uma"), await server.key("ada", "admin")
        turn = (await chat(server, key, "pour", wait=False))["turn"]
        stalled = [await follow(server.url, key, turn["id"]) for _ in range(3)]
        await gone(server)
        kept = await last_turn(server, key)
        assert (kept["state"], len(kept["reply"])) == ("FINISHED", LONG * len(CHUNK))
        assert [account["inFlight"] for account in (await data(server, admin, IDLE))["accounts"]] == [0]
        for each in stalled:
            each.close()


async def test_a_reader_of_v1_who_stalls_is_cut_and_the_turn_is_written_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with narrow(tmp_path, monkeypatch, LONG) as server:
        key = await server.key("uma")
        body = {"model": "auto", "stream": True, "messages": [{"role": "user", "content": "pour"}]}
        stalled = await post(server.url, key, "/v1/chat/completions", body, "text/event-stream")
        async with asyncio.timeout(20):
            while not server.connections:  # noqa: ASYNC110  uvicorn tells nobody
                await asyncio.sleep(0.01)
        await gone(server)
        kept = await last_turn(server, key)
        assert (kept["state"], len(kept["reply"])) == ("FINISHED", LONG * len(CHUNK))
        stalled.close()


@pytest.mark.parametrize("chunks", [LONG, *([SHORT] if USER_TIMEOUT else [])])
@pytest.mark.parametrize("path", ["/graphql", "/api/recall"])
async def test_a_reader_who_leaves_the_rest_of_a_whole_answer_is_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunks: int, path: str
) -> None:
    async with narrow(tmp_path, monkeypatch, chunks) as server:
        key = await server.key("uma")
        conversation = (await chat(server, key, "pour"))["conversation"]
        await gone(server)
        body = {"query": CONVERSATIONS} if path == "/graphql" else {"user": key, "conversation_id": conversation["id"]}
        stalled = await post(server.url, key, path, body, "application/json")
        async with asyncio.timeout(20):
            while not server.connections:  # noqa: ASYNC110  uvicorn tells nobody
                await asyncio.sleep(0.01)
        await gone(server)
        stalled.close()


@by_each_transport
async def test_a_slow_reader_who_takes_something_now_and_then_gets_it_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, follow: Follow
) -> None:
    async with narrow(tmp_path, monkeypatch, LONG) as server:
        key, loop = await server.key("uma"), asyncio.get_running_loop()
        turn = (await chat(server, key, "pour", wait=False))["turn"]
        slow, taken = await follow(server.url, key, turn["id"]), bytearray()
        begun = loop.time()
        async with asyncio.timeout(30):
            while b"ReplyEnded" not in taken[-LONG * 2 * len(CHUNK) :]:
                taken += await loop.sock_recv(slow, 8192)
                if loop.time() - begun < 2 * PATIENCE:
                    await asyncio.sleep(PATIENCE / 5)
        assert loop.time() - begun > 2 * PATIENCE
        assert taken.count(b"a" * 100) > LONG
        slow.close()


async def test_memory_does_not_grow_with_those_who_stall(tmp_path: Path) -> None:
    readers, chunks = 120, 900
    async with (
        scripted() as upstream,
        server_process(tmp_path, pouring(upstream, chunks), timeouts={"stalled_reader": 60}) as server,
        server.client() as http,
    ):

        async def ask(wait: bool) -> Any:
            sent = {"query": 'mutation ($w: Boolean!) { chat(input: {prompt: "pour", wait: $w}) { turn { id } } }'}
            answer = (await http.post("/graphql", json=sent | {"variables": {"w": wait}})).json()
            assert "errors" not in answer, answer
            return answer["data"]["chat"]["turn"]

        await ask(True)
        before = server.most_memory()
        turn = (await ask(False))["id"]
        stalled = [await by_event_stream(server.url, server.key, turn) for _ in range(readers)]
        await ask(True)
        reply = chunks * len(CHUNK)
        assert server.most_memory() - before < readers * reply / 3
        for each in stalled:
            each.close()


async def test_a_stranger_who_stalls_holds_nothing_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with narrow(tmp_path, monkeypatch, LONG) as server:
        key, stranger = await server.key("uma"), await server.key("sam")
        turn = (await chat(server, key, "pour", wait=False))["turn"]
        refused = await by_event_stream(server.url, stranger, turn["id"])
        assert (await stop(server, key, turn["id"]))["state"] in ("STOPPED", "FINISHED")
        answer = await asyncio.get_running_loop().sock_recv(refused, 65536)
        assert CHUNK.encode() not in answer
        refused.close()
