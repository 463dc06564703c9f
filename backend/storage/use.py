"""Use in the record: counted in the very transaction in which a turn ends, read in groups."""

# mypy: disable-error-code="import-untyped"

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from peewee import EXCLUDED, JOIN, SQL, Case, Value, fn

from backend.domain.access import Scope
from backend.domain.replies import Turn
from backend.domain.use import COUNTS, HOUR, OWN_ACCOUNT, Counts, Dimension, UseFilter, UseRow
from backend.storage.compiled import Connection, slot
from backend.storage.database import Database
from backend.storage.tables import Accounts, Turns, Users
from backend.storage.tables import UseHours as Table

KEY: Final = (Table.user, Table.hour, Table.account, Table.model)
COLUMNS: Final = tuple(getattr(Table, name) for name in COUNTS)
UNENDED: Final = SQL("state IN ('waiting', 'writing')")  # as the partial index has it


class Counting:
    """Parts of write jobs."""

    def __init__(self, database: Database) -> None:
        given = [slot(column.name) for column in (Table.hour, Table.account, Table.model, *COLUMNS)]
        of_turn = Turns.select(Turns.user, *given).where(Turns.id == slot("id"), UNENDED)
        self._ended = database.compile(counted(of_turn))
        self._interrupted = database.compile(counted(interrupted()))

    def ended(self, connection: Connection, turn: Turn, model: str | None) -> None:
        """Before the turn is kept as ended: one that has ended already is not counted again."""
        ended_at, usage = turn.ended_at or turn.created_at, turn.usage
        reported, estimated = usage.source == "reported", usage.source == "estimated"
        prompt_tokens, reply_tokens = usage.prompt_tokens or 0, usage.reply_tokens or 0
        self._ended.run(
            connection,
            id=turn.id,
            hour=ended_at // HOUR,
            account=turn.account_id or 0,
            model=model or "",
            prompts=1,
            finished=int(turn.state == "finished"),
            failed=int(turn.state == "failed"),
            stopped=int(turn.state == "stopped"),
            reported_prompt_tokens=prompt_tokens if reported else 0,
            reported_reply_tokens=reply_tokens if reported else 0,
            estimated_prompt_tokens=prompt_tokens if estimated else 0,
            estimated_reply_tokens=reply_tokens if estimated else 0,
            estimated=int(estimated),
            unknown=int(usage.source == "unknown"),
            milliseconds=0 if turn.started_at is None else max(0, ended_at - turn.started_at) // 1000,
        )

    def interrupted(self, connection: Connection, now_us: int) -> None:
        """Before all unended turns are marked as interrupted.  How long they were written nobody knows: 0."""
        self._interrupted.run(connection, hour=now_us // HOUR)


def counted(rows: Any) -> Any:
    more = {column: column + getattr(EXCLUDED, column.column_name) for column in COLUMNS}
    insert = Table.insert_from(rows, (*KEY, *COLUMNS))
    return insert.on_conflict(conflict_target=KEY, update=more)


def interrupted() -> Any:
    account, model = fn.COALESCE(Turns.account, SQL("0")), fn.COALESCE(Turns.model, SQL("''"))
    number = {"prompts": fn.COUNT(SQL("*")), "failed": fn.COUNT(SQL("*")), "unknown": fn.COUNT(SQL("*"))}
    counts = [number.get(name, SQL("0")) for name in COUNTS]
    hour = slot("hour")
    rows = Turns.select(Turns.user, hour, account, model, *counts).where(UNENDED)
    return rows.group_by(Turns.user, account, model)


class Use:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def rows(
        self,
        scope: Scope,
        hours: tuple[int, int],
        by: Sequence[Dimension],
        wanted: UseFilter,
        most: int,
        step: tuple[int, int] = (1, 0),
    ) -> list[UseRow]:
        """What was used from the first hour to before the second one, grouped by these, at most `most` rows.  `step` is
        how many hours a row of time has, and by how many hours their beginnings lie before those of UTC."""
        query = self._database.compile(grouped(scope, hours, by, wanted, step).limit(most))
        rows = await self._database.many(query, caller_id=scope.user_id)
        return [row_of(row, by) for row in rows]


def grouped(
    scope: Scope, hours: tuple[int, int], by: Sequence[Dimension], wanted: UseFilter, step: tuple[int, int]
) -> Any:
    owner = Users.alias("owner_of")
    account = Case(None, [(Accounts.owner.is_null(False), OWN_ACCOUNT)], Accounts.name)
    length, ahead = step
    groups = {
        "time": SQL(f"(hour + {ahead:d}) / {length:d} * {length:d} - {ahead:d}"),
        "user": Table.user,
        "client": Case(None, [(Users.role == "client", Users.id), (owner.role == "client", owner.id)]),
        "account": account,
        "model": fn.NULLIF(Table.model, SQL("''")),
    }
    sums = [fn.COALESCE(fn.SUM(column), 0) for column in COLUMNS]
    query = Table.select(*(groups[each] for each in by), *sums)
    if "client" in by:
        query = query.join(Users, on=Table.user == Users.id)
        query = query.join(owner, JOIN.LEFT_OUTER, on=Users.owner == owner.id).switch(Table)
    if "account" in by or wanted.account is not None:
        query = query.join(Accounts, JOIN.LEFT_OUTER, on=Table.account == Accounts.id)
    query = query.where(Table.hour >= hours[0], Table.hour < hours[1])
    for condition in conditions(scope, wanted, account):
        query = query.where(condition)
    # By their places: PostgreSQL takes an expression with values in it for another one each time.
    return query.group_by(*(SQL(str(place)) for place, _ in enumerate(by, 1)))


def conditions(scope: Scope, wanted: UseFilter, account: Any) -> list[Any]:
    found = []
    if scope.reach == "own":
        found.append(Table.user == slot("caller_id"))
    elif scope.reach == "branch":
        found.append(Table.user.in_(family(slot("caller_id"))))
    if wanted.user_id is not None:
        found.append(Table.user == Value(wanted.user_id, converter=False))
    if wanted.client_id is not None:
        found.append(Table.user.in_(family(Value(wanted.client_id, converter=False))))
    if wanted.account is not None:
        found.append(account == wanted.account)
    if wanted.model is not None:
        found.append(Table.model == wanted.model)
    return found


def family(id: Any) -> Any:
    """The ids of a user and of those that it made."""
    member = Users.alias("member")
    return member.select(member.id).where((member.id == id) | (member.owner == id))


def row_of(row: Any, by: Sequence[Dimension]) -> UseRow:
    names: dict[Dimension, str] = {"time": "start", "user": "user_id", "client": "client_id"}
    found = UseRow(Counts(*map(int, row[len(by) :])))
    return replace(found, **{names.get(each, each): value for each, value in zip(by, row, strict=False)})
