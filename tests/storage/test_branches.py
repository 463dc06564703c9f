"""Turns that branch, in the record: read by indexes, a page at the price of a page, and proven like all others."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from backend.domain.conversations import Conversation
from backend.domain.replies import Turn
from backend.domain.users import User
from backend.domain.verification import Verdict
from backend.storage.database import Database, open_database
from tests.storage.kept import NOW, NOW_US, Kept, Reopen, kept_in
from tests.storage.test_pages import FILL, SLOTS, sqlite

TREE = (0, 1, 2, 1, 4, 0, 6, 2, 5)
"""What turns 1 to 9 follow: 1-2-3, 1-4-5-9, 6-7, 1-2-8."""
VALUES = SLOTS | {"conversation": 5, "end": 9, "most": 50, "behind": 3, "position": 4}


async def grown(record: Kept, user: User, tree: tuple[int, ...] = TREE, **more: Any) -> tuple[Conversation, list[Turn]]:
    """A conversation whose turns follow those of `tree` and have ended."""
    conversation = record.conversation(user)
    turns: list[Turn] = []
    for position, behind in enumerate(tree, 1):
        follows = None if behind == position - 1 else behind
        turn = record.turn(conversation, position, follows=follows, upstream_parent_id=f"parent-{position}", **more)
        await (record.turns.begin(turn) if turns else record.conversations.begin(conversation, turn))
        ended = replace(turn, state="finished", reply=f"Answer {position}", ended_at=NOW_US, upstream_reply_id=None)
        if position not in (3, 4):
            ended = replace(ended, upstream_reply_id=f"reply-{position}")
        await record.turns.settle(ended)
        turns.append(ended)
    return conversation, turns


def positions(turns: list[Turn]) -> list[int]:
    return [turn.position for turn in turns]


async def test_what_a_turn_follows_is_kept(record: Kept) -> None:
    conversation, turns = await grown(record, await record.user("Alice"))
    kept, forked = await record.turns.page(conversation.id, 20)
    assert forked
    assert [turn.behind for turn in kept] == list(TREE)
    assert [turn.follows for turn in kept] == [turn.follows for turn in turns]


async def test_a_path_is_read_from_its_leaf_upwards(record: Kept) -> None:
    conversation, _ = await grown(record, await record.user("Alice"))
    assert positions(await record.turns.path(conversation.id, 20)) == [1, 4, 5, 9]
    assert positions(await record.turns.path(conversation.id, 20, 8)) == [1, 2, 8]
    assert positions(await record.turns.path(conversation.id, 2, 8)) == [2, 8]
    assert positions(await record.turns.path(conversation.id, 20, 7)) == [6, 7]
    straight, _ = await grown(record, await record.user("Bob"), (0, 1, 2))
    assert positions(await record.turns.path(straight.id, 20)) == [1, 2, 3]
    assert await record.turns.branches.of(straight.id) is None


async def test_forks_and_the_versions_beside_them_come_in_one_read(record: Kept) -> None:
    conversation, turns = await grown(record, await record.user("Alice"))
    tree = await record.turns.branches.of(conversation.id)
    assert tree is not None
    assert tree.newest == 9
    shown = {behind: [version.id for version in found] for behind, found in tree.versions.items()}
    assert shown == {
        0: [turns[0].id, turns[5].id], 1: [turns[1].id, turns[3].id], 2: [turns[2].id, turns[7].id], 5: [turns[8].id],
    }  # fmt: skip
    family = await record.turns.branches.family(conversation.id, 1)
    assert (family.follows_id, [version.position for version in family.versions]) == (turns[0].id, [2, 4])
    firsts = await record.turns.branches.family(conversation.id, 0)
    assert (firsts.follows_id, [version.position for version in firsts.versions]) == (None, [1, 6])


async def test_the_nearest_reply_above_is_on_the_way_back_and_not_beside_it(record: Kept) -> None:
    conversation, _ = await grown(record, await record.user("Alice"))
    branches = record.turns.branches
    found = [await branches.reply_above(conversation.id, position) for position in range(1, 10)]
    assert found == [f"reply-{position}" for position in (1, 2, 2, 1, 5, 6, 7, 8, 9)]
    assert await branches.root(conversation.id) == "parent-1"


def plans(record: Kept) -> dict[str, Any]:
    branches = record.turns.branches
    return {
        "the page and whether there are forks": record.turns._page_before,
        "the forks": branches._forks,
        "the family": branches._family,
        "the way back": branches._way_back,
        "the reply above": branches._reply_above,
        "the first turns": branches._first_turns,
    }


@pytest.mark.parametrize("kind", ["sqlite"])
async def test_sqlite_never_goes_through_a_whole_conversation(record: Kept) -> None:
    for name, query in plans(record).items():
        rows = sqlite(record)._points.execute("EXPLAIN QUERY PLAN " + query.sql, query._bind(VALUES)).fetchall()
        for row in rows:
            step = row[3]
            if step.startswith("SEARCH"):
                bounded = ("position=?", "position<?", "follows>?", "follows=?", "rowid=?")
                assert any(bound in step for bound in bounded) or "last USING COVERING" in step, (name, step)
            assert not step.startswith("SCAN") or step == "SCAN path", (name, step)
            assert "TEMP B-TREE" not in step, (name, step)
        assert ("turns_forks" in str(rows)) == (name not in ("the way back", "the reply above")), (name, rows)


@pytest.mark.parametrize("kind", ["postgresql"])
async def test_postgresql_never_goes_through_a_whole_conversation(record: Kept) -> None:
    def explain(connection: Any) -> dict[str, str]:
        forked = "UPDATE turns SET follows = 1 WHERE mod(id, 100) = 7 AND position > 2"
        for statement in (*FILL[:-1], forked, FILL[-1], "SET LOCAL enable_seqscan = off"):
            connection.execute(statement, ())
        found = {}
        for name, query in plans(record).items():
            rows = connection.execute("EXPLAIN " + query.sql, query._bind(VALUES)).fetchall()
            found[name] = "\n".join(row[0] for row in rows)
        return found

    for name, plan in (await record.database.write(explain)).items():
        assert "Seq Scan" not in plan, (name, plan)
        assert ("turns_forks" in plan) == (name not in ("the way back", "the reply above")), (name, plan)


@pytest.mark.parametrize("kind", ["sqlite"])
async def test_a_page_of_a_long_branched_conversation_takes_the_steps_of_a_page(record: Kept) -> None:
    conversation, _ = await grown(record, await record.user("Alice"), (*range(100), 5, *range(101, 150)))
    steps = 0

    def count() -> bool:
        nonlocal steps
        steps += 1
        return False

    reader, query = sqlite(record)._reader(), record.turns.branches._way_back
    reader.set_progress_handler(count, 10)
    taken = []
    for most in (5, 45):
        steps = 0
        assert len(query.all(reader, conversation=conversation.id, end=150, most=most)) == most
        taken.append(steps)
    assert taken[0] * 5 < taken[1]


async def behind_its_back(reopen: Reopen, statement: str, *values: int) -> None:
    async with reopen() as other:
        mark = "?" if "SQLite" in type(other.database._engine).__name__ else "%s"
        sql = statement.replace("?", mark)

        def edit(connection: Any) -> None:
            connection.execute(sql, values)

        await other.database.write(edit)


async def verdict_of(record: Kept, conversation: Conversation) -> Verdict:
    kept = await record.receipts.kept(conversation.id, 100)
    assert kept is not None
    return record.receipts.verified(kept)


async def test_branched_turns_are_proven_and_an_edited_branch_is_found(record: Kept, reopen: Reopen) -> None:
    conversation, turns = await grown(record, await record.user("Alice"))
    verdict = await verdict_of(record, conversation)
    assert (verdict.proven, verdict.turns) == (True, ["proven"] * len(TREE))
    # Elsewhere, back to where it would have followed, and away from there.
    edits = (
        (4, 3, "UPDATE turns SET follows = 2 WHERE id = ?"),
        (6, 5, "UPDATE turns SET follows = NULL WHERE id = ?"),
    )
    for position, index, statement in (*edits, (5, 4, "UPDATE turns SET follows = 1 WHERE id = ?")):
        await behind_its_back(reopen, statement, turns[index].id)
        [problem] = (await verdict_of(record, conversation)).problems
        assert (problem.code, problem.position) == ("wrong_order", position)
        assert problem.sentence.endswith("it followed another turn.")
        whole = "UPDATE turns SET follows = NULLIF(?, ?) WHERE id = ?"
        await behind_its_back(reopen, whole, TREE[index], index, turns[index].id)
    assert (await verdict_of(record, conversation)).proven


async def test_a_turn_that_was_edited_to_follow_itself_leads_nobody_round_in_circles(
    record: Kept, reopen: Reopen
) -> None:
    conversation, turns = await grown(record, await record.user("Alice"))
    branches = record.turns.branches
    for position in (4, 6):  # itself, and a later one
        await behind_its_back(reopen, "UPDATE turns SET follows = ? WHERE id = ?", position, turns[3].id)
        assert await branches.reply_above(conversation.id, 4) is None
        assert positions(await branches.way_back(conversation.id, 5, 10)) == [4, 5]
        tree = await branches.of(conversation.id)
        assert tree is not None
        assert [run.start for run in tree.path(9)] == [1, 9]
        assert [problem.code for problem in (await verdict_of(record, conversation)).problems] == ["wrong_order"]


async def test_the_receipt_of_a_turn_that_follows_the_one_before_says_what_it_always_said(record: Kept) -> None:
    alice = await record.user("Alice")
    conversation, turns = await grown(record, alice)
    kept = await record.receipts.kept(conversation.id, 100)
    assert kept is not None
    said = ['"follows":' in (each.receipt or "") for each in kept.turns]
    assert said == [turn.follows is not None for turn in turns]
    assert '"follows":0,' in (kept.turns[5].receipt or "")


async def test_a_record_of_before_is_taken_over_with_its_receipts(
    url: str, kind: str, tmp_path: Path, record: Kept, database: Database
) -> None:
    """As the first migration alone left it: the column and its index are taken away again."""
    conversation, _ = await grown(record, await record.user("Alice"), (0, 1, 2))

    def undo(connection: Any) -> None:
        for statement in (
            "DROP INDEX turns_forks",
            "ALTER TABLE turns DROP COLUMN follows",
            "DELETE FROM schema_migration WHERE name = '0003_branches'",
        ):
            connection.execute(statement, ())

    await database.write(undo)
    await database.close()
    again = open_database(url, tmp_path, lambda: NOW)
    try:
        newer = kept_in(again)
        assert [turn.behind for turn in await newer.turns.path(conversation.id, 5)] == [0, 1, 2]
        assert (await verdict_of(newer, conversation)).proven
        await newer.turns.begin(newer.turn(conversation, 4, id=7, follows=1))
        assert positions(await newer.turns.path(conversation.id, 5)) == [1, 4]
    finally:
        await again.close()
