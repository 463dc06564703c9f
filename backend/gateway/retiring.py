"""Connections of accounts that were replaced or removed: each stays open until the replies begun on it have ended."""

import asyncio
from collections import Counter
from typing import Final

from backend.upstream.protocol import Upstream

LINGER: Final = 60.0  # seconds behind the last reply, which may still want its title


class Retiring:
    def __init__(self) -> None:
        self._held: Counter[tuple[int, Upstream]] = Counter()
        self._closings: dict[asyncio.Task[None], Upstream] = {}

    def took(self, account_id: int, upstream: Upstream) -> None:
        """A reply began."""
        self._held[account_id, upstream] += 1

    def gave_back(self, account_id: int, upstream: Upstream) -> None:
        """A reply ended."""
        self._held[account_id, upstream] -= 1
        if self._held[account_id, upstream] <= 0:
            del self._held[account_id, upstream]

    def in_flight(self, account_id: int) -> int:
        """How many replies an account is writing, on whichever of its connections."""
        return sum(count for (id, _), count in self._held.items() if id == account_id)

    def retire(self, account_id: int, upstream: Upstream) -> None:
        """Close a connection that nobody will be given any more, unless a reply still holds it."""
        if (account_id, upstream) not in self._held:
            closing = asyncio.ensure_future(close_later(upstream))
            self._closings[closing] = upstream
            closing.add_done_callback(lambda done: self._closings.pop(done, None))

    async def close(self) -> None:
        for closing, upstream in list(self._closings.items()):
            closing.cancel()
            await upstream.close()


async def close_later(upstream: Upstream) -> None:
    await asyncio.sleep(LINGER)
    await upstream.close()
