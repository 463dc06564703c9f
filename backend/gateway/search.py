"""Search in what the caller asked and was answered, and in the titles."""

import asyncio
from dataclasses import dataclass
from typing import Final, Literal

from backend.domain.access import Action, Caller, require
from backend.domain.conversations import Conversation
from backend.domain.replies import Turn
from backend.domain.words import Term, excerpt, found_in, terms_of
from backend.errors import InvalidInput
from backend.gateway.indexing import Indexing
from backend.gateway.pages import Page, check_size, read_cursor, write_cursor
from backend.storage import search as rows
from backend.storage.rows import NEWEST

LONGEST_SEARCH: Final = 200  # characters

Field = Literal["title", "prompt", "reply"]


@dataclass(frozen=True, slots=True)
class Found:
    """`marks` are (start, end) in characters of the excerpt.  `at` is when it was asked or begun, in microseconds since
    the epoch."""

    id: int
    conversation: Conversation
    turn: Turn | None
    field: Field
    excerpt: str
    marks: list[tuple[int, int]]
    at: int


@dataclass(frozen=True, slots=True)
class Results:
    """`up_to_date` is False where the index lacks some of what was said."""

    page: Page[Found]
    up_to_date: bool


class Search:
    def __init__(self, search: rows.Search, indexing: Indexing) -> None:
        self._search = search
        self._indexing = indexing

    async def page(self, caller: Caller, text: str, first: int = 20, after: str | None = None) -> Results:
        """What has all the words of `text`, the last of which may go on; the newest first.  The caller's own alone,
        whatever else its role may look at.  What had been said by then is found, unless the index is far behind."""
        require(caller, Action.READ_CONVERSATIONS)
        size, before = check_size(first), NEWEST if after is None else read_cursor(after, 1)[0]
        if not text.strip() or len(text) > LONGEST_SEARCH:
            reason = f"this one has {len(text)}" if text.strip() else "this one is blank"
            raise InvalidInput(
                f"A search has 1 to {LONGEST_SEARCH} characters; {reason}.",
                field="text",
                mistake="length",
                longest=LONGEST_SEARCH,
            )
        terms = terms_of(text)
        up_to_date = await self._indexing.freshen()
        hits = await self._search.page(caller.user_id, terms, size + 1, before) if terms else []
        shown = await asyncio.to_thread(lambda: [found_of(hit, terms) for hit in hits[:size]])
        page = Page(shown, len(hits) > size, after is not None, lambda found: write_cursor(found.id))
        return Results(page, up_to_date)


def found_of(hit: rows.Hit, terms: tuple[Term, ...]) -> Found:
    """The prompt is shown unless the reply has more of what was looked for."""
    turn, conversation = hit.turn, hit.conversation
    if turn is None:
        return Found(hit.id, conversation, None, "title", *excerpt(conversation.title, terms), conversation.created_at)
    in_prompt = found_in(turn.prompt, terms)
    in_reply = in_prompt < len(terms) and found_in(turn.reply, terms) > in_prompt
    field: Field = "reply" if in_reply else "prompt"
    return Found(
        hit.id, conversation, turn, field, *excerpt(turn.reply if in_reply else turn.prompt, terms), turn.created_at
    )
