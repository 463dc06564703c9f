"""Answers in OpenAI's wire shapes: a completion, its chunks, the list of models, errors."""

from collections.abc import Iterable
from typing import Final

import orjson

from backend.api.http_errors import status_of
from backend.domain.ids import TURN, show_id
from backend.domain.replies import Turn, Usage
from backend.errors import ProductError
from backend.upstream.protocol import Model

# Codes that programs written for OpenAI look for; all others are the product's own.
CODES: Final = {
    "not_authenticated": "invalid_api_key",
    "model_not_offered": "model_not_found",
    "prompt_too_long": "context_length_exceeded",
    "upstream_rate_limited": "rate_limit_exceeded",
}
DONE: Final = b"data: [DONE]\n\n"
UNNAMED_MODEL: Final = "auto"
REWRITTEN_EVENT: Final[dict[str, object]] = {
    "message": "The upstream rewrote what it had said, which a stream cannot take back. "
    "The reply goes on and is kept: read it in its conversation.",
    "param": None,
    "code": "reply_rewritten",
}
REWRITTEN: Final[dict[str, object]] = {"error": {"type": "server_error"} | REWRITTEN_EVENT}


def completion_id(turn: Turn) -> str:
    return "chatcmpl-" + show_id(TURN, turn.id)


def completion(turn: Turn, model: str | None) -> bytes:
    """A whole reply.  `model` is the one asked for, where the upstream does not say which one answered."""
    message = {"role": "assistant", "content": turn.reply, "refusal": None}
    return orjson.dumps(
        {
            "id": completion_id(turn),
            "object": "chat.completion",
            "created": turn.created_at // 1_000_000,
            "model": turn.model or model or UNNAMED_MODEL,
            "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": finish_reason(turn)}],
            "usage": usage(turn.usage),
        }
    )


def finish_reason(turn: Turn) -> str:
    """A reply that a person stopped counts as one that came to its end."""
    return turn.finish_reason or "stop"


def usage(counted: Usage) -> dict[str, object] | None:
    """None where it is unknown; `source` says whether the upstream reported it or it is an estimate."""
    if counted.prompt_tokens is None or counted.reply_tokens is None:
        return None
    return {
        "prompt_tokens": counted.prompt_tokens,
        "completion_tokens": counted.reply_tokens,
        "total_tokens": counted.prompt_tokens + counted.reply_tokens,
        "source": counted.source,
    }


class Chunks:
    """The chunks of one streamed reply.  All but the text is made once; a piece costs its own encoding and one join."""

    __slots__ = ("_between", "_close", "_head", "_include_usage", "_open", "_tail")

    def __init__(self, turn: Turn, model: str | None, include_usage: bool) -> None:
        fixed = {
            "id": completion_id(turn),
            "object": "chat.completion.chunk",
            "created": turn.created_at // 1_000_000,
            "model": model or UNNAMED_MODEL,
        }
        self._include_usage = include_usage
        self._head = b"data: " + orjson.dumps(fixed)[:-1] + b',"choices":['
        self._tail = (b'],"usage":null' if include_usage else b"]") + b"}\n\n"
        self._open = self._head + b'{"index":0,"delta":{"content":'
        self._close = b'},"logprobs":null,"finish_reason":null}' + self._tail
        self._between = self._close + self._open

    def role(self) -> bytes:
        delta = b'{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}'
        return self._head + delta + self._tail

    def text(self, pieces: Iterable[str]) -> bytes:
        """One `data:` line for each piece."""
        return self._open + self._between.join(map(orjson.dumps, pieces)) + self._close

    def end(self, turn: Turn) -> bytes:
        reason = orjson.dumps(finish_reason(turn))
        last = self._head + b'{"index":0,"delta":{},"logprobs":null,"finish_reason":' + reason + b"}" + self._tail
        if self._include_usage:
            last += self._head + b'],"usage":' + orjson.dumps(usage(turn.usage)) + b"}\n\n"
        return last + DONE


def error(failure: ProductError) -> dict[str, object]:
    status, details = status_of(failure), failure.details
    kind = "rate_limit_error" if status == 429 else "invalid_request_error" if status < 500 else "server_error"
    code = details.get("reason") or CODES.get(failure.code, failure.code)
    return {"error": {"message": str(failure), "type": kind, "param": details.get("field"), "code": code}}


def error_event(shown: dict[str, object]) -> bytes:
    return b"data: " + orjson.dumps(shown) + b"\n\n"


def model_of(model: Model) -> dict[str, object]:
    """Accounts do not say since when they offer a model: `created` is 0."""
    return {"id": model.name, "object": "model", "created": 0, "owned_by": "built-in accounts", "title": model.title}
