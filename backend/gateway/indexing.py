"""Keeps the full-text index up with the record, beside everything else and in small steps."""

import asyncio
import logging
from typing import Final

from backend.errors import ProductError
from backend.storage.search import Search, cut_into_words

log = logging.getLogger(__name__)

INTERVAL: Final = 0.5  # seconds between two looks, and until what has been said can be found
AT_ONCE: Final = 32  # entries of one transaction, which somebody's prompt may have to wait for
REST: Final = 3  # times as long as a step took, before the next one where there is more: prompts come first


class Indexing:
    def __init__(self, search: Search) -> None:
        self._search = search
        self._one_at_a_time = asyncio.Lock()

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            begun, more = loop.time(), False
            try:
                more = await self.step()
            except ProductError as error:
                log.warning("what was said last cannot be searched yet: %s", error)
            except Exception:
                # The border of the task: nobody awaits it, and one defect must not end it.
                log.exception("the index of what was said could not be kept")
            await asyncio.sleep(REST * (loop.time() - begun) if more else INTERVAL)

    async def step(self) -> bool:
        """Index some of what is not yet; False where nothing was left."""
        async with self._one_at_a_time:
            batch = await self._search.next_batch(AT_ONCE)
            if batch is None:
                return False
            await self._search.keep(await asyncio.to_thread(cut_into_words, batch))
            return True

    async def catch_up(self) -> None:
        """Index all that is there now."""
        while await self.step():
            pass
