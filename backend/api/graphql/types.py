"""The schema's types, each built from what the gateway returns."""

import enum
from datetime import UTC, datetime
from typing import Annotated, Generic, Self, TypeVar

import orjson
import strawberry
from strawberry import ID, Private, argument, enum_value, field

from backend.api.graphql.branches import BranchingTurn
from backend.api.graphql.context import Info, resolver
from backend.api.graphql.explanations import Explain
from backend.api.graphql.imports import ImportSource
from backend.api.graphql.receipts import Integrity, Receipt
from backend.domain import conversations, ids, replies
from backend.domain.access import Action, may
from backend.domain.final_messages import final_message
from backend.gateway.pages import Page
from backend.gateway.paths import PathPage, Slice


def time_of(micros: int) -> datetime:
    return datetime.fromtimestamp(micros / 1_000_000, UTC)


def time_or_none(micros: int | None) -> datetime | None:
    return None if micros is None else time_of(micros)


@strawberry.enum(description="Which of the built-in accounts may answer.")
class Plan(enum.Enum):
    PLUS = enum_value("plus", description="Plus accounts alone; your key must include them.")
    FREE = enum_value("free", description="Free accounts alone.")
    ANY = enum_value("any", description="Any account that your key includes.")


@strawberry.enum(description="How far a turn's reply is.")
class TurnState(enum.Enum):
    WAITING = enum_value("waiting", description="The prompt is kept and waits for an account.")
    WRITING = enum_value("writing", description="An account is writing the reply.")
    FINISHED = enum_value("finished", description="The reply is whole.")
    STOPPED = enum_value("stopped", description="Somebody stopped the reply; what was written is kept.")
    FAILED = enum_value("failed", description="The reply failed; `error` says why, and what was written is kept.")


@strawberry.enum(description="Where a turn's token counts come from.")
class UsageSource(enum.Enum):
    REPORTED = enum_value("reported", description="The account reported them.")
    ESTIMATED = enum_value("estimated", description="Estimated from the length of the texts.")
    UNKNOWN = enum_value("unknown", description="Not known: nothing is known to have reached an account.")


@strawberry.enum(description="How an account stands.")
class AccountHealth(enum.Enum):
    READY = enum_value("ready", description="It answers, and has room.")
    BUSY = enum_value("busy", description="It answers, and is writing all the replies that it may at once.")
    RESTING = enum_value("resting", description="It failed or reached a limit, and is asked again later.")
    NEEDS_ATTENTION = enum_value(
        "needs_attention", description="It is not asked again until a person has looked at it."
    )
    DISABLED = enum_value("disabled", description="It was switched off.")


@strawberry.enum(description="What an account speaks to.")
class AccountKind(enum.Enum):
    CHATGPT = enum_value("chatgpt", description="The ChatGPT web service.")
    OPENAI = enum_value("openai", description="An OpenAI-compatible server.")
    REHEARSAL = enum_value("rehearsal", description="The built-in stand-in, for trying things out.")


@strawberry.type(description="The server that answers.")
class Server:
    version: str = field(description="Its version.")
    rehearsing: bool = field(
        description="Whether a rehearsal account answers your new conversations, as there is no other one for you."
    )

    @resolver(
        "What is wrong with the settings file as it now is: it was refused and the settings from before stay, or part "
        "of it needs a restart.  For admins; null for others and where nothing is."
    )
    async def settings_problem(self, info: Info) -> str | None:
        if not may(info.context.caller, Action.MANAGE_ACCOUNTS):
            return None
        return await info.context.gateway.upkeep.settings_problem(info.context.caller)

    @resolver("Whether there is a client yet.  For whoever may issue keys to clients; null for others.")
    async def client_exists(self, info: Info) -> bool | None:
        if not may(info.context.caller, Action.ISSUE_CLIENT_KEYS):
            return None
        return await info.context.gateway.keys.any_client(info.context.caller)


@strawberry.type(description="Why a turn failed.")
class TurnError:
    code: str = field(description="The code, as in the `extensions.code` of errors.")
    message: str = field(description="The sentence for a person.")


@strawberry.type(description="The tokens of a turn.")
class Usage:
    prompt_tokens: int | None = field(description="Tokens of the prompt, with all that was sent along with it.")
    reply_tokens: int | None = field(description="Tokens of the reply.")
    source: UsageSource = field(description="Where the counts come from.")


@strawberry.type(description="A prompt and its reply.")
class Turn(BranchingTurn):
    id: ID = field(description="The turn's id.")
    position: int = field(description="Its place in the order in which the conversation was written, from 1.")
    prompt: str = field(description="What was asked.")
    reply: str = field(description="What was answered; as far as it is kept while it is being written.")
    state: TurnState = field(description="How far the reply is.")
    model: str | None = field(description="The model that answered, where it is known.")
    error: TurnError | None = field(description="Why the turn failed.")
    usage: Usage = field(description="The tokens it took.")
    history_left_out: int = field(
        description="How many earlier messages did not fit the model's context and were left out."
    )
    created_at: datetime = field(description="When the prompt was kept.")
    started_at: datetime | None = field(description="When an account took it.")
    ended_at: datetime | None = field(description="When the reply ended.")
    duration_seconds: float | None = field(description="Seconds from the moment an account took it to the reply's end.")

    @resolver("Why this account; null until there is one.")
    async def explain(self, info: Info) -> Explain | None:
        choice = await info.context.gateway.accounts.explain(info.context.caller, self.row)
        return None if choice is None else Explain.of(choice)

    @resolver(
        "The reply as a message object in JSON: the upstream's final one where it sent one, as in REST's `message`."
    )
    async def message(self) -> str:
        return orjson.dumps(final_message(self.row)).decode()

    @resolver("Its receipt, for its owner alone; null until it and all turns before it have ended.")
    async def receipt(self, info: Info) -> Receipt | None:
        found = await info.context.gateway.integrity.receipt(info.context.caller, self.id)
        return None if found is None else Receipt.of(found)

    @classmethod
    def of(cls, turn: replies.Turn, page: PathPage | None = None) -> Self:
        usage, started, ended = turn.usage, turn.started_at, turn.ended_at
        return cls(
            id=ID(ids.show_id(ids.TURN, turn.id)),
            position=turn.position,
            prompt=turn.prompt,
            reply=turn.reply,
            state=TurnState(turn.state),
            model=turn.model,
            error=None
            if turn.error_code is None
            else TurnError(code=turn.error_code, message=turn.error_sentence or ""),
            usage=Usage(
                prompt_tokens=usage.prompt_tokens, reply_tokens=usage.reply_tokens, source=UsageSource(usage.source)
            ),
            history_left_out=turn.history_left_out,
            created_at=time_of(turn.created_at),
            started_at=time_or_none(started),
            ended_at=time_or_none(ended),
            duration_seconds=None if started is None or ended is None else (ended - started) / 1_000_000,
            row=turn,
            page=page,
        )


Node = TypeVar("Node")
Item = TypeVar("Item")


@strawberry.type(description="Where a page of a list stands in it.")
class PageInfo:
    has_next_page: bool = field(description="Whether there is more behind this page.")
    has_previous_page: bool = field(description="Whether there is something before this page.")
    start_cursor: str | None = field(description="The cursor of the page's first edge; null if it is empty.")
    end_cursor: str | None = field(description="The cursor of the page's last edge; null if it is empty.")


@strawberry.type(description="One row of a list.")
class Edge(Generic[Node]):
    cursor: str = field(description="Names this row: send it as `after` or `before` for what comes next to it.")
    node: Node = field(description="The row itself.")


@strawberry.type(description="A page of a list.")
class Connection(Generic[Node]):
    edges: list[Edge[Node]] = field(description="The page's rows.")
    page_info: PageInfo = field(description="Where the page stands in the list.")


def edges_of(page: Page[Item], nodes: list[Node]) -> Connection[Node]:
    """A connection from a page and the node of each of its items."""
    edges = [Edge(cursor=page.cursor(item), node=node) for item, node in zip(page.items, nodes, strict=True)]
    info = PageInfo(
        has_next_page=page.has_next,
        has_previous_page=page.has_previous,
        start_cursor=edges[0].cursor if edges else None,
        end_cursor=edges[-1].cursor if edges else None,
    )
    return Connection(edges=edges, page_info=info)


@strawberry.type(description="A conversation's id and title: what a list of conversations needs.")
class Title:
    id: ID = field(description="The conversation's id.")
    title: str = field(description="The conversation's title.")

    @classmethod
    def of(cls, conversation: conversations.Conversation) -> Self:
        return cls(id=ID(ids.show_id(ids.CONVERSATION, conversation.id)), title=conversation.title)


@strawberry.enum(description="Who said a message.")
class MessageRole(enum.Enum):
    SYSTEM = enum_value("system", description="Whoever instructs the model.")
    USER = enum_value("user", description="Whoever asked.")
    ASSISTANT = enum_value("assistant", description="Whoever answered.")


@strawberry.type(description="A message that was sent along with a conversation's first prompt.")
class PreambleMessage:
    role: MessageRole = field(description="Who said it.")
    text: str = field(description="What was said.")


First = Annotated[int, argument(description="How many rows the page has at most: 1 to 200.")]
After = Annotated[str | None, argument(description="The cursor behind which the page begins.")]


@strawberry.type(description="A titled, ordered list of turns, all on one account.")
class Conversation:
    id: ID = field(description="The conversation's id.")
    title: str = field(description="Its title.")
    created_at: datetime = field(description="When it was begun.")
    updated_at: datetime = field(description="When something last happened in it.")
    continues_after: int | None = field(
        description="The position of the last turn that it took over from the conversation that it continues."
    )
    pinned: bool = field(description="Whether it is pinned.")
    archived: bool = field(description="Whether it is archived.")
    tags: list[str] = field(description="Its tags, in the order in which they were given.")
    removed_at: datetime | None = field(description="When it was removed; null unless it was.")
    imported_from: ImportSource | None = field(
        description="What kind of file it was imported from; null where it was begun here."
    )
    row: Private[conversations.Conversation]

    @resolver(
        "Its turns in their order: the first ones behind a cursor, or the last ones before one.  Where some were asked "
        "again, those on the path to the newest turn."
    )
    async def turns(
        self,
        info: Info,
        first: Annotated[
            int | None, argument(description="How many turns at most, from the start: 1 to 200; 50 if unset.")
        ] = None,
        after: After = None,
        last: Annotated[int | None, argument(description="How many turns at most, from the end: 1 to 200.")] = None,
        before: Annotated[
            str | None, argument(description="The cursor before which the page ends; goes with `last`.")
        ] = None,
        through: Annotated[
            ID | None,
            argument(description="A turn through which the path goes instead, down to the newest turn below it."),
        ] = None,
    ) -> Connection[Turn]:
        context = info.context
        part = Slice(first, after, last, before, through)
        page = await context.gateway.conversations.turns(context.caller, self.row, part)
        return edges_of(page, [Turn.of(turn, page) for turn in page.items])

    @resolver(
        "Whether you can follow up on it: it is your own, was not removed, and the account that began it is still here "
        "or, where that is one of yours, may come with its token."
    )
    async def viewer_can_follow_up(self, info: Info) -> bool:
        return await info.context.gateway.chat.can_follow_up(info.context.caller, self.row)

    @resolver("Whether you can continue it on another account: it is your own and was not removed.")
    def viewer_can_continue_elsewhere(self, info: Info) -> bool:
        return info.context.gateway.elsewhere.can_go_on(info.context.caller, self.row)

    @resolver("Whether you can rename, pin, archive and tag it: it is your own and was not removed.")
    def viewer_can_change(self, info: Info) -> bool:
        return info.context.gateway.conversations.can_change(info.context.caller, self.row)

    @resolver("Whether you can remove it: you may look at it, and it was not removed yet.")
    def viewer_can_remove(self, info: Info) -> bool:
        return info.context.gateway.conversations.can_remove(info.context.caller, self.row)

    @resolver(
        "The messages that were sent along with its first prompt, in their order: what was said before it was begun "
        "here.  Nearly always none."
    )
    async def preamble(self, info: Info) -> list[PreambleMessage]:
        said = await info.context.gateway.conversations.preamble(info.context.caller, self.row)
        return [PreambleMessage(role=MessageRole(role), text=text) for role, text in said]

    @resolver("Whether you can restore it: it was removed, and not too long ago.")
    def viewer_can_restore(self, info: Info) -> bool:
        return info.context.gateway.conversations.can_restore(info.context.caller, self.row)

    @resolver("Whether it is as it was written: its last hundred turns, verified now.")
    async def integrity(self, info: Info) -> Integrity:
        return Integrity.of(await info.context.gateway.integrity.verify(info.context.caller, self.row))

    @resolver("The conversation on another account that this one continues; null where it continues none.")
    async def continues(self, info: Info) -> Self | None:
        origin = await info.context.gateway.elsewhere.origin(info.context.caller, self.row)
        return None if origin is None else self.of(origin)

    @resolver("The conversations on other accounts that continue this one, the newest first: at most 20.")
    async def continued_by(self, info: Info) -> list[Self]:
        found = await info.context.gateway.elsewhere.continuations(info.context.caller, self.row)
        return [self.of(conversation) for conversation in found]

    @classmethod
    def of(cls, conversation: conversations.Conversation) -> Self:
        return cls(
            id=ID(ids.show_id(ids.CONVERSATION, conversation.id)),
            title=conversation.title,
            created_at=time_of(conversation.created_at),
            updated_at=time_of(conversation.updated_at),
            continues_after=conversation.continues_after,
            pinned=conversation.pinned,
            archived=conversation.archived,
            tags=list(conversation.tags),
            removed_at=time_or_none(conversation.removed_at),
            imported_from=None if conversation.imported_from is None else ImportSource(conversation.imported_from),
            row=conversation,
        )
