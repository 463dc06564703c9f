"""What one answer needs to know, and the settings that all of them go by."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final

from backend import errors
from backend.domain.conversations import Conversation
from backend.domain.replies import Turn, TurnState
from backend.domain.usage import usage_of
from backend.gateway.account_pool import Lease
from backend.gateway.live_replies import LiveReply
from backend.gateway.wishes import Wish
from backend.storage.turns import Turns
from backend.upstream.protocol import Done, Identified, Message, Options

MOST_HISTORY: Final = 500  # turns sent to an upstream that has no memory


@dataclass(slots=True)
class Task:
    """What one answer needs to know.

    `save` keeps the prompt; `kept` tells whoever sent it that it is kept, or why not.  `previous` is the reply before
    it, where that one has not ended.  `asked`: the prompt may have gone out.  `named` is the title that a person gave;
    `titling` is how long the upstream's is still waited for.
    """

    live: LiveReply
    save: Callable[[], Awaitable[None]]
    conversation: Conversation
    wish: Wish
    history: tuple[Message, ...]
    model: str | None
    lease: Lease | None
    previous: LiveReply | None
    wants_title: bool
    options: Options = ()
    stop: tuple[str, ...] = ()
    kept: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    stopping: TurnState | None = None
    asked: bool = False
    settling: bool = False
    running: asyncio.Task[None] | None = None
    saving: asyncio.Task[None] | None = None
    done: Done | None = None
    ids: Identified | None = None
    failure: errors.ProductError | None = None
    named: str | None = None
    titling: asyncio.Timeout | None = None


def ended(task: Task, state: TurnState, now: int) -> tuple[Turn, str | None]:
    """The turn with all that is only known at its end, and the upstream's id of its conversation.  Written out:
    `replace` takes several times as long, for each prompt."""
    live, done, turn = task.live, task.done or Done(), task.live.turn
    ids, failure, text = task.ids or Identified("", ""), task.failure, task.live.text
    reply_id = done.reply_id or ids.reply_id or None
    started = bool(task.done or reply_id or live.length)
    titled = live.title is not None or (task.wants_title and live.length > 0)
    whole = Turn(
        turn.id,
        turn.conversation_id,
        turn.position,
        turn.prompt,
        text,
        state,
        turn.account_id,
        done.model or task.model,
        turn.upstream_prompt_id,
        turn.upstream_parent_id,
        reply_id,
        failure.code if failure else None,
        str(failure) if failure else None,
        usage_of(turn.prompt, text, done.prompt_tokens, done.reply_tokens, started=started),
        live.base,
        done.history_left_out,
        done.finish_reason if state == "finished" else None,
        done.message or None,
        turn.created_at,
        turn.started_at,
        now,
        turn.choice,
        turn.follows,
        titled,
    )
    return whole, done.conversation_id or ids.conversation_id or None


async def history_of(task: Task, turns: Turns) -> tuple[Message, ...]:
    """What came along with the first prompt, and the turns on the way to this one."""
    behind, messages = task.live.turn.behind, list(task.history)
    past = await turns.path(task.conversation.id, MOST_HISTORY, behind) if behind else []
    for earlier in past:
        if earlier.reply:
            messages += [Message("user", earlier.prompt), Message("assistant", earlier.reply)]
    return tuple(messages)


@dataclass(slots=True)
class Live:
    """Settings that may change at any time.  `longest_prompt` is in characters, `restore_within` in seconds."""

    longest_prompt: int
    ask_titles: bool
    most_waiting: int = 20
    refuse_second: bool = False
    restore_within: float = 0.0
