"""An account's one way out: its own session, its own connections, no cookies, and its proxy if it has one."""

import asyncio
import ssl
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

import aiohttp
import aiohttp_socks
from aiohttp.client_proto import ResponseHandler
from python_socks import ProxyType
from yarl import URL

from backend.errors import ProxyUnreachable, ReplyCutOff, UpstreamBadAnswer, UpstreamFailure, UpstreamUnreachable
from backend.upstream import failures
from backend.upstream.event_stream import MIB, too_large

GRACE: Final = 0.25  # seconds for the end of a body whose last event has come
REASON: Final = 64 << 10  # bytes of a refusal that are read
PROXY_KINDS: Final = {
    "socks5": (ProxyType.SOCKS5, 1080),
    "socks5h": (ProxyType.SOCKS5, 1080),
    "socks4": (ProxyType.SOCKS4, 1080),
    "http": (ProxyType.HTTP, 8080),
}


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
    """An answer that has begun.  It must be ended by `finish` or `drop`."""

    __slots__ = (
        "_left",
        "_limits",
        "_proxied",
        "_response",
        "_started",
        "_timeouts",
        "broken",
        "headers",
        "kind",
        "status",
    )

    def __init__(self, response: aiohttp.ClientResponse, timeouts: Timeouts, limits: Limits, proxied: bool) -> None:
        self._response = response
        self._timeouts = timeouts
        self._limits = limits
        self._proxied = proxied
        self._left = limits.answer
        self._started = False
        self.broken = False
        self.status = response.status
        self.headers = response.headers
        self.kind = response.headers.get("Content-Type", "").lower()

    async def read(self) -> bytes:
        """What has come, empty at the end, also where the connection broke: `broken` then tells."""
        content = self._response.content
        try:
            chunk = await content.readany()
        except failures.FOREIGN as error:
            chunk = still_held(content)
            if not chunk:
                failure = failures.of_connection(error, self._proxied)
                if not isinstance(failure, UpstreamUnreachable | ReplyCutOff):
                    raise failure from error
                self.broken = True
        self._left -= len(chunk)
        if self._left < 0:
            raise too_large("reply")
        if not self._started:
            self._started = True
            self._expect_the_next()
        return chunk

    async def document(self) -> bytes:
        """The whole body; more than `Limits.document` raises."""
        parts, size = [], 0
        while chunk := await self.read():
            parts.append(chunk)
            size += len(chunk)
            if size > self._limits.document:
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
        if not self._response.content.is_eof():
            try:
                async with asyncio.timeout(GRACE):
                    while await self.read():
                        pass
            except (TimeoutError, UpstreamFailure):
                pass
        self.drop()

    def drop(self) -> None:
        """Throw the connection away, unless the body was read to its end."""
        self._response.close()

    def _expect_the_next(self) -> None:
        connection = self._response.connection
        if connection is not None and (protocol := connection.protocol) is not None:
            protocol.read_timeout = self._timeouts.between_reads
            protocol.start_timeout()


def still_held(content: aiohttp.StreamReader) -> bytes:
    """What came before the connection broke: aiohttp raises at once, and no public method gives the rest."""
    try:
        return content._read_nowait(-1)  # noqa: SLF001
    except TimeoutError:
        return b""


class Connection:
    """Made without touching the network; the session begins with the first request.  `cookies` is for signing in."""

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
        self._cookies = cookies
        self._session: aiohttp.ClientSession | None = None

    async def send(self, method: str, url: str | URL, headers: dict[str, str], body: bytes | None = None) -> Answer:
        """Send a request.  Every status is an answer; a compressed body is refused."""
        try:
            response = await (self._session or self._begin()).request(
                method, url, headers=headers, data=body, allow_redirects=False
            )
        except failures.FOREIGN as error:
            raise failures.before_answer(error, self._proxy is not None) from error
        if response.headers.get("Content-Encoding", "identity").strip().lower() not in ("", "identity"):
            response.close()
            raise UpstreamBadAnswer("The upstream compressed its answer, though it was asked not to.")
        return Answer(response, self.timeouts, self.limits, self._proxy is not None)

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
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    def _begin(self) -> aiohttp.ClientSession:
        timeouts = self.timeouts
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0) if self._proxy is None else proxy_connector(self._proxy),
            # Unsafe is aiohttp's word for keeping cookies of hosts that are bare addresses.
            cookie_jar=aiohttp.CookieJar(unsafe=True, quote_cookie=False)
            if self._cookies
            else aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(
                total=timeouts.whole,
                connect=timeouts.connect,
                sock_connect=timeouts.connect,
                sock_read=timeouts.first_byte,
            ),
            headers={"Accept-Encoding": "identity"},
            auto_decompress=False,
            trust_env=False,
        )
        return self._session


class ProxyConnector(aiohttp_socks.ProxyConnector):
    """Names a proxy that breaks the connection in its handshake, which the library passes on as any reset."""

    async def _connect_via_proxy(
        self, host: str, port: int, ssl: ssl.SSLContext | None = None, timeout: float | None = None
    ) -> tuple[asyncio.Transport, ResponseHandler]:
        try:
            return await super()._connect_via_proxy(host, port, ssl, timeout)
        except ConnectionError as error:
            raise aiohttp_socks.ProxyConnectionError(str(error)) from error


def proxy_connector(proxy: str) -> aiohttp_socks.ProxyConnector:
    """Names are resolved at the proxy, by `socks5://` as by `socks5h://`."""
    kind, host, port, username, password = proxy_parts(proxy)
    return ProxyConnector(host, port, kind, username=username, password=password, rdns=True, limit=0)


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
