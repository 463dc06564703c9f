"""Tokens: what the upstream reports, an estimate where it reports nothing."""

from backend.domain.replies import Usage

CHARACTERS_PER_TOKEN = 4  # OpenAI's rule of thumb for English text


def estimate(text: str) -> int:
    """A rough count of tokens, for cutting a history and for usage that is marked as estimated."""
    return -(-len(text) // CHARACTERS_PER_TOKEN)


def usage_of(prompt: str, reply: str, prompt_tokens: int | None, reply_tokens: int | None, *, started: bool) -> Usage:
    """The usage of a turn.  `started` is False where nothing is known to have reached the upstream."""
    if prompt_tokens is not None and reply_tokens is not None:
        return Usage(prompt_tokens, reply_tokens, "reported")
    if not started:
        return Usage()
    return Usage(estimate(prompt), estimate(reply), "estimated")
