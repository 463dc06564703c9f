"""What was used, as the schema shows it."""

import enum
from datetime import UTC, datetime
from typing import Annotated, Self, cast

import strawberry
from strawberry import ID, argument, enum_value, field

from backend.api.graphql.context import Info, resolver
from backend.api.graphql.people import User
from backend.api.graphql.use_totals import UseTotals, values_of
from backend.domain.access import Caller
from backend.domain.use import Dimension
from backend.domain.use import UseRow as Row
from backend.domain.users import ListedUser
from backend.gateway.use import Asked, Step


@strawberry.enum(description="What a report of use is grouped by.")
class UseDimension(enum.Enum):
    TIME = enum_value("time", description="The hour, day or month, as `step` says, in which a reply ended.")
    USER = enum_value("user", description="The user who asked.")
    CLIENT = enum_value("client", description="The client: itself, or the one that made the user who asked.")
    ACCOUNT = enum_value("account", description="The account.  For those who may see the accounts.")
    MODEL = enum_value("model", description="The model that answered.")


@strawberry.enum(description="How long a step of time is.")
class UseStep(enum.Enum):
    HOUR = enum_value("hour", description="An hour of UTC.")
    DAY = enum_value("day", description="24 hours from midnight, at the offset from UTC that `from` has.")
    MONTH = enum_value("month", description="A calendar month, at the offset from UTC that `from` has.")


@strawberry.input(description="Whose use, or of what; what is null says nothing.")
class UseFilter:
    user_id: ID | None = field(default=None, description="The id of the user who asked.")
    client_id: ID | None = field(
        default=None, description="The id of a client or admin: its own use and that of the users that it made."
    )
    account: str | None = field(default=None, description="The account's name; `own` for accounts that callers bring.")
    model: str | None = field(default=None, description="The model that answered.")


@strawberry.type(description="What was used by one group; what it was not grouped by is null.")
class UseRow(UseTotals):
    start: datetime | None = field(description="When the step of time begins.")
    user: User | None = field(description="The user who asked.")
    client: User | None = field(description="The client; null for the use of users that no client made.")
    account: str | None = field(
        description="The account's name; `own` for accounts that callers bring; null where no account took the prompt."
    )
    model: str | None = field(description="The model; null where it is not known.")

    @classmethod
    def of(cls, row: Row, people: dict[int, ListedUser], caller: Caller) -> Self:
        user, client = people.get(row.user_id or 0), people.get(row.client_id or 0)
        return cls(
            **values_of(row.counts),
            start=None if row.start is None else time_of_hour(row.start),
            user=None if user is None else User.of(user, caller),
            client=None if client is None else User.of(client, caller),
            account=row.account,
            model=row.model,
        )


@strawberry.type(description="A report of what was used.")
class UseReport:
    rows: list[UseRow] = field(
        description="The groups in which there was any use, at most 5,000: by time, and those with the most prompts "
        "first."
    )
    total: UseTotals = field(description="Of all rows.")
    start: datetime = field(description="Where the span begins: `from` at the beginning of its hour.")
    end: datetime = field(description="Where it ends: `to` at the end of its hour.")


@strawberry.type(description="What can be read of use.")
class UseQueries:
    @resolver(
        "What was used in a span of time: by everybody for an admin, by itself and the users that it made for a "
        "client, by itself for a user."
    )
    async def use(
        self,
        info: Info,
        from_: Annotated[datetime, argument(name="from", description="Where it begins, with an offset from UTC.")],
        to: Annotated[datetime, argument(description="Where it ends, with an offset from UTC.")],
        by: Annotated[list[UseDimension], argument(description="What to group by; nothing gives one row.")],
        step: Annotated[UseStep | None, argument(description="How long steps of time are; an hour if null.")] = None,
        filter: Annotated[UseFilter | None, argument(description="Whose use, or of what.")] = None,
    ) -> UseReport:
        context, wanted = info.context, filter or UseFilter()
        asked = Asked(
            from_,
            to,
            tuple(cast(Dimension, each.value) for each in dict.fromkeys(by)),
            cast(Step, (step or UseStep.HOUR).value),
            wanted.user_id,
            wanted.client_id,
            wanted.account,
            wanted.model,
        )
        report = await context.gateway.use.report(context.caller, asked)
        return UseReport(
            rows=[UseRow.of(row, report.people, context.caller) for row in report.rows],
            total=UseTotals(**values_of(report.total)),
            start=time_of_hour(report.hours[0]),
            end=time_of_hour(report.hours[1]),
        )


def time_of_hour(hour: int) -> datetime:
    return datetime.fromtimestamp(hour * 3600, UTC)
