"""Keeps the full-text index up with the record, beside everything else and in small steps."""

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Final

from backend.errors import ProductError
from backend.storage.search import Search, cut_into_words

log = logging.getLogger(__name__)

INTERVAL: Final = 0.5  # seconds between two looks
LEAST_AT_ONCE: Final = 8  # entries of one transaction; each one costs the more the fewer there are
MOST_AT_ONCE: Final = 32
LONGEST: Final = 0.02  # seconds that a transaction should take, for somebody's prompt may have to wait for it
REST: Final = 3  # times as long as a step took, before the next one where there is more
REST_BESIDE_PROMPTS: Final = 20  # the same while replies are written: prompts come first
LONGEST_WAIT: Final = 0.3  # seconds that a search waits for what was said before it


class Indexing:
    def __init__(self, search: Search, busy: Callable[[], bool] = lambda: False) -> None:
        """`busy` tells whether replies are being written now."""
        self._search = search
        self._busy = busy
        self._one_at_a_time = asyncio.Lock()
        self._at_once = LEAST_AT_ONCE

    async def run(self) -> None:
        while True:
            begun, more = time.monotonic(), False
            try:
                more = await self.step()
            except ProductError as error:
                log.warning("what was said last cannot be searched yet: %s", error)
            except Exception:
                # The border of the task: nobody awaits it, and one defect must not end it.
                log.exception("the index of what was said could not be kept")
            rest = REST_BESIDE_PROMPTS if self._busy() else REST
            await asyncio.sleep(rest * (time.monotonic() - begun) if more else INTERVAL)

    async def step(self) -> bool:
        """Index some of what is not yet; False where nothing was left."""
        async with self._one_at_a_time:
            batch = await self._search.next_batch(self._at_once)
            if batch is None:
                return False
            cut = await asyncio.to_thread(cut_into_words, batch)
            begun = time.monotonic()
            await self._search.keep(cut)
            share = LONGEST / max(time.monotonic() - begun, 0.001)
            self._at_once = max(LEAST_AT_ONCE, min(MOST_AT_ONCE, round(self._at_once * min(share, 2))))
            return True

    async def freshen(self) -> bool:
        """Index what was said last, so that whoever searches finds it; False where that would take too long, or where
        an old record is still being taken in."""
        end = time.monotonic() + LONGEST_WAIT
        while await self._search.is_behind():
            if time.monotonic() > end:
                return False
            await self.step()
        return await self._search.is_whole()

    async def catch_up(self) -> None:
        """Index all that is there now."""
        while await self.step():
            pass
