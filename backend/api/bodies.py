"""Bodies in and out of the doors that speak ASGI directly, with no request or response object in between."""

from collections.abc import AsyncIterable, Iterable

import orjson
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Send

from backend.errors import InvalidInput

RawHeaders = Iterable[tuple[bytes, bytes]]


async def read_body(receive: Receive) -> bytes:
    """The whole body.  Its size and time are bounded around the doors.  Raises `ClientDisconnect`."""
    message = await receive()
    if message["type"] == "http.request" and not message.get("more_body", False):
        return message.get("body", b"")  # type: ignore[no-any-return]
    parts = []
    while message["type"] == "http.request":
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(parts)
        message = await receive()
    raise ClientDisconnect


def read_object(body: bytes) -> dict[str, object]:
    """The body as a JSON object.  Raises `InvalidInput`."""
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise InvalidInput(f"The body is not valid JSON: {error}.", field="body") from None
    if not isinstance(value, dict):
        raise InvalidInput("The body is JSON, but not an object: write {…} around it.", field="body")
    return value


async def send_whole(send: Send, status: int, headers: RawHeaders, body: bytes) -> None:
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [length, *headers]})
    await send({"type": "http.response.body", "body": body})


async def send_parts(send: Send, status: int, headers: RawHeaders, parts: AsyncIterable[bytes]) -> None:
    """A body whose length is not known beforehand; one that breaks off is seen as broken by the other side."""
    await send({"type": "http.response.start", "status": status, "headers": list(headers)})
    async for part in parts:
        await send({"type": "http.response.body", "body": part, "more_body": True})
    await send({"type": "http.response.body", "body": b""})
