"""Turns and what happens while their replies are written.

A reply event carries a number by which a listener comes back ("after n").  Numbers are not counted but computed from
the reply itself, so that they stay true after a restart and in any process: `started` is 1, text that ends at the
reply's k-th character is 1 + base + k, `titled` is the last text's number + 1 and the end of the reply + 2.  `base` is
0 unless the upstream took text back: what replaces it starts behind all numbers given before.
"""

from dataclasses import dataclass
from typing import Final, Literal

from backend.domain.choice import Explanation

TurnState = Literal["waiting", "writing", "finished", "stopped", "failed"]
ENDED: Final = frozenset({"finished", "stopped", "failed"})

FinishReason = Literal["stop", "length", "content_filter"]

UsageSource = Literal["reported", "estimated", "unknown"]

STARTED: Final = 1


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one turn.  `source` says where they come from; None is unknown, never 0."""

    prompt_tokens: int | None = None
    reply_tokens: int | None = None
    source: UsageSource = "unknown"


@dataclass(frozen=True, slots=True)
class Turn:
    """A prompt and its reply.

    `position` counts from 1 within the conversation, in the order of writing.  `follows` is the position of the turn
    that this one goes on behind, 0 for none; None where that is the one before it, as it nearly always is: `behind` is
    the position either way.  `upstream_prompt_id`, `upstream_reply_id` and `upstream_parent_id` are the upstream's ids;
    the parent is the reply id of the nearest turn that has one on the way back, and for a first turn a UUID of ours.
    `finish_reason` says why a finished reply ends, `length` where the model's limit cut it.  `reply_base`: see the
    module.
    `history_left_out` counts earlier messages that did not fit the model's context.  `message` is the upstream's final
    message object without its text.  `choice` says why it has its account, `titled` whether the reply brought the
    conversation's title.  Times are microseconds since the epoch.
    """

    id: int
    conversation_id: int
    position: int
    prompt: str
    reply: str
    state: TurnState
    account_id: int | None
    model: str | None
    upstream_prompt_id: str
    upstream_parent_id: str | None
    upstream_reply_id: str | None
    error_code: str | None
    error_sentence: str | None
    usage: Usage
    reply_base: int
    history_left_out: int
    finish_reason: FinishReason | None
    message: dict[str, object] | None
    created_at: int
    started_at: int | None
    ended_at: int | None
    choice: Explanation | None = None
    follows: int | None = None
    titled: bool = False

    @property
    def behind(self) -> int:
        return self.position - 1 if self.follows is None else self.follows


@dataclass(slots=True)
class Waiting:
    """Waiting for an account; `place` counts from 1.  Its number is 0: it says how things stand and is not kept."""

    place: int
    number: int = 0


@dataclass(slots=True)
class Started:
    number: int = STARTED


@dataclass(slots=True)
class TextAdded:
    """`pieces` are as the upstream sent them; joined they are the text that follows the previous event's."""

    pieces: list[str]
    number: int


@dataclass(slots=True)
class TextReplaced:
    """The upstream took its text back: the whole reply so far reads `text`."""

    text: str
    number: int


@dataclass(slots=True)
class Titled:
    title: str
    number: int


@dataclass(slots=True)
class Ended:
    """The reply is finished, stopped or failed: `turn` says which, and holds all of it."""

    turn: Turn
    number: int


ReplyEvent = Waiting | Started | TextAdded | TextReplaced | Titled | Ended


def text_number(base: int, length: int) -> int:
    return STARTED + base + length


def events_of_ended(turn: Turn, title: str | None, after: int) -> list[ReplyEvent]:
    """The events of a reply that has ended, from the record, behind number `after`."""
    events: list[ReplyEvent] = []
    if after < STARTED:
        events.append(Started())
    last = text_number(turn.reply_base, len(turn.reply))
    if after < last:
        seen = after - STARTED - turn.reply_base
        if seen < 0 and turn.reply_base:
            events.append(TextReplaced(turn.reply, last))
        elif turn.reply[max(0, seen) :]:
            events.append(TextAdded([turn.reply[max(0, seen) :]], last))
    if title is not None and after < last + 1:
        events.append(Titled(title, last + 1))
    if after < last + 2:
        events.append(Ended(turn, last + 2))
    return events
