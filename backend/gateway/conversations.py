"""Conversations: list them, open one, read its turns, put it in order, remove it and bring it back."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from backend.domain.access import Action, Caller, Scope, own, reach, reaches, require
from backend.domain.conversations import (
    Change,
    Conversation,
    Shelf,
    TagCount,
    checked_tag,
    checked_tags,
    checked_title,
    tag_key,
)
from backend.domain.ids import CONVERSATION, TURN, parse_id
from backend.domain.replies import Turn
from backend.errors import NotFound
from backend.gateway.answer_task import Live
from backend.gateway.answering import Answering
from backend.gateway.pages import Page, check_size, read_cursor, write_cursor
from backend.gateway.paths import PathPage, Place, Slice, page_of, place_in
from backend.storage.conversations import EVERYTHING
from backend.storage.conversations import Conversations as ConversationRows
from backend.storage.turns import Turns

NO_SUCH_CONVERSATION: Final = "There is no such conversation among yours. Nothing was sent."


class Conversations:
    def __init__(
        self,
        conversations: ConversationRows,
        turns: Turns,
        answering: Answering,
        live: Live,
        clock: Callable[[], float],
    ) -> None:
        self._conversations = conversations
        self._turns = turns
        self._answering = answering
        self._live = live
        self._clock = clock

    async def page(
        self, caller: Caller, first: int = 30, after: str | None = None, shelf: Shelf = EVERYTHING
    ) -> Page[Conversation]:
        """The caller's conversations on that shelf, newest first."""
        require(caller, Action.READ_CONVERSATIONS)
        size, position = check_size(first), place_of(after)
        if shelf.tag is not None:
            shelf = replace(shelf, tag=tag_key(checked_tag(shelf.tag)))
        rows = await self._conversations.page(own(caller), size + 1, position, shelf)
        return Page(rows[:size], len(rows) > size, after is not None, lambda row: write_cursor(row.updated_at, row.id))

    async def removed(self, caller: Caller, first: int = 30, after: str | None = None) -> Page[Conversation]:
        """The caller's conversations that can still be restored, the last removed first."""
        require(caller, Action.READ_CONVERSATIONS)
        size, position = check_size(first), place_of(after)
        rows = await self._conversations.removed(own(caller), size + 1, self._restorable_since(), position)
        return Page(
            rows[:size], len(rows) > size, after is not None, lambda row: write_cursor(row.removed_at or 0, row.id)
        )

    async def tags(self, caller: Caller) -> list[TagCount]:
        """The caller's tags in the order of the alphabet, at most a thousand."""
        require(caller, Action.READ_CONVERSATIONS)
        return await self._conversations.tags(caller.user_id)

    async def get(self, caller: Caller, conversation_id: str) -> Conversation:
        """One that the caller may look at, by its id here or, if imported, its id on the old server; without its
        `preamble`, as lists have it."""
        require(caller, Action.READ_CONVERSATIONS)
        return await find_conversation(self._conversations, reach(caller, Action.READ_CONVERSATIONS), conversation_id)

    async def preamble(self, caller: Caller, conversation: Conversation) -> tuple[tuple[str, str], ...]:
        """What came along with a conversation's first prompt, as (role, text) pairs; `conversation` comes from `get` or
        `page`."""
        require(caller, Action.READ_CONVERSATIONS)
        return await self._conversations.preamble(reach(caller, Action.READ_CONVERSATIONS), conversation.id)

    async def turn(self, caller: Caller, turn_id: str) -> tuple[Turn, Conversation]:
        require(caller, Action.READ_CONVERSATIONS)
        return await find_turn(self._turns, reach(caller, Action.READ_CONVERSATIONS), turn_id)

    async def turns(self, caller: Caller, conversation: Conversation, part: Slice) -> PathPage:
        """Turns in their order, along one path; `conversation` comes from `get` or `page`, so the caller may look at
        it."""
        require(caller, Action.READ_CONVERSATIONS)
        mine = reaches(caller, Action.CHAT, conversation.user_id) and conversation.removed_at is None
        return await page_of(self._turns, conversation.id, part, mine=mine)

    async def place(self, caller: Caller, turn: Turn) -> Place:
        """Where a turn, which comes from the gateway, stands among the others."""
        require(caller, Action.READ_CONVERSATIONS)
        mine = await self._turns.by_id(reach(caller, Action.CHAT), turn.id) is not None
        return place_in(await self._turns.branches.family(turn.conversation_id, turn.behind), turn, mine=mine)

    async def change(self, caller: Caller, conversation_id: str, change: Change) -> Conversation:
        """Rename one of the caller's own, pin, archive or tag it; what is None stays as it is.  Its place in the list
        stays too.  A title that a person gave is never replaced by the upstream's."""
        require(caller, Action.ORGANIZE_CONVERSATIONS)
        change = replace(
            change,
            title=None if change.title is None else checked_title(change.title),
            tags=None if change.tags is None else checked_tags(change.tags),
            add_tags=checked_tags(change.add_tags),
            remove_tags=checked_tags(change.remove_tags),
        )
        found = await find_conversation(
            self._conversations, reach(caller, Action.ORGANIZE_CONVERSATIONS), conversation_id
        )
        changed = await self._conversations.change(reach(caller, Action.ORGANIZE_CONVERSATIONS), found.id, change)
        if changed is None:
            raise NotFound(NO_SUCH_CONVERSATION)
        if change.title is not None:
            self._answering.named(changed.id, changed.title)
        return changed

    async def remove(self, caller: Caller, conversation_id: str) -> None:
        """A reply that is being written in it is stopped; what was written is kept, and is there again once the
        conversation is restored."""
        require(caller, Action.REMOVE_CONVERSATIONS)
        conversation = await find_conversation(
            self._conversations, reach(caller, Action.REMOVE_CONVERSATIONS), conversation_id
        )
        if not await self._conversations.remove(
            reach(caller, Action.REMOVE_CONVERSATIONS), conversation.id, self._now()
        ):
            raise NotFound(NO_SUCH_CONVERSATION)
        self._answering.stop_all(conversation.id)

    async def restore(self, caller: Caller, conversation_id: str) -> Conversation:
        """Bring back what the caller may remove.  One that is not removed stays as it is."""
        require(caller, Action.REMOVE_CONVERSATIONS)
        number = parse_id(CONVERSATION, conversation_id)
        since = self._restorable_since()
        found = (
            None
            if number is None
            else await self._conversations.restore(reach(caller, Action.REMOVE_CONVERSATIONS), number, since)
        )
        if found is None:
            raise NotFound("There is no such conversation among yours. Nothing was restored.")
        if found.removed_at is not None:
            within = self._live.restore_within
            rule = f"this server restores within {shown_duration(within)}" if within else "this server restores none"
            raise NotFound(f"This conversation was removed and cannot be restored any more: {rule}.")
        return found

    def can_change(self, caller: Caller, conversation: Conversation) -> bool:
        require(caller, Action.READ_CONVERSATIONS)
        theirs = reaches(caller, Action.ORGANIZE_CONVERSATIONS, conversation.user_id)
        return theirs and conversation.removed_at is None

    def can_remove(self, caller: Caller, conversation: Conversation) -> bool:
        require(caller, Action.READ_CONVERSATIONS)
        return reaches(caller, Action.REMOVE_CONVERSATIONS, conversation.user_id) and conversation.removed_at is None

    def can_restore(self, caller: Caller, conversation: Conversation) -> bool:
        require(caller, Action.READ_CONVERSATIONS)
        if not reaches(caller, Action.REMOVE_CONVERSATIONS, conversation.user_id):
            return False
        return conversation.removed_at is not None and conversation.removed_at > self._restorable_since()

    def _restorable_since(self) -> int:
        return self._now() - int(self._live.restore_within * 1_000_000)

    def _now(self) -> int:
        return int(self._clock() * 1_000_000)


def place_of(after: str | None) -> tuple[int, int] | None:
    if after is None:
        return None
    time, id = read_cursor(after, 2)
    return time, id


def shown_duration(seconds: float) -> str:
    for length, name in ((86_400, "days"), (3_600, "hours"), (60, "minutes")):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {name}"
    return f"{seconds:g} seconds"


async def find_conversation(rows: ConversationRows, scope: Scope, conversation_id: str) -> Conversation:
    """By its id here or, if imported, its id in its file; without its `preamble`.  Raises `NotFound`, also for what the
    scope hides."""
    number = parse_id(CONVERSATION, conversation_id)
    found = None if number is None else await rows.listed(scope, number)
    if found is None:  # also what looks like an id of ours: it may be that of another server's export
        found = await rows.by_external_id(scope, conversation_id)
    if found is None:
        raise NotFound(NO_SUCH_CONVERSATION)
    return found


async def find_turn(turns: Turns, scope: Scope, turn_id: str) -> tuple[Turn, Conversation]:
    number = parse_id(TURN, turn_id)
    found = None if number is None else await turns.by_id(scope, number)
    if found is None:
        raise NotFound("There is no such turn among yours.")
    return found
