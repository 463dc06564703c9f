"""The full-text index on both databases: whose it is, in which order, and that nothing stays outside it."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from backend.domain.access import Scope
from backend.domain.conversations import Change, Conversation
from backend.domain.replies import Turn
from backend.domain.users import User
from backend.domain.words import terms_of
from backend.gateway.indexing import Indexing
from backend.storage.compiled import Compiled
from backend.storage.database import open_database
from backend.storage.rows import NEWEST
from backend.storage.schema import MIGRATIONS
from backend.storage.search import Search
from tests.storage.kept import NOW_US, Kept, Reopen, kept_in
from tests.storage.test_pages import SLOTS

END = NEWEST


@pytest.fixture
def search(record: Kept) -> Search:
    return Search(record.database)


async def said(record: Kept, user: User, prompt: str, reply: str = "", **more: Any) -> tuple[Conversation, Turn]:
    conversation = record.conversation(user, **more)
    turn = replace(record.turn(conversation), prompt=prompt)
    await record.conversations.begin(conversation, turn)
    ended = replace(turn, reply=reply, state="finished", ended_at=NOW_US)
    await record.turns.settle(ended)
    return conversation, ended


async def found(search: Search, user: User, text: str, first: int = 10, before: int = END) -> list[int]:
    return [hit.id for hit in await search.page(user.id, terms_of(text), first, before)]


async def caught_up(record: Kept) -> Search:
    search = Search(record.database)
    await Indexing(search).catch_up()
    return search


async def test_a_search_waits_for_what_was_said_before_it_but_not_for_ever(
    record: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = await record.user("Alice")
    search = await caught_up(record)
    indexing = Indexing(search)
    for number in range(40):
        await said(record, alice, f"walrus {number}")
    monkeypatch.setattr("backend.gateway.indexing.LONGEST_WAIT", -1)
    assert not await indexing.freshen()
    assert await found(search, alice, "walrus", 100) == []
    monkeypatch.setattr("backend.gateway.indexing.LONGEST_WAIT", 60)
    assert await indexing.freshen()
    assert len(await found(search, alice, "walrus", 100)) == 40


async def test_titles_prompts_and_replies_are_found_newest_first_page_by_page(record: Kept) -> None:
    alice = await record.user("Alice")
    made = []
    for number in range(5):
        conversation, turn = await said(record, alice, f"common {number}", "Größe zählt", title="Called common")
        made += [conversation.id, turn.id]
    search = await caught_up(record)
    assert await found(search, alice, "common") == made[::-1]
    pages: list[int] = []
    while page := await found(search, alice, "COMM", 3, pages[-1] if pages else END):
        assert len(page) <= 3
        pages += page
    assert pages == made[::-1]
    assert await found(search, alice, "common 3") == [made[7]]
    assert await found(search, alice, "grosse zahlt 3") == [made[7]]
    assert await found(search, alice, "größe ZAHLT") == made[9::-2]
    [hit] = await search.page(alice.id, terms_of("common 4"), 10, END)
    assert hit.turn is not None
    assert (hit.conversation, hit.turn.reply) == (await record.now(hit.conversation), "Größe zählt")


async def test_a_word_is_found_whether_few_entries_have_it_or_many(
    record: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backend.storage.search.FEW", 3)
    alice, mallory = await record.user("Alice"), await record.user("Mallory")
    mine = [
        (await said(record, alice, word))[1].id for word in ("rare", "rare once more", "common", "common", "common")
    ]
    await said(record, mallory, "theirs")
    for _ in range(4):
        await said(record, mallory, "common and theirs alone")
    search = await caught_up(record)
    assert await found(search, alice, "rare") == mine[1::-1]
    assert await found(search, alice, "rare", before=mine[1]) == mine[:1]
    assert await found(search, alice, "common") == mine[:1:-1]
    assert await found(search, alice, "rare common") == await found(search, alice, "nowhere") == []
    assert await found(search, alice, "theirs") == await found(search, alice, "alone") == []


async def test_other_peoples_words_are_never_found(record: Kept) -> None:
    client = await record.user("Carol's bot", "client")
    alice, mallory = await record.user("Alice", owner=client), await record.user("Mallory")
    _, turn = await said(record, alice, "secret")
    search = await caught_up(record)
    assert await found(search, alice, "secret") == [turn.id]
    for other in (client, mallory):
        assert await found(search, other, "secret") == []
        assert await found(search, other, f"_{alice.id:x}") == []


async def test_a_removed_conversation_is_not_found_and_a_restored_one_is_again(record: Kept) -> None:
    alice = await record.user("Alice")
    conversation, turn = await said(record, alice, "tides", title="Seas")
    search, own = await caught_up(record), Scope("own", alice.id)
    assert await record.conversations.remove(own, conversation.id, NOW_US)
    assert await found(search, alice, "tides") == await found(search, alice, "seas") == []
    assert await record.conversations.restore(own, conversation.id, 0) is not None
    assert await found(search, alice, "tides") == [turn.id]
    assert await found(search, alice, "seas") == [conversation.id]


async def test_a_renamed_conversation_is_found_by_its_new_title_alone(record: Kept) -> None:
    alice = await record.user("Alice")
    conversation, _ = await said(record, alice, "hello", title="Old name")
    await caught_up(record)
    await record.conversations.change(Scope("own", alice.id), conversation.id, Change(title="New name"))
    search = await caught_up(record)
    assert await found(search, alice, "old name") == []
    assert await found(search, alice, "new name") == [conversation.id]
    await record.conversations.entitle(conversation.id, "Upstream's", NOW_US)
    assert await found(await caught_up(record), alice, "new name") == [conversation.id]


async def test_a_reply_that_is_being_written_waits_for_its_end(record: Kept) -> None:
    alice = await record.user("Alice")
    conversation, turn = await record.begun(alice)
    search = await caught_up(record)
    assert await found(search, alice, "tides") == []
    await record.turns.interrupt_unended(NOW_US)
    assert await found(await caught_up(record), alice, "tides") == [turn.id, conversation.id]


async def test_a_turn_that_comes_ended_is_taken_in_too(record: Kept) -> None:
    alice = await record.user("Alice")
    conversation = record.conversation(alice)
    turn = replace(record.turn(conversation), prompt="imported", state="finished", ended_at=NOW_US)
    await record.conversations.begin(conversation, turn)
    assert await found(await caught_up(record), alice, "imported") == [turn.id]


async def test_what_was_there_before_the_index_is_taken_in_the_newest_first(record: Kept) -> None:
    alice = await record.user("Alice")
    turns = [(await said(record, alice, f"old {number}"))[1] for number in range(5)]

    def as_before(connection: Any) -> None:
        connection.execute("DELETE FROM search_queue", ())
        connection.execute("INSERT INTO search_backfill SELECT 1, MAX(id) + 1 FROM turns", ())

    await record.database.write(as_before)
    search = Search(record.database)
    batch = await search.next_batch(2)
    assert batch is not None
    assert batch.back_to == turns[3].id
    assert {entry.id for entry in batch.entries} >= {turns[3].id, turns[4].id}
    assert await found(await caught_up(record), alice, "old") == [turn.id for turn in reversed(turns)]
    assert await search.next_batch(2) is None


async def test_a_record_of_the_first_version_is_taken_in_by_and_by(empty_url: str, tmp_path: Path) -> None:
    (tmp_path / "first").mkdir()
    shutil.copy(MIGRATIONS / "0001_the_first_record.py", tmp_path / "first")
    old = open_database(empty_url, tmp_path, lambda: 1.8e9, migrations=tmp_path / "first")

    def as_it_was(connection: Any) -> None:
        connection.execute(
            "INSERT INTO users (id, name, role, plus, created_at) VALUES (1, 'Al', 'user', FALSE, 1)", ()
        )
        connection.execute(
            "INSERT INTO conversations (id, user_id, title, created_at, updated_at) VALUES (2, 1, 'Tides', 1, 1)", ()
        )
        for id, state in ((3, "finished"), (4, "writing")):
            connection.execute(
                "INSERT INTO turns (id, conversation_id, user_id, position, prompt, reply, upstream_prompt_id, "
                "usage_source, reply_base, history_left_out, created_at, state) "
                f"SELECT {id}, 2, 1, {id - 2}, 'Why?', 'Because', 'p', 'unknown', 0, 0, 1, '{state}'",
                (),
            )

    await old.write(as_it_was)
    await old.close()
    record = kept_in(open_database(empty_url, tmp_path, lambda: 1.8e9))
    try:
        [conversation] = await record.conversations.page(Scope("own", 1), 5)
        assert (conversation.title, conversation.pinned, conversation.archived) == ("Tides", False, False)
        search = await caught_up(record)
        assert [hit.id for hit in await search.page(1, terms_of("because"), 5, END)] == [3]
        assert [hit.id for hit in await search.page(1, terms_of("tides"), 5, END)] == [2]
        await record.turns.interrupt_unended(2)
        assert [hit.id for hit in await (await caught_up(record)).page(1, terms_of("why"), 5, END)] == [4, 3]
    finally:
        await record.database.close()


async def test_a_change_while_its_batch_is_being_cut_is_not_lost(record: Kept, search: Search) -> None:
    alice = await record.user("Alice")
    conversation, _ = await said(record, alice, "hello", title="First")
    batch = await search.next_batch(10)
    assert batch is not None
    await record.conversations.change(Scope("own", alice.id), conversation.id, Change(title="Second"))
    await search.keep(batch)
    assert await found(await caught_up(record), alice, "second") == [conversation.id]


async def test_the_longest_texts_fit(record: Kept) -> None:
    alice = await record.user("Alice")
    many = " ".join(f"w{number:x}" for number in range(30_000))
    _, turn = await said(record, alice, many, "潮汐" * 10_000 + "x" * 5_000)
    search = await caught_up(record)
    assert await found(search, alice, "潮汐") in ([turn.id], [])  # of too many words some cannot be searched
    assert await found(search, alice, "w1") == [turn.id]


async def test_nothing_acknowledged_stays_outside_after_a_restart(record: Kept, reopen: Reopen, tmp_path: Path) -> None:
    alice = await record.user("Alice")
    _, turn = await said(record, alice, "kept")
    await record.database.close()
    async with reopen() as again:
        assert await found(await caught_up(again), alice, "kept") == [turn.id]


@pytest.mark.parametrize("kind", ["postgresql"])
async def test_postgresql_asks_its_indexes(record: Kept, search: Search) -> None:
    def plans(connection: Any) -> list[str]:
        connection.execute(
            "INSERT INTO search SELECT n, mod(n, 50), array_to_tsvector(ARRAY['_' || mod(n, 50), 'w' || n]) "
            "FROM generate_series(1, 5000) n",
            (),
        )
        connection.execute("ANALYZE search", ())
        connection.execute("SET LOCAL enable_seqscan = off", ())
        values = SLOTS | {"asked": search._index.asked(1, [["tides"]]), "before": END}
        queries = [pages.query for pages in search._pages]
        explained = [connection.execute("EXPLAIN " + query.sql, query._bind(values)) for query in queries]
        return ["\n".join(row[0] for row in each.fetchall()) for each in explained]

    *newest, rest = await record.database.write(plans)
    assert newest
    assert all("search_newest" in plan for plan in newest)
    assert "search_words" in rest
    assert not any("Seq Scan" in plan for plan in (*newest, rest))


@pytest.mark.parametrize("kind", ["sqlite"])
async def test_sqlite_walks_the_words_and_sorts_nothing(record: Kept, search: Search) -> None:
    connection: Any = record.database._engine
    few, walk = search._pages
    asked, of_anybody = (search._index.asked(owner, [["tides"]]) for owner in (1, None))
    values = SLOTS | {"asked": asked, "of_anybody": of_anybody, "before": END}

    def plan_of(query: Compiled) -> list[str]:
        rows = connection._points.execute("EXPLAIN QUERY PLAN " + query.sql, query._bind(values)).fetchall()
        return [row[3] for row in rows]

    plan = plan_of(walk.query)
    assert plan[0].startswith("SCAN s VIRTUAL TABLE")
    assert all("INTEGER PRIMARY KEY" in step for step in plan[1:]), plan
    assert len(plan) == 3
    tables = [step for step in plan_of(few.query) if step.startswith(("SCAN", "SEARCH"))]
    whole = {"SCAN few", "SCAN n", "SCAN s", "SCAN f LEFT-JOIN"}  # two hundred rows at most
    assert all(step in whole or "VIRTUAL TABLE" in step or "PRIMARY KEY" in step for step in tables), tables
