"""Accounts as people see them, and access tokens for a caller's own."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from backend.domain.access import Action, Caller, may, require
from backend.domain.accounts import Account, AccountState
from backend.domain.choice import Explanation, rehearses
from backend.domain.replies import Turn
from backend.errors import InvalidInput, ProductError
from backend.gateway.account_pool import AccountPool
from backend.upstream.protocol import Model, Tokens, Upstream

MODELS_SECONDS: Final = 600.0  # for which an account is not asked again what it offers
MODELS_SECONDS_FAILED: Final = 30.0  # likewise, where it did not answer


@dataclass(slots=True)
class Offer:
    models: asyncio.Future[list[Model]]
    until: float
    upstream: Upstream


class SignInDoor(Protocol):
    """Signs in with e-mail and password and keeps nothing of either."""

    async def with_password(self, email: str, password: str) -> Tokens: ...


class Accounts:
    def __init__(self, pool: AccountPool, sign_in: SignInDoor, clock: Callable[[], float]) -> None:
        self._pool = pool
        self._sign_in = sign_in
        self._clock = clock
        self._offers: dict[int, Offer] = {}

    async def overview(self, caller: Caller) -> list[tuple[Account, AccountState]]:
        """The built-in accounts and how each stands."""
        require(caller, Action.READ_ACCOUNTS)
        return self._pool.overview()

    async def explain(self, caller: Caller, turn: Turn) -> Explanation | None:
        """Why a turn of the caller's has its account; names and reasons are for those who may see the accounts.  None
        where it has none, or is older than explanations are."""
        require(caller, Action.READ_CONVERSATIONS)
        if turn.choice is None or may(caller, Action.READ_ACCOUNTS):
            return turn.choice
        return turn.choice.without_names()

    async def rehearsing(self, caller: Caller) -> bool:
        """Whether it is a script that answers the caller's new conversations."""
        require(caller, Action.READ_SELF)
        return rehearses(self._pool.overview(), caller.plus)

    async def models(self, caller: Caller) -> list[Model]:
        """What the built-in accounts that the caller may use offer, by name.  Accounts that do not answer add nothing;
        where none does, the failure of one is raised."""
        require(caller, Action.CHAT)
        asked = [
            self._offer(state.id, upstream)
            for state, upstream in self._pool.built_in()
            if (caller.plus or not state.plus) and state.health in ("ready", "resting")
        ]
        found: dict[str, Model] = {}
        failures: list[BaseException] = []
        for answer in await asyncio.gather(*asked, return_exceptions=True):
            if isinstance(answer, BaseException):
                failures.append(answer)
            else:
                found |= {model.name: model for model in answer if model.name not in found}
        for failure in failures:
            if not found or not isinstance(failure, ProductError):
                raise failure
        return [found[name] for name in sorted(found)]

    async def _offer(self, account_id: int, upstream: Upstream) -> list[Model]:
        now = asyncio.get_running_loop().time()
        offer = self._offers.get(account_id)
        if offer is None or offer.until <= now or offer.upstream is not upstream:
            asking = asyncio.ensure_future(upstream.models())
            offer = self._offers[account_id] = Offer(asking, now + MODELS_SECONDS, upstream)
        try:
            models = await asyncio.shield(offer.models)
        except ProductError:
            offer.until = min(offer.until, now + MODELS_SECONDS_FAILED)
            raise
        names = frozenset(model.name for model in models)
        self._pool.offers(account_id, upstream, names, self._clock() + offer.until - now)
        return models

    async def retrieve_access_token(self, caller: Caller, email: str, password: str) -> Tokens:
        """Sign in to ChatGPT with the caller's own e-mail and password.  Raises `SignInFailed` or `UpstreamFailure`."""
        require(caller, Action.RETRIEVE_ACCESS_TOKEN)
        for name, value in (("email", email), ("password", password)):
            if not value:
                raise InvalidInput(f"`{name}` is missing.", field=name, mistake="missing")
        return await self._sign_in.with_password(email, password)
