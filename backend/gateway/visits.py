"""Requests and connections under way, so that each ends with the right by which it began."""

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Final

from backend.domain.access import Caller

PARTING: Final = 0.3  # seconds for an answer to reach whoever has just ended its own right


@dataclass(eq=False, slots=True)
class Visit:
    """One request, or a connection for as long as it lives.

    `end` is called once; `over` says that it was, `told` that the visitor has heard of it.  `until` is when the first
    of its keys expires, in microseconds since the epoch.
    """

    end: Callable[[], object]
    callers: dict[int, Caller] = field(default_factory=dict)
    until: int | None = None
    over: bool = False
    told: bool = False

    def admit(self, caller: Caller, expires_at: int | None) -> None:
        """The visit goes on by this caller's key as well."""
        self.callers[caller.key_id] = caller
        if expires_at is not None and (self.until is None or expires_at < self.until):
            self.until = expires_at


class Visits:
    def __init__(self) -> None:
        self._here: set[Visit] = set()

    def enter(self, visit: Visit) -> None:
        self._here.add(visit)

    def leave(self, visit: Visit) -> None:
        self._here.discard(visit)

    def end(self, whose: Callable[[Caller], bool], by: Caller | None = None) -> None:
        """End those that go on by a caller of these; the visit of whoever wants that gets its answer first."""
        ending = [visit for visit in self._here if any(map(whose, visit.callers.values()))]
        asking = [visit for visit in ending if by is not None and by.key_id in visit.callers]
        self._end([visit for visit in ending if visit not in asking])
        if asking:
            asyncio.get_running_loop().call_later(PARTING, self._end, asking)

    def expire_at(self, key_ids: Collection[int], expires_at: int | None) -> None:
        """Keys that some go on by expire at another time than they did."""
        for visit in self._here:
            if not visit.callers.keys().isdisjoint(key_ids):
                alone = len(visit.callers) == 1
                visit.until = expires_at if alone else min(filter(None, (visit.until, expires_at)), default=None)

    def end_expired(self, now_us: int) -> None:
        self._end([visit for visit in self._here if visit.until is not None and visit.until <= now_us])

    @staticmethod
    def _end(visits: list[Visit]) -> None:
        for visit in visits:
            if not visit.over:
                visit.over = True
                visit.end()
