import itertools
from typing import Any

import pytest

from backend.domain.access import Scope
from backend.domain.conversations import Shelf
from backend.domain.users import UserFilter
from backend.storage.turns import END
from backend.storage.users import newest
from tests.storage.kept import Kept

NOW = 1_800_000_000_000_000
SLOTS = {
    "caller_id": 1, "id": 5, "first": 30, "updated_at": NOW, "created_at": NOW, "conversation": 5, "after": 0,
    "before": 9, "user": 1, "idempotency_key": "k", "digest": b"d", "owner": 0, "external_id": "x", "text": "x",
    "now": NOW, "removed_at": NOW, "since": 0, "tag": "work", "name": "n", "fingerprint": "f",
}  # fmt: skip


async def test_conversations_come_newest_first_page_by_page_without_a_gap(record: Kept) -> None:
    alice = await record.user("Alice")
    times = [NOW + offset for offset in (5, 1, 3, 3, 3, 2, 4)]
    made = [(await record.begun(alice, updated_at=time))[0] for time in times]
    own, after, seen = Scope("own", alice.id), None, []
    while page := await record.conversations.page(own, 2, after):
        assert len(page) <= 2
        seen += page
        after = (page[-1].updated_at, page[-1].id)
    assert seen == sorted(made, key=lambda one: (one.updated_at, one.id), reverse=True)


async def test_a_conversation_that_moves_up_does_not_make_the_next_page_skip(record: Kept) -> None:
    alice = await record.user("Alice")
    made = [(await record.begun(alice, updated_at=NOW + offset))[0] for offset in range(4)]
    own = Scope("own", alice.id)
    first = await record.conversations.page(own, 2)
    await record.turns.begin(record.turn(made[0], 2, created_at=NOW + 99))
    rest = await record.conversations.page(own, 2, (first[-1].updated_at, first[-1].id))
    assert [one.id for one in rest] == [made[1].id]
    assert (await record.conversations.page(own, 1))[0].id == made[0].id


async def test_users_come_newest_first(record: Kept) -> None:
    made = [await record.user(f"User {number}", created_at=NOW + number // 2) for number in range(5)]
    everyone = Scope("all", made[0].id)
    first = await record.users.page(everyone, 3)
    rest = await record.users.page(everyone, 3, (first[-1].user.created_at, first[-1].user.id))
    assert [listed.user for listed in first + rest] == made[::-1]


async def test_turns_come_in_order_from_either_end(record: Kept) -> None:
    alice = await record.user("Alice")
    conversation, _ = await record.begun(alice)
    for position in range(2, 7):
        await record.turns.begin(record.turn(conversation, position))

    async def positions(first: int, *place: int | None) -> list[int]:
        turns, forked = await record.turns.page(conversation.id, first, *place)
        assert not forked
        return [turn.position for turn in turns]

    assert await positions(10) == [1, 2, 3, 4, 5, 6]
    assert await positions(2, 3) == [4, 5]
    assert await positions(2, None, 4) == [2, 3]
    assert await positions(2, None, END) == [5, 6]
    assert (await record.last(conversation)).position == 6


def sqlite(record: Kept) -> Any:
    return record.database._engine


def queries(record: Kept) -> Any:
    """What is read while somebody waits, with the index that must serve it."""
    own, everyone, pages = Scope("own", 1), Scope("all", 1), record.conversations._pages
    shelves = [
        (Shelf(archived, pinned, tag), "conversation_tags_in_place" if tag else "conversations_in_place")
        for archived, pinned, tag in itertools.product((None, False, True), (None, False, True), (None, "work"))
    ]
    return {
        **{f"{shelf}": (pages.query(own, shelf), index) for shelf, index in shelves},
        "removed conversations": (pages._removed[own], "conversations_removed"),
        "a user's tags": (pages._tags, "conversation_tags_in_place"),
        "a conversation by external id": (record.conversations._by_external_id[own], "conversations_external_id"),
        "turns onwards": (record.turns._page_after, "turns_position"),
        "turns backwards": (record.turns._page_before, "turns_position"),
        "the last turn": (record.turns._last, "turns_position"),
        "a turn by idempotency key": (record.turns._by_idempotency_key, "turns_idempotency_key"),
        "unended turns": (record.turns._interrupt_unended, "turns_unended"),
        "a key by digest": (record.keys._find, "keys_digest"),
        "a user by external id": (record.users._by_external_id, "users_external_id"),
        "all users": (record.users._listing(everyone, UserFilter(), newest), "users_newest"),
        "any admin": (record.users._any_admin, "users_by_role"),
        "a built-in account": (record.accounts._built_in, "accounts_name"),
        "an own account": (record.accounts._own, "accounts_fingerprint"),
    }


@pytest.mark.parametrize("kind", ["sqlite"])
async def test_sqlite_reads_by_an_index_and_sorts_nothing(record: Kept) -> None:
    connection = sqlite(record)._points
    for name, (query, index) in queries(record).items():
        rows = connection.execute("EXPLAIN QUERY PLAN " + query.sql, query._bind(SLOTS)).fetchall()
        plan = " / ".join(row[3] for row in rows)
        # Of a list from several places each gives a page at most, read in order; only those few are sorted.
        plan = (
            plan.replace("SCAN arm / USE TEMP B-TREE FOR ORDER BY", "").replace("SCAN arm", "").replace("SCAN page", "")
        )
        assert index in plan, (name, plan)
        assert "TEMP B-TREE" not in plan, (name, plan)
        # A partial index that has no more than the wanted rows is walked from end to end.
        assert "SCAN" not in plan or index == "turns_unended", (name, plan)


@pytest.mark.parametrize("kind", ["sqlite"])
async def test_a_clients_branch_is_never_read_from_the_table_itself(record: Kept) -> None:
    connection = sqlite(record)._points
    branch = Scope("branch", 1)
    for query in (
        record.conversations._pages.query(branch, Shelf()),
        record.users._listing(branch, UserFilter(), newest),
    ):
        rows = connection.execute("EXPLAIN QUERY PLAN " + query.sql, query._bind(SLOTS)).fetchall()
        plan = [row[3] for row in rows if row[3].startswith(("SCAN", "SEARCH"))]
        of_tables = [step for step in plan if step not in ("SCAN arm", "SCAN page")]
        assert of_tables
        assert all("INDEX" in step or "PRIMARY KEY" in step for step in of_tables), plan


# Rows for the planner to choose by: on an empty table every way costs the same.
FILL = (
    (
        "INSERT INTO users (id, name, role, plus, created_at) "
        "SELECT n, 'n', 'user', false, n FROM generate_series(1, 100) n"
    ),
    (
        "INSERT INTO conversations (id, user_id, title, created_at, updated_at, archived, pinned, removed_at) "
        "SELECT n, CASE WHEN mod(n, 5) = 0 THEN 1 ELSE 1 + mod(n, 100) END, 't', n, n, mod(n, 7) = 0, mod(n, 11) = 0, "
        "CASE WHEN mod(n, 13) = 0 THEN n END FROM generate_series(1, 5000) n"
    ),
    (
        "INSERT INTO conversation_tags (conversation_id, key, tag, user_id, updated_at, archived, pinned) "
        "SELECT id, 'work', 'Work', user_id, updated_at, archived, pinned FROM conversations WHERE mod(id, 3) = 0"
    ),
    (
        "INSERT INTO keys (id, user_id, kind, name, shown_prefix, digest, created_at) "
        "SELECT n, 1 + mod(n, 100), 'key', 'n', 'p', decode(lpad(to_hex(n), 8, '0'), 'hex'), n "
        "FROM generate_series(1, 1000) n"
    ),
    (
        "INSERT INTO accounts (id, name, kind, plus, owner_id, fingerprint, created_at) "
        "SELECT n, 'n', 'chatgpt', false, 1 + mod(n, 10), 'f' || n, n FROM generate_series(1, 1000) n"
    ),
    (
        "INSERT INTO turns (id, conversation_id, user_id, position, prompt, reply, state, upstream_prompt_id, "
        "usage_source, reply_base, history_left_out, idempotency_key, created_at) "
        "SELECT n, 1 + mod(n, 1000), 1 + mod(n, 10), n, 'p', 'r', 'finished', 'u', 'unknown', 0, 0, 'k' || n, n "
        "FROM generate_series(1, 5000) n"
    ),
    "ANALYZE",
)


@pytest.mark.parametrize("kind", ["postgresql"])
async def test_postgresql_reads_by_an_index_and_sorts_nothing(record: Kept) -> None:
    def explain(connection: Any) -> Any:
        for statement in (*FILL, *(f"SET LOCAL enable_{way} = off" for way in ("seqscan", "bitmapscan"))):
            connection.execute(statement, ())
        plans = {}
        for name, (query, index) in queries(record).items():
            rows = connection.execute("EXPLAIN " + query.sql, query._bind(SLOTS)).fetchall()
            plans[name] = (index, "\n".join(row[0] for row in rows))
        return plans

    for name, (index, plan) in (await record.database.write(explain)).items():
        assert index in plan, (name, plan)
        assert "Sort  (" not in plan or name == "a conversation by external id", (name, plan)
        assert "Seq Scan" not in plan, (name, plan)
