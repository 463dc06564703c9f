"""Receipts, and whether a conversation is as it was written."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Final

from backend.domain.access import Action, Caller, own, require
from backend.domain.conversations import Conversation
from backend.domain.ids import CONVERSATION, TURN, parse_id
from backend.domain.receipts import Receipt
from backend.domain.verification import Verdict, lines_of
from backend.errors import NotFound
from backend.storage.receipts import Receipts

MOST_AT_ONCE: Final = 100  # turns that are verified on demand; the command line verifies all
ALL: Final = (1 << 31) - 1  # more turns than any conversation has
PAGE: Final = 500


class Integrity:
    def __init__(self, receipts: Receipts) -> None:
        self._receipts = receipts
        self._verifying = asyncio.Semaphore(1)

    async def receipt(self, caller: Caller, turn_id: str) -> Receipt | None:
        """Of one of the caller's own turns; None while it has none."""
        require(caller, Action.READ_CONVERSATIONS)
        number = parse_id(TURN, turn_id)
        return None if number is None else await self._receipts.of_turn(own(caller), number)

    async def verify(self, caller: Caller, conversation: Conversation) -> Verdict:
        """The conversation's last turns, verified now.  `conversation` comes from `Conversations`, so the caller may
        look at it.  One at a time, in a thread: it costs some 0.1 ms a turn while replies are being written."""
        require(caller, Action.READ_CONVERSATIONS)
        async with self._verifying:
            kept = await self._receipts.kept(conversation.id, MOST_AT_ONCE)
            if kept is None:
                raise NotFound("There is no such conversation among yours.")
            return await asyncio.to_thread(self._receipts.verified, kept)


async def verify_all(receipts: Receipts, ids: Sequence[str] | None, tell: Callable[[str], None]) -> bool:
    """For the console, which may read everything: whether these conversations, None for all, are as they were written.
    `tell` gets each line.  Raises `NotFound`."""
    proven, count = True, 0
    async for number in numbers_of(receipts, ids):
        kept = await receipts.kept(number, ALL)
        if kept is None:
            raise NotFound("There is no conversation of that id.")
        verdict = receipts.verified(kept)
        for line in lines_of(verdict):
            tell(line)
        proven, count = proven and verdict.proven, count + 1
    if ids is None:
        tell(f"{count} conversations: {'all proven' if proven else 'NOT all proven'}.")
    return proven


async def numbers_of(receipts: Receipts, ids: Sequence[str] | None) -> AsyncIterator[int]:
    if ids is not None:
        for id in ids:
            number = parse_id(CONVERSATION, id)
            if number is None:
                raise NotFound(f"{id} is no conversation's id: one reads like c06fq8m2x0v1hk.")
            yield number
        return
    page = await receipts.ids(0, PAGE)
    while page:
        for number in page:
            yield number
        page = await receipts.ids(page[-1], PAGE)
