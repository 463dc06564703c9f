"""What is signed is fixed to the byte: a changed form would leave every kept receipt without proof."""

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.conversations import Conversation
from backend.domain.receipts import HEAD, as_kept, canonical, head_statement, read, sha256, statement
from backend.domain.replies import Turn, Usage
from backend.domain.verification import KeptConversation, KeptTurn, verified

CONVERSATION = Conversation(2, 1, "Tides", 9, "up-1", None, (), 10, 20)
TURN = Turn(
    3, 2, 2, "Why ☾?", "Because.", "finished", 9, "auto", "p-2", "r-1", "r-2",
    None, None, Usage(), 0, 0, "stop", None, 11, 12, 13,
)  # fmt: skip
LINE = (
    '{"account":"f","conversation":"c0000000000002","created_at":11,"ended_at":13,"error":null,'
    '"format":"chatgpt-api-server receipt 1","model":"auto","owner":"u0000000000001","position":2,"previous":"00",'
    '"prompt":"26e370ef77bde9ebbc9cf1c76099ce6dfaf594f2ac06156c4b1d17cf8371c8f6",'
    '"reply":"8e18bd2e335cd21ec45b4625678dc0095a0dc42605d87dad88ecf36270c22b77","started_at":12,"state":"finished",'
    '"turn":"t0000000000003","upstream_conversation":"up-1","upstream_parent":"r-1","upstream_prompt":"p-2",'
    '"upstream_reply":"r-2"}'
)


def signed(text: str) -> str:
    """In place of a signature: the text's digest, which serves as well where nobody forges."""
    return as_kept(text, "key", hashlib.sha256(text.encode()).digest())


def check(key: str, text: str, signature: bytes) -> bool | None:
    return hashlib.sha256(text.encode()).digest() == signature if key == "key" else None


def kept(count: int) -> KeptConversation:
    turns, previous, line = [], None, ""
    for position in range(1, count + 1):
        turn = replace(TURN, id=position, position=position)
        line = canonical(statement(turn, CONVERSATION, "f9", previous))
        previous = sha256(line)
        turns.append(KeptTurn(turn, 1, signed(line)))
    head = signed(canonical(head_statement(CONVERSATION, count, sha256(line))))
    return KeptConversation(CONVERSATION, head, turns)


def fingerprint(account_id: int) -> str:
    return f"f{account_id}"


@pytest.mark.parametrize("follows", [0, 2, 7])
def test_only_a_turn_that_departs_from_the_line_says_what_it_follows(follows: int) -> None:
    departed = statement(replace(TURN, position=8, follows=follows), CONVERSATION, "f", "00")
    straight = statement(replace(TURN, position=8), CONVERSATION, "f", "00")
    assert departed == (straight if follows == 7 else straight | {"follows": follows})
    assert "follows" not in straight


def test_the_bytes_that_are_signed() -> None:
    said = statement(TURN, CONVERSATION, "f", "00")
    assert canonical(said) == LINE
    assert said["prompt"] == hashlib.sha256("Why ☾?".encode()).hexdigest()
    assert read(signed(LINE)) is not None


def test_the_first_receipt_speaks_for_the_conversation_too() -> None:
    conversation = replace(CONVERSATION, preamble=(("system", "Brief ☾"),), continues_id=7, continues_after=4)
    said = statement(replace(TURN, position=1), conversation, None, None)
    line = r'{"messages":{"0":{"role":"system","text":"Brief \u263e"}}}'
    assert said["preamble"] == hashlib.sha256(line.encode()).hexdigest()
    assert (said["continues"], said["continues_after"]) == ("c0000000000007", 4)


@pytest.mark.parametrize(
    "spoilt",
    [
        "",
        "\n",
        "null\nkey AA==",
        "[" * 100_000 + "\nkey AA==",
        LINE + "\nkey not Base64",
        LINE.replace('"position":2', '"position":"2"') + "\nkey AA==",
        LINE.replace('"position":2', '"position":true') + "\nkey AA==",
        LINE.replace(",", ", ") + "\nkey AA==",
        LINE.replace("receipt 1", "receipt 2") + "\nkey AA==",
        LINE.replace('"state"', '"state":"failed","state"') + "\nkey AA==",
    ],
)
def test_what_is_no_receipt_is_not_read_as_one(spoilt: str) -> None:
    assert read(spoilt) is None
    turns = [replace(kept(1).turns[0], receipt=spoilt)]
    verdict = verified(replace(kept(1), turns=turns), fingerprint, check)
    assert "bad_signature" in {problem.code for problem in verdict.problems}


def test_a_head_is_no_receipt() -> None:
    head = kept(1).head
    assert head is not None
    assert read(head, HEAD) is not None
    assert read(head) is None


@given(st.integers(1, 6), st.data())
def test_whatever_byte_of_a_receipt_is_changed_it_is_found(count: int, data: st.DataObject) -> None:
    conversation = kept(count)
    assert verified(conversation, fingerprint, check).proven
    place = data.draw(st.integers(0, count - 1))
    turn = conversation.turns[place]
    assert turn.receipt is not None
    at = data.draw(st.integers(0, len(turn.receipt) - 1))
    letter = data.draw(st.sampled_from([letter for letter in '0aZ":,{}\n =' if letter != turn.receipt[at]]))
    spoilt = replace(turn, receipt=turn.receipt[:at] + letter + turn.receipt[at + 1 :])
    turns = [*conversation.turns[:place], spoilt, *conversation.turns[place + 1 :]]
    assert not verified(replace(conversation, turns=turns), fingerprint, check).proven


@given(st.permutations(range(4)), st.integers(0, 4))
def test_no_other_order_and_no_part_is_proven(order: list[int], count: int) -> None:
    conversation = kept(4)
    turns = []
    for position, place in enumerate(order[:count], 1):
        moved = conversation.turns[place]
        turns.append(replace(moved, turn=replace(moved.turn, position=position)))
    verdict = verified(replace(conversation, turns=turns), fingerprint, check)
    assert verdict.proven == (order == [0, 1, 2, 3] and count == 4)


def test_a_stranger_who_is_made_the_owner_is_named() -> None:
    conversation = kept(1)
    stolen = replace(conversation, conversation=replace(CONVERSATION, user_id=66))
    problems = verified(stolen, fingerprint, check).problems
    assert {problem.code for problem in problems} == {"wrong_owner"}
    assert "it belonged to the user u0000000000001" in problems[0].sentence
