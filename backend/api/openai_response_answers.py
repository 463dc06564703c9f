"""Responses in OpenAI's wire shapes: the object, and the typed events of its stream.

A response is a turn: `resp_` before the turn's id.  `status` is the turn's state: queued while it waits for an account,
in_progress, completed, incomplete where the model's limit or a filter cut it, failed, cancelled where it was stopped.
`background` is what was asked where the response is created, and null where it is read later: the record does not keep
it, since every reply is written whoever listens.  So it is with the options that its account takes.  Tokens read from a
cache or spent on reasoning are not known here; their counts, which OpenAI's shape insists on, are 0.

`sequence_number` is computed from the reply, so that it is the same for whoever comes back: 0 to 3 open the response,
text that ends at the reply's k-th character has 3 + k, and four more close it.  It grows, but not by one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import orjson

from backend.api.http_errors import STATUS
from backend.api.openai_answers import UNNAMED_MODEL
from backend.api.openai_parameters import Given
from backend.domain.ids import CONVERSATION, TURN, show_id
from backend.domain.replies import STARTED, Turn, TurnState, Usage, text_number
from backend.gateway.live_replies import Reply

PREFIX: Final = "resp_"
OPENING: Final = 4  # events before the text
BEHIND_REPLY_NUMBERS: Final = OPENING - 1 - STARTED
STATES: Final = {
    "waiting": "queued",
    "writing": "in_progress",
    "finished": "completed",
    "stopped": "cancelled",
    "failed": "failed",
}
CUT: Final = {"length": "max_output_tokens", "content_filter": "content_filter"}
PLACE: Final[dict[str, object]] = {"output_index": 0, "content_index": 0}


@dataclass(frozen=True, slots=True)
class Shown:
    """What a response says beside its turn.  `model` is the one asked for, where the upstream does not say which one
    answered; `previous` is the turn that it follows; `background` is None where it is not known.  `given` are the
    options that were asked for, of which it says those that the account of `reply` takes."""

    turn: Turn
    instructions: str | None
    previous: Turn | None
    model: str | None = None
    background: bool | None = None
    given: Given = field(default_factory=dict)
    reply: Reply | None = None

    def option(self, name: str) -> float | None:
        option, value = self.given.get(name, (None, None))
        return value if self.reply is not None and option in self.reply.takes else None


def response_id(turn: Turn) -> str:
    return PREFIX + show_id(TURN, turn.id)


def turn_id(id: str) -> str:
    """The turn's id in a response's; empty, which no turn has, for anything else."""
    return id.removeprefix(PREFIX) if id.startswith(PREFIX) else ""


def response(shown: Shown) -> dict[str, object]:
    turn = shown.turn
    status = STATES[turn.state]
    cut = CUT.get(turn.finish_reason or "") if turn.state == "finished" else None
    ended = None if turn.ended_at is None else turn.ended_at // 1_000_000
    return {
        "id": response_id(turn),
        "object": "response",
        "created_at": turn.created_at // 1_000_000,
        "completed_at": ended if turn.state == "finished" else None,
        "status": "incomplete" if cut else status,
        "background": shown.background,
        "error": error_of(turn),
        "incomplete_details": {"reason": cut} if cut else None,
        "instructions": shown.instructions,
        "max_output_tokens": shown.option("max_output_tokens"),
        "model": turn.model or shown.model or UNNAMED_MODEL,
        "output": [message(turn, turn.reply)] if turn.reply or turn.state == "finished" else [],
        "parallel_tool_calls": True,
        "previous_response_id": None if shown.previous is None else response_id(shown.previous),
        "conversation": {"id": show_id(CONVERSATION, turn.conversation_id)},
        "reasoning": {"effort": None, "summary": None},
        "store": True,
        "temperature": shown.option("temperature"),
        "text": {"format": {"type": "text"}},
        "tool_choice": "auto",
        "tools": [],
        "top_p": shown.option("top_p"),
        "truncation": "auto",
        "usage": usage(turn.usage),
        "user": None,
        "metadata": {},
    }


def message(turn: Turn, text: str | None) -> dict[str, object]:
    """The one item of a response's output; without content where `text` is None."""
    whole = turn.state == "finished" and turn.finish_reason not in CUT
    status = "in_progress" if turn.state in ("waiting", "writing") else "completed" if whole else "incomplete"
    content = [] if text is None else [part(text)]
    return {"id": item_id(turn), "type": "message", "status": status, "role": "assistant", "content": content}


def part(text: str) -> dict[str, object]:
    return {"type": "output_text", "text": text, "annotations": [], "logprobs": []}


def item_id(turn: Turn) -> str:
    return "msg_" + show_id(TURN, turn.id)


def error_of(turn: Turn) -> dict[str, object] | None:
    """`code` is one of OpenAI's, `type` the product's own."""
    if turn.state != "failed":
        return None
    kind = turn.error_code or "internal_error"
    codes = {429: "rate_limit_exceeded", 413: "invalid_prompt", 400: "invalid_prompt"}
    code = codes.get(STATUS.get(kind, 500), "server_error")
    return {"code": code, "message": turn.error_sentence or "The reply failed.", "type": kind, "param": None}


def usage(counted: Usage) -> dict[str, object] | None:
    """None where it is unknown; `source` says whether the upstream reported it or it is an estimate."""
    if counted.prompt_tokens is None or counted.reply_tokens is None:
        return None
    return {
        "input_tokens": counted.prompt_tokens,
        "input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
        "output_tokens": counted.reply_tokens,
        "output_tokens_details": {"reasoning_tokens": 0},
        "total_tokens": counted.prompt_tokens + counted.reply_tokens,
        "source": counted.source,
    }


class Events:
    """The events of one streamed response behind number `after`.  All but the text of a delta is made once."""

    __slots__ = ("_after", "_between", "_close", "_open", "_shown")

    def __init__(self, shown: Shown, after: int) -> None:
        self._shown = shown
        self._after = after
        fixed = orjson.dumps(
            {"type": "response.output_text.delta", "item_id": item_id(shown.turn), **PLACE, "logprobs": []}
        )
        self._open = b"event: response.output_text.delta\ndata: " + fixed[:-1] + b',"delta":'
        self._between = b',"sequence_number":'
        self._close = b"}\n\n"

    def opening(self) -> bytes:
        """As it was when the response began, also for who comes later."""
        turn = self._shown.turn
        state: TurnState = "waiting" if turn.state == "waiting" else "writing"
        begun = replace(turn, state=state, reply="", usage=Usage(), finish_reason=None, error_code=None, ended_at=None)
        shown = response(replace(self._shown, turn=begun))
        item = {"item": message(begun, None), "output_index": 0}
        return b"".join(
            (
                self._event(0, "response.created", {"response": shown}),
                self._event(1, "response.in_progress", {"response": shown | {"status": "in_progress"}}),
                self._event(2, "response.output_item.added", item),
                self._event(3, "response.content_part.added", {"item_id": item_id(turn), **PLACE, "part": part("")}),
            )
        )

    def text(self, pieces: Iterable[str], number: int) -> bytes:
        """A delta for each piece; `number` is that of the reply's event."""
        pieces = list(pieces)
        at = number + BEHIND_REPLY_NUMBERS - sum(map(len, pieces))
        frames: list[bytes] = []
        for piece in pieces:
            at += len(piece)
            frames += (self._open, orjson.dumps(piece), self._between, b"%d" % at, self._close)
        return b"".join(frames)

    def end(self, turn: Turn) -> bytes:
        at = text_number(turn.reply_base, len(turn.reply)) + BEHIND_REPLY_NUMBERS
        shown = {"response": response(replace(self._shown, turn=turn))}
        if turn.state == "failed":
            return self._event(at + 4, "response.failed", shown)
        place = {"item_id": item_id(turn), **PLACE}
        whole = turn.state == "finished" and turn.finish_reason not in CUT
        return b"".join(
            (
                self._event(at + 1, "response.output_text.done", {**place, "text": turn.reply, "logprobs": []}),
                self._event(at + 2, "response.content_part.done", {**place, "part": part(turn.reply)}),
                self._event(
                    at + 3, "response.output_item.done", {"output_index": 0, "item": message(turn, turn.reply)}
                ),
                self._event(at + 4, "response.completed" if whole else "response.incomplete", shown),
            )
        )

    def error(self, shown: dict[str, object], number: int) -> bytes:
        return self._event(number + BEHIND_REPLY_NUMBERS, "error", shown)

    def _event(self, number: int, name: str, said: Mapping[str, object]) -> bytes:
        if number <= self._after:
            return b""
        body = orjson.dumps({"type": name, "sequence_number": number, **said})
        return b"event: " + name.encode() + b"\ndata: " + body + b"\n\n"
