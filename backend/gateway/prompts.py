"""What a caller asks, and where it stands."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from backend import errors
from backend.domain.accounts import Plan
from backend.domain.conversations import Conversation
from backend.domain.replies import Turn
from backend.gateway.own_accounts import OwnAccount
from backend.upstream.protocol import Message, Options

LONGEST_IDEMPOTENCY_KEY: Final = 200


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a caller asks.  `plan` chooses among the built-in accounts, for a new conversation; `own_account` takes the
    caller's own instead.  `history` is what was said before, for a new conversation that did not begin here.  The same
    `idempotency_key` from the same caller never asks an upstream twice.  `options` reach the account if it takes them;
    see `Reply.takes`.  The reply ends before the first of the texts in `stop`; see `stopping`.
    """

    text: str
    plan: Plan = "any"
    own_account: OwnAccount | None = None
    model: str | None = None
    history: tuple[Message, ...] = ()
    idempotency_key: str | None = None
    options: Options = ()
    stop: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a new conversation goes on: behind the turn at position `after`, on none of `not_these` accounts."""

    conversation_id: int
    after: int
    title: str
    not_these: tuple[tuple[int, str], ...]

    def fits(self, _: Turn, conversation: Conversation) -> bool:
        return conversation.continues_id == self.conversation_id


Fits = Callable[[Turn, Conversation], bool]
"""Whether what an idempotency key found is what is asked now."""


def anywhere(_turn: Turn, _conversation: Conversation) -> bool:
    return True


def check(prompt: Prompt, longest: int) -> None:
    """Raise `InvalidInput` for what no account can be asked; `longest` in characters."""
    if not prompt.text.strip():
        raise errors.InvalidInput("The prompt is blank. Write what you want to ask.", field="prompt", mistake="missing")
    if len(prompt.text) > longest:
        raise errors.InvalidInput(
            f"The prompt has {len(prompt.text):,} characters; this server takes {longest:,}.",
            field="prompt",
            mistake="length",
            longest=longest,
        )
    if prompt.idempotency_key is not None and not 0 < len(prompt.idempotency_key) <= LONGEST_IDEMPOTENCY_KEY:
        raise errors.InvalidInput(
            f"An idempotency key has 1 to {LONGEST_IDEMPOTENCY_KEY} characters.", field="idempotencyKey"
        )
