"""An account's access token: kept, renewed in time and by one task at a time.

Preferred in this order: the token of the settings, the one in the vault, a refresh token, e-mail and password.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from typing import Final

from backend.errors import ProductError, UpstreamUnauthorized
from backend.upstream.access_tokens import jwt_expiry
from backend.upstream.protocol import Tokens, TokenVault
from backend.upstream.sign_in import SignIn

MARGIN: Final = 600.0  # seconds
PAUSE: Final = 60.0  # seconds between attempts while the token that there is still holds

log = logging.getLogger(__name__)


class AccountTokens:
    """`margin` is how many seconds before its end a token is renewed; while that goes on, and also if it fails, the
    token that there is goes on being given out until it ends.  Without `sign_in` there is only the given token.
    `account` names it in the log."""

    def __init__(
        self,
        sign_in: SignIn | None = None,
        *,
        account: str = "own",
        access_token: str | None = None,
        refresh_token: str | None = None,
        email: str | None = None,
        password: str | None = None,
        vault: TokenVault | None = None,
        margin: float = MARGIN,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._sign_in = sign_in
        self._account = account
        self._refresh_token = refresh_token
        self._email, self._password = email, password
        self._vault = vault
        self._margin = margin
        self._clock = clock
        self._current = None if access_token is None else Tokens(access_token, jwt_expiry(access_token))
        self._stored: Tokens | None = None
        self._renewed_refresh_token: str | None = None
        self._loaded = vault is None
        self._renewal: asyncio.Task[Tokens] | None = None
        self._not_before = 0.0

    async def token(self) -> str:
        now, current = self._clock(), self._current
        if current is None or not holds(current, now):
            return (await self._renewed(current)).access_token
        if not holds(current, now + self._margin) and now >= self._not_before and self._can_renew():
            self._begin_renewal(current)
        return current.access_token

    async def renew(self, rejected: str) -> str:
        """A token other than `rejected`; at once, if there is one already."""
        current = self._current
        if current is not None and current.access_token != rejected and holds(current, self._clock()):
            return current.access_token
        return (await self._renewed(current)).access_token

    async def sign_in(self) -> None:
        """A new token, whatever there is; that stays, here and in the vault, until the new one has come."""
        while self._renewal is not None:
            await asyncio.wait([self._renewal])
        await asyncio.shield(self._begin(self._replace()))

    async def close(self) -> None:
        if self._renewal is not None:
            self._renewal.cancel()
            await asyncio.wait([self._renewal])

    async def _renewed(self, replaced: Tokens | None) -> Tokens:
        # Shielded: a caller who leaves must not take the sign-in from the others who wait for it.
        return await asyncio.shield(self._begin_renewal(replaced))

    def _begin_renewal(self, replaced: Tokens | None) -> "asyncio.Task[Tokens]":
        return self._renewal or self._begin(self._renew(replaced))

    def _begin(self, renewing: Coroutine[None, None, Tokens]) -> "asyncio.Task[Tokens]":
        self._renewal = asyncio.create_task(renewing)
        self._renewal.add_done_callback(self._renewal_ended)
        return self._renewal

    def _renewal_ended(self, renewal: "asyncio.Task[Tokens]") -> None:
        self._renewal = None
        if not renewal.cancelled() and (error := renewal.exception()) is not None:
            self._not_before = self._clock() + PAUSE
            log.warning("The access token of account %r could not be renewed: %s", self._account, error)

    async def _renew(self, replaced: Tokens | None) -> Tokens:
        await self._load()
        stored, self._stored = self._stored, None  # tried once
        if stored and holds(stored, self._clock()) and stored.access_token != (replaced and replaced.access_token):
            self._current = stored
            return stored
        return await self._replace()

    async def _load(self) -> None:
        if self._vault is not None and not self._loaded:
            self._stored, self._loaded = await self._vault.load(), True
            self._renewed_refresh_token = self._stored.refresh_token if self._stored else None

    async def _replace(self) -> Tokens:
        await self._load()
        tokens = await self._fetched()
        self._stored = None
        self._current = tokens
        self._renewed_refresh_token = tokens.refresh_token or self._renewed_refresh_token
        if self._vault is not None:
            await self._vault.save(Tokens(tokens.access_token, tokens.expires_at, self._renewed_refresh_token))
        return tokens

    async def _fetched(self) -> Tokens:
        """New tokens by the first way that works; the last way's failure if none does."""
        failure: ProductError = UpstreamUnauthorized(
            "The access token has ended or was refused, and there is no other way to sign in. Give a fresh token."
        )
        if self._sign_in is None:
            raise failure
        for refresh_token in dict.fromkeys((self._renewed_refresh_token, self._refresh_token)):
            if refresh_token:
                try:
                    return await self._sign_in.with_refresh_token(refresh_token)
                except ProductError as error:
                    failure = error
        if self._email and self._password:
            return await self._sign_in.with_password(self._email, self._password)
        raise failure

    def _can_renew(self) -> bool:
        if not self._loaded:
            return True
        ways = (self._renewed_refresh_token, self._refresh_token, self._email and self._password)
        return self._sign_in is not None and any(ways)


def holds(tokens: Tokens, now: float) -> bool:
    return bool(tokens.access_token) and (tokens.expires_at is None or tokens.expires_at > now)
