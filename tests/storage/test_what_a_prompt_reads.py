"""What a prompt, a key and an old bot's call ask of the record: rows by an index, however many there are."""

from typing import Any

import pytest

from backend.domain.access import Scope
from backend.storage.compiled import Compiled
from backend.storage.transfers import Transfers
from tests.storage.kept import Kept
from tests.storage.test_pages import FILL, NOW, SLOTS

OWN, BRANCH, EVERYONE = Scope("own", 1), Scope("branch", 1), Scope("all", 1)
VALUES = SLOTS | {
    "position": 3, "end": 3, "behind": 2, "kind": "key", "folded": "x", "own_id": 5, "upstream_id": "u", "title": "t",
    "account": 1, "started_at": NOW, "upstream_parent_id": "p", "choice": None, "most": 50, "reply": "r",
    "reply_base": 0, "head": None, "receipt": None, "hour": NOW // 3_600_000_000, "model": "m", "state": "finished",
    "titled": False,
} | dict.fromkeys(
    """upstream_reply_id error_code error_sentence prompt_tokens reply_tokens finish_reason message ended_at""".split()
) | {"usage_source": "unknown", "history_left_out": 0} | dict.fromkeys(
    """prompts finished failed stopped reported_prompt_tokens reported_reply_tokens estimated_prompt_tokens
    estimated_reply_tokens estimated unknown milliseconds""".split(), 1
)  # fmt: skip


def read(record: Kept) -> dict[str, Any]:
    turns, receipts, keys, users = record.turns, record.receipts, record.keys, record.users
    transfers = Transfers(record.database)
    return {
        "a key by its digest": keys._find,
        "a key by its id": keys._by_id,
        "a key of one's own": keys._get[OWN],
        "any admin who came": keys._any_used_by_admin,
        "a user by its id": users._by_id,
        "a client's user by the client's id": users._by_external_id,
        "a user whom somebody knows by an id": users._known_as,
        "a user from the console by its name": users._by_name_at_console,
        "one's own conversation": record.conversations._by_id[OWN],
        "a conversation of one's branch": record.conversations._listed[BRANCH],
        "what came along with its first prompt": record.conversations._preamble[BRANCH],
        "any conversation": record.conversations._by_id[EVERYONE],
        "a conversation by its id on the old server": record.conversations._by_external_id[OWN],
        "one's own turn": turns._by_id[OWN],
        "the first turns": turns.branches._first_turns,
        "the root": turns.branches._first_identified,
        "going on": turns._continue,
        "an account for a turn": turns._place,
        "an account for a conversation": turns._pin,
        "the text so far": turns._save_text,
        "the upstream's ids": turns._identify,
        "the end of a turn": turns._settle,
        "the end, in its conversation": turns._settle_conversation,
        "what was used": turns._use._ended,
        "what a receipt needs": receipts._standing,
        "what is to be signed": receipts._from,
        "whether a receipt waits": receipts._unended_before,
        "the last turns": receipts._last_turns,
        "whether an import is there": transfers._known,
        "how many turns it has": transfers._turns,
        "the next conversations to verify": receipts._ids,
    }


@pytest.mark.parametrize("kind", ["sqlite"])
async def test_sqlite_finds_every_row_by_an_index(record: Kept) -> None:
    connection: Any = record.database._engine._points  # type: ignore[attr-defined]
    for name, query in read(record).items():
        rows = connection.execute("EXPLAIN QUERY PLAN " + query.sql, query._bind(VALUES)).fetchall()
        plan = [row[3] for row in rows]
        assert plan, name
        assert not [step for step in plan if step.startswith("SCAN") and step != "SCAN CONSTANT ROW"], (name, plan)
        assert "TEMP B-TREE" not in str(plan), (name, plan)


@pytest.mark.parametrize("kind", ["postgresql"])
async def test_postgresql_finds_every_row_by_an_index(record: Kept) -> None:
    def explain(connection: Any) -> dict[str, str]:
        for statement in (*FILL, "SET LOCAL enable_seqscan = off"):
            connection.execute(statement, ())
        found = {}
        for name, query in read(record).items():
            rows = connection.execute("EXPLAIN " + query.sql, query._bind(VALUES)).fetchall()
            found[name] = "\n".join(row[0] for row in rows)
        return found

    for name, plan in (await record.database.write(explain)).items():
        assert "Index" in plan, (name, plan)
        assert "Seq Scan" not in plan, (name, plan)


@pytest.mark.parametrize("kind", ["postgresql"])
async def test_lists_are_planned_for_their_values_and_single_rows_once(record: Kept) -> None:
    prepared = Compiled("SELECT COUNT(*) FROM pg_prepared_statements", ())
    for _ in range(40):  # more than enough for each of the threads to prepare it
        assert await record.database.many(prepared) == [(0,)]
    counts = [await record.database.one(prepared) for _ in range(40)]
    assert counts[-1] == (1,)
