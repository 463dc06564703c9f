import asyncio
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from backend.errors import RecordUnusable
from backend.storage import tables
from backend.storage.database import Database, open_database
from backend.storage.schema import MIGRATIONS

NOW = 1_800_000_000.0
ROOT = Path(__file__).resolve().parents[2]
MODELS = (
    tables.Users, tables.Keys, tables.Accounts, tables.AccountSecrets, tables.AccountUpkeep,
    tables.UpkeepRequests, tables.Conversations, tables.ConversationTags,
    tables.Turns
)  # fmt: skip


def opened(url: str, folder: Path, **options: Any) -> Any:
    return open_database(url, folder, lambda: NOW, **options)


async def table_names(url: str, folder: Path) -> Any:
    database = opened(url, folder)
    try:
        with database._engine.peewee.connection_context():
            return set(database._engine.peewee.get_tables())
    finally:
        await database.close()


@pytest.fixture
def steps(tmp_path: Path) -> Any:
    """A copy of the migrations, to add to."""
    folder = tmp_path / "steps"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


async def test_a_new_record_gets_all_tables_and_a_second_start_changes_nothing(empty_url: str, tmp_path: Path) -> None:
    expected = {model._meta.table_name for model in MODELS} | {"schema_migration"}
    assert expected <= await table_names(empty_url, tmp_path)
    assert expected <= await table_names(empty_url, tmp_path)


async def test_the_tables_are_those_that_the_queries_are_made_from(database: Database) -> None:
    engine = database._engine
    with engine.peewee.connection_context():
        for model in MODELS:
            there = {column.name: column.null for column in engine.peewee.get_columns(model._meta.table_name)}
            assert there == {field.column_name: field.null for field in model._meta.sorted_fields}, model


async def test_a_half_done_migration_leaves_nothing_behind(empty_url: str, tmp_path: Path, steps: Path) -> None:
    broken = steps / "0002_half.py"
    broken.write_text(
        "def up(migrator, db):\n    db.execute_sql('CREATE TABLE half (id INTEGER)')\n    db.execute_sql('nonsense')\n"
    )
    with pytest.raises(RecordUnusable, match="0002_half"):
        opened(empty_url, tmp_path, migrations=steps)
    broken.write_text("def up(migrator, db):\n    db.execute_sql('CREATE TABLE half (id INTEGER)')\n")
    await opened(empty_url, tmp_path, migrations=steps).close()


async def test_a_migration_that_stumbles_over_anything_is_named(empty_url: str, tmp_path: Path, steps: Path) -> None:
    (steps / "0002_odd.py").write_text("def up(migrator, db):\n    raise KeyError('odd')\n")
    with pytest.raises(RecordUnusable, match=r"0002_odd.*KeyError"):
        opened(empty_url, tmp_path, migrations=steps)


async def test_a_record_made_by_a_newer_version_is_refused(url: str, tmp_path: Path, steps: Path) -> None:
    (steps / "0002_newer.py").write_text("def up(migrator, db):\n    pass\n")
    await opened(url, tmp_path, migrations=steps).close()
    with pytest.raises(RecordUnusable, match=r"newer version.*0002_newer"):
        opened(url, tmp_path)


async def test_without_leave_to_migrate_an_old_record_is_refused(empty_url: str, tmp_path: Path) -> None:
    with pytest.raises(RecordUnusable, match="0001_"):
        opened(empty_url, tmp_path, migrate=False)
    await opened(empty_url, tmp_path).close()
    await opened(empty_url, tmp_path, migrate=False).close()


async def test_processes_that_start_together_migrate_once(empty_url: str, tmp_path: Path) -> None:
    code = (
        "import asyncio, sys, pathlib\nfrom backend.storage.database import open_database\n"
        "asyncio.run(open_database(sys.argv[1], pathlib.Path(sys.argv[2])).close())\n"
    )
    command = [sys.executable, "-c", code, empty_url, str(tmp_path)]
    children = [subprocess.Popen(command, cwd=ROOT) for _ in range(3)]  # noqa: ASYNC220 - blocks for a moment only
    assert [await asyncio.to_thread(child.wait, 60) for child in children] == [0, 0, 0]
