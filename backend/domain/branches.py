"""The tree that a conversation's turns form, and the path through it that is shown.

Turns are numbered in the order of writing, and nearly every one follows the one before it.  A *fork* is one that does
not: it was asked again, or went on behind an earlier turn.  Forks cut the conversation into *runs* of turns that follow
each other, so all there is to know of the tree is where its forks stand and what they follow.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Version:
    """A turn among those that follow the same one.  `created_at` is in microseconds since the epoch."""

    id: int
    position: int
    created_at: int


@dataclass(frozen=True, slots=True)
class Fork:
    """`follows` is 0 where it is another first turn."""

    turn: Version
    follows: int


class Branches:
    """The tree of a conversation with turns 1 to `newest`.  `firstlings` are the turns that follow the one before them
    and have other versions, by the position that they follow."""

    def __init__(self, forks: Sequence[Fork], firstlings: dict[int, Version], newest: int) -> None:
        # What follows itself or a later turn was edited into the record, and would make a path without an end.
        sound = (fork for fork in forks if fork.follows < fork.turn.position)
        self._forks = sorted(sound, key=lambda fork: fork.turn.position)
        self._starts = [1, *(fork.turn.position for fork in self._forks)]
        self._firstlings = firstlings
        self.newest = newest

    def path(self, leaf: int) -> list[range]:
        """The positions of the path that ends at `leaf`, ascending, in runs."""
        runs: list[range] = []
        while leaf > 0:
            run = self._run(leaf)
            runs.append(range(self._starts[run], leaf + 1))
            leaf = self._forks[run - 1].follows if run else 0
        return runs[::-1]

    def newest_below(self, position: int) -> int:
        """The newest turn that comes of the one at `position`, or that one itself."""
        first = self._run(position)
        below = {first: position}  # the run, and where in it what comes of that turn begins
        for run in range(first + 1, len(self._starts)):
            follows = self._forks[run - 1].follows
            if follows and follows >= below.get(self._run(follows), follows + 1):
                below[run] = self._starts[run]
        last = max(below)
        return self._starts[last + 1] - 1 if last + 1 < len(self._starts) else self.newest

    @cached_property
    def versions(self) -> dict[int, list[Version]]:
        """The turns that have other versions, in order, by the position of the turn that they follow."""
        found = {follows: [first] for follows, first in self._firstlings.items()}
        for fork in self._forks:
            found.setdefault(fork.follows, []).append(fork.turn)
        return found

    def _run(self, position: int) -> int:
        return bisect_right(self._starts, position) - 1


def upwards(path: Sequence[range], before: int, most: int) -> list[int]:
    """The last positions on the path before `before`, at most so many, ascending."""
    found: list[int] = []
    for run in reversed(path):
        stop = min(run.stop, before)
        found[:0] = range(max(run.start, stop - most + len(found)), stop)
        if len(found) == most:
            break
    return found


def onwards(path: Sequence[range], after: int, most: int) -> list[int]:
    """The first positions on the path after `after`, at most so many, ascending."""
    found: list[int] = []
    for run in path:
        start = max(run.start, after + 1)
        found += range(start, min(run.stop, start + most - len(found)))
        if len(found) == most:
            break
    return found
