"""Conversations: list them, open one, read its turns, remove it."""

from collections.abc import Callable
from typing import Final

from backend.domain.access import Action, Caller, Scope, own, require, widest
from backend.domain.conversations import Conversation
from backend.domain.ids import CONVERSATION, TURN, parse_id
from backend.domain.replies import Turn
from backend.errors import NotFound
from backend.gateway.pages import Page, check_size, read_cursor, write_cursor
from backend.gateway.paths import PathPage, Place, Slice, page_of, place_in
from backend.storage.conversations import Conversations as ConversationRows
from backend.storage.turns import Turns

NO_SUCH_CONVERSATION: Final = "There is no such conversation among yours. Nothing was sent."


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

    async def turns(self, caller: Caller, conversation: Conversation, part: Slice) -> PathPage:
        """Turns in their order, along one path; `conversation` comes from `get` or `page`, so the caller may look at
        it."""
        require(caller, Action.READ_CONVERSATIONS)
        return await page_of(self._turns, conversation.id, part, mine=conversation.user_id == caller.user_id)

    async def place(self, caller: Caller, turn: Turn) -> Place:
        """Where a turn, which comes from the gateway, stands among the others."""
        require(caller, Action.READ_CONVERSATIONS)
        mine = await self._turns.by_id(own(caller), turn.id) is not None
        return place_in(await self._turns.branches.family(turn.conversation_id, turn.behind), turn, mine=mine)

    async def remove(self, caller: Caller, conversation_id: str) -> None:
        require(caller, Action.REMOVE_CONVERSATIONS)
        conversation = await find_conversation(self._conversations, widest(caller), conversation_id)
        if not await self._conversations.remove(widest(caller), conversation.id, int(self._clock() * 1_000_000)):
            raise NotFound(NO_SUCH_CONVERSATION)


async def find_conversation(rows: ConversationRows, scope: Scope, conversation_id: str) -> Conversation:
    """By its id here or, if imported, its id on the old server.  Raises `NotFound`, also for what the scope hides."""
    number = parse_id(CONVERSATION, conversation_id)
    if number is not None:
        found = await rows.by_id(scope, number)
    else:
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
