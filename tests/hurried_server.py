"""The server with a clock that runs a hundred times as fast: rests of seconds and minutes pass while a test waits."""

import asyncio
import socket
import sys
import time
from pathlib import Path
from typing import Final

import uvicorn

from backend.app import open_house
from backend.serving import bind, configure_logging, fast_loop, server_config
from backend.settings import Settings, load_settings

SPEED: Final = 100.0
BEGUN: Final = time.time()


def clock() -> float:
    return BEGUN + (time.time() - BEGUN) * SPEED


async def run(settings: Settings, bound: socket.socket) -> None:
    async with open_house(settings, clock) as house:
        print(f"Serving on http://127.0.0.1:{bound.getsockname()[1]}", flush=True)
        await uvicorn.Server(server_config(house.asgi, settings)).serve(sockets=[bound])


if __name__ == "__main__":
    configure_logging()
    with bind("127.0.0.1", 0) as bound, asyncio.Runner(loop_factory=fast_loop) as runner:
        runner.run(run(load_settings(Path(sys.argv[1])), bound))
