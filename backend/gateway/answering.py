"""One reply, from the wait for an account to the last column of the record.  It runs as a task of the server's own."""

import asyncio
import logging
from collections.abc import Callable, Collection
from contextlib import aclosing, suppress
from dataclasses import replace
from typing import Final

from backend import errors
from backend.domain.access import Scope
from backend.domain.accounts import NOT_THE_ACCOUNTS_FAULT
from backend.domain.choice import SENTENCES
from backend.domain.replies import Turn, TurnState
from backend.domain.retries import RetryBudget
from backend.gateway.account_pool import AccountPool, Lease
from backend.gateway.answer_task import Live, Task, ended, history_of
from backend.gateway.live_replies import LiveReply
from backend.gateway.parents import new_parent, parent_of
from backend.gateway.stopping import stopping
from backend.storage.conversations import Conversations
from backend.storage.turns import INTERRUPTED, NEVER_SENT, Turns
from backend.upstream.protocol import Ask, Done, Identified, Message, TextAdded, TextReplaced

log = logging.getLogger(__name__)

SAVE_INTERVAL: Final = 1.0  # seconds between two savings of a growing text
TITLE_PATIENCE: Final = 8.0  # seconds a reply's end may wait for the conversation's title
STOP_PATIENCE: Final = 1.0  # seconds a stop waits for the name of a reply whose prompt has gone out


class Answering:
    def __init__(
        self,
        pool: AccountPool,
        conversations: Conversations,
        turns: Turns,
        clock: Callable[[], float],
        live: Live,
    ) -> None:
        self._pool = pool
        self._live = live
        self._retries = RetryBudget()
        self._conversations = conversations
        self._turns = turns
        self._clock = clock
        self._tasks: dict[int, Task] = {}
        self.closing = False
        self._deadline: float | None = None

    def start(self, task: Task, then: Callable[[int], None]) -> None:
        """Keep the prompt and write its reply, whoever leaves; `then` is told the conversation's id at the end."""
        self._tasks[task.live.turn.id] = task
        if task.lease is not None:
            task.live.takes = task.lease.upstream.takes
        task.running = asyncio.create_task(self._run(task))
        task.running.add_done_callback(lambda _: self._finished(task, then))

    def task(self, turn_id: int | None) -> Task | None:
        """The task of a turn that has not ended."""
        return None if turn_id is None else self._tasks.get(turn_id)

    def busy(self) -> bool:
        """Whether any reply is being written or waited for."""
        return bool(self._tasks)

    def check_waiting(self, user_id: int) -> None:
        """Raise `TooManyWaiting` unless one more prompt of the user may wait."""
        waiting = sum(task.live.user_id == user_id and task.lease is None for task in self._tasks.values())
        if waiting >= self._live.most_waiting:
            raise errors.TooManyWaiting(
                f"{waiting} of your prompts are waiting already, which is as many as may. Nothing was sent; ask again "
                "when one of them has been answered."
            )

    def stop(self, task: Task) -> None:
        """A reply that the upstream has begun and not yet named is waited for, a moment: whoever goes on with the
        conversation has to name the last reply there.  One that is whole does not wait for its title any longer."""
        if task.running is None or task.stopping is not None:
            return
        task.stopping = "stopped"
        if task.asked and task.ids is None and not task.settling:
            asyncio.get_running_loop().call_later(STOP_PATIENCE, self._cancel, task)
        else:
            self._cancel(task)

    def stop_all(self, conversation_id: int) -> None:
        for task in self._of(conversation_id):
            self.stop(task)

    def stop_those_of(self, user_ids: Collection[int]) -> None:
        """Stop every reply that is being written for one of these users."""
        for task in list(self._tasks.values()):
            if task.live.user_id in user_ids:
                self.stop(task)

    def named(self, conversation_id: int, title: str) -> None:
        """A person has named the conversation: its reply under way brings no other title."""
        for task in self._of(conversation_id):
            task.named = title

    def _of(self, conversation_id: int) -> list[Task]:
        return [task for task in self._tasks.values() if task.conversation.id == conversation_id]

    @staticmethod
    def _cancel(task: Task) -> None:
        if task.titling is not None and not task.titling.expired():
            task.titling.reschedule(0.0)
        elif task.running is not None and not task.settling:
            task.running.cancel()

    async def close(self, patience: float) -> None:
        """Wait up to `patience` seconds, counted from the first call, for the replies under way, then mark the rest as
        interrupted."""
        self.closing = True
        now = asyncio.get_running_loop().time()
        self._deadline = self._deadline or now + patience
        running = [task.running for task in self._tasks.values() if task.running is not None]
        if running:
            await asyncio.wait(running, timeout=max(0.0, self._deadline - now))
        for task in list(self._tasks.values()):
            self._cancel(task)
        await asyncio.gather(*running, return_exceptions=True)

    def _finished(self, task: Task, then: Callable[[int], None]) -> None:
        self._tasks.pop(task.live.turn.id, None)
        if task.live.ended is None:
            # Nothing was asked.  Where it was kept all the same, the start-up of the next server marks the turn.
            failure = errors.ReplyInterrupted("This prompt was not asked.")
            task.live.end(replace(task.live.turn, state="failed", error_code=failure.code, error_sentence=str(failure)))
        if not task.kept.done():
            task.kept.set_exception(errors.ShuttingDown("The server is stopping; ask again."))
        then(task.conversation.id)

    async def _run(self, task: Task) -> None:
        """Write the reply to its end.  Raises nothing: what goes wrong is the turn's state."""
        if not await self._keep(task):
            return
        state: TurnState = "finished"
        try:
            await self._answer(task)
        except asyncio.CancelledError:
            state = task.stopping or "failed"
            if state == "failed":
                task.failure = errors.ReplyInterrupted(INTERRUPTED if task.asked else NEVER_SENT)
        except errors.ProductError as failure:
            state, task.failure = (task.stopping, None) if task.stopping else ("failed", failure)
        except Exception:
            # The border of the task: nobody awaits it, so a defect is recorded here and shown as one.
            log.exception("turn %d failed by a defect", task.live.turn.id)
            state, task.failure = (
                "failed",
                errors.InternalError("The server made a mistake; the log has it. The prompt was kept."),
            )
        finally:
            task.settling = True
            await self._settle(task, state)

    @staticmethod
    async def _keep(task: Task) -> bool:
        try:
            await task.save()
        except BaseException as error:  # noqa: BLE001
            # Whatever it is, it is raised where `kept` is awaited.
            cancelled = isinstance(error, asyncio.CancelledError)
            if not task.kept.done():
                reason = errors.ShuttingDown("The server is stopping; ask again.") if cancelled else error
                task.kept.set_exception(reason)
            if task.lease is not None:
                task.lease.release()
            return False
        if not task.kept.done():
            task.kept.set_result(None)
        return True

    async def _answer(self, task: Task) -> None:
        if task.previous is not None:
            await self._catch_up(task, task.previous)
        if task.lease is None:
            await self._place(task, await self._pool.lease(task.wish, task.live.user_id, task.live.wait_at))
        self._retries.earn()
        failure = await self._attempt(task)
        if failure is not None and self._may_go_elsewhere(task, failure) and self._retries.left():
            with suppress(errors.NoAccountAvailable):
                lease = self._pool.lease_now(task.wish)
                if lease is not None:
                    self._retries.spend()
                    task.live.turn = replace(task.live.turn, upstream_parent_id=new_parent())
                    await self._place(task, lease)
                    failure = await self._attempt(task)
        if failure is not None:
            raise failure

    async def _attempt(self, task: Task) -> errors.ProductError | None:
        """Ask the leased account once and give it back; what went wrong, None for a whole reply."""
        lease, failure = task.lease, None
        if lease is None:
            raise RuntimeError("no account was leased")
        try:
            await self._read(task, lease)
        except errors.ProductError as error:
            failure = error
            task.wish = replace(
                task.wish, not_these=(*task.wish.not_these, (lease.account.id, SENTENCES["failed_before"]))
            )
        finally:
            lease.release(failure, answered=task.done is not None)
        return failure

    @staticmethod
    def _may_go_elsewhere(task: Task, error: errors.ProductError) -> bool:
        """Only a conversation that has nothing upstream yet may change its account, and only before the first text."""
        pinned = task.wish.account_id is not None or task.ids is not None or task.live.length > 0
        of_account = isinstance(error, errors.UpstreamFailure | errors.SignInFailed)
        return of_account and not pinned and not task.stopping and not isinstance(error, NOT_THE_ACCOUNTS_FAULT)

    async def _catch_up(self, task: Task, previous: LiveReply) -> None:
        """Wait until all the turns before have ended; the nearest reply on the way back is this one's parent.  One that
        was stopped in the line ended before those that it waited for."""
        before: LiveReply | None = previous
        while before is not None:
            await before.end_of_it()
            before = before.before
        task.live.before = None
        fresh = await self._conversations.listed(Scope("own", task.live.user_id), task.conversation.id)
        if fresh is not None:
            task.wants_title = task.wants_title and fresh.title == task.conversation.title
            task.conversation = fresh
            if fresh.account_id is not None:
                task.wish = replace(task.wish, account_id=fresh.account_id)
        parent = await parent_of(self._turns.branches, task.conversation, task.live.turn.behind)
        task.live.turn = replace(task.live.turn, upstream_parent_id=parent)

    async def _place(self, task: Task, lease: Lease) -> None:
        task.lease, task.live.takes = lease, lease.upstream.takes
        now, turn = self._now(), task.live.turn
        task.live.turn = placed = replace(
            turn, account_id=lease.account.id, state="writing", started_at=now, choice=lease.choice
        )
        await self._turns.place(placed)

    async def _read(self, task: Task, lease: Lease) -> None:
        live, ask = task.live, await self._ask(task, lease)
        live.start()
        saved_at = self._clock()
        task.asked = True
        answer = lease.upstream.answer(ask)
        if task.stop:
            answer = stopping(answer, task.stop, named=not lease.upstream.remembers)
        async with aclosing(answer) as events:
            async for event in events:
                if isinstance(event, TextAdded):
                    live.add(event.pieces)
                elif isinstance(event, Done):
                    task.done = event
                elif isinstance(event, Identified):
                    task.ids = event
                    await self._turns.identify(live.turn.id, event.conversation_id, event.reply_id)
                elif isinstance(event, TextReplaced):
                    live.replace(event.text)
                elif task.wants_title or live.turn.follows is None:  # another version of a turn names nothing
                    live.title = event.title
                if not 0 <= (now := self._clock()) - saved_at < SAVE_INTERVAL:
                    saved_at = now
                    self._save(task)
                if task.stopping is not None and task.ids is not None:
                    raise asyncio.CancelledError
        if task.done is None:
            raise errors.ReplyCutOff("The reply broke off; what had come was kept.")

    async def _ask(self, task: Task, lease: Lease) -> Ask:
        turn, upstream_id = task.live.turn, task.conversation.upstream_id
        history: tuple[Message, ...] = ()
        if not lease.upstream.remembers:
            history = await history_of(task, self._turns)
        elif turn.behind == 0 or upstream_id is None:
            history = task.history
        return Ask(
            prompt=turn.prompt,
            prompt_id=turn.upstream_prompt_id,
            conversation_id=upstream_id,
            parent_id=turn.upstream_parent_id,
            history=history,
            model=task.model,
            options=task.options,
            resent=self._retries.spend,
        )

    def _save(self, task: Task) -> None:
        """Save what there is, without holding the stream up; the last saving is the settling itself."""
        live = task.live
        if task.saving is None or task.saving.done():
            task.saving = asyncio.create_task(self._turns.save_text(live.turn.id, live.text, live.base))

    async def _settle(self, task: Task, state: TurnState) -> None:
        live = task.live
        if task.lease is not None:
            task.lease.release()
        now = self._now()
        if task.saving is not None:
            await asyncio.gather(task.saving, return_exceptions=True)
        live.title = task.named or live.title
        turn, upstream_id = ended(task, state, now)
        try:
            await self._turns.settle(turn, upstream_conversation_id=upstream_id, title=live.title)
            if turn.titled and live.title is None:
                await self._title(task, turn, upstream_id)
        except errors.ProductError as failure:
            log.error("turn %d could not be kept: %s", turn.id, failure)  # noqa: TRY400  the sentence says it all
            live.title, task.failure = None, failure
            turn = replace(turn, state="failed", error_code=failure.code, error_sentence=str(failure), titled=False)
        finally:
            live.end(turn)

    async def _title(self, task: Task, turn: Turn, upstream_id: str | None) -> None:
        """The upstream's own title where it has one; a model is asked for one only if the settings say so, and nobody
        who has just failed.  Whoever has stopped a reply does not wait for its title."""
        task.live.title = task.conversation.title
        if (
            task.lease is None
            or turn.state == "failed"
            or task.stopping is not None
            or self.closing
            or (task.lease.account.kind == "openai" and not self._live.ask_titles)
        ):
            return
        try:
            try:
                async with asyncio.timeout(TITLE_PATIENCE) as task.titling:
                    title = await task.lease.upstream.title(
                        upstream_id, turn.upstream_reply_id, turn.prompt, turn.reply
                    )
            finally:
                task.titling = None
            if title:
                now = turn.ended_at or self._now()
                task.live.title = await self._conversations.entitle(task.conversation.id, title, now)
        except (errors.ProductError, TimeoutError) as failure:
            log.info("no title for turn %d, its prompt's first words stay: %s", turn.id, failure)

    def _now(self) -> int:
        return int(self._clock() * 1_000_000)
