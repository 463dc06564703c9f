"""The record in an SQLite file, by apsw, whose wheels carry a current SQLite."""

# mypy: disable-error-code="import-untyped"

import asyncio
import fcntl
import os
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import apsw
from playhouse.apsw_ext import APSWDatabase

from backend.errors import InternalError, RecordInUse, RecordUnusable
from backend.storage.compiled import Compiled, Connection, Row
from backend.storage.engine import Job, NotBegun, already_there, unkeepable

PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "full",  # NORMAL may lose acknowledged commits on power loss
    "foreign_keys": 1,
    "temp_store": "memory",
}
PATIENCE = 5.0  # seconds to wait for another process that writes, such as `keys issue`
LIST_THREADS = 2


class SQLite:
    dialect: Literal["sqlite", "postgresql"] = "sqlite"

    def __init__(self, path: Path) -> None:
        refuse_old_sqlite(apsw.sqlite_lib_version())
        self.path = path
        self._make_private()
        self.peewee: Any = APSWDatabase(
            os.fspath(path), pragmas=PRAGMAS, timeout=PATIENCE, lock_type="IMMEDIATE", statementcachesize=200
        )
        self._here = threading.local()
        self._open: list[apsw.Connection] = []
        self._claimed: int | None = None
        self._lists = ThreadPoolExecutor(LIST_THREADS, thread_name_prefix="record lists")
        self._points = self._reader()

    def _make_private(self) -> None:
        """The record holds what people said: only the server's own user may read it.  SQLite gives -wal and -shm the
        same mode."""
        try:
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        except OSError as error:
            raise RecordUnusable(
                f"The record {self.path} cannot be opened: {error.strerror}. Give the server's user a folder that "
                "exists and that it may write to."
            ) from error

    def _connect(self) -> apsw.Connection:
        try:
            connection: apsw.Connection = self.peewee._connect()  # noqa: SLF001 - a raw connection that belongs to no thread
        except apsw.Error as error:
            raise self.translate(error) from error
        # Else SQLite plans a query anew each time it runs, where one of its values is compared with a constant.
        connection.config(apsw.SQLITE_DBCONFIG_ENABLE_QPSG, 1)
        self._open.append(connection)
        return connection

    def _reader(self) -> apsw.Connection:
        connection = self._connect()
        connection.execute("PRAGMA query_only = 1")
        return connection

    @contextmanager
    def migrating(self) -> Iterator[None]:
        with self.peewee.connection_context():
            # Rebuilding a table drops it, which would count as deleting its rows; only works outside a transaction.
            self.peewee.pragma("foreign_keys", 0)
            with self.peewee.atomic("IMMEDIATE"):
                yield
                broken = self.peewee.execute_sql("PRAGMA foreign_key_check").fetchall()
                if broken:
                    raise RecordUnusable(f"The migrations would leave rows of {broken[0][0]} that point nowhere.")

    def connect_writer(self) -> Connection:
        return self._connect()

    def usable(self, connection: Connection) -> bool:
        return True

    def transact(self, connection: Any, jobs: Sequence[Job]) -> list[Any]:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except apsw.Error as error:
            raise NotBegun from error
        try:
            results = [job(connection) for job in jobs]
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:  # a full disk has ended it already
                connection.execute("ROLLBACK")
            raise
        return results

    async def one(self, query: Compiled, values: dict[str, object]) -> Row | None:
        """On the event loop: some 10 µs, and in WAL mode no writer is waited for."""
        try:
            return query.one(self._points, **values)
        except (apsw.Error, UnicodeEncodeError) as error:
            raise self.translate(error) from error

    async def many(self, query: Compiled, values: dict[str, object]) -> list[Row]:
        return await asyncio.get_running_loop().run_in_executor(self._lists, self._list, query, values)

    def _list(self, query: Compiled, values: dict[str, object]) -> list[Row]:
        connection = getattr(self._here, "reader", None)
        if connection is None:
            connection = self._here.reader = self._reader()
        try:
            return query.all(connection, **values)
        except (apsw.Error, UnicodeEncodeError) as error:
            raise self.translate(error) from error

    def translate(self, error: Exception) -> Exception:
        if isinstance(error, UnicodeEncodeError):
            return unkeepable(error)
        translated: Exception
        if isinstance(error, apsw.ConstraintError):
            translated = refused(error)
        elif isinstance(error, UNUSABLE):
            translated = RecordUnusable(f"The record {self.path} cannot be used now: {error}. {remedy(error)}")
        else:
            return error
        translated.__cause__ = error
        return translated

    def claim(self) -> None:
        lock = os.open(f"{self.path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(lock)
            raise RecordInUse(
                f"Another server is already using the record {self.path}. Stop that one first, or give this one a "
                "record of its own (`database` in the settings)."
            ) from error
        self._claimed = lock

    def close(self) -> None:
        self._lists.shutdown()
        for connection in self._open:
            connection.close()
        if self._claimed is not None:
            os.close(self._claimed)  # which lets go of the lock; the file stays, or two servers could hold "it"
            self._claimed = None


UNUSABLE = (
    apsw.BusyError,
    apsw.LockedError,
    apsw.ReadOnlyError,
    apsw.IOError,
    apsw.FullError,
    apsw.CantOpenError,
    apsw.CorruptError,
    apsw.NotADBError,
    apsw.PermissionsError,
    apsw.AuthError,
    apsw.NoMemError,
    apsw.ProtocolError,
    apsw.ConnectionClosedError,
)


def remedy(error: Exception) -> str:
    if isinstance(error, apsw.FullError):
        return "Free some space on its disk."
    if isinstance(error, apsw.BusyError | apsw.LockedError):
        return "Another program holds it; try again when that one is done."
    if isinstance(error, apsw.ReadOnlyError | apsw.CantOpenError | apsw.PermissionsError):
        return "Check that the server's user may write to the file and its folder."
    if isinstance(error, apsw.CorruptError | apsw.NotADBError):
        return "It is damaged or not a record; restore it from a backup."
    return "Check its disk."


def refused(error: apsw.ConstraintError) -> Exception:
    """`field` of the answer is the last column of the broken uniqueness: `idempotency_key`, `position`, …"""
    if getattr(error, "extendedresult", 0) not in (apsw.SQLITE_CONSTRAINT_UNIQUE, apsw.SQLITE_CONSTRAINT_PRIMARYKEY):
        return InternalError(f"The record refused a row: {error}.")
    # It reads: UNIQUE constraint failed: turns.user_id, turns.idempotency_key; or: … failed: index 'users_external_id'.
    subject = str(error).rpartition("failed: ")[2]
    return already_there(subject.split("'")[1] if subject.startswith("index") else subject.rpartition(".")[2])


def refuse_old_sqlite(version: str) -> None:
    """Before these SQLite's WAL could corrupt or lose commits (the WAL-reset bug, 3.7.0 to 3.51.2)."""
    numbers = tuple(int(part) for part in version.split("."))
    if numbers >= (3, 51, 3) or (3, 50, 7) <= numbers < (3, 51) or (3, 44, 6) <= numbers < (3, 45):
        return
    raise RecordUnusable(
        f"SQLite {version} can lose what it saved (its WAL-reset bug). Install apsw from PyPI, whose wheels carry a "
        "current one; 3.51.3 is the least that will do."
    )
