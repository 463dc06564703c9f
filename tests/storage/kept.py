"""What the tests keep in a record, and how they make it."""

import itertools
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from typing import Any, Protocol

from backend.domain.access import Role, Scope
from backend.domain.conversations import Conversation
from backend.domain.keys import Key
from backend.domain.replies import Turn, Usage
from backend.domain.users import User
from backend.storage.accounts import Accounts
from backend.storage.conversations import Conversations
from backend.storage.database import Database
from backend.storage.keys import Keys
from backend.storage.receipts import Receipts
from backend.storage.signing import Signing
from backend.storage.turns import Turns
from backend.storage.use import Use
from backend.storage.users import Users

NOW = 1_800_000_000.0
NOW_US = 1_800_000_000_000_000


@dataclass
class Kept:
    """The database with its files of queries, and makers of what goes in."""

    database: Database
    users: Users
    keys: Keys
    accounts: Accounts
    conversations: Conversations
    turns: Turns
    receipts: Receipts
    use: Use
    next_id: Callable[[], int]

    async def user(self, name: str, role: Role = "user", owner: User | None = None, **more: Any) -> User:
        made = User(self.next_id(), name, role, False, owner.id if owner else None, None, NOW_US)
        made = replace(made, **more)
        await self.users.create(made)
        return made

    def key(self, user: User, **more: Any) -> Key:
        return replace(Key(self.next_id(), user.id, "key", "laptop", "cas_abcd", NOW_US, None, None, None), **more)

    def conversation(self, user: User, **more: Any) -> Conversation:
        made = Conversation(self.next_id(), user.id, "Tides", None, None, None, (), NOW_US, NOW_US)
        return replace(made, **more)

    def turn(self, conversation: Conversation, position: int = 1, **more: Any) -> Turn:
        turn_id, prompt_id = self.next_id(), f"prompt-{position}"
        made = Turn(
            turn_id, conversation.id, position, "Why tides?", "", "waiting", None, None, prompt_id, None, None,
            None, None, Usage(), 0, 0, None, None, NOW_US + position, None, None,
        )  # fmt: skip
        return replace(made, **more)

    async def last(self, conversation: Conversation) -> Turn:
        turn = await self.turns.last_of(conversation.id)
        assert turn is not None
        return turn

    async def now(self, conversation: Conversation) -> Conversation:
        """The conversation as it is in the record now."""
        found = await self.conversations.by_id(Scope("own", conversation.user_id), conversation.id)
        assert found is not None
        return found

    async def begun(self, user: User, key: str | None = None, **more: Any) -> tuple[Conversation, Turn]:
        conversation = self.conversation(user, **more)
        turn = self.turn(conversation)
        await self.conversations.begin(conversation, turn, key)
        return conversation, turn


def kept_in(database: Database) -> Kept:
    numbers = itertools.count(1 << 60)
    receipts = Receipts(database, Signing([b"a master secret of thirty-two by"]))
    return Kept(
        database,
        Users(database),
        Keys(database),
        Accounts(database),
        Conversations(database),
        Turns(database, receipts),
        receipts,
        Use(database),
        lambda: next(numbers),
    )


class Reopen(Protocol):
    """Opens the same record once more, as another process would."""

    def __call__(self) -> AbstractAsyncContextManager[Kept]: ...
