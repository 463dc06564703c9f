"""Prompts and their replies: send, follow up, follow, stop."""

from collections.abc import AsyncGenerator, Callable
from dataclasses import replace
from functools import partial

from backend import errors
from backend.domain.access import Action, Caller, own, reach, reaches, require
from backend.domain.conversations import Conversation, derive_title
from backend.domain.ids import TURN, IdSource, new_uuid, parse_id
from backend.domain.replies import ENDED, ReplyEvent, Turn, Usage
from backend.gateway.account_pool import AccountPool, Lease
from backend.gateway.answer_task import Live, Task
from backend.gateway.answering import Answering
from backend.gateway.conversations import NO_SUCH_CONVERSATION, find_conversation, find_turn
from backend.gateway.lines import Line, Lines
from backend.gateway.live_replies import FOLLOWERS_REST, LiveReply, Reply
from backend.gateway.own_accounts import OwnAccounts
from backend.gateway.parents import new_parent, parent_of
from backend.gateway.paths import position_of
from backend.gateway.prompts import Fits, Origin, Prompt, anywhere, check
from backend.gateway.wishes import Wish
from backend.storage.conversations import Conversations
from backend.storage.turns import Turns
from backend.upstream.protocol import Message


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
        self._lines = Lines()

    async def send(self, caller: Caller, prompt: Prompt, origin: Origin | None = None) -> Reply:
        """Begin a conversation, or with `origin` one that continues another; see `elsewhere`.  Returns once the prompt
        is kept; the reply goes on whether or not anyone listens."""
        require(caller, Action.CHAT)
        self._check(prompt)
        fits = anywhere if origin is None else origin.fits
        if (earlier := await self._earlier(caller, prompt, fits)) is not None:
            return earlier
        wish = Wish(prompt.plan, caller.plus, not_these=origin.not_these if origin else ())
        if prompt.own_account is not None:
            wish = Wish(account_id=await self._own_accounts.ready(caller, prompt.own_account))
        wish = wish.of_model(prompt.model)
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
        turn = self._new_turn(conversation.id, 1, prompt, lease, new_parent(), now)
        live = LiveReply(turn, caller.user_id)
        self._lines.begin(conversation.id, live)
        save = partial(self._conversations.begin, conversation, turn, prompt.idempotency_key)
        task = Task(
            live,
            save,
            conversation,
            wish,
            prompt.history,
            prompt.model,
            lease,
            None,
            not origin,
            prompt.options,
            prompt.stop,
        )
        return await self._started(caller, prompt, task, fits)

    async def follow_up(
        self, caller: Caller, conversation_id: str, prompt: Prompt, after_turn_id: str | None = None
    ) -> Reply:
        """Go on with one of the caller's conversations behind one of its turns, by default the newest, on the account
        that began it.  Prompts that come while a reply is being written are taken in order, or refused
        (`ConversationBusy`) where the settings say so."""
        require(caller, Action.CHAT)
        self._check(prompt)
        if (earlier := await self._earlier(caller, prompt)) is not None:
            return earlier
        conversation = await find_conversation(self._conversations, reach(caller, Action.CHAT), conversation_id)
        behind = None if after_turn_id is None else await position_of(self._turns, conversation.id, after_turn_id)
        return await self._enter(caller, conversation.id, prompt, behind)

    async def can_follow_up(self, caller: Caller, conversation: Conversation) -> bool:
        """Whether `follow_up` takes a prompt for it, as far as its account can answer just now."""
        require(caller, Action.READ_CONVERSATIONS)
        theirs = reaches(caller, Action.CHAT, conversation.user_id) and conversation.removed_at is None
        return theirs and await self._own_accounts.has_one(conversation)

    async def ask_again(self, caller: Caller, turn_id: str, prompt: Prompt, *, same: bool = False) -> Reply:
        """Make another version of one of the caller's turns that has ended, with another prompt or, with `same`, its
        own, as `follow_up` does.  The turn and what comes of it stay."""
        require(caller, Action.CHAT)
        turn, conversation = await find_turn(self._turns, reach(caller, Action.CHAT), turn_id)
        prompt = replace(prompt, text=turn.prompt) if same else prompt
        self._check(prompt)

        def fits(found: Turn, _: Conversation) -> bool:
            return (found.conversation_id, found.behind) == (turn.conversation_id, turn.behind)

        if (earlier := await self._earlier(caller, prompt, fits)) is not None:
            return earlier
        if turn.state not in ENDED:
            raise errors.ConversationBusy(
                "This turn is still being written. Stop it or wait for its end, then ask again. Nothing was sent."
            )
        return await self._enter(caller, conversation.id, prompt, turn.behind, fits)

    async def _enter(
        self, caller: Caller, conversation_id: int, prompt: Prompt, behind: int | None, fits: Fits = anywhere
    ) -> Reply:
        line = self._lines.enter(conversation_id)
        try:
            async with line.lock:
                return await self._put(line, caller, conversation_id, prompt, behind, fits)
        finally:
            self._lines.entered(conversation_id, line)

    async def _put(
        self, line: Line, caller: Caller, conversation_id: int, prompt: Prompt, behind: int | None, fits: Fits
    ) -> Reply:
        """Put a prompt at the end of its conversation's line, behind the turn at position `behind`, None for the newest
        one.  An account that is out refuses before anything is kept, unless another reply is still being written: that
        one may change how things stand."""
        previous = line.writing()
        if previous is not None and self._live.refuse_second:
            raise errors.ConversationBusy(
                "A reply is still being written in this conversation. Nothing was sent; ask again when it has ended."
            )
        # Whoever was in the line before may have pinned it, or removed it.
        conversation = await self._conversations.by_id(reach(caller, Action.CHAT), conversation_id)
        if conversation is None:
            raise errors.NotFound(NO_SUCH_CONVERSATION)
        wish = await self._own_accounts.pinned(caller, conversation, prompt.plan, prompt.own_account)
        wish = wish.of_model(prompt.model)
        last = await self._turns.last_of(conversation_id)
        newest = last.position if last else 0
        parent = last.upstream_reply_id if last and behind in (None, newest) else None
        if parent is None:
            place = newest if behind is None else behind
            parent = await parent_of(self._turns.branches, conversation, place)
        names = behind == 0 and await self._unnamed(conversation)
        # Nothing is awaited from here until the task holds the lease.
        lease = self._pool.lease_now(wish) if previous is None else None
        if lease is None:
            self._answering.check_waiting(caller.user_id)
        turn = self._new_turn(conversation_id, newest + 1, prompt, lease, parent, self._now())
        if behind not in (None, newest):
            turn = replace(turn, follows=behind)
        line.tail = live = LiveReply(turn, caller.user_id, previous)
        history = tuple(Message(role, text) for role, text in conversation.preamble)  # type: ignore[arg-type]
        save = partial(self._turns.begin, turn, prompt.idempotency_key)
        task = Task(
            live, save, conversation, wish, history, prompt.model, lease, previous, names, prompt.options, prompt.stop
        )
        try:
            return await self._started(caller, prompt, task, fits)
        except errors.ProductError:
            line.tail = previous
            raise

    async def _unnamed(self, conversation: Conversation) -> bool:
        """Whether the conversation's title is still made of its first prompt, and no reply has named it."""
        firsts = await self._turns.branches.first_turns(conversation.id)
        return conversation.title == derive_title(firsts[0].prompt) and not any(
            turn.state == "finished" and turn.reply for turn in firsts
        )

    async def _started(self, caller: Caller, prompt: Prompt, task: Task, fits: Fits) -> Reply:
        """The reply that has begun; or, where the same idempotency key came first by another way, that one."""
        self._answering.start(task, self._lines.leave)
        try:
            await task.kept  # by nobody else: cancelling it ends nothing
        except errors.AlreadyExists:
            if (earlier := await self._earlier(caller, prompt, fits)) is not None:
                return earlier
            raise
        return Reply(task.live.turn, task.conversation.title, task.live, asked=True)

    async def stop(self, caller: Caller, turn_id: str) -> Turn:
        """End a reply where it is; what was written stays.  A reply that has ended stays as it is."""
        require(caller, Action.CHAT)
        task = self._answering.task(parse_id(TURN, turn_id))
        if task is None or task.live.user_id != caller.user_id:
            turn, _ = await find_turn(self._turns, reach(caller, Action.CHAT), turn_id)
            return turn
        self._answering.stop(task)
        return await task.live.end_of_it()

    async def follow(self, caller: Caller, turn_id: str, after: int = 0) -> AsyncGenerator[ReplyEvent, None]:
        """The events of one of the caller's replies behind number `after`, live or from the record.  Text comes at most
        twenty times a second: a reader sees no difference, and each event costs several times what its text does."""
        require(caller, Action.READ_CONVERSATIONS)
        return (await self.reply(caller, turn_id)).events(max(0, after), FOLLOWERS_REST)

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
        return Reply(turn, title if turn.titled else None, task.live if task else None)

    def _check(self, prompt: Prompt) -> None:
        if self._answering.closing:
            raise errors.ShuttingDown("The server is stopping. Nothing was sent; ask again in a moment.")
        check(prompt, self._live.longest_prompt)

    async def _earlier(self, caller: Caller, prompt: Prompt, fits: Fits = anywhere) -> Reply | None:
        """The reply that this idempotency key has already asked for, if it fits what is asked now."""
        if prompt.idempotency_key is None:
            return None
        found = await self._turns.by_idempotency_key(caller.user_id, prompt.idempotency_key)
        if found is None:
            return None
        if found.prompt != prompt.text:
            raise errors.IdempotencyConflict("This idempotency key was used for another prompt. Use a new one.")
        conversation = await self._conversations.listed(own(caller), found.conversation_id)
        if conversation is None:
            raise errors.NotFound("The conversation of this idempotency key was removed.")
        if not fits(found, conversation):
            raise errors.IdempotencyConflict("This idempotency key was used in another place. Use a new one.")
        return self._of_record(found, conversation.title)

    def _new_turn(
        self, conversation_id: int, position: int, prompt: Prompt, lease: Lease | None, parent: str, now: int
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
            upstream_prompt_id=new_uuid(),
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

    def _now(self) -> int:
        return int(self._clock() * 1_000_000)


def failure_of(turn: Turn) -> errors.ProductError | None:
    """The error of a failed turn, for doors that raise it; None for any other turn."""
    if turn.state != "failed":
        return None
    return errors.rebuilt(turn.error_code or "internal_error", turn.error_sentence or "The reply failed.")
