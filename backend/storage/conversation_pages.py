"""Lists of conversations, each read from one end of an index, however it is filtered.

The ids of a page come first, by indexes alone: a page for each combination of archived and pinned that the list takes
in, of which the newest are the page.  Then their rows.
"""

# mypy: disable-error-code="import-untyped"

from functools import reduce
from itertools import product
from typing import Any, Final

from peewee import SQL, Select, Tuple, fn

from backend.domain.access import Scope
from backend.domain.conversations import Conversation, Shelf, TagCount
from backend.storage.compiled import Compiled, slot
from backend.storage.database import Database
from backend.storage.rows import CONVERSATION, NEWEST, conversation_of
from backend.storage.scopes import Scoped
from backend.storage.tables import Conversations as Table
from backend.storage.tables import ConversationTags as Tags
from backend.storage.text import keepable

MOST_LISTED_TAGS: Final = 1_000

# Lists go without what came along with a first prompt: that may be a whole conversation.
LISTED: Final = tuple(SQL("NULL") if column is Table.preamble else column for column in CONVERSATION)


class ConversationPages:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._pages: dict[tuple[bool | None, bool | None, bool], Scoped] = {}
        self._removed = Scoped(database, removed)
        self._tags = database.compile(tags())

    def query(self, scope: Scope, shelf: Shelf) -> Compiled:
        kind = (shelf.archived, shelf.pinned, shelf.tag is not None)
        if kind not in self._pages:
            self._pages[kind] = Scoped(self._database, lambda visible: page(visible, shelf))
        return self._pages[kind][scope]

    async def page(self, scope: Scope, first: int, after: tuple[int, int] | None, shelf: Shelf) -> list[Conversation]:
        updated_at, last_id = after or (NEWEST, NEWEST)
        place = {"updated_at": updated_at, "id": last_id, "first": first}
        key = None if shelf.tag is None else keepable(shelf.tag)
        rows = await self._database.many(self.query(scope, shelf), caller_id=scope.user_id, tag=key, **place)
        found = [conversation_of(row) for row in rows]
        return sorted(found, key=lambda one: (one.updated_at, one.id), reverse=True)

    async def removed(
        self, scope: Scope, first: int, since_us: int, after: tuple[int, int] | None = None
    ) -> list[Conversation]:
        """Those that were removed after `since_us`, the last removed first; `after` is a (removed_at, id)."""
        removed_at, last_id = after or (NEWEST, NEWEST)
        rows = await self._database.many(
            self._removed[scope],
            caller_id=scope.user_id,
            since=since_us,
            removed_at=removed_at,
            id=last_id,
            first=first,
        )
        return [conversation_of(row) for row in rows]

    async def tags(self, user_id: int) -> list[TagCount]:
        """The user's tags in the order of the alphabet, at most a thousand."""
        return [TagCount(row[0], row[1]) for row in await self._database.many(self._tags, user=user_id)]


def page(visible: Any, shelf: Shelf) -> Any:
    arms = [arm(visible, *standing, tagged=shelf.tag is not None) for standing in standings(shelf)]
    ids = newest(arms[0])
    if len(arms) > 1:
        pages: list[Any] = [Select([newest(each).alias("arm")], [SQL("id"), SQL("updated_at")]) for each in arms]
        ids = newest(reduce(lambda one, other: one.union_all(other), pages))
    ids = ids.alias("page")
    return Table.select(*LISTED).join(ids, on=Table.id == ids.c.id)


def newest(ids: Any) -> Any:
    return ids.order_by(SQL("updated_at DESC"), SQL("id DESC")).limit(slot("first"))


def standings(shelf: Shelf) -> list[tuple[bool, bool]]:
    """Every (archived, pinned) that is on the shelf."""
    both = (False, True)
    archived = both if shelf.archived is None else (shelf.archived,)
    pinned = both if shelf.pinned is None else (shelf.pinned,)
    return list(product(archived, pinned))


def arm(visible: Any, archived: bool, pinned: bool, *, tagged: bool) -> Any:
    table = Tags if tagged else Table
    id = Tags.conversation if tagged else Table.id
    conditions = [
        visible(table.user),
        table.archived == archived,
        table.pinned == pinned,
        table.removed_at.is_null(),
        Tuple(table.updated_at, id) < Tuple(slot("updated_at"), slot("id")),
    ]
    if tagged:
        conditions.append(Tags.key == slot("tag"))
    return table.select(id.alias("id"), table.updated_at.alias("updated_at")).where(*conditions)


def removed(visible: Any) -> Any:
    return (
        Table.select(*LISTED)
        .where(
            visible(Table.user),
            Table.removed_at > slot("since"),
            Tuple(Table.removed_at, Table.id) < Tuple(slot("removed_at"), slot("id")),
        )
        .order_by(Table.removed_at.desc(), Table.id.desc())
        .limit(slot("first"))
    )


def tags() -> Any:
    count = fn.COUNT(Tags.conversation)
    mine = Tags.select(fn.MIN(Tags.tag), count).where(Tags.user == slot("user"), Tags.removed_at.is_null())
    return mine.group_by(Tags.key).order_by(Tags.key).limit(MOST_LISTED_TAGS)
