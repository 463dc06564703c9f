"""What `make seed` fills a record with: the rows that the product itself would have kept, and nobody's."""

import asyncio
from collections.abc import AsyncIterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from backend.domain.access import Scope
from backend.domain.conversations import Conversation
from backend.domain.use import Counts, UseFilter
from backend.domain.users import User
from backend.domain.words import terms_of, words_of
from backend.errors import RecordUnusable
from backend.settings import Settings, load_settings
from backend.storage.database import open_database
from backend.storage.rows import NEWEST
from backend.storage.search import Search
from bench.growth.measure import accounts_at, keys_of, measured, rehearsing, table
from bench.growth.people import ADMIN, BUSIEST, CLIENT
from bench.growth.seed import seed
from tests.driver import serving
from tests.storage.cluster import Cluster
from tests.storage.kept import NOW, Kept, kept_in

CONVERSATIONS = 200
HOURS = (0, 1 << 40)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Of a record that is filled once for all."""
    url = "sqlite:///record.db"
    if request.param == "postgresql":
        url = request.getfixturevalue("cluster").fresh("template1")
    settings = settings_of(tmp_path_factory.mktemp("seeded"), url)
    assert seed(settings, CONVERSATIONS, 7, NOW, clock=lambda: NOW) == 10 * CONVERSATIONS
    return settings


def settings_of(folder: Path, url: str) -> Settings:
    folder.mkdir(exist_ok=True)
    (folder / "settings.yaml").write_text(
        yaml.safe_dump({"database": url, "accounts": [{"name": "rehearsal-1", "kind": "rehearsal"}]})
    )
    return load_settings(folder / "settings.yaml")


@pytest.fixture
async def seeded(settings: Settings) -> AsyncIterator[Kept]:
    database = open_database(settings.database, settings.folder, lambda: NOW)
    try:
        yield kept_in(database)
    finally:
        await database.close()


async def named(record: Kept, name: str) -> User:
    found = await record.users.by_name_at_console(name)
    assert found is not None
    return found


async def all_of(record: Kept, user: User) -> list[Conversation]:
    own, seen = Scope("own", user.id), []
    after = None
    while page := await record.conversations.page(own, 30, after):
        seen += page
        after = (page[-1].updated_at, page[-1].id)
    return seen


async def rows(record: Kept, sql: str) -> list[Any]:
    return await record.database.write(
        lambda connection: [tuple(row) for row in connection.execute(sql, ()).fetchall()]
    )


async def test_pages_turns_searches_and_reports_work_over_it(seeded: Kept) -> None:
    busiest, admin = await named(seeded, BUSIEST), await named(seeded, ADMIN)
    mine = await all_of(seeded, busiest)
    assert len(mine) > CONVERSATIONS // 4
    assert all(one.title.startswith("Rehearsed: ") for one in mine)
    last = await seeded.last(mine[0])
    turns, _ = await seeded.turns.page(mine[0].id, 100)
    assert [turn.position for turn in turns] == list(range(1, last.position + 1))
    assert all(turn.upstream_parent_id == (before.upstream_reply_id or before.upstream_parent_id)
               for before, turn in pairwise(turns) if turn.follows is None)  # fmt: skip
    search = Search(seeded.database)
    assert await search.next_batch(10) is None
    assert len(await search.page(busiest.id, terms_of("rehearsed"), 20, NEWEST)) == 20
    said = terms_of(f"{last.prompt} {last.reply}".replace("?", " "))
    assert last.id in {hit.id for hit in await search.page(busiest.id, said, 20, NEWEST)}
    assert [row.user.role for row in await seeded.users.page(Scope("all", admin.id), 30)] != []
    [report] = await seeded.use.rows(Scope("all", admin.id), HOURS, (), UseFilter(), 1)
    assert report.counts == await counted(seeded)


async def counted(record: Kept) -> Counts:
    [row] = await rows(
        record,
        "SELECT COUNT(*), SUM(CASE WHEN state = 'finished' THEN 1 ELSE 0 END), SUM(CASE WHEN state = 'failed' "
        "THEN 1 ELSE 0 END), SUM(CASE WHEN state = 'stopped' THEN 1 ELSE 0 END), 0, 0, SUM(prompt_tokens), "
        "SUM(reply_tokens), COUNT(prompt_tokens), SUM(CASE WHEN prompt_tokens IS NULL THEN 1 ELSE 0 END), "
        "SUM((ended_at - started_at) / 1000) FROM turns",
    )
    return Counts(*map(int, row))


async def test_ids_ascend_with_time_and_every_word_can_be_completed(seeded: Kept) -> None:
    for kept in ("conversations", "turns", "users"):
        times = [row[0] for row in await rows(seeded, f"SELECT created_at FROM {kept} ORDER BY id")]  # noqa: S608
        assert times == sorted(times)
    listed = set(await rows(seeded, "SELECT owner, word FROM search_vocabulary"))
    said = await rows(seeded, "SELECT user_id, prompt, reply FROM turns")
    assert listed == {
        (user, word) for user, *texts in said for text in texts for word in words_of(text) if len(word) > 3
    }


async def test_tables_indexes_and_triggers_are_those_of_any_record(
    seeded: Kept, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    url, kind = "sqlite:///other.db", seeded.database.dialect
    if kind == "postgresql":
        cluster: Cluster = request.getfixturevalue("cluster")
        url = cluster.fresh()
    other = kept_in(open_database(url, tmp_path, lambda: NOW))
    try:
        for sql in SCHEMA[kind]:
            found = sorted(await rows(seeded, sql), key=repr)
            assert found
            assert found == sorted(await rows(other, sql), key=repr)
    finally:
        await other.database.close()
    if kind == "sqlite":
        assert await rows(seeded, "PRAGMA foreign_key_check") == []


SCHEMA = {
    "sqlite": ("SELECT type, name, tbl_name, sql FROM sqlite_master",),
    "postgresql": (
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT conname, conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid > 0",
        "SELECT tgname, tgenabled::text, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal",
    ),
}


async def test_a_record_that_is_not_new_is_refused_and_stays_as_it_is(seeded: Kept, settings: Settings) -> None:
    before = await rows(seeded, "SELECT COUNT(*), MAX(id) FROM turns")
    with pytest.raises(RecordUnusable, match="is there already"):
        await asyncio.to_thread(seed, settings, CONVERSATIONS)
    assert await rows(seeded, "SELECT COUNT(*), MAX(id) FROM turns") == before


async def test_the_same_seed_makes_the_same_rows(tmp_path: Path) -> None:
    found = []
    for name, number in (("one", 7), ("same", 7), ("other", 8)):
        settings = settings_of(tmp_path / name, "sqlite:///record.db")
        await asyncio.to_thread(seed, settings, 20, number, NOW)
        record = kept_in(open_database(settings.database, settings.folder, lambda: NOW))
        found.append(await rows(record, "SELECT * FROM turns ORDER BY id"))
        await record.database.close()
    assert found[0] == found[1] != found[2]


async def test_a_stranger_sees_nothing_of_it_and_a_client_no_more_than_its_users(seeded: Kept) -> None:
    stranger, client = await seeded.user("Sam"), await named(seeded, CLIENT)
    [one, *_] = await all_of(seeded, await named(seeded, BUSIEST))
    turn = await seeded.last(one)
    for scope in (Scope("own", stranger.id), Scope("branch", client.id)):
        assert await seeded.conversations.by_id(scope, one.id) is None
        assert await seeded.turns.by_id(scope, turn.id) is None
    assert await all_of(seeded, stranger) == []
    assert await Search(seeded.database).page(stranger.id, terms_of("rehearsed"), 20, NEWEST) == []
    owned = await seeded.users.page(Scope("branch", client.id), 200)
    assert owned
    assert all(listed.owner == client for listed in owned)


async def test_everything_that_growth_is_measured_by_is_answered(settings: Settings) -> None:
    async with (
        rehearsing() as upstream,
        serving(settings.folder, accounts_at(upstream), database=settings.database) as running,
    ):
        found = await measured({"200": (running.url, await keys_of(running.house.record))}, 2)
    assert not upstream.violations
    lines = table(found).splitlines()
    assert lines[0] == "| p50 / p95, ms | 200 | last to first |"
    assert [line.count("|") for line in lines[2:-2]] == [4] * len(found[0].seconds)
    assert f"200 {found[0].depth}." in lines[-1]
    assert all(len(seconds) == 2 for seconds in found[0].seconds.values())
