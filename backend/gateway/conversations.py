"""Conversations: list them, open one, read its turns, remove it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from backend.domain.access import Action, Caller, Scope, own, require, widest
from backend.domain.conversations import Conversation
from backend.domain.ids import CONVERSATION, TURN, parse_id
from backend.domain.replies import Turn
from backend.errors import NotFound
from backend.gateway.pages import Page, check_size, read_cursor, write_cursor
from backend.storage.conversations import Conversations as ConversationRows
from backend.storage.turns import END, Turns

NO_SUCH_CONVERSATION: Final = "There is no such conversation among yours. Nothing was sent."


@dataclass(frozen=True, slots=True)
class Slice:
    """Which part of a conversation: the first turns behind a cursor, or the last ones before one."""

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None


class Conversations:
    def __init__(self, conversations: ConversationRows, turns: Turns, clock: Callable[[], float]) -> None:
        self._conversations = conversations
        self._turns = turns
        self._clock = clock

    async def page(
        self, caller: Caller, first: int = 30, after: str | None = None, *, everyone: bool = False
    ) -> Page[Conversation]:
        """The caller's conversations, newest first; with `everyone` all that it may look at."""
        require(caller, Action.READ_CONVERSATIONS)
        size = check_size(first)
        position = None if after is None else read_cursor(after, 2)
        scope = widest(caller) if everyone else own(caller)
        rows = await self._conversations.page(scope, size + 1, None if position is None else (position[0], position[1]))
        return Page(rows[:size], len(rows) > size, after is not None, lambda row: write_cursor(row.updated_at, row.id))

    async def get(self, caller: Caller, conversation_id: str) -> Conversation:
        """One that the caller may look at, by its id here or, if imported, its id on the old server."""
        require(caller, Action.READ_CONVERSATIONS)
        return await find_conversation(self._conversations, widest(caller), conversation_id)

    async def turn(self, caller: Caller, turn_id: str) -> tuple[Turn, Conversation]:
        require(caller, Action.READ_CONVERSATIONS)
        return await find_turn(self._turns, widest(caller), turn_id)

    async def turns(self, caller: Caller, conversation: Conversation, part: Slice) -> Page[Turn]:
        """Turns in their order; `conversation` comes from `get` or `page`, so the caller may look at it."""
        require(caller, Action.READ_CONVERSATIONS)
        before = None if part.before is None else read_cursor(part.before, 1, "before")[0]
        after = None if part.after is None else read_cursor(part.after, 1)[0]
        backwards = part.last is not None
        size = (
            check_size(part.last, "last")
            if part.last is not None
            else check_size(50 if part.first is None else part.first)
        )
        if backwards:
            rows = await self._turns.page(conversation.id, size + 1, before_position=END if before is None else before)
            more, rows = len(rows) > size, rows[-size:]
            return Page(rows, before is not None, more, lambda row: write_cursor(row.position))
        rows = await self._turns.page(conversation.id, size + 1, after_position=after)
        return Page(rows[:size], len(rows) > size, after is not None, lambda row: write_cursor(row.position))

    async def remove(self, caller: Caller, conversation_id: str) -> None:
        require(caller, Action.REMOVE_CONVERSATIONS)
        conversation = await find_conversation(self._conversations, widest(caller), conversation_id)
        if not await self._conversations.remove(widest(caller), conversation.id, int(self._clock() * 1_000_000)):
            raise NotFound(NO_SUCH_CONVERSATION)


async def find_conversation(rows: ConversationRows, scope: Scope, conversation_id: str) -> Conversation:
    """By its id here or, if imported, its id in its file.  Raises `NotFound`, also for what the scope hides."""
    number = parse_id(CONVERSATION, conversation_id)
    found = None if number is None else await rows.by_id(scope, number)
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
