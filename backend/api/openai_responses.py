"""`/v1/responses`: OpenAI's newer interface.  What is taken and what refused: `openai_responses_request`.

A response is a turn of the record, so that it can be read, followed and stopped like any other:

- `previous_response_id` goes on behind that turn, on the account that began the conversation.
- `background` answers at once; the response is then read with GET.
- GET with `stream=true&starting_after=N` joins a response's stream behind an event, live or from the record.
- cancel stops a response, in the background or not; what was written stays.

A stream begins before the upstream has answered, so that the response can be cancelled and come back to: what goes
wrong then is the event `response.failed`.  Text that the upstream takes back ends a stream with the event `error`.  A
response alone cannot be deleted: conversations are removed whole.
"""

import asyncio
from contextlib import aclosing
from dataclasses import replace
from typing import Final
from urllib.parse import parse_qsl

import orjson
from starlette.requests import HTTPConnection
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Send

from backend.api import openai_answers as answers
from backend.api import openai_response_answers as shapes
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
    fail,
    ignored,
    while_there,
)
from backend.api.openai_parameters import options_of, wrong
from backend.api.openai_response_answers import Events, Shown
from backend.api.openai_responses_request import EMPTY_INCLUDES, AskedResponse, read_response_request
from backend.domain.access import Caller
from backend.domain.conversations import Conversation
from backend.domain.ids import CONVERSATION, TURN, show_id
from backend.domain.replies import Ended, TextAdded, TextReplaced, Turn
from backend.errors import InvalidInput, NotFound
from backend.gateway import Gateway
from backend.gateway.chat import failure_of
from backend.gateway.live_replies import Reply
from backend.gateway.pages import write_cursor
from backend.gateway.paths import Slice
from backend.gateway.prompts import Prompt

NAMES: Final = {"prompt": "input"}
BOOLEANS: Final = {"true": True, "false": False}
BEHIND_EVERYTHING: Final = 1 << 40  # the number of an event that no text of a reply reaches
KEY_GONE: Final[dict[str, object]] = {"message": GONE, "param": None, "code": "invalid_api_key"}
NO_SUCH_RESPONSE: Final = "There is no such response among yours."


class Responses:
    def __init__(self, gateway: Gateway, authenticator: Authenticator) -> None:
        self._gateway = gateway
        self._authenticator = authenticator

    def routes(self, path: str) -> list[BaseRoute]:
        return [
            Route(path + "/responses", Door(self.create, "POST", NAMES), name="v1-responses"),
            Route(path + "/responses/{id}", Door(self.retrieve, "GET"), name="v1-response"),
            Route(path + "/responses/{id}/cancel", Door(self.cancel, "POST"), name="v1-response-cancel"),
        ]

    async def create(self, connection: HTTPConnection, receive: Receive, send: Send) -> None:
        caller = await self._authenticator.caller(connection)
        body = read_object(await read_body(receive))
        asked = read_response_request(body, connection.headers.get("x-conversation-id"))
        key = connection.headers.get("idempotency-key")
        prompt = Prompt(
            text=asked.prompt,
            model=asked.model,
            history=asked.history,
            idempotency_key=key,
            options=options_of(asked.given),
        )
        reply, shown = await self._asked(caller, asked, prompt)
        shown = replace(shown, model=asked.model, background=asked.background, given=asked.given, reply=reply)
        headers = [NO_STORE, (b"x-conversation-id", show_id(CONVERSATION, reply.conversation_id).encode())]
        if asked.stream:
            headers += ignored(asked.ignored, asked.given, reply.takes)
            await while_there(receive, stream(reply, shown, headers, send))
            return
        turn = reply.turn if asked.background else await reply.end()
        if not asked.background and (failure := failure_of(turn)) is not None:
            await fail(send, failure, status_of(failure), None if key is None else [NO_RETRY])
            return
        if turn.history_left_out:
            headers.append((b"x-history-left-out", str(turn.history_left_out).encode()))
        headers += ignored(asked.ignored, asked.given, reply.takes)
        await self._show(send, replace(shown, turn=turn), headers)

    async def retrieve(self, connection: HTTPConnection, receive: Receive, send: Send) -> None:
        caller = await self._authenticator.caller(connection)
        streamed, after = read_query(connection.scope["query_string"])
        turn, conversation = await self._turn(caller, connection.scope["path_params"]["id"])
        shown = await self._shown(caller, turn, conversation)
        headers = [NO_STORE, (b"x-conversation-id", show_id(CONVERSATION, conversation.id).encode())]
        if streamed:
            reply = await self._gateway.chat.reply(caller, show_id(TURN, turn.id))
            await while_there(receive, stream(reply, shown, headers, send, after))
        else:
            await self._show(send, shown, headers)

    async def cancel(self, connection: HTTPConnection, receive: Receive, send: Send) -> None:
        caller = await self._authenticator.caller(connection)
        before, conversation = await self._turn(caller, connection.scope["path_params"]["id"])
        turn = await self._gateway.chat.stop(caller, show_id(TURN, before.id))
        headers = [NO_STORE, (b"x-conversation-id", show_id(CONVERSATION, conversation.id).encode())]
        await self._show(send, await self._shown(caller, turn, conversation), headers)

    async def _asked(self, caller: Caller, asked: AskedResponse, prompt: Prompt) -> tuple[Reply, Shown]:
        if asked.previous is not None:
            previous, conversation = await self._turn(caller, asked.previous, "previous_response_id")
            check_instructions(asked, conversation)
            reply = await follow_up_behind(self._gateway, caller, previous, conversation, prompt)
            return reply, Shown(reply.turn, instructions_of(conversation.preamble), previous)
        if asked.conversation_id is not None:
            conversation = await self._gateway.conversations.get(caller, asked.conversation_id)
            preamble = await self._gateway.conversations.preamble(caller, conversation)
            conversation = replace(conversation, preamble=preamble)
            check_instructions(asked, conversation)
            reply = await self._gateway.chat.follow_up(caller, asked.conversation_id, prompt)
            return reply, await self._shown(caller, reply.turn, conversation)
        reply = await self._gateway.chat.send(caller, prompt)
        preamble = tuple((message.role, message.text) for message in prompt.history)
        return reply, Shown(reply.turn, instructions_of(preamble), None)

    async def _turn(self, caller: Caller, id: str, field: str | None = None) -> tuple[Turn, Conversation]:
        try:
            return await self._gateway.conversations.turn(caller, shapes.turn_id(id))
        except NotFound:
            reason = "response_not_found" if field is None else "previous_response_not_found"
            raise NotFound(NO_SUCH_RESPONSE, field=field, reason=reason) from None

    async def _shown(self, caller: Caller, turn: Turn, conversation: Conversation) -> Shown:
        previous = await turn_before(self._gateway, caller, turn, conversation)
        return Shown(turn, instructions_of(conversation.preamble), previous)

    async def _show(self, send: Send, shown: Shown, headers: Headers) -> None:
        await send_whole(send, 200, [JSON, *headers], orjson.dumps(shapes.response(shown)))


async def follow_up_behind(
    gateway: Gateway, caller: Caller, turn: Turn, conversation: Conversation, prompt: Prompt
) -> Reply:
    """Go on with a conversation behind one of its turns, whether or not it is the newest."""
    return await gateway.chat.follow_up(caller, show_id(CONVERSATION, conversation.id), prompt, show_id(TURN, turn.id))


async def turn_before(gateway: Gateway, caller: Caller, turn: Turn, conversation: Conversation) -> Turn | None:
    """The turn that this one follows; None for a first one."""
    if turn.behind == 0:
        return None
    part = Slice(last=1, before=write_cursor(turn.position), through=show_id(TURN, turn.id))
    before = (await gateway.conversations.turns(caller, conversation, part)).items
    return before[0] if before else None


def instructions_of(preamble: tuple[tuple[str, str], ...]) -> str | None:
    """What a conversation's first message says, where it is an instruction."""
    return preamble[0][1] if preamble and preamble[0][0] == "system" else None


def check_instructions(asked: AskedResponse, conversation: Conversation) -> None:
    if asked.instructions is not None and asked.instructions != instructions_of(conversation.preamble):
        wrong(
            "instructions",
            "are given with a conversation's first message and kept by its account; a follow-up may repeat them, "
            "but not change them",
        )


def read_query(query: bytes) -> tuple[bool, int]:
    """Whether to stream, and behind which event.  Raises `InvalidInput`."""
    stream, after = False, -1
    for name, value in parse_qsl(query.decode("latin-1"), keep_blank_values=True):
        if name == "stream":
            stream = read_boolean(name, value)
        elif name == "starting_after":
            if not (value.isascii() and value.isdigit() and len(value) <= 12):
                wrong(name, "must be the number of an event")
            after = int(value)
        elif name == "include_obfuscation":
            if read_boolean(name, value):
                wrong(name, "cannot be honoured: obfuscation is never added")
        elif name.removesuffix("[]") == "include" and value in EMPTY_INCLUDES:
            continue
        else:
            raise InvalidInput(f"This server knows no parameter `{name}`.", field=name, reason="unknown_parameter")
    if after >= 0 and not stream:
        wrong("starting_after", "goes only with `stream`: true")
    return stream, after


def read_boolean(name: str, value: str) -> bool:
    if value not in BOOLEANS:
        wrong(name, "must be true or false")
    return BOOLEANS[value]


async def stream(reply: Reply, shown: Shown, headers: Headers, send: Send, after: int = -1) -> None:
    events = Events(shown, after)
    await send({"type": "http.response.start", "status": 200, "headers": [STREAM, UNBUFFERED, *headers]})
    try:
        last = await send_events(reply, events, send, after)
    except asyncio.CancelledError:
        if not expelled():
            raise
        last = events.error(KEY_GONE, BEHIND_EVERYTHING)
    await send({"type": "http.response.body", "body": last, "more_body": False})


async def send_events(reply: Reply, events: Events, send: Send, after: int) -> bytes:
    """One send for each event of the reply, and a delta in it for each of the upstream's pieces.  Gives what is left to
    be sent at the end."""
    begin = events.opening()
    if begin:
        await send({"type": "http.response.body", "body": begin, "more_body": True})
    said = after >= shapes.OPENING
    async with aclosing(reply.events(max(0, after - shapes.BEHIND_REPLY_NUMBERS))) as happening:
        async for event in happening:
            part = b""
            if isinstance(event, TextAdded):
                said, part = True, events.text(event.pieces, event.number)
            elif isinstance(event, TextReplaced):
                if said:
                    return events.error(answers.REWRITTEN_EVENT, event.number)
                said, part = bool(event.text), events.text([event.text] if event.text else [], event.number)
            elif isinstance(event, Ended):
                return events.end(event.turn)
            if part:
                await send({"type": "http.response.body", "body": part, "more_body": True})
    # Whoever comes back behind the reply's last event may still lack the closing ones.
    return events.end(await reply.end())
