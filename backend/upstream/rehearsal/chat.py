"""The endpoints behind an access token: conversation, title, models."""

import asyncio
import os
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

from aiohttp import web

from backend.upstream.rehearsal import lessons, plans, prompts
from backend.upstream.rehearsal.answers import answer
from backend.upstream.rehearsal.encodings import encoder_for
from backend.upstream.rehearsal.faults import Endpoint, Fault, command_of, fault_of
from backend.upstream.rehearsal.identities import RehearsalAccount
from backend.upstream.rehearsal.refusals import Refused, RuleBroken, token_expired
from backend.upstream.rehearsal.state import SEEN, State
from backend.upstream.rehearsal.writer import ReplyWriter

MODEL: Final = {"slug": "rehearsal", "title": "Rehearsal (no model)", "max_tokens": 8191, "tags": []}
PLUS_MODEL: Final = {"slug": "rehearsal-plus", "title": "Rehearsal Plus (no model)", "max_tokens": 32767, "tags": []}


class Chat:
    def __init__(self, state: State) -> None:
        self._state = state
        self._running: dict[str, tuple[web.Request, asyncio.Event]] = {}
        self._expired_for: set[str] = set()

    async def conversation(self, request: web.Request) -> web.StreamResponse:
        seen = self._state.see(request, "chat")
        account = self._state.prove(request)
        _check_headers(request)
        sent = prompts.read_prompt(await request.read())
        seen.prompt, seen.message_id, seen.model = sent.text, sent.id, sent.model
        seen.conversation_id, seen.parent_message_id = sent.conversation_id, sent.parent_message_id
        if sum(len(message.text) for message in sent.messages) > self._state.longest_prompt:
            raise Refused(413, {"message": "The message is too long.", "code": "message_length_exceeds_limit"})
        async with self._hold(account, request):
            self._state.conversations.check(account.email, sent)
            fault = self._fault(account, sent)
            seen.fault = None if fault is None else fault.kind
            instead = await answer(fault, request)
            return instead if instead is not None else await self._reply(request, account, sent, fault)

    async def title(self, request: web.Request) -> web.StreamResponse:
        seen = self._state.see(request, "title")
        account = self._state.prove(request)
        seen.conversation_id = request.match_info["conversation_id"]
        seen.message_id = prompts.read_title_asked(await request.read()).message_id
        conversation = self._state.conversations.find(account.email, seen.conversation_id)
        first = conversation.prompt_of(seen.message_id)
        if first is None or (first.parent_id != conversation.root and not conversation.adopted):
            raise RuleBroken(400, f"Message {seen.message_id} is not a first reply of {conversation.id}.")
        return await self._json("title", account, request, {"title": lessons.title_of(first.text)})

    async def models(self, request: web.Request) -> web.StreamResponse:
        self._state.see(request, "models")
        account = self._state.prove(request)
        offered = [MODEL, PLUS_MODEL] if account.plus else [MODEL]
        return await self._json("models", account, request, {"models": offered})

    async def _json(
        self, endpoint: Endpoint, account: RehearsalAccount, request: web.Request, good: object
    ) -> web.StreamResponse:
        instead = await answer(self._state.script.take(endpoint, account.email), request)
        return instead if instead is not None else web.json_response(good)

    def _fault(self, account: RehearsalAccount, sent: prompts.SentPrompt) -> Fault | None:
        """What goes wrong with this prompt: what it asks for itself, else what the script says."""
        asked, prompt_id = fault_of(command_of(sent.text)), sent.id
        if asked is not None and asked.kind == "expired":
            if prompt_id in self._expired_for:
                self._expired_for.discard(prompt_id)
                return None
            self._expired_for.add(prompt_id)
        fault = asked or self._state.script.take("chat", account.email)
        if fault is not None and fault.kind == "expired":
            self._state.identities.expire_tokens(account.email)
            raise token_expired()
        return fault

    async def _reply(
        self, request: web.Request, account: RehearsalAccount, sent: prompts.SentPrompt, fault: Fault | None
    ) -> web.StreamResponse:
        conversations = self._state.conversations
        conversation = conversations.begin(account.email, sent)
        text = lessons.reply_to(sent.text, conversation.prompts, command_of(sent.text), adopted=conversation.adopted)
        writer = ReplyWriter(
            request,
            conversations,
            conversation,
            encoder_for(account.encoding, conversation.id),
            model="rehearsal-plus" if account.plus else "rehearsal",
            pace=self._state.pace,
            now=self._state.clock(),
        )
        return await writer.write(plans.plan(text, fault))

    @asynccontextmanager
    async def _hold(self, account: RehearsalAccount, request: web.Request) -> AsyncGenerator[None, None]:
        """One prompt at a time.  A client that left in mid-reply frees its account, even where the server has not been
        told yet when the next prompt comes."""
        await self._let_go_of_leavers(account.email)
        if account.email in self._running:
            raise RuleBroken(429, f"{request[SEEN].account} is still writing a reply; only one at a time.")
        ended = asyncio.Event()
        self._running[account.email] = (request, ended)
        try:
            yield
        finally:
            del self._running[account.email]
            ended.set()

    async def _let_go_of_leavers(self, email: str) -> None:
        if email in self._running:
            running, ended = self._running[email]
            if _has_left(running.transport):
                await ended.wait()


def _check_headers(request: web.Request) -> None:
    if "text/event-stream" not in request.headers.get("Accept", ""):
        raise RuleBroken(406, "The request does not accept text/event-stream.")
    if request.content_type != "application/json":
        raise RuleBroken(422, "The request's content type is not application/json.")


def _has_left(transport: asyncio.Transport | None) -> bool:
    """Whether the client closed its end, asked of the socket itself because the loop may not have read that far."""
    if transport is None or transport.is_closing():
        return True
    with socket.socket(fileno=os.dup(transport.get_extra_info("socket").fileno())) as connection:
        connection.setblocking(False)
        try:
            return connection.recv(1, socket.MSG_PEEK) == b""
        except BlockingIOError:
            return False
        except OSError:
            return True
