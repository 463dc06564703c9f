"""One request by each transport, and its first answer in one shape: a decoded result."""

from collections.abc import Awaitable, Callable
from typing import Any

import orjson
import pytest

from tests.api.graphql_client import Json, events_in, hear, socket, tell
from tests.driver import Running


async def by_post(server: Running, key: str, request: Any) -> Json:
    async with server.client(key) as client:
        answer = await client.post("/graphql", json=request)
    body: Json = answer.json()
    return body


async def by_event_stream(server: Running, key: str, request: Any) -> Json:
    headers = {"Accept": "text/event-stream"}
    async with (
        server.client(key) as client,
        client.stream("POST", "/graphql/stream", json=request, headers=headers) as answer,
    ):
        if answer.status_code != 200:
            refused: Json = orjson.loads(await answer.aread())
            return refused
        async for _, text in events_in(answer.aiter_raw()):
            body: Json = orjson.loads(text)
            return body
    raise AssertionError("nothing came")


async def by_web_socket(server: Running, key: str, request: Any) -> Json:
    async with socket(server, key, max_size=None) as connection:
        await tell(connection, type="subscribe", id="1", payload=request)
        message = await hear(connection)
    body: Json = message["payload"] if message["type"] == "next" else {"errors": message["payload"]}
    return body


Ask = Callable[[Running, str, Any], Awaitable[Json]]
TRANSPORTS: dict[str, Ask] = {"POST": by_post, "event stream": by_event_stream, "web socket": by_web_socket}
by_each_transport = pytest.mark.parametrize("ask", TRANSPORTS.values(), ids=TRANSPORTS)


def codes_of(body: Json) -> set[str]:
    return {error["extensions"]["code"] for error in body["errors"]}
