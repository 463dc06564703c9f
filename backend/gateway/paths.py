"""Pages of the path through a conversation's turns, with what a reader needs to go to another one."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from backend.domain.branches import Branches, Version, onwards, upwards
from backend.domain.ids import TURN, parse_id
from backend.domain.replies import ENDED, Turn
from backend.errors import NotFound
from backend.gateway.pages import Page, check_size, read_cursor, write_cursor
from backend.storage.branches import Family
from backend.storage.turns import END, Turns

USUAL_SIZE: Final = 50


@dataclass(frozen=True, slots=True)
class Slice:
    """Which part of a conversation: the first turns behind a cursor, or the last ones before one.  `through` is the id
    of a turn through which the path goes, down to the newest turn below it; None for the path to the newest turn."""

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None
    through: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a turn stands in the tree: what it follows, None for a first turn, and all turns that follow the same one,
    in order, this one included.  `may_ask_again`, `may_stop`: whoever asks for it may do that now."""

    follows_id: int | None
    versions: Sequence[Version]
    may_ask_again: bool
    may_stop: bool

    @classmethod
    def of(cls, follows_id: int | None, versions: Sequence[Version], turn: Turn, *, mine: bool) -> "Place":
        ended = turn.state in ENDED
        return cls(follows_id, versions, mine and ended, mine and not ended)


@dataclass(frozen=True, slots=True)
class PathPage(Page[Turn]):
    """`rows` are the turns shown and, unless they begin with a first turn, the one before them.  `tree` is None where
    the conversation has no forks; `mine`: whoever asked for the page may chat in it."""

    rows: list[Turn]
    tree: Branches | None
    mine: bool

    def place_of(self, turn: Turn) -> Place:
        """Of one of the turns shown."""
        at = bisect_left(self.rows, turn.position, key=position_in)
        follows_id = self.rows[at - 1].id if at > 0 else None
        versions = None if self.tree is None else self.tree.versions.get(turn.behind)
        alone = (Version(turn.id, turn.position, turn.created_at),)
        return Place.of(follows_id, versions or alone, turn, mine=self.mine)


async def page_of(turns: Turns, conversation_id: int, part: Slice, *, mine: bool) -> PathPage:
    """One read where the conversation has no forks, three where it has.  Positions ascend along every path, so that
    a cursor stands for the same place on each."""
    backwards = part.last is not None
    size = (
        check_size(part.last, "last")
        if part.last is not None
        else check_size(USUAL_SIZE if part.first is None else part.first)
    )
    before = None if part.before is None else read_cursor(part.before, 1, "before")[0]
    after = 0 if part.after is None else max(0, read_cursor(part.after, 1)[0])
    if backwards:
        rows, forked = await turns.page(conversation_id, size + 1, before_position=END if before is None else before)
    else:
        # The turn behind which the page begins comes along, for its id.
        rows, forked = await turns.page(conversation_id, size + 1 + (after > 0), after_position=max(0, after - 1))
    through = None if part.through is None else await position_of(turns, conversation_id, part.through)
    tree = await turns.branches.of(conversation_id) if forked else None
    if tree is None:
        past_end = sum(turn.position > after for turn in rows) > size
    else:
        leaf = tree.newest if through is None else tree.newest_below(through)
        rows, past_end = await on_path(turns, conversation_id, tree.path(leaf), size, after, before, backwards)
    if backwards:
        shown, more, previous = rows[-size:], before is not None, len(rows) > size
    else:
        shown = [turn for turn in rows if turn.position > after][:size]
        more, previous = past_end, part.after is not None
    return PathPage(shown, more, previous, cursor_of, rows, tree, mine)


def cursor_of(turn: Turn) -> str:
    return write_cursor(turn.position)


def position_in(turn: Turn) -> int:
    return turn.position


async def on_path(
    turns: Turns, conversation_id: int, path: list[range], size: int, after: int, before: int | None, backwards: bool
) -> tuple[list[Turn], bool]:
    """The page with the turn before it, if there is one, and whether there are more behind it."""
    if backwards:
        wanted, past_end = upwards(path, END if before is None else before, size + 1), False
    else:
        found = onwards(path, after, size + 1)
        wanted, past_end = upwards(path, after + 1, 1) + found[:size], len(found) > size
    rows = await turns.branches.way_back(conversation_id, wanted[-1], len(wanted)) if wanted else []
    return rows, past_end


def place_in(family: Family, turn: Turn, *, mine: bool) -> Place:
    return Place.of(family.follows_id, family.versions, turn, mine=mine)


async def position_of(turns: Turns, conversation_id: int, turn_id: str) -> int:
    number = parse_id(TURN, turn_id)
    position = None if number is None else await turns.branches.position(conversation_id, number)
    if position is None:
        raise NotFound("There is no such turn in this conversation.")
    return position
