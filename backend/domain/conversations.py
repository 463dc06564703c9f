"""Conversations: titled, ordered lists of turns, each pinned to one account."""

from dataclasses import dataclass
from typing import Final

TITLE_LENGTH: Final = 60


@dataclass(frozen=True, slots=True)
class Conversation:
    """`account_id` is None only until its first turn has an account.  `external_id` is its id on the old server, for
    imported ones.  `preamble` holds the messages that came along with the first prompt, as (role, text) pairs.
    `continues_id` is the conversation that this one continues elsewhere, `continues_after` the position of the last
    turn that it took over.  Times are microseconds since the epoch.
    """

    id: int
    user_id: int
    title: str
    account_id: int | None
    upstream_id: str | None
    external_id: str | None
    preamble: tuple[tuple[str, str], ...]
    created_at: int
    updated_at: int
    continues_id: int | None = None
    continues_after: int | None = None


def derive_title(prompt: str) -> str:
    """A title from the first prompt: its first line of words, cut at a word."""
    line = next((" ".join(line.split()) for line in prompt.splitlines() if line.strip()), "")
    line = line.lstrip("#>*- ").strip() or "New conversation"
    if len(line) <= TITLE_LENGTH:
        return line
    cut = line[: TITLE_LENGTH - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[TITLE_LENGTH // 2 :] else cut).rstrip(" ,.;:") + "…"
