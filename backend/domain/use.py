"""What was used: prompts, tokens and time, counted by the hour when a turn ends."""

from dataclasses import dataclass, fields
from typing import Final, Literal

HOUR: Final = 3_600_000_000  # microseconds
OWN_ACCOUNT: Final = "own"  # how the accounts that callers bring along are called in reports, all of them together

Dimension = Literal["time", "user", "client", "account", "model"]


@dataclass(frozen=True, slots=True)
class Counts:
    """`prompts` have ended: `finished`, `failed` or `stopped`.  Tokens are those that were reported and those that were
    estimated; `estimated` and `unknown` count the prompts whose tokens are no more than that."""

    prompts: int = 0
    finished: int = 0
    failed: int = 0
    stopped: int = 0
    reported_prompt_tokens: int = 0
    reported_reply_tokens: int = 0
    estimated_prompt_tokens: int = 0
    estimated_reply_tokens: int = 0
    estimated: int = 0
    unknown: int = 0
    milliseconds: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, name) + getattr(other, name) for name in COUNTS))

    @property
    def known(self) -> bool:
        """False where there were prompts and nothing is known of any one's tokens."""
        return not self.prompts or self.unknown < self.prompts


COUNTS: Final = tuple(field.name for field in fields(Counts))


@dataclass(frozen=True, slots=True)
class UseFilter:
    """None: any.  `client_id` is that of a client or admin: its own use and that of the users that it made."""

    user_id: int | None = None
    client_id: int | None = None
    account: str | None = None
    model: str | None = None


@dataclass(frozen=True, slots=True)
class UseRow:
    """What was used by what was asked for, None for the rest; `start` counts hours from the epoch.  Of what was asked
    for None says: no client, no account, no known model."""

    counts: Counts
    start: int | None = None
    user_id: int | None = None
    client_id: int | None = None
    account: str | None = None
    model: str | None = None
