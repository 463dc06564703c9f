"""Carries out a plan: writes a reply to the client, and keeps in the conversation what was sent of it."""

import asyncio
import json
import socket
import struct
import uuid
from collections.abc import Iterable
from typing import Final

from aiohttp import web

from backend.upstream.rehearsal import plans
from backend.upstream.rehearsal.conversations import Conversations, KeptConversation, Node
from backend.upstream.rehearsal.encodings import DONE, Encoder, Json, event, message

BLOCK: Final = b"a" * 65_536
DRIPS_PER_PACE: Final = 20  # a byte takes a twentieth of what a piece of text takes


class ReplyWriter:
    def __init__(
        self,
        request: web.Request,
        conversations: Conversations,
        conversation: KeptConversation,
        encoder: Encoder,
        *,
        model: str,
        pace: float,
        now: float,
    ) -> None:
        self._request, self._encoder = request, encoder
        self._conversations, self._conversation = conversations, conversation
        self._model, self._pace, self._now = model, pace, now
        self._drip: float | None = None
        self._reply: Node
        self._response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-cache"}
        )

    async def write(self, steps: Iterable[plans.Step]) -> web.StreamResponse:
        """Returns early where the client left; what it was sent is kept."""
        try:
            await self._response.prepare(self._request)
            await self._open()
            for step in steps:
                await self._take(step)
        except ConnectionError:
            pass
        return self._response

    async def _open(self) -> None:
        await self._send(self._encoder.opening())
        prompt = self._conversation.nodes[-1]
        await self._send(self._encoder.message(message(prompt.id, "user", prompt.text, now=self._now)))
        hidden = {"is_visually_hidden_from_conversation": True}
        system = message(str(uuid.uuid4()), "system", "", metadata=hidden, now=self._now)
        await self._send(self._encoder.message(system))
        await self._begin_reply()

    async def _begin_reply(self) -> None:
        self._reply = self._conversations.begin_reply(self._conversation)
        start = message(
            self._reply.id, "assistant", "", finished=False, metadata={"model_slug": self._model}, now=self._now
        )
        await self._send(self._encoder.message(start))

    async def _take(self, step: plans.Step) -> None:
        match step:
            case plans.Text() | plans.NotUtf8() | plans.Replace() | plans.Truncate():
                await asyncio.sleep(self._pace)
                await self._change_text(step)
            case plans.Finish(reason):
                await self._finish(reason)
            case plans.Interlude():
                await self._interlude()
            case plans.Drip(seconds):
                self._drip = self._pace / DRIPS_PER_PACE if seconds is None else seconds
            case plans.Raw(data):
                await self._send(data)
            case plans.Note(data):
                await self._send(event({**data, **self._ids()}))
            case plans.Failure(sentence):
                await self._send(event({"message": None, "conversation_id": self._conversation.id, "error": sentence}))
            case plans.Flood(size):
                await self._flood(size)
            case plans.End():
                await self._send(self._encoder.complete() + DONE)
            case plans.Pause() | plans.Hang() | plans.Cut() | plans.HangUp():
                await self._fall_silent(step)

    async def _fall_silent(self, step: plans.Pause | plans.Hang | plans.Cut | plans.HangUp) -> None:
        match step:
            case plans.Pause(seconds):
                await asyncio.sleep(seconds)
            case plans.Hang():
                await until_client_leaves()
            case plans.Cut():
                await reset(self._request)
            case plans.HangUp():
                if self._request.transport is not None:
                    self._request.transport.close()
                await until_client_leaves()

    async def _finish(self, reason: str) -> None:
        details = {"finish_details": {"type": reason}, "is_complete": True, "model_slug": self._model}
        await self._send(self._encoder.finish(details))
        self._reply.status = "finished_successfully"

    async def _interlude(self) -> None:
        await self._send(self._encoder.finish({"is_complete": True}, end_turn=False))
        self._reply.status = "finished_successfully"
        tool = message(str(uuid.uuid4()), "tool", "Nothing was looked up: this is a rehearsal.", now=self._now)
        await self._send(self._encoder.message(tool))
        await self._begin_reply()

    async def _flood(self, size: int) -> None:
        await self._send(b'data: {"type": "flood", "padding": "')
        for start in range(0, size, len(BLOCK)):
            await self._response.write(BLOCK[: size - start])
        await self._send(b'"}\n\n')

    async def _change_text(self, step: plans.Text | plans.NotUtf8 | plans.Replace | plans.Truncate) -> None:
        encoder, text = self._encoder, self._reply.text
        match step:
            case plans.Text():
                data, text = encoder.append(step.piece), text + step.piece
            case plans.NotUtf8():
                data, text = _spoil(encoder.append(step.piece), step.piece), text + step.piece
            case plans.Replace():
                data, text = encoder.replace(step.text), step.text
            case _:
                data, text = encoder.truncate(step.length), text[: step.length]
        await self._send(data)
        self._reply.text = text  # what was not sent was not said

    async def _send(self, data: bytes) -> None:
        if self._drip is None:
            if data:
                await self._response.write(data)
            return
        for place in range(len(data)):
            await asyncio.sleep(self._drip)
            await self._response.write(data[place : place + 1])

    def _ids(self) -> Json:
        return {"conversation_id": self._conversation.id, "message_id": self._reply.id}


def _spoil(data: bytes, piece: str) -> bytes:
    """The event with bytes that no UTF-8 text has in front of the piece."""
    head, found, tail = data.rpartition(json.dumps(piece, ensure_ascii=False)[1:-1].encode())
    return head + b"\xff\xfe" + found + tail


async def until_client_leaves() -> None:
    """Never returns: the task is cancelled when the client leaves or the server stops."""
    await asyncio.get_running_loop().create_future()


async def reset(request: web.BaseRequest) -> None:
    """End the connection with a TCP reset rather than in order; like `until_client_leaves` it does not return."""
    if request.transport is not None:
        connection = request.transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        request.transport.abort()
    await until_client_leaves()
