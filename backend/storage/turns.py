"""Turns in the record."""

# mypy: disable-error-code="import-untyped"

from dataclasses import replace
from typing import Any, Final

from peewee import SQL, Case, fn

from backend.domain.access import Scope
from backend.domain.conversations import Conversation
from backend.domain.replies import Turn
from backend.errors import NotFound, ReplyInterrupted
from backend.storage.branches import Branches, are_there
from backend.storage.compiled import slot
from backend.storage.database import Database
from backend.storage.receipts import Receipts
from backend.storage.rows import CONVERSATION, TURN, conversation_of, slots, turn_of, values_of_new_turn, values_of_turn
from backend.storage.scopes import Scoped
from backend.storage.tables import Conversations
from backend.storage.tables import Turns as Table
from backend.storage.text import keepable, keepable_or_none
from backend.storage.use import Counting

INTERRUPTED: Final = "The server stopped while this reply was being written. What had arrived is kept; ask again."
NEVER_SENT: Final = "The server stopped before this prompt was sent. Nothing was asked; ask again."
END: Final = (1 << 31) - 1  # a position behind every turn
AT_THE_END: Final = (
    Table.reply,
    Table.state,
    Table.account,
    Table.model,
    Table.upstream_parent_id,
    Table.upstream_reply_id,
    Table.error_code,
    Table.error_sentence,
    Table.prompt_tokens,
    Table.reply_tokens,
    Table.usage_source,
    Table.reply_base,
    Table.history_left_out,
    Table.finish_reason,
    Table.message,
    Table.started_at,
    Table.ended_at,
    Table.titled,
)

# Which may be kept otherwise than they came; see `keepable`.
KEPT_TEXTS: Final = ("prompt", "reply", "model", "upstream_parent_id", "upstream_reply_id")

_INSERT: Final = Table.insert(slots(*TURN, Table.user, Table.idempotency_key))
_THIS: Final = Table.id == slot("id")
_ITS_CONVERSATION: Final = Conversations.id == slot("conversation")


class Turns:
    def __init__(self, database: Database, receipts: Receipts) -> None:
        self._database = database
        self._receipts = receipts
        self.branches = Branches(database)
        self._use = Counting(database)
        compiled = database.compile
        self._insert = compiled(_INSERT)
        self._by_id = Scoped(database, by_id)
        self._by_idempotency_key = compiled(
            Table.select(*TURN).where(Table.user == slot("user"), Table.idempotency_key == slot("idempotency_key"))
        )
        last = Table.select(*TURN).where(Table.conversation == slot("conversation"))
        self._last = compiled(last.order_by(Table.position.desc()).limit(1))
        onwards, backwards = Table.position > slot("after"), Table.position < slot("before")
        page = Table.select(*TURN, are_there()).where(Table.conversation == slot("conversation")).limit(slot("first"))
        self._page_after = compiled(page.where(onwards).order_by(Table.position))
        self._page_before = compiled(page.where(backwards).order_by(Table.position.desc()))
        self._compile_updates()

    def _compile_updates(self) -> None:
        compiled = self._database.compile
        now, account = slot("now"), slot("account")
        newest = Case(None, [(Conversations.updated_at < now, now)], Conversations.updated_at)
        self._continue = compiled(
            Conversations.update({Conversations.updated_at: newest})
            .where(_ITS_CONVERSATION, Conversations.removed_at.is_null())
            .returning(Conversations.user)
        )
        placed = {
            Table.account: account,
            Table.state: "writing",
            Table.started_at: slot("started_at"),
            Table.upstream_parent_id: slot("upstream_parent_id"),
            Table.choice: slot("choice"),
        }
        self._place = compiled(Table.update(placed).where(_THIS))
        self._pin = compiled(
            Conversations.update({Conversations.account: account}).where(
                _ITS_CONVERSATION, Conversations.upstream_id.is_null()
            )
        )
        self._save_text = compiled(Table.update(slots(Table.reply, Table.reply_base)).where(_THIS))
        self._identify = compiled(
            Table.update(slots(Table.upstream_reply_id)).where(_THIS).returning(Table.conversation)
        )
        self._identify_conversation = compiled(
            Conversations.update(slots(Conversations.upstream_id)).where(_ITS_CONVERSATION)
        )
        receipt = {Table.receipt: fn.COALESCE(slot("receipt"), Table.receipt)}
        self._settle = compiled(Table.update(slots(*AT_THE_END) | receipt).where(_THIS))
        news = (Conversations.upstream_id, Conversations.title, Conversations.head)
        kept: dict[Any, Any] = {column: fn.COALESCE(slot(column.name), column) for column in news}
        by_hand = [(Conversations.renamed, Conversations.title)]
        kept[Conversations.title] = Case(None, by_hand, kept[Conversations.title])
        # One that is upstream already, on an account that nobody kept, is that account's whose upstream knows it.
        proven = Conversations.upstream_id.is_null() | (fn.COALESCE(slot("upstream_id"), "") != "")
        pinned = Case(None, [(proven, fn.COALESCE(Conversations.account, account))], Conversations.account)
        self._settle_conversation = compiled(
            Conversations.update({**kept, Conversations.account: pinned, Conversations.updated_at: newest}).where(
                _ITS_CONVERSATION
            )
        )
        self._interrupt_unended = compiled(interrupt_unended())

    async def begin(self, turn: Turn, idempotency_key: str | None = None) -> None:
        """Save a follow-up.  Raises `AlreadyExists` with `field` idempotency_key where the user has used that key and
        with `field` position where another follow-up came first; `NotFound` where the conversation was removed."""
        values = values_of_new_turn(turn)

        def job(connection: Any) -> None:
            row = self._continue.one(connection, conversation=turn.conversation_id, now=turn.created_at)
            if row is None:
                raise NotFound("There is no such conversation.")
            self._insert.run(connection, **values, user=row[0], idempotency_key=idempotency_key)

        await self._database.write(job)

    async def by_id(self, scope: Scope, id: int) -> tuple[Turn, Conversation] | None:
        row = await self._database.one(self._by_id[scope], caller_id=scope.user_id, id=id)
        return (turn_of(row[: len(TURN)]), conversation_of(row[len(TURN) :])) if row else None

    async def by_idempotency_key(self, user_id: int, key: str) -> Turn | None:
        row = await self._database.one(self._by_idempotency_key, user=user_id, idempotency_key=key)
        return turn_of(row) if row else None

    async def last_of(self, conversation_id: int) -> Turn | None:
        row = await self._database.one(self._last, conversation=conversation_id)
        return turn_of(row) if row else None

    async def place(self, turn: Turn) -> None:
        """A turn has its account, perhaps another one than before, and is being written; its conversation, as long as
        there is nothing of it upstream, is pinned to that account."""
        values = values_of_new_turn(turn)

        def job(connection: Any) -> None:
            self._place.run(connection, **values)
            self._pin.run(connection, conversation=turn.conversation_id, account=turn.account_id)

        await self._database.write(job)

    async def save_text(self, turn_id: int, reply: str, reply_base: int) -> None:
        """The whole reply so far."""
        text = keepable(reply)
        await self._database.write(
            lambda connection: self._save_text.run(connection, id=turn_id, reply=text, reply_base=reply_base)
        )

    async def identify(self, turn_id: int, upstream_conversation_id: str | None, reply_id: str | None) -> None:
        """The upstream's ids, as soon as they are known."""
        upstream_id, upstream_reply_id = keepable_or_none(upstream_conversation_id), keepable_or_none(reply_id)

        def job(connection: Any) -> None:
            row = self._identify.one(connection, id=turn_id, upstream_reply_id=upstream_reply_id)
            if row is not None and upstream_id is not None:
                self._identify_conversation.run(connection, conversation=row[0], upstream_id=upstream_id)

        await self._database.write(job)

    async def settle(
        self, turn: Turn, *, upstream_conversation_id: str | None = None, title: str | None = None
    ) -> None:
        """Save how the turn ended, with all that is only known then, and its receipt; None leaves the conversation's
        own as it is."""
        values = values_of_turn(turn)
        unlike = {name: values[name] for name in KEPT_TEXTS if values[name] != getattr(turn, name)}
        kept = replace(turn, **unlike) if unlike else turn
        of_conversation: dict[str, Any] = {
            "conversation": turn.conversation_id,
            "account": turn.account_id,
            "upstream_id": keepable_or_none(upstream_conversation_id),
            "title": keepable_or_none(title),
            "now": turn.ended_at or turn.created_at,
        }

        def job(connection: Any) -> None:
            signed = self._receipts.at_the_end(connection, kept, of_conversation["upstream_id"])
            self._use.ended(connection, turn, values["model"])
            self._settle.run(connection, **values, receipt=signed.receipt)
            self._settle_conversation.run(connection, **of_conversation, head=signed.head)
            if signed.more:
                self._receipts.sign(connection, turn.conversation_id, turn.position + 1)

        await self._database.write(job)

    async def page(
        self, conversation_id: int, first: int, after_position: int | None = None, before_position: int | None = None
    ) -> tuple[list[Turn], bool]:
        """Ascending, in the order of writing, and whether the conversation has forks: if not, that is its only path.
        With `before_position` the last ones before it (`END`: the last of all), else the first ones after
        `after_position`."""
        if before_position is not None:
            query, place = self._page_before, {"before": before_position}
        else:
            query, place = self._page_after, {"after": after_position or 0}
        rows = await self._database.many(query, conversation=conversation_id, first=first, **place)
        turns = [turn_of(row) for row in (reversed(rows) if before_position is not None else rows)]
        return turns, bool(rows) and bool(rows[0][len(TURN)])

    async def path(self, conversation_id: int, most: int, end: int = END - 1) -> list[Turn]:
        """The last turns of the path that ends at position `end`, by default at the newest turn, ascending."""
        turns, forked = await self.page(conversation_id, most, before_position=end + 1)
        if not forked or not turns:
            return turns
        return await self.branches.way_back(conversation_id, turns[-1].position, most)

    async def interrupt_unended(self, now_us: int) -> int:
        """At start-up: what the last process left unended has failed, its text kept.  Answers how many there were."""

        def job(connection: Any) -> int:
            self._use.interrupted(connection, now_us)
            rows = self._interrupt_unended.all(connection, now=now_us)
            for conversation_id, position in sorted((row[0], row[1]) for row in rows):
                self._receipts.sign(connection, conversation_id, position)
            return len(rows)

        return await self._database.write(job)


def by_id(visible: Any) -> Any:
    return (
        Table.select(*TURN, *CONVERSATION)
        .join(Conversations, on=Table.conversation == Conversations.id)
        .where(_THIS, Conversations.removed_at.is_null(), visible(Conversations.user))
    )


def interrupt_unended() -> Any:
    failed = {
        Table.state: "failed",
        Table.error_code: ReplyInterrupted.code,
        Table.error_sentence: Case(Table.state, [("waiting", NEVER_SENT)], INTERRUPTED),
        Table.ended_at: slot("now"),
    }
    # Written out: the partial index has these very words.
    return (
        Table.update(failed).where(SQL("state IN ('waiting', 'writing')")).returning(Table.conversation, Table.position)
    )


def insert_turn() -> Any:
    """The statement by which a first turn is saved along with its conversation."""
    return _INSERT
