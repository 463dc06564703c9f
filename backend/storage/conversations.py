"""Conversations in the record.  A removed one stays as a row, invisible to every read."""

# mypy: disable-error-code="import-untyped"

from typing import Any, Final

from peewee import SQL, Case, Tuple

from backend.domain.access import Scope
from backend.domain.conversations import Conversation
from backend.domain.replies import Turn
from backend.storage.compiled import slot
from backend.storage.database import Database
from backend.storage.rows import (
    CONVERSATION,
    NEWEST,
    conversation_of,
    slots,
    values_of_conversation,
    values_of_new_turn,
)
from backend.storage.scopes import Scoped
from backend.storage.tables import Conversations as Table
from backend.storage.text import keepable
from backend.storage.turns import insert_turn


class Conversations:
    def __init__(self, database: Database) -> None:
        self._database = database
        compiled = database.compile
        self._insert = compiled(Table.insert(slots(*CONVERSATION)))
        self._insert_turn = compiled(insert_turn())
        newest = Case(None, [(Table.updated_at < slot("now"), slot("now"))], Table.updated_at)
        self._rename = compiled(
            Table.update({Table.title: slot("title"), Table.updated_at: newest}).where(Table.id == slot("id"))
        )
        self._by_id = Scoped(database, lambda visible: seen(visible).where(Table.id == slot("id")))
        self._by_external_id = Scoped(database, by_external_id)
        self._page = Scoped(database, page)
        self._continuing = Scoped(database, continuing)
        self._remove = Scoped(database, remove)

    async def begin(self, conversation: Conversation, turn: Turn, idempotency_key: str | None = None) -> None:
        """Save a new conversation and its first turn in one transaction.  Raises `AlreadyExists` with `field`
        idempotency_key, and keeps neither, where the user has used that key."""
        insert, insert_first = self._insert, self._insert_turn
        values = values_of_conversation(conversation)
        first = values_of_new_turn(turn) | {"user": conversation.user_id, "idempotency_key": idempotency_key}

        def job(connection: Any) -> None:
            insert.run(connection, **values)
            insert_first.run(connection, **first)

        await self._database.write(job)

    async def by_id(self, scope: Scope, id: int) -> Conversation | None:
        row = await self._database.one(self._by_id[scope], caller_id=scope.user_id, id=id)
        return conversation_of(row) if row else None

    async def by_external_id(self, scope: Scope, text: str) -> Conversation | None:
        """An imported one by its id on the old server; the newest where several users in scope have it."""
        row = await self._database.one(self._by_external_id[scope], caller_id=scope.user_id, text=text)
        return conversation_of(row) if row else None

    async def page(self, scope: Scope, first: int, after: tuple[int, int] | None = None) -> list[Conversation]:
        """Newest first, without their `preamble`; `after` is the (updated_at, id) of the last one seen."""
        updated_at, last_id = after or (NEWEST, NEWEST)
        rows = await self._database.many(
            self._page[scope], caller_id=scope.user_id, updated_at=updated_at, id=last_id, first=first
        )
        return [conversation_of(row) for row in rows]

    async def continuing(self, scope: Scope, id: int, first: int) -> list[Conversation]:
        """Those that continue the conversation of that id, newest first, without their `preamble`."""
        rows = await self._database.many(self._continuing[scope], caller_id=scope.user_id, id=id, first=first)
        return [conversation_of(row) for row in rows]

    async def rename(self, id: int, title: str, now_us: int) -> None:
        await self._database.write(
            lambda connection: self._rename.run(connection, id=id, title=keepable(title), now=now_us)
        )

    async def remove(self, scope: Scope, id: int, now_us: int) -> bool:
        """False where there is none in scope, or it was removed before."""
        query = self._remove[scope]
        return await self._database.write(
            lambda connection: query.one(connection, caller_id=scope.user_id, id=id, now=now_us) is not None
        )


# Lists go without what came along with a first prompt: that may be a whole conversation.
LISTED: Final = tuple(SQL("NULL") if column is Table.preamble else column for column in CONVERSATION)


def seen(visible: Any, columns: tuple[Any, ...] = CONVERSATION) -> Any:
    return Table.select(*columns).where(visible(Table.user), Table.removed_at.is_null())


def by_external_id(visible: Any) -> Any:
    return seen(visible).where(Table.external_id == slot("text")).order_by(Table.updated_at.desc())


def continuing(visible: Any) -> Any:
    return seen(visible, LISTED).where(Table.continues == slot("id")).order_by(Table.id.desc()).limit(slot("first"))


def page(visible: Any) -> Any:
    return (
        seen(visible, LISTED)
        .where(Tuple(Table.updated_at, Table.id) < Tuple(slot("updated_at"), slot("id")))
        .order_by(Table.updated_at.desc(), Table.id.desc())
        .limit(slot("first"))
    )


def remove(visible: Any) -> Any:
    return (
        Table.update({Table.removed_at: slot("now")})
        .where(Table.id == slot("id"), Table.removed_at.is_null(), visible(Table.user))
        .returning(Table.id)
    )
