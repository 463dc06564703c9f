"""Going on with a conversation elsewhere: a new one on another account, which is told what was said before."""

from dataclasses import replace
from typing import Final

from backend.domain.access import Action, Caller, reach, reaches, require, widest
from backend.domain.choice import SENTENCES
from backend.domain.conversations import Conversation
from backend.domain.replies import ENDED, Turn
from backend.gateway.answer_task import MOST_HISTORY
from backend.gateway.chat import Chat
from backend.gateway.conversations import find_conversation
from backend.gateway.live_replies import Reply
from backend.gateway.prompts import Origin, Prompt
from backend.storage.conversations import Conversations
from backend.storage.turns import Turns
from backend.upstream.protocol import Message

MOST_CONTINUATIONS: Final = 20  # of one conversation that are shown


class Elsewhere:
    def __init__(self, chat: Chat, conversations: Conversations, turns: Turns) -> None:
        self._chat = chat
        self._conversations = conversations
        self._turns = turns

    async def go_on(self, caller: Caller, conversation_id: str, prompt: Prompt) -> Reply:
        """Begin a new conversation that goes on where one of the caller's own stands, never on that one's account.

        The old one stays as it is.  The account may be any other that suits the prompt's plan and the caller.
        """
        require(caller, Action.CHAT)
        old = await find_conversation(self._conversations, reach(caller, Action.CHAT), conversation_id)
        past = await self._turns.path(old.id, MOST_HISTORY)
        told = [turn for turn in past if turn.state in ENDED and turn.reply]
        theirs = {old.account_id, *(turn.account_id for turn in past)}
        not_these = tuple((account_id, SENTENCES["left"]) for account_id in theirs if account_id is not None)
        origin = Origin(old.id, told[-1].position if told else 0, old.title, not_these)
        preamble = await self._conversations.preamble(reach(caller, Action.CHAT), old.id)
        return await self._chat.send(caller, replace(prompt, history=history_of(preamble, told)), origin)

    def can_go_on(self, caller: Caller, conversation: Conversation) -> bool:
        require(caller, Action.READ_CONVERSATIONS)
        return reaches(caller, Action.CHAT, conversation.user_id) and conversation.removed_at is None

    async def origin(self, caller: Caller, conversation: Conversation) -> Conversation | None:
        """The conversation that this one continues; None where it continues none that the caller may look at."""
        require(caller, Action.READ_CONVERSATIONS)
        if conversation.continues_id is None:
            return None
        return await self._conversations.listed(widest(caller), conversation.continues_id)

    async def continuations(self, caller: Caller, conversation: Conversation) -> list[Conversation]:
        """The conversations that continue this one, the newest first."""
        require(caller, Action.READ_CONVERSATIONS)
        return await self._conversations.continuing(widest(caller), conversation.id, MOST_CONTINUATIONS)


def history_of(preamble: tuple[tuple[str, str], ...], told: list[Turn]) -> tuple[Message, ...]:
    messages = [Message(role, text) for role, text in preamble]  # type: ignore[arg-type]
    for turn in told:
        messages += [Message("user", turn.prompt), Message("assistant", turn.reply)]
    return tuple(messages)
