"""The schema's fields for how turns branch."""

import asyncio
from datetime import UTC, datetime
from typing import Self

import strawberry
from strawberry import ID, Private, field

from backend.api.graphql.context import Info, resolver
from backend.domain import branches, ids, replies
from backend.gateway.paths import PathPage, Place


@strawberry.type(description="One of the turns that follow the same turn.")
class TurnVersion:
    id: ID = field(description="The turn's id.")
    created_at: datetime = field(description="When its prompt was kept.")

    @classmethod
    def of(cls, version: branches.Version) -> Self:
        return cls(
            id=ID(ids.show_id(ids.TURN, version.id)),
            created_at=datetime.fromtimestamp(version.created_at / 1_000_000, UTC),
        )


@strawberry.type(description="A turn among those of its conversation.")
class BranchingTurn:
    """On a `page` of turns its place is known; for one by itself it is looked up once, when a field asks for it."""

    row: Private[replies.Turn]
    page: Private[PathPage | None] = None
    looked_up: Private[asyncio.Task[Place] | None] = None

    @resolver("The turn that this one goes on behind; null for a first turn.")
    async def follows_turn_id(self, info: Info) -> ID | None:
        place = await self._place(info)
        return None if place.follows_id is None else ID(ids.show_id(ids.TURN, place.follows_id))

    @resolver(
        "All turns that follow the same turn as this one, in the order in which they were asked, this one included.  "
        "It is the only one where it was never asked again."
    )
    async def versions(self, info: Info) -> list[TurnVersion]:
        return [TurnVersion.of(version) for version in (await self._place(info)).versions]

    @resolver("Whether you may ask it again now: it is your own and has ended.")
    async def viewer_can_ask_again(self, info: Info) -> bool:
        return (await self._place(info)).may_ask_again

    @resolver("Whether you may stop it now: it is your own and has not ended.")
    async def viewer_can_stop(self, info: Info) -> bool:
        return (await self._place(info)).may_stop

    async def _place(self, info: Info) -> Place:
        if self.page is not None:
            return self.page.place_of(self.row)
        if self.looked_up is None:
            found = info.context.gateway.conversations.place(info.context.caller, self.row)
            self.looked_up = asyncio.create_task(found)
        return await self.looked_up
