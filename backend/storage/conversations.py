"""Conversations in the record.  A removed one stays as a row, invisible to every read but the list of the removed."""

# mypy: disable-error-code="import-untyped"

from dataclasses import replace
from typing import Any, Final

from peewee import Case, fn

from backend.domain.access import Scope
from backend.domain.conversations import Change, Conversation, Shelf, TagCount, retagged
from backend.domain.replies import Turn
from backend.storage.compiled import slot
from backend.storage.conversation_pages import LISTED, ConversationPages
from backend.storage.conversation_tags import ConversationTags
from backend.storage.database import Database
from backend.storage.rows import (
    CONVERSATION,
    conversation_of,
    preamble_of,
    slots,
    values_of_conversation,
    values_of_new_turn,
)
from backend.storage.scopes import Scoped
from backend.storage.tables import Conversations as Table
from backend.storage.text import keepable, keepable_or_none, to_json
from backend.storage.turns import insert_turn

EVERYTHING: Final = Shelf()
INSERTED: Final = (*(column for column in CONVERSATION if column not in {Table.tags, Table.removed_at}), Table.renamed)


class Conversations:
    def __init__(self, database: Database) -> None:
        self._database = database
        compiled = database.compile
        self._insert = compiled(Table.insert(slots(*INSERTED)))
        self._insert_turn = compiled(insert_turn())
        newest = Case(None, [(Table.updated_at < slot("now"), slot("now"))], Table.updated_at)
        title = Case(None, [(Table.renamed, Table.title)], slot("title"))
        self._entitle = compiled(
            Table.update({Table.title: title, Table.updated_at: newest})
            .where(Table.id == slot("id"))
            .returning(Table.title)
        )
        self._by_id = Scoped(database, lambda visible: seen(visible).where(Table.id == slot("id")))
        self._listed = Scoped(database, lambda visible: seen(visible, LISTED).where(Table.id == slot("id")))
        self._preamble = Scoped(database, preamble)
        self._by_external_id = Scoped(database, by_external_id)
        self._pages = ConversationPages(database)
        self._continuing = Scoped(database, continuing)
        self._change = Scoped(database, change)
        self._tags = ConversationTags(database)
        self._remove = Scoped(database, remove)
        self._restore = Scoped(database, restore)

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

    async def listed(self, scope: Scope, id: int) -> Conversation | None:
        """The same, as lists have it: without its `preamble`."""
        row = await self._database.one(self._listed[scope], caller_id=scope.user_id, id=id)
        return conversation_of(row) if row else None

    async def preamble(self, scope: Scope, id: int) -> tuple[tuple[str, str], ...]:
        """What came along with its first prompt, nothing where there is none in scope.  That of a removed one, too."""
        row = await self._database.one(self._preamble[scope], caller_id=scope.user_id, id=id)
        return preamble_of(row[0]) if row else ()

    async def by_external_id(self, scope: Scope, text: str) -> Conversation | None:
        """An imported one by its id on the old server, without its `preamble`; the newest where several users in scope
        have it."""
        row = await self._database.one(self._by_external_id[scope], caller_id=scope.user_id, text=text)
        return conversation_of(row) if row else None

    async def page(
        self, scope: Scope, first: int, after: tuple[int, int] | None = None, shelf: Shelf = EVERYTHING
    ) -> list[Conversation]:
        """Newest first, without their `preamble`; `after` is the (updated_at, id) of the last one seen."""
        return await self._pages.page(scope, first, after, shelf)

    async def removed(
        self, scope: Scope, first: int, since_us: int, after: tuple[int, int] | None = None
    ) -> list[Conversation]:
        """Those that were removed after `since_us`, the last removed first; `after` is a (removed_at, id)."""
        return await self._pages.removed(scope, first, since_us, after)

    async def tags(self, user_id: int) -> list[TagCount]:
        """The user's tags in the order of the alphabet, at most a thousand."""
        return await self._pages.tags(user_id)

    async def continuing(self, scope: Scope, id: int, first: int) -> list[Conversation]:
        """Those that continue the conversation of that id, newest first, without their `preamble`."""
        rows = await self._database.many(self._continuing[scope], caller_id=scope.user_id, id=id, first=first)
        return [conversation_of(row) for row in rows]

    async def entitle(self, id: int, title: str, now_us: int) -> str:
        """Give it the upstream's title unless a person has named it; the title that it now has."""
        row = await self._database.write(
            lambda connection: self._entitle.one(connection, id=id, title=keepable(title), now=now_us)
        )
        return row[0] if row else title

    async def change(self, scope: Scope, id: int, change: Change) -> Conversation | None:
        """What it now is; None where there is none in scope.  The time of its last event stays."""
        query = self._change[scope]
        tags = None if change.tags is None else tuple(map(keepable, change.tags))
        values = {
            "caller_id": scope.user_id,
            "id": id,
            "title": keepable_or_none(change.title),
            "retitle": change.title is not None,
            "pinned": change.pinned,
            "archived": change.archived,
            "retag": tags is not None,
            "tags": to_json(tags),
        }

        def job(connection: Any) -> Conversation | None:
            row = query.one(connection, **values)
            if row is None:
                return None
            changed = conversation_of(row)
            if change.add_tags or change.remove_tags:
                # In the one transaction, so that nobody's change of the other tags is lost.
                after = tuple(map(keepable, retagged(changed.tags, change)))
                query.one(connection, **values | {"retag": True, "tags": to_json(after)})
                changed = replace(changed, tags=after)
                self._tags.replace(connection, changed)
            elif tags is not None:
                self._tags.replace(connection, changed)
            return changed

        return await self._database.write(job)

    async def remove(self, scope: Scope, id: int, now_us: int) -> bool:
        """False where there is none in scope, or it was removed before."""
        query = self._remove[scope]
        return await self._database.write(
            lambda connection: query.one(connection, caller_id=scope.user_id, id=id, now=now_us) is not None
        )

    async def restore(self, scope: Scope, id: int, since_us: int) -> Conversation | None:
        """The conversation, back again if it was removed after `since_us`; None where there is none in scope.  One
        that was removed before comes as it is, with its `removed_at`."""
        query = self._restore[scope]
        row = await self._database.write(
            lambda connection: query.one(connection, caller_id=scope.user_id, id=id, since=since_us)
        )
        return conversation_of(row) if row else None


def seen(visible: Any, columns: tuple[Any, ...] = CONVERSATION) -> Any:
    return Table.select(*columns).where(visible(Table.user), Table.removed_at.is_null())


def by_external_id(visible: Any) -> Any:
    return seen(visible, LISTED).where(Table.external_id == slot("text")).order_by(Table.updated_at.desc())


def preamble(visible: Any) -> Any:
    return Table.select(Table.preamble).where(Table.id == slot("id"), visible(Table.user))


def continuing(visible: Any) -> Any:
    return seen(visible, LISTED).where(Table.continues == slot("id")).order_by(Table.id.desc()).limit(slot("first"))


def change(visible: Any) -> Any:
    given = {
        Table.title: fn.COALESCE(slot("title"), Table.title),
        Table.renamed: Table.renamed | slot("retitle"),
        Table.pinned: fn.COALESCE(slot("pinned"), Table.pinned),
        Table.archived: fn.COALESCE(slot("archived"), Table.archived),
        Table.tags: Case(None, [(slot("retag"), slot("tags"))], Table.tags),
    }
    return (
        Table.update(given)
        .where(Table.id == slot("id"), Table.removed_at.is_null(), visible(Table.user))
        .returning(*CONVERSATION)
    )


def remove(visible: Any) -> Any:
    return (
        Table.update({Table.removed_at: slot("now")})
        .where(Table.id == slot("id"), Table.removed_at.is_null(), visible(Table.user))
        .returning(Table.id)
    )


def restore(visible: Any) -> Any:
    """One that was never removed, too: it is as it should be."""
    late = Case(None, [(Table.removed_at <= slot("since"), Table.removed_at)])
    return (
        Table.update({Table.removed_at: late})
        .where(Table.id == slot("id"), visible(Table.user))
        .returning(*CONVERSATION)
    )
