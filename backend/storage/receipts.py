"""Receipts in the record: made in the very transaction in which a turn ends, read for whoever verifies.

A turn is signed when it and all turns before it have ended, so that each receipt can name the one before.
"""

# mypy: disable-error-code="import-untyped"

from dataclasses import dataclass
from typing import Any, Final

from peewee import SQL, Case, fn

from backend.domain.access import Scope
from backend.domain.conversations import Conversation
from backend.domain.receipts import HEAD, Receipt, canonical, head_statement, read, sha256, statement
from backend.domain.replies import ENDED, Turn
from backend.domain.verification import KeptConversation, KeptTurn, Verdict, verified
from backend.storage.compiled import Connection, Row, slot
from backend.storage.database import Database
from backend.storage.rows import CONVERSATION, TURN, conversation_of, preamble_of, slots, turn_of
from backend.storage.scopes import Scoped
from backend.storage.signing import Signing
from backend.storage.tables import Conversations
from backend.storage.tables import Turns as Table

AT_A_TIME: Final = 8  # turns that are looked at for whether they are to be signed: nearly always the next one is not
READINGS: Final = 5  # of a conversation that a server is writing to at the same time

_OF_CONVERSATION: Final = Table.conversation == slot("conversation")


@dataclass(frozen=True, slots=True)
class Signed:
    """A turn's receipt and its conversation's head, as they are to be kept; None where the turn is not signed yet.
    `more`: there are turns behind it, which may have ended before it."""

    receipt: str | None
    head: str | None
    more: bool


class Receipts:
    def __init__(self, database: Database, signing: Signing) -> None:
        self._database = database
        self._signing = signing
        compiled = database.compile
        self._from = compiled(
            Table.select(*TURN, *CONVERSATION, Conversations.head)
            .join(Conversations, on=Table.conversation == Conversations.id)
            .where(_OF_CONVERSATION, Table.position >= slot("position"))
            .order_by(Table.position)
            .limit(AT_A_TIME)
        )
        self._standing = compiled(standing())
        self._unended_before = compiled(
            Table.select(Table.id)
            .where(_OF_CONVERSATION, Table.position < slot("position"), Table.state.not_in(sorted(ENDED)))
            .limit(1)
        )
        self._keep = compiled(Table.update(slots(Table.receipt)).where(Table.id == slot("id")))
        self._keep_head = compiled(
            Conversations.update(slots(Conversations.head)).where(Conversations.id == slot("conversation"))
        )
        self._of_turn = Scoped(database, of_turn)
        self._conversation = compiled(
            Conversations.select(*CONVERSATION, Conversations.head).where(Conversations.id == slot("id"))
        )
        last_first = Table.select(*TURN, Table.user, Table.receipt).where(_OF_CONVERSATION)
        self._last_turns = compiled(last_first.order_by(Table.position.desc()).limit(slot("most")))
        ids = Conversations.select(Conversations.id).where(Conversations.id > slot("after"))
        self._ids = compiled(ids.order_by(Conversations.id).limit(slot("first")))

    def at_the_end(self, connection: Connection, turn: Turn, upstream_id: str | None) -> Signed:
        """Part of the write job that ends this turn; `upstream_id` is the conversation's, where it is news."""
        row = self._standing.one(connection, conversation=turn.conversation_id, position=turn.position)
        if row is None:
            return Signed(None, None, more=False)
        head = None if row[6] is None else read(row[6], HEAD)
        reached, position = 0 if head is None else head.position, turn.position
        if position <= reached or (position > reached + 1 and self._waits(connection, turn.conversation_id, position)):
            return Signed(None, None, more=False)
        preamble = preamble_of(row[5])
        conversation = Conversation(
            turn.conversation_id, row[0], "", None, upstream_id or row[1], None, preamble, 0, 0, row[2], row[3]
        )
        previous = None if head is None else str(head.says.get("receipt"))
        text = self._text(turn, conversation, previous)
        of_head = canonical(head_statement(conversation, position, sha256(text)))
        return Signed(self._signing.signed(text), self._signing.signed_head(of_head), more=row[4] > position)

    def sign(self, connection: Connection, conversation_id: int, position: int) -> None:
        """Part of a write job: signs the turn at `position`, if it has ended, and those behind it that ended before."""
        rows = self._from.all(connection, conversation=conversation_id, position=position)
        if not rows:
            return
        head = None if rows[0][-1] is None else read(rows[0][-1], HEAD)
        reached = 0 if head is None else head.position
        if position <= reached or (position > reached + 1 and self._waits(connection, conversation_id, position)):
            return
        conversation = conversation_of(rows[0][len(TURN) : -1])
        previous = None if head is None else str(head.says.get("receipt"))
        last = None
        for expected, row in enumerate(rows, position):
            turn = turn_of(row[: len(TURN)])
            if turn.state not in ENDED or turn.position != expected:
                break
            previous, last = self._signed(connection, turn, conversation, previous), turn.position
        if last is not None and previous is not None:
            text = canonical(head_statement(conversation, last, previous))
            self._keep_head.run(connection, conversation=conversation_id, head=self._signing.signed_head(text))
            if last == position + AT_A_TIME - 1:
                self.sign(connection, conversation_id, last + 1)

    def _signed(self, connection: Connection, turn: Turn, conversation: Conversation, previous: str | None) -> str:
        text = self._text(turn, conversation, previous)
        self._keep.run(connection, id=turn.id, receipt=self._signing.signed(text))
        return sha256(text)

    def _text(self, turn: Turn, conversation: Conversation, previous: str | None) -> str:
        account = None if turn.account_id is None else self._signing.fingerprint(turn.account_id)
        return canonical(statement(turn, conversation, account, previous))

    def _waits(self, connection: Connection, conversation_id: int, position: int) -> bool:
        """An earlier turn is still being written, and will sign this one at its own end.  Earlier ones that have ended
        without a receipt are never signed afterwards: nobody can tell any more that they are as they were."""
        row = self._unended_before.one(connection, conversation=conversation_id, position=position)
        return row is not None

    async def of_turn(self, scope: Scope, turn_id: int) -> Receipt | None:
        row = await self._database.one(self._of_turn[scope], caller_id=scope.user_id, id=turn_id)
        return read(row[0]) if row else None

    async def kept(self, conversation_id: int, most: int) -> KeptConversation | None:
        """The conversation, removed or not, with its last turns, at most so many; as it was in one moment."""
        before: Row | None = None
        rows: list[Row] = []
        for _ in range(READINGS):
            row = await self._database.one(self._conversation, id=conversation_id)
            if row is None:
                return None
            if before is not None and tuple(before) == tuple(row):
                break
            before = row
            rows = await self._database.many(self._last_turns, conversation=conversation_id, most=most)
        if before is None:
            return None
        turns = [KeptTurn(turn_of(row[: len(TURN)]), row[-2], row[-1]) for row in reversed(rows)]
        after = turns[0].turn.position - 1 if len(turns) == most else 0
        return KeptConversation(conversation_of(before[:-1]), before[-1], turns, after)

    def verified(self, kept: KeptConversation) -> Verdict:
        return verified(kept, self._signing.fingerprint, self._signing.check)

    async def ids(self, after: int, first: int) -> list[int]:
        """Ids of conversations, removed or not, in their order."""
        return [row[0] for row in await self._database.many(self._ids, after=after, first=first)]


def standing() -> Any:
    """What a receipt needs to know of the conversation.  What came along with the first prompt may be long, and is read
    with the first turn alone."""
    last = Table.alias("last")
    return Conversations.select(
        Conversations.user,
        Conversations.upstream_id,
        Conversations.continues,
        Conversations.continues_after,
        last.select(fn.MAX(last.position)).where(last.conversation == slot("conversation")),
        Case(None, [(SQL("1") == slot("position"), Conversations.preamble)]),
        Conversations.head,
    ).where(Conversations.id == slot("conversation"))


def of_turn(visible: Any) -> Any:
    return (
        Table.select(Table.receipt)
        .join(Conversations, on=Table.conversation == Conversations.id)
        .where(
            Table.id == slot("id"),
            Table.receipt.is_null(False),
            Conversations.removed_at.is_null(),
            visible(Conversations.user),
        )
    )
