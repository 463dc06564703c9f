"""How the turns of a conversation branch: its forks (see `domain.branches`), and the way back from a turn.

A conversation without forks is read without any of this.
"""

# mypy: disable-error-code="import-untyped"

from dataclasses import dataclass
from typing import Any, Final

from peewee import JOIN, SQL, fn

from backend.domain.branches import Branches as Tree
from backend.domain.branches import Fork, Version
from backend.domain.replies import Turn
from backend.storage.compiled import slot
from backend.storage.database import Database
from backend.storage.rows import TURN, turn_of
from backend.storage.tables import Turns as Table

_OF_CONVERSATION: Final = Table.conversation == slot("conversation")


@dataclass(frozen=True, slots=True)
class Family:
    """The id of the turn that some turns follow, None for first turns, and those turns in order."""

    follows_id: int | None
    versions: tuple[Version, ...]


class Branches:
    def __init__(self, database: Database) -> None:
        self._database = database
        compiled = database.compile
        self._forks = compiled(forks())
        self._family = compiled(family())
        self._way_back = compiled(way_back())
        self._position = compiled(Table.select(Table.position).where(_OF_CONVERSATION, Table.id == slot("id")))
        self._reply_above = compiled(reply_above())
        first, firsts = Table.position == slot("first"), Table.follows == slot("behind")
        turns = Table.select(*TURN).where(_OF_CONVERSATION)
        self._first_turns = compiled(turns.where(first).union_all(turns.where(firsts)))
        self._first_identified = compiled(
            Table.select(Table.upstream_parent_id)
            .where(_OF_CONVERSATION, Table.upstream_reply_id.is_null(False))
            .order_by(Table.position)
            .limit(1)
        )

    async def of(self, conversation_id: int) -> Tree | None:
        """None where the conversation has no forks."""
        rows = await self._database.many(self._forks, conversation=conversation_id)
        if not rows:
            return None
        found = [Fork(Version(*row[:3]), row[3]) for row in rows]
        firstlings = {row[3]: Version(*row[4:7]) for row in rows if row[4] is not None}
        return Tree(found, firstlings, rows[0][7])

    async def family(self, conversation_id: int, behind: int) -> Family:
        """The turns that follow the one at position `behind`."""
        rows = await self._database.many(self._family, conversation=conversation_id, behind=behind)
        follows_id = next((row[0] for row in rows if row[1] == behind), None)
        versions = [Version(*row[:3]) for row in rows if row[1] != behind and row[3] in (None, behind)]
        return Family(follows_id, tuple(sorted(versions, key=lambda version: version.position)))

    async def position(self, conversation_id: int, turn_id: int) -> int | None:
        """None where the turn is none of that conversation's."""
        row = await self._database.one(self._position, conversation=conversation_id, id=turn_id)
        return row[0] if row else None

    async def way_back(self, conversation_id: int, end: int, most: int) -> list[Turn]:
        """The path's last turns up to the one at position `end`, at most so many, ascending."""
        rows = await self._database.many(self._way_back, conversation=conversation_id, end=end, most=most)
        return sorted(map(turn_of, rows), key=lambda turn: turn.position)

    async def reply_above(self, conversation_id: int, position: int) -> str | None:
        """The upstream's id of the nearest reply that has one, from the turn at `position` on the way back."""
        row = await self._database.one(self._reply_above, conversation=conversation_id, end=position)
        return row[0] if row else None

    async def first_turns(self, conversation_id: int) -> list[Turn]:
        """In order."""
        rows = await self._database.many(self._first_turns, conversation=conversation_id, first=1, behind=0)
        return sorted(map(turn_of, rows), key=lambda turn: turn.position)

    async def root(self, conversation_id: int) -> str | None:
        """What the first prompt that reached the upstream named as its parent; None where that was not kept."""
        row = await self._database.one(self._first_identified, conversation=conversation_id)
        return row[0] if row else None


def are_there() -> Any:
    """Whether the conversation has forks: a column of other queries, looked up once in each."""
    fork = Table.alias("fork")
    # A comparison, and not IS NOT NULL, leads SQLite to the index of forks.
    return fn.EXISTS(fork.select(fork.id).where(fork.conversation == slot("conversation"), fork.follows >= 0))


def forks() -> Any:
    """With each fork the turn that followed the same one before, as the next one, and the newest turn's position."""
    first, last = Table.alias("first"), Table.alias("last")
    newest = last.select(fn.MAX(last.position)).where(last.conversation == slot("conversation"))
    the_next = (
        (first.conversation == slot("conversation")) & (first.position == Table.follows + 1) & first.follows.is_null()
    )
    return (
        Table.select(
            *(Table.id, Table.position, Table.created_at, Table.follows),
            *(first.id, first.position, first.created_at),
            newest,
        )
        .join(first, JOIN.LEFT_OUTER, on=the_next)
        .where(_OF_CONVERSATION, Table.follows >= 0)
    )


def family() -> Any:
    columns = (Table.id, Table.position, Table.created_at, Table.follows)
    near = Table.select(*columns).where(_OF_CONVERSATION, Table.position.in_((slot("behind"), slot("behind") + 1)))
    return near.union_all(Table.select(*columns).where(_OF_CONVERSATION, Table.follows == slot("behind")))


def behind(table: Any) -> Any:
    return fn.COALESCE(table.follows, table.position - 1)


def backwards(path: Any) -> Any:
    """Nothing follows a later turn; a record that was edited so must not lead round in circles."""
    return path.c.behind < path.c.position


def way_back() -> Any:
    start, step = Table.alias("start"), Table.alias("step")
    path = (
        start.select(start.id, start.position, behind(start), SQL("1"))
        .where(start.conversation == slot("conversation"), start.position == slot("end"))
        .cte("path", recursive=True, columns=("id", "position", "behind", "length"))
    )
    further = (
        step.select(step.id, step.position, behind(step), path.c.length + 1)
        .join(path, on=step.position == path.c.behind)
        .where(step.conversation == slot("conversation"), path.c.length < slot("most"), backwards(path))
    )
    path = path.union_all(further)
    # By id and in no order: by position, SQLite would go through the whole conversation.
    return Table.select(*TURN).join(path, on=Table.id == path.c.id).with_cte(path)


def reply_above() -> Any:
    """Nearly always the first step is the last."""
    start, step = Table.alias("start"), Table.alias("step")
    path = (
        start.select(start.position, behind(start), start.upstream_reply_id)
        .where(start.conversation == slot("conversation"), start.position == slot("end"))
        .cte("path", recursive=True, columns=("position", "behind", "reply_id"))
    )
    further = (
        step.select(step.position, behind(step), step.upstream_reply_id)
        .join(path, on=step.position == path.c.behind)
        .where(step.conversation == slot("conversation"), path.c.reply_id.is_null(), backwards(path))
    )
    path = path.union_all(further)
    return path.select_from(path.c.reply_id).where(path.c.reply_id.is_null(False))
