"""Accounts and their health, decided from states and the time alone."""

from dataclasses import dataclass, replace
from typing import Final, Literal

from backend import errors

AccountKind = Literal["chatgpt", "openai", "rehearsal"]
Plan = Literal["plus", "free", "any"]
Health = Literal["ready", "resting", "needs_attention", "disabled"]
Standing = Literal["ready", "busy", "resting", "needs_attention", "disabled"]

REST_AFTER_LIMIT: Final = 300.0  # seconds, where a 429 does not say how long
REST_AFTER_FAULT: Final = 15.0  # doubled with each further fault
LONGEST_REST: Final = 900.0
SHORTEST_REST: Final = 1.0  # also where a limit is said to end at once
MOST_DOUBLINGS: Final = 10
NOT_THE_ACCOUNTS_FAULT: Final = (errors.PromptTooLong, errors.UpstreamConversationLost, errors.UpstreamRefused)
NEEDS_A_PERSON: Final = (
    errors.HumanCheckRequired,
    errors.UpstreamForbidden,
    errors.UpstreamUnauthorized,
    errors.SignInFailed,
)
# What asking an account for its models proves as well as a prompt does.
NOT_LET_IN: Final[tuple[type[errors.ProductError], ...]] = (errors.UpstreamUnauthorized, errors.SignInFailed)
NOT_LET_IN_CODES: Final = frozenset(kind.code for kind in (*NOT_LET_IN, *errors.SignInFailed.__subclasses__()))


@dataclass(frozen=True, slots=True)
class Account:
    """An upstream identity, as the record knows it.

    `owner_id` is None for the built-in ones of the pool and the caller's id for a caller's own.  `fingerprint` tells a
    caller's own account by its token without keeping the token.
    """

    id: int
    name: str
    kind: AccountKind
    plus: bool
    owner_id: int | None
    fingerprint: str | None
    created_at: int


@dataclass(frozen=True, slots=True)
class AccountState:
    """An account as the pool sees it now.

    `why_code` is the code of the error that `why` tells, "by_hand" where an admin said so, empty where it is not known.
    `until` is in seconds since the epoch; `faults` counts those in a row; `served` is the number of the prompt that it
    was last chosen for, counted over the whole pool, 0 before its first.  `due` is the same by weight: how far its
    turns have come, a prompt counting 1 / weight.  An account whose rest is over is half-open: one prompt probes it
    (`probing`), and the next waits for that one's end, until one succeeds.
    """

    id: int
    name: str
    plus: bool
    concurrency: int
    in_flight: int = 0
    health: Health = "ready"
    why: str = ""
    why_code: str = ""
    until: float | None = None
    faults: int = 0
    served: int = 0
    weight: int = 1
    due: float = 0.0
    probing: bool = False

    def usable(self, now: float) -> bool:
        return self.health == "ready" or (self.health == "resting" and self.until is not None and self.until <= now)

    def writing(
        self, in_flight: int, *, probing: bool, served: int | None = None, due: float | None = None
    ) -> "AccountState":
        """The same with so many replies under way.  Written out, since `replace` costs each prompt more than its
        choice does."""
        return AccountState(
            self.id,
            self.name,
            self.plus,
            self.concurrency,
            in_flight,
            self.health,
            self.why,
            self.why_code,
            self.until,
            self.faults,
            self.served if served is None else served,
            self.weight,
            self.due if due is None else due,
            probing,
        )

    @property
    def standing(self) -> Standing:
        """Its health as people are shown it: a ready account that writes all it may is busy."""
        return "busy" if self.health == "ready" and not self.free() else self.health

    def free(self) -> bool:
        room = self.concurrency if self.health == "ready" else 1
        return self.in_flight < room and not self.probing


def after_success(state: AccountState, now: float) -> AccountState:
    """An account has answered.  A rest in force stays, and so does what needs a person: the answer began before it."""
    if state.health == "ready" or (state.health == "resting" and state.usable(now)):
        return replace(state, health="ready", why="", why_code="", until=None, faults=0)
    return state


def after_failure(state: AccountState, error: errors.ProductError, now: float) -> AccountState:
    """What a failed prompt says about the account.  Failures that are the prompt's or the conversation's own fault
    (`NOT_THE_ACCOUNTS_FAULT`), or this server's, say nothing about it.  While the account rests further ones, of
    prompts that it had before, may make the rest longer but are not counted again."""
    of_account = isinstance(error, errors.UpstreamFailure | errors.SignInFailed)
    if state.health == "disabled" or not of_account or isinstance(error, NOT_THE_ACCOUNTS_FAULT):
        return state
    why = str(error)
    if isinstance(error, NEEDS_A_PERSON):
        return replace(state, health="needs_attention", why=why, why_code=error.code, until=None)
    if state.health == "needs_attention":
        return state
    resting = state.health == "resting" and not state.usable(now)
    if isinstance(error, errors.UpstreamRateLimited):
        rest = REST_AFTER_LIMIT if error.retry_after is None else max(SHORTEST_REST, error.retry_after)
        faults = state.faults
    elif resting:
        return state
    else:
        rest = min(LONGEST_REST, REST_AFTER_FAULT * 2.0 ** min(state.faults, MOST_DOUBLINGS))
        faults = state.faults + 1
    until = now + rest
    if resting and state.until is not None and state.until >= until:
        return state
    return replace(state, health="resting", why=why, why_code=error.code, until=until, faults=faults)


def after_test(state: AccountState, failure: errors.ProductError | None, now: float) -> AccountState:
    """What an admin's test says about the account: whether the upstream lets it in.  Any other failure may be gone with
    the next prompt, and is left to that."""
    if isinstance(failure, NOT_LET_IN):
        return after_failure(state, failure, now)
    if failure is None and state.health == "needs_attention" and state.why_code in NOT_LET_IN_CODES:
        return replace(state, health="ready", why="", why_code="", until=None, faults=0)
    return state
