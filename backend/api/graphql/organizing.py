"""Conversations put in order: filtered lists, titles, pins, the archive, tags, and what was removed."""

from typing import Annotated, Self

import strawberry
from strawberry import ID, argument, field

from backend.api.graphql.context import Info, resolver
from backend.api.graphql.types import Conversation
from backend.domain import conversations
from backend.domain.conversations import Change, Shelf
from backend.domain.conversations import TagCount as Counted
from backend.errors import InvalidInput
from backend.gateway.pages import Page


@strawberry.input(description="Which of your conversations are listed.  All of it has to be true of each.")
class ConversationFilter:
    archived: bool | None = field(
        default=False, description="true: archived ones alone; false: those that are not; null: both."
    )
    pinned: bool | None = field(
        default=None, description="true: pinned ones alone; false: those that are not; null: both."
    )
    tag: str | None = field(
        default=None, description="Those with this tag; upper and lower case are one.  null: with any or none."
    )
    removed: bool = field(
        default=False,
        description="Those that were removed and can still be restored, archived or not.  Goes without the others.",
    )


Filter = Annotated[ConversationFilter | None, argument(description="Which ones; if unset those that are not archived.")]


@strawberry.type(description="A tag of yours.")
class TagCount:
    tag: str = field(description="The tag.")
    conversations: int = field(description="How many conversations have it, archived ones among them.")

    @classmethod
    def of(cls, count: Counted) -> Self:
        return cls(tag=count.tag, conversations=count.conversations)


@strawberry.input(description="What becomes of a conversation.  What is unset or null stays as it is.")
class ChangeConversationInput:
    id: ID = field(description="The conversation's id, or the id it had on an older server.")
    title: str | None = field(
        default=None, description="Its new title, 1 to 200 characters.  It is never replaced by an account's own."
    )
    pinned: bool | None = field(default=None, description="Whether it is pinned.")
    archived: bool | None = field(default=None, description="Whether it is archived.")
    tags: list[str] | None = field(
        default=None, description="All its tags, at most 20 with 1 to 50 characters each; an empty list takes them off."
    )
    add_tags: list[str] = field(
        default_factory=list, description="Tags that it gets beside those that it has; upper and lower case are one."
    )
    remove_tags: list[str] = field(
        default_factory=list, description="Tags that are taken off; one that it does not have does no harm."
    )


@strawberry.type(description="A conversation that was changed.")
class ChangeConversationPayload:
    conversation: Conversation = field(description="What it now is.")


@strawberry.input(description="Which conversation to restore.")
class RestoreConversationInput:
    id: ID = field(description="The conversation's id.")


@strawberry.type(description="A conversation that was restored.")
class RestoreConversationPayload:
    conversation: Conversation = field(description="The conversation, with all its turns.")


@strawberry.type
class TagQueries:
    @resolver("The tags of your conversations, in the order of the alphabet: at most 1,000.")
    async def tags(self, info: Info) -> list[TagCount]:
        return [TagCount.of(count) for count in await info.context.gateway.conversations.tags(info.context.caller)]


@strawberry.type
class OrganizingMutations:
    @resolver("Rename, pin, archive or tag one of your conversations.  Its place in the list stays.")
    async def change_conversation(
        self, info: Info, input: Annotated[ChangeConversationInput, argument(description="The change.")]
    ) -> ChangeConversationPayload:
        tags = None if input.tags is None else tuple(input.tags)
        change = Change(
            input.title, input.pinned, input.archived, tags, tuple(input.add_tags), tuple(input.remove_tags)
        )
        changed = await info.context.gateway.conversations.change(info.context.caller, input.id, change)
        return ChangeConversationPayload(conversation=Conversation.of(changed))

    @resolver("Bring back a conversation that was removed.  Only within the time that the server's settings allow.")
    async def restore_conversation(
        self, info: Info, input: Annotated[RestoreConversationInput, argument(description="The conversation.")]
    ) -> RestoreConversationPayload:
        restored = await info.context.gateway.conversations.restore(info.context.caller, input.id)
        return RestoreConversationPayload(conversation=Conversation.of(restored))


async def listed(
    info: Info, first: int, after: str | None, filter: ConversationFilter | None
) -> Page[conversations.Conversation]:
    gateway, caller, wanted = info.context.gateway.conversations, info.context.caller, filter or ConversationFilter()
    if not wanted.removed:
        return await gateway.page(caller, first, after, Shelf(wanted.archived, wanted.pinned, wanted.tag))
    if wanted.archived or wanted.pinned is not None or wanted.tag is not None:
        raise InvalidInput("`removed` lists all that were removed; it goes without the other filters.", field="filter")
    return await gateway.removed(caller, first, after)
