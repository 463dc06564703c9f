"""How often a failed prompt may be sent to another account, so that a bad hour upstream is not made worse."""

from typing import Final

SHARE: Final = 0.2  # retries per prompt
ONE: Final = 1 - 1e-9  # five fifths are not quite one
MOST_SAVED: Final = 10.0  # retries that a long time without faults may save up


class RetryBudget:
    """Every prompt earns a fifth of a retry.  The very first retry is lent, so that a server that has just started can
    help itself; from the fifth prompt on, attempts never come to more than 1.2 per prompt, whatever goes wrong."""

    __slots__ = ("_lent", "_saved")

    def __init__(self) -> None:
        self._saved = 0.0
        self._lent = False

    def earn(self) -> None:
        """A prompt is asked for the first time."""
        self._saved = min(MOST_SAVED, self._saved + SHARE)

    def left(self) -> bool:
        """Whether a prompt may be asked once more."""
        return self._saved >= ONE or not self._lent

    def spend(self) -> None:
        """Counts one; also one that was made without asking, such as with a renewed token."""
        self._lent = True
        self._saved -= 1
