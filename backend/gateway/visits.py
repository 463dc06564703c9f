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

    `callers` are by key and user: a client's key may bring its own users along.  `end` is called once; `over` says that
    it was, `told` that the visitor has heard of it.  `until` is when the first of its keys expires, in microseconds
    since the epoch.
    """

    end: Callable[[], object]
    callers: dict[tuple[int, int], Caller] = field(default_factory=dict)
    until: int | None = None
    over: bool = False
    told: bool = False

    def admit(self, caller: Caller, expires_at: int | None = None) -> None:
        """The visit goes on by this caller's right as well; whoever is acted for has no key that expires."""
        self.callers[caller.key_id, caller.user_id] = caller
        if expires_at is not None and (self.until is None or expires_at < self.until):
            self.until = expires_at

    def acting_for(self, client_id: int, external_id: str) -> Caller | None:
        """The client's user of that id whom this visit has acted for already."""
        known = (each for each in self.callers.values() if each.client_id == client_id)
        return next((each for each in known if each.external_id == external_id), None)

    def key_ids(self) -> set[int]:
        return {key_id for key_id, _ in self.callers}


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
        asking = [visit for visit in ending if by is not None and by.key_id in visit.key_ids()]
        self._end([visit for visit in ending if visit not in asking])
        if asking:
            asyncio.get_running_loop().call_later(PARTING, self._end, asking)

    def expire_at(self, key_ids: Collection[int], expires_at: int | None) -> None:
        """Keys that some go on by expire at another time than they did."""
        for visit in self._here:
            theirs = visit.key_ids()
            if not theirs.isdisjoint(key_ids):
                alone = len(theirs) == 1
                visit.until = expires_at if alone else min(filter(None, (visit.until, expires_at)), default=None)

    def end_expired(self, now_us: int) -> None:
        self._end([visit for visit in self._here if visit.until is not None and visit.until <= now_us])

    @staticmethod
    def _end(visits: list[Visit]) -> None:
        for visit in visits:
            if not visit.over:
                visit.over = True
                visit.end()
