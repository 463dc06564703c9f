"""Conversations: titled, ordered lists of turns, each pinned to one account."""

from dataclasses import dataclass
from typing import Final, Literal

TITLE_LENGTH: Final = 60

ImportSource = Literal["legacy", "chatgpt", "export"]
"""Of the old server, of ChatGPT's own export, or of an export of this server."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """`account_id` is None until its first turn has an account, and for good where an imported one has none here.
    `external_id` is the id that an imported one has in its file, `imported_from` what kind of file that was.
    `preamble` holds the messages that came along with the first prompt, as (role, text) pairs.  `continues_id` is the
    conversation that this one continues elsewhere, `continues_after` the position of the last turn that it took over.
    Times are microseconds since the epoch.
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
    imported_from: ImportSource | None = None


def derive_title(prompt: str) -> str:
    """A title from the first prompt: its first line of words, cut at a word."""
    line = next((" ".join(line.split()) for line in prompt.splitlines() if line.strip()), "")
    line = line.lstrip("#>*- ").strip() or "New conversation"
    if len(line) <= TITLE_LENGTH:
        return line
    cut = line[: TITLE_LENGTH - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[TITLE_LENGTH // 2 :] else cut).rstrip(" ,.;:") + "…"
