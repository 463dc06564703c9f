"""GraphQL over HTTP: POST alone, one operation, JSON in and out.

Statuses are those of the GraphQL-over-HTTP specification: with `application/json` a well-formed request is answered 200
whatever its errors, with `application/graphql-response+json` one of which nothing was executed is answered 400.
"""

import asyncio
from collections.abc import Coroutine
from typing import Final, TypeVar

import orjson
from starlette.requests import HTTPConnection
from starlette.types import Receive, Scope, Send

from backend.api.admission import why
from backend.api.authentication import Authenticator
from backend.api.graphql.operations import Answer, Operations, Request, refused, request_of
from backend.api.http_errors import headers_of, status_of
from backend.domain.access import Caller
from backend.errors import InvalidInput, ProductError

JSON: Final = "application/json"
GRAPHQL_RESPONSE: Final = "application/graphql-response+json"
EVENT_STREAM: Final = "text/event-stream"
Given = TypeVar("Given")

ANYTHING: Final = ("*/*", "application/*", "")


class HTTPRefusal(Exception):
    """A request that GraphQL does not get to see."""

    def __init__(self, error: ProductError, status: int, headers: dict[str, str] | None = None) -> None:
        super().__init__(str(error))
        self.error, self.status, self.headers = error, status, headers or {}


class ReadRequest:
    """What both HTTP transports do before anything is executed: method, caller, types, body, in that order."""

    def __init__(self, authenticator: Authenticator) -> None:
        self._authenticator = authenticator

    async def __call__(self, connection: HTTPConnection, receive: Receive) -> tuple[Caller, Request]:
        """Raises `HTTPRefusal`."""
        if connection.scope["method"] != "POST":
            raise HTTPRefusal(InvalidInput("GraphQL is served by POST alone."), 405, {"Allow": "POST"})
        try:
            caller = await self._authenticator.caller(connection)
            kind, _, parameters = connection.headers.get("content-type", "").partition(";")
            if kind.strip().lower() != JSON or not is_utf8(parameters):
                raise HTTPRefusal(InvalidInput(f"Send the request as {JSON}, in UTF-8."), 415)
            return caller, request_of(decoded(await body_of(receive)))
        except ProductError as error:
            raise HTTPRefusal(error, status_of(error), headers_of(error)) from None


class OverHTTP:
    def __init__(self, operations: Operations, read: ReadRequest) -> None:
        self._operations = operations
        self._read = read

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection = HTTPConnection(scope)
        media_type = JSON
        try:
            media_type = answer_type(connection.headers.get("accept", ""), (JSON, GRAPHQL_RESPONSE))
            caller, request = await self._read(connection, receive)
            answer = await admitted(self._operations.run(request, caller))
        except HTTPRefusal as refusal:
            await send_refusal(send, refusal, media_type)
            return
        status = 400 if answer.refused and media_type == GRAPHQL_RESPONSE else 200
        await send_whole(send, answer, status, media_type)


async def admitted(work: Coroutine[None, None, Given]) -> Given:
    """What comes of the work.  Raises `HTTPRefusal` where the key does not count any more before it is done."""
    try:
        return await work
    except asyncio.CancelledError as cancelled:
        error = why(cancelled)
        if isinstance(error, ProductError):
            raise HTTPRefusal(error, status_of(error), headers_of(error)) from None
        raise


def answer_type(accept: str, offered: tuple[str, ...]) -> str:
    """The first type that the client takes and this transport offers.  Raises `HTTPRefusal` where there is none."""
    for entry in accept.split(","):
        kind, *parameters = (part.strip().lower() for part in entry.split(";"))
        if any(parameter in ("q=0", "q=0.0") for parameter in parameters):
            continue
        if kind in offered:
            return kind
        if kind in ANYTHING:
            return offered[0]
    raise HTTPRefusal(
        InvalidInput(f"This is answered as {' or '.join(offered)}; the request's Accept header takes neither."), 406
    )


def is_utf8(parameters: str) -> bool:
    name, _, value = parameters.strip().lower().partition("=")
    return name.strip() != "charset" or value.strip().strip('"') in ("utf-8", "utf8")


def decoded(body: bytes) -> object:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        raise InvalidInput("The request's body is not JSON.") from None


async def body_of(receive: Receive) -> bytes:
    message = await receive()
    if not message.get("more_body", False):
        return bytes(message.get("body", b""))
    chunks = [message.get("body", b"")]
    while message.get("more_body", False):
        message = await receive()
        chunks.append(message.get("body", b""))
    return b"".join(chunks)


async def send_refusal(send: Send, refusal: HTTPRefusal, media_type: str) -> None:
    await send_whole(send, refused(refusal.error), refusal.status, media_type, refusal.headers)


async def send_whole(
    send: Send, answer: Answer, status: int, media_type: str, more_headers: dict[str, str] | None = None
) -> None:
    body = answer.encoded()
    headers = [
        (b"content-type", f"{media_type}; charset=utf-8".encode()),
        (b"content-length", b"%d" % len(body)),
        (b"cache-control", b"no-store"),
        *((name.lower().encode(), value.encode()) for name, value in (more_headers or {}).items()),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
