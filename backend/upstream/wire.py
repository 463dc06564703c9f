"""HTTP/1.1 as a client: one connection with one exchange at a time, parsed by httptools.

Written for streams of small events: what came since the last read is handed over as one piece, without a copy, a lock
or a task per piece (decision 0015).  What goes wrong is raised as one of the few errors here; `failures` says what they
mean.
"""

import asyncio
from collections.abc import Callable
from typing import Final, cast

import httptools

HIGH_WATER: Final = 256 << 10  # bytes that wait to be read, at which the far end is held up
LARGEST_HEAD: Final = 64 << 10  # bytes before the body
NO_BODY: Final = frozenset({204, 304})


class WireError(Exception):
    """Something between this server and the far end."""


class HungUp(WireError):
    """The far end ended or broke the connection.  `begun` tells whether any of its answer had come."""

    def __init__(self, *, begun: bool) -> None:
        super().__init__("the far end hung up")
        self.begun = begun


class NotHTTP(WireError):
    """What came is no HTTP/1.1 answer."""


class Stalled(WireError):
    """Nothing came for too long."""


class TookTooLong(WireError):
    """The whole answer took too long."""


class Wire(asyncio.Protocol):
    """One connection.  `begin` starts an exchange, `head` waits for the answer, `read` gives its body, `free` tells
    whether another exchange may follow.  `lost` is called once when the connection has ended, and `gone` is
    then done."""

    __slots__ = (
        "_chunks",
        "_due",
        "_error",
        "_fresh",
        "_head_size",
        "_in_body",
        "_late",
        "_length_known",
        "_loop",
        "_parser",
        "_paused",
        "_size",
        "_sleeper",
        "_transport",
        "_whole_by",
        "complete",
        "cookies",
        "free",
        "gone",
        "headers",
        "idle_since",
        "lost",
        "patience",
        "status",
    )

    def __init__(self, loop: asyncio.AbstractEventLoop, lost: Callable[["Wire"], None]) -> None:
        self._loop = loop
        self.lost = lost
        self.gone: asyncio.Future[None] = loop.create_future()
        self._transport: asyncio.Transport | None = None
        self._error: WireError | None = None
        self._sleeper: asyncio.Future[None] | None = None
        self._due = 0.0  # the time of the loop by which something has to come
        self._late: asyncio.TimerHandle | None = None
        self._parser = httptools.HttpResponseParser(self)
        self.idle_since = 0.0
        self.free = False
        self.complete = True
        self._chunks: list[bytes] = []
        self._fresh = True
        self._in_body = self._length_known = False

    def begin(self, request: bytes, patience: float, whole_by: float) -> None:
        """Send a request.  `patience` is in seconds between two parts of the answer, `whole_by` a time of the loop."""
        self.status = 0
        self.headers: dict[str, str] = {}
        self.cookies: list[str] = []
        self.complete = self.free = False
        self.patience = patience
        self._whole_by = whole_by
        self._chunks = []
        self._size = self._head_size = 0
        self._paused = self._in_body = self._length_known = False
        self._fresh = True
        if self._transport is None or self._error is not None:
            raise HungUp(begun=False)
        self._transport.write(request)

    async def head(self) -> None:
        """Wait for status and headers."""
        while not self._in_body:
            if self._error is not None:
                raise self._error
            await self._sleep()

    async def read(self) -> bytes:
        """What has come of the body, empty at its end."""
        while not self._chunks:
            if self.complete:
                return b""
            if self._error is not None:
                raise self._error
            await self._sleep()
        chunks, self._chunks, self._size = self._chunks, [], 0
        if self._paused and self._transport is not None:
            self._paused = False
            self._transport.resume_reading()
        return chunks[0] if len(chunks) == 1 else b"".join(chunks)

    def drop(self) -> None:
        """Throw the connection away."""
        self.free = False
        if self._transport is not None:
            if self.complete:
                self._transport.close()
            else:
                self._transport.abort()

    @property
    def open(self) -> bool:
        return self._error is None and self._transport is not None and not self._transport.is_closing()

    async def _sleep(self) -> None:
        """Until something has come."""
        sleeper = self._sleeper = self._loop.create_future()
        self._due = min(self._loop.time() + self.patience, self._whole_by)
        if self._late is None or self._due < self._late.when():
            self._watch()
        try:
            await sleeper
        finally:
            self._sleeper = None

    def _watch(self) -> None:
        """One timer serves many parts, and many exchanges: where it was early, it is set anew when it rings, and not
        with each of them."""
        self._forget()
        self._late = self._loop.call_at(self._due, self._look)

    def _look(self) -> None:
        self._late = None
        if self._sleeper is None:
            return
        now = self._loop.time()
        if now < self._due:
            self._watch()
        else:
            self._fail(TookTooLong() if now >= self._whole_by else Stalled())

    def _forget(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _wake(self) -> None:
        if self._sleeper is not None and not self._sleeper.done():
            self._sleeper.set_result(None)

    def _fail(self, error: WireError) -> None:
        if self._error is None:
            self._error = error
        self.free = False
        self._wake()

    # ---- what asyncio calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        if self.complete:
            # Between two exchanges nobody has anything to say: the connection is not to be trusted again.
            self.drop()
            return
        if not self._in_body:
            self._head_size += len(data)
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self._broken()
            return
        if not self._in_body and self._head_size > LARGEST_HEAD:
            self._broken()
            return
        if self._size > HIGH_WATER and not self._paused and self._transport is not None:
            self._paused = True
            self._transport.pause_reading()
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        self._forget()
        if not self.complete and self._in_body and not self._length_known and exc is None:
            self.complete = True
        self._fail(HungUp(begun=not self._fresh))
        self.gone.set_result(None)
        self.lost(self)

    def _broken(self) -> None:
        self._fail(NotHTTP())
        self.drop()

    # ---- what the parser calls

    def on_message_begin(self) -> None:
        self._fresh = False
        if self.complete:
            self.drop()  # it goes on unasked

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._in_body:
            return
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        if key == "set-cookie":
            self.cookies.append(text)
        else:
            self.headers[key] = text

    def on_headers_complete(self) -> None:
        status = self._parser.get_status_code()
        if status < 200:
            self.headers = {}
            return
        self.status = status
        self._in_body = True
        chunked = self.headers.get("transfer-encoding", "").lower().endswith("chunked")
        self._length_known = chunked or status in NO_BODY or "content-length" in self.headers

    def on_body(self, body: bytes) -> None:
        if self.complete:
            return
        self._chunks.append(body)
        self._size += len(body)

    def on_message_complete(self) -> None:
        if not self._in_body or self.complete:  # it only said that the real one is to come; or nobody asked for it
            return
        self.complete = True
        self.free = self._length_known and self._parser.should_keep_alive() and self.open
        self.idle_since = self._loop.time()
