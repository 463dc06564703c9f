"""An imported conversation is kept whole, once, for its user alone; found by its old id; pinned at most once."""

from dataclasses import replace

import pytest

from backend.domain.access import Scope
from backend.domain.conversations import Conversation
from backend.errors import AlreadyExists
from backend.storage.transfers import Transfers
from tests.storage.kept import NOW_US, Kept


@pytest.fixture
def transfers(record: Kept) -> Transfers:
    return Transfers(record.database)


def old(conversation: Conversation, id: str = "o-1") -> Conversation:
    return replace(conversation, external_id=id, imported_from="legacy", created_at=1, updated_at=2)


async def test_it_is_kept_whole_with_its_times_and_its_source(record: Kept, transfers: Transfers) -> None:
    uma = await record.user("uma")
    conversation = old(record.conversation(uma))
    turns = [record.turn(conversation, position, state="finished", reply="yes") for position in (1, 2, 3)]
    assert await transfers.keep(conversation, turns) is None
    assert await record.now(conversation) == conversation
    assert await record.turns.page(conversation.id, 10) == (turns, False)
    assert await transfers.ids(Scope("own", uma.id)) == [conversation.id]


async def test_a_second_time_nothing_is_kept_and_the_turns_are_told(record: Kept, transfers: Transfers) -> None:
    uma, sam = await record.user("uma"), await record.user("sam")
    first = old(record.conversation(uma))
    await transfers.keep(first, [record.turn(first, 1), record.turn(first, 2)])
    again = old(record.conversation(uma))
    assert await transfers.keep(again, [record.turn(again)]) == 2
    assert await record.conversations.by_id(Scope("all", 0), again.id) is None
    await record.conversations.remove(Scope("own", uma.id), first.id, NOW_US)
    assert await transfers.keep(again, [record.turn(again)]) == 2
    theirs = old(record.conversation(sam))
    assert await transfers.keep(theirs, [record.turn(theirs)]) is None


async def test_an_export_that_comes_home_is_known_by_its_own_id(record: Kept, transfers: Transfers) -> None:
    uma, sam = await record.user("uma"), await record.user("sam")
    mine, _ = await record.begun(uma)
    home = old(record.conversation(uma), "c-of-mine")
    assert await transfers.keep(home, [record.turn(home)], own_id=mine.id) == 1
    abroad = old(record.conversation(sam), "c-of-mine")
    assert await transfers.keep(abroad, [record.turn(abroad)], own_id=mine.id) is None


async def test_nothing_is_kept_where_one_turn_cannot_be(record: Kept, transfers: Transfers) -> None:
    uma = await record.user("uma")
    conversation = old(record.conversation(uma))
    twice = [record.turn(conversation, 1), record.turn(conversation, 1)]
    with pytest.raises(AlreadyExists):
        await transfers.keep(conversation, twice)
    assert await transfers.ids(Scope("own", uma.id)) == []


async def test_it_is_found_by_its_old_id_within_the_scope(record: Kept, transfers: Transfers) -> None:
    bot = await record.user("bot", "client")
    uma, sam = await record.user("uma", owner=bot), await record.user("sam")
    kept = {}
    for place, user in enumerate((uma, sam)):
        conversation = kept[user.name] = replace(old(record.conversation(user)), updated_at=NOW_US + place)
        await transfers.keep(conversation, [record.turn(conversation)])
    find = record.conversations.by_external_id
    assert await find(Scope("own", uma.id), "o-1") == kept["uma"]
    assert await find(Scope("branch", bot.id), "o-1") == kept["uma"]
    assert await find(Scope("own", bot.id), "o-1") is None
    assert await find(Scope("all", 0), "o-1") == kept["sam"]
    assert await find(Scope("all", 0), "o-2") is None
    await record.conversations.remove(Scope("all", 0), kept["uma"].id, NOW_US)
    assert await find(Scope("branch", bot.id), "o-1") is None


async def test_an_account_that_is_configured_later_takes_its_conversations(record: Kept, transfers: Transfers) -> None:
    uma = await record.user("uma")
    account = await record.accounts.ensure("lab", "chatgpt", False, None, None, NOW_US)
    other = await record.accounts.ensure("other", "chatgpt", False, None, None, NOW_US)
    conversation = old(record.conversation(uma))
    await transfers.keep(conversation, [record.turn(conversation)])
    assert not await transfers.pin(uma.id + 1, "o-1", account.id)
    assert await transfers.pin(uma.id, "o-1", account.id)
    assert not await transfers.pin(uma.id, "o-1", other.id)
    now = await record.now(conversation)
    assert (now.account_id, now.upstream_id) == (account.id, "o-1")
    chatgpts = replace(record.conversation(uma), external_id="g-1", imported_from="chatgpt")
    await transfers.keep(chatgpts, [record.turn(chatgpts)])
    assert not await transfers.pin(uma.id, "g-1", account.id)


async def test_users_are_found_by_the_id_that_an_owner_gave_them(record: Kept) -> None:
    one, two = await record.user("one", "client"), await record.user("two", "client")
    uma = await record.user("uma", owner=one, external_id="77")
    assert await record.users.known_as("77") == [uma]
    await record.user("other", owner=two, external_id="77")
    assert len(await record.users.known_as("77")) == 2
    assert await record.users.known_as("78") == []


async def test_what_a_stranger_cannot_do(record: Kept, transfers: Transfers) -> None:
    uma, sam = await record.user("uma"), await record.user("sam")
    conversation = old(record.conversation(uma))
    await transfers.keep(conversation, [record.turn(conversation)])
    assert await transfers.ids(Scope("own", sam.id)) == []
    assert await record.conversations.by_external_id(Scope("own", sam.id), "o-1") is None
