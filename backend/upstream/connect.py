"""From settings to upstreams: which adapter, which proxy, which way to a token."""

import hashlib
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from backend.errors import InvalidInput
from backend.settings import (
    AccountSettings,
    ChatGPTAccount,
    OpenAIAccount,
    RehearsalAccount,
    Settings,
    account_of,
    changed_account,
    definition_of,
)
from backend.upstream.access_tokens import token_fingerprint
from backend.upstream.account_tokens import AccountTokens
from backend.upstream.chatgpt import ChatGPT
from backend.upstream.connections import Limits, Timeouts
from backend.upstream.openai_compatible import OpenAICompatible
from backend.upstream.protocol import (
    Definition,
    ProxyReport,
    SecretOfAccount,
    ShownDefinition,
    Tokens,
    TokenVault,
    Upstream,
)
from backend.upstream.proxy_check import check_proxy
from backend.upstream.sign_in import TIMEOUTS, SignIn

if TYPE_CHECKING:
    from backend.upstream.rehearsal import RehearsalServer

AUTO: Final = "auto"  # the model that the service picks by itself
SHARING: Final = frozenset({"plus", "weight", "concurrency", "context"})  # how an account is used, not what it is
SECRETS: Final[tuple[SecretOfAccount, ...]] = ("access_token", "refresh_token", "password", "api_key")
REHEARSAL_PASSWORD: Final = "rehearsal"  # noqa: S105  of the stand-in, which is nobody's account

Clock = Callable[[], float]


class Connector:
    """Makes the upstream of each account.  Nothing is connected before the first prompt."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._clock = clock
        self._rehearsal: RehearsalServer | None = None
        self.fingerprint = token_fingerprint
        self.take(settings)

    def take(self, settings: Settings) -> None:
        """Other settings, for the upstreams that are made from now on."""
        self._settings = settings
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
        own = settings.own_accounts
        self._own_sign_in = self._sign_in(own.login_url, own.auth_url, settings.proxy_of(own))

    async def with_password(self, email: str, password: str) -> Tokens:
        """Sign in to a caller's own account."""
        return await self._own_sign_in.with_password(email, password)

    async def prepare(self, accounts: Iterable[Definition]) -> None:
        """Start the rehearsal upstream if one of the accounts asks for it."""
        rehearsing = [account for account in accounts if isinstance(account, RehearsalAccount)]
        if not rehearsing:
            return
        from backend.upstream import rehearsal

        known = [rehearsal.RehearsalAccount(email_of(a), REHEARSAL_PASSWORD, a.plus) for a in rehearsing]
        if self._rehearsal is None:
            server = rehearsal.RehearsalServer(known, clock=self._clock, adopts=True)
            await server.start()
            self._rehearsal = server
        for account in known:
            self._rehearsal.welcome(account)

    @asynccontextmanager
    async def opened(self) -> AsyncIterator["Connector"]:
        """On leaving, the rehearsal upstream ends, if it runs."""
        try:
            yield self
        finally:
            if self._rehearsal is not None:
                await self._rehearsal.stop()

    def define(self, values: Mapping[str, object]) -> AccountSettings:
        """An account that an admin defines.  Raises `InvalidInput`."""
        return account_of(values, self._settings)

    def redefine(self, account: Definition, changes: Mapping[str, object]) -> AccountSettings:
        """The same with other values for some of its keys, None for one that goes.  Raises `InvalidInput`."""
        return changed_account(defined(account), changes, self._settings)

    def way_of(self, account: Definition) -> object:
        """What the account's upstream is made of: while this is the same, it need not be made anew."""
        settings, known = self._settings, defined(account)
        return known, settings.proxy_of(known), self._timeouts, self._limits

    def identity_of(self, account: Definition) -> str:
        """Whose tokens the account's are, and what they were got with: they are kept, and used, for this alone."""
        known = defined(account)
        parts = [known.kind, known.name]
        if isinstance(known, ChatGPTAccount):
            refresh = known.refresh_token.get_secret_value() if known.refresh_token else ""
            parts = [known.kind, known.base_url, known.login_url, known.auth_url, known.email or refresh]
            if known.password:
                parts += [known.password.get_secret_value(), refresh]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def far_end_of(self, account: Definition) -> str:
        """Whom the account asks, as whom and which way: while this is the same, it stands as it stood."""
        known = defined(account)
        parts = [(key, value) for key, value in sorted(definition_of(known).items()) if key not in SHARING]
        return hashlib.sha256(repr((parts, self._settings.proxy_of(known))).encode()).hexdigest()

    def shown(self, account: Definition) -> ShownDefinition:
        """What an admin may read of an account that is kept in the record."""
        known = defined(account)
        login, at, _ = urlsplit(known.proxy or "").netloc.rpartition("@")
        return ShownDefinition(
            known.weight,
            known.concurrency,
            known.proxy.replace(login + at, "", 1) if known.proxy else None,
            known.model,
            getattr(known, "context", None),
            getattr(known, "base_url", None),
            getattr(known, "login_url", None),
            getattr(known, "auth_url", None),
            getattr(known, "email", None),
            (*(key for key in SECRETS if getattr(known, key, None)), *(("proxy_login",) if at else ())),
        )

    def has_proxy(self, account: Definition) -> bool:
        known = defined(account)
        return not isinstance(known, RehearsalAccount) and self._settings.proxy_of(known) is not None

    async def check_proxy(self, account: Definition) -> ProxyReport:
        """Raises `InvalidInput` for an account without a proxy."""
        known = defined(account)
        proxy = None if isinstance(known, RehearsalAccount) else self._settings.proxy_of(known)
        if proxy is None or isinstance(known, RehearsalAccount):
            raise InvalidInput(
                "This account has no proxy: it goes to its upstream directly.", field="name", mistake="no_proxy"
            )
        return await check_proxy(proxy, known.base_url, self._timeouts.connect)

    def built_in(self, definition: Definition, vault: TokenVault) -> Upstream:
        """The upstream of one built-in account; `vault` keeps its tokens."""
        account = defined(definition)
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
            account=account.name,
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
            raise RuntimeError("the connector was not prepared")
        base_url, login_url, auth_url = self._rehearsal.base_url, self._rehearsal.login_url, self._rehearsal.auth_url
        tokens = AccountTokens(
            self._sign_in(login_url, auth_url),
            account=account.name,
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


def defined(account: Definition) -> AccountSettings:
    """The account with all that its kind has."""
    if not isinstance(account, ChatGPTAccount | OpenAIAccount | RehearsalAccount):
        raise TypeError("an account is defined by the settings' models")
    return account
