"""Whatever way turns branch, paths and versions are those of the tree that they form."""

from hypothesis import given
from hypothesis import strategies as st

from backend.domain.branches import Branches, Fork, Version, onwards, upwards

TREES = st.lists(st.floats(0, 1, exclude_max=True), max_size=30).map(
    # Half of them follow the turn before them, as most do.
    lambda marks: [0] + [n if mark < 0.5 else int((mark - 0.5) * 2 * (n + 1)) for n, mark in enumerate(marks, 1)]
)
"""What each turn follows, for positions from 1."""


def version(position: int) -> Version:
    return Version(position * 10, position, position * 100)


def tree_of(follows: list[int]) -> Branches:
    forks = [Fork(version(p), behind) for p, behind in enumerate(follows, 1) if behind != p - 1]
    firstlings = {
        behind: version(behind + 1) for behind in {fork.follows for fork in forks} if follows[behind] == behind
    }
    return Branches(forks, firstlings, len(follows))


def path_of(follows: list[int], position: int) -> list[int]:
    path = []
    while position:
        path.append(position)
        position = follows[position - 1]
    return path[::-1]


@given(TREES)
def test_a_path_goes_from_a_first_turn_to_its_leaf(follows: list[int]) -> None:
    tree = tree_of(follows)
    for leaf in range(1, len(follows) + 1):
        assert [position for run in tree.path(leaf) for position in run] == path_of(follows, leaf)


@given(TREES)
def test_below_a_turn_the_newest_one_that_comes_of_it_is_found(follows: list[int]) -> None:
    tree = tree_of(follows)
    paths = [path_of(follows, leaf) for leaf in range(1, len(follows) + 1)]
    for position in range(1, len(follows) + 1):
        assert tree.newest_below(position) == max(path[-1] for path in paths if position in path)


@given(TREES)
def test_versions_are_the_turns_that_follow_the_same_one_in_order(follows: list[int]) -> None:
    expected: dict[int, list[int]] = {}
    for position, behind in enumerate(follows, 1):
        expected.setdefault(behind, []).append(position)
    found = tree_of(follows).versions
    for behind, positions in expected.items():
        if len(positions) > 1 or behind in found:
            assert [each.position for each in found[behind]] == positions


@given(TREES, st.integers(0, 33), st.integers(1, 33))
def test_pages_are_cut_out_of_the_path(follows: list[int], place: int, most: int) -> None:
    whole = path_of(follows, len(follows))
    path = tree_of(follows).path(len(follows))
    assert upwards(path, place, most) == [position for position in whole if position < place][-most:]
    assert onwards(path, place, most) == [position for position in whole if position > place][:most]
