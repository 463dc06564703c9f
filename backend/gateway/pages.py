"""Pages of a list by keyset: a cursor names the last row seen, so that page 1,000 costs what page 1 costs."""

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from backend.errors import InvalidInput

LARGEST_PAGE: Final = 200

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """`cursor` gives the opaque cursor of one of the items."""

    items: list[Item]
    has_next: bool
    has_previous: bool
    cursor: Callable[[Item], str]


def check_size(size: int, name: str = "first") -> int:
    if not 1 <= size <= LARGEST_PAGE:
        raise InvalidInput(f"`{name}` is {size}; a page has 1 to {LARGEST_PAGE} rows.", field=name)
    return size


def write_cursor(*values: int) -> str:
    return base64.urlsafe_b64encode(".".join(map(str, values)).encode()).decode().rstrip("=")


def read_cursor(text: str, count: int, name: str = "after") -> tuple[int, ...]:
    """The `count` numbers in a cursor; raises `InvalidInput` for anything that this server did not write."""
    try:
        values = tuple(map(int, base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("ascii").split(".")))
    except (ValueError, binascii.Error):
        values = ()
    if len(values) != count or not all(-(1 << 63) <= value < 1 << 63 for value in values):
        raise InvalidInput(f"`{name}` is not a cursor of this list.", field=name)
    return values
