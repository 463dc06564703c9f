"""GraphQL over Server-Sent Events, as the graphql-sse protocol has it: each operation on a connection of its own.

Lines end with LF: some clients know no other end.
"""

import asyncio
from typing import Final

from starlette.requests import HTTPConnection
from starlette.types import Receive, Scope, Send

from backend.api.admission import GONE, expelled
from backend.api.graphql.http import EVENT_STREAM, JSON, HTTPRefusal, ReadRequest, admitted, answer_type, send_refusal
from backend.api.graphql.operations import Answer, Operations, Stream, refused
from backend.api.graphql.tasks import end_tasks
from backend.errors import NotAuthenticated

KEEP_ALIVE: Final = 12.0  # seconds between two comments, for proxies that close silent connections
COMMENT: Final = b":\n\n"
COMPLETE: Final = b"event: complete\ndata:\n\n"
HEADERS: Final = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


class OverEventStream:
    def __init__(self, operations: Operations, read: ReadRequest, keep_alive: float = KEEP_ALIVE) -> None:
        self._operations = operations
        self._read = read
        self._keep_alive = keep_alive

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection = HTTPConnection(scope)
        try:
            answer_type(connection.headers.get("accept", ""), (EVENT_STREAM,))
            caller, request = await self._read(connection, receive)
            answer = await admitted(self._operations.stream(request, caller))
        except HTTPRefusal as refusal:
            await send_refusal(send, refusal, JSON)
            return
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        await send({"type": "http.response.body", "body": COMMENT, "more_body": True})
        if isinstance(answer, Answer):
            await send({"type": "http.response.body", "body": next_event(answer) + COMPLETE})
        else:
            await self._follow(answer, receive, send)

    async def _follow(self, stream: Stream, receive: Receive, send: Send) -> None:
        """Send what comes until it ends or the client goes; it is the client's going that ends a silent stream."""
        last = b""
        sending = asyncio.create_task(send_events(stream, send))
        leaving = asyncio.create_task(gone(receive))
        try:
            while True:
                done, _ = await asyncio.wait(
                    (sending, leaving), timeout=self._keep_alive, return_when=asyncio.FIRST_COMPLETED
                )
                if sending in done:
                    sending.result()
                if done:
                    return
                await send({"type": "http.response.body", "body": COMMENT, "more_body": True})
        except asyncio.CancelledError:
            if not expelled():
                raise
            last = next_event(refused(NotAuthenticated(GONE))) + COMPLETE
        finally:
            await end_tasks(sending, leaving)
            await stream.aclose()
        await send({"type": "http.response.body", "body": last})


async def send_events(stream: Stream, send: Send) -> None:
    async for answer in stream:
        await send({"type": "http.response.body", "body": next_event(answer), "more_body": True})
    await send({"type": "http.response.body", "body": COMPLETE})


def next_event(answer: Answer) -> bytes:
    return b"event: next\ndata: " + answer.encoded() + b"\n\n"


async def gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
