"""Conversations: titled, ordered lists of turns, each pinned to one account."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from backend.errors import InvalidInput

TITLE_LENGTH: Final = 60
LONGEST_LOOK: Final = 1_000  # characters of a prompt that its title may come from
LONGEST_TITLE: Final = 200  # of one that a person gives
LONGEST_TAG: Final = 50
MOST_TAGS: Final = 20

ImportSource = Literal["legacy", "chatgpt", "export"]
"""Of the old server, of ChatGPT's own export, or of an export of this server."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """`account_id` is None until its first turn has an account, and for good where an imported one has none here.
    `upstream_id` without an account is that of one that the old server began with its user's own access token.
    `external_id` is the id that an imported one has in its file, `imported_from` what kind of file that was.
    `preamble` holds the messages that came along with the first prompt, as (role, text) pairs, where they were read:
    they may be a whole conversation.  `continues_id` is the conversation that this one continues elsewhere,
    `continues_after` the position of the last turn that it took over.
    `removed_at` is set while it lies among the removed.  Times are microseconds since the epoch.
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
    pinned: bool = False
    archived: bool = False
    tags: tuple[str, ...] = ()
    removed_at: int | None = None
    imported_from: ImportSource | None = None

    @property
    def of_own_account(self) -> bool:
        """Whether it came from the old server, and goes on with a token of the account that began it there."""
        return self.imported_from == "legacy" and self.account_id is None and self.upstream_id is not None


@dataclass(frozen=True, slots=True)
class Shelf:
    """Which of somebody's conversations are listed; None is both.  `tag` is compared as `tag_key` has it."""

    archived: bool | None = None
    pinned: bool | None = None
    tag: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a conversation; None leaves it as it is.  `tags` are all that it has; those that are added or
    taken off leave what others made of the rest meanwhile."""

    title: str | None = None
    pinned: bool | None = None
    archived: bool | None = None
    tags: tuple[str, ...] | None = None
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TagCount:
    """A tag of somebody's, and how many of their conversations have it."""

    tag: str
    conversations: int


def checked_title(title: str) -> str:
    """A title that a person gave, without the blanks around it.  Raises `InvalidInput`."""
    title = " ".join(title.split())
    if not 1 <= len(title) <= LONGEST_TITLE:
        reason = f"it has {len(title)}" if title else "it is blank"
        raise InvalidInput(
            f"A title has 1 to {LONGEST_TITLE} characters; {reason}.",
            field="title",
            mistake="length",
            longest=LONGEST_TITLE,
        )
    return title


def checked_tag(tag: str) -> str:
    tag = " ".join(tag.split())
    if not 1 <= len(tag) <= LONGEST_TAG:
        reason = f"this one has {len(tag)}" if tag else "one is blank"
        raise InvalidInput(
            f"A tag has 1 to {LONGEST_TAG} characters; {reason}.", field="tags", mistake="length", longest=LONGEST_TAG
        )
    return tag


def checked_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags in their order, each once: the first of those that differ in upper and lower case alone.  Raises
    `InvalidInput`."""
    once: dict[str, str] = {}
    for tag in map(checked_tag, tags):
        once.setdefault(tag_key(tag), tag)
        if len(once) > MOST_TAGS:
            raise InvalidInput(
                f"A conversation has at most {MOST_TAGS} tags.", field="tags", mistake="too_many", most=MOST_TAGS
            )
    return tuple(once.values())


def retagged(tags: Iterable[str], change: Change) -> tuple[str, ...]:
    """The tags after what is added and taken off.  Raises `InvalidInput` where they are too many."""
    off = {tag_key(tag) for tag in change.remove_tags}
    return checked_tags([*(tag for tag in tags if tag_key(tag) not in off), *change.add_tags])


def tag_key(tag: str) -> str:
    """The tag as it is compared: upper and lower case are one."""
    return unicodedata.normalize("NFKC", tag.casefold())


def derive_title(prompt: str) -> str:
    """A title from the first prompt: its first line of words, cut at a word."""
    first = prompt.lstrip()[:LONGEST_LOOK].splitlines()
    line = " ".join(first[0].split()) if first else ""
    line = line.lstrip("#>*- ").strip() or "New conversation"
    if len(line) <= TITLE_LENGTH:
        return line
    cut = line[: TITLE_LENGTH - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[TITLE_LENGTH // 2 :] else cut).rstrip(" ,.;:") + "…"
