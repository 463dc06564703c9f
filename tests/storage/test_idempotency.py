import asyncio

import pytest

from backend.domain.access import Scope
from backend.errors import AlreadyExists
from tests.storage.kept import Kept


async def test_a_second_conversation_with_the_same_key_leaves_nothing(record: Kept) -> None:
    alice = await record.user("Alice")
    _, first = await record.begun(alice, "k")
    second = record.conversation(alice)
    with pytest.raises(AlreadyExists) as clash:
        await record.conversations.begin(second, record.turn(second), "k")
    assert clash.value.details == {"field": "idempotency_key", "mistake": "taken"}
    assert await record.conversations.by_id(Scope("own", alice.id), second.id) is None
    assert await record.turns.by_idempotency_key(alice.id, "k") == first


async def test_a_follow_up_with_a_used_key_is_refused(record: Kept) -> None:
    alice = await record.user("Alice")
    conversation, first = await record.begun(alice, "k")
    with pytest.raises(AlreadyExists) as clash:
        await record.turns.begin(record.turn(conversation, 2), "k")
    assert clash.value.details == {"field": "idempotency_key", "mistake": "taken"}
    assert await record.turns.last_of(conversation.id) == first


async def test_two_users_may_use_the_same_key(record: Kept) -> None:
    alice, bob = await record.user("Alice"), await record.user("Bob")
    _, hers = await record.begun(alice, "k")
    _, his = await record.begun(bob, "k")
    assert await record.turns.by_idempotency_key(alice.id, "k") == hers
    assert await record.turns.by_idempotency_key(bob.id, "k") == his


async def test_turns_without_a_key_never_clash(record: Kept) -> None:
    alice = await record.user("Alice")
    await record.begun(alice)
    await record.begun(alice)


async def test_of_many_at_once_with_one_key_exactly_one_is_saved(record: Kept) -> None:
    alice = await record.user("Alice")
    answers = await asyncio.gather(*(record.begun(alice, "k") for _ in range(20)), return_exceptions=True)
    saved = [answer for answer in answers if not isinstance(answer, BaseException)]
    assert len(saved) == 1
    assert all(isinstance(answer, AlreadyExists) for answer in answers if isinstance(answer, BaseException))
    assert len(await record.conversations.page(Scope("own", alice.id), 100)) == 1


async def test_a_link_is_used_up_by_exactly_one(record: Kept) -> None:
    ada = await record.user("Ada", "admin")
    link = record.key(ada, kind="link")
    await record.keys.add(link, b"d")
    answers = await asyncio.gather(*(record.keys.use_up(link.id, 5) for _ in range(20)))
    assert sorted(answers) == [False] * 19 + [True]
