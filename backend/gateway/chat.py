"""Prompts and their replies: send, follow up, follow, stop."""

import asyncio
import uuid
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from backend import errors
from backend.domain.access import Action, Caller, own, require
from backend.domain.accounts import Plan
from backend.domain.conversations import Conversation, derive_title
from backend.domain.ids import CONVERSATION, TURN, IdSource, parse_id, show_id
from backend.domain.replies import ReplyEvent, Turn, Usage
from backend.gateway.account_pool import AccountPool, Lease, Wish
from backend.gateway.answer_task import Live, Task
from backend.gateway.answering import Answering
from backend.gateway.conversations import find_conversation, find_turn
from backend.gateway.live_replies import LiveReply, Reply
from backend.gateway.own_accounts import OwnAccount, OwnAccounts
from backend.storage.conversations import Conversations
from backend.storage.turns import Turns
from backend.upstream.protocol import Message

LONGEST_IDEMPOTENCY_KEY: Final = 200


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a caller asks.  `plan` chooses among the built-in accounts, for a new conversation; `own_account` takes the
    caller's own instead.  `history` is what was said before, for a new conversation that did not begin here.  The same
    `idempotency_key` from the same caller never asks an upstream twice.
    """

    text: str
    plan: Plan = "any"
    own_account: OwnAccount | None = None
    model: str | None = None
    history: tuple[Message, ...] = ()
    idempotency_key: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a new conversation goes on: behind the turn at position `after`, on none of `not_these` accounts."""

    conversation_id: int
    after: int
    title: str
    not_these: tuple[tuple[int, str], ...]


@dataclass(slots=True)
class Line:
    """The turns of one conversation that have not ended, in order."""

    entering: asyncio.Lock
    tail: LiveReply | None = None
    inside: int = 0

    def writing(self) -> LiveReply | None:
        """The last one, as long as any has not ended: one that was stopped in the line ended before its turn came."""
        reply = self.tail
        while reply is not None and reply.done.done():
            reply = reply.before
        return None if reply is None else self.tail


class Chat:
    def __init__(
        self,
        pool: AccountPool,
        own_accounts: OwnAccounts,
        answering: Answering,
        conversations: Conversations,
        turns: Turns,
        clock: Callable[[], float],
        ids: IdSource,
        live: Live,
    ) -> None:
        self._pool = pool
        self._own_accounts = own_accounts
        self._answering = answering
        self._conversations = conversations
        self._turns = turns
        self._clock = clock
        self._ids = ids
        self._live = live
        self._lines: dict[int, Line] = {}

    async def send(self, caller: Caller, prompt: Prompt, origin: Origin | None = None) -> Reply:
        """Begin a conversation, or with `origin` one that continues another; see `elsewhere`.  Returns once the prompt
        is kept; the reply goes on whether or not anyone listens."""
        require(caller, Action.CHAT)
        self._check(prompt)
        if (earlier := await self._earlier(caller, prompt, origin)) is not None:
            return earlier
        wish = Wish(prompt.plan, caller.plus, not_these=origin.not_these if origin else ())
        if prompt.own_account is not None:
            wish = Wish(account_id=await self._own_accounts.ready(caller, prompt.own_account))
        lease = self._pool.lease_now(wish)
        if lease is None:
            self._answering.check_waiting(caller.user_id)
        now = self._now()
        conversation = Conversation(
            id=self._ids.next(),
            user_id=caller.user_id,
            title=origin.title if origin else derive_title(prompt.text),
            account_id=None if lease is None else lease.account.id,
            upstream_id=None,
            external_id=None,
            preamble=tuple((message.role, message.text) for message in prompt.history),
            created_at=now,
            updated_at=now,
            continues_id=origin.conversation_id if origin else None,
            continues_after=origin.after if origin else None,
        )
        turn = self._new_turn(conversation.id, 1, prompt, lease, None, now)
        live = LiveReply(turn, caller.user_id)
        self._lines[conversation.id] = Line(asyncio.Lock(), live)
        save = partial(self._conversations.begin, conversation, turn, prompt.idempotency_key)
        task = Task(live, save, conversation, wish, prompt.history, prompt.model, lease, None, wants_title=not origin)
        return await self._started(caller, prompt, task, origin)

    async def follow_up(self, caller: Caller, conversation_id: str, prompt: Prompt) -> Reply:
        """Go on with one of the caller's conversations, on the account that began it.  Prompts that come while a reply
        is being written are taken in order, or refused (`ConversationBusy`) where the settings say so."""
        require(caller, Action.CHAT)
        self._check(prompt)
        if (earlier := await self._earlier(caller, prompt)) is not None:
            return earlier
        conversation = await find_conversation(self._conversations, own(caller), conversation_id)
        line = self._lines.setdefault(conversation.id, Line(asyncio.Lock()))
        line.inside += 1
        try:
            async with line.entering:
                return await self._enter(caller, conversation, prompt, line)
        finally:
            line.inside -= 1
            self._leave(conversation.id)

    async def _enter(self, caller: Caller, conversation: Conversation, prompt: Prompt, line: Line) -> Reply:
        """Put a prompt at the end of its conversation's line.  An account that is out refuses before anything is kept,
        unless another reply is still being written: that one may change how things stand."""
        previous = line.writing()
        if previous is not None and self._live.refuse_second:
            raise errors.ConversationBusy(
                "A reply is still being written in this conversation. Nothing was sent; ask again when it has ended."
            )
        # Read once more: whoever was in the line before may have pinned it.
        conversation = await find_conversation(self._conversations, own(caller), show_id(CONVERSATION, conversation.id))
        wish = await self._pinned_wish(caller, conversation, prompt)
        last = await self._turns.last_of(conversation.id)
        parent = last.upstream_reply_id if last else None
        if last is not None and parent is None:
            parent = await self._turns.last_reply_id(conversation.id)
        lease = self._pool.lease_now(wish) if previous is None else None
        if lease is None:
            self._answering.check_waiting(caller.user_id)
        turn = self._new_turn(conversation.id, last.position + 1 if last else 1, prompt, lease, parent, self._now())
        line.tail = live = LiveReply(turn, caller.user_id, previous)
        history = tuple(Message(role, text) for role, text in conversation.preamble)  # type: ignore[arg-type]
        save = partial(self._turns.begin, turn, prompt.idempotency_key)
        task = Task(live, save, conversation, wish, history, prompt.model, lease, previous, wants_title=False)
        try:
            return await self._started(caller, prompt, task)
        except errors.ProductError:
            line.tail = previous
            raise

    async def _started(self, caller: Caller, prompt: Prompt, task: Task, origin: Origin | None = None) -> Reply:
        """The reply that has begun; or, where the same idempotency key came first by another way, that one."""
        self._answering.start(task, self._leave)
        try:
            await asyncio.shield(task.kept)
        except errors.AlreadyExists:
            if (earlier := await self._earlier(caller, prompt, origin)) is not None:
                return earlier
            raise
        return Reply(task.live.turn, task.conversation.title, task.live)

    async def stop(self, caller: Caller, turn_id: str) -> Turn:
        """End a reply where it is; what was written stays.  A reply that has ended stays as it is."""
        require(caller, Action.CHAT)
        task = self._answering.task(parse_id(TURN, turn_id))
        if task is None or task.live.user_id != caller.user_id:
            turn, _ = await find_turn(self._turns, own(caller), turn_id)
            return turn
        self._answering.stop(task)
        return await asyncio.shield(task.live.done)

    async def follow(self, caller: Caller, turn_id: str, after: int = 0) -> AsyncGenerator[ReplyEvent, None]:
        """The events of one of the caller's replies behind number `after`, live or from the record."""
        require(caller, Action.READ_CONVERSATIONS)
        return (await self.reply(caller, turn_id)).events(max(0, after))

    async def reply(self, caller: Caller, turn_id: str) -> Reply:
        """One of the caller's replies, live or from the record."""
        require(caller, Action.READ_CONVERSATIONS)
        task = self._answering.task(parse_id(TURN, turn_id))
        if task is not None and task.live.user_id == caller.user_id:
            return Reply(task.live.turn, task.conversation.title, task.live)
        turn, conversation = await find_turn(self._turns, own(caller), turn_id)
        return self._of_record(turn, conversation.title)

    def _of_record(self, turn: Turn, title: str) -> Reply:
        task = self._answering.task(turn.id)
        return Reply(turn, title if turn.position == 1 else None, task.live if task else None)

    def _check(self, prompt: Prompt) -> None:
        if self._answering.closing:
            raise errors.ShuttingDown("The server is stopping. Nothing was sent; ask again in a moment.")
        if not prompt.text.strip():
            raise errors.InvalidInput("The prompt is blank. Write what you want to ask.", field="prompt")
        if len(prompt.text) > self._live.longest_prompt:
            raise errors.InvalidInput(
                f"The prompt has {len(prompt.text):,} characters; this server takes {self._live.longest_prompt:,}.",
                field="prompt",
            )
        if prompt.idempotency_key is not None and not 0 < len(prompt.idempotency_key) <= LONGEST_IDEMPOTENCY_KEY:
            raise errors.InvalidInput(
                f"An idempotency key has 1 to {LONGEST_IDEMPOTENCY_KEY} characters.", field="idempotencyKey"
            )

    async def _earlier(self, caller: Caller, prompt: Prompt, origin: Origin | None = None) -> Reply | None:
        """The reply that this idempotency key has already asked for."""
        if prompt.idempotency_key is None:
            return None
        found = await self._turns.by_idempotency_key(caller.user_id, prompt.idempotency_key)
        if found is None:
            return None
        if found.prompt != prompt.text:
            raise errors.IdempotencyConflict("This idempotency key was used for another prompt. Use a new one.")
        conversation = await self._conversations.by_id(own(caller), found.conversation_id)
        if conversation is None:
            raise errors.NotFound("The conversation of this idempotency key was removed.")
        if origin is not None and conversation.continues_id != origin.conversation_id:
            raise errors.IdempotencyConflict("This idempotency key was used in another conversation. Use a new one.")
        return self._of_record(found, conversation.title)

    async def _pinned_wish(self, caller: Caller, conversation: Conversation, prompt: Prompt) -> Wish:
        """The conversation's own account, or the reason why it cannot go on."""
        if conversation.account_id is None:
            return Wish(prompt.plan, caller.plus)
        if prompt.own_account is not None:
            account_id = await self._own_accounts.ready(caller, prompt.own_account, conversation.account_id)
            return Wish(account_id=account_id)
        account = self._pool.account(conversation.account_id)
        if (account is not None and account.owner_id is not None) or (
            account is None and await self._own_accounts.is_one(conversation.account_id)
        ):
            raise errors.AccessTokenRequired(
                "This conversation was begun with your own account. Send its access token to go on. Nothing was sent."
            )
        if account is None:
            raise errors.AccountUnavailable(
                "The account that began this conversation is no longer available, and no other one may go on with it. "
                "Nothing was sent."
            )
        return Wish(account_id=account.id)

    def _new_turn(
        self, conversation_id: int, position: int, prompt: Prompt, lease: Lease | None, parent: str | None, now: int
    ) -> Turn:
        return Turn(
            id=self._ids.next(),
            conversation_id=conversation_id,
            position=position,
            prompt=prompt.text,
            reply="",
            state="waiting" if lease is None else "writing",
            account_id=None if lease is None else lease.account.id,
            model=prompt.model,
            upstream_prompt_id=str(uuid.uuid4()),
            upstream_parent_id=parent,
            upstream_reply_id=None,
            error_code=None,
            error_sentence=None,
            usage=Usage(),
            reply_base=0,
            history_left_out=0,
            finish_reason=None,
            message=None,
            created_at=now,
            started_at=None if lease is None else now,
            ended_at=None,
            choice=None if lease is None else lease.choice,
        )

    def _leave(self, conversation_id: int) -> None:
        line = self._lines.get(conversation_id)
        if line is not None and line.inside == 0 and line.writing() is None:
            del self._lines[conversation_id]

    def _now(self) -> int:
        return int(self._clock() * 1_000_000)


def failure_of(turn: Turn) -> errors.ProductError | None:
    """The error of a failed turn, for doors that raise it; None for any other turn."""
    if turn.state != "failed":
        return None
    return errors.rebuilt(turn.error_code or "internal_error", turn.error_sentence or "The reply failed.")
