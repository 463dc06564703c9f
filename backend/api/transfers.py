"""The doors for files: conversations in, conversations out.

Neither fits a GraphQL document: a file comes in as the body of a POST, larger than anything else that the server takes,
and goes out as a download.  Both are authenticated like everything else, by key or by the session of the app's pages.
"""

import asyncio
import re
import tempfile
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from typing import BinaryIO, Final, Protocol, cast
from urllib.parse import quote

import orjson
from starlette.requests import ClientDisconnect, HTTPConnection
from starlette.responses import StreamingResponse
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from backend.api.authentication import Authenticator
from backend.api.http_errors import incident, told
from backend.domain.access import Caller
from backend.domain.transfers import ImportReport
from backend.errors import InvalidInput, ProductError
from backend.gateway import Gateway
from backend.gateway.imports import Progress

LINES: Final = "application/x-ndjson; charset=utf-8"
ALWAYS: Final = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
UNFIT: Final = re.compile(r"[^\w\-. ]+")
LONGEST_NAME: Final = 80


class Paths(Protocol):
    @property
    def imports(self) -> str: ...
    @property
    def exports(self) -> str: ...


def routes(gateway: Gateway, authenticator: Authenticator, paths: Paths) -> list[BaseRoute]:
    return [
        Route(paths.imports, ImportDoor(gateway, authenticator), methods=["POST"]),
        Route(paths.exports, ExportDoor(gateway, authenticator), methods=["GET"]),
    ]


class ImportDoor:
    """Answers with lines of JSON: `{"done": bytes, "total": bytes}` while it imports, and in the end the report, or
    `{"error": {"code", "message"}}` where it breaks off.  A file that is not taken at all is refused with a status."""

    def __init__(self, gateway: Gateway, authenticator: Authenticator) -> None:
        self._gateway = gateway
        self._authenticator = authenticator

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        caller = await self._authenticator.caller(HTTPConnection(scope))
        async with AsyncExitStack() as held:
            await held.enter_async_context(self._gateway.imports.room(caller))
            with tempfile.TemporaryFile() as file:
                try:
                    await received(receive, cast("BinaryIO", file))
                except ClientDisconnect:
                    return
                lines = self._lines(caller, cast("BinaryIO", file))
                first = await anext(lines)
                answer = StreamingResponse(following(first, lines, held), 200, ALWAYS, LINES)
                await answer(scope, receive, send)

    async def _lines(self, caller: Caller, file: BinaryIO) -> AsyncGenerator[bytes, None]:
        begun = False
        try:
            async for said in self._gateway.imports.take(caller, file):
                begun = True
                yield line_of(said)
        except Exception as error:
            # Once lines are under way this is the border of the door: nothing but a line can say what went wrong.
            if not begun:
                raise
            shown = error if isinstance(error, ProductError) else incident(error)
            yield orjson.dumps({"error": told(shown)}) + b"\n"


class ExportDoor:
    """`?format=markdown|json|chatgpt`, and `&conversation=ID` for one alone."""

    def __init__(self, gateway: Gateway, authenticator: Authenticator) -> None:
        self._gateway = gateway
        self._authenticator = authenticator

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection = HTTPConnection(scope)
        caller = await self._authenticator.caller(connection)
        query = connection.query_params
        export = await self._gateway.exports.file(caller, query.get("format", "json"), query.get("conversation"))
        headers = {"Content-Disposition": attachment(export.name), **ALWAYS}
        answer = StreamingResponse(export.pieces, 200, headers, f"{export.media_type}; charset=utf-8")
        await answer(scope, receive, send)


async def received(receive: Receive, file: BinaryIO) -> None:
    """The body, in a file.  Its size and time are bounded around the doors.  Raises `ClientDisconnect`."""
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            raise ClientDisconnect
        part, more = message.get("body", b""), message.get("more_body", False)
        size += len(part)
        await asyncio.to_thread(file.write, part)
    if size == 0:
        raise InvalidInput(
            "The body is empty: send the file as it is, as the body of the request.", field="file", mistake="empty_file"
        )
    await asyncio.to_thread(file.seek, 0)


async def following(
    first: bytes, rest: AsyncGenerator[bytes, None], held: AsyncExitStack
) -> AsyncGenerator[bytes, None]:
    """All lines; what was held for them is given back before the answer ends, when the next file may come at once."""
    yield first
    async for line in rest:
        yield line
    await held.aclose()


def line_of(said: Progress | ImportReport) -> bytes:
    line = {"done": said.done, "total": said.total} if isinstance(said, Progress) else {"report": said.shown()}
    return orjson.dumps(line) + b"\n"


def attachment(name: str) -> str:
    """A download's name, in ASCII for old readers and whole for others (RFC 6266).  No path and no control in it."""
    stem, _, ending = name.rpartition(".")
    stem = " ".join(UNFIT.sub(" ", stem).split())[-LONGEST_NAME:].strip(". ") or "conversations"
    whole = f"{stem}.{ending}"
    plain = whole.encode("ascii", "ignore").decode().strip(". ")
    plain = plain if "." in plain else f"conversations.{ending}"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(whole)}"
