"""The record: one object that every file of queries works through."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from backend.errors import RecordUnusable
from backend.storage.compiled import Compiled, CompiledAtFirstUse, Connection, Row
from backend.storage.engine import Engine
from backend.storage.schema import MIGRATIONS, bring_up
from backend.storage.writer import Writer

T = TypeVar("T")


class Database:
    """`write` goes to the one writer thread, reads past it.  Made by `open_database`; used on one event loop."""

    def __init__(self, engine: Engine, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.dialect = engine.dialect
        self._engine = engine
        self._writer = Writer(engine, engine.connect_writer())

    def compile(self, query: Any) -> Compiled:
        """A Peewee query as this database's SQL; see `compiled`."""
        return CompiledAtFirstUse(lambda: self._engine.peewee.get_sql_context().parse(query))

    async def write(self, job: Callable[[Connection], T]) -> T:
        """Run `job` in the writer's next transaction; return what it returns once that is committed for good.

        `job` may run more than once (see `writer`) and gets the driver's connection.  Raises `AlreadyExists` for a
        broken uniqueness, `RecordUnusable` where the record cannot be written, and whatever else `job` raises.
        """
        result: T = await self._writer.submit(job)
        return result

    async def one(self, query: Compiled, **values: object) -> Row | None:
        """A point read: one row by an index."""
        return await self._engine.one(query, values)

    async def many(self, query: Compiled, **values: object) -> list[Row]:
        """A list, read in a thread."""
        return await self._engine.many(query, values)

    def claim(self) -> None:
        """For a server, before it serves: raise `RecordUnusable` while another one does.  Held until `close`."""
        self._engine.claim()

    async def close(self) -> None:
        """Save what was handed in, then let go of the record."""
        await asyncio.to_thread(self._writer.close)
        await asyncio.to_thread(self._engine.close)


def open_database(
    url: str,
    folder: Path,
    clock: Callable[[], float] = time.time,
    *,
    migrate: bool = True,
    migrations: Path = MIGRATIONS,
) -> Database:
    """Open the record at `url`, bring its tables up to date, and start its writer.

    `sqlite:///record.db` is a file in `folder`, `sqlite:////var/record.db` one anywhere, `postgresql://…` what libpq
    takes.  Raises `RecordUnusable`.  `migrate=False` refuses a record that needs migrations.
    """
    engine = engine_for(url, folder)
    try:
        bring_up(engine, migrations, clock, migrate)
        return Database(engine, clock)
    except BaseException:
        engine.close()
        raise


def engine_for(url: str, folder: Path) -> Engine:
    scheme, _, rest = url.partition("://")
    if scheme == "sqlite":
        return sqlite_engine(rest, folder)
    if scheme in ("postgresql", "postgres"):
        return postgresql_engine(url)
    raise RecordUnusable(
        "The setting `database` must begin with sqlite:/// or postgresql://, for example sqlite:///record.db."
    )


def sqlite_engine(rest: str, folder: Path) -> Engine:
    from backend.storage.sqlite import SQLite

    path = rest.removeprefix("/")
    if path in ("", ":memory:"):
        raise RecordUnusable(
            "The record must be a file, as in sqlite:///record.db: one in memory would lose every conversation."
        )
    if not rest.startswith("/"):
        raise RecordUnusable(f"The setting `database` needs three slashes before a file's name: sqlite:///{rest}.")
    return SQLite(folder / path)


def postgresql_engine(url: str) -> Engine:
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        raise RecordUnusable(
            "A record in PostgreSQL needs psycopg, which is not installed: pip install 'psycopg[binary]'."
        ) from error
    from backend.storage.postgresql import PostgreSQL

    return PostgreSQL(url)
