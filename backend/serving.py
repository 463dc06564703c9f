"""The process: sockets, signals, what the console is told."""

import asyncio
import gc
import logging
import math
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

import uvicorn
from starlette.types import ASGIApp

from backend.api.connections import protocols
from backend.app import House, first_admin, open_house
from backend.errors import RecordUnusable
from backend.opening import sign_in_link
from backend.settings import Settings

log = logging.getLogger(__name__)

GARBAGE: Final = (10_000, 20, 20)  # Python's own (700, 10, 10) takes a twentieth of a prompt's CPU and finds nothing
LAST_WORDS: Final = 2.0  # seconds in which followers hear of the replies that were interrupted
NO_HANDSHAKE: Final = "returned without completing handshake"


def serve(settings: Settings, host: str | None = None, port: int | None = None) -> None:
    """Serve until SIGINT or SIGTERM.  Port 0 takes a free one.  Raises `ProductError` where it cannot start."""
    configure_logging()
    bound = bind(settings.host_to_bind(host), settings.port if port is None else port)
    with bound, asyncio.Runner(loop_factory=fast_loop) as runner:
        runner.run(run(settings, bound))


async def run(settings: Settings, bound: socket.socket) -> None:
    async with open_house(settings) as house:
        link = await first_admin(house)
        # What is there now stays: the collector need not look at it with every prompt's garbage.
        gc.collect()
        gc.freeze()
        gc.set_threshold(*GARBAGE)
        for line in welcome(house, shown_url(settings, bound), link):
            print(line, flush=True)
        asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, house.reloading.at_once)
        await Server(server_config(house.asgi, settings), house.ending).serve(sockets=[bound])


class Server(uvicorn.Server):
    """uvicorn raises the signal again once it has stopped serving, which would end the process before its replies do.
    A second signal does end it at once: the next start marks what was being written."""

    def __init__(self, config: uvicorn.Config, ending: asyncio.Event) -> None:
        super().__init__(config)
        self._ending = ending

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self._ending.is_set():
            asyncio.get_running_loop().remove_signal_handler(sig)
            signal.raise_signal(sig)
        self._ending.set()
        super().handle_exit(sig, frame)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop, signals = asyncio.get_running_loop(), (signal.SIGINT, signal.SIGTERM)
        for number in signals:
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in signals:
                loop.remove_signal_handler(number)


def server_config(asgi: ASGIApp, settings: Settings) -> uvicorn.Config:
    http, web_socket = protocols(settings.timeouts.stalled_reader)
    return uvicorn.Config(
        asgi,
        http=http,
        ws=web_socket,
        ws_max_size=settings.limits.request_body,
        ws_per_message_deflate=False,
        lifespan="off",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies) or None,
        timeout_graceful_shutdown=math.ceil(settings.timeouts.shutdown + LAST_WORDS),
    )


def welcome(house: House, url: str, link: str | None) -> Iterator[str]:
    yield f"Serving on {url}"
    if link is not None:
        yield f"Sign in as the first admin, once: {sign_in_link(house.settings, url, link)}"
    if house.rehearsing:
        yield "The rehearsal upstream is answering: no real account is asked. It says so in every reply."
        yield f"To add a real account, put it under `accounts` in {house.settings.file}; no restart is needed."


def bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        raise RecordUnusable(
            f"Cannot serve on {host}:{port}: {error.strerror}. Take another one with --port."
        ) from None
    bound.listen(2048)
    return bound


def shown_url(settings: Settings, bound: socket.socket) -> str:
    """What a person opens: the public URL, else the socket's own address."""
    host, port = bound.getsockname()[:2]
    return settings.base_url_on(host, port)


def fast_loop() -> asyncio.AbstractEventLoop:
    try:
        import uvloop
    except ImportError:
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()


def configure_logging() -> None:
    """Our own words at INFO; libraries speak at WARNING, for some of them log URLs, which may hold keys."""
    logging.basicConfig(
        stream=sys.stderr, level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    logging.getLogger("backend").setLevel(logging.INFO)
    # uvicorn takes a WebSocket that is refused with an answer, such as 401, for a mistake of ours.
    logging.getLogger("uvicorn.error").addFilter(lambda record: NO_HANDSHAKE not in record.getMessage())
