"""Plans: a reply as a list of steps, with or without a fault in it.  Pure; `writer.py` carries them out."""

import re
from dataclasses import dataclass
from typing import Final

from backend.upstream.rehearsal.encodings import Json, event
from backend.upstream.rehearsal.faults import Fault

DEFAULT_PAUSE: Final = 5.0  # seconds
DEFAULT_FLOOD: Final = 1 << 26  # bytes
MOST_PIECES: Final = 500  # so that whole messages stay affordable for long replies
DRIPPED_PIECES: Final = 8


@dataclass(frozen=True, slots=True)
class Text:
    piece: str


@dataclass(frozen=True, slots=True)
class NotUtf8:
    piece: str


@dataclass(frozen=True, slots=True)
class Replace:
    text: str


@dataclass(frozen=True, slots=True)
class Truncate:
    length: int


@dataclass(frozen=True, slots=True)
class Raw:
    data: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """An object with a `type`; the conversation's and the reply's ids are added."""

    data: Json


@dataclass(frozen=True, slots=True)
class Pause:
    seconds: float


@dataclass(frozen=True, slots=True)
class Flood:
    size: int


@dataclass(frozen=True, slots=True)
class Finish:
    reason: str


@dataclass(frozen=True, slots=True)
class Interlude:
    """The message so far was not the reply: it ends, a tool speaks, and the reply begins."""


@dataclass(frozen=True, slots=True)
class Failure:
    sentence: str


@dataclass(frozen=True, slots=True)
class End:
    pass


@dataclass(frozen=True, slots=True)
class Hang:
    pass


@dataclass(frozen=True, slots=True)
class Cut:
    pass


@dataclass(frozen=True, slots=True)
class HangUp:
    pass


@dataclass(frozen=True, slots=True)
class Drip:
    """From here on every byte comes alone, `seconds` after the one before; None for the writer's own pace."""

    seconds: float | None = None


Step = (
    Text | NotUtf8 | Replace | Truncate | Raw | Note | Pause | Flood | Finish | Interlude | Failure | End | Hang | Cut
    | HangUp | Drip
)  # fmt: skip

_WORDS: Final = re.compile(r"\s*\S+(?:\s+$)?")
_WHOLE: Final = (Finish("stop"), End())


def pieces_of(text: str, most: int = MOST_PIECES) -> list[str]:
    """The text in pieces of a few words, in order and whole."""
    words = _WORDS.findall(text) or [text]
    size = max(2, -(-len(words) // most))
    return ["".join(words[start : start + size]) for start in range(0, len(words), size)]


def plan(text: str, fault: Fault | None) -> list[Step]:
    """The steps that follow the opening of a reply."""
    if fault is None:
        return [*map(Text, pieces_of(text)), *_WHOLE]
    if fault.kind == "drip" and fault.seconds is None:
        return [Drip(), *map(Text, pieces_of(text, DRIPPED_PIECES)), *_WHOLE]
    pieces = pieces_of(text)
    at = min(fault.after, len(pieces))
    return _with_fault(fault, [Text(piece) for piece in pieces[:at]], [Text(piece) for piece in pieces[at:]])


def _with_fault(fault: Fault, before: list[Text], rest: list[Text]) -> list[Step]:
    said = "".join(step.piece for step in before)
    breaks: dict[str, list[Step]] = {
        "cut": [Cut()],
        "hang-up": [HangUp()],
        "hang-mid": [Hang()],
        "drip": [Drip(fault.seconds), *rest, *_WHOLE],
        "no-end": [],
        "huge": [Flood(DEFAULT_FLOOD if fault.size is None else fault.size), *rest, *_WHOLE],
        "stream-error": [Failure("Something went wrong while the reply was being written."), End()],
        "moderation": [Note(MODERATION), Finish("content_filter"), End()],
        "max-tokens": [Finish("max_tokens"), End()],
        "no-done": [*rest, Finish("stop")],
        "stall": [Pause(DEFAULT_PAUSE if fault.seconds is None else fault.seconds), *rest, *_WHOLE],
        "bad-json": [Raw(b'data: {"message": {"id": \n\n'), *rest, *_WHOLE],
        "bad-utf8": [*(NotUtf8(step.piece) for step in rest[:1]), *rest[1:], *_WHOLE],
        "unknown-events": [*UNKNOWN, *rest[:1], *UNKNOWN, *rest[1:], *_WHOLE],
        "replaced": [Replace("Taken back. "), *rest, *_WHOLE],
        "truncated": [Truncate(len(said) // 2), *rest, *_WHOLE],
        "several-messages": [Interlude(), *before, *rest, *_WHOLE],
        "titled": [Note({"type": "title_generation", "title": "Named in mid-reply"}), *rest, *_WHOLE],
    }
    return [*before, *breaks.get(fault.kind, [*rest, *_WHOLE])]


MODERATION: Final[Json] = {
    "type": "moderation",
    "moderation_response": {"flagged": True, "blocked": True, "moderation_id": "modr-rehearsal"},
}
UNKNOWN: Final[tuple[Step, ...]] = (
    Raw(b": a comment keeps the connection warm\n\n"),
    Note({"type": "server_ste_metadata", "metadata": {"tool_invoked": False}}),
    Raw(event({"unheard": ["of"]}, "ping")),
    Raw(b"id: 7\r\nretry: 3000\r\nevent: weather\r\ndata: fair, 21 degrees\r\n\r\n"),
    Raw(event({"type": "conversation_detail_metadata", "banner_info": None, "error": None})),
)
