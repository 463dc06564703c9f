"""A way to a server on which every connection is cut at a random byte of what comes back."""

import asyncio
import random
import socket
import struct
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

RESET = struct.pack("ii", 1, 0)  # SO_LINGER: closing resets the connection


@dataclass
class Cutting:
    """`kills` counts the connections that were cut before their end; `most` is how many bytes one may carry."""

    port: int
    randomness: random.Random
    most: int
    url: str = ""
    kills: int = 0
    resets: int = 0
    open: set[asyncio.Task[None]] = field(default_factory=set)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", self.port)
        asking = asyncio.create_task(self.relay(reader, back))
        try:
            with suppress(ConnectionError):
                left = 1 + round(self.most * self.randomness.random() ** 3)  # mostly few, now and then enough
                while data := await there.read(65536):
                    writer.write(data[:left])
                    await writer.drain()
                    left -= len(data)
                    if left <= 0:
                        self.cut(writer, back)
                        return
        finally:
            asking.cancel()
            for each in (writer, back):
                each.close()

    @staticmethod
    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while data := await reader.read(65536):
                writer.write(data)
            writer.close()

    def cut(self, *writers: asyncio.StreamWriter) -> None:
        self.kills += 1
        reset = self.randomness.random() < 0.5
        self.resets += reset
        for writer in writers:
            if reset:
                writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            writer.transport.abort()


@asynccontextmanager
async def cutting(url: str, randomness: random.Random, most: int) -> AsyncGenerator[Cutting, None]:
    """`url` is the server's; what is given has the address by which it is reached over cut connections."""
    port = urlsplit(url).port
    assert port is not None
    way = Cutting(port, randomness, most)
    serving = await asyncio.start_server(way.serve, "127.0.0.1", 0)
    way.url = f"http://127.0.0.1:{serving.sockets[0].getsockname()[1]}"
    try:
        yield way
    finally:
        serving.close()
        await serving.wait_closed()
