"""The record in PostgreSQL, by psycopg 3.  Imported only when the settings name such a record."""

# mypy: disable-error-code="import-untyped"

import asyncio
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Literal, TypeVar

import psycopg
from peewee import PostgresqlDatabase
from psycopg.conninfo import conninfo_to_dict

from backend.errors import InternalError, RecordInUse, RecordUnusable
from backend.storage.compiled import Compiled, Connection, Row
from backend.storage.engine import Job, NotBegun, OutcomeUnknown, already_there, unkeepable

READ_THREADS = 4
CONNECT_TIMEOUT = 10  # seconds
# Advisory locks are per database; the numbers only have to differ from each other and from other programs'.
SERVING, MIGRATING = 0x6361735F01, 0x6361735F02

T = TypeVar("T")


class PostgreSQL:
    dialect: Literal["sqlite", "postgresql"] = "postgresql"

    def __init__(self, url: str) -> None:
        self._url = "postgresql://" + url.partition("://")[2]
        self._shown = shown(self._url)
        self.peewee: Any = PostgresqlDatabase(self._url, prefer_psycopg3=True, connect_timeout=CONNECT_TIMEOUT)
        self._here = threading.local()
        self._open: list[psycopg.Connection[Any]] = []
        self._claimed: psycopg.Connection[Any] | None = None
        self._reads = ThreadPoolExecutor(READ_THREADS, thread_name_prefix="record reads")
        self._connect().close()  # a wrong address is told now, in a sentence

    def _connect(self) -> psycopg.Connection[Any]:
        try:
            connection = psycopg.connect(
                self._url, autocommit=True, connect_timeout=CONNECT_TIMEOUT, client_encoding="utf8"
            )
            # Starting its helpers takes longer than any page, which is a handful of rows by an index.
            connection.execute("SET max_parallel_workers_per_gather = 0")
        except psycopg.Error as error:
            raise self.translate(error) from error
        self._open = [known for known in self._open if not known.closed] + [connection]
        return connection

    @contextmanager
    def migrating(self) -> Iterator[None]:
        with self.peewee.connection_context(), self.peewee.atomic():
            self.peewee.execute_sql("SELECT pg_advisory_xact_lock(%s)", (MIGRATING,))
            yield

    def connect_writer(self) -> Connection:
        return self._connect()

    def usable(self, connection: Any) -> bool:
        return not connection.closed

    def transact(self, connection: Any, jobs: Sequence[Job]) -> list[Any]:
        """In a pipeline: the statements of all jobs travel together, and only a job that reads waits for an answer."""
        committing = begun = False
        try:
            with connection.pipeline() as pipeline:
                connection.execute("BEGIN")
                begun = True
                results = [job(connection) for job in jobs]
                # Before the commit is sent everything must have succeeded: from there on its outcome may be unknown.
                committing = True
                connection.execute("COMMIT")
                pipeline.sync()
        except BaseException as error:
            if connection.closed and committing:
                raise OutcomeUnknown from error
            if isinstance(error, psycopg.Error) and not begun:
                raise NotBegun from error
            if not connection.closed:
                connection.rollback()
            raise
        return results

    async def one(self, query: Compiled, values: dict[str, object]) -> Row | None:
        return await self._read(lambda connection: query.one(connection, **values))

    async def many(self, query: Compiled, values: dict[str, object]) -> list[Row]:
        """Planned for these very values each time: a plan that is to serve anybody sorts all that somebody has who has
        much."""
        return await self._read(lambda connection: unprepared(connection, query, values))

    async def _read(self, read: Callable[[Connection], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._reads, self._read_here, read)

    def _read_here(self, read: Callable[[Connection], T]) -> T:
        connection: Any = getattr(self._here, "reader", None)
        fresh = connection is None or connection.closed
        if fresh:
            connection = self._here.reader = self._connect()
        try:
            return read(connection)
        except (psycopg.Error, UnicodeEncodeError) as error:
            if connection.closed and not fresh:  # lost since it was last used: the server restarted
                return self._read_here(read)
            raise self.translate(error) from error

    def translate(self, error: Exception) -> Exception:
        translated: Exception
        if isinstance(error, UnicodeEncodeError | psycopg.DataError):
            return unkeepable(error)
        if isinstance(error, psycopg.errors.UniqueViolation):
            translated = already_there((error.diag.constraint_name or "").replace("_pkey", "_id"))
        elif isinstance(error, psycopg.IntegrityError):
            translated = InternalError(f"The record refused a row: {error.diag.message_primary}.")
        elif isinstance(error, psycopg.OperationalError | psycopg.InterfaceError | psycopg.InternalError):
            # The driver's own words may span lines and name the address again.
            reason = " ".join(str(error).split()) or "the connection was lost"
            translated = RecordUnusable(
                f"The record {self._shown} cannot be used now: {reason}. Check that PostgreSQL runs there, has room, "
                "and lets this user in."
            )
        else:
            return error
        translated.__cause__ = error
        return translated

    def claim(self) -> None:
        """Held by a connection of its own: PostgreSQL lets go of the lock when the process or the connection ends."""
        connection = self._connect()
        row = connection.execute("SELECT pg_try_advisory_lock(%s)", (SERVING,)).fetchone()
        if row is None or not row[0]:
            connection.close()
            raise RecordInUse(
                f"Another server is already using the record {self._shown}. Stop that one first, or give this one a "
                "database of its own (`database` in the settings)."
            )
        self._claimed = connection

    def close(self) -> None:
        self._reads.shutdown()
        for connection in self._open:
            connection.close()
        self._claimed = None


def unprepared(connection: Any, query: Compiled, values: dict[str, object]) -> list[Row]:
    usual, connection.prepare_threshold = connection.prepare_threshold, None
    try:
        return query.all(connection, **values)
    finally:
        connection.prepare_threshold = usual


def shown(url: str) -> str:
    """The address without its password."""
    try:
        parts = conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        # The driver's own message would repeat the whole address with the password.
        raise RecordUnusable(
            "The setting `database` is no PostgreSQL address. It reads like postgresql://user@host/name."
        ) from None
    return f"postgresql://{parts.get('host') or 'localhost'}/{parts.get('dbname') or ''}"
