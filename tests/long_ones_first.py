"""Tests that take long begin first: one that began last would keep a single worker busy when all others are done."""

from itertools import islice
from typing import TypeVar

import pytest

T = TypeVar("T")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    workers: int = getattr(config, "workerinput", {}).get("workercount", 1)
    long = [item for item in items if item.get_closest_marker("long")]
    items[:] = dealt(long, [item for item in items if not item.get_closest_marker("long")], workers)


def dealt(long: list[T], others: list[T], workers: int) -> list[T]:
    """In the order in which xdist gives each worker a run of equal length: the long ones at the beginning of each."""
    order: list[T] = []
    short, left = iter(others), len(long) + len(others)
    for worker in range(workers):
        share = left // (workers - worker)
        first = long[worker::workers]
        order += first + list(islice(short, max(0, share - len(first))))
        left -= share
    return order + list(short)
