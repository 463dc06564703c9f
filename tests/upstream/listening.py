"""Listening to the chatgpt adapter: what it yields, over real HTTP or from bytes that a test writes."""

import uuid
from collections.abc import Sequence
from contextlib import aclosing
from typing import Any

import orjson

from backend import errors
from backend.upstream.chatgpt import ChatGPT
from backend.upstream.protocol import Ask, Done, TextAdded, TextReplaced, UpstreamEvent
from tests.upstream.scripted_server import Reply, scripted


def ask(prompt: str, **more: Any) -> Ask:
    return Ask(prompt, str(uuid.uuid4()), **more)


async def heard(upstream: ChatGPT, what: Ask | str = "Hello") -> list[UpstreamEvent]:
    async with aclosing(upstream.answer(ask(what) if isinstance(what, str) else what)) as events:
        return [event async for event in events]


async def collect(upstream: ChatGPT, got: list[UpstreamEvent]) -> None:
    async with aclosing(upstream.answer(ask("Hello"))) as events:
        async for event in events:
            got.append(event)  # noqa: PERF401  # what came before an error is wanted


def text(events: Sequence[UpstreamEvent]) -> str:
    whole = ""
    for event in events:
        if isinstance(event, TextAdded):
            assert event.pieces
            assert all(event.pieces)
            whole += "".join(event.pieces)
        elif isinstance(event, TextReplaced):
            whole = event.text
    return whole


def done(events: Sequence[UpstreamEvent]) -> Done:
    assert isinstance(events[-1], Done)
    assert sum(isinstance(event, Done) for event in events) == 1
    return events[-1]


class Given:
    async def token(self) -> str:
        return "given"

    async def renew(self, rejected: str) -> str:
        raise errors.UpstreamUnauthorized(f"no more {len(rejected)}")

    async def sign_in(self) -> None:
        await self.renew("")

    async def close(self) -> None:
        pass


async def raw(*replies: Reply, what: Ask | None = None, **options: Any) -> list[UpstreamEvent]:
    async with scripted(*replies) as server:
        upstream = ChatGPT("raw", Given(), server.url, **options)
        try:
            return await heard(upstream, what or "Hi")
        finally:
            await upstream.close()


def delta(value: object) -> bytes:
    return b"event: delta\ndata: " + orjson.dumps(value) + b"\n\n"


def message(text: str, **more: object) -> dict[str, object]:
    content = {"content_type": "text", "parts": [text]}
    return {
        "message": {"id": "m", "author": {"role": "assistant"}, "content": content, "status": "in_progress"} | more,
        "conversation_id": "c",
    }
