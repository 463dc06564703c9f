"""What can be read."""

from typing import Annotated

import strawberry
from strawberry import ID, argument

from backend import __version__
from backend.api.graphql.accounts import Account
from backend.api.graphql.context import Info, resolver
from backend.api.graphql.models import ModelQueries
from backend.api.graphql.organizing import Filter, TagQueries, listed
from backend.api.graphql.searching import SearchQueries
from backend.api.graphql.types import (
    After,
    Connection,
    Conversation,
    First,
    Server,
    Title,
    Turn,
    edges_of,
)
from backend.api.graphql.use import UseQueries
from backend.api.graphql.users import UserQueries
from backend.errors import NotFound


@strawberry.type(description="What can be read.")
class Query(UserQueries, UseQueries, TagQueries, SearchQueries, ModelQueries):
    @resolver("The server that answers.")
    async def server(self, info: Info) -> Server:
        context = info.context
        return Server(version=__version__, rehearsing=await context.gateway.accounts.rehearsing(context.caller))

    @resolver(
        "Your conversations, the one in which something happened last first; those that were removed, the last removed "
        "first."
    )
    async def conversations(
        self, info: Info, first: First = 30, after: After = None, filter: Filter = None
    ) -> Connection[Conversation]:
        page = await listed(info, first, after, filter)
        return edges_of(page, [Conversation.of(row) for row in page.items])

    @resolver("One conversation; null where there is none of that id among those you may see.")
    async def conversation(
        self,
        info: Info,
        id: Annotated[ID, argument(description="The conversation's id, or the id it had on an older server.")],
    ) -> Conversation | None:
        try:
            return Conversation.of(await info.context.gateway.conversations.get(info.context.caller, id))
        except NotFound:
            return None

    @resolver("The titles of your conversations, in the order of `conversations`.")
    async def titles(
        self, info: Info, first: First = 30, after: After = None, filter: Filter = None
    ) -> Connection[Title]:
        page = await listed(info, first, after, filter)
        return edges_of(page, [Title.of(row) for row in page.items])

    @resolver("One turn; null where there is none of that id among those you may see.")
    async def turn(self, info: Info, id: Annotated[ID, argument(description="The turn's id.")]) -> Turn | None:
        try:
            turn, _ = await info.context.gateway.conversations.turn(info.context.caller, id)
        except NotFound:
            return None
        return Turn.of(turn)

    @resolver("The built-in accounts and how each stands.  For admins.")
    async def accounts(self, info: Info) -> list[Account]:
        return [Account.of(seen) for seen in await info.context.gateway.upkeep.overview(info.context.caller)]
