"""Exports: a user's own conversations as a file, written while it is read."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal, get_args

import orjson

from backend.domain import chatgpt_files, own_files
from backend.domain.access import Action, Caller, Scope, own, require, widest
from backend.domain.conversations import Conversation
from backend.domain.replies import Turn
from backend.errors import InvalidInput
from backend.gateway.conversations import find_conversation
from backend.storage.conversations import Conversations
from backend.storage.transfers import Transfers
from backend.storage.turns import Turns

Form = Literal["markdown", "json", "chatgpt"]
FORMS: Final[tuple[Form, ...]] = get_args(Form)
TURNS_AT_ONCE: Final = 50

Pieces = AsyncIterator[bytes]


@dataclass(frozen=True, slots=True)
class Export:
    """`name` is what the file may be called; any title may stand in it."""

    name: str
    media_type: str
    pieces: AsyncGenerator[bytes, None]


class Exports:
    def __init__(
        self, transfers: Transfers, conversations: Conversations, turns: Turns, clock: Callable[[], float]
    ) -> None:
        self._transfers = transfers
        self._conversations = conversations
        self._turns = turns
        self._clock = clock

    async def file(self, caller: Caller, form: str, conversation_id: str | None = None) -> Export:
        """One conversation that the caller may look at, or all of its own, the oldest first.  Raises `InvalidInput`
        for a form that there is none of, `NotFound`."""
        require(caller, Action.READ_CONVERSATIONS)
        if form not in FORMS:
            raise InvalidInput(f"`format` must be one of {', '.join(FORMS)}.", field="format")
        day = datetime.fromtimestamp(self._clock(), UTC).strftime("%Y-%m-%d")
        ending, media_type = ("md", "text/markdown") if form == "markdown" else ("json", "application/json")
        if conversation_id is None:
            scope, name = own(caller), f"conversations {day}"
            ids = await self._transfers.ids(scope)
        else:
            scope = widest(caller)
            conversation = await find_conversation(self._conversations, scope, conversation_id)
            ids, name = [conversation.id], f"{conversation.title} {day}"
        write = {"markdown": self._markdown, "json": self._json, "chatgpt": self._chatgpt}[form]
        return Export(f"{name}.{ending}", media_type, write(scope, ids))

    async def _markdown(self, scope: Scope, ids: list[int]) -> AsyncGenerator[bytes, None]:
        async for place, conversation in self._each(scope, ids):
            day = own_files.time(conversation.created_at)
            rule = "---\n\n" if place else ""
            yield f"{rule}# {conversation.title}\n\n{day}\n\n".encode()
            for role, said in conversation.preamble:
                yield f"## {role.capitalize()}\n\n{said}\n\n".encode()
            path = await self._path(conversation)
            async for turn in self._turns_of(conversation):
                if path is not None and not any(turn.position in run for run in path):
                    continue
                reply = turn.reply or "*(no reply)*"
                yield f"## Prompt\n\n{turn.prompt}\n\n## Reply\n\n{reply}\n\n".encode()

    async def _json(self, scope: Scope, ids: list[int]) -> AsyncGenerator[bytes, None]:
        head = {"format": own_files.FORMAT, "exportedAt": own_files.time(int(self._clock() * 1_000_000))}
        yield orjson.dumps(head)[:-1] + b',"conversations":['
        async for place, conversation in self._each(scope, ids):
            yield between(place) + orjson.dumps(own_files.opening(conversation))[:-1] + b',"turns":['
            first = True
            async for turn in self._turns_of(conversation):
                yield (b"\n " if first else b",\n ") + orjson.dumps(own_files.turn_shown(turn))
                first = False
            yield b"]}"
        yield b"\n]}\n"

    async def _chatgpt(self, scope: Scope, ids: list[int]) -> AsyncGenerator[bytes, None]:
        yield b"["
        async for place, conversation in self._each(scope, ids):
            head = {
                "title": conversation.title,
                "create_time": conversation.created_at / 1_000_000,
                "update_time": conversation.updated_at / 1_000_000,
                "is_starred": conversation.pinned,
                "is_archived": conversation.archived,
            }
            yield between(place) + orjson.dumps(head)[:-1] + b',"mapping":{'
            current = "root"
            async for id, written in self._nodes(conversation):
                yield (b"\n " if current == "root" == id else b",\n ") + written
                current = id
            file_id = own_files.file_id(conversation)
            yield b"}," + orjson.dumps({"current_node": current, "conversation_id": file_id, "id": file_id})[1:]
        yield b"\n]\n"

    async def _nodes(self, conversation: Conversation) -> AsyncIterator[tuple[str, bytes]]:
        """The tree of messages, each with its id; the last one is the end of the path that is shown.  Each names those
        before and behind it: what is behind is known from a first look at the turns, of which little is remembered."""
        ends, below = {0: "root"}, dict[str, list[str]]()
        for message in chatgpt_files.messages_of(conversation):
            id = str(message["id"])
            below[ends[0]] = [id]
            ends[0] = id
        async for turn in self._turns_of(conversation):
            ids = [str(message["id"]) for message in chatgpt_files.messages_of_turn(turn)]
            below.setdefault(ends.get(turn.behind, ends[0]), []).append(ids[0])
            below |= {ids[0]: ids[1:]} if ids[1:] else {}
            ends[turn.position] = ids[-1]
        before = "root"
        yield before, node(before, None, None, below.get(before, []))
        for message in chatgpt_files.messages_of(conversation):
            id = str(message["id"])
            yield id, node(id, message, before, below.get(id, []))
            before = id
        async for turn in self._turns_of(conversation):
            if turn.position not in ends:  # written meanwhile
                break
            before = ends.get(turn.behind, ends[0])
            for message in chatgpt_files.messages_of_turn(turn):
                id = str(message["id"])
                yield id, node(id, message, before, below.get(id, []))
                before = id

    async def _path(self, conversation: Conversation) -> list[range] | None:
        """The positions of the path that is shown; None for all."""
        tree = await self._turns.branches.of(conversation.id)
        return None if tree is None else tree.path(tree.newest)

    async def _each(self, scope: Scope, ids: list[int]) -> AsyncIterator[tuple[int, Conversation]]:
        """Those that are still there."""
        place = 0
        for id in ids:
            conversation = await self._conversations.by_id(scope, id)
            if conversation is not None:
                yield place, conversation
                place += 1

    async def _turns_of(self, conversation: Conversation) -> AsyncIterator[Turn]:
        position: int | None = 0
        while position is not None:
            page, _ = await self._turns.page(conversation.id, TURNS_AT_ONCE, after_position=position)
            for turn in page:
                yield turn
            position = page[-1].position if len(page) == TURNS_AT_ONCE else None


def between(place: int) -> bytes:
    return b"\n" if place == 0 else b",\n"


def node(id: str, message: dict[str, object] | None, parent: str | None, children: list[str]) -> bytes:
    return (
        orjson.dumps(id) + b":" + orjson.dumps({"id": id, "message": message, "parent": parent, "children": children})
    )
