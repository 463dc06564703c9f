"""The two encodings in which a reply's events are streamed: whole messages and deltas."""

import copy
import json
from typing import Any, Final, Literal, Protocol

Json = dict[str, Any]
TEXT: Final = "/message/content/parts/0"
DONE: Final = b"data: [DONE]\n\n"


def event(data: object, name: str | None = None) -> bytes:
    head = "" if name is None else f"event: {name}\n"
    return f"{head}data: {json.dumps(data, ensure_ascii=False, separators=(',', ':'))}\n\n".encode()


def message(id: str, role: str, text: str, *, finished: bool = True, metadata: Json | None = None, now: float) -> Json:
    return {
        "id": id,
        "author": {"role": role, "name": None, "metadata": {}},
        "create_time": now,
        "update_time": None,
        "content": {"content_type": "text", "parts": [text]},
        "status": "finished_successfully" if finished else "in_progress",
        "end_turn": None,
        "weight": 1.0,
        "metadata": metadata or {},
        "recipient": "all",
    }


class Encoder(Protocol):
    """Turns what happens to a reply into bytes.  `message` starts the message that the other calls then change."""

    def opening(self) -> bytes: ...
    def message(self, message: Json) -> bytes: ...
    def append(self, piece: str) -> bytes: ...
    def replace(self, text: str) -> bytes: ...
    def truncate(self, length: int) -> bytes: ...
    def finish(self, metadata: Json, *, end_turn: bool = True) -> bytes: ...
    def complete(self) -> bytes: ...


class WholeMessages:
    """Every event holds the message as it stands, with all of its text so far."""

    def __init__(self, conversation_id: str) -> None:
        self._conversation_id = conversation_id
        self._message: Json = {}

    def opening(self) -> bytes:
        return b""

    def message(self, message: Json) -> bytes:
        self._message = copy.deepcopy(message)
        return self._as_it_stands()

    def append(self, piece: str) -> bytes:
        return self.replace(self._text + piece)

    def replace(self, text: str) -> bytes:
        self._message["content"]["parts"][0] = text
        return self._as_it_stands()

    def truncate(self, length: int) -> bytes:
        return self.replace(self._text[:length])

    def finish(self, metadata: Json, *, end_turn: bool = True) -> bytes:
        self._message["status"], self._message["end_turn"] = "finished_successfully", end_turn
        self._message["metadata"].update(metadata)
        return self._as_it_stands()

    def complete(self) -> bytes:
        return b""

    @property
    def _text(self) -> str:
        return str(self._message["content"]["parts"][0])

    def _as_it_stands(self) -> bytes:
        return event({"message": self._message, "conversation_id": self._conversation_id, "error": None})


class Deltas:
    """Events change one object; a path and an operation that repeat the event's before are left out."""

    def __init__(self, conversation_id: str) -> None:
        self._conversation_id = conversation_id
        self._message_id = ""
        self._count = 0
        self._last: tuple[str, str] = ("", "")
        self._marked = True

    def opening(self) -> bytes:
        return event("v1", "delta_encoding")

    def message(self, message: Json) -> bytes:
        self._message_id, self._marked = message["id"], False
        whole = {"message": message, "conversation_id": self._conversation_id, "error": None}
        encoded = self._change("", "add", whole, c=self._count)
        self._count += 1
        return encoded

    def append(self, piece: str) -> bytes:
        marker = b"" if self._marked else self._marker("user_visible_token", "first")
        self._marked = True
        return marker + self._change(TEXT, "append", piece)

    def replace(self, text: str) -> bytes:
        return self._change(TEXT, "replace", text)

    def truncate(self, length: int) -> bytes:
        return self._change(TEXT, "truncate", length)

    def finish(self, metadata: Json, *, end_turn: bool = True) -> bytes:
        changes = [
            {"p": "/message/status", "o": "replace", "v": "finished_successfully"},
            {"p": "/message/end_turn", "o": "replace", "v": end_turn},
            {"p": "/message/metadata", "o": "append", "v": metadata},
        ]
        marker = self._marker("last_token", "last") if end_turn else b""
        return self._change("", "patch", changes) + marker

    def complete(self) -> bytes:
        return event({"type": "message_stream_complete", "conversation_id": self._conversation_id})

    def _marker(self, marker: str, when: Literal["first", "last"]) -> bytes:
        ids = {"conversation_id": self._conversation_id, "message_id": self._message_id}
        return event({"type": "message_marker", **ids, "marker": marker, "event": when})

    def _change(self, path: str, operation: str, value: object, **more: object) -> bytes:
        named = {} if (path, operation) == self._last else {"p": path, "o": operation}
        self._last = (path, operation)
        return event({**named, "v": value, **more}, "delta")


def encoder_for(encoding: Literal["messages", "delta"], conversation_id: str) -> Encoder:
    return WholeMessages(conversation_id) if encoding == "messages" else Deltas(conversation_id)
