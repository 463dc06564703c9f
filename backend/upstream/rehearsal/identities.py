"""Accounts of the rehearsal upstream and what proves them: passwords, access tokens, refresh tokens."""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import jwt
from jwt.types import Options

from backend.upstream.rehearsal.refusals import Refused, token_expired

CLIENT_ID: Final = "rehearsal-client"


@dataclass(frozen=True, slots=True)
class RehearsalAccount:
    """`encoding` is the stream encoding in which the account's replies come."""

    email: str
    password: str
    plus: bool = False
    encoding: Literal["messages", "delta"] = "delta"
    refresh_token: str | None = None

    @property
    def user_id(self) -> str:
        return "user-" + hashlib.sha256(self.email.lower().encode()).hexdigest()[:24]


DEFAULT_ACCOUNT: Final = RehearsalAccount("rehearsal@example.org", "rehearsal")


class Identities:
    """Who is who.  Tokens are JSON Web Tokens (HS256, a key of this object's own) and can be ended early."""

    def __init__(self, accounts: Sequence[RehearsalAccount], clock: Callable[[], float], token_lifetime: float) -> None:
        self._accounts = {account.email.lower(): account for account in accounts}
        if len(self._accounts) != len(accounts):
            raise ValueError("two rehearsal accounts have the same e-mail address")
        self._clock = clock
        self.token_lifetime = token_lifetime
        self._key = secrets.token_bytes(32)
        self._live: dict[str, set[str]] = {email: set() for email in self._accounts}
        self._refresh = {a.refresh_token: a for a in accounts if a.refresh_token is not None}

    def welcome(self, account: RehearsalAccount) -> None:
        self._accounts[account.email.lower()] = account
        self._live.setdefault(account.email.lower(), set())

    def of_email(self, email: str) -> RehearsalAccount:
        return self._accounts[email.lower()]

    def with_password(self, email: str, password: str) -> RehearsalAccount | None:
        account = self._accounts.get(email.lower())
        if account is None or not hmac.compare_digest(account.password.encode(), password.encode()):
            return None
        return account

    def issue_token(self, email: str) -> str:
        account, now = self.of_email(email), self._clock()
        token_id = secrets.token_hex(16)
        self._live[account.email.lower()].add(token_id)
        claims = {
            "iss": "rehearsal",
            "sub": f"auth0|{account.user_id}",
            "email": account.email,
            "https://api.openai.com/profile": {"email": account.email, "email_verified": True},
            "https://api.openai.com/auth": {"user_id": account.user_id},
            "iat": int(now),
            "exp": int(now + self.token_lifetime),
            "jti": token_id,
        }
        return jwt.encode(claims, self._key, algorithm="HS256")

    def expire_tokens(self, email: str) -> None:
        self._live[self.of_email(email).email.lower()].clear()

    def is_live(self, token: str) -> bool:
        try:
            self.of_token(token)
        except Refused:
            return False
        return True

    def of_token(self, token: str) -> RehearsalAccount:
        """The account that the token proves; raises `Refused` (401) for any other token."""
        ours: Options = {"verify_exp": False, "verify_iat": False, "require": ["exp", "jti", "email"]}
        try:
            claims = jwt.decode(token, self._key, algorithms=["HS256"], options=ours)
        except (jwt.InvalidTokenError, ValueError) as error:
            raise Refused(401, {"message": "The access token cannot be read.", "code": "invalid_jwt"}) from error
        account = self._accounts.get(str(claims["email"]).lower())
        expired = claims["exp"] <= self._clock()
        if account is None or expired or claims["jti"] not in self._live[account.email.lower()]:
            raise token_expired()
        return account

    def refresh(self, refresh_token: str) -> tuple[RehearsalAccount, str] | None:
        """The account and the refresh token that replaces the one given, which is used up; None for an unknown one."""
        account = self._refresh.pop(refresh_token, None)
        if account is None:
            return None
        renewed = "v1." + secrets.token_urlsafe(32)
        self._refresh[renewed] = account
        return account, renewed
