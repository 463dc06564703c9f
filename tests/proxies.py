"""Proxies for tests: a real one, and ones that are broken in each way in which a proxy can be."""

import asyncio
import shutil
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Final, Literal

import pytest

EXIT: Final = "127.0.0.9"  # the address that microsocks speaks from, so that its connections are told from direct ones
GREETING: Final = b"\x05\x00"  # SOCKS5, no login wanted

Broken = Literal[
    "down", "refuses the login", "wants a login", "silent", "silent after its greeting", "hangs up", "no proxy"
]


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@dataclass
class Microsocks:
    """A real SOCKS5 proxy on one port, which may come and go."""

    port: int
    process: asyncio.subprocess.Process | None = None

    async def start(self, *options: str) -> None:
        program = shutil.which("microsocks")
        if program is None:
            pytest.skip("microsocks is missing: apt-get install microsocks")
        command = [program, "-i", "127.0.0.1", "-p", str(self.port), "-b", EXIT, *options]
        self.process = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.DEVNULL)
        async with asyncio.timeout(20):
            while not await listens(self.port):  # noqa: ASYNC110  it does not tell
                await asyncio.sleep(0.01)

    async def stop(self) -> None:
        if self.process is not None and self.process.returncode is None:
            self.process.kill()
            await self.process.wait()


async def listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True


@asynccontextmanager
async def microsocks(*options: str) -> AsyncGenerator[int, None]:
    proxy = Microsocks(free_port())
    await proxy.start(*options)
    try:
        yield proxy.port
    finally:
        await proxy.stop()


@asynccontextmanager
async def broken_proxy(how: Broken) -> AsyncGenerator[str, None]:
    """The URL of a proxy that never lets anything through."""
    if how == "down":
        yield f"socks5h://127.0.0.1:{free_port()}"
    elif how in ("refuses the login", "wants a login"):
        login = "me:wrong@" if how == "refuses the login" else ""
        async with microsocks("-u", "me", "-P", "right") as port:
            yield f"socks5h://{login}127.0.0.1:{port}"
    else:
        async with rude_proxy(how) as port:
            yield f"socks5h://127.0.0.1:{port}"


@asynccontextmanager
async def rude_proxy(how: Broken) -> AsyncGenerator[int, None]:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.CancelledError):
            if how == "silent after its greeting":
                await reader.read(3)
                writer.write(GREETING)
            elif how == "no proxy":
                await reader.read(3)
                writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            if how.startswith("silent"):
                await reader.read()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await server.wait_closed()
