"""What admins said, the definitions of accounts and the console's requests, in both databases."""

from dataclasses import replace

import pytest

from backend.domain.upkeep import ByHand
from backend.storage.upkeep import DEFINITION, Upkeep
from tests.storage.kept import NOW_US, Kept


async def test_what_was_said_last_is_what_is_kept(record: Kept) -> None:
    upkeep = Upkeep(record.database)
    account = await record.accounts.ensure("lab", "openai", False, None, None, NOW_US)
    assert await upkeep.said() == {}
    for said in (ByHand(disabled_at=NOW_US), ByHand(rests_until=NOW_US)):
        await upkeep.say(account.id, said)
        assert await upkeep.said() == {account.id: said}


async def test_a_definition_goes_with_its_account_and_is_forgotten_alone(record: Kept) -> None:
    upkeep = Upkeep(record.database)
    lab, other = [await record.accounts.ensure(name, "openai", False, None, None, NOW_US) for name in ("lab", "other")]
    await record.accounts.save_secret(lab.id, DEFINITION, b"sealed", "key")
    await record.accounts.save_secret(lab.id, "upstream tokens", b"tokens", "key")
    await record.accounts.save_secret(other.id, "upstream tokens", b"tokens", "key")
    assert await upkeep.definitions() == [(lab, b"sealed", "key")]
    await upkeep.forget(lab.id)
    assert await upkeep.definitions() == []
    assert await record.accounts.secret(lab.id, "upstream tokens") is None
    assert await record.accounts.by_id(lab.id) == lab
    assert await record.accounts.secret(other.id, "upstream tokens") is not None


async def test_a_definition_its_plan_and_what_it_outdates_change_together_or_not_at_all(record: Kept) -> None:
    upkeep = Upkeep(record.database)
    lab, other = [await record.accounts.ensure(name, "openai", False, None, None, NOW_US) for name in ("lab", "other")]
    for account in (lab, other):
        await record.accounts.save_secret(account.id, DEFINITION, b"sealed", "key")
        await record.accounts.save_secret(account.id, "upstream tokens", b"tokens", "key")
    with pytest.raises(Exception, match=r"(?i)null"):
        await upkeep.redefine(lab.id, True, None, "key", ["upstream tokens"])  # type: ignore[arg-type]
    assert {account.name: account for account, *_ in await upkeep.definitions()} == {"lab": lab, "other": other}
    assert await record.accounts.secret(lab.id, "upstream tokens") is not None
    await upkeep.redefine(lab.id, True, b"another", "key", ["upstream tokens"])
    kept = {account.name: (account, sealed) for account, sealed, _ in await upkeep.definitions()}
    assert kept == {"lab": (replace(lab, plus=True), b"another"), "other": (other, b"sealed")}
    assert await record.accounts.secret(lab.id, "upstream tokens") is None
    assert await record.accounts.secret(other.id, "upstream tokens") is not None


async def test_a_request_is_taken_once_and_in_its_turn(record: Kept) -> None:
    upkeep = Upkeep(record.database)
    for id in (2, 1):
        await upkeep.ask(id, b"sealed %d" % id, "key")
    assert await upkeep.next_request(NOW_US) == (1, b"sealed 1", "key")
    assert await upkeep.next_request(NOW_US) == (2, b"sealed 2", "key")
    assert await upkeep.next_request(NOW_US) is None
    assert await upkeep.answered(1) == (True, None)
    await upkeep.answer(1, "{}")
    assert await upkeep.answered(1) == (True, "{}")
    await upkeep.drop(1)
    assert await upkeep.answered(1) == (False, None)


async def test_a_request_that_nobody_took_can_be_withdrawn(record: Kept) -> None:
    upkeep = Upkeep(record.database)
    await upkeep.ask(1, b"sealed", "key")
    assert await upkeep.withdraw(1)
    assert await upkeep.next_request(NOW_US) is None
    await upkeep.ask(2, b"sealed", "key")
    await upkeep.next_request(NOW_US)
    assert not await upkeep.withdraw(2)
    await upkeep.drop_taken(NOW_US + 1)
    assert await upkeep.answered(2) == (False, None)


async def test_what_is_of_a_callers_own_account_is_no_definition(record: Kept) -> None:
    user = await record.user("uma")
    own = await record.accounts.ensure("own", "chatgpt", False, user.id, "fingerprint", NOW_US)
    await record.accounts.save_secret(own.id, DEFINITION, b"sealed", "key")
    assert await Upkeep(record.database).definitions() == []
