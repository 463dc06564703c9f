"""Ids: 63-bit integers inside, short opaque text outside.

The upper 43 bits are milliseconds since 2024, so that ids sort by creation and rows land at the end of their index;
the lower 20 are random.  Outside they read like `c06fq8m2x0v1hk`: a letter for the kind and 13 digits of Crockford's
base 32.
"""

import secrets
from collections.abc import Callable
from typing import Final

EPOCH: Final = 1_704_067_200  # 2024-01-01T00:00:00Z
DIGITS: Final = "0123456789abcdefghjkmnpqrstvwxyz"
VALUES: Final = {digit: value for value, digit in enumerate(DIGITS)}
LENGTH: Final = 13
PAIRS: Final = tuple(first + second for first in DIGITS for second in DIGITS)

USER, KEY, CONVERSATION, TURN, ACCOUNT = "u", "k", "c", "t", "a"


def new_id(now: float) -> int:
    """A new id at `now`, seconds since the epoch."""
    return (int((now - EPOCH) * 1000) << 20 | secrets.randbits(20)) & (1 << 63) - 1


def new_uuid() -> str:
    """A random UUID, version 4: the standard library makes an object first, at twice the cost."""
    digits = f"{int.from_bytes(secrets.token_bytes(16)) & ~(0xF << 76 | 0x3 << 62) | 0x4 << 76 | 0x2 << 62:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


class IdSource:
    """Ids that never repeat within a process, however many are asked for in one millisecond."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._last = 0

    def next(self) -> int:
        self._last = max(new_id(self._clock()), self._last + 1)
        return self._last


def show_id(kind: str, number: int) -> str:
    return (
        f"{kind}{DIGITS[number >> 60]}{PAIRS[number >> 50 & 1023]}{PAIRS[number >> 40 & 1023]}"
        f"{PAIRS[number >> 30 & 1023]}{PAIRS[number >> 20 & 1023]}{PAIRS[number >> 10 & 1023]}{PAIRS[number & 1023]}"
    )


def parse_id(kind: str, text: str) -> int | None:
    """The number behind an id of that kind, None for anything else."""
    if len(text) != LENGTH + 1 or text[0] != kind:
        return None
    number = 0
    for digit in text[1:]:
        value = VALUES.get(digit)
        if value is None:
            return None
        number = number << 5 | value
    return number if number < 1 << 63 else None
