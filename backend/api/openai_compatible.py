"""`/v1`: the interface that programs written for OpenAI speak.  What is taken and what refused: `openai_parameters`.

A header `X-Conversation-Id`, or the field `conversation_id`, makes a chat completion a follow-up; every answer carries
the header.  The same `Idempotency-Key` never asks an upstream twice: a reply that failed fails again, and clients are
told not to try.  A failure before the first text is an HTTP error; one in mid-stream is a `data:` line with an `error`,
after which the stream ends without `[DONE]`.  A client that leaves ends nothing: the reply goes on and is kept.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Final

import orjson
from starlette.requests import HTTPConnection
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Send

from backend.api import openai_answers as answers
from backend.api.admission import GONE, expelled
from backend.api.authentication import Authenticator
from backend.api.bodies import read_body, read_object, send_whole
from backend.api.http_errors import status_of
from backend.api.openai_door import (
    JSON,
    NO_RETRY,
    NO_STORE,
    STREAM,
    UNBUFFERED,
    Door,
    Headers,
    Unknown,
    fail,
    ignored,
    while_there,
)
from backend.api.openai_parameters import options_of
from backend.api.openai_request import Asked, read_request
from backend.api.openai_responses import Responses
from backend.domain.ids import CONVERSATION, show_id
from backend.domain.replies import Ended, ReplyEvent, TextAdded, TextReplaced
from backend.errors import NotAuthenticated, NotFound, ProductError
from backend.gateway import Gateway
from backend.gateway.chat import failure_of
from backend.gateway.live_replies import Reply
from backend.gateway.prompts import Prompt

NAMES: Final = {"prompt": "messages"}


def routes(gateway: Gateway, authenticator: Authenticator, path: str) -> list[BaseRoute]:
    v1, responses = V1(gateway, authenticator), Responses(gateway, authenticator)
    return [
        Route(path + "/chat/completions", Door(v1.complete, "POST", NAMES), name="v1-chat-completions"),
        Route(path + "/models", Door(v1.models, "GET"), name="v1-models"),
        Route(path + "/models/{model:path}", Door(v1.model, "GET"), name="v1-model"),
        *responses.routes(path),
        Route(path + "/{rest:path}", Unknown(), name="v1-unknown"),
    ]


class V1:
    def __init__(self, gateway: Gateway, authenticator: Authenticator) -> None:
        self._gateway = gateway
        self._authenticator = authenticator

    async def complete(self, connection: HTTPConnection, receive: Receive, send: Send) -> None:
        caller = await self._authenticator.caller(connection)
        asked = read_request(read_object(await read_body(receive)))
        conversation_id = connection.headers.get("x-conversation-id") or asked.conversation_id
        key = connection.headers.get("idempotency-key")
        history = () if conversation_id else asked.history
        prompt = Prompt(
            text=asked.prompt,
            model=asked.model,
            history=history,
            idempotency_key=key,
            options=options_of(asked.given),
            stop=asked.stop,
        )
        if conversation_id:
            reply = await self._gateway.chat.follow_up(caller, conversation_id, prompt)
        else:
            reply = await self._gateway.chat.send(caller, prompt)
        headers = [NO_STORE, (b"x-conversation-id", show_id(CONVERSATION, reply.conversation_id).encode())]
        try:
            if asked.stream:
                await while_there(receive, stream(reply, asked, headers, send))
            else:
                await whole(reply, asked, headers, send)
        except ProductError as failure:
            if key is None:
                raise
            await fail(send, failure, status_of(failure), [NO_RETRY])

    async def models(self, connection: HTTPConnection, receive: Receive, send: Send) -> None:
        offered = await self._gateway.accounts.models(await self._authenticator.caller(connection))
        body = {"object": "list", "data": [answers.model_of(model) for model in offered]}
        await send_whole(send, 200, [JSON, NO_STORE], orjson.dumps(body))

    async def model(self, connection: HTTPConnection, receive: Receive, send: Send) -> None:
        name = connection.scope["path_params"]["model"]
        for model in await self._gateway.accounts.models(await self._authenticator.caller(connection)):
            if model.name == name:
                await send_whole(send, 200, [JSON, NO_STORE], orjson.dumps(answers.model_of(model)))
                return
        raise NotFound("No account that your key may use offers that model.", field="model", reason="model_not_found")


async def whole(reply: Reply, asked: Asked, headers: Headers, send: Send) -> None:
    turn = await reply.end()
    if (failure := failure_of(turn)) is not None:
        raise failure
    if turn.history_left_out:
        headers.append((b"x-history-left-out", str(turn.history_left_out).encode()))
    headers += ignored(asked.ignored, asked.given, reply.takes)
    await send_whole(send, 200, [JSON, *headers], answers.completion(turn, asked.model))


async def stream(reply: Reply, asked: Asked, headers: Headers, send: Send) -> None:
    chunks = answers.Chunks(reply.turn, asked.model, asked.include_usage)
    async with aclosing(reply.events()) as events:
        event = await first_text(events)
        headers += ignored(asked.ignored, asked.given, reply.takes)
        await send({"type": "http.response.start", "status": 200, "headers": [STREAM, UNBUFFERED, *headers]})
        try:
            await send_chunks(event, events, chunks, send)
        except asyncio.CancelledError:
            if not expelled():
                raise
            last = answers.error_event(answers.error(NotAuthenticated(GONE)))
            await send({"type": "http.response.body", "body": last})


async def send_chunks(
    event: ReplyEvent, events: AsyncGenerator[ReplyEvent, None], chunks: answers.Chunks, send: Send
) -> None:
    """The hottest path of the product: one send for each event, and a line in it for each of the upstream's pieces."""
    said: list[str] = []
    part, going = chunks.role(), True
    while True:
        if isinstance(event, TextAdded):
            said += event.pieces
            part += chunks.text(event.pieces)
        elif isinstance(event, TextReplaced):
            whole_text, so_far = event.text, "".join(said)
            if not whole_text.startswith(so_far):
                part, going = part + answers.error_event(answers.REWRITTEN), False
            elif rest := whole_text[len(so_far) :]:
                said.append(rest)
                part += chunks.text([rest])
        elif isinstance(event, Ended):
            failure = failure_of(event.turn)
            part += chunks.end(event.turn) if failure is None else answers.error_event(answers.error(failure))
            going = False
        if part:
            await send({"type": "http.response.body", "body": part, "more_body": going})
        if not going:
            return
        part, event = b"", await anext(events)


async def first_text(events: AsyncGenerator[ReplyEvent, None]) -> ReplyEvent:
    """The event with which the answer begins.  Raises the reply's failure where there is no text before it."""
    async for event in events:
        if isinstance(event, TextAdded | TextReplaced):
            return event
        if isinstance(event, Ended):
            if (failure := failure_of(event.turn)) is not None:
                raise failure
            return event
    raise AssertionError("the events of a reply end with its end")
