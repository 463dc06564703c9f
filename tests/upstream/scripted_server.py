"""A loopback server that answers with exactly the bytes a test gives it, split where the test splits them."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson


@dataclass
class Request:
    line: str
    headers: dict[str, str]
    body: bytes
    connection: int

    @property
    def json(self) -> Any:
        return orjson.loads(self.body)


@dataclass
class Reply:
    """`pieces` are written one by one; None waits until the client has gone.  `end`: how the connection ends then."""

    pieces: Sequence[bytes | None] = ()
    status: str = "200 OK"
    headers: Sequence[str] = ("Content-Type: text/event-stream",)
    chunked: bool = True
    end: str = "keep"  # or "close" without the end of the body, "reset"

    def head(self) -> bytes:
        size = (
            "Transfer-Encoding: chunked"
            if self.chunked
            else f"Content-Length: {sum(map(len, filter(None, self.pieces)))}"
        )
        return "\r\n".join([f"HTTP/1.1 {self.status}", *self.headers, size, "", ""]).encode()


@dataclass
class ScriptedServer:
    url: str = ""
    port: int = 0
    requests: list[Request] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    connections: int = 0
    open: int = 0
    otherwise: Callable[[Request], Reply] | None = None
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.open += 1
        number = self.connections
        try:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                while await self.exchange(reader, writer, number):
                    pass
        finally:
            self.open -= 1
            writer.close()
            await self.tell()

    async def exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        request = Request(head[0], headers, body, number)
        self.requests.append(request)
        await self.tell()
        reply = (
            self.replies.pop(0)
            if self.replies
            else (self.otherwise or (lambda _: Reply(status="500 Unscripted")))(request)
        )
        writer.write(reply.head())
        for piece in reply.pieces:
            if piece is None:
                await reader.read(1)
                return False
            writer.write(b"%x\r\n%s\r\n" % (len(piece), piece) if reply.chunked else piece)
            await writer.drain()
            await asyncio.sleep(0.002)
        if reply.end == "reset":
            writer.transport.abort()
        if reply.end != "keep":
            return False
        if reply.chunked:
            writer.write(b"0\r\n\r\n")
        return True

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(5), self.changed:
            await self.changed.wait_for(holds)

    async def until_all_left(self) -> None:
        await self.until(lambda: self.open == 0)

    async def until_asked(self) -> None:
        await self.until(lambda: bool(self.requests))

    async def tell(self) -> None:
        async with self.changed:
            self.changed.notify_all()


def plain(value: object, status: str = "200 OK", *headers: str) -> Reply:
    return Reply([orjson.dumps(value)], status, ["Content-Type: application/json", *headers], chunked=False)


def page(text: str, status: str = "200 OK", *headers: str) -> Reply:
    return Reply([text.encode()], status, ["Content-Type: text/html", *headers], chunked=False)


@asynccontextmanager
async def scripted(*replies: Reply) -> AsyncGenerator[ScriptedServer, None]:
    server = ScriptedServer(replies=list(replies))
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    server.port = listening.sockets[0].getsockname()[1]
    server.url = f"http://127.0.0.1:{server.port}"
    try:
        yield server
    finally:
        listening.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            if getattr(task.get_coro(), "__qualname__", "") == "ScriptedServer.serve":
                task.cancel()
                await asyncio.wait([task])
        await listening.wait_closed()
