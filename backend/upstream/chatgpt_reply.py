"""The reply inside a stream of the ChatGPT web service, out of either of its two encodings.

Whichever encoding it is, each event leaves one message object as it now reads; the reply is what the assistant's text
messages among them say, one after another.
"""

import time
from collections.abc import Callable
from typing import Final, Literal

import orjson

from backend import errors
from backend.upstream import failures
from backend.upstream.deltas import JSON, Deltas
from backend.upstream.event_stream import MIB, ServerEvent, too_large
from backend.upstream.protocol import Done, Identified, TextAdded, TextReplaced, Titled, UpstreamEvent

KNOWN: Final = frozenset({b"", b"message", b"delta", b"delta_encoding"})
BETWEEN_MESSAGES: Final = "\n\n"
FINISH_REASONS: Final[dict[str, Literal["stop", "length", "content_filter"]]] = {
    "max_tokens": "length",
    "finished_partial_completion": "length",
    "content_filter": "content_filter",
}


class ChatGPTReply:
    """`failure` is set where the stream itself reports one: what came before it is still to be passed on.  A text
    of more than `longest` characters is one."""

    def __init__(self, clock: Callable[[], float] = time.time, longest: int = MIB) -> None:
        self._clock = clock
        self._longest = longest
        self._deltas: Deltas | None = None
        self._texts: dict[str, str] = {}
        self._text = ""
        self._message: JSON = {}
        self._conversation_id: str | None = None
        self._identified: tuple[str, str] | None = None
        self._model: str | None = None
        self._over = False
        self.ended = False
        self.failure: errors.UpstreamFailure | None = None

    def read(self, events: list[ServerEvent]) -> list[UpstreamEvent]:
        """What one read's events say, its text in one piece of news where nothing comes between."""
        news: list[UpstreamEvent] = []
        try:
            for name, data in events:
                if data == b"[DONE]":
                    self.ended = True
                    break
                if data:
                    try:
                        value = orjson.loads(data)
                    except orjson.JSONDecodeError:
                        if name in KNOWN:
                            raise
                        continue
                    self._take(name, value, news)
                if self.failure is not None:
                    break
        except errors.UpstreamFailure as failure:
            self.failure = failure
        except orjson.JSONDecodeError:
            self.failure = errors.UpstreamBadAnswer("The upstream's reply is not of the form that this server reads.")
        return news

    def done(self) -> Done:
        """The end of the reply, if it has come; else raises."""
        if not self.ended and not self._over:
            raise failures.cut_off()
        if not self._message:
            raise errors.UpstreamBadAnswer("The upstream finished without a reply. Try again.")
        details = member(self._message, "metadata", "finish_details")
        reason = details.get("type") if isinstance(details, dict) else None
        content = self._message.get("content")
        return Done(
            conversation_id=self._conversation_id,
            reply_id=text_or_none(self._message.get("id")),
            model=self._model,
            finish_reason=FINISH_REASONS.get(str(reason), FINISH_REASONS.get(str(self._message.get("status")), "stop")),
            message={**self._message, "content": {**(content if isinstance(content, dict) else {}), "parts": []}},
        )

    def _take(self, name: bytes, value: object, news: list[UpstreamEvent]) -> None:
        if name == b"delta_encoding":
            if value != "v1":
                raise errors.UpstreamBadAnswer(
                    "The upstream encodes its reply in a way that this version does not know."
                )
            self._deltas = Deltas()
        elif isinstance(value, dict):
            if name == b"delta" or (
                self._deltas is not None and name in KNOWN and "v" in value and "type" not in value
            ):
                self._deltas = self._deltas or Deltas()
                if (current := self._deltas.apply(value)) is not None:
                    self._look_at(current, news)
            else:
                self._look_at(value, news)

    def _look_at(self, event: JSON, news: list[UpstreamEvent]) -> None:
        error = event.get("error")
        if error is None and "detail" in event and "message" not in event:
            error = event["detail"]
        if error is not None:
            self.failure = failures.of_stream(orjson.dumps(error), self._clock(), error)
            return
        if isinstance(conversation_id := event.get("conversation_id"), str) and conversation_id:
            self._conversation_id = conversation_id
        if event.get("type") == "title_generation":
            if title := text_or_none(event.get("title")):
                news.append(Titled(title))
        elif isinstance(message := event.get("message"), dict):
            self._over = False  # whoever speaks now, a message that was finished before was not the last
            if is_reply(message):
                self._read_message(message, news)

    def _read_message(self, message: JSON, news: list[UpstreamEvent]) -> None:
        self._message = message
        self._over = str(message.get("status")).startswith("finished") and message.get("end_turn") is not False
        message_id = text_or_none(message.get("id")) or ""
        self._model = text_or_none(member(message, "metadata", "model_slug")) or self._model
        if message_id and self._conversation_id and self._identified != (self._conversation_id, message_id):
            self._identified = (self._conversation_id, message_id)
            news.append(Identified(self._conversation_id, message_id))
        text = text_of(message)
        if self._texts.get(message_id) == text:
            return
        self._texts[message_id] = text
        whole = text if len(self._texts) == 1 else BETWEEN_MESSAGES.join(filter(None, self._texts.values()))
        if len(whole) > self._longest:
            raise too_large("reply")
        before, self._text = self._text, whole
        if not whole.startswith(before):
            news.append(TextReplaced(whole))
        elif piece := whole[len(before) :]:
            if news and isinstance(last := news[-1], TextAdded):
                last.pieces.append(piece)
            else:
                news.append(TextAdded([piece]))


def is_reply(message: JSON) -> bool:
    """Whether it is the assistant speaking text to the person, not thinking, calling a tool or being instructed."""
    return (
        member(message, "author", "role") == "assistant"
        and member(message, "content", "content_type") == "text"
        and message.get("recipient", "all") in ("all", None)
        and member(message, "metadata", "is_visually_hidden_from_conversation") is not True
    )


def text_of(message: JSON) -> str:
    parts = member(message, "content", "parts")
    if not isinstance(parts, list):
        return ""
    return "".join(part for part in parts if isinstance(part, str))


def member(value: JSON, key: str, inner: str) -> object:
    outer = value.get(key)
    return outer.get(inner) if isinstance(outer, dict) else None


def text_or_none(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
