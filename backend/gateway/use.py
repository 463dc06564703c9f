"""What was used: reports, and totals of one user.  Hours are those of UTC."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import MAXYEAR, UTC, datetime, timedelta
from typing import Final, Literal

from backend import errors
from backend.domain.access import Action, Caller, Scope, require, widest
from backend.domain.ids import USER, parse_id
from backend.domain.use import HOUR, Counts, Dimension, UseFilter, UseRow
from backend.domain.users import ListedUser
from backend.storage.use import Use as Rows
from backend.storage.users import Users

Step = Literal["hour", "day", "month"]

MOST_ROWS: Final = 5_000
MOST_MONTHS: Final = 600
NOBODY: Final = -1  # an id that no user has


@dataclass(frozen=True, slots=True)
class Asked:
    """From the hour of `start` to the end of the hour before `end`, or in which it is.  Days and months begin at
    midnight at `start`'s own offset from UTC, in whole hours.  Ids are as they are shown."""

    start: datetime
    end: datetime
    by: tuple[Dimension, ...] = ()
    step: Step = "hour"
    user_id: str | None = None
    client_id: str | None = None
    account: str | None = None
    model: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """`people` are those that the rows name.  `hours` is the span that was looked at, the second one outside of it."""

    rows: list[UseRow]
    total: Counts
    people: dict[int, ListedUser]
    hours: tuple[int, int]


class Use:
    def __init__(self, rows: Rows, users: Users, clock: Callable[[], float]) -> None:
        self._rows = rows
        self._users = users
        self._clock = clock

    async def report(self, caller: Caller, asked: Asked) -> Report:
        """An admin's: everybody's use; a client's: its own and that of the users that it made; a user's: its own.
        Accounts are named to those who may see them.  Raises `ReportTooLarge`."""
        require(caller, Action.READ_USE)
        if "account" in asked.by or asked.account is not None:
            require(caller, Action.READ_ACCOUNTS)
        if "client" in asked.by or asked.client_id is not None:
            require(caller, Action.READ_USERS)
        hours = span(asked.start, asked.end)
        wanted = UseFilter(number_of(asked.user_id), number_of(asked.client_id), asked.account, asked.model)
        scope = widest(caller)
        if "time" in asked.by and asked.step == "month":
            rows = await self._by_month(scope, hours, asked, wanted)
        else:
            step = (24, offset_of(asked.start)) if asked.step == "day" else (1, 0)
            rows = await self._rows.rows(scope, hours, asked.by, wanted, MOST_ROWS + 1, step)
        if len(rows) > MOST_ROWS:
            raise too_large()
        rows.sort(key=lambda row: (row.start or 0, -row.counts.prompts, row.user_id or 0, row.account or ""))
        ids = {id for row in rows for id in (row.user_id, row.client_id) if id is not None}
        people = await self._users.of_ids(sorted(ids))
        return Report(rows, sum((row.counts for row in rows), Counts()), people, hours)

    async def totals(
        self, caller: Caller, listed: ListedUser, start: datetime | None = None, end: datetime | None = None
    ) -> Counts:
        """Of a user who comes from `users`, so the caller may look at it; with None from the beginning, or to now."""
        require(caller, Action.READ_USE)
        now = datetime.fromtimestamp(self._clock(), UTC)
        hours = span(start or datetime.fromtimestamp(0, UTC), end or now + timedelta(hours=1))
        [row] = await self._rows.rows(Scope("own", listed.user.id), hours, (), UseFilter(), 1)
        return row.counts

    async def _by_month(self, scope: Scope, hours: tuple[int, int], asked: Asked, wanted: UseFilter) -> list[UseRow]:
        others: Sequence[Dimension] = [each for each in asked.by if each != "time"]
        found: list[UseRow] = []
        for start, end in months(hours, asked.start):
            within = (max(start, hours[0]), min(end, hours[1]))
            rows = await self._rows.rows(scope, within, others, wanted, MOST_ROWS + 1)
            found += [replace(row, start=start) for row in rows if row.counts.prompts]
            if len(found) > MOST_ROWS:
                raise too_large()
        return found


def span(start: datetime, end: datetime) -> tuple[int, int]:
    """Hours from the epoch: the one of `start`, and the first one that begins at or after `end`."""
    for name, moment in (("from", start), ("to", end)):
        if moment.tzinfo is None:
            raise errors.InvalidInput(f"`{name}` needs an offset from UTC, as in 2030-01-31T18:00:00Z.", field=name)
    hours = (micros_of(start) // HOUR, -(-micros_of(end) // HOUR))
    if hours[0] >= hours[1]:
        raise errors.InvalidInput("`to` comes after `from`.", field="to")
    return hours


def micros_of(moment: datetime) -> int:
    return (moment - datetime.fromtimestamp(0, UTC)) // timedelta(microseconds=1)


def offset_of(moment: datetime) -> int:
    """Its offset from UTC in whole hours."""
    return (moment.utcoffset() or timedelta()) // timedelta(hours=1)


def months(hours: tuple[int, int], start: datetime) -> Iterator[tuple[int, int]]:
    """The months that the hours lie in, as their first hours; they begin at midnight at the offset of `start`."""
    offset = offset_of(start)
    year, month = divmod(start.year * 12 + start.month - 1, 12)
    first = hour_of_month(year, month, offset)
    for _ in range(MOST_MONTHS):
        if first >= hours[1]:
            return
        year, month = divmod(year * 12 + month + 1, 12)
        following = hour_of_month(year, month, offset)
        yield first, following
        first = following
    raise too_large()


def hour_of_month(year: int, month: int, offset: int) -> int:
    """The first hour of a month, which counts from 0.  Raises `ReportTooLarge` behind the end of the calendar."""
    if year > MAXYEAR:
        raise too_large()
    return micros_of(datetime(year, month + 1, 1, tzinfo=UTC)) // HOUR - offset


def number_of(user_id: str | None) -> int | None:
    number = None if user_id is None else parse_id(USER, user_id)
    return NOBODY if user_id is not None and number is None else number


def too_large() -> errors.ReportTooLarge:
    return errors.ReportTooLarge(
        f"This report has more than {MOST_ROWS:,} rows. Ask for a shorter time, a longer step, or fewer groups."
    )
