"""Rows in bulk, straight into the tables of a new record.

Whatever would be kept up row by row (indexes, triggers, references) is set aside first and made again at the end, word
for word as the database itself tells it.  Nothing is there before all of it is: SQLite's file gets its name at the end,
PostgreSQL takes one transaction.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Final, Protocol

from backend.errors import RecordUnusable
from backend.settings import Settings
from backend.storage.database import engine_for, open_database
from bench.growth.people import Row

COLUMNS: Final = {
    "users": (
        "id name role plus owner_id external_id created_at disabled_at removed_at folded_name folded_external_id"
    ),
    "keys": ("id user_id kind name shown_prefix digest created_at expires_at last_used_at revoked_at opened_by"),
    "accounts": "id name kind plus owner_id fingerprint created_at health why rest_until faults credentials",
    "conversations": (
        "id user_id title account_id upstream_id created_at updated_at removed_at pinned archived tags renamed"
    ),
    "conversation_tags": "conversation_id key tag user_id updated_at archived pinned removed_at",
    "turns": (
        "id conversation_id user_id position prompt reply state account_id model upstream_prompt_id "
        "upstream_parent_id upstream_reply_id error_code error_sentence prompt_tokens reply_tokens usage_source "
        "reply_base history_left_out finish_reason created_at started_at ended_at choice follows titled"
    ),
    "use_hours": (
        "user_id hour account_id model prompts finished failed stopped reported_prompt_tokens reported_reply_tokens "
        "estimated_prompt_tokens estimated_reply_tokens estimated unknown milliseconds"
    ),
    "search_vocabulary": "owner word",
    "search": "id owner words",
}
AT_ONCE: Final = 10_000  # rows
NOT_NEW: Final = (
    "is there already, and stays as it is. Rehearsed conversations go into a new record alone: name another."
)

Tell = Callable[[str], None]


class Filling(Protocol):
    def put(self, table: str, rows: Iterable[Row]) -> None:
        """Rows with the table's `COLUMNS`, in the order of their ids."""
        ...


@contextmanager
def filling(settings: Settings, clock: Callable[[], float], tell: Tell) -> Iterator[Filling]:
    """Fill the record of these settings.  Raises `RecordUnusable` where there is one already."""
    file = settings.sqlite_file
    made = into_file(file, clock, tell) if file is not None else into_server(settings, clock, tell)
    with made as record:
        yield record


@contextmanager
def into_file(file: Path, clock: Callable[[], float], tell: Tell) -> Iterator[Filling]:
    import apsw

    if file.exists():
        raise RecordUnusable(f"The record {file} {NOT_NEW}")
    draft = file.with_name(f"{file.name}.seeding")
    draft.unlink(missing_ok=True)
    try:
        bring_up(f"sqlite:///{draft.absolute()}", file.parent, clock)
        connection = apsw.Connection(os.fspath(draft))
        for pragma in ("journal_mode = off", "synchronous = off", "cache_size = -200000", "locking_mode = exclusive"):
            connection.execute(f"PRAGMA {pragma}")
        aside: list[Any] = connection.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
        ).fetchall()
        for kind, name, _ in aside:
            connection.execute(f'DROP {kind} "{name}"')
        connection.execute("BEGIN")
        yield File(connection)
        for kind, name, statement in aside:
            tell(f"{kind} {name}")
            connection.execute(statement)
        connection.execute("COMMIT")
        connection.close()
        file.hardlink_to(draft)  # and not over one that came meanwhile
    except FileExistsError:
        raise RecordUnusable(f"The record {file} {NOT_NEW}") from None
    finally:
        draft.unlink(missing_ok=True)


class File:
    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._statements = {table: inserting(table, columns.split()) for table, columns in COLUMNS.items()}

    def put(self, table: str, rows: Iterable[Row]) -> None:
        self._connection.executemany(self._statements[table], rows)


def inserting(table: str, columns: Sequence[str]) -> str:
    if table == "search":
        return "INSERT INTO search (rowid, words) VALUES (?1, ?3)"
    marks = ", ".join("?" for _ in columns)
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608  the tables' own names


@contextmanager
def into_server(settings: Settings, clock: Callable[[], float], tell: Tell) -> Iterator[Filling]:
    bring_up(settings.database, settings.folder, clock)
    engine = engine_for(settings.database, settings.folder)
    try:
        engine.claim()
        connection: Any = engine.connect_writer()
        with connection.transaction():
            if connection.execute("SELECT 1 FROM users UNION ALL SELECT 1 FROM conversations LIMIT 1").fetchone():
                raise RecordUnusable(f"The record {NOT_NEW}")
            connection.execute("SET LOCAL maintenance_work_mem = '512MB'")
            aside = [tuple(row) for row in connection.execute(SET_ASIDE).fetchall()]
            for away, _ in aside:
                connection.execute(away)
            yield Server(connection)
            for away, back in reversed(aside):
                tell(away.partition(" ")[2].removeprefix("TABLE "))
                connection.execute(back)
        tell("VACUUM ANALYZE")
        connection.execute("VACUUM ANALYZE")
    finally:
        engine.close()


# What sets it aside, and what brings it back.  Triggers of the tables' owner are switched off; those of the system
# belong to references.
SET_ASIDE: Final = """
SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
    format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
UNION ALL
SELECT format('DROP INDEX %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
WHERE relnamespace = current_schema()::regnamespace
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype <> 'f')
UNION ALL
SELECT format('ALTER TABLE %s DISABLE TRIGGER USER', oid::regclass),
    format('ALTER TABLE %s ENABLE TRIGGER USER', oid::regclass)
FROM pg_class WHERE relkind = 'r' AND relhastriggers AND relnamespace = current_schema()::regnamespace
"""


class Server:
    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def put(self, table: str, rows: Iterable[Row]) -> None:
        columns = ", ".join(COLUMNS[table].split())
        left = iter(rows)
        while some := list(islice(left, AT_ONCE)):
            with self._connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in some:
                    copy.write_row(row)


def bring_up(url: str, folder: Path, clock: Callable[[], float]) -> None:
    """Make the tables."""
    import asyncio

    asyncio.run(open_database(url, folder, clock).close())
