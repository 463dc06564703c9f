"""What is counted when turns end is what one finds by going through the turns, in groups as in whole."""

import asyncio
import random
from collections import defaultdict
from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest

from backend.domain.access import Scope
from backend.domain.accounts import Account
from backend.domain.replies import Turn, Usage
from backend.domain.use import HOUR, Counts, Dimension, UseFilter, UseRow
from backend.domain.users import User
from backend.storage.use import grouped
from tests.storage.kept import Kept

NOW = 1_800_000_000_000_000 // (24 * HOUR) * 24 * HOUR  # a midnight
ALL: tuple[Dimension, ...] = ("time", "user", "client", "account", "model")
EVER = (0, 1 << 40)
SOURCES = (Usage(7, 11, "reported"), Usage(5, 2, "estimated"), Usage(), Usage((1 << 31) - 1, 3, "reported"))


class Story:
    """Turns of some users, ended at random."""

    def __init__(self, record: Kept, chance: random.Random) -> None:
        self.record, self.chance = record, chance
        self.ended: list[tuple[User, Turn]] = []
        self.accounts: dict[int | None, Account | None] = {None: None}

    async def begin(self) -> None:
        record = self.record
        self.admin = await record.user("Ada", "admin")
        self.client = await record.user("Bot", "client", owner=self.admin)
        self.child = await record.user("Uma", owner=self.client)
        self.stranger = await record.user("Sam", owner=self.admin)
        self.everyone = {user.id: user for user in (self.admin, self.client, self.child, self.stranger)}
        for account in (
            await record.accounts.ensure("library", "chatgpt", False, None, None, NOW),
            await record.accounts.ensure("lab", "openai", False, None, None, NOW),
            await record.accounts.ensure("hers", "chatgpt", False, self.child.id, "f", NOW),
        ):
            self.accounts[account.id] = account

    async def turns(self, count: int) -> None:
        users = [self.chance.choice(list(self.everyone.values())) for _ in range(count)]
        begun = await asyncio.gather(*(self.record.begun(user) for user in users))
        turns = [self.ending(turn) for _, turn in begun]
        await asyncio.gather(*map(self.record.turns.settle, turns))
        self.ended += zip(users, turns, strict=True)

    def ending(self, turn: Turn) -> Turn:
        ended_at = NOW + self.chance.randrange(60 * HOUR)
        placed = self.chance.random() < 0.8
        return replace(
            turn,
            state=self.chance.choice(("finished", "failed", "stopped")),
            account_id=self.chance.choice([id for id in self.accounts if id]) if placed else None,
            model=self.chance.choice((None, "gpt", "llama ☾")),
            usage=self.chance.choice(SOURCES),
            started_at=ended_at - self.chance.randrange(9_999_999) if placed else None,
            ended_at=ended_at,
        )

    def counted(self, by: tuple[Dimension, ...], step: tuple[int, int] = (1, 0)) -> dict[Any, Counts]:
        """The same, by going through the turns."""
        found: dict[Any, Counts] = defaultdict(Counts)
        for user, turn in self.ended:
            found[tuple(self.value(each, user, turn, step) for each in by)] += counts_of(turn)
        return dict(found)

    def value(self, dimension: Dimension, user: User, turn: Turn, step: tuple[int, int]) -> Any:
        owner = self.everyone.get(user.owner_id or 0)
        account = self.accounts[turn.account_id]
        assert turn.ended_at is not None
        return {
            "time": (turn.ended_at // HOUR + step[1]) // step[0] * step[0] - step[1],
            "user": user.id,
            "client": user.id if user.role == "client" else owner.id if owner and owner.role == "client" else None,
            "account": None if account is None else "own" if account.owner_id else account.name,
            "model": turn.model,
        }[dimension]


def counts_of(turn: Turn) -> Counts:
    usage, state = turn.usage, turn.state
    tokens = (usage.prompt_tokens or 0, usage.reply_tokens or 0)
    reported = tokens if usage.source == "reported" else (0, 0)
    estimated = tokens if usage.source == "estimated" else (0, 0)
    assert turn.ended_at is not None
    written = 0 if turn.started_at is None else (turn.ended_at - turn.started_at) // 1000
    return Counts(
        1, int(state == "finished"), int(state == "failed"), int(state == "stopped"), *reported, *estimated,
        int(usage.source == "estimated"), int(usage.source == "unknown"), written,
    )  # fmt: skip


def in_groups(rows: list[UseRow], by: tuple[Dimension, ...]) -> dict[Any, Counts]:
    names = {"time": "start", "user": "user_id", "client": "client_id"}
    found = {tuple(getattr(row, names.get(each, each)) for each in by): row.counts for row in rows}
    assert len(found) == len(rows)
    return found


@pytest.fixture
async def story(record: Kept) -> Story:
    told = Story(record, random.Random(4))  # noqa: S311  no secret
    await told.begin()
    await told.turns(70)
    return told


async def test_every_group_is_what_the_turns_say(record: Kept, story: Story) -> None:
    everyone = Scope("all", story.admin.id)
    for by in ((), ALL, *((each,) for each in ALL), ("time", "client"), ("account", "model")):
        rows = await record.use.rows(everyone, EVER, by, UseFilter(), 5000)
        assert in_groups(rows, by) == story.counted(by), by


@pytest.mark.parametrize("step", [(24, 0), (24, 9), (24, -5)])
async def test_days_begin_where_one_wants_them(record: Kept, story: Story, step: tuple[int, int]) -> None:
    rows = await record.use.rows(Scope("all", 0), EVER, ("time",), UseFilter(), 5000, step)
    assert in_groups(rows, ("time",)) == story.counted(("time",), step)


async def test_a_span_takes_its_first_hour_and_leaves_its_last(record: Kept, story: Story) -> None:
    hours = (NOW // HOUR + 3, NOW // HOUR + 30)
    [row] = await record.use.rows(Scope("all", 0), hours, (), UseFilter(), 1)
    within = [turn for _, turn in story.ended if hours[0] <= (turn.ended_at or 0) // HOUR < hours[1]]
    assert row.counts == sum(map(counts_of, within), Counts())
    assert 0 < len(within) < len(story.ended)


async def test_a_filter_leaves_out_the_rest(record: Kept, story: Story) -> None:
    async def prompts(wanted: UseFilter) -> int:
        [row] = await record.use.rows(Scope("all", 0), EVER, (), wanted, 1)
        return row.counts.prompts

    def those(fits: Any) -> int:
        return sum(1 for user, turn in story.ended if fits(user, turn))

    names = {
        id: "own" if account and account.owner_id else account and account.name
        for id, account in story.accounts.items()
    }
    assert await prompts(UseFilter(user_id=story.child.id)) == those(lambda user, _: user == story.child)
    family = (story.client, story.child)
    assert await prompts(UseFilter(client_id=story.client.id)) == those(lambda user, _: user in family)
    for account in ("own", "library"):
        assert await prompts(UseFilter(account=account)) == those(
            lambda _, turn, is_=account: names[turn.account_id] == is_
        )
    assert await prompts(UseFilter(model="llama ☾")) == those(lambda _, turn: turn.model == "llama ☾")


async def test_a_turn_counts_once_however_often_it_is_settled(record: Kept, story: Story) -> None:
    before = await record.use.rows(Scope("all", 0), EVER, ALL, UseFilter(), 5000)
    for _, turn in story.ended[:20]:
        await record.turns.settle(turn)
    after = await record.use.rows(Scope("all", 0), EVER, ALL, UseFilter(), 5000)
    assert in_groups(before, ALL) == in_groups(after, ALL)


async def test_a_turn_that_a_server_left_behind_counts_when_the_next_one_starts(record: Kept) -> None:
    alice = await record.user("Alice")
    _, turn = await record.begun(alice)
    await record.turns.place(replace(turn, state="writing", started_at=NOW))
    await record.begun(alice)
    _, ended = await record.begun(alice)
    await record.turns.settle(replace(ended, state="finished", ended_at=NOW, usage=SOURCES[0]))
    for _ in range(2):
        await record.turns.interrupt_unended(NOW + HOUR)
    rows = await record.use.rows(Scope("own", alice.id), EVER, ("time",), UseFilter(), 9)
    assert in_groups(rows, ("time",)) == {
        (NOW // HOUR,): Counts(prompts=1, finished=1, reported_prompt_tokens=7, reported_reply_tokens=11),
        (NOW // HOUR + 1,): Counts(prompts=2, failed=2, unknown=2),
    }


async def test_the_migration_counts_what_was_there(record: Kept, story: Story) -> None:
    migration: Any = import_module("backend.storage.migrations.0004_users_keys_and_use")
    before = await record.use.rows(Scope("all", 0), EVER, ALL, UseFilter(), 5000)
    fill = migration.FILL.format(interrupted=migration.INTERRUPTED)

    def again(connection: Any) -> None:
        connection.execute("DELETE FROM use_hours", ())
        connection.execute(fill, ())

    await record.database.write(again)
    after = await record.use.rows(Scope("all", 0), EVER, ALL, UseFilter(), 5000)
    assert in_groups(before, ALL) == in_groups(after, ALL)


async def test_a_stranger_sees_none_of_it(record: Kept, story: Story) -> None:
    stranger = Scope("branch", story.stranger.id)
    for wanted in (UseFilter(), UseFilter(user_id=story.child.id), UseFilter(client_id=story.client.id)):
        rows = await record.use.rows(stranger, EVER, ("user",), wanted, 9)
        assert {row.user_id for row in rows} <= {story.stranger.id}
    branch = await record.use.rows(Scope("branch", story.client.id), EVER, ("user",), UseFilter(), 9)
    assert {row.user_id for row in branch} == {story.client.id, story.child.id}
    own = await record.use.rows(Scope("own", story.client.id), EVER, ("user",), UseFilter(), 9)
    assert {row.user_id for row in own} == {story.client.id}


def reports(record: Kept) -> Any:
    """Reports with the index by which their hours are found."""
    for scope, wanted, index in (
        (Scope("own", 1), UseFilter(), "user"),
        (Scope("branch", 1), UseFilter(), "user"),
        (Scope("all", 1), UseFilter(user_id=1), "user"),
        (Scope("all", 1), UseFilter(client_id=1), "user"),
        (Scope("all", 1), UseFilter(), "hour"),
        (Scope("all", 1), UseFilter(account="lab", model="gpt"), "hour"),
    ):
        for by in ((), ("time",), ALL):
            query = record.database.compile(grouped(scope, (9, 99), by, wanted, (24, 1)).limit(9))
            yield (scope.reach, wanted, by), query, index


@pytest.mark.parametrize("kind", ["sqlite"])
async def test_sqlite_reads_the_hours_that_were_asked_for_alone(record: Kept) -> None:
    connection: Any = record.database._engine._points  # type: ignore[attr-defined]
    indexes = {"user": "sqlite_autoindex_use_hours_1 (user_id=? AND hour>?", "hour": "use_hours_by_hour (hour>?"}
    for name, query, index in reports(record):
        rows = connection.execute("EXPLAIN QUERY PLAN " + query.sql, query._bind({"caller_id": 1})).fetchall()
        plan = " / ".join(row[3] for row in rows)
        assert f"SEARCH t1 USING INDEX {indexes[index]}" in plan, (name, plan)


FILL = (
    (
        "INSERT INTO users (id, name, role, plus, owner_id, created_at) "
        "SELECT n, 'n', 'user', false, CASE WHEN n > 20 THEN 1 + mod(n, 20) END, n FROM generate_series(1, 2000) n"
    ),
    (
        "INSERT INTO use_hours SELECT 1 + mod(n, 1000), n / 10, 0, 'm', 1, 1, 0, 0, 0, 0, 0, 0, 0, 1, 9 "
        "FROM generate_series(1, 20000) n"
    ),
    "ANALYZE",
)


@pytest.mark.parametrize("kind", ["postgresql"])
async def test_postgresql_reads_the_hours_that_were_asked_for_alone(record: Kept) -> None:
    def explain(connection: Any) -> Any:
        for statement in FILL:
            connection.execute(statement, ())
        plans = []
        for name, query, _ in reports(record):
            rows = connection.execute("EXPLAIN " + query.sql, query._bind({"caller_id": 1})).fetchall()
            plans.append((name, "\n".join(row[0] for row in rows)))
        return plans

    for name, plan in await record.database.write(explain):
        assert "Seq Scan on use_hours" not in plan, (name, plan)
