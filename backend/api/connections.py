"""Below everything that is sent: a head goes out with its body, and a reader who stalls is cut off.

uvicorn waits for such a reader as long as it likes, and would close its connection politely: not before it has taken
what is left.  What is left is bounded: nothing more is written to a connection that waits.
"""

import asyncio
import socket
from typing import Any, ClassVar, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

HEAD: Final = b"HTTP/1.1 "
ARRIVED: Final = "body_arrived"  # in a request's scope once all of its body is there: nobody need wait for it
USER_TIMEOUT: Final[int | None] = getattr(socket, "TCP_USER_TIMEOUT", None)


class Joined:
    """A transport on which an answer's head waits for what is written next.  uvicorn writes head and body one by one,
    which would be two system calls and two packets for each answer."""

    __slots__ = ("_head", "_transport")

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._head = b""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        if self._head:
            data, self._head = self._head + data, b""
        elif data.startswith(HEAD):
            self._head = data
            asyncio.get_running_loop().call_soon(self._flush)
            return
        self._transport.write(data)

    def close(self) -> None:
        self._flush()
        self._transport.close()

    def _flush(self) -> None:
        """A head that nothing has followed goes alone."""
        head, self._head = self._head, b""
        if head and not self._transport.is_closing():
            self._transport.write(head)


class Watch:
    """Cuts a connection of whose waiting bytes none was taken for `seconds`."""

    __slots__ = ("_left", "_seconds", "_timer", "_transport")

    def __init__(self, transport: asyncio.Transport, seconds: float) -> None:
        self._transport = transport
        self._seconds = seconds
        self._timer: asyncio.TimerHandle | None = None
        self._left = 0

    def begin(self) -> None:
        self.end()
        self._left = self._transport.get_write_buffer_size()
        self._timer = asyncio.get_running_loop().call_later(self._seconds, self._look)

    def end(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _look(self) -> None:
        if 0 < self._transport.get_write_buffer_size() < self._left:
            self.begin()
        else:
            self._transport.abort()


class Watched(asyncio.Protocol):
    """Mixed into uvicorn's protocols.  The transport tells when bytes wait, above 64 KiB; where fewer wait behind what
    the kernel holds, the kernel itself gives the connection up, if it can."""

    seconds: ClassVar[float] = 30.0
    _watch: Watch

    def connection_made(self, transport: Any) -> None:
        self._watch = Watch(transport, self.seconds)
        if USER_TIMEOUT is not None:
            bound = transport.get_extra_info("socket")
            bound.setsockopt(socket.IPPROTO_TCP, USER_TIMEOUT, max(1, round(self.seconds * 1000)))
        super().connection_made(transport if isinstance(transport, Joined) else Joined(transport))  # type: ignore[arg-type]

    def pause_writing(self) -> None:
        self._watch.begin()
        super().pause_writing()

    def resume_writing(self) -> None:
        self._watch.end()
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        self._watch.end()
        super().connection_lost(exc)


class WatchedHTTP(Watched, HttpToolsProtocol):
    def on_message_complete(self) -> None:
        self.scope[ARRIVED] = True  # type: ignore[typeddict-unknown-key]
        super().on_message_complete()


class WatchedWebSocket(Watched, WebSocketsSansIOProtocol):
    def shutdown(self) -> None:
        """The door closes it when what is under way has come to its end; uvicorn would do it at once."""
        if not self.handshake_complete or self.close_sent:
            super().shutdown()


def protocols(stalled_reader: float) -> tuple[type[asyncio.Protocol], type[asyncio.Protocol]]:
    """uvicorn's protocols for HTTP and WebSocket, with a reader's patience in seconds."""
    patience = {"seconds": stalled_reader}
    return (
        type("PatientHTTP", (WatchedHTTP,), patience),
        type("PatientWebSocket", (WatchedWebSocket,), patience),
    )
