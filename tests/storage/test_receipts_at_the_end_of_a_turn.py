"""Every turn that ends is signed, however it ends and in whatever order."""

from dataclasses import replace

from backend.domain.access import Scope
from backend.domain.receipts import sha256
from backend.domain.verification import Verdict
from backend.storage.receipts import Receipts
from backend.storage.signing import Signing
from backend.storage.turns import Turns
from tests.storage.kept import NOW_US, Kept

OLD, NEW = b"the old master secret of 32 byte", b"the new master secret of 32 byte"


async def verdict_of(record: Kept, conversation_id: int, most: int = 1000) -> Verdict:
    kept = await record.receipts.kept(conversation_id, most)
    assert kept is not None
    return record.receipts.verified(kept)


async def test_a_receipt_says_what_was_kept_and_not_what_was_sent(record: Kept) -> None:
    alice = await record.user("Alice")
    conversation, turn = await record.begun(alice)
    await record.turns.settle(replace(turn, state="failed", reply="a\0b\ud800", error_code="reply_cut_off"))
    receipt = await record.receipts.of_turn(Scope("own", alice.id), turn.id)
    assert receipt is not None
    assert receipt.says["reply"] == sha256("a\ufffdb\ufffd")
    assert (receipt.says["state"], receipt.says["error"], receipt.says["previous"]) == ("failed", "reply_cut_off", None)
    assert (await verdict_of(record, conversation.id)).proven


async def test_a_fingerprint_names_the_account_and_nothing_of_it(record: Kept) -> None:
    account = await record.accounts.ensure("ada@example.org", "chatgpt", False, None, None, NOW_US)
    alice = await record.user("Alice")
    seen = set()
    for _ in range(2):
        _, turn = await record.begun(alice, account_id=account.id)
        await record.turns.settle(replace(turn, state="finished", account_id=account.id, ended_at=NOW_US))
        receipt = await record.receipts.of_turn(Scope("own", alice.id), turn.id)
        assert receipt is not None
        assert "ada" not in receipt.text
        assert str(account.id) not in receipt.text
        seen.add(receipt.says["account"])
    assert len(seen) == 1
    assert Signing([NEW]).fingerprint(account.id) not in seen


async def test_a_turn_that_ends_before_the_one_in_front_is_signed_with_it(record: Kept) -> None:
    alice = await record.user("Alice")
    conversation, first = await record.begun(alice)
    second, third = record.turn(conversation, 2), record.turn(conversation, 3)
    await record.turns.begin(second)
    await record.turns.begin(third)
    await record.turns.settle(replace(second, state="stopped", ended_at=NOW_US))
    assert (await verdict_of(record, conversation.id)).turns == ["unfinished"] * 3
    await record.turns.settle(replace(first, state="finished", reply="Because.", ended_at=NOW_US))
    verdict = await verdict_of(record, conversation.id)
    assert (verdict.turns, verdict.proven) == (["proven", "proven", "unfinished"], True)
    await record.turns.settle(replace(third, state="finished", ended_at=NOW_US))
    assert (await verdict_of(record, conversation.id)).turns == ["proven"] * 3


async def test_what_a_crash_left_unended_is_signed_at_the_next_start(record: Kept) -> None:
    alice = await record.user("Alice")
    conversation, turn = await record.begun(alice)
    await record.turns.save_text(turn.id, "Half of", 0)
    await record.turns.begin(record.turn(conversation, 2))
    assert await record.turns.interrupt_unended(NOW_US + 60) == 2
    receipt = await record.receipts.of_turn(Scope("own", alice.id), turn.id)
    assert receipt is not None
    assert (receipt.says["state"], receipt.says["error"]) == ("failed", "reply_interrupted")
    assert (await verdict_of(record, conversation.id)).turns == ["proven"] * 2


async def test_receipts_stay_good_when_the_master_secret_is_rotated(record: Kept) -> None:
    before, after = Receipts(record.database, Signing([OLD])), Receipts(record.database, Signing([NEW, OLD]))
    alice = await record.user("Alice")
    account = await record.accounts.ensure("library", "chatgpt", False, None, None, NOW_US)
    conversation, turn = await record.begun(alice, account_id=account.id)
    await Turns(record.database, before).settle(replace(turn, state="finished", account_id=account.id, ended_at=NOW_US))
    second = record.turn(conversation, 2, state="finished", account_id=account.id, ended_at=NOW_US)
    await record.turns.begin(second)
    await Turns(record.database, after).settle(second)
    kept = await after.kept(conversation.id, 10)
    assert kept is not None
    assert after.verified(kept).proven
    codes = {problem.code for problem in before.verified(kept).problems}
    assert codes == {"unknown_key"}


async def test_a_head_is_the_servers_own_word(record: Kept) -> None:
    signing = Signing([OLD])
    receipts = Receipts(record.database, signing)
    alice = await record.user("Alice")
    conversation, turn = await record.begun(alice)
    await Turns(record.database, receipts).settle(replace(turn, state="finished", ended_at=NOW_US))
    kept = await receipts.kept(conversation.id, 10)
    assert kept is not None
    assert kept.head is not None
    text = kept.head.partition("\n")[0]
    signed_as_once = replace(kept, head=signing.signed(text))
    assert receipts.verified(signed_as_once).proven
    by_another = replace(kept, head=Signing([NEW]).signed_head(text))
    assert {problem.code for problem in receipts.verified(by_another).problems} == {"unknown_key"}
    renamed = kept.head.replace('"position":1', '"position":2')
    assert "bad_signature" in {problem.code for problem in receipts.verified(replace(kept, head=renamed)).problems}


async def test_the_last_turns_can_be_verified_alone(record: Kept) -> None:
    alice = await record.user("Alice")
    conversation, turn = await record.begun(alice)
    await record.turns.settle(replace(turn, state="finished", ended_at=NOW_US))
    for position in range(2, 6):
        turn = record.turn(conversation, position, state="finished", ended_at=NOW_US)
        await record.turns.begin(turn)
        await record.turns.settle(turn)
    verdict = await verdict_of(record, conversation.id, 2)
    assert (verdict.turns, verdict.proven, verdict.complete) == (["proven"] * 2, True, False)
    assert (await verdict_of(record, conversation.id)).complete


async def test_a_stranger_gets_no_receipt(record: Kept) -> None:
    alice, bob = await record.user("Alice"), await record.user("Bob")
    _, turn = await record.begun(alice)
    await record.turns.settle(replace(turn, state="finished", ended_at=NOW_US))
    assert await record.receipts.of_turn(Scope("own", alice.id), turn.id)
    assert await record.receipts.of_turn(Scope("own", bob.id), turn.id) is None
    assert await record.receipts.of_turn(Scope("branch", bob.id), turn.id) is None
