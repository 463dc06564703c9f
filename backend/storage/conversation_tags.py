"""The tags of conversations, each in a row of its own beside the list that its conversation has."""

from typing import Any, Final

from backend.domain.conversations import Conversation, tag_key
from backend.storage.compiled import slot
from backend.storage.database import Database
from backend.storage.rows import columns, slots
from backend.storage.tables import ConversationTags as Table
from backend.storage.text import keepable

TAG: Final = columns(Table, "conversation key tag user updated_at archived pinned removed_at")


class ConversationTags:
    def __init__(self, database: Database) -> None:
        self._delete = database.compile(Table.delete().where(Table.conversation == slot("conversation")))
        self._insert = database.compile(Table.insert(slots(*TAG)))

    def replace(self, connection: Any, conversation: Conversation) -> None:
        """Within a transaction of whoever calls: the rows are those of the tags that it has now."""
        self._delete.run(connection, conversation=conversation.id)
        repeated = {
            "conversation": conversation.id,
            "user": conversation.user_id,
            "updated_at": conversation.updated_at,
            "archived": conversation.archived,
            "pinned": conversation.pinned,
            "removed_at": conversation.removed_at,
        }
        for tag in conversation.tags:
            self._insert.run(connection, **repeated, tag=keepable(tag), key=keepable(tag_key(tag)))
