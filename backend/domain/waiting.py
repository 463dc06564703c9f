"""The line of those who wait: users take turns, and the prompts of one user keep their order."""

from typing import Generic, TypeVar

Item = TypeVar("Item")


class FairLine(Generic[Item]):
    """Whoever was served goes to the end of the users' rotation, and so does who comes new.  So one who waits with a
    hundred prompts holds up another user's first by one of them at most."""

    def __init__(self) -> None:
        self._lines: dict[int, list[Item]] = {}

    def __bool__(self) -> bool:
        return bool(self._lines)

    def join(self, user_id: int, item: Item) -> None:
        self._lines.setdefault(user_id, []).append(item)

    def in_order(self) -> list[Item]:
        """The first of each user, then the second of each, and so on."""
        lines, order, depth = list(self._lines.values()), [], 0
        while lines:
            order += [line[depth] for line in lines]
            depth += 1
            lines = [line for line in lines if len(line) > depth]
        return order

    def leave(self, user_id: int, item: Item, *, served: bool = False) -> None:
        """Does nothing where the item is not in the line."""
        line = self._lines.get(user_id)
        if line is None or item not in line:
            return
        line.remove(item)
        if served or not line:
            del self._lines[user_id]
            if line:
                self._lines[user_id] = line
