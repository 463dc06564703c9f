"""One endpoint of `/v1` as an ASGI application, its errors in OpenAI's shape."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextlib import suppress
from typing import Final

import orjson
from starlette.requests import ClientDisconnect, HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from backend.api import openai_answers as answers
from backend.api.admission import why
from backend.api.bodies import send_whole
from backend.api.http_errors import headers_of, json_error, status_of
from backend.api.openai_parameters import Given
from backend.errors import InvalidInput, NotFound, ProductError
from backend.upstream.protocol import OptionName

Headers = list[tuple[bytes, bytes]]
Handler = Callable[[HTTPConnection, Receive, Send], Awaitable[None]]

JSON: Final = (b"content-type", b"application/json; charset=utf-8")
STREAM: Final = (b"content-type", b"text/event-stream; charset=utf-8")
NO_STORE: Final = (b"cache-control", b"no-store")
UNBUFFERED: Final = (b"x-accel-buffering", b"no")
NO_RETRY: Final = (b"x-should-retry", b"false")


def ignored(names: list[str], given: Given, takes: frozenset[OptionName]) -> Headers:
    """The header that names what was sent and had no part in the reply, if there is any; `takes`: see `Reply`."""
    names = names + [name for name, (option, _) in given.items() if option not in takes]
    return [(b"x-ignored-parameters", ", ".join(sorted(names)).encode())] if names else []


class Door:
    """`names` are this endpoint's words for fields that the gateway calls otherwise."""

    def __init__(self, handle: Handler, method: str, names: Mapping[str, str] | None = None) -> None:
        self._handle = handle
        self._method = method
        self._names = {"idempotencyKey": "Idempotency-Key"} | dict(names or {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] != self._method:
            refusal = InvalidInput(f"Use {self._method} here.", reason="method_not_allowed")
            await fail(send, refusal, 405, [(b"allow", self._method.encode())])
            return
        with suppress(ClientDisconnect):
            try:
                try:
                    await self._handle(HTTPConnection(scope), receive, send)
                except asyncio.CancelledError as cancelled:
                    raise why(cancelled) from None
            except ProductError as error:
                field = error.details.get("field")
                if field in self._names:
                    error.details["field"] = self._names[str(field)]
                await fail(send, error, status_of(error))


class Unknown:
    """Whatever else OpenAI offers below its address."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = NotFound(
            "This server has nothing at that address: of OpenAI's interface it speaks models, chat completions "
            "and responses.",
            reason="unknown_url",
        )
        await fail(send, refusal, 404)


async def fail(send: Send, error: ProductError, status: int, headers: Headers | None = None) -> None:
    """OpenAI's clients send again on their own after a 409, which here would only fail again."""
    shown = [JSON, NO_STORE, *(headers or ())]
    shown += [(name.lower().encode(), value.encode("latin-1")) for name, value in headers_of(error).items()]
    if status == 409:
        shown.append(NO_RETRY)
    await send_whole(send, status, shown, orjson.dumps(answers.error(error)))


def refusing(base: str, path: str) -> Callable[[Scope, ProductError], ASGIApp]:
    """How what is refused around the doors looks: below `path` as OpenAI's errors, elsewhere in the one JSON shape.
    `base` is the path under which the server is reached, without a slash at its end."""

    def refusal(scope: Scope, error: ProductError) -> ASGIApp:
        if not scope["path"].removeprefix(base).startswith(path + "/"):
            return json_error(error)

        async def answer(_: Scope, _receive: Receive, send: Send) -> None:
            await fail(send, error, status_of(error))

        return answer

    return refusal


async def while_there(receive: Receive, work: Coroutine[None, None, None]) -> None:
    """Do the work until it ends or the client has left."""
    task, left = asyncio.current_task(), False

    async def watch() -> None:
        nonlocal left
        while (await receive())["type"] != "http.disconnect":
            pass
        left = True
        if task is not None:
            task.cancel()

    watching = asyncio.create_task(watch())
    try:
        await work
    except asyncio.CancelledError:
        if not left or task is None or task.uncancel() > 0:
            raise
    finally:
        watching.cancel()
