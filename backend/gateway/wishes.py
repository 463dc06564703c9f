"""What a prompt asks of the pool, and which of its members are out of the question for it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from backend.domain.accounts import Account, AccountState, Plan
from backend.domain.choice import SENTENCES, unsuitable
from backend.domain.upkeep import NOTHING, ByHand
from backend.upstream.protocol import Upstream

ANY_MODEL: Final = frozenset({"", "auto", "default"})  # what leaves the choice to the account

Reasons = tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """A conversation's own account (`account_id`), or any that suits the plan and the caller, offers the model and is
    none of `not_these`, each with its reason."""

    plan: Plan = "any"
    may_use_plus: bool = False
    account_id: int | None = None
    not_these: Reasons = ()
    model: str | None = None

    def of_model(self, model: str | None) -> "Wish":
        """The same with a model; whoever goes on with an account has no choice left, which that account judges."""
        return self if self.account_id is not None or (model or "") in ANY_MODEL else replace(self, model=model)


@dataclass(frozen=True, slots=True)
class Offer:
    """The models that an account said it has; `until` when that may be taken for all of them, in seconds since the
    epoch."""

    models: frozenset[str] = frozenset()
    until: float = 0.0

    def has(self, model: str) -> bool:
        """Servers of the kind of Ollama leave the tag of a model out where it is `latest`."""
        return model in self.models or f"{model}:latest" in self.models


@dataclass(slots=True)
class Member:
    account: Account
    upstream: Upstream
    state: AccountState
    token: str | None = None
    said: ByHand = NOTHING
    last_used: float | None = None
    offer: Offer = field(default_factory=Offer)


def without_model(wish: Wish, members: Iterable[Member], now: float) -> Reasons:
    """Those that do not offer the model.  An account that has not said what it offers, or long ago, may have it: it is
    passed over only where another one that the caller may use is known to."""
    if wish.model is None:
        return ()
    model = wish.model
    lacking = [member for member in members if not member.offer.has(model)]
    ids = {member.state.id for member in lacking}
    known = any(suits(wish, member.state) for member in members if member.state.id not in ids)
    return tuple(
        (member.state.id, SENTENCES["without_model"]) for member in lacking if known or now < member.offer.until
    )


def suits(wish: Wish, state: AccountState) -> bool:
    return unsuitable(state, wish.plan, wish.may_use_plus) is None
