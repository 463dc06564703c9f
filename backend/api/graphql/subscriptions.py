"""What can be followed."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Annotated

import strawberry
from strawberry import ID, argument, field

from backend.api.graphql.accounts import Account
from backend.api.graphql.context import Info, resolver
from backend.api.graphql.types import Turn
from backend.domain import replies
from backend.gateway.upkeep import SeenAccount


@strawberry.interface(description="Something that happened while a reply was written.")
class ReplyEvent:
    number: int = field(description="The event's number: send it as `after` to go on behind this event.")


@strawberry.type(
    description="The prompt waits for an account.  Its number is 0: it is told anew to whoever comes back."
)
class ReplyWaiting(ReplyEvent):
    place: int = field(description="The place in the queue, from 1.")


@strawberry.type(description="An account began to write.")
class ReplyStarted(ReplyEvent): ...


@strawberry.type(description="The reply grew.")
class ReplyTextAdded(ReplyEvent):
    text: str = field(description="What to put behind the reply so far.")


@strawberry.type(description="The account took its text back.")
class ReplyTextReplaced(ReplyEvent):
    text: str = field(description="The whole reply so far, in place of what came before.")


@strawberry.type(description="The conversation got its title.")
class ReplyTitled(ReplyEvent):
    title: str = field(description="The title.")


@strawberry.type(description="The reply finished, was stopped or failed; nothing comes behind this event.")
class ReplyEnded(ReplyEvent):
    turn: Turn = field(description="The turn with the whole reply.")


EVENTS = (ReplyWaiting, ReplyStarted, ReplyTextAdded, ReplyTextReplaced, ReplyTitled, ReplyEnded)


@strawberry.type(description="What can be followed.")
class Subscription:
    @resolver(
        "The events of one of your replies in their order, up to its end; text at most twenty times a second.  "
        "Following never asks an account, leaving never ends the reply, and any number may follow, from anywhere.",
        subscription=True,
    )
    async def reply(
        self,
        info: Info,
        turn_id: Annotated[ID, argument(description="The turn's id.")],
        after: Annotated[int, argument(description="The number of the last event seen; 0 for all.")] = 0,
    ) -> AsyncGenerator[ReplyEvent, None]:
        return shown(await info.context.gateway.chat.follow(info.context.caller, turn_id, after))

    @resolver(
        "The built-in accounts and how each stands: at once, and again when something about one has changed, at most "
        "four times a second.  For admins.",
        subscription=True,
    )
    async def account_states(self, info: Info) -> AsyncGenerator[list[Account], None]:
        return accounts_of(await info.context.gateway.upkeep.follow(info.context.caller))


async def accounts_of(changes: AsyncGenerator[list[SeenAccount], None]) -> AsyncGenerator[list[Account], None]:
    async with aclosing(changes):
        async for seen in changes:
            yield [Account.of(each) for each in seen]


async def shown(events: AsyncGenerator[replies.ReplyEvent, None]) -> AsyncGenerator[ReplyEvent, None]:
    async with aclosing(events):
        async for event in events:
            yield event_of(event)


def event_of(event: replies.ReplyEvent) -> ReplyEvent:
    match event:
        case replies.TextAdded():
            return ReplyTextAdded(number=event.number, text="".join(event.pieces))
        case replies.Started():
            return ReplyStarted(number=event.number)
        case replies.Waiting():
            return ReplyWaiting(number=event.number, place=event.place)
        case replies.TextReplaced():
            return ReplyTextReplaced(number=event.number, text=event.text)
        case replies.Titled():
            return ReplyTitled(number=event.number, title=event.title)
        case replies.Ended():
            return ReplyEnded(number=event.number, turn=Turn.of(event.turn))
