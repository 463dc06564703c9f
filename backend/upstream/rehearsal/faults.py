"""Faults: what the rehearsal upstream can do wrong on command, and the queue from which tests script them."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

Endpoint = Literal["chat", "title", "models", "sign_in"]
Step = Literal["csrf", "signin", "authorize", "identifier", "password", "resume", "callback", "session", "token"]
AnswerKind = Literal[
    "limit", "limit-clears-in", "limit-bare", "unauthorized", "human-check", "human-check-json", "banned", "lost",
    "too-long", "broken", "edge-page", "reset", "hang", "stall-headers", "gzip-bomb", "huge-body", "redirect",
    "bad-body",
]  # fmt: skip
ReplyKind = Literal[
    "stall", "drip", "cut", "hang-up", "hang-mid", "bad-json", "bad-utf8", "unknown-events", "no-done", "no-end",
    "huge", "stream-error", "replaced", "truncated", "several-messages", "moderation", "max-tokens", "titled",
]  # fmt: skip
FaultKind = Literal[AnswerKind, ReplyKind, "expired", "pass", "locked", "changed-page"]
ANSWER_KINDS: Final = frozenset(get_args(AnswerKind))
SIGN_IN_KINDS: Final[Mapping[str, Step]] = {"locked": "password", "changed-page": "identifier"}
LONGEST_PAUSE: Final = 600.0  # seconds, of those that a prompt may ask for
LARGEST_ASKED: Final = 1 << 26  # bytes, likewise


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to go wrong.

    `seconds` is how long a stall lasts, when a limit clears, or the time between two bytes of a drip, `after` the
    number of pieces of text that come before a fault in mid-reply, `size` bytes of those that send too much (unpacked,
    of a bomb), `step` the page of the sign-in at which it strikes, `location` where a redirect points.
    """

    kind: FaultKind
    seconds: float | None = None
    after: int = 3
    size: int | None = None
    step: Step | None = None
    location: str | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """A `/rehearse` line of a prompt: its first word and the number behind it."""

    word: str
    number: float | None


# By kind: what it does, in a sentence for `/rehearse help`, and what a number behind it means.
MEANINGS: Final[Mapping[FaultKind, tuple[str, Literal["seconds", "bytes"] | None]]] = {
    "stall": ("silence in mid-reply, then the rest", "seconds"),
    "stall-headers": ("silence before the answer, then the whole reply", "seconds"),
    "drip": ("the reply comes one byte at a time", None),
    "cut": ("the connection is reset in mid-reply", None),
    "hang-up": ("the connection is closed in mid-reply", None),
    "hang-mid": ("nothing comes any more in mid-reply", None),
    "hang": ("no answer at all, and the connection stays open", None),
    "reset": ("the connection is reset before any answer", None),
    "limit": ("429 with a Retry-After header", "seconds"),
    "limit-clears-in": ("429 that says in its body when the limit clears", "seconds"),
    "limit-bare": ("429 that does not say for how long", None),
    "expired": ("the account's tokens end now; after a new sign-in the prompt is answered", None),
    "unauthorized": ("401, whatever the token", None),
    "human-check": ("403 with the page of a human check", None),
    "human-check-json": ("403 that asks for a human check in JSON", None),
    "banned": ("403: the account is deactivated", None),
    "lost": ("404: the conversation is unknown", None),
    "too-long": ("413: the prompt is too long", None),
    "broken": ("500 with JSON", None),
    "edge-page": ("502 with the page of an edge proxy", None),
    "redirect": ("302 to another host", None),
    "gzip-bomb": ("a small compressed body that unpacks to a large one", "bytes"),
    "huge-body": ("a body of JSON that does not end for long", "bytes"),
    "huge": ("an event that does not end for long, in mid-reply", "bytes"),
    "bad-body": ("200 with a body that is not JSON", None),
    "bad-json": ("an event in mid-reply that is not JSON", None),
    "bad-utf8": ("bytes in mid-reply that are not UTF-8", None),
    "unknown-events": ("events of unknown types, comments and CRLF in between", None),
    "no-done": ("the reply is whole but its end mark is missing", None),
    "no-end": ("the stream ends politely before the reply does", None),
    "stream-error": ("an error event in mid-reply", None),
    "replaced": ("the text so far is taken back and replaced", None),
    "truncated": ("the end of the text so far is taken back", None),
    "several-messages": ("a first message and a tool's before the real reply", None),
    "moderation": ("moderation blocks the reply half-way", None),
    "max-tokens": ("the reply ends at the model's limit", None),
    "titled": ("the upstream names the conversation by itself in mid-reply", None),
}

_COMMAND: Final = re.compile(r"^[ \t]*/rehearse[ \t]+([\w-]+)(?:[ \t]+(\d{1,9}(?:\.\d{1,3})?))?[ \t\r]*$", re.MULTILINE)


def command_of(prompt: str) -> Command | None:
    """The last `/rehearse` line, because a prompt may quote earlier ones."""
    found = _COMMAND.findall(prompt)
    if not found:
        return None
    word, number = found[-1]
    return Command(word.lower(), float(number) if number else None)


def fault_of(command: Command | None) -> Fault | None:
    """The fault that a command asks for; None where it asks for none."""
    if command is None:
        return None
    for kind, (_, unit) in MEANINGS.items():
        if kind == command.word:
            seconds = None if command.number is None else min(command.number, LONGEST_PAUSE)
            size = None if command.number is None else min(int(command.number), LARGEST_ASKED)
            return Fault(kind, seconds=seconds if unit == "seconds" else None, size=size if unit == "bytes" else None)
    return None


def _fits(fault: Fault, endpoint: Endpoint) -> bool:
    if fault.step is not None and endpoint != "sign_in":
        return False
    if endpoint == "chat":
        return fault.kind not in SIGN_IN_KINDS
    return fault.kind in ANSWER_KINDS or fault.kind == "pass" or (endpoint == "sign_in" and fault.kind in SIGN_IN_KINDS)


class FaultScript:
    """A queue of faults.  Each is used up by the first request that it fits; `pass` lets one go by unharmed."""

    def __init__(self) -> None:
        self._queue: list[tuple[Endpoint, str | None, Fault]] = []
        self._empty = asyncio.Event()
        self._empty.set()

    def next(self, *faults: Fault, account: str | None = None, endpoint: Endpoint = "chat") -> None:
        """Queue faults, one per request.  `account` is an e-mail address, None for whichever comes."""
        for fault in faults:
            if not _fits(fault, endpoint):
                raise ValueError(f"{fault.kind} (step {fault.step}) cannot happen at the {endpoint} endpoint")
            self._queue.append((endpoint, account, fault))
            self._empty.clear()

    def take(self, endpoint: Endpoint, account: str | None, step: Step | None = None) -> Fault | None:
        for place, (of, email, fault) in enumerate(self._queue):
            fits_step = step is None or step == (fault.step or SIGN_IN_KINDS.get(fault.kind, "csrf"))
            if of == endpoint and email in (None, account) and fits_step:
                del self._queue[place]
                if not self._queue:
                    self._empty.set()
                return fault
        return None

    def clear(self) -> None:
        self._queue.clear()
        self._empty.set()

    async def used_up(self) -> None:
        """Returns when everything that was queued has been met."""
        await self._empty.wait()

    @property
    def pending(self) -> tuple[Fault, ...]:
        """What was queued and not met yet; a test that leaves some behind tested less than it says."""
        return tuple(fault for _, _, fault in self._queue)
