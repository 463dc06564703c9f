"""One endpoint of the legacy contract as an ASGI application: parameters in, one answer out, errors in its own shape.

Every answer says its charset and `Cache-Control: no-store`.  A request whose query holds a key (or another secret) is
served, and its answer carries the header `X-Advice`, which says how to send it where no log and no history keeps it.
"""

import asyncio
from collections.abc import AsyncIterable, Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

import orjson
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send

from backend.api.admission import why
from backend.api.bodies import RawHeaders, send_parts, send_whole
from backend.api.http_errors import headers_of, status_of
from backend.api.rest_parameters import Parameters, read_parameters, secret_in
from backend.errors import InvalidInput, ProductError

JSON: Final = b"application/json; charset=utf-8"
TEXT: Final = b"text/plain; charset=utf-8"
HTML: Final = b"text/html; charset=utf-8"
ALWAYS: Final = ((b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff"))
ADVICE: Final = (
    b"Keys in a URL end up in logs and histories. Send yours in a header (Authorization: Bearer YOUR_KEY), "
    b"and other secrets in the body of a POST."
)
REFUSED: Final = f"This server takes no secret in a URL; nothing was done. {ADVICE.decode()}"


@dataclass(slots=True)
class Answer:
    body: bytes | AsyncIterable[bytes]
    media_type: bytes = JSON
    status: int = 200
    headers: RawHeaders = field(default=())


def json_answer(value: object, status: int = 200) -> Answer:
    return Answer(orjson.dumps(value), status=status)


Handler = Callable[[Parameters], Awaitable[Answer]]
Excuse = Callable[[ProductError, str, Parameters | None], Answer]


def excuse(error: ProductError, sentence: str, _: Parameters | None) -> Answer:
    """The error as every endpoint shows it, unless it has a shape of its own."""
    return json_answer({"status": "error", "message": sentence, "code": error.code}, status_of(error))


class Door:
    """`names` are this endpoint's words for fields that the gateway calls otherwise."""

    def __init__(
        self,
        handle: Handler,
        show: Excuse = excuse,
        names: Mapping[str, str] | None = None,
        *,
        keys_in_queries: bool = True,
    ) -> None:
        self._handle = handle
        self._keys_in_queries = keys_in_queries
        self._show = show
        self._names = names or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        secret = secret_in(scope["query_string"])
        if scope["method"] not in ("GET", "POST"):
            await self._refuse_method(send, advise=secret)
            return
        parameters: Parameters | None = None
        with suppress(ClientDisconnect):
            try:
                if secret and not self._keys_in_queries:
                    raise InvalidInput(REFUSED, field="query")
                parameters = await read_parameters(scope, receive)
                try:
                    answer = await self._handle(parameters)
                except asyncio.CancelledError as cancelled:
                    raise why(cancelled) from None
            except ProductError as error:
                answer = self._show(error, self._worded(error), parameters)
                answer.headers = (*answer.headers, *raw(headers_of(error)))
            await answered(send, answer, advise=secret)

    async def _refuse_method(self, send: Send, *, advise: bool) -> None:
        """HEAD is refused as well: asking for headers must not send a prompt."""
        answer = excuse(InvalidInput(""), "Use GET with a query, or POST with JSON or a form.", None)
        answer.status, answer.headers = 405, ((b"allow", b"GET, POST"),)
        await answered(send, answer, advise=advise)

    def _worded(self, error: ProductError) -> str:
        sentence = str(error)
        for name, own in self._names.items():
            sentence = sentence.replace(f"`{name}`", f"`{own}`")
        return sentence


async def answered(send: Send, answer: Answer, *, advise: bool = False) -> None:
    headers = [(b"content-type", answer.media_type), *ALWAYS, *answer.headers]
    if advise:
        headers.append((b"x-advice", ADVICE))
    if isinstance(answer.body, bytes):
        await send_whole(send, answer.status, headers, answer.body)
    else:
        await send_parts(send, answer.status, headers, answer.body)


def raw(headers: Mapping[str, str]) -> RawHeaders:
    return [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()]
