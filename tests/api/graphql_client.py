"""Speaks GraphQL to a running server: by POST, and raw by Server-Sent Events and WebSocket, byte by byte."""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import websockets
from websockets.asyncio.client import ClientConnection

from backend.api.graphql.websocket import OverWebSocket
from tests.driver import Running

CHAT = """mutation ($input: ChatInput!) { chat(input: $input) {
  turn { id position prompt reply state model error { code message } usage { promptTokens replyTokens source } endedAt
    durationSeconds } conversation { id title } } }"""
FOLLOW_UP = """mutation ($input: FollowUpInput!) { followUp(input: $input) {
  turn { id position prompt reply state } conversation { id title } } }"""
REPLY = """subscription ($turnId: ID!, $after: Int! = 0) { reply(turnId: $turnId, after: $after) {
  __typename number
  ... on ReplyTextAdded { text } ... on ReplyTextReplaced { text } ... on ReplyTitled { title }
  ... on ReplyEnded { turn { id state reply } } } }"""

Json = dict[str, Any]


async def execute(server: Running, key: str | None, query: str, **variables: object) -> Json:
    """The decoded body of an answer 200."""
    async with server.client(key) as client:
        answer = await client.post("/graphql", json={"query": query, "variables": variables})
    assert answer.status_code == 200, answer.text
    body: Json = answer.json()
    return body


async def data(server: Running, key: str, query: str, **variables: object) -> Json:
    body = await execute(server, key, query, **variables)
    assert "errors" not in body, body
    found: Json = body["data"]
    return found


async def code(server: Running, key: str, query: str, **variables: object) -> str:
    """The code of the one error."""
    [error] = (await execute(server, key, query, **variables))["errors"]
    assert error["message"]
    found: str = error["extensions"]["code"]
    return found


async def chat(server: Running, key: str, prompt: str, **options: object) -> Json:
    payload: Json = (await data(server, key, CHAT, input={"prompt": prompt, **options}))["chat"]
    return payload


async def follow_up(server: Running, key: str, conversation_id: str, prompt: str, **options: object) -> Json:
    sent = {"conversationId": conversation_id, "prompt": prompt, **options}
    payload: Json = (await data(server, key, FOLLOW_UP, input=sent))["followUp"]
    return payload


async def stop(server: Running, key: str, turn_id: str) -> Json:
    query = "mutation ($id: ID!) { stop(input: {turnId: $id}) { turn { id state reply } } }"
    turn: Json = (await data(server, key, query, id=turn_id))["stop"]["turn"]
    return turn


async def event_stream(
    server: Running, key: str | None, query: str, headers: dict[str, str] | None = None, **variables: object
) -> AsyncGenerator[tuple[str, Json], None]:
    """Each event of the stream as its name and its decoded data; closing the iterator cuts the connection."""
    body = {"query": query, "variables": variables}
    async with (
        server.client(key) as client,
        client.stream(
            "POST", "/graphql/stream", json=body, headers={"Accept": "text/event-stream"} | (headers or {})
        ) as answer,
    ):
        assert answer.status_code == 200
        async for name, text in events_in(answer.aiter_raw()):
            yield name, json.loads(text) if text else {}


async def events_in(chunks: AsyncIterator[bytes]) -> AsyncIterator[tuple[str, str]]:
    """Server-Sent Events framed with LF alone; comments are left out."""
    kept = b""
    async for chunk in chunks:
        assert b"\r" not in chunk
        kept += chunk
        while b"\n\n" in kept:
            event, _, kept = kept.partition(b"\n\n")
            fields = dict(line.split(":", 1) for line in event.decode().split("\n") if not line.startswith(":"))
            if fields:
                yield fields["event"].strip(), fields["data"].strip()


async def events_by_event_stream(server: Running, key: str, turn_id: str, after: int = 0) -> AsyncIterator[Json]:
    async for name, body in event_stream(server, key, REPLY, turnId=turn_id, after=after):
        if name == "complete":
            return
        yield body["data"]["reply"]


@asynccontextmanager
async def socket(
    server: Running, key: str | None, *, parameters: Json | None = None, greet: bool = True, **options: Any
) -> AsyncIterator[ClientConnection]:
    """A graphql-transport-ws connection, greeted unless `greet` is false."""
    headers = ({} if key is None else {"Authorization": f"Bearer {key}"}) | options.pop("headers", {})
    url = server.url.replace("http", "ws") + "/graphql"
    settings = {"subprotocols": ["graphql-transport-ws"], "proxy": None} | options
    async with websockets.connect(url, additional_headers=headers, **settings) as connection:
        if greet:
            await tell(connection, type="connection_init", **({} if parameters is None else {"payload": parameters}))
            assert await hear(connection) == {"type": "connection_ack"}
        yield connection


async def tell(connection: ClientConnection, **message: object) -> None:
    await connection.send(json.dumps(message))


async def hear(connection: ClientConnection) -> Json:
    async with asyncio.timeout(20):
        text = await connection.recv()
    assert isinstance(text, str)
    message: Json = json.loads(text)
    return message


async def subscribe(connection: ClientConnection, id: str, query: str, **variables: object) -> None:
    await tell(connection, type="subscribe", id=id, payload={"query": query, "variables": variables})


async def events_by_web_socket(server: Running, key: str, turn_id: str, after: int = 0) -> AsyncIterator[Json]:
    async with socket(server, key) as connection:
        await subscribe(connection, "1", REPLY, turnId=turn_id, after=after)
        while (message := await hear(connection))["type"] == "next":
            yield message["payload"]["data"]["reply"]
        assert message == {"type": "complete", "id": "1"}


def followers(server: Running) -> int:
    """How many wait for the next word of a reply that is being written."""
    tasks = server.house.gateway.chat._answering._tasks.values()
    return sum(len([1 for sleeper in task.live._sleepers if not sleeper.done()]) for task in tasks)


async def until(server: Running, count: int) -> None:
    async with asyncio.timeout(20):
        while followers(server) != count:  # noqa: ASYNC110  there is no event for it
            await asyncio.sleep(0.01)


def routes_of(server: Running) -> list[object]:
    app: Any = server.house.asgi
    while not hasattr(app, "routes"):
        app = app._app
    return list(app.routes)


def websocket_door(server: Running) -> OverWebSocket:
    endpoints = [getattr(route, "endpoint", None) for route in routes_of(server)]
    doors = [getattr(endpoint, "__self__", None) for endpoint in endpoints]
    [found] = [each for each in doors if isinstance(each, OverWebSocket)]
    return found
