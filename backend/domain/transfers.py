"""Conversations that come in files, whichever program wrote them, and the report of what became of them.

A report is honest: what was not taken is counted under a reason, with the first few examples, and so is what was left
out of a conversation that was taken, such as its images.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Final

from backend.domain.conversations import derive_title
from backend.domain.replies import FinishReason, TurnState, Usage

LONGEST_ID: Final = 200  # of a conversation, a message, a model
LONGEST_TITLE: Final = 500
MOST_TURNS: Final = 50_000  # of one conversation
MOST_EXAMPLES: Final = 10
UNKNOWN: Final = Usage()
FIRST, LAST = -62_000_000_000, 250_000_000_000  # seconds since the epoch that a date can be made of

REASONS: Final = {
    "not_a_conversation": "It is not a conversation in the form of its file.",
    "nothing_said": "It has no prompt and no reply that is text.",
    "no_id": "It has no id by which a second import would know it again.",
    "too_long": "It is longer than this server keeps in one conversation.",
    "longer_now": "It is here already, but longer in the file; what is here was left as it is.",
    "not_yours": "It belongs to another user; a user imports into its own record only.",
    "no_such_user": "Its user is not in the record. Import users.json first, or together with it.",
    "ambiguous_user": "Several users of the record have its user's id. Import it together with users.json.",
    "broken_file": "The file breaks off or is not JSON from here on. What stood before it was taken.",
    "broken_part": "This file of the archive cannot be read.",
}


class Unreadable(Exception):
    """A record that is not taken; the text is a key of `REASONS`, `shown` names the record to a person."""

    def __init__(self, reason: str, shown: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.shown = shown


@dataclass(frozen=True, slots=True)
class ImportedTurn:
    """`follows` is the position of the turn that it goes on behind, 0 for none, None for the one before it.  Times are
    microseconds since the epoch.  `message` is the upstream's final message without its text."""

    prompt: str
    reply: str
    state: TurnState
    created_at: int
    ended_at: int
    started_at: int | None = None
    model: str | None = None
    prompt_id: str | None = None
    reply_id: str | None = None
    error: tuple[str, str] | None = None
    usage: Usage = UNKNOWN
    finish_reason: FinishReason | None = None
    message: dict[str, object] | None = None
    follows: int | None = None


@dataclass(frozen=True, slots=True)
class ImportedConversation:
    """`id` is its id in the file.  `account` is the e-mail of the account that wrote it, where the file says so.
    `left_out` counts what it held besides text."""

    id: str
    title: str
    turns: tuple[ImportedTurn, ...]
    created_at: int
    updated_at: int
    preamble: tuple[tuple[str, str], ...] = ()
    account: str | None = None
    pinned: bool = False
    archived: bool = False
    tags: tuple[str, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class NotTaken:
    count: int = 0
    examples: list[str] = field(default_factory=list)


@dataclass(slots=True)
class ImportReport:
    """`known` were here already and stay as they are, except that `pinned` ones of them have now found their account;
    `left_out` counts what was left out of those taken."""

    conversations: int = 0
    turns: int = 0
    known: int = 0
    pinned: int = 0
    not_taken: dict[str, NotTaken] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)

    def refuse(self, reason: str, shown: str) -> None:
        entry = self.not_taken.setdefault(reason, NotTaken())
        entry.count += 1
        if len(entry.examples) < MOST_EXAMPLES:
            entry.examples.append(shown[:LONGEST_ID])

    def shown(self) -> dict[str, object]:
        """As programs read it."""
        return {
            "conversations": self.conversations,
            "turns": self.turns,
            "known": self.known,
            "notTaken": [
                {"code": code, "sentence": REASONS[code], "count": entry.count, "examples": entry.examples}
                for code, entry in self.not_taken.items()
            ],
            "leftOut": [{"what": what, "count": count} for what, count in sorted(self.left_out.items())],
        }

    def lines(self) -> list[str]:
        """As people read it."""
        said = [f"{self.conversations} conversations with {self.turns} turns were imported."]
        if self.known:
            said.append(f"{self.known} were here already and stay as they are.")
        if self.pinned:
            said.append(f"{self.pinned} of those can be followed up now that their account is configured.")
        for code, entry in self.not_taken.items():
            said.append(f"{entry.count} not taken. {REASONS[code]}")
            said += [f"    {example}" for example in entry.examples]
            if entry.count > len(entry.examples):
                said.append(f"    and {entry.count - len(entry.examples)} more")
        said += [f"{count} left out: {what}" for what, count in sorted(self.left_out.items())]
        return said


def object_of(value: object) -> Mapping[str, object]:
    """The value, if it is an object; else an empty one."""
    return value if isinstance(value, dict) else {}


def text_of(value: object) -> str:
    return value if isinstance(value, str) else ""


def short(value: object) -> str | None:
    """A text that is fit for an id; None for anything else."""
    return value if isinstance(value, str) and 0 < len(value) <= LONGEST_ID and value.isprintable() else None


def title_of(value: object, first_prompt: str) -> str:
    title = " ".join(text_of(value).split())
    return title[:LONGEST_TITLE] or derive_title(first_prompt)


def micros(value: object) -> int | None:
    """Seconds since the epoch, as a number, in microseconds; None for what is no time."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not FIRST < value < LAST:
        return None
    return round(value * 1_000_000)


def micros_of_text(value: object, zone: tzinfo = UTC) -> int | None:
    """A time such as `2023-03-04 05:06:07.890123`, in `zone` where it names none."""
    if not isinstance(value, str):
        return None
    try:
        when = datetime.fromisoformat(value.strip())
        seconds = (when if when.tzinfo else when.replace(tzinfo=zone)).timestamp()
    except (ValueError, OverflowError):
        return None
    return round(seconds * 1_000_000)
