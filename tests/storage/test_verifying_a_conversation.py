"""Every way of changing the record behind the server's back is found, and named."""

# ruff: noqa: S608 - whoever edits the record by hand writes such statements

from dataclasses import replace
from typing import Any

import pytest

from backend.domain.accounts import Account
from backend.domain.conversations import Conversation
from backend.domain.replies import Turn
from backend.domain.users import User
from backend.domain.verification import Verdict, lines_of
from backend.storage.receipts import Receipts
from backend.storage.signing import Signing
from backend.storage.turns import Turns
from tests.storage.kept import NOW_US, Kept, Reopen

MANY = 1000


async def ended(record: Kept, conversation: Conversation, account: Account, position: int, **more: Any) -> Turn:
    """A turn that began and has ended."""
    turn = record.turn(conversation, position, prompt=f"Question {position}", account_id=account.id)
    if position == 1:
        await record.conversations.begin(conversation, turn)
    else:
        await record.turns.begin(turn)
    done = replace(
        turn, state="finished", reply=f"Answer {position}", model="auto", upstream_reply_id=f"r{position}",
        started_at=NOW_US, ended_at=NOW_US + position, **more,
    )  # fmt: skip
    await record.turns.settle(done, upstream_conversation_id="up-1")
    return done


async def story(record: Kept, user: User, turns: int = 4) -> list[Turn]:
    account = await record.accounts.ensure("library", "chatgpt", False, None, None, NOW_US)
    conversation = record.conversation(user, preamble=(("system", "Be brief ☾"),), account_id=account.id)
    return [await ended(record, conversation, account, position) for position in range(1, turns + 1)]


async def verdict_of(record: Kept, turn: Turn) -> Verdict:
    kept = await record.receipts.kept(turn.conversation_id, MANY)
    assert kept is not None
    return record.receipts.verified(kept)


def told(verdict: Verdict) -> set[tuple[str, int | None]]:
    return {(problem.code, problem.position) for problem in verdict.problems}


async def behind_its_back(reopen: Reopen, *statements: str) -> None:
    async with reopen() as other:
        for statement in statements:
            await other.database.write(lambda connection, sql=statement: connection.execute(sql, ()) and None)  # type: ignore[misc]


async def test_what_was_not_touched_is_proven(record: Kept) -> None:
    turns = await story(record, await record.user("Alice"))
    verdict = await verdict_of(record, turns[0])
    assert (verdict.proven, verdict.problems, verdict.turns) == (True, [], ["proven"] * 4)
    lines = lines_of(verdict)
    assert len(lines) == 5
    assert lines[-1].endswith("proven: 4 turns, in order, whole and of one owner.")


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE turns SET prompt = 'Mine' WHERE id = {1}", {("edited_prompt", 2)}),
        ("UPDATE turns SET reply = reply || '!' WHERE id = {1}", {("edited_reply", 2)}),
        ("UPDATE turns SET reply = '' WHERE id = {3}", {("edited_reply", 4)}),
        ("UPDATE turns SET state = 'stopped' WHERE id = {1}", {("edited", 2)}),
        ("UPDATE turns SET state = 'writing' WHERE id = {3}", {("edited", 4)}),
        ("UPDATE turns SET model = 'other' WHERE id = {0}", {("edited", 1)}),
        ("UPDATE turns SET account_id = NULL WHERE id = {2}", {("edited", 3)}),
        ("UPDATE turns SET upstream_reply_id = 'r9' WHERE id = {2}", {("edited", 3)}),
        ("UPDATE turns SET ended_at = ended_at + 1 WHERE id = {2}", {("edited", 3)}),
        ("UPDATE turns SET user_id = {bob} WHERE id = {2}", {("wrong_owner", 3)}),
        ("UPDATE conversations SET preamble = NULL WHERE id = {c}", {("edited_prompt", 1)}),
        ("UPDATE conversations SET upstream_id = 'up-2' WHERE id = {c}", {("edited", 4)}),
        ("UPDATE conversations SET continues_id = {c} WHERE id = {c}", {("edited", 1)}),
        ("DELETE FROM turns WHERE id = {0}", {("missing_turn", 1)}),
        ("DELETE FROM turns WHERE id = {1}", {("missing_turn", 2)}),
        ("DELETE FROM turns WHERE id = {3}", {("missing_turn", 4)}),
        ("DELETE FROM turns WHERE conversation_id = {c}", {("missing_turn", 1)}),
        ("UPDATE turns SET receipt = NULL WHERE id = {1}", {("no_receipt", 2)}),
        ("UPDATE turns SET receipt = NULL WHERE id = {0}", {("no_receipt", 1)}),
        ("UPDATE turns SET receipt = 'nonsense' WHERE id = {1}", {("bad_signature", 2)}),
        ("UPDATE turns SET receipt = receipt || 'A' WHERE id = {3}", {("bad_signature", 4)}),
        ("UPDATE conversations SET head = NULL WHERE id = {c}", {("wrong_head", None)}),
        ("UPDATE conversations SET head = 'nonsense' WHERE id = {c}", {("wrong_head", None)}),
        (
            "UPDATE turns SET receipt = (SELECT old.receipt FROM turns AS old WHERE old.id = {1}) WHERE id = {2}",
            {("wrong_order", 3), ("edited_prompt", 3), ("edited_reply", 3), ("edited", 3), ("broken_chain", 3)}
            | {("broken_chain", 4)},
        ),
        (
            "UPDATE turns SET receipt = REPLACE(receipt, 'finished', 'stopped'), state = 'stopped' WHERE id = {3}",
            {("bad_signature", 4), ("broken_chain", 4)},
        ),
    ],
)
async def test_one_change_is_found_and_named(
    record: Kept, reopen: Reopen, statement: str, found: set[tuple[str, int | None]]
) -> None:
    turns = await story(record, await record.user("Alice"))
    bob = await record.user("Bob")
    ids = [turn.id for turn in turns]
    await behind_its_back(reopen, statement.format(*ids, bob=bob.id, c=turns[0].conversation_id))
    verdict = await verdict_of(record, turns[0])
    assert told(verdict) == found
    assert not verdict.proven
    assert "NOT as it was written" in lines_of(verdict)[-1]


async def test_swapped_turns_are_found(record: Kept, reopen: Reopen) -> None:
    turns = await story(record, await record.user("Alice"))
    moves = ((turns[1].id, 99), (turns[2].id, 2), (turns[1].id, 3))
    await behind_its_back(reopen, *(f"UPDATE turns SET position = {to} WHERE id = {id}" for id, to in moves))
    verdict = await verdict_of(record, turns[0])
    assert {("wrong_order", 2), ("wrong_order", 3)} <= told(verdict)
    assert verdict.turns == ["proven", "wrong", "wrong", "wrong"]
    assert "it stood at position 3" in lines_of(verdict)[1]


async def test_several_turns_that_are_missing_are_told_as_one(record: Kept, reopen: Reopen) -> None:
    turns = await story(record, await record.user("Alice"))
    ids = f"{turns[1].id}, {turns[2].id}"
    await behind_its_back(reopen, f"DELETE FROM turns WHERE id IN ({ids})")
    verdict = await verdict_of(record, turns[0])
    assert [problem.sentence for problem in verdict.problems] == ["Turns 2 to 3 are missing."]


async def test_another_owner_is_found(record: Kept, reopen: Reopen) -> None:
    turns = await story(record, await record.user("Alice"))
    bob = await record.user("Bob")
    id = turns[0].conversation_id
    await behind_its_back(
        reopen,
        f"UPDATE conversations SET user_id = {bob.id} WHERE id = {id}",
        f"UPDATE turns SET user_id = {bob.id} WHERE conversation_id = {id}",
    )
    assert told(await verdict_of(record, turns[0])) == {("wrong_owner", n) for n in (None, 1, 2, 3, 4)}


async def test_a_turn_that_was_moved_to_another_conversation_is_found_in_both(record: Kept, reopen: Reopen) -> None:
    alice = await record.user("Alice")
    here, there = await story(record, alice), await story(record, alice, 3)
    move = f"UPDATE turns SET conversation_id = {there[0].conversation_id} WHERE id = {here[3].id}"
    await behind_its_back(reopen, move)
    assert told(await verdict_of(record, here[0])) == {("missing_turn", 4)}
    assert ("wrong_conversation", 4) in told(await verdict_of(record, there[0]))


async def test_an_older_head_does_not_hide_what_came_after_it(record: Kept, reopen: Reopen) -> None:
    alice = await record.user("Alice")
    account = await record.accounts.ensure("library", "chatgpt", False, None, None, NOW_US)
    conversation = record.conversation(alice)
    first = await ended(record, conversation, account, 1)
    older = await record.receipts.kept(conversation.id, MANY)
    assert older is not None
    await ended(record, conversation, account, 2)
    await behind_its_back(reopen, f"UPDATE conversations SET head = '{older.head}' WHERE id = {conversation.id}")
    assert told(await verdict_of(record, first)) == {("wrong_head", None)}


async def test_a_turn_that_the_server_did_not_write_is_found(record: Kept) -> None:
    turns = await story(record, await record.user("Alice"))
    conversation = record.conversation(await record.user("Mallory"), id=turns[0].conversation_id)
    await record.turns.begin(record.turn(conversation, 5, state="finished", reply="Forged", ended_at=NOW_US))
    assert told(await verdict_of(record, turns[0])) == {("no_receipt", 5)}


async def test_a_receipt_by_another_key_is_found(record: Kept) -> None:
    alice = await record.user("Alice")
    turns = await story(record, alice, 1)
    forger = Turns(record.database, Receipts(record.database, Signing([b"another master secret, of 32 by."])))
    conversation = record.conversation(alice, id=turns[0].conversation_id)
    forged = record.turn(conversation, 2, state="finished", reply="Forged", ended_at=NOW_US)
    await forger.begin(forged)
    await forger.settle(forged)
    assert told(await verdict_of(record, turns[0])) == {("unknown_key", 2), ("unknown_key", None)}


async def test_receipts_that_were_all_taken_away_are_not_made_up_again(record: Kept, reopen: Reopen) -> None:
    turns = await story(record, await record.user("Alice"))
    id = turns[0].conversation_id
    await behind_its_back(
        reopen,
        f"UPDATE turns SET receipt = NULL, prompt = 'Mine' WHERE conversation_id = {id}",
        f"UPDATE conversations SET head = NULL WHERE id = {id}",
    )
    verdict = await verdict_of(record, turns[0])
    assert (verdict.turns, verdict.proven) == (["unsigned"] * 4, False)
    account = await record.accounts.ensure("library", "chatgpt", False, None, None, NOW_US)
    await ended(record, replace(record.conversation(await record.user("A")), id=id), account, 5)
    verdict = await verdict_of(record, turns[0])
    assert (verdict.turns, verdict.proven) == (["unsigned"] * 4 + ["proven"], False)
    assert "4 of 5 turns have no receipt" in lines_of(verdict)[-1]


async def test_a_turn_that_replaced_the_last_one_is_found_though_the_conversation_goes_on(
    record: Kept, reopen: Reopen
) -> None:
    turns = await story(record, await record.user("Alice"), 2)
    await behind_its_back(reopen, f"DELETE FROM turns WHERE id = {turns[1].id}")
    account = await record.accounts.ensure("library", "chatgpt", False, None, None, NOW_US)
    conversation = replace(record.conversation(await record.user("A")), id=turns[0].conversation_id)
    await ended(record, conversation, account, 2)
    await ended(record, conversation, account, 3)
    assert told(await verdict_of(record, turns[0])) == {("no_receipt", 2)}
