"""Server-sent events out of bytes as they come, after the WHATWG's rules (html.spec.whatwg.org, "Server-sent events").

Two departures: `id` and `retry` are ignored, for nobody here reconnects, and what stands in the buffer when the stream
ends is handed out by `rest` instead of being dropped, because servers forget the last blank line.
"""

from typing import Final

from backend.errors import UpstreamBadAnswer

MIB: Final = 1 << 20
BOM: Final = b"\xef\xbb\xbf"

ServerEvent = tuple[bytes, bytes]
"""The event's name, empty where it has none, and its data."""


class EventStream:
    """Feed it chunks split anywhere.  A line or an event of more bytes than allowed raises `UpstreamBadAnswer`."""

    __slots__ = (
        "_after_cr",
        "_data",
        "_fresh",
        "_largest_event",
        "_largest_line",
        "_more",
        "_more_size",
        "_name",
        "_partial",
        "_partial_size",
    )

    def __init__(self, largest_line: int = 4 * MIB, largest_event: int = 8 * MIB) -> None:
        self._largest_line = min(largest_line, largest_event)
        self._largest_event = largest_event
        self._partial: list[bytes] = []  # of the line that has not ended yet; joined once, when it does
        self._partial_size = 0
        self._data: bytes | None = None  # of the event that has not ended yet: its first line, which mostly is all
        self._more: list[bytes] = []
        self._more_size = 0
        self._name = b""
        self._fresh = True
        self._after_cr = False

    def feed(self, chunk: bytes) -> list[ServerEvent]:
        """The events that `chunk` completes."""
        if self._after_cr or b"\r" in chunk:
            chunk = self._with_line_feeds(chunk)
        lines = chunk.split(b"\n")
        tail = lines.pop()
        if lines:
            if self._partial:
                self._partial.append(lines[0])
                lines[0] = b"".join(self._partial)
                self._partial.clear()
                self._partial_size = 0
            if self._fresh:
                self._fresh = False
                lines[0] = lines[0].removeprefix(BOM)
            if (len(chunk) > self._largest_line or len(lines[0]) > self._largest_line) and (
                max(map(len, lines)) > self._largest_line
            ):
                raise too_large("line")
        if tail:
            self._partial.append(tail)
            self._partial_size += len(tail)
            if self._partial_size > self._largest_line:
                raise too_large("line")
        return self._events(lines)

    def rest(self) -> list[ServerEvent]:
        """What a stream that has ended left without its last line end or blank line: one event at most."""
        return self.feed(b"\n\n") if self._partial or self._data is not None else []

    def _events(self, lines: list[bytes]) -> list[ServerEvent]:
        events: list[ServerEvent] = []
        data, name = self._data, self._name
        for line in lines:
            if not line:
                if data is not None:
                    if self._more:
                        data = self._joined(data)
                    events.append((name, data))
                    data = None
                name = b""
            elif data is None and line.startswith(b"data: "):  # nearly every line; the rest is the general case
                data = line[6:]
            else:
                field, _, value = line.partition(b":")
                if field == b"data":
                    value = value.removeprefix(b" ")
                    if data is None:
                        data = value
                    else:
                        self._add(data, value)
                elif field == b"event":
                    name = value.removeprefix(b" ")
        self._data, self._name = data, name
        return events

    def _add(self, first: bytes, value: bytes) -> None:
        self._more.append(value)
        self._more_size += len(value) + 1
        if len(first) + self._more_size > self._largest_event:
            raise too_large("event")

    def _joined(self, first: bytes) -> bytes:
        data = b"\n".join([first, *self._more])
        self._more.clear()
        self._more_size = 0
        return data

    def _with_line_feeds(self, chunk: bytes) -> bytes:
        """CR and CRLF as LF; a CRLF may be split between two chunks."""
        if self._after_cr and chunk[:1] == b"\n":
            chunk, self._after_cr = chunk[1:], False
        if chunk:
            self._after_cr = chunk[-1:] == b"\r"
        return chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def too_large(what: str) -> UpstreamBadAnswer:
    return UpstreamBadAnswer(f"The upstream sent a {what} larger than this server accepts. The reply was not read on.")
