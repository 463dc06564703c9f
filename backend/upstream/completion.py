"""The reply inside an OpenAI-compatible answer, streamed or whole."""

from collections.abc import Callable
from typing import Final, Literal

import orjson

from backend import errors
from backend.upstream import failures
from backend.upstream.event_stream import ServerEvent
from backend.upstream.json_bodies import reason_of
from backend.upstream.protocol import Done

FINISH_REASONS: Final[dict[str, Literal["stop", "length", "content_filter"]]] = {
    "length": "length",
    "max_tokens": "length",
    "content_filter": "content_filter",
    "safety": "content_filter",
}


class Completion:
    """`failure` is set where the stream itself reports one: what came before it is still to be passed on."""

    __slots__ = ("_finish", "_left_out", "_model", "_prompt_tokens", "_reply_tokens", "ended", "failure")

    def __init__(self, model: str, left_out: int) -> None:
        self._model = model
        self._left_out = left_out
        self._finish: str | None = None
        self._prompt_tokens: int | None = None
        self._reply_tokens: int | None = None
        self.ended = False
        self.failure: errors.UpstreamFailure | None = None

    def read(self, events: list[ServerEvent], clock: Callable[[], float]) -> list[str]:
        """The pieces of text in one read's events.  This is the hot path: a loop and no calls but `loads`."""
        pieces: list[str] = []
        try:
            for _, data in events:
                if data == b"[DONE]":
                    self.ended = True
                    break
                chunk = orjson.loads(data)
                if choices := chunk.get("choices"):
                    choice = choices[0]
                    if (delta := choice.get("delta")) and (content := delta.get("content")):
                        pieces.append(content if type(content) is str else text_of(content))
                    if finish := choice.get("finish_reason"):
                        self._finish = finish
                        self._model = chunk.get("model") or self._model
                elif "choices" not in chunk and "error" in chunk:
                    self.failure = failures.of_stream(data, clock())
                    break
                if reported := chunk.get("usage"):
                    self._count(reported)
        except orjson.JSONDecodeError:
            self.failure = bad_answer()
        except (AttributeError, TypeError, LookupError):
            self.failure = bad_answer()
        return [piece for piece in pieces if piece] if "" in pieces else pieces

    def whole(self, content: bytes, now: float) -> list[str]:
        """The pieces of an answer that is one JSON object."""
        try:
            answer = orjson.loads(content)
            if answer.get("error") and not answer.get("choices"):
                raise failures.of_stream(content, now, reason_of(content))
            choice = answer["choices"][0]
            text = text_of(choice["message"].get("content") or "")
            self._finish = choice.get("finish_reason") or "stop"
            self._model = answer.get("model") or self._model
            if reported := answer.get("usage"):
                self._count(reported)
        except (orjson.JSONDecodeError, AttributeError, TypeError, LookupError):
            raise bad_answer() from None
        self.ended = True
        return [text] if text else []

    def done(self) -> Done:
        """The end of the reply, if it has come; else raises."""
        if not self.ended and self._finish is None:
            raise failures.cut_off()
        return Done(
            model=self._model,
            prompt_tokens=self._prompt_tokens,
            reply_tokens=self._reply_tokens,
            history_left_out=self._left_out,
            finish_reason=FINISH_REASONS.get(self._finish or "stop", "stop"),
        )

    def _count(self, reported: dict[str, object]) -> None:
        prompt, reply = reported.get("prompt_tokens"), reported.get("completion_tokens")
        self._prompt_tokens = prompt if type(prompt) is int else self._prompt_tokens
        self._reply_tokens = reply if type(reply) is int else self._reply_tokens


def text_of(content: object) -> str:
    """The text of a content that may also come as a list of parts."""
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        raise TypeError
    parts = (part.get("text") for part in content if part.get("type") in ("text", "output_text"))
    return "".join(part for part in parts if isinstance(part, str))


def bad_answer() -> errors.UpstreamBadAnswer:
    return errors.UpstreamBadAnswer("The upstream's reply is not of the form that this server reads.")
