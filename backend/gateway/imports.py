"""Imports: conversations from files into a user's own record."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import BinaryIO, Final

from backend.domain import chatgpt_files, legacy_files, own_files
from backend.domain.access import Action, Caller, require
from backend.domain.conversations import Conversation, ImportSource
from backend.domain.ids import CONVERSATION, IdSource, new_uuid, parse_id
from backend.domain.replies import Turn
from backend.domain.transfers import ImportedConversation, ImportedTurn, ImportReport, Unreadable
from backend.errors import TooManyWaiting
from backend.gateway.import_files import ImportFile, Record, name_of
from backend.storage.transfers import Transfers

AT_ONCE: Final = 4  # imports on one server
RECORDS_AT_ONCE: Final = 50
SIZE_AT_ONCE: Final = 1024 * 1024  # characters, about: one transaction, for which prompts wait some 20 ms


@dataclass(frozen=True, slots=True)
class Progress:
    """In bytes."""

    done: int
    total: int


class Imports:
    def __init__(self, rows: Transfers, ids: IdSource) -> None:
        self._keeping = Keeping(rows, ids)
        self._importing: set[int] = set()

    @asynccontextmanager
    async def room(self, caller: Caller) -> AsyncIterator[None]:
        """To be held while a file is received and taken.  Raises `TooManyWaiting`."""
        require(caller, Action.IMPORT_CONVERSATIONS)
        if caller.user_id in self._importing or len(self._importing) >= AT_ONCE:
            raise TooManyWaiting(
                "An import of yours is under way, or others' take all the room there is for imports. Try again later."
            )
        self._importing.add(caller.user_id)
        try:
            yield
        finally:
            self._importing.discard(caller.user_id)

    async def take(self, caller: Caller, file: BinaryIO) -> AsyncGenerator[Progress | ImportReport, None]:
        """Import a file: its progress and, in the end, the report.  What was imported stays where it breaks off, and a
        second import of the same file goes on there.  Raises `InvalidInput`, before anything else, for a file of
        another kind."""
        require(caller, Action.IMPORT_CONVERSATIONS)
        report = ImportReport()
        opened = await asyncio.to_thread(ImportFile, file)
        records = opened.records()
        while some := await asyncio.to_thread(some_read, records, caller):
            # Together: one commit serves them all.
            kept = [self._keeping.read(caller, each, report) for each in some]
            for outcome in await asyncio.gather(*kept, return_exceptions=True):
                if isinstance(outcome, BaseException):
                    raise outcome
            yield Progress(opened.done, opened.total)
        yield report


class Keeping:
    """Puts records into the record.  Not guarded: `Imports` and the console rest on it."""

    def __init__(self, rows: Transfers, ids: IdSource) -> None:
        self._rows = rows
        self._ids = ids

    async def read(self, caller: Caller, read: "Read", report: ImportReport) -> None:
        """For a user: into its own record, and without what only the server's own accounts could vouch for."""
        if isinstance(read.found, Unreadable):
            report.refuse(read.found.reason, read.found.shown or read.name)
        else:
            await self.conversation(caller.user_id, read.found, read.kind, report)

    async def conversation(
        self,
        user_id: int,
        found: ImportedConversation,
        kind: ImportSource,
        report: ImportReport,
        account_id: int | None = None,
        *,
        own_token: bool = False,
    ) -> None:
        """With `account_id`, or with `own_token` by a token of its user's, it can be followed up: its id and its
        messages' are then the upstream's."""
        conversation = Conversation(
            id=self._ids.next(),
            user_id=user_id,
            title=found.title,
            account_id=account_id,
            upstream_id=found.id if own_token or account_id is not None else None,
            external_id=found.id,
            preamble=found.preamble,
            created_at=found.created_at,
            updated_at=found.updated_at,
            pinned=found.pinned,
            archived=found.archived,
            tags=found.tags,
            imported_from=kind,
        )
        turns = [self._turn(conversation.id, position, turn) for position, turn in enumerate(found.turns, 1)]
        own_id = parse_id(CONVERSATION, found.id) if kind == "export" else None
        known = await self._rows.keep(conversation, turns, own_id)
        if known is None:
            report.conversations += 1
            report.turns += len(turns)
            report.left_out.update(found.left_out)
        elif known < len(turns):
            report.refuse("longer_now", found.title)
        else:
            report.known += 1

    def _turn(self, conversation_id: int, position: int, turn: ImportedTurn) -> Turn:
        """Without an account: which one wrote it, this server cannot tell."""
        return Turn(
            id=self._ids.next(),
            conversation_id=conversation_id,
            position=position,
            prompt=turn.prompt,
            reply=turn.reply,
            state=turn.state,
            account_id=None,
            model=turn.model,
            upstream_prompt_id=turn.prompt_id or new_uuid(),
            upstream_parent_id=None,
            upstream_reply_id=turn.reply_id,
            error_code=None if turn.error is None else turn.error[0],
            error_sentence=None if turn.error is None else turn.error[1],
            usage=turn.usage,
            reply_base=0,
            history_left_out=0,
            finish_reason=turn.finish_reason,
            message=turn.message,
            created_at=turn.created_at,
            started_at=turn.started_at,
            ended_at=turn.ended_at,
            follows=turn.follows,
        )


@dataclass(frozen=True, slots=True)
class Read:
    found: ImportedConversation | Unreadable
    kind: ImportSource
    name: str


def some_read(records: Iterator[Record], caller: Caller) -> list[Read]:
    """The next few; none at the end.  For a thread: reading costs time."""
    return [read(caller, record) for record in some_of(records)]


def read(caller: Caller, record: Record) -> Read:
    found: ImportedConversation | Unreadable
    try:
        found = understood(caller, record)
    except Unreadable as refusal:
        found = refusal
    return Read(found, record.kind, name_of(record))


def understood(caller: Caller, record: Record) -> ImportedConversation:
    """Raises `Unreadable`."""
    if record.failure is not None:
        raise Unreadable(record.failure)
    if record.kind == "chatgpt":
        return chatgpt_files.conversation_of(record.value)
    if record.kind == "export":
        return own_files.conversation_of(record.value)
    if record.path[1] != caller.external_id:
        raise Unreadable("not_yours")
    return legacy_files.conversation_of(record.path[3], record.value)[0]


def some_of(records: Iterator[Record]) -> list[Record]:
    """The next few; none at the end."""
    some: list[Record] = []
    size = 0
    for record in records:
        some.append(record)
        size += record.size
        if len(some) == RECORDS_AT_ONCE or size >= SIZE_AT_ONCE:
            break
    return some
