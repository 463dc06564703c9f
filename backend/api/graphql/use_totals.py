"""Sums of use, as the schema shows them."""

from typing import Any

import strawberry
from strawberry import field

from backend.domain.use import Counts


@strawberry.type(description="What was used.  A prompt counts in the hour in which its reply ended.")
class UseTotals:
    prompts: int = field(description="Prompts whose reply has ended.")
    finished: int = field(description="Those whose reply is whole.")
    failed: int = field(description="Those that failed.")
    stopped: int = field(description="Those that somebody stopped.")
    prompt_tokens: float | None = field(
        description="Tokens of the prompts as far as they are known; null where none of them are."
    )
    reply_tokens: float | None = field(
        description="Tokens of the replies as far as they are known; null where none of them are."
    )
    estimated_tokens: float = field(description="How many of those tokens are estimated and not reported.")
    estimated_prompts: int = field(description="Prompts whose tokens are estimated and not reported.")
    unknown_tokens: int = field(description="Prompts whose tokens are not known, and are in none of the sums.")
    seconds: float = field(description="Seconds in which accounts were writing replies.")


def values_of(counts: Counts) -> dict[str, Any]:
    prompt_tokens = float(counts.reported_prompt_tokens + counts.estimated_prompt_tokens)
    reply_tokens = float(counts.reported_reply_tokens + counts.estimated_reply_tokens)
    return {
        "prompts": counts.prompts,
        "finished": counts.finished,
        "failed": counts.failed,
        "stopped": counts.stopped,
        "prompt_tokens": prompt_tokens if counts.known else None,
        "reply_tokens": reply_tokens if counts.known else None,
        "estimated_tokens": float(counts.estimated_prompt_tokens + counts.estimated_reply_tokens),
        "estimated_prompts": counts.estimated,
        "unknown_tokens": counts.unknown,
        "seconds": counts.milliseconds / 1000,
    }
