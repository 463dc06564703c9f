"""Bounds on every request, whichever door it is for: who may be addressed, how large, how slow.

uvicorn has no deadline for a body that trickles in, so it is set here, around the doors; that of a reader who stalls
stands in `connections`.
"""

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.api.connections import ARRIVED
from backend.api.http_errors import incident
from backend.errors import BodyTooLarge, InvalidInput, ProductError, TooSlow

Refusal = Callable[[Scope, ProductError], ASGIApp]


@dataclass(frozen=True, slots=True)
class RequestLimits:
    """Sizes in bytes, times in seconds.  `hosts` are the names that the server answers to; empty: any.  `larger` are
    the paths that take larger bodies: there `body_seconds` counts anew with each `body` bytes that came."""

    body: int = 2 * 1024 * 1024
    body_seconds: float = 30.0
    hosts: Collection[str] = ()
    larger: Mapping[str, int] = field(default_factory=dict)


class Limits:
    """Outermost of the doors' wrappers.  Refusals are answered here."""

    def __init__(self, app: ASGIApp, limits: RequestLimits, refuse: Refusal) -> None:
        self._app = app
        self._refuse = refuse
        self._limits = limits
        self._hosts = {host.lower().encode() for host in limits.hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        largest = self._limits.larger.get(scope["path"], self._limits.body)
        refusal = self._refusal(headers, largest)
        if refusal is None:
            arrived = scope.get(ARRIVED, False)
            body = Body(receive, self._limits, largest, arrived=arrived) if scope["type"] == "http" else None
            await self._app(scope, body.receive if body else receive, send)
        elif scope["type"] == "http":
            await self._refuse(scope, refusal)(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})

    def _refusal(self, headers: dict[bytes, bytes], largest: int) -> ProductError | None:
        host = headers.get(b"host", b"").lower()
        name = host.partition(b"]")[0] + b"]" if host.startswith(b"[") else host.partition(b":")[0]
        if self._hosts and name not in self._hosts:
            return InvalidInput(
                "This server does not answer to that host name. Its settings (public_url, reach) say which."
            )
        length = headers.get(b"content-length", b"0")
        if not length.isdigit() or int(length) > largest:
            return too_large(largest)
        return None


class Body:
    """Counts a request's body and gives it a deadline as a whole; afterwards it waits for the disconnect in peace."""

    __slots__ = ("_arrived", "_deadline", "_largest", "_limits", "_receive", "_size", "_whole")

    def __init__(self, receive: Receive, limits: RequestLimits, largest: int, *, arrived: bool) -> None:
        self._receive = receive
        self._arrived = arrived
        self._largest = largest
        self._limits = limits
        self._size = 0
        self._deadline: float | None = None
        self._whole = False

    async def receive(self) -> Message:
        if self._whole:
            return await self._receive()
        message = await (self._receive() if self._arrived else self._in_time())
        if message["type"] == "http.request":
            before, self._size = self._size, self._size + len(message.get("body", b""))
            self._whole = not message.get("more_body", False)
            if self._size > self._largest:
                raise too_large(self._largest)
            if before // self._limits.body != self._size // self._limits.body:
                self._deadline = None
        return message

    async def _in_time(self) -> Message:
        if self._deadline is None:
            self._deadline = asyncio.get_running_loop().time() + self._limits.body_seconds
        try:
            async with asyncio.timeout_at(self._deadline):
                return await self._receive()
        except TimeoutError:
            raise TooSlow(f"The request's body did not come within {self._limits.body_seconds:.0f} seconds.") from None


def too_large(limit: int) -> BodyTooLarge:
    return BodyTooLarge(f"The request is larger than the {limit:,} bytes that this server takes.")


class Errors:
    """Innermost wrapper: an error that a door lets through is shown as refusals are; a defect gets an incident id."""

    def __init__(self, app: ASGIApp, refuse: Refusal) -> None:
        self._app = app
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def noting(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, noting)
        except Exception as error:
            # The border of the doors: what is not a product error is recorded by `incident` and shown as a defect.
            shown = error if isinstance(error, ProductError) else incident(error)
            if begun:
                raise
            await self._refuse(scope, shown)(scope, receive, send)
