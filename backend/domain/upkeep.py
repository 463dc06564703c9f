"""What an admin says of an account by hand, which no reply and no failure changes."""

from dataclasses import dataclass, replace
from typing import Final

from backend.domain.accounts import AccountState

DISABLED: Final = "An admin switched it off."
RESTING: Final = "An admin lets it rest."
BY_HAND: Final = "by_hand"


@dataclass(frozen=True, slots=True)
class ByHand:
    """Both in microseconds since the epoch; None for what was not said."""

    disabled_at: int | None = None
    rests_until: int | None = None

    def rests(self, now: float) -> bool:
        return self.rests_until is not None and self.rests_until > now * 1_000_000


NOTHING: Final = ByHand()


def by_hand(state: AccountState, said: ByHand, now: float) -> AccountState:
    """The state with what was said by hand, over whatever else it is."""
    if said.disabled_at is not None:
        return replace(state, health="disabled", why=DISABLED, why_code=BY_HAND, until=None)
    if said.rests(now) and said.rests_until is not None:
        until = said.rests_until / 1_000_000
        return replace(state, health="resting", why=RESTING, why_code=BY_HAND, until=until)
    return state


def awake(state: AccountState) -> AccountState:
    """Ready, whatever it was before: an admin wants it to be asked."""
    return replace(state, health="ready", why="", why_code="", until=None, faults=0)
