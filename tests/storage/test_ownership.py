"""One law over every method that takes a scope: whose rows it shows, and nothing else's."""

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from backend.domain.access import Scope
from backend.domain.conversations import Change
from backend.domain.users import UserFilter
from backend.storage.conversations import Conversations
from backend.storage.keys import Keys
from backend.storage.receipts import Receipts
from backend.storage.turns import Turns
from backend.storage.users import Users
from tests.storage.kept import Kept

NOW = 1_800_000_000_000_000


Whose = dict[str, Any]
Cast = dict[str, Whose]
Look = Callable[[Kept, Scope, Whose], Awaitable[bool]]


async def sees_user(record: Kept, scope: Scope, whose: Whose) -> bool:
    return await record.users.get(scope, whose["user"].id) is not None


async def sees_user_in_page(record: Kept, scope: Scope, whose: Whose) -> bool:
    return whose["user"].id in {listed.user.id for listed in await record.users.page(scope, 100)}


async def sees_user_in_search(record: Kept, scope: Scope, whose: Whose) -> bool:
    found = await record.users.search(scope, 100, UserFilter(whose["user"].name[:3]))
    return whose["user"].id in {listed.user.id for _, listed in found}


async def sees_key(record: Kept, scope: Scope, whose: Whose) -> bool:
    return await record.keys.get(scope, whose["key"].id) is not None


async def sees_conversation_by_id(record: Kept, scope: Scope, whose: Whose) -> bool:
    return await record.conversations.by_id(scope, whose["conversation"].id) is not None


async def sees_conversation_as_listed(record: Kept, scope: Scope, whose: Whose) -> bool:
    return await record.conversations.listed(scope, whose["conversation"].id) is not None


async def sees_preamble(record: Kept, scope: Scope, whose: Whose) -> bool:
    return await record.conversations.preamble(scope, whose["conversation"].id) != ()


async def sees_conversation_by_external_id(record: Kept, scope: Scope, whose: Whose) -> bool:
    return await record.conversations.by_external_id(scope, whose["conversation"].external_id) is not None


async def sees_conversation_in_page(record: Kept, scope: Scope, whose: Whose) -> bool:
    return whose["conversation"].id in {found.id for found in await record.conversations.page(scope, 100)}


async def removes_conversation(record: Kept, scope: Scope, whose: Whose) -> bool:
    return await record.conversations.remove(scope, whose["conversation"].id, NOW)


async def changes_conversation(record: Kept, scope: Scope, whose: Whose) -> bool:
    return await record.conversations.change(scope, whose["conversation"].id, Change(pinned=True)) is not None


async def sees_conversation_among_the_removed(record: Kept, scope: Scope, whose: Whose) -> bool:
    return whose["removed"].id in {found.id for found in await record.conversations.removed(scope, 100, 0)}


async def restores_conversation(record: Kept, scope: Scope, whose: Whose) -> bool:
    return await record.conversations.restore(scope, whose["removed"].id, 0) is not None


async def sees_turn_by_id(record: Kept, scope: Scope, whose: Whose) -> bool:
    return await record.turns.by_id(scope, whose["turn"].id) is not None


async def sees_conversation_by_what_it_continues(record: Kept, scope: Scope, whose: Whose) -> bool:
    found = await record.conversations.continuing(scope, whose["conversation"].continues_id, 100)
    return whose["conversation"].id in {conversation.id for conversation in found}


async def sees_receipt_of_turn(record: Kept, scope: Scope, whose: Whose) -> bool:
    return await record.receipts.of_turn(scope, whose["turn"].id) is not None


LOOKS: dict[str, Look] = {
    "Users.get": sees_user,
    "Users.page": sees_user_in_page,
    "Users.search": sees_user_in_search,
    "Keys.get": sees_key,
    "Conversations.by_id": sees_conversation_by_id,
    "Conversations.listed": sees_conversation_as_listed,
    "Conversations.preamble": sees_preamble,
    "Conversations.by_external_id": sees_conversation_by_external_id,
    "Conversations.page": sees_conversation_in_page,
    "Conversations.continuing": sees_conversation_by_what_it_continues,
    "Conversations.change": changes_conversation,
    "Conversations.remove": removes_conversation,
    "Conversations.removed": sees_conversation_among_the_removed,
    "Conversations.restore": restores_conversation,
    "Turns.by_id": sees_turn_by_id,
    "Receipts.of_turn": sees_receipt_of_turn,
}
OF_USERS = {"Users.get", "Users.page", "Users.search", "Keys.get"}
LISTS_OF_USERS = (sees_user_in_page, sees_user_in_search)  # of those that a client made, without the client itself
NOT_OF_ONE_THAT_IS_THERE = {*OF_USERS, "Conversations.removed", "Conversations.restore", "Conversations.preamble"}
OWNED_BY_CLIENT = {"client", "child"}
VISIBLE: dict[tuple[Any, str], set[str]] = {
    ("own", "child"): {"child"},
    ("own", "client"): {"client"},
    ("own", "stranger"): {"stranger"},
    ("branch", "child"): {"child"},
    ("branch", "client"): OWNED_BY_CLIENT,
    ("branch", "stranger"): {"stranger"},
    ("branch", "rival"): {"rival", "rivals child"},
    ("all", "admin"): {"admin", "client", "child", "rival", "rivals child", "stranger"},
}


async def a_cast(record: Kept) -> Cast:
    admin = await record.user("Ada", "admin")
    client = await record.user("Carol's bot", "client", owner=admin)
    rival = await record.user("Rival's bot", "client", owner=admin)
    people = {
        "admin": admin,
        "client": client,
        "rival": rival,
        "child": await record.user("Alice", owner=client),
        "rivals child": await record.user("Bob", owner=rival),
        "stranger": await record.user("Mallory"),
    }
    whose = {}
    for name, user in people.items():
        origin, _ = await record.begun(user)
        said = (("system", "Be brief."),)
        conversation, turn = await record.begun(user, external_id=f"of {name}", continues_id=origin.id, preamble=said)
        await record.turns.settle(replace(turn, state="finished", ended_at=NOW))
        removed, _ = await record.begun(user)
        assert await record.conversations.remove(Scope("own", user.id), removed.id, NOW)
        key = record.key(user)
        await record.keys.add(key, str(key.id).encode())
        whose[name] = {"user": user, "key": key, "conversation": conversation, "turn": turn, "removed": removed}
    return whose


@pytest.fixture
async def cast(record: Kept) -> Cast:
    return await a_cast(record)


def test_every_method_that_takes_a_scope_is_under_the_law() -> None:
    scoped = {
        f"{noun.__name__}.{name}"
        for noun in (Users, Keys, Conversations, Turns, Receipts)
        for name, method in inspect.getmembers(noun, inspect.isfunction)
        if "scope" in inspect.signature(method).parameters and not name.startswith("_")
    }
    assert scoped == set(LOOKS)


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
async def test_a_scope_shows_its_own_rows_and_a_strangers_never(record: Kept, look: Look) -> None:
    for (reach, who), visible in VISIBLE.items():
        cast = await a_cast(record)  # a new one each time, for one of the methods removes what it sees
        scope = Scope(reach, cast[who]["user"].id)
        seen = {name for name, whose in cast.items() if await look(record, scope, whose)}
        left_out = {who} if reach == "branch" and look in LISTS_OF_USERS else set()
        assert seen == visible - left_out, (reach, who)


@pytest.mark.parametrize("look", [look for name, look in LOOKS.items() if name not in NOT_OF_ONE_THAT_IS_THERE])
async def test_a_removed_conversation_is_invisible_even_to_an_admin(record: Kept, cast: Cast, look: Look) -> None:
    everyone = Scope("all", cast["admin"]["user"].id)
    assert await record.conversations.remove(everyone, cast["child"]["conversation"].id, NOW)
    for scope in (Scope("own", cast["child"]["user"].id), Scope("branch", cast["client"]["user"].id), everyone):
        assert not await look(record, scope, cast["child"])


async def test_one_external_id_leads_each_user_to_its_own_conversation(record: Kept) -> None:
    alice, bob = await record.user("Alice"), await record.user("Bob")
    hers, _ = await record.begun(alice, external_id="same")
    his, _ = await record.begun(bob, external_id="same")
    assert await record.conversations.by_external_id(Scope("own", alice.id), "same") == hers
    assert await record.conversations.by_external_id(Scope("own", bob.id), "same") == his


async def test_a_reach_that_does_not_exist_shows_nothing(record: Kept, cast: Cast) -> None:
    with pytest.raises(ValueError, match="no such reach"):
        await record.conversations.page(Scope("everything", cast["admin"]["user"].id), 10)  # type: ignore[arg-type]
