"""Users in lists and searches, changed and removed, and the indexes that keep the lists flat."""

import itertools
from typing import Any

import pytest

from backend.domain.access import Role, Scope
from backend.domain.users import UserChange, UserFilter
from backend.errors import AlreadyExists, InvalidInput, LastAdmin
from backend.storage.users import by_name, by_word, newest
from tests.storage.kept import NOW_US, Kept

EVERYONE = Scope("all", 0)
VALUES = {
    "caller_id": 1, "created_at": NOW_US, "id": 9, "first": 30, "role": "user", "owner": 1, "key": "a", "low": "a",
    "high": "b", "user": 1, "kind": "key", "now": NOW_US,
}  # fmt: skip


async def names(record: Kept, scope: Scope = EVERYONE, first: int = 100, **wanted: Any) -> list[str]:
    if "text" in wanted:
        return [listed.user.name for _, listed in await record.users.search(scope, first, UserFilter(**wanted))]
    return [listed.user.name for listed in await record.users.page(scope, first, None, UserFilter(**wanted))]


async def test_each_filter_leaves_the_rest_out(record: Kept) -> None:
    ada = await record.user("Ada", "admin")
    bot = await record.user("Bot", "client", owner=ada, created_at=NOW_US + 1)
    uma = await record.user("Uma", owner=bot, created_at=NOW_US + 2)
    await record.user("Sam", disabled_at=NOW_US, created_at=NOW_US + 3)
    assert await names(record) == ["Sam", "Uma", "Bot", "Ada"]
    assert await names(record, role="client") == ["Bot"]
    assert await names(record, owner_id=bot.id) == ["Uma"]
    assert await names(record, disabled=True) == ["Sam"]
    assert await names(record, disabled=False, role="user") == ["Uma"]
    assert await names(record, Scope("branch", bot.id)) == ["Uma"]
    assert await names(record, Scope("own", uma.id)) == ["Uma"]
    [listed] = await record.users.page(EVERYONE, 1, None, UserFilter(owner_id=bot.id))
    assert (listed.owner, listed.last_used_at) == (bot, None)
    await record.keys.add(record.key(uma, last_used_at=NOW_US + 5, revoked_at=NOW_US + 6), b"1")
    await record.keys.add(record.key(uma, last_used_at=NOW_US + 4), b"2")
    [listed] = await record.users.page(EVERYONE, 1, None, UserFilter(owner_id=bot.id))
    assert listed.last_used_at == NOW_US + 5


async def test_a_search_finds_names_and_ids_page_by_page_those_that_begin_with_it_first(record: Kept) -> None:
    words = ["straße", "Straight", "STRAW", "ostrava", "Ærø", "x\U0010fffey"]
    for word in words:
        await record.user(word)
    await record.user("Zed", external_id="Straw-1")
    await record.user("strawberry", external_id="straw-2")
    assert await names(record, text="STRA") == ["Straight", "straße", "STRAW", "Zed", "strawberry", "ostrava"]
    assert await names(record, text="æR") == ["Ærø"]
    assert await names(record, text="x") == ["x\U0010fffey"]
    assert await names(record, text="RAW") == ["STRAW", "strawberry", "Zed"]
    assert await names(record, text="w-1") == ["Zed"]
    assert await names(record, text="%") == await names(record, text="_") == await names(record, text="!") == []
    await record.user("100% sure_", external_id="a!b")
    assert await names(record, text="0%") == await names(record, text="!b") == await names(record, text="e_")
    assert await names(record, text="e_") == ["100% sure_"]
    seen, after = [], None
    while page := await record.users.search(EVERYONE, 2, UserFilter("stra"), after):
        seen += [listed.user.name for _, listed in page]
        after = (page[-1][0], page[-1][1].user.id)
    assert seen == await names(record, text="stra")
    uma = await record.user("Uma", "client")
    await record.user("Dr. Ostrawski", owner=uma)
    assert await names(record, Scope("branch", uma.id), text="stra") == ["Dr. Ostrawski"]


async def test_a_removed_user_is_in_no_list_and_its_external_id_is_free(record: Kept) -> None:
    bot = await record.user("Bot", "client")
    uma = await record.user("Uma", owner=bot, external_id="7")
    conversation, _ = await record.begun(uma)
    key = record.key(uma)
    await record.keys.add(key, b"k")
    assert await record.users.remove(uma, NOW_US) == [uma.id]
    assert await record.users.remove(uma, NOW_US + 1) == []
    branch = Scope("branch", bot.id)
    assert await record.users.get(branch, uma.id) is None
    assert await record.keys.get(branch, key.id) is None
    assert await names(record, branch) == await names(record, branch, text="u") == []
    assert await record.users.by_external_id(bot.id, "7") is None
    proof = await record.keys.find(b"k")
    assert proof is not None
    assert proof.user.removed_at == NOW_US
    assert await record.users.change(uma.id, UserChange(name="Ghost"), bot.id, NOW_US) is None
    assert (await record.conversations.by_id(branch, conversation.id)) is not None
    await record.user("Uma again", owner=bot, external_id="7")
    with pytest.raises(AlreadyExists):
        await record.user("Another", owner=bot, external_id="7")


async def test_a_clients_users_go_with_it_and_an_admins_stay(record: Kept) -> None:
    ada, eve = await record.user("Ada", "admin"), await record.user("Eve", "admin")
    bot = await record.user("Bot", "client", owner=ada)
    uma = await record.user("Uma", owner=bot)
    assert await record.users.remove(ada, NOW_US) == [ada.id]
    assert sorted(await names(record)) == ["Bot", "Eve", "Uma"]
    assert set(await record.users.remove(bot, NOW_US)) == {bot.id, uma.id}
    assert await names(record) == ["Eve"]
    assert eve.role == "admin"


async def test_the_record_is_never_left_without_an_admin(record: Kept) -> None:
    ada = await record.user("Ada", "admin")
    eve = await record.user("Eve", "admin", disabled_at=NOW_US)
    for change in (UserChange(role="user"), UserChange(disabled=True)):
        with pytest.raises(LastAdmin):
            await record.users.change(ada.id, change, ada.id, NOW_US)
    with pytest.raises(LastAdmin):
        await record.users.remove(ada, NOW_US)
    assert await record.users.change(ada.id, UserChange(name="Ada L."), ada.id, NOW_US) is not None
    await record.users.change(eve.id, UserChange(disabled=False), ada.id, NOW_US)
    assert await record.users.remove(ada, NOW_US) == [ada.id]


async def test_only_what_is_given_changes(record: Kept) -> None:
    await record.user("Ada", "admin")
    uma = await record.user("Uma", plus=True)
    steps = [
        (UserChange(), ("Uma", "user", True, None)),
        (UserChange(disabled=True), ("Uma", "user", True, NOW_US)),
        (UserChange(name="Ümit", disabled=True), ("Ümit", "user", True, NOW_US)),
        (UserChange(role="client", plus=False), ("Ümit", "client", False, NOW_US)),
        (UserChange(disabled=False), ("Ümit", "client", False, None)),
    ]
    for later, (change, expected) in enumerate(steps):
        changed = await record.users.change(uma.id, change, 0, NOW_US + (later - 1))
        assert changed is not None
        assert (changed.name, changed.role, changed.plus, changed.disabled_at) == expected
        assert await record.users.by_id(uma.id) == changed
    assert await names(record, text="ümi") == ["Ümit"]


async def test_what_stands_above_a_client_passes_on_when_its_maker_becomes_one(record: Kept) -> None:
    ada = await record.user("Ada", "admin")
    eve = await record.user("Eve", "admin", owner=ada)
    bot = await record.user("Bot", "client", owner=ada, external_id="b")
    clash = await record.user("Clash", "client", owner=ada, external_id="c")
    await record.user("Hers", "client", owner=eve, external_id="c")
    uma = await record.user("Uma", owner=ada)
    await record.users.change(ada.id, UserChange(role="client"), eve.id, NOW_US)
    owners = {}
    for user in (bot, clash, uma, eve):
        found = await record.users.by_id(user.id)
        assert found is not None
        owners[found.name] = (found.owner_id, found.external_id)
    assert owners == {"Bot": (eve.id, "b"), "Clash": (eve.id, None), "Uma": (ada.id, None), "Eve": (None, None)}


async def test_keys_of_a_user_are_counted_revoked_and_shortened_with_their_sessions(record: Kept) -> None:
    uma = await record.user("Uma")
    key, other = record.key(uma, expires_at=NOW_US + 100), record.key(uma)
    session = record.key(uma, kind="session", opened_by=key.id, expires_at=NOW_US + 100)
    for number, each in enumerate((key, other, session)):
        await record.keys.add(each, bytes([number]), most=2 if each.kind == "key" else None)
    with pytest.raises(InvalidInput):
        await record.keys.add(record.key(uma), b"x", most=2)
    await record.keys.add(record.key(uma, created_at=NOW_US + 100), b"y", most=2)  # one has expired by then
    assert [each.id for each in await record.keys.of_user(uma.id, 2)][1:] == [other.id]
    shorter = key.__class__(**{name: getattr(key, name) for name in key.__slots__} | {"expires_at": NOW_US + 9})
    assert await record.keys.rename(shorter) == {key.id, session.id}
    found = await record.keys.by_id(session.id)
    assert found is not None
    assert found.key.expires_at == NOW_US + 9
    assert await record.keys.revoke(key.id, NOW_US) == {key.id, session.id}
    assert await record.keys.count(uma.id, "session", NOW_US) == 0


def listings(record: Kept) -> Any:
    """Every way to ask for users, with the index that must serve it."""
    reaches = (Scope("branch", 1), EVERYONE)
    roles: tuple[Role | None, ...] = (None, "user")
    filters = [
        UserFilter(role=role, owner_id=owner_id, disabled=disabled)
        for role, owner_id, disabled in itertools.product(roles, (None, 1), (None, True, False))
    ]
    for scope, wanted, build in itertools.product(reaches, filters, (newest, by_name, by_word)):
        owned = scope.reach == "branch" or wanted.owner_id is not None
        indexes = {
            newest: ("users_owned", "users_owners_role", "users_owners_disabled")
            if owned
            else ("users_newest", "users_by_role", "users_disabled"),
            by_name: ("users_owners_name",) if owned else ("users_name",),
            by_word: ("users_owners_word",) if owned else ("users_word",),
        }
        yield (scope.reach, wanted, build.__name__), record.users._listing(scope, wanted, build), indexes[build]
    yield "keys", record.keys._of_user, ("keys_of_user",)
    yield "sessions", record.keys._count, ("keys_of_user",)


@pytest.mark.parametrize("kind", ["sqlite"])
async def test_sqlite_lists_users_by_an_index_and_sorts_nothing(record: Kept) -> None:
    connection: Any = record.database._engine._points  # type: ignore[attr-defined]
    for name, query, indexes in listings(record):
        rows = connection.execute("EXPLAIN QUERY PLAN " + query.sql, query._bind(VALUES)).fetchall()
        plan = " / ".join(row[3] for row in rows)
        assert any(f"SEARCH t1 USING INDEX {index} " in plan for index in indexes), (name, plan)
        assert "TEMP B-TREE" not in plan, (name, plan)


FILL = (
    (
        "INSERT INTO users (id, name, role, plus, owner_id, external_id, created_at, disabled_at, folded_name, "
        "folded_external_id) SELECT n, 'n' || n, 'user', false, CASE WHEN n > 50 THEN 1 + mod(n, 50) END, 'e' || n, n, "
        "CASE WHEN mod(n, 100) = 0 THEN n END, 'n' || n, 'e' || n FROM generate_series(1, 3000) n"
    ),
    (
        "INSERT INTO keys (id, user_id, kind, name, shown_prefix, digest, created_at) "
        "SELECT n, 1 + mod(n, 100), 'key', 'n', 'p', decode(lpad(to_hex(n), 8, '0'), 'hex'), n "
        "FROM generate_series(1, 1000) n"
    ),
    "ANALYZE",
)


@pytest.mark.parametrize("kind", ["postgresql"])
async def test_postgresql_lists_users_by_an_index_and_sorts_nothing(record: Kept) -> None:
    def explain(connection: Any) -> Any:
        for statement in (*FILL, *(f"SET LOCAL enable_{way} = off" for way in ("seqscan", "bitmapscan", "sort"))):
            connection.execute(statement, ())
        return [
            (
                name,
                "\n".join(row[0] for row in connection.execute("EXPLAIN " + query.sql, query._bind(VALUES)).fetchall()),
            )
            for name, query, _ in listings(record)
        ]

    for name, plan in await record.database.write(explain):
        assert "Seq Scan" not in plan, (name, plan)
        assert "Sort" not in plan, (name, plan)
