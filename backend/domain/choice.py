"""The choice among accounts: decided from their states and the time alone, so that it can be tested and explained."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from backend.domain.accounts import Account, AccountState, Plan

Rule = Literal["round_robin", "least_busy", "weighted"]
Standing = Literal["ready", "busy", "resting", "out"]
Reason = Literal[
    "plus_not_included",
    "not_plus",
    "not_free",
    "not_its_turn",
    "busy",
    "probing",
    "resting",
    "needs_attention",
    "disabled",
    "failed_before",
    "left",
    "without_model",
    "stands_back",
]

# Whoever comes first in this order is chosen, if it is fit and has room.  Turns are told by `served` rather than by a
# cursor over a ring: callers with different rights share some accounts and not others, and one cursor for all of them
# would pass some accounts over for ever.
ORDER: Final[dict[Rule, Callable[[AccountState], tuple[float, int]]]] = {
    "round_robin": lambda state: (0.0, state.served),
    "least_busy": lambda state: (state.in_flight / state.concurrency, state.served),
    "weighted": lambda state: (state.due, state.served),
}


# As the record keeps them and people read them; behind the health of an account stands why it is so.
SENTENCES: Final[dict[Reason, str]] = {
    "plus_not_included": "Plus, which this key does not include",
    "not_plus": "not Plus",
    "not_free": "Plus, and free was asked for",
    "not_its_turn": "not its turn",
    "busy": "busy",
    "probing": "being tried after its rest",
    "resting": "resting",
    "needs_attention": "needs attention",
    "disabled": "disabled",
    "failed_before": "asked before, and failed",
    "left": "the conversation is leaving it",
    "without_model": "does not offer that model",
    "stands_back": "a rehearsal account, which stands back while there is another",
}
REASONS: Final = {sentence: reason for reason, sentence in SENTENCES.items()}


@dataclass(frozen=True, slots=True)
class Choice:
    """Who was chosen (None: nobody now), and why each other one was left out.

    `waiting_helps` is whether a healthy one is merely busy, `soonest` when the first resting one comes back.
    `standings` has one entry for each account that the caller may use, the chosen one's with them.
    """

    account_id: int | None
    left_out: tuple[tuple[int, str], ...]
    waiting_helps: bool
    soonest: float | None
    standings: tuple[Standing, ...] = ()


NOBODY: Final = Choice(None, (), False, None)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a turn has its account.  `count` is the number of prompts that the pool had given out, this one with them;
    `ready` to `out` count the accounts that the caller may use.  `account` and `left_out`, pairs of an account's name
    and the reason, are for those who may see accounts; None and empty for others."""

    rule: Rule
    pinned: bool
    count: int
    account: str | None
    left_out: tuple[tuple[str, str], ...]
    ready: int
    busy: int
    resting: int
    out: int

    @property
    def sentence(self) -> str:
        if self.pinned:
            return "A conversation stays with the account that began it."
        if self.ready == 1:
            return "It was the only account that was ready and that this key includes."
        return {
            "round_robin": f"Accounts take turns: of {self.ready} ready ones this one had waited longest.",
            "least_busy": f"Of {self.ready} accounts with room this one was the least busy.",
            "weighted": f"Accounts take turns by their weights: of {self.ready} ready ones it was this one's turn.",
        }[self.rule]

    def without_names(self) -> "Explanation":
        return replace(self, account=None, left_out=())


def choose_account(
    accounts: Iterable[AccountState], plan: Plan, may_use_plus: bool, now: float, rule: Rule = "round_robin"
) -> Choice:
    """Of the healthy accounts with room that suit the plan, the one whose turn it is by the rule; among those that had
    none yet, the first."""
    left_out: list[tuple[int, str]] = []
    standings: list[Standing] = []
    soonest: float | None = None
    chosen: int | None = None
    for account in sorted(accounts, key=ORDER[rule]):
        if (reason := unsuitable(account, plan, may_use_plus)) is not None:
            left_out.append((account.id, reason))
            continue
        standing = standing_of(account, now)
        standings.append(standing)
        if standing == "ready" and chosen is None:
            chosen = account.id
            continue
        left_out.append((account.id, why_not(account, standing)))
        if standing == "resting" and account.until is not None:
            soonest = account.until if soonest is None else min(soonest, account.until)
    return Choice(chosen, tuple(left_out), "busy" in standings, soonest, tuple(standings))


def standing_of(account: AccountState, now: float) -> Standing:
    """An account whose rest is over is half-open: it has room for one prompt, until one succeeds."""
    if not account.usable(now):
        return "resting" if account.health == "resting" else "out"
    return "ready" if account.free() else "busy"


def unsuitable(account: AccountState, plan: Plan, may_use_plus: bool) -> str | None:
    """Why the account may not serve this caller and plan at all, None if it may."""
    if account.plus and not may_use_plus:
        return SENTENCES["plus_not_included"]
    if plan != "any" and account.plus != (plan == "plus"):
        return SENTENCES["not_plus" if plan == "plus" else "not_free"]
    return None


def standing_back(
    accounts: Sequence[tuple[Account, AccountState]], plan: Plan, may_use_plus: bool
) -> tuple[tuple[int, str], ...]:
    """The rehearsal accounts, where the caller may use an account of another kind that is not disabled: who has one
    expects its answers.  Where that one merely rests, is busy or has just failed, no script takes its place."""
    scripts = [account.id for account, _ in accounts if account.kind == "rehearsal"]
    if scripts and any(
        account.kind != "rehearsal" and state.health != "disabled" and unsuitable(state, plan, may_use_plus) is None
        for account, state in accounts
    ):
        return tuple((id, SENTENCES["stands_back"]) for id in scripts)
    return ()


def rehearses(accounts: Iterable[tuple[Account, AccountState]], may_use_plus: bool) -> bool:
    """Whether it is a script that answers a caller's new conversations."""
    return {
        account.kind
        for account, state in accounts
        if state.health != "disabled" and unsuitable(state, "any", may_use_plus) is None
    } == {"rehearsal"}


def why_not(account: AccountState, standing: Standing) -> str:
    if standing == "ready":
        return SENTENCES["not_its_turn"]
    if standing == "busy":
        return SENTENCES["probing" if account.probing else "busy"]
    health = SENTENCES["not_its_turn" if account.health == "ready" else account.health]
    return f"{health}: {account.why}" if account.why else health


def reason_of(sentence: str) -> tuple[Reason | None, str]:
    """The reason that a sentence gives, and what stands behind it; None for one that this version does not know."""
    health, _, why = sentence.partition(": ")
    return REASONS.get(health), why


def taken(state: AccountState, count: int, floor: float) -> AccountState:
    """The account after it was chosen for the pool's prompt number `count`.

    `floor` is the `due` at which the pool's last chosen one started: who was out for long starts from there, instead of
    being given all that it missed at once.
    """
    return state.writing(
        state.in_flight + 1,
        probing=state.probing or state.health == "resting",
        served=count,
        due=max(state.due, floor) + 1 / state.weight,
    )


def explained(
    choice: Choice,
    rule: Rule,
    count: int,
    names: Callable[[int], str],
    not_these: Iterable[tuple[int, str]],
    *,
    pinned: bool,
) -> Explanation:
    """`not_these` were out of the question from the start, each for its reason."""
    if choice.account_id is None:
        raise ValueError("nobody was chosen")
    left_out = [(names(id), reason) for id, reason in choice.left_out]
    left_out += [(names(id), reason) for id, reason in not_these]
    standings = choice.standings
    return Explanation(
        rule,
        pinned,
        count,
        names(choice.account_id),
        tuple(left_out),
        standings.count("ready"),
        standings.count("busy"),
        standings.count("resting"),
        standings.count("out"),
    )
