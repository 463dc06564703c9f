"""Accounts: their health, and the choice among them.  Everything here is decided from states and the time alone."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Literal

from backend import errors

AccountKind = Literal["chatgpt", "openai", "rehearsal"]
Plan = Literal["plus", "free", "any"]
Health = Literal["ready", "resting", "needs_attention", "disabled"]

REST_AFTER_LIMIT: Final = 300.0  # seconds, where a 429 does not say how long
REST_AFTER_FAULT: Final = 15.0  # doubled with each further fault
LONGEST_REST: Final = 900.0
NOT_THE_ACCOUNTS_FAULT: Final = (errors.PromptTooLong, errors.UpstreamConversationLost, errors.UpstreamRefused)


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

    `until` is in seconds since the epoch; `faults` counts those in a row; `served` is the number of the prompt that it
    was last chosen for, counted over the whole pool, 0 before its first.
    """

    id: int
    name: str
    plus: bool
    concurrency: int
    in_flight: int = 0
    health: Health = "ready"
    why: str = ""
    until: float | None = None
    faults: int = 0
    served: int = 0

    def usable(self, now: float) -> bool:
        return self.health == "ready" or (self.health == "resting" and self.until is not None and self.until <= now)

    def free(self) -> bool:
        return self.in_flight < self.concurrency


@dataclass(frozen=True, slots=True)
class Choice:
    """Who was chosen (None: nobody now), and why each other one was left out.

    `waiting_helps` is whether a healthy one is merely busy, `soonest` when the first resting one comes back.
    """

    account_id: int | None
    left_out: tuple[tuple[int, str], ...]
    waiting_helps: bool
    soonest: float | None


def choose_account(accounts: Iterable[AccountState], plan: Plan, may_use_plus: bool, now: float) -> Choice:
    """Round-robin: of the healthy accounts with room that suit the plan, the one whose turn was longest ago; among
    those that had none yet, the first.

    Turns are told by `served` rather than by a cursor over a ring: callers with different rights share some accounts
    and not others, and one cursor for all of them would pass some accounts over for ever.
    """
    left_out: list[tuple[int, str]] = []
    waiting_helps, soonest = False, None
    chosen: int | None = None
    for account in sorted(accounts, key=lambda account: account.served):
        reason = unsuitable(account, plan, may_use_plus) or unhealthy(account, now)
        if reason is None and account.free() and chosen is None:
            chosen = account.id
        elif reason is None:
            busy = not account.free()
            waiting_helps = waiting_helps or busy
            left_out.append((account.id, "busy" if busy else "not its turn"))
        else:
            left_out.append((account.id, reason))
            if (
                account.until is not None
                and account.health == "resting"
                and not unsuitable(account, plan, may_use_plus)
            ):
                soonest = account.until if soonest is None else min(soonest, account.until)
    return Choice(chosen, tuple(left_out), waiting_helps, soonest)


def unsuitable(account: AccountState, plan: Plan, may_use_plus: bool) -> str | None:
    """Why the account may not serve this caller and plan at all, None if it may."""
    if account.plus and not may_use_plus:
        return "Plus, which this key does not include"
    if plan != "any" and account.plus != (plan == "plus"):
        return "not Plus" if plan == "plus" else "Plus, and free was asked for"
    return None


def unhealthy(account: AccountState, now: float) -> str | None:
    """Why the account cannot answer now, None if it can (though it may be busy)."""
    if account.usable(now):
        return None
    return f"{account.health.replace('_', ' ')}: {account.why}" if account.why else account.health.replace("_", " ")


def after_success(state: AccountState) -> AccountState:
    return replace(state, health="ready", why="", until=None, faults=0) if state.health != "disabled" else state


def after_failure(state: AccountState, error: errors.ProductError, now: float) -> AccountState:
    """What a failed prompt says about the account.  Failures that are the prompt's or the conversation's own fault
    (`NOT_THE_ACCOUNTS_FAULT`) say nothing about it."""
    if state.health == "disabled" or isinstance(error, NOT_THE_ACCOUNTS_FAULT):
        return state
    why = str(error)
    if isinstance(error, errors.UpstreamRateLimited):
        rest = REST_AFTER_LIMIT if error.retry_after is None else error.retry_after
        return replace(state, health="resting", why=why, until=now + rest)
    needs_a_person = (
        errors.HumanCheckRequired | errors.UpstreamForbidden | errors.UpstreamUnauthorized | errors.SignInFailed
    )
    if isinstance(error, needs_a_person):
        return replace(state, health="needs_attention", why=why, until=None)
    rest = min(LONGEST_REST, REST_AFTER_FAULT * 2**state.faults)
    return replace(state, health="resting", why=why, until=now + rest, faults=state.faults + 1)
