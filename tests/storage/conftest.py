"""One record per test, in SQLite and in PostgreSQL."""

import contextlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from backend.storage.database import Database, open_database
from tests.storage.cluster import Cluster, postgresql_programs
from tests.storage.kept import NOW, Kept, Reopen, kept_in


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    programs = postgresql_programs()
    if programs is None:
        pytest.skip("PostgreSQL is missing: apt-get install postgresql")
    pytest.importorskip("psycopg")
    running = Cluster(programs)
    try:
        yield running
    finally:
        running.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def url(kind: str, request: pytest.FixtureRequest) -> str:
    """The address of a record with all its tables (PostgreSQL) or of none yet (SQLite)."""
    if kind == "sqlite":
        return "sqlite:///record.db"
    return str(request.getfixturevalue("cluster").fresh())


@pytest.fixture
def empty_url(kind: str, request: pytest.FixtureRequest) -> str:
    """The address of a record without any table."""
    if kind == "sqlite":
        return "sqlite:///record.db"
    return str(request.getfixturevalue("cluster").fresh("template1"))


@pytest.fixture
async def database(url: str, tmp_path: Path) -> AsyncIterator[Database]:
    record = open_database(url, tmp_path, lambda: NOW)
    try:
        yield record
    finally:
        await record.close()


@pytest.fixture
def record(database: Database) -> Kept:
    return kept_in(database)


@pytest.fixture
def reopen(url: str, tmp_path: Path) -> Reopen:
    """Open the same record once more, as another process would."""

    @contextlib.asynccontextmanager
    async def again() -> AsyncIterator[Kept]:
        other = open_database(url, tmp_path, lambda: NOW)
        try:
            yield kept_in(other)
        finally:
            await other.close()

    return again
