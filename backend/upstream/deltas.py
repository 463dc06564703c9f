"""The `v1` delta encoding of the ChatGPT web service: operations that change an object kept on both ends.

An operation is `{"p": JSON pointer, "o": operation, "v": value, "c": n}`.  `p` and `o` left out repeat the last ones;
`c` says which object is meant, where a stream carries several one after another.
"""

from typing import Final

from backend.errors import UpstreamBadAnswer

JSON = dict[str, object]
VITAL: Final = ("/message/content", "/message/id", "/message/author", "/message/status")
OPERATIONS: Final = frozenset({"add", "append", "replace", "patch", "remove", "truncate"})


class MisfitError(Exception):
    """The operation does not fit the object that it is meant for."""


class Deltas:
    """The objects of one stream.  An operation that does not fit raises `UpstreamBadAnswer` where it concerns the text,
    and is passed over elsewhere: a change of the metadata's shape must not cost the reply."""

    def __init__(self) -> None:
        self._objects: dict[int, object] = {}
        self._current = 0
        self._pointer = ""
        self._operation = "add"

    def apply(self, event: JSON) -> JSON | None:
        """The object as it reads after `event`, None while it is not an object."""
        number = event.get("c")
        if isinstance(number, int):
            self._current = number
        pointer, operation = event.get("p", self._pointer), event.get("o", self._operation)
        if not isinstance(pointer, str) or not isinstance(operation, str):
            raise misfit()
        self._pointer, self._operation = pointer, operation
        self._change(pointer, operation, event.get("v"))
        current = self._objects.get(self._current)
        return current if isinstance(current, dict) else None

    def _change(self, pointer: str, operation: str, value: object) -> None:
        if operation == "patch":
            return self._patch(pointer, value)
        try:
            self._objects[self._current] = changed(self._objects.get(self._current), pointer, operation, value)
        except MisfitError:
            if pointer == "" or pointer.startswith(VITAL):
                raise misfit() from None

    def _patch(self, base: str, operations: object) -> None:
        if not isinstance(operations, list):
            raise misfit()
        pointer, operation = "", "add"
        for each in operations:
            if not isinstance(each, dict):
                raise misfit()
            pointer, operation = each.get("p", pointer), each.get("o", operation)
            if not isinstance(pointer, str) or not isinstance(operation, str) or operation == "patch":
                raise misfit()
            self._change(base + pointer, operation, each.get("v"))


def changed(root: object, pointer: str, operation: str, value: object) -> object:
    """`root` after one operation; changed in place below the root."""
    if operation not in OPERATIONS:
        raise MisfitError
    if pointer == "":
        return result(root, operation, value)
    tokens = [token.replace("~1", "/").replace("~0", "~") for token in pointer[1:].split("/")]
    parent = root
    for token in tokens[:-1]:
        parent = child(parent, token)
    last = tokens[-1]
    if isinstance(parent, dict):
        change_member(parent, last, operation, value)
    elif isinstance(parent, list):
        change_item(parent, last, operation, value)
    else:
        raise MisfitError
    return root


def change_member(parent: JSON, key: str, operation: str, value: object) -> None:
    if operation == "remove":
        parent.pop(key, None)
    else:
        parent[key] = result(parent.get(key), operation, value)


def change_item(parent: list[object], key: str, operation: str, value: object) -> None:
    at = len(parent) if key == "-" else index(key)
    if operation == "add" and at <= len(parent):
        parent.insert(at, value)
    elif at == len(parent) and operation in ("append", "replace"):
        parent.append(value)
    elif at >= len(parent):
        raise MisfitError
    elif operation == "remove":
        del parent[at]
    else:
        parent[at] = result(parent[at], operation, value)


def result(old: object, operation: str, value: object) -> object:
    """What stands where `old` stood."""
    if operation == "append":
        return appended(old, value)
    if operation == "truncate":
        if isinstance(old, str | list) and isinstance(value, int) and value >= 0:
            return old[:value]
        raise MisfitError
    return None if operation == "remove" else value


def appended(old: object, value: object) -> object:
    if old is None:
        return value
    if isinstance(old, str) and isinstance(value, str):
        return old + value
    if isinstance(old, list):
        return [*old, *value] if isinstance(value, list) else [*old, value]
    if isinstance(old, dict) and isinstance(value, dict):
        return {**old, **value}
    raise MisfitError


def child(parent: object, token: str) -> object:
    if isinstance(parent, dict) and token in parent:
        return parent[token]
    if isinstance(parent, list) and index(token) < len(parent):
        return parent[index(token)]
    raise MisfitError


def index(token: str) -> int:
    if not token.isdecimal() or len(token) > 6:
        raise MisfitError
    return int(token)


def misfit() -> UpstreamBadAnswer:
    return UpstreamBadAnswer("The upstream changed its reply in a way that this version does not understand.")
