"""The line of each conversation: its prompts are asked one at a time, in the order in which they came."""

import asyncio
from dataclasses import dataclass, field

from backend.gateway.live_replies import LiveReply


@dataclass(slots=True)
class Line:
    """The turns of one conversation that have not ended, in order."""

    tail: LiveReply | None = None
    inside: int = 0
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    def writing(self) -> LiveReply | None:
        """The last one, as long as any has not ended: one that was stopped in the line ended before its turn came."""
        reply = self.tail
        while reply is not None and reply.ended is not None:
            reply = reply.before
        return None if reply is None else self.tail


class Lines:
    """Those that have anyone in them, by the conversation's id."""

    def __init__(self) -> None:
        self._lines: dict[int, Line] = {}

    def begin(self, conversation_id: int, first: LiveReply) -> None:
        self._lines[conversation_id] = Line(first)

    def enter(self, conversation_id: int) -> Line:
        """For whoever will call `entered`, and puts a prompt at its end under its lock."""
        line = self._lines.get(conversation_id)
        if line is None:
            line = self._lines[conversation_id] = Line()
        line.inside += 1
        return line

    def entered(self, conversation_id: int, line: Line) -> None:
        line.inside -= 1
        self.leave(conversation_id)

    def leave(self, conversation_id: int) -> None:
        line = self._lines.get(conversation_id)
        if line is not None and line.inside == 0 and line.writing() is None:
            del self._lines[conversation_id]
