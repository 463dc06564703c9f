"""The full-text index: what was said and how conversations are called, found newest first.

One entry per turn, and one per conversation for its title, under the id of that turn or conversation: ids ascend with
time and no two are alike.  The words are cut by `domain.words` and looked up as they are, so that both databases find
the same.  Whose an entry is stands among its words, which keeps the words of others out of a search; the rows that a
hit leads to are checked once more by the query itself.  An index has to gather all words that begin alike before it can
give the newest; so each user's words are listed, too, and a word that may go on is looked for as each of those.

Triggers of the record put each turn that ends, and each new title, into `search_queue`; an entry leaves the queue in
the transaction that indexes it.  What was there before the index is taken from the newest to the oldest; how far that
has come stands in `search_backfill`.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from backend.domain.conversations import Conversation
from backend.domain.replies import ENDED, Turn
from backend.domain.words import Term, goes_on, words_of
from backend.storage.compiled import Compiled, Connection, Row, Slot
from backend.storage.database import Database
from backend.storage.rows import CONVERSATION, TURN, conversation_of, turn_of

LONGEST_TEXT: Final = 500_000  # characters of a prompt or a reply that are looked through
RECENT: Final = (1_000, 8_000)  # entries among which PostgreSQL looks for a page before it asks the index of words
FEW: Final = 200  # entries of all users together that SQLite looks through for a rare word
MOST_WAYS: Final = 256  # in which a word that is looked for may go on, the shortest first
MOST_LISTED: Final = 20_000  # words that are remembered as listed, some 3 MB
LAST: Final = "\U0010ffff"  # sorts behind every character


@dataclass(frozen=True, slots=True)
class Hit:
    """`turn` is None where it is the title that was found.  `id` is the entry's place in the order of hits."""

    id: int
    conversation: Conversation
    turn: Turn | None


@dataclass(frozen=True, slots=True)
class Entry:
    id: int
    owner: int
    text: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Entries to be kept, the `numbers` by which they stood in the queue, or the id of the last turn that was looked at
    on the way back."""

    entries: list[Entry]
    numbers: list[int]
    back_to: int | None = None


def columns_of(table: str, columns: Iterable[Any]) -> str:
    return ", ".join("NULL" if column.name == "preamble" else f"{table}.{column.column_name}" for column in columns)


FOUND: Final = f"s.id, {columns_of('c', CONVERSATION)}, {columns_of('t', TURN)}"
ITS_ROWS: Final = "LEFT JOIN turns t ON t.id = s.id JOIN conversations c ON c.id = COALESCE(t.conversation_id, s.id)"
STILL_THERE: Final = "c.user_id = {0} AND c.removed_at IS NULL"
TEXTS: Final = (
    f"t.id, t.conversation_id, t.state, t.position, SUBSTR(t.prompt, 1, {LONGEST_TEXT}), "
    f"SUBSTR(t.reply, 1, {LONGEST_TEXT}), c.id, c.user_id, c.title"
)


@dataclass(frozen=True, slots=True)
class Pages:
    """`whole`: the query gives all hits of the page or nothing at all; for no hits it gives a row of NULLs."""

    query: Compiled
    whole: bool = False


class Index(Protocol):
    """How one kind of database keeps words."""

    def pages(self) -> Sequence["Pages"]:
        """Queries that give a page of hits; each but the last may give fewer than there are."""
        ...

    def asked(self, owner: int | None, ways: Sequence[Sequence[str]]) -> str:
        """A search for one word of each group, among the words of everybody with None."""
        ...

    def keep(self, connection: Connection, entry: Entry) -> None: ...

    def learn(self, connection: Connection, owner: int, words: Sequence[str]) -> None:
        """List words of a user, once each."""
        ...


class Search:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._index: Index = PostgreSQLIndex() if database.dialect == "postgresql" else SQLiteIndex()
        self._pages = self._index.pages()
        self._listed: set[tuple[int, str]] = set()
        mark = "%s" if database.dialect == "postgresql" else "?"
        number, first, before = Slot("number"), Slot("first"), Slot("before")
        self._words = Compiled(
            f"SELECT word FROM search_vocabulary WHERE owner = {mark} AND word > {mark} AND word < {mark} "  # noqa: S608
            f"ORDER BY LENGTH(word), word LIMIT {MOST_WAYS}",
            (Slot("owner"), Slot("word"), Slot("last")),
        )
        self._any_queued = Compiled("SELECT number FROM search_queue LIMIT 1", ())
        self._queued = Compiled(
            f"SELECT q.number, {TEXTS} FROM search_queue q LEFT JOIN turns t ON t.id = q.id "  # noqa: S608
            f"LEFT JOIN conversations c ON c.id = COALESCE(t.conversation_id, q.id) ORDER BY q.number LIMIT {mark}",
            (first,),
        )
        self._take_off = Compiled(f"DELETE FROM search_queue WHERE number = {mark}", (number,))  # noqa: S608
        self._standing = Compiled("SELECT before FROM search_backfill", ())
        self._older = Compiled(
            f"SELECT NULL, {TEXTS} FROM turns t JOIN conversations c ON c.id = t.conversation_id "  # noqa: S608
            f"WHERE t.id < {mark} ORDER BY t.id DESC LIMIT {mark}",
            (before, first),
        )
        self._go_back = Compiled(f"UPDATE search_backfill SET before = {mark}", (before,))  # noqa: S608
        self._all_there = Compiled("DELETE FROM search_backfill", ())

    async def page(self, user_id: int, terms: Sequence[Term], first: int, before: int) -> list[Hit]:
        """The user's entries that have all the terms, newest first, with ids below `before`.  Needs a term."""
        ways = [await self._ways(user_id, term) for term in terms]
        asked, of_anybody = self._index.asked(user_id, ways), self._index.asked(None, ways)
        values = {"asked": asked, "of_anybody": of_anybody, "before": before, "user": user_id, "first": first}
        rows: list[Row] = []
        for pages in self._pages:
            rows = await self._database.many(pages.query, **values)
            if len(rows) == first or (rows and pages.whole):
                break
        return [hit_of(row) for row in rows if row[0] is not None]

    async def _ways(self, user_id: int, term: Term) -> list[str]:
        if not term.prefix:
            return [term.word]
        found = await self._database.many(self._words, owner=user_id, word=term.word, last=term.word + LAST)
        return [term.word, *(row[0] for row in found)]

    async def is_behind(self) -> bool:
        """Whether something that was said since the index began is not in it."""
        return await self._database.one(self._any_queued) is not None

    async def is_whole(self) -> bool:
        """Whether what was there before the index is in it, too."""
        return await self._database.one(self._standing) is None

    async def next_batch(self, most: int) -> Batch | None:
        """What is to be indexed next, None where all is; the newest first, so that what has just been said is found
        while an old record is still being taken in."""
        if await self.is_behind():
            rows = await self._database.many(self._queued, first=most)
            return Batch(entries_of(rows), [row[0] for row in rows])
        standing = await self._database.one(self._standing)
        if standing is None:
            return None
        rows = await self._database.many(self._older, before=standing[0], first=most)
        return Batch(entries_of(rows), [], rows[-1][1] if rows else 0)

    async def keep(self, batch: Batch) -> None:
        entries = sorted(batch.entries, key=lambda entry: entry.id)  # FTS5 takes ascending ids in one go
        words: dict[int, set[str]] = {}
        for entry in entries:
            fresh = (word for word in entry.text.split() if goes_on(word) and (entry.owner, word) not in self._listed)
            words.setdefault(entry.owner, set()).update(fresh)

        def job(connection: Connection) -> None:
            for entry in entries:
                self._index.keep(connection, entry)
            for owner, news in words.items():
                if news:
                    self._index.learn(connection, owner, sorted(news))
            for number in batch.numbers:
                self._take_off.run(connection, number=number)
            if batch.back_to == 0:
                self._all_there.run(connection)
            elif batch.back_to is not None:
                self._go_back.run(connection, before=batch.back_to)

        await self._database.write(job)
        if len(self._listed) > MOST_LISTED:
            self._listed.clear()
        self._listed.update((owner, word) for owner, news in words.items() for word in news)


class SQLiteIndex:
    """FTS5 without the texts themselves.  It walks the entries of a word backwards and stops at the page's end.

    To find the end of the entries of somebody who has many it goes through all of them, roughly; so a rare word is
    first looked for alone, and whose its few entries are is seen from their rows.
    """

    def __init__(self) -> None:
        self._put = Compiled("INSERT OR REPLACE INTO search (rowid, words) VALUES (?, ?)", (Slot("id"), Slot("words")))
        self._learn = Compiled(
            "INSERT OR IGNORE INTO search_vocabulary (owner, word) SELECT ?, value FROM json_each(?)",
            (Slot("owner"), Slot("words")),
        )

    def pages(self) -> Sequence[Pages]:
        asked, of_anybody, before = Slot("asked"), Slot("of_anybody"), Slot("before")
        user, first = Slot("user"), Slot("first")
        found = FOUND.replace("s.id", "s.rowid", 1)
        few = Compiled(
            f"WITH few AS MATERIALIZED (SELECT rowid AS id FROM search WHERE search MATCH ? AND rowid < ? "  # noqa: S608
            f"ORDER BY rowid DESC LIMIT {FEW}) SELECT f.* FROM (SELECT COUNT(*) AS number FROM few) n LEFT JOIN "
            f"(SELECT {FOUND.replace('s.id', 's.id AS hit', 1)} FROM few s {ITS_ROWS} "
            f"WHERE {STILL_THERE.format('?')} ORDER BY s.id DESC LIMIT ?) f ON TRUE "
            f"WHERE n.number < {FEW} ORDER BY f.hit DESC",
            (of_anybody, before, user, first),
        )
        walk = Compiled(
            f"SELECT {found} FROM search s {ITS_ROWS.replace('s.id', 's.rowid')} WHERE s.search MATCH ? "  # noqa: S608
            f"AND s.rowid < ? AND {STILL_THERE.format('?')} ORDER BY s.rowid DESC LIMIT ?",
            (asked, before, user, first),
        )
        return Pages(few, whole=True), Pages(walk)

    def asked(self, owner: int | None, ways: Sequence[Sequence[str]]) -> str:
        groups = ("(" + " OR ".join(f'"{word}"' for word in words) + ")" for words in ways)
        return " AND ".join((*(() if owner is None else (f'"{owner_word(owner)}"',)), *groups))

    def keep(self, connection: Connection, entry: Entry) -> None:
        self._put.run(connection, id=entry.id, words=f"{owner_word(entry.owner)} {entry.text}")

    def learn(self, connection: Connection, owner: int, words: Sequence[str]) -> None:
        self._learn.run(connection, owner=owner, words=json.dumps(words))


class PostgreSQLIndex:
    """A tsvector under a GIN index, which knows no order.  A common word is therefore looked for among the user's
    newest entries, then among more of them, and a word that has no page of hits there is rare enough to be sorted."""

    def __init__(self) -> None:
        self._put = Compiled(
            "INSERT INTO search (id, owner, words) VALUES (%s, %s, array_to_tsvector(%s::text[])) "
            "ON CONFLICT (id) DO UPDATE SET words = EXCLUDED.words",
            (Slot("id"), Slot("owner"), Slot("words")),
        )
        self._learn = Compiled(
            "INSERT INTO search_vocabulary (owner, word) SELECT %s, unnest(%s::text[]) ON CONFLICT DO NOTHING",
            (Slot("owner"), Slot("words")),
        )

    def pages(self) -> Sequence[Pages]:
        asked, before, user, first = Slot("asked"), Slot("before"), Slot("user"), Slot("first")
        end = f"{STILL_THERE.format('%s')} ORDER BY s.id DESC LIMIT %s"
        newest = (
            Compiled(
                f"SELECT {FOUND} FROM (SELECT id, words FROM search WHERE owner = %s AND id < %s "  # noqa: S608
                f"ORDER BY id DESC LIMIT {recent}) s {ITS_ROWS} WHERE s.words @@ %s::tsquery AND {end}",
                (user, before, asked, user, first),
            )
            for recent in RECENT
        )
        rest = Compiled(
            "SELECT " + FOUND + " FROM (SELECT id FROM search WHERE words @@ %s::tsquery AND id < %s "  # noqa: S608
            f"ORDER BY id DESC OFFSET 0) s {ITS_ROWS} WHERE {end}",
            (asked, before, user, first),
        )
        return *map(Pages, newest), Pages(rest)

    def asked(self, owner: int | None, ways: Sequence[Sequence[str]]) -> str:
        groups = ("(" + " | ".join(f"'{word}'" for word in words) + ")" for words in ways)
        return " & ".join((*(() if owner is None else (f"'{owner_word(owner)}'",)), *groups))

    def keep(self, connection: Connection, entry: Entry) -> None:
        words = [owner_word(entry.owner), *entry.text.split()]
        self._put.run(connection, id=entry.id, owner=entry.owner, words=words)

    def learn(self, connection: Connection, owner: int, words: Sequence[str]) -> None:
        self._learn.run(connection, owner=owner, words=list(words))


def owner_word(owner: int) -> str:
    """A word that nobody can have written: underscores separate words."""
    return f"_{owner:x}"


def hit_of(row: Row) -> Hit:
    conversation, turn = row[1 : 1 + len(CONVERSATION)], row[1 + len(CONVERSATION) :]
    return Hit(row[0], conversation_of(conversation), None if turn[0] is None else turn_of(turn))


def entries_of(rows: Sequence[Row]) -> list[Entry]:
    """A turn that has ended, with its conversation's title if it is the first one; or a title alone."""
    entries: dict[int, Entry] = {}
    for _, turn_id, _, state, position, prompt, reply, conversation_id, owner, title in rows:
        if conversation_id is None or (state is not None and state not in ENDED):
            continue
        if turn_id is not None:
            entries[turn_id] = Entry(turn_id, owner, f"{prompt}\n{reply}")
        if turn_id is None or position == 1:
            entries[conversation_id] = Entry(conversation_id, owner, title)
    return list(entries.values())


def cut_into_words(batch: Batch) -> Batch:
    """With the words of each text in its place: some 30 µs per thousand characters, for a thread."""
    entries = [Entry(entry.id, entry.owner, " ".join(words_of(entry.text))) for entry in batch.entries]
    return Batch(entries, batch.numbers, batch.back_to)
