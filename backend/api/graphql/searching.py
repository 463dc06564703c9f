"""Search in titles, prompts and replies."""

import enum
from datetime import datetime
from typing import Annotated, Self

import strawberry
from strawberry import argument, enum_value, field

from backend.api.graphql.context import Info, resolver
from backend.api.graphql.types import After, Conversation, Edge, First, PageInfo, Turn, edges_of, time_of
from backend.gateway.search import Found


@strawberry.enum(description="Where something was found.")
class SearchField(enum.Enum):
    TITLE = enum_value("title", description="In a conversation's title.")
    PROMPT = enum_value("prompt", description="In what was asked.")
    REPLY = enum_value("reply", description="In what was answered.")


@strawberry.type(description="A word that was looked for, by its place in the excerpt.")
class Mark:
    start: int = field(description="Where it begins: how many characters (Unicode code points) stand before it.")
    end: int = field(description="Where it ends, likewise.")


@strawberry.type(description="A turn or a title with the words that were looked for.")
class SearchHit:
    conversation: Conversation = field(description="The conversation.")
    turn: Turn | None = field(description="The turn; null where it is the title.")
    in_: SearchField = field(name="in", description="Where the excerpt is from.")
    excerpt: str = field(description="Some 160 characters around the first word that was looked for.")
    marks: list[Mark] = field(description="The words that were looked for, by their places in the excerpt.")
    at: datetime = field(description="When it was asked; of a title, when the conversation was begun.")

    @classmethod
    def of(cls, found: Found) -> Self:
        return cls(
            conversation=Conversation.of(found.conversation),
            turn=None if found.turn is None else Turn.of(found.turn),
            in_=SearchField(found.field),
            excerpt=found.excerpt,
            marks=[Mark(start=start, end=end) for start, end in found.marks],
            at=time_of(found.at),
        )


@strawberry.type(description="A page of what was found.")
class SearchConnection:
    edges: list[Edge[SearchHit]] = field(description="The page's rows.")
    page_info: PageInfo = field(description="Where the page stands in the list.")
    up_to_date: bool = field(
        description="Whether all that had been said was looked through; where false, ask again a little later."
    )


@strawberry.type
class SearchQueries:
    @resolver(
        "Your turns and titles that have all these words, the newest first.  Upper and lower case and accents do not "
        "count; the last word may go on, from three letters.  What has ended is found at once."
    )
    async def search(
        self,
        info: Info,
        text: Annotated[str, argument(description="The words, 1 to 200 characters.")],
        first: First = 20,
        after: After = None,
    ) -> SearchConnection:
        results = await info.context.gateway.search.page(info.context.caller, text, first, after)
        found = edges_of(results.page, [SearchHit.of(item) for item in results.page.items])
        return SearchConnection(edges=found.edges, page_info=found.page_info, up_to_date=results.up_to_date)
