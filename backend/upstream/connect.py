"""From settings to upstreams: which adapter, which proxy, which way to a token."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Final

from backend.settings import AccountSettings, ChatGPTAccount, OpenAIAccount, RehearsalAccount, Settings
from backend.upstream.access_tokens import token_fingerprint
from backend.upstream.account_tokens import AccountTokens
from backend.upstream.chatgpt import ChatGPT
from backend.upstream.connections import Limits, Timeouts
from backend.upstream.openai_compatible import OpenAICompatible
from backend.upstream.protocol import TokenVault, Upstream
from backend.upstream.sign_in import TIMEOUTS, SignIn

AUTO: Final = "auto"  # the model that the service picks by itself
REHEARSAL_PASSWORD: Final = "rehearsal"  # noqa: S105  of the stand-in, which is nobody's account

Clock = Callable[[], float]


class Connector:
    """Makes the upstream of each account.  Nothing is connected before the first prompt."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._timeouts = Timeouts(
            connect=settings.timeouts.connect,
            first_byte=settings.timeouts.first_byte,
            between_reads=settings.timeouts.between_reads,
            whole=settings.timeouts.whole_reply,
        )
        self._limits = Limits(answer=settings.limits.upstream_answer)
        self._sign_in_timeouts = Timeouts(
            connect=self._timeouts.connect,
            first_byte=min(TIMEOUTS.first_byte, self._timeouts.first_byte),
            between_reads=min(TIMEOUTS.between_reads, self._timeouts.between_reads),
            whole=TIMEOUTS.whole,
        )
        # A reply in whole messages repeats its text with every event, so the same text weighs much more there.
        self._chatgpt_limits = replace(self._limits, answer=8 * self._limits.answer)
        self._rehearsal: tuple[str, str, str] | None = None
        own = settings.own_accounts
        self.sign_in = self._sign_in(own.login_url, own.auth_url, settings.proxy_of(own))
        self.fingerprint = token_fingerprint

    @asynccontextmanager
    async def opened(self) -> AsyncIterator["Connector"]:
        """While it is open, the rehearsal upstream runs, if an account asks for it."""
        rehearsing = [account for account in self._settings.accounts if isinstance(account, RehearsalAccount)]
        if not rehearsing:
            yield self
            return
        from backend.upstream import rehearsal

        accounts = [rehearsal.RehearsalAccount(email_of(a), REHEARSAL_PASSWORD, a.plus) for a in rehearsing]
        server = rehearsal.RehearsalServer(accounts, clock=self._clock, adopts=True)
        await server.start()
        self._rehearsal = (server.base_url, server.login_url, server.auth_url)
        try:
            yield self
        finally:
            await server.stop()

    def built_in(self, account: AccountSettings, vault: TokenVault) -> Upstream:
        """The upstream of one account of the settings; `vault` keeps its tokens."""
        if isinstance(account, OpenAIAccount):
            return OpenAICompatible(
                account.name,
                account.base_url,
                account.model,
                account.api_key.get_secret_value() if account.api_key else None,
                account.context,
                self._settings.proxy_of(account),
                self._timeouts,
                self._limits,
                self._clock,
            )
        if isinstance(account, RehearsalAccount):
            return self._rehearsing(account, vault)
        return self._chatgpt(account, vault)

    def own(self, access_token: str, plus: bool) -> Upstream:
        """A caller's own account, by its token alone."""
        own = self._settings.own_accounts
        return ChatGPT(
            "own",
            AccountTokens(access_token=access_token, clock=self._clock),
            own.base_url,
            (own.plus_model if plus else own.model) or AUTO,
            self._settings.proxy_of(own),
            self._timeouts,
            self._chatgpt_limits,
            self._clock,
        )

    def _sign_in(self, login_url: str, auth_url: str, proxy: str | None = None) -> SignIn:
        return SignIn(login_url, auth_url, proxy, self._sign_in_timeouts, clock=self._clock)

    def _chatgpt(self, account: ChatGPTAccount, vault: TokenVault) -> Upstream:
        proxy = self._settings.proxy_of(account)
        tokens = AccountTokens(
            self._sign_in(account.login_url, account.auth_url, proxy),
            access_token=account.access_token.get_secret_value() if account.access_token else None,
            refresh_token=account.refresh_token.get_secret_value() if account.refresh_token else None,
            email=account.email,
            password=account.password.get_secret_value() if account.password else None,
            vault=vault,
            clock=self._clock,
        )
        return ChatGPT(
            account.name,
            tokens,
            account.base_url,
            account.model or AUTO,
            proxy,
            self._timeouts,
            self._chatgpt_limits,
            self._clock,
        )

    def _rehearsing(self, account: RehearsalAccount, vault: TokenVault) -> Upstream:
        if self._rehearsal is None:
            raise RuntimeError("the connector is not open")
        base_url, login_url, auth_url = self._rehearsal
        tokens = AccountTokens(
            self._sign_in(login_url, auth_url),
            email=email_of(account),
            password=REHEARSAL_PASSWORD,
            vault=vault,
            clock=self._clock,
        )
        return ChatGPT(
            account.name,
            tokens,
            base_url,
            account.model or AUTO,
            None,
            self._timeouts,
            self._chatgpt_limits,
            self._clock,
        )


def email_of(account: RehearsalAccount) -> str:
    """Different for different names, whatever characters they have."""
    return f"{account.name.encode().hex()}@rehearsal.example.org"
