from dataclasses import replace

import pytest

from backend.domain.access import Scope
from backend.domain.accounts import AccountState
from backend.domain.choice import Explanation
from backend.domain.conversations import Change
from backend.domain.replies import Usage
from backend.errors import AlreadyExists, InternalError, InvalidInput, NotFound
from backend.storage.keys import Proof
from backend.storage.turns import INTERRUPTED, NEVER_SENT
from tests.storage.kept import Kept

NOW = 1_800_000_000_000_000


async def test_a_user_comes_back_as_it_was(record: Kept) -> None:
    boss = await record.user("Boss", "client")
    alice = await record.user("Alice", owner=boss, plus=True, external_id="a-1", disabled_at=NOW)
    assert await record.users.by_id(alice.id) == alice
    assert await record.users.by_external_id(boss.id, "a-1") == alice
    assert await record.users.by_external_id(None, "a-1") is None


async def test_an_external_id_is_unique_among_one_owners_users(record: Kept) -> None:
    boss, rival = await record.user("Boss", "client"), await record.user("Rival", "client")
    await record.user("Alice", owner=boss, external_id="7")
    await record.user("Alice", owner=rival, external_id="7")
    with pytest.raises(AlreadyExists) as clash:
        await record.user("Another", owner=boss, external_id="7")
    assert clash.value.details == {"field": "external_id", "mistake": "taken"}


async def test_an_external_id_is_unique_among_users_without_owner_too(record: Kept) -> None:
    imported = await record.user("Alice", external_id="7")
    with pytest.raises(AlreadyExists):
        await record.user("Another", external_id="7")
    assert await record.users.by_external_id(None, "7") == imported


async def test_a_name_at_the_console_is_not_one_of_an_owned_user(record: Kept) -> None:
    boss = await record.user("Boss", "client")
    await record.user("Alice", owner=boss)
    await record.user("Alice", external_id="imported")
    assert await record.users.by_name_at_console("Alice") is None
    alice = await record.user("Alice")
    assert await record.users.by_name_at_console("Alice") == alice


async def test_whether_there_is_an_admin(record: Kept) -> None:
    await record.user("Alice")
    assert not await record.users.any_admin()
    await record.user("Ada", "admin")
    assert await record.users.any_admin()


async def test_a_key_is_found_with_its_user_by_its_digest(record: Kept) -> None:
    alice = await record.user("Alice")
    key = record.key(alice, expires_at=NOW + 1)
    await record.keys.add(key, b"\x00digest")
    assert await record.keys.find(b"\x00digest") == Proof(key, alice, None)
    assert await record.keys.find(b"\x00") is None
    with pytest.raises(AlreadyExists):
        await record.keys.add(record.key(alice), b"\x00digest")


async def test_a_revoked_key_comes_back_with_the_time_of_its_first_revocation(record: Kept) -> None:
    alice = await record.user("Alice")
    key = record.key(alice)
    await record.keys.add(key, b"d")
    await record.keys.touch({key.id: NOW + 1})
    await record.keys.revoke(key.id, NOW + 2)
    await record.keys.revoke(key.id, NOW + 3)
    found = await record.keys.find(b"d")
    assert found is not None
    assert (found.key.last_used_at, found.key.revoked_at) == (NOW + 1, NOW + 2)


async def test_keys_that_mean_an_admin_has_been_here(record: Kept) -> None:
    ada, alice = await record.user("Ada", "admin"), await record.user("Alice")
    await record.keys.add(record.key(alice), b"1")
    await record.keys.add(record.key(ada, kind="link"), b"2")
    await record.keys.add(record.key(ada, revoked_at=NOW), b"3")
    assert not await record.keys.any_used_by_admin()
    await record.keys.add(record.key(ada, kind="session", revoked_at=NOW), b"4")
    assert await record.keys.any_used_by_admin()


async def test_a_built_in_account_keeps_its_id_while_its_settings_change(record: Kept) -> None:
    first = await record.accounts.ensure("library", "chatgpt", False, None, None, NOW)
    again = await record.accounts.ensure("library", "chatgpt", True, None, None, NOW + 5)
    assert again == replace(first, plus=True)
    assert await record.accounts.by_id(first.id) == again


async def test_an_own_account_is_known_by_owner_and_fingerprint(record: Kept) -> None:
    alice, bob = await record.user("Alice"), await record.user("Bob")
    hers = await record.accounts.ensure("own", "chatgpt", False, alice.id, "f", NOW)
    his = await record.accounts.ensure("own", "chatgpt", False, bob.id, "f", NOW + 1000)
    assert hers.id != his.id
    assert await record.accounts.ensure("own", "chatgpt", False, alice.id, "f", NOW) == hers


async def test_a_conversation_and_its_turn_come_back_as_they_were(record: Kept) -> None:
    alice = await record.user("Alice")
    conversation = record.conversation(
        alice, title="Ebbe & Flut ☾", external_id="e-1", preamble=(("system", "Be brief."), ("user", "Hi\n\ud83c"))
    )
    turn = record.turn(conversation, message={"id": "m", "metadata": {"deep": [1, None, 2.5]}}, model="auto")
    await record.conversations.begin(conversation, turn)
    own = Scope("own", alice.id)
    assert await record.conversations.by_id(own, conversation.id) == conversation
    bare = replace(conversation, preamble=())
    assert await record.conversations.by_external_id(own, "e-1") == bare
    assert await record.conversations.listed(own, conversation.id) == bare
    assert await record.conversations.preamble(own, conversation.id) == conversation.preamble
    assert await record.turns.by_id(own, turn.id) == (turn, conversation)
    assert await record.turns.last_of(conversation.id) == turn


async def test_the_way_of_a_turn(record: Kept) -> None:
    alice = await record.user("Alice")
    account = await record.accounts.ensure("library", "chatgpt", False, None, None, NOW)
    conversation, turn = await record.begun(alice)
    await record.turns.place(replace(turn, account_id=account.id, started_at=NOW + 2))
    await record.turns.identify(turn.id, "up-1", "reply-1")
    await record.turns.save_text(turn.id, "Because of", 3)
    writing, pinned = await record.last(conversation), await record.now(conversation)
    assert (writing.state, writing.reply, writing.reply_base, writing.started_at) == (
        "writing",
        "Because of",
        3,
        NOW + 2,
    )
    assert (pinned.account_id, pinned.upstream_id) == (account.id, "up-1")

    usage = Usage(5, 7, "reported")
    done = replace(writing, state="finished", reply="Because of the moon.", usage=usage, ended_at=NOW + 9)
    await record.turns.settle(done, upstream_conversation_id="up-2", title="The moon")
    assert await record.turns.by_id(Scope("own", alice.id), turn.id) == (
        done,
        replace(pinned, upstream_id="up-2", title="The moon", updated_at=NOW + 9),
    )


async def test_settling_without_news_leaves_the_conversations_title_and_upstream_id(record: Kept) -> None:
    alice = await record.user("Alice")
    conversation, turn = await record.begun(alice, upstream_id="up-1")
    await record.turns.settle(replace(turn, state="failed", ended_at=NOW + 9))
    kept = await record.now(conversation)
    assert (kept.title, kept.upstream_id) == ("Tides", "up-1")


async def test_a_later_account_does_not_unpin_a_conversation(record: Kept) -> None:
    alice = await record.user("Alice")
    first = await record.accounts.ensure("one", "chatgpt", False, None, None, NOW)
    second = await record.accounts.ensure("two", "chatgpt", False, None, None, NOW + 1000)
    conversation, turn = await record.begun(alice, account_id=first.id, upstream_id="up-1")
    await record.turns.place(replace(turn, account_id=second.id, started_at=NOW))
    assert (await record.now(conversation)).account_id == first.id


async def test_a_conversation_of_which_nothing_is_upstream_yet_goes_along_to_another_account(record: Kept) -> None:
    alice = await record.user("Alice")
    first = await record.accounts.ensure("one", "chatgpt", False, None, None, NOW)
    second = await record.accounts.ensure("two", "chatgpt", False, None, None, NOW + 1000)
    conversation, turn = await record.begun(alice, account_id=first.id)
    await record.turns.place(replace(turn, account_id=second.id, started_at=NOW))
    assert (await record.now(conversation)).account_id == second.id


async def test_the_health_of_an_account_is_kept(record: Kept) -> None:
    account = await record.accounts.ensure("one", "chatgpt", True, None, None, NOW)
    assert await record.accounts.health(account.id) is None
    resting = AccountState(account.id, "one", True, 1, health="resting", why="limit", until=NOW / 1e6 + 60, faults=2)
    await record.accounts.save_health(resting, "digest")
    assert await record.accounts.health(account.id) == (resting, "digest")


async def test_why_a_turn_has_its_account_is_kept_with_it(record: Kept) -> None:
    alice = await record.user("Alice")
    account = await record.accounts.ensure("one", "chatgpt", False, None, None, NOW)
    _, turn = await record.begun(alice)
    why = Explanation("round_robin", False, 7, "one", (("two", "busy"),), 1, 1, 0, 0)
    await record.turns.place(replace(turn, account_id=account.id, started_at=NOW, choice=why))
    found = await record.turns.by_id(Scope("own", alice.id), turn.id)
    assert found is not None
    assert found[0].choice == why


async def test_a_follow_up_to_a_removed_conversation_is_not_saved(record: Kept) -> None:
    alice = await record.user("Alice")
    conversation, _ = await record.begun(alice)
    assert await record.conversations.remove(Scope("own", alice.id), conversation.id, NOW)
    with pytest.raises(NotFound):
        await record.turns.begin(record.turn(conversation, 2))


async def test_two_follow_ups_cannot_take_one_position(record: Kept) -> None:
    alice = await record.user("Alice")
    conversation, _ = await record.begun(alice)
    await record.turns.begin(record.turn(conversation, 2))
    with pytest.raises(AlreadyExists) as clash:
        await record.turns.begin(record.turn(conversation, 2))
    assert clash.value.details == {"field": "position", "mistake": "taken"}


async def test_what_a_crash_left_unended_has_failed_with_its_text(record: Kept) -> None:
    alice = await record.user("Alice")
    conversation, _ = await record.begun(alice)
    done = record.turn(conversation, 2, state="finished", ended_at=NOW)
    await record.turns.begin(done)
    writing = record.turn(conversation, 3, state="writing", reply="Half of")
    await record.turns.begin(writing)
    assert await record.turns.interrupt_unended(NOW + 60) == 2
    assert await record.turns.interrupt_unended(NOW + 61) == 0
    [first, second, third], _ = await record.turns.page(conversation.id, 10)
    assert second == done
    assert (first.state, third.state, third.reply, third.ended_at) == ("failed", "failed", "Half of", NOW + 60)
    assert first.error_code == third.error_code == "reply_interrupted"
    assert (first.error_sentence, third.error_sentence) == (NEVER_SENT, INTERRUPTED)


async def test_text_that_is_no_text_does_not_cost_the_turn(record: Kept) -> None:
    alice = await record.user("Alice")
    conversation, turn = await record.begun(alice)
    await record.turns.save_text(turn.id, "a\0b\ud800c☾", 0)
    kept = await record.last(conversation)
    assert kept.reply == "a\ufffdb\ufffdc☾"


async def test_an_id_that_is_no_text_is_refused(record: Kept) -> None:
    with pytest.raises(InvalidInput):
        await record.user("Alice", external_id="\ud800")
    with pytest.raises(InvalidInput):
        await record.users.by_external_id(None, "\ud800")


async def test_a_row_that_points_nowhere_is_refused(record: Kept) -> None:
    nobody = replace(await record.user("Alice"), id=1)
    with pytest.raises(InternalError):
        await record.begun(nobody)


async def test_renaming_moves_a_conversation_to_the_front(record: Kept) -> None:
    alice = await record.user("Alice")
    conversation, _ = await record.begun(alice)
    await record.conversations.entitle(conversation.id, "Seas", NOW + 50)
    kept = await record.now(conversation)
    assert (kept.title, kept.updated_at) == ("Seas", NOW + 50)


async def test_a_title_that_a_person_gave_is_never_replaced(record: Kept) -> None:
    alice = await record.user("Alice")
    conversation, turn = await record.begun(alice)
    assert await record.conversations.entitle(conversation.id, "Theirs", NOW) == "Theirs"
    await record.conversations.change(Scope("own", alice.id), conversation.id, Change(title="Mine"))
    assert await record.conversations.entitle(conversation.id, "Theirs again", NOW) == "Mine"
    await record.turns.settle(replace(turn, state="finished", ended_at=NOW), title="Theirs at the end")
    assert (await record.now(conversation)).title == "Mine"
