"""However many workers there are, each test is run once, and what takes long begins first."""

import pytest

from tests.long_ones_first import dealt


@pytest.mark.parametrize("workers", [1, 2, 3, 4, 7])
@pytest.mark.parametrize(("long", "others"), [(5, 100), (0, 10), (30, 4), (3, 0)])
def test_none_is_lost_and_each_worker_begins_with_its_long_ones(workers: int, long: int, others: int) -> None:
    names = [f"long {n}" for n in range(long)]
    order = dealt(names, [f"short {n}" for n in range(others)], workers)
    assert len(order) == long + others
    assert set(order) == {*names, *(f"short {n}" for n in range(others))}
    left, at = len(order), 0
    if others > long:
        for worker in range(workers):
            share = left // (workers - worker)
            begun = [name for name in order[at : at + share] if name in names]
            assert order[at : at + len(begun)] == names[worker::workers] == begun
            at, left = at + share, left - share
