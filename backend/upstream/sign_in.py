"""Signing in to the ChatGPT web service: the pages a browser would walk through, or a refresh token.

A human check on the way is never answered; it ends the sign-in with a sentence that says what a person can do.
"""

import re
import time
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

import orjson
from yarl import URL

from backend import errors
from backend.upstream import failures
from backend.upstream.access_tokens import jwt_expiry
from backend.upstream.connections import Connection, Limits, Timeouts
from backend.upstream.event_stream import MIB
from backend.upstream.json_bodies import to_json
from backend.upstream.protocol import Tokens

LOGIN_URL: Final = "https://chatgpt.com"
AUTH_URL: Final = "https://auth0.openai.com"
CLIENT_ID: Final = "pdlLIX2Y72MIl2rhLhTE9VV9bN905kBh"  # public: that of the service's own app for telephones
REDIRECT_URI: Final = "com.openai.chat://auth0.openai.com/ios/com.openai.chat/callback"
TIMEOUTS: Final = Timeouts(connect=15.0, first_byte=30.0, between_reads=30.0, whole=60.0)
LIMITS: Final = Limits(answer=4 * MIB, document=4 * MIB)
MOST_REDIRECTS: Final = 10
HTML: Final = "text/html,application/xhtml+xml"

WRONG: Final = re.compile(
    rb"(wrong|incorrect|invalid)[^<>]{0,40}(password|e-?mail|username|credentials)"
    rb"|(password|e-?mail|username|credentials)[^<>]{0,40}(wrong|incorrect|invalid|not valid)"
    rb"|valid e-?mail",
    re.IGNORECASE,
)
BY_HAND: Final = "Sign in with a browser and give the access token of that session instead."
LOCKED: Final = re.compile(
    rb"\blocked\b|\bblocked\b|too many (attempts|requests)|suspicious|deactivated", re.IGNORECASE
)
ASKS_FOR_CHECK: Final = re.compile(
    rb"""name=["']captcha|alt=["']captcha|ulp-captcha|cf-turnstile|g-recaptcha|h-captcha|arkose""", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Page:
    """Where a step ended, after its redirects."""

    status: int
    url: URL
    headers: dict[str, str]
    body: bytes


class SignIn:
    """One account's ways to a token.  Each call walks alone, with cookies of its own, through the account's proxy."""

    def __init__(
        self,
        login_url: str = LOGIN_URL,
        auth_url: str = AUTH_URL,
        proxy: str | None = None,
        timeouts: Timeouts = TIMEOUTS,
        limits: Limits = LIMITS,
        clock: Callable[[], float] = time.time,
        client_id: str = CLIENT_ID,
        redirect_uri: str = REDIRECT_URI,
    ) -> None:
        self._login_url = login_url.rstrip("/")
        self._auth_url = auth_url.rstrip("/")
        self._proxy = proxy
        self._timeouts = timeouts
        self._limits = limits
        self._clock = clock
        self._client_id = client_id
        self._redirect_uri = redirect_uri

    async def with_password(self, email: str, password: str) -> Tokens:
        async with aclosing(self._walk()) as walk:
            csrf = text_in(await walk.get("csrf", f"{self._login_url}/api/auth/csrf"), "csrf", "csrfToken")
            form = {"callbackUrl": f"{self._login_url}/", "csrfToken": csrf, "json": "true"}
            begun = await walk.post("signin", f"{self._login_url}/api/auth/signin/auth0?prompt=login", form)
            page = await walk.get("authorize", text_in(begun, "signin", "url"))
            page = await self._name(walk, page, email)
            await self._prove(walk, page, email, password)
            session = await walk.get("session", f"{self._login_url}/api/auth/session")
            token = text_in(session, "session", "accessToken")
        return Tokens(token, jwt_expiry(token))

    async def with_refresh_token(self, refresh_token: str) -> Tokens:
        grant = {
            "grant_type": "refresh_token",
            "refresh_token": refresh_token,
            "client_id": self._client_id,
            "redirect_uri": self._redirect_uri,
        }
        async with aclosing(self._walk()) as walk:
            page = await walk.send(
                "refresh", "POST", f"{self._auth_url}/oauth/token", to_json(grant), "application/json"
            )
        if page.status in (400, 401, 403) and b"invalid_grant" in page.body:
            raise errors.SignInFailed("The refresh token is no longer accepted. An admin should give a fresh one.")
        refuse_unless_good("refresh", page, self._clock())
        token = text_in(page, "refresh", "access_token")
        answer = orjson.loads(page.body)
        lifetime = failures.seconds(answer.get("expires_in"))
        expires_at = jwt_expiry(token) or (None if lifetime is None else self._clock() + lifetime)
        renewed = answer.get("refresh_token")
        return Tokens(token, expires_at, renewed if isinstance(renewed, str) and renewed else refresh_token)

    async def _name(self, walk: "Walk", page: Page, email: str) -> Page:
        """From the page that asks who it is to the one that asks for the password."""
        state = state_of(page, "/u/login/identifier", "identifier")
        page = await walk.post("identifier", page.url, {"state": state, "username": email, "action": "default"}, {400})
        if page.status == 400:
            raise wrong_password() if WRONG.search(page.body) else changed("identifier")
        return page

    async def _prove(self, walk: "Walk", page: Page, email: str, password: str) -> None:
        """Sends the password and follows the way back to the login host."""
        state = state_of(page, "/u/login/password", "password")
        form = {"state": state, "username": email, "password": password, "action": "default"}
        page = await walk.post("password", page.url, form, {400, 401})
        if page.status in (400, 401):
            if WRONG.search(page.body):
                raise wrong_password()
            raise locked() if LOCKED.search(page.body) else changed("password")
        if "/u/" in page.url.path:
            raise blocked("asks for a second factor") if "mfa" in page.url.path else changed("password")

    def _walk(self) -> "Walk":
        connection = Connection(self._proxy, self._timeouts, self._limits, cookies=True)
        return Walk(connection, {URL(self._login_url).origin(), URL(self._auth_url).origin()}, self._clock)


class Walk:
    """A browser's part: cookies, and redirects among the hosts that the settings name."""

    def __init__(self, connection: Connection, hosts: set[URL], clock: Callable[[], float]) -> None:
        self._connection = connection
        self._hosts = hosts
        self._clock = clock

    async def get(self, step: str, url: str | URL) -> Page:
        return await self._follow(step, await self.send(step, "GET", url), frozenset())

    async def post(
        self, step: str, url: str | URL, form: dict[str, str], expected: frozenset[int] | set[int] = frozenset()
    ) -> Page:
        body = urlencode(form, errors="replace").encode()
        page = await self.send(step, "POST", url, body, "application/x-www-form-urlencoded")
        return await self._follow(step, page, expected)

    async def send(self, step: str, method: str, url: str | URL, body: bytes | None = None, kind: str = "") -> Page:
        target = URL(url)
        if not target.is_absolute() or target.origin() not in self._hosts:
            raise changed(step)
        headers = {"Accept": f"{HTML},application/json;q=0.9"} | ({"Content-Type": kind} if kind else {})
        answer = await self._connection.send(method, target, headers, body)
        try:
            return Page(answer.status, target, answer.headers, await answer.document())
        finally:
            answer.drop()

    async def aclose(self) -> None:
        await self._connection.close()

    async def _follow(self, step: str, page: Page, expected: frozenset[int] | set[int]) -> Page:
        for _ in range(MOST_REDIRECTS):
            if not 300 <= page.status < 400:
                if page.status not in expected or failures.HUMAN_CHECK.search(page.body):
                    refuse_unless_good(step, page, self._clock())
                return page
            try:
                target = page.url.join(URL(page.headers.get("location", "")))
            except ValueError:
                raise changed(step) from None
            page = await self.send(step, "GET", target)
        raise changed(step)


def refuse_unless_good(step: str, page: Page, now: float) -> None:
    """Raise what a page says that is not the one looked for."""
    if page.status == 200 and not ASKS_FOR_CHECK.search(page.body):
        return
    if page.status in (429, *range(500, 600)) and "cf-mitigated" not in page.headers:
        raise failures.of_answer(page.status, page.headers, b"", None, now, remembers=False)
    if failures.HUMAN_CHECK.search(page.body) or "cf-mitigated" in page.headers:
        raise human_check()
    if page.status == 403:
        raise locked() if LOCKED.search(page.body) else blocked("refused without a reason")
    raise changed(step)


def state_of(page: Page, path: str, step: str) -> str:
    state = page.url.query.get("state")
    if not page.url.path.endswith(path) or not state:
        raise changed(step)
    return state


def text_in(page: Page, step: str, key: str) -> str:
    """A text out of the page's JSON."""
    try:
        value = orjson.loads(page.body)[key]
    except (orjson.JSONDecodeError, KeyError, TypeError):
        raise changed(step) from None
    if not isinstance(value, str) or not value:
        raise changed(step)
    return value


def wrong_password() -> errors.WrongPassword:
    return errors.WrongPassword("The service did not accept this e-mail address and password.")


def human_check() -> errors.SignInHumanCheck:
    return errors.SignInHumanCheck(f"The sign-in asks for a human check, which this server does not answer. {BY_HAND}")


def locked() -> errors.AccountLocked:
    return errors.AccountLocked(
        "The service has locked this account. Sign in with a browser to see why and to unlock it."
    )


def blocked(why: str) -> errors.SignInBlocked:
    return errors.SignInBlocked(f"The sign-in service {why}. {BY_HAND}")


def changed(step: str) -> errors.SignInPageChanged:
    return errors.SignInPageChanged(
        f"The sign-in has changed at the step “{step}”, so this version cannot sign in. Give an access token instead.",
        step=step,
    )
