"""Conversations that come into the record whole, and the list of those that leave it."""

# mypy: disable-error-code="import-untyped"

from collections.abc import Sequence
from typing import Any

from peewee import fn

from backend.domain.access import Scope
from backend.domain.conversations import Conversation
from backend.domain.replies import Turn
from backend.storage.compiled import slot
from backend.storage.conversation_tags import ConversationTags
from backend.storage.conversations import INSERTED
from backend.storage.database import Database
from backend.storage.rows import slots, values_of_conversation, values_of_new_turn
from backend.storage.scopes import Scoped
from backend.storage.tables import Conversations, Turns
from backend.storage.text import keepable, to_json
from backend.storage.turns import insert_turn


class Transfers:
    def __init__(self, database: Database) -> None:
        self._database = database
        compiled = database.compile
        self._known = compiled(
            Conversations.select(Conversations.id).where(
                Conversations.user == slot("user"),
                (Conversations.external_id == slot("external_id")) | (Conversations.id == slot("own_id")),
            )
        )
        self._turns = compiled(Turns.select(fn.COUNT(Turns.id)).where(Turns.conversation == slot("conversation")))
        self._insert = compiled(Conversations.insert(slots(*INSERTED, Conversations.tags)))
        self._tags = ConversationTags(database)
        self._insert_turn = compiled(insert_turn())
        pinned = {Conversations.account: slot("account"), Conversations.upstream_id: Conversations.external_id}
        self._pin = compiled(
            Conversations.update(pinned)
            .where(
                Conversations.user == slot("user"),
                Conversations.external_id == slot("external_id"),
                Conversations.account.is_null(),
                Conversations.imported_from == "legacy",
            )
            .returning(Conversations.id)
        )
        self._ids = Scoped(database, ids)

    async def keep(self, conversation: Conversation, turns: Sequence[Turn], own_id: int | None = None) -> int | None:
        """Save an imported conversation with all its turns, or nothing where its user has one of that `external_id`, or
        of the id `own_id` that it had here: then answers how many turns that one has.  Removed ones count too."""
        tags = to_json(tuple(map(keepable, conversation.tags))) if conversation.tags else None
        values = values_of_conversation(conversation) | {"tags": tags}
        rows = [values_of_new_turn(turn) | {"user": conversation.user_id, "idempotency_key": None} for turn in turns]

        def job(connection: Any) -> int | None:
            known = self._known.one(
                connection, user=conversation.user_id, external_id=conversation.external_id, own_id=own_id
            )
            if known is not None:
                count = self._turns.one(connection, conversation=known[0])
                return int(count[0]) if count is not None else 0
            self._insert.run(connection, **values)
            if conversation.tags:
                self._tags.replace(connection, conversation)
            for row in rows:
                self._insert_turn.run(connection, **row)
            return None

        return await self._database.write(job)

    async def pin(self, user_id: int, external_id: str, account_id: int) -> bool:
        """A conversation of the old server that had no account here has one now.  False where it is otherwise."""
        return await self._database.write(
            lambda connection: (
                self._pin.one(connection, user=user_id, external_id=external_id, account=account_id) is not None
            )
        )

    async def ids(self, scope: Scope) -> list[int]:
        """Of the conversations in scope, the oldest first."""
        return [row[0] for row in await self._database.many(self._ids[scope], caller_id=scope.user_id)]


def ids(visible: Any) -> Any:
    return (
        Conversations.select(Conversations.id)
        .where(visible(Conversations.user), Conversations.removed_at.is_null())
        .order_by(Conversations.created_at, Conversations.id)
    )
