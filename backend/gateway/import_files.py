"""Reads files of conversations as they come: JSON of any size, alone or in a ZIP archive, one record at a time.

A file may be anything, so what it can cost is bounded: the size of a record and of a text, the depth, and of an archive
its directory, its entries and what they unpack to.
"""

# mypy: disable-error-code="import-untyped"

import re
import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Final, Literal

import ijson

from backend.domain.conversations import ImportSource
from backend.domain.transfers import object_of
from backend.errors import InvalidInput

MOST_EVENTS: Final = 2_000_000  # of JSON in one record: brackets, keys and values
MOST_TEXT: Final = 64 * 1024 * 1024  # characters in one record
MOST_QUIET: Final = 32 * 1024 * 1024  # bytes that may be read without anything new: of one text
DEEPEST: Final = 100
MOST_ENTRIES: Final = 200_000  # of an archive; an export may hold a file per picture
LARGEST_DIRECTORY: Final = 32 * 1024 * 1024  # bytes
MOST_UNPACKED: Final = 1024 * 1024 * 1024  # bytes, of all that is read
MOST_TIMES: Final = 300  # how many times larger an entry may be than it is packed
CONVERSATIONS: Final = re.compile(r"(?:^|/)conversations(?:-\d+)?\.json$")
DAMAGED: Final = "The archive is damaged. Download it again, or unpack it first."
NEITHER: Final = (
    "This is no file of conversations that this server knows: neither ChatGPT's export (conversations.json, or the ZIP "
    "as it was downloaded), nor the old server's conversations.json, nor an export of this server."
)

Kind = Literal["legacy", "chatgpt", "export"]


@dataclass(frozen=True, slots=True)
class Record:
    """One conversation as it stands in its file.  `path` are the keys that lead to it.  `failure` is a key of
    `transfers.REASONS` where it could not be read, None otherwise.  `size` is about that of its text in characters."""

    kind: ImportSource
    path: tuple[str, ...]
    value: object = None
    failure: str | None = None
    size: int = 0


class Counted:
    """A file that counts what is read of it."""

    def __init__(self, file: BinaryIO, begun: int = 0) -> None:
        self._file = file
        self.done = begun
        self.quiet = 0

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.done += len(data)
        self.quiet += len(data)
        if self.quiet > MOST_QUIET:
            raise ijson.JSONError("one text is too long")
        return data


class ImportFile:
    """`total` and `done` are bytes, of an archive those of what is unpacked."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        size = file.seek(0, 2)
        file.seek(0)
        self._entries = entries(file, size) if file.read(4)[:2] == b"PK" else None
        self._archive = None if self._entries is None else zipfile.ZipFile(file)
        self._reading: Counted | None = None
        self._before = 0
        self.total = size if self._entries is None else sum(entry.file_size for entry in self._entries)

    @property
    def done(self) -> int:
        return self._before if self._reading is None else self._reading.done

    def records(self) -> Iterator[Record]:
        """Raises `InvalidInput` where nothing in it is known."""
        if self._entries is None or self._archive is None:
            self._file.seek(0)
            yield from self._of(self._file, "")
            return
        for entry in self._entries:
            try:
                with self._archive.open(entry) as file:
                    yield from self._of(file, entry.filename)  # type: ignore[arg-type]
            except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError):
                # What zipfile raises for an entry that is damaged, locked by a password, or packed in another way.
                yield Record("chatgpt", (entry.filename,), failure="broken_part")
            self._before += entry.file_size
            self._reading = None

    def _of(self, file: BinaryIO, name: str) -> Iterator[Record]:
        self._reading = counted = Counted(file, self._before)
        begun = False
        try:
            for record in records_of(counted):
                begun = True
                yield record
        except ijson.JSONError:
            if not begun and self._entries is None:
                raise InvalidInput(NEITHER, field="file", mistake="no_export") from None
            yield Record("chatgpt", (name,), failure="broken_file")


def entries(file: BinaryIO, size: int) -> list[zipfile.ZipInfo]:
    """The files of conversations in an archive, in order.  Raises `InvalidInput`."""
    check_directory(file, size)
    try:
        found = [entry for entry in zipfile.ZipFile(file).infolist() if CONVERSATIONS.search(entry.filename)]
    except (zipfile.BadZipFile, ValueError, OSError):
        raise InvalidInput(DAMAGED, field="file", mistake="archive_damaged") from None
    if not found:
        raise InvalidInput("There is no conversations.json in the archive.", field="file", mistake="no_conversations")
    bomb = any(entry.file_size > MOST_TIMES * max(1, entry.compress_size) for entry in found)
    if bomb or sum(entry.file_size for entry in found) > MOST_UNPACKED:
        sentence = "What the archive unpacks to is far too large for its size."
        raise InvalidInput(sentence, field="file", mistake="unpacks_too_large")
    return sorted(found, key=lambda entry: entry.filename)


def check_directory(file: BinaryIO, size: int) -> None:
    """Before zipfile makes an object of every entry: how many there are."""
    file.seek(max(0, size - 65557))
    tail = file.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) - place < 22:
        raise InvalidInput(DAMAGED, field="file", mistake="archive_damaged")
    count, length = struct.unpack("<HL", tail[place + 10 : place + 16])
    large = tail[max(0, place - 20) : place].startswith(b"PK\x06\x07")
    if large or count > MOST_ENTRIES or length > LARGEST_DIRECTORY:
        raise InvalidInput(
            "The archive has too many files. Unpack it, and import its conversations.json.",
            field="file",
            mistake="too_many_files",
        )


def records_of(file: Counted) -> Iterator[Record]:
    """Every conversation in a file of one of the three kinds.  Raises `ijson.JSONError` and `InvalidInput`."""
    events = ijson.basic_parse(file, use_float=True)
    path: list[str] = []
    kind: Kind | None = None
    depth_of = {"chatgpt": 1, "export": 2, "legacy": 4}
    for event, value in events:
        file.quiet = 0
        if kind is None:
            kind = kind_by(event, value, path)
            if kind is None:
                continue
        if event == "map_key":
            path[-1] = value
        elif event in ("end_map", "end_array"):
            path.pop()
        elif len(path) == depth_of[kind] and is_one(kind, path):
            yield whole(kind, tuple(path), event, value, events, file)
        elif event in ("start_map", "start_array"):
            if len(path) >= DEEPEST:
                raise ijson.JSONError("too deep")
            path.append("")


def kind_by(event: str, value: Any, path: list[str]) -> Kind | None:
    """By the first bracket, or else the first key that is known; `path` is kept up on the way."""
    if not path:
        if event == "start_array":
            return "chatgpt"
        if event == "start_map":
            path.append("")
            return None
    elif event == "map_key":
        if value == "users":
            return "legacy"
        if value == "conversations":
            return "export"
        if value == "API_KEYS":
            sentence = "This is the old server's users.json: it is imported at the console."
            raise InvalidInput(sentence, field="file", mistake="old_users_file")
        path[0] = value
        return None
    elif event in ("string", "number", "boolean", "null"):
        return None
    raise InvalidInput(NEITHER, field="file", mistake="no_export")


def is_one(kind: Kind, path: list[str]) -> bool:
    if kind == "legacy":
        return path[0] == "users" and path[2] == "conversations"
    return kind == "chatgpt" or path[0] == "conversations"


def whole(
    kind: Kind, path: tuple[str, ...], event: str, value: Any, events: Iterator[tuple[str, Any]], file: Counted
) -> Record:
    """The value that begins with this event.  One that is too large is read to its end, but not kept."""
    builder: Any = ijson.ObjectBuilder()
    add: Callable[[str, Any], None] = builder.event
    count = length = depth = 0
    fits, current = True, (event, value)
    while True:
        event, value = current
        depth += {"start_map": 1, "start_array": 1, "end_map": -1, "end_array": -1}.get(event, 0)
        count += 1
        if event in ("string", "map_key"):
            length += len(value)
        if fits and (count > MOST_EVENTS or length > MOST_TEXT or depth > DEEPEST):
            fits, builder, add = False, None, ignore
        add(event, value)
        if depth == 0:
            break
        file.quiet = 0
        current = next(events)
    return (
        Record(kind, path, builder.value, size=length + 16 * count) if fits else Record(kind, path, failure="too_long")
    )


def ignore(event: str, value: Any) -> None:
    """In place of a builder, for what is not kept."""


def name_of(record: Record) -> str:
    """By which a person knows a record that was not taken."""
    title = object_of(record.value).get("title")
    return title if isinstance(title, str) and title else " / ".join(part for part in record.path if part)
