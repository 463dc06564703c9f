"""Receipts in the record: made in the very transaction in which a turn ends, read for whoever verifies.

A turn is signed when it and all turns before it have ended, so that each receipt can name the one before.
"""

# mypy: disable-error-code="import-untyped"

from typing import Any, Final

from backend.domain.access import Scope
from backend.domain.conversations import Conversation
from backend.domain.receipts import HEAD, Receipt, canonical, head_statement, read, sha256, statement
from backend.domain.replies import ENDED, Turn
from backend.domain.verification import KeptConversation, KeptTurn, Verdict, verified
from backend.storage.compiled import Connection, Row, slot
from backend.storage.database import Database
from backend.storage.rows import CONVERSATION, TURN, conversation_of, slots, turn_of
from backend.storage.scopes import Scoped
from backend.storage.signing import Signing
from backend.storage.tables import Conversations
from backend.storage.tables import Turns as Table

READINGS: Final = 5  # of a conversation that a server is writing to at the same time

_OF_CONVERSATION: Final = Table.conversation == slot("conversation")


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
        )
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

    def sign(self, connection: Connection, conversation_id: int, position: int) -> None:
        """Part of the write job that ends the turn at `position`: signs it, and turns behind it that ended before."""
        rows = self._from.all(connection, conversation=conversation_id, position=position)
        if not rows:
            return
        head = None if rows[0][-1] is None else read(rows[0][-1], HEAD)
        reached = 0 if head is None else head.position
        if position <= reached or (position > reached + 1 and self._waits(connection, conversation_id, position)):
            return
        conversation = conversation_of(rows[0][len(TURN) : -1])
        previous = None if head is None else str(head.says["receipt"])
        last = None
        for expected, row in enumerate(rows, position):
            turn = turn_of(row[: len(TURN)])
            if turn.state not in ENDED or turn.position != expected:
                break
            previous, last = self._signed(connection, turn, conversation, previous), turn.position
        if last is not None and previous is not None:
            text = canonical(head_statement(conversation, last, previous))
            self._keep_head.run(connection, conversation=conversation_id, head=self._signing.signed(text))

    def _signed(self, connection: Connection, turn: Turn, conversation: Conversation, previous: str | None) -> str:
        account = None if turn.account_id is None else self._signing.fingerprint(turn.account_id)
        text = canonical(statement(turn, conversation, account, previous))
        self._keep.run(connection, id=turn.id, receipt=self._signing.signed(text))
        return sha256(text)

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
