"""What one answer needs to know, and the settings that all of them go by."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from backend import errors
from backend.domain.conversations import Conversation
from backend.domain.replies import TurnState
from backend.gateway.account_pool import Lease, Wish
from backend.gateway.live_replies import LiveReply
from backend.upstream.protocol import Done, Identified, Message


@dataclass(slots=True)
class Task:
    """What one answer needs to know.

    `save` keeps the prompt; `kept` tells whoever sent it that it is kept, or why not.  `previous` is the reply before
    it, where that one has not ended.  `asked`: the prompt may have gone out.  `named` is the title that a person gave.
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


@dataclass(slots=True)
class Live:
    """Settings that may change at any time.  `longest_prompt` is in characters, `restore_within` in seconds."""

    longest_prompt: int
    ask_titles: bool
    most_waiting: int = 20
    refuse_second: bool = False
    restore_within: float = 0.0
