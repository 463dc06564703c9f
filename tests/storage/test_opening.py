import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from backend.errors import RecordUnusable
from backend.storage.database import open_database
from backend.storage.sqlite import refuse_old_sqlite


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("record.db", "must begin with"),
        ("mysql://host/x", "must begin with"),
        ("sqlite://", "must be a file"),
        ("sqlite:///", "must be a file"),
        ("sqlite:///:memory:", "must be a file"),
        ("sqlite://record.db", "three slashes"),
        ("sqlite:///missing/record.db", "folder that exists"),
    ],
)
def test_an_address_that_is_none_is_told_in_a_sentence(tmp_path: Path, url: str, says: str) -> None:
    with pytest.raises(RecordUnusable, match=says):
        open_database(url, tmp_path)


async def test_a_relative_file_lies_in_the_given_folder_and_is_private(tmp_path: Path) -> None:
    await open_database("sqlite:///record.db", tmp_path).close()
    assert stat.S_IMODE((tmp_path / "record.db").stat().st_mode) == 0o600


async def test_an_absolute_file_lies_where_it_says(tmp_path: Path) -> None:
    await open_database(f"sqlite:///{tmp_path}/there.db", tmp_path / "elsewhere").close()
    assert (tmp_path / "there.db").exists()


def test_a_file_that_is_no_record_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    path.write_bytes(b"minutes of the meeting\n" * 100)
    with pytest.raises(RecordUnusable, match="not a record"):
        open_database("sqlite:///record.db", tmp_path)
    assert path.read_bytes() == b"minutes of the meeting\n" * 100


async def test_the_writer_is_durable_and_holds_foreign_keys(tmp_path: Path) -> None:
    database = open_database("sqlite:///record.db", tmp_path)
    connection = database._writer._connection

    def pragma(name: str) -> Any:
        return connection.execute(f"PRAGMA {name}", ()).fetchall()[0][0]

    assert (pragma("journal_mode"), pragma("synchronous"), pragma("foreign_keys")) == ("wal", 2, 1)
    await database.close()


@pytest.mark.parametrize("version", ["3.40.1", "3.44.5", "3.45.0", "3.50.6", "3.51.2"])
def test_an_sqlite_that_can_lose_commits_is_refused(version: str) -> None:
    with pytest.raises(RecordUnusable, match=version):
        refuse_old_sqlite(version)


@pytest.mark.parametrize("version", ["3.44.6", "3.50.7", "3.51.3", "3.54.1", "4.0.0"])
def test_a_mended_sqlite_is_taken(version: str) -> None:
    refuse_old_sqlite(version)


def test_postgresql_without_its_driver_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(RecordUnusable, match="psycopg"):
        open_database("postgresql://user@host/name", tmp_path)


@pytest.mark.parametrize(
    "url", ["postgresql://user:hunter2@127.0.0.1:1/name", "postgresql://user:hunter2@host:port/name"]
)
def test_a_postgresql_that_does_not_answer_is_told_without_the_password(tmp_path: Path, url: str) -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(RecordUnusable) as refusal:
        open_database(url, tmp_path)
    assert "hunter2" not in str(refusal.value)
