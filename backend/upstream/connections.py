"""An account's one way out: its own connections, no cookies, and its proxy if it has one."""

import asyncio
import socket
import ssl
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import unquote, urlsplit

import aiohappyeyeballs
from python_socks import ProxyType
from python_socks.async_.asyncio import Proxy
from yarl import URL

from backend.errors import ProxyUnreachable, UpstreamBadAnswer, UpstreamFailure, UpstreamUnreachable
from backend.upstream import failures
from backend.upstream.cookies import Cookies
from backend.upstream.event_stream import MIB, too_large
from backend.upstream.wire import HungUp, NotHTTP, Wire, WireError

GRACE: Final = 0.25  # seconds for the end of a body whose last event has come
IDLE: Final = 15.0  # seconds that a connection is kept for the next request
NEXT_ADDRESS: Final = 0.25  # seconds until a host's next address is tried beside the first
REASON: Final = 64 << 10  # bytes of a refusal that are read
PROXY_KINDS: Final = {
    "socks5": (ProxyType.SOCKS5, 1080),
    "socks5h": (ProxyType.SOCKS5, 1080),
    "socks4": (ProxyType.SOCKS4, 1080),
    "http": (ProxyType.HTTP, 8080),
}
ALWAYS: Final = "User-Agent: chatgpt-api-server\r\nAccept-Encoding: identity\r\n"

Origin = tuple[str, int, bool]


@dataclass(frozen=True, slots=True)
class Timeouts:
    """All in seconds.  `first_byte` is from the request to the first byte of the answer's body."""

    connect: float = 15.0
    first_byte: float = 180.0
    between_reads: float = 120.0
    whole: float = 1800.0


@dataclass(frozen=True, slots=True)
class Limits:
    """All in bytes.  `answer`: one whole answer; `line` and `event`: of a stream; `document`: an answer that is not
    streamed, such as an error or a list of models.  `text`: of a reply, in characters; no model says that much."""

    answer: int = 32 * MIB
    line: int = 4 * MIB
    event: int = 8 * MIB
    document: int = 4 * MIB
    text: int = MIB


class Answer:
    """An answer that has begun.  It must be ended by `finish` or `drop`.  The names of `headers` are in lower case."""

    __slots__ = ("_left", "_limits", "_started", "_timeouts", "_way", "_wire", "broken", "headers", "kind", "status")

    def __init__(self, wire: Wire, way: "Connection") -> None:
        self._wire: Wire | None = wire
        self._way = way
        self._left = way.limits.answer
        self._started = False
        self.broken = False
        self.status = wire.status
        self.headers = wire.headers
        self.kind = wire.headers.get("content-type", "").lower()

    async def read(self) -> bytes:
        """What has come, empty at the end, also where the connection broke: `broken` then tells."""
        wire = self._wire
        if wire is None or self.broken:
            return b""
        try:
            chunk = await wire.read()
        except (HungUp, NotHTTP):
            self.broken = True
            return b""
        except WireError as error:
            raise failures.of_wire(error) from error
        self._left -= len(chunk)
        if self._left < 0:
            raise too_large("reply")
        if not self._started:
            self._started = True
            wire.patience = self._way.timeouts.between_reads
        return chunk

    async def document(self) -> bytes:
        """The whole body; more than `Limits.document` raises."""
        parts, size = [], 0
        while chunk := await self.read():
            parts.append(chunk)
            size += len(chunk)
            if size > self._way.limits.document:
                raise too_large("document")
        if self.broken:
            raise failures.hung_up()
        return b"".join(parts)

    async def reason(self) -> bytes:
        """The start of a refusal's body, for judging it; less or nothing if it does not come."""
        body = b""
        try:
            while len(body) < REASON and (chunk := await self.read()):
                body += chunk
        except UpstreamFailure:
            pass  # the status says enough
        return body[:REASON]

    async def finish(self) -> None:
        """Wait a moment for the end of the body, so that the connection can be used again."""
        if self._wire is not None and not self._wire.complete:
            try:
                async with asyncio.timeout(GRACE):
                    while await self.read():
                        pass
            except (TimeoutError, UpstreamFailure):
                pass
        self.drop()

    def drop(self) -> None:
        """Throw the connection away, unless the body has come to its end."""
        wire, self._wire = self._wire, None
        if wire is not None:
            self._way.give_back(wire)


class Connection:
    """Made without touching the network; it connects with the first request.  `cookies` is for signing in."""

    def __init__(
        self,
        proxy: str | None = None,
        timeouts: Timeouts | None = None,
        limits: Limits | None = None,
        *,
        cookies: bool = False,
    ) -> None:
        self.timeouts = timeouts or Timeouts()
        self.limits = limits or Limits()
        self._proxy = proxy
        self._cookies = Cookies() if cookies else None
        self._origins: dict[Wire, Origin] = {}
        self._idle: list[Wire] = []
        self._sweep: asyncio.TimerHandle | None = None

    async def send(self, method: str, url: str | URL, headers: dict[str, str], body: bytes | None = None) -> Answer:
        """Send a request.  Every status is an answer; a compressed body is refused."""
        target = URL(url) if isinstance(url, str) else url
        whole_by = asyncio.get_running_loop().time() + self.timeouts.whole
        origin = origin_of(target)
        request = request_of(method, target, headers, body, self._cookies)
        wire = self._unused(origin)
        if wire is not None:
            try:
                return await self._exchange(wire, target, request, whole_by)
            except HungUp as error:
                # It may have ended while it lay idle.  Whether a POST was read before that, nobody knows.
                if error.begun or method != "GET":
                    raise failures.of_wire(error) from error
        wire = await self._connected(origin)
        try:
            return await self._exchange(wire, target, request, whole_by)
        except HungUp as error:
            raise failures.of_wire(error) from error

    async def _exchange(self, wire: Wire, url: URL, request: bytes, whole_by: float) -> Answer:
        try:
            wire.begin(request, self.timeouts.first_byte, whole_by)
            await wire.head()
        except HungUp:
            wire.drop()
            raise
        except WireError as error:
            wire.drop()
            raise failures.of_wire(error) from error
        except BaseException:
            wire.drop()
            raise
        if wire.headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
            wire.drop()
            raise UpstreamBadAnswer("The upstream compressed its answer, though it was asked not to.")
        if self._cookies is not None:
            self._cookies.take(url, wire.cookies)
        return Answer(wire, self)

    async def open(self, method: str, url: str | URL, headers: dict[str, str], body: bytes | None = None) -> Answer:
        """As `send`, but a redirect is refused."""
        answer = await self.send(method, url, headers, body)
        if 300 <= answer.status < 400:
            answer.drop()
            raise failures.of_answer(answer.status, {}, b"", None, 0.0, remembers=False)
        return answer

    async def document(
        self, method: str, url: str | URL, headers: dict[str, str], body: bytes | None = None
    ) -> tuple[Answer, bytes]:
        """A cold call: the answer with its whole body."""
        answer = await self.open(method, url, headers, body)
        try:
            return answer, await answer.document()
        finally:
            answer.drop()

    async def close(self) -> None:
        if self._sweep is not None:
            self._sweep.cancel()
        self._idle.clear()
        lost = [wire.gone for wire in self._origins]
        for wire in list(self._origins):
            wire.drop()
        if lost:
            await asyncio.wait(lost, timeout=GRACE)

    def give_back(self, wire: Wire) -> None:
        """The wire's exchange is over: another one may use it, unless this one was left in its midst."""
        if not wire.free:
            wire.drop()
            return
        self._idle.append(wire)
        if self._sweep is None:
            self._sweep = asyncio.get_running_loop().call_later(IDLE, self._drop_idle)

    def _unused(self, origin: Origin) -> Wire | None:
        for place in range(len(self._idle) - 1, -1, -1):
            wire = self._idle[place]
            if self._origins.get(wire) == origin:
                del self._idle[place]
                if wire.open:
                    return wire
        return None

    def _drop_idle(self) -> None:
        loop = asyncio.get_running_loop()
        old = [wire for wire in self._idle if wire.idle_since <= loop.time() - IDLE]
        for wire in old:
            self._idle.remove(wire)
            wire.drop()
        self._sweep = loop.call_later(IDLE, self._drop_idle) if self._idle else None

    def _lost(self, wire: Wire) -> None:
        self._origins.pop(wire, None)
        if wire in self._idle:
            self._idle.remove(wire)

    async def _connected(self, origin: Origin) -> Wire:
        host, port, secure = origin
        loop = asyncio.get_running_loop()
        wire = Wire(loop, self._lost)
        reached = False
        try:
            async with asyncio.timeout(self.timeouts.connect):
                way = await self._way_to(host, port)
                reached = True
                try:
                    await loop.create_connection(
                        lambda: wire,
                        sock=way,
                        ssl=tls() if secure else None,
                        server_hostname=host if secure else None,
                    )
                except BaseException:
                    way.close()
                    raise
        except failures.FOREIGN as error:
            raise failures.of_connecting(error, self._proxy is not None and not reached) from error
        self._origins[wire] = origin
        return wire

    async def _way_to(self, host: str, port: int) -> socket.socket:
        """A connected socket, through the proxy where there is one: it then resolves the name, too."""
        if self._proxy is not None:
            kind, proxy_host, proxy_port, username, password = proxy_parts(self._proxy)
            proxy = Proxy(kind, proxy_host, proxy_port, username, password, rdns=True)
            return await proxy.connect(host, port, timeout=self.timeouts.connect)
        addresses = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return await aiohappyeyeballs.start_connection(addresses, happy_eyeballs_delay=NEXT_ADDRESS)


@lru_cache(maxsize=1)
def tls() -> ssl.SSLContext:
    """Made once: it reads the system's certificates."""
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    return context


def origin_of(url: URL) -> Origin:
    if url.scheme not in ("http", "https") or not url.raw_host or not url.port:
        raise UpstreamUnreachable("The upstream's URL in the settings cannot be used. An admin should correct it.")
    return url.raw_host, url.port, url.scheme == "https"


def request_of(method: str, url: URL, headers: dict[str, str], body: bytes | None, cookies: Cookies | None) -> bytes:
    said = "".join([f"{name}: {value}\r\n" for name, value in headers.items()])
    if any("\r" in value or "\n" in value for value in headers.values()):
        raise UpstreamUnreachable(
            "The account's key holds a line end, which no request may. An admin should correct it."
        )
    if cookies is not None and (cookie := cookies.for_url(url)):
        said += f"Cookie: {cookie}\r\n"
    if body is not None:
        said += f"Content-Length: {len(body)}\r\n"
    head = f"{method} {url.raw_path_qs} HTTP/1.1\r\nHost: {url.host_port_subcomponent}\r\n{ALWAYS}{said}\r\n"
    return head.encode("utf-8", "surrogateescape") + (body or b"")


def proxy_parts(proxy: str) -> tuple[ProxyType, str, int, str, str]:
    """Kind, host, port, user name and password of a proxy's URL."""
    # No error of a library is passed on here: it may quote the URL with its password.
    unusable = ProxyUnreachable("The proxy's URL in the settings cannot be used. An admin should correct it.")
    try:
        parts = urlsplit(proxy)
        kind, default_port = PROXY_KINDS[parts.scheme]
        port = parts.port or default_port
    except (ValueError, KeyError):
        raise unusable from None
    if not parts.hostname:
        raise unusable
    return kind, parts.hostname, port, unquote(parts.username or ""), unquote(parts.password or "")
