"""Replies while they are written: one writer, any number of followers, each at its own number."""

import asyncio
from collections.abc import AsyncGenerator, Iterable
from typing import Final

from backend.domain.replies import (
    STARTED,
    ReplyEvent,
    Started,
    TextAdded,
    TextReplaced,
    Turn,
    Waiting,
    events_of_ended,
    text_number,
)
from backend.upstream.protocol import NO_OPTION, OptionName

FOLLOWERS_REST: Final = 0.05  # seconds behind a text, where a person reads it
MUCH: Final = 256  # characters at once, which are not gathered for longer: nobody reads as fast


class LiveReply:
    """A reply being written.  Its text only grows, but for `replace`; followers read it, they never copy it."""

    __slots__ = (
        "_patient",
        "_sleepers",
        "base",
        "before",
        "ended",
        "length",
        "pieces",
        "place",
        "started",
        "takes",
        "title",
        "turn",
        "user_id",
    )

    def __init__(self, turn: Turn, user_id: int, before: "LiveReply | None" = None) -> None:
        self.turn = turn
        self.before = before  # the reply before it in its conversation, where it has to wait for that one's end
        self.user_id = user_id
        self.pieces: list[str] = []
        self.length = 0
        self.base = turn.reply_base
        self.place = 0
        self.started = False
        self.takes = NO_OPTION
        self.title: str | None = None
        self.ended: Turn | None = None
        self._sleepers: list[asyncio.Future[None]] = []
        self._patient: set[asyncio.Future[None]] = set()

    @property
    def text(self) -> str:
        if len(self.pieces) > 1:
            return "".join(self.pieces)
        return self.pieces[0] if self.pieces else ""

    def wait_at(self, place: int) -> None:
        self.place = place
        self._wake()

    def start(self) -> None:
        self.started = True
        self._wake()

    def add(self, pieces: list[str]) -> None:
        self.pieces += pieces
        self.length += sum(map(len, pieces))
        self._wake()

    def replace(self, text: str) -> None:
        """All numbers given so far lie below the new base, so each follower sees that it was replaced."""
        self.base += self.length + 1
        self.pieces, self.length = [text] if text else [], len(text)
        self._wake()

    def end(self, turn: Turn) -> None:
        self.ended = turn
        wake(self._patient)
        self._wake()

    async def end_of_it(self) -> Turn:
        """Wait for the end, each by a future of its own: whoever is cancelled takes nothing from the others.
        `asyncio.shield` around one for all costs three times as much."""
        while self.ended is None:
            await self._sleep(None)
        return self.ended

    async def _sleep(self, seconds: float | None) -> None:
        """Until the end, or so long."""
        loop = asyncio.get_running_loop()
        sleeper: asyncio.Future[None] = loop.create_future()
        self._patient.add(sleeper)
        timer = None if seconds is None else loop.call_later(seconds, wake, (sleeper,))
        try:
            await sleeper
        finally:
            self._patient.discard(sleeper)
            if timer is not None:
                timer.cancel()

    def _wake(self) -> None:
        if self._sleepers:
            sleepers, self._sleepers = self._sleepers, []
            wake(sleepers)

    async def events(self, after: int = 0, rest: float = 0.0) -> AsyncGenerator[ReplyEvent, None]:
        """What happened behind number `after`, then what happens, to the end.  A slow follower gets larger pieces, and
        so does one that takes a `rest`, in seconds, behind each text that is not much."""
        seen, index, base, place = after, -1, self.base, 0
        while self.ended is None:
            if not self.started:
                if self.place != place:
                    place = self.place
                    yield Waiting(place)
                    continue
            elif seen < STARTED:
                seen = STARTED
                yield Started()
                continue
            elif seen < STARTED + self.base:
                index, base = len(self.pieces), self.base
                seen = text_number(base, self.length)
                yield TextReplaced(self.text, seen)
                continue
            elif seen < text_number(self.base, self.length):
                if seen == text_number(self.base, 0):
                    index, base = 0, self.base
                known = index >= 0 and base == self.base
                pieces = self.pieces[index:] if known else [self.text[seen - STARTED - self.base :]]
                index, base = len(self.pieces), self.base
                much = text_number(base, self.length) - seen > MUCH
                seen = text_number(base, self.length)
                yield TextAdded(pieces, seen)
                if rest and not much and self.ended is None:
                    await self._sleep(rest)
                continue
            sleeper: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._sleepers.append(sleeper)
            await sleeper
        if index >= 0 and base == self.base and index < len(self.pieces):
            seen = text_number(base, self.length)
            yield TextAdded(self.pieces[index:], seen)
        for event in events_of_ended(self.ended, self.title, seen):
            yield event


class Reply:
    """A reply as a door holds it: live, or already ended and read from the record.  `asked`: by this very call."""

    __slots__ = ("_asked", "_live", "_title", "conversation_id", "turn")

    def __init__(self, turn: Turn, title: str | None, live: LiveReply | None = None, *, asked: bool = False) -> None:
        self.turn = turn
        self.conversation_id = turn.conversation_id
        self._title = title
        self._live = live
        self._asked = asked

    def events(self, after: int = 0, rest: float = 0.0) -> AsyncGenerator[ReplyEvent, None]:
        """To be closed by whoever leaves early."""
        return recorded(self.turn, self._title, after) if self._live is None else self._live.events(after, rest)

    async def end(self) -> Turn:
        """Wait for the end.  A failed reply is returned, not raised; the caller's going does not end the reply."""
        if self._live is None:
            return self.turn
        return await self._live.end_of_it()

    @property
    def takes(self) -> frozenset[OptionName]:
        """The options of this call that the account which answers takes.  None before it has one, and none where the
        reply had been asked for before."""
        return self._live.takes if self._asked and self._live is not None else NO_OPTION

    @property
    def title(self) -> str | None:
        """The conversation's title, where this turn is the one that named it."""
        return self._title if self._live is None else self._live.title


def wake(sleepers: Iterable[asyncio.Future[None]]) -> None:
    for sleeper in sleepers:
        if not sleeper.done():
            sleeper.set_result(None)


async def recorded(turn: Turn, title: str | None, after: int) -> AsyncGenerator[ReplyEvent, None]:
    for event in events_of_ended(turn, title, after):
        yield event
