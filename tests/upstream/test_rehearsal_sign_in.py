from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import aiohttp
import pytest

from backend.upstream.rehearsal import Fault

EMAIL, PASSWORD = "delta@example.org", "delta password"


class Browser:
    """Walks through the pages one by one; `changes` spoils a step's form by its name."""

    def __init__(self, server: Any, http: aiohttp.ClientSession) -> None:
        self.server, self.http = server, http
        self.changes: dict[str, dict[str, str | None]] = {}
        self.status, self.text, self.url = 0, "", ""

    async def go(self, method: str, url: str, step: str = "", **form: str) -> Any:
        sent = {name: value for name, value in (form | self.changes.get(step, {})).items() if value is not None}
        options = {"data": sent} if method == "POST" else {}
        async with self.http.request(method, url, allow_redirects=False, **options) as response:  # type: ignore[arg-type]
            self.status, self.text = response.status, await response.text()
            self.url = urljoin(url, response.headers.get("Location", ""))
            return await response.json() if response.content_type == "application/json" else None

    @property
    def state(self) -> str:
        return parse_qs(urlsplit(self.url).query)["state"][0]

    async def begin(self) -> None:
        """As far as the page that asks for the e-mail address."""
        csrf = (await self.go("GET", self.server.login_url + "/api/auth/csrf"))["csrfToken"]
        form = {"callbackUrl": self.server.login_url + "/", "csrfToken": csrf, "json": "true"}
        answer = await self.go("POST", self.server.login_url + "/api/auth/signin/auth0?prompt=login", "signin", **form)
        if self.status == 200:
            await self.go("GET", answer["url"])

    async def enter_email(self, email: str = EMAIL) -> None:
        await self.begin()
        form = {"state": self.state, "username": email, "action": "default"}
        await self.go("POST", self.url, "identifier", **form)

    async def enter_password(self, password: str = PASSWORD, email: str = EMAIL) -> None:
        await self.enter_email(email)
        form = {"state": self.state, "username": email, "password": password, "action": "default"}
        await self.go("POST", self.url, "password", **form)

    async def finish(self) -> Any:
        await self.enter_password()
        while self.status == 302:
            await self.go("GET", self.url)
        return await self.go("GET", self.server.login_url + "/api/auth/session")

    def forget(self, *, path: str) -> None:
        self.http.cookie_jar.clear(lambda cookie: cookie["path"] == path)


@pytest.fixture
async def browser(rehearsal: Any) -> AsyncIterator[Browser]:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        yield Browser(rehearsal, http)


async def test_an_email_address_and_password_lead_to_an_access_token(
    rehearsal: Any, browser: Browser, speaker: Any
) -> None:
    session = await browser.finish()
    assert session["user"]["email"] == EMAIL
    assert session["expires"].startswith("2026-")
    heard = await speaker.send(EMAIL, speaker.body("Hello"), session["accessToken"])
    assert (heard.status, rehearsal.violations) == (200, [])
    steps = [seen.step for seen in rehearsal.requests if seen.endpoint == "sign_in"]
    assert steps == ["csrf", "signin", "authorize", "identifier", "password", "resume", "callback", "session"]


async def test_the_session_gives_the_same_token_until_it_ends(rehearsal: Any, browser: Browser) -> None:
    first = (await browser.finish())["accessToken"]
    url = browser.server.login_url + "/api/auth/session"
    again = (await browser.go("GET", url))["accessToken"]
    rehearsal.expire_tokens(EMAIL)
    renewed = (await browser.go("GET", url))["accessToken"]
    assert first == again != renewed


async def test_the_pages_hold_forms_for_people(browser: Browser) -> None:
    await browser.begin()
    await browser.go("GET", browser.url)
    assert (browser.status, 'name="username"' in browser.text) == (200, True)
    await browser.enter_email()
    await browser.go("GET", browser.url)
    assert (browser.status, 'name="password"' in browser.text) == (200, True)


@pytest.mark.parametrize("email", [EMAIL, "stranger@example.org"])
async def test_a_wrong_password_or_address_is_told_on_the_page(rehearsal: Any, browser: Browser, email: str) -> None:
    await browser.enter_password("wrong", email)
    assert (browser.status, "Wrong email or password" in browser.text) == (400, True)
    assert await browser.go("GET", browser.server.login_url + "/api/auth/session") == {}
    assert rehearsal.violations == []


@pytest.mark.parametrize(
    ("step", "field", "value"),
    [
        ("signin", "csrfToken", "0" * 64),
        ("signin", "csrfToken", None),
        ("signin", "json", None),
        ("signin", "callbackUrl", None),
        ("identifier", "state", None),
        ("identifier", "state", "another"),
        ("identifier", "action", None),
        ("password", "state", None),
        ("password", "action", "other"),
        ("password", "username", None),
    ],
)
async def test_a_step_that_is_not_as_the_pages_ask_is_refused(
    rehearsal: Any, browser: Browser, step: str, field: str, value: str | None
) -> None:
    browser.changes[step] = {field: value}
    await {"signin": browser.begin, "identifier": browser.enter_email, "password": browser.enter_password}[step]()
    assert (browser.status, len(rehearsal.violations)) == (400, 1)


async def test_the_csrf_cookie_is_needed(rehearsal: Any, browser: Browser) -> None:
    csrf = (await browser.go("GET", browser.server.login_url + "/api/auth/csrf"))["csrfToken"]
    browser.forget(path="/")
    form = {"callbackUrl": "/", "csrfToken": csrf, "json": "true"}
    await browser.go("POST", browser.server.login_url + "/api/auth/signin/auth0?prompt=login", **form)
    assert (browser.status, len(rehearsal.violations)) == (400, 1)


@pytest.mark.parametrize("path", ["/", "/auth"])
async def test_the_cookies_of_the_steps_before_are_needed(rehearsal: Any, browser: Browser, path: str) -> None:
    await browser.enter_password()
    browser.forget(path=path)
    while browser.status == 302:
        await browser.go("GET", browser.url)
    assert (browser.status, len(rehearsal.violations)) == (400, 1)


@pytest.mark.parametrize("page", ["/u/login/identifier", "/u/login/password", "/authorize/resume"])
async def test_a_page_without_a_state_is_refused(rehearsal: Any, browser: Browser, page: str) -> None:
    await browser.enter_email()
    await browser.go("GET", rehearsal.auth_url + page)
    assert (browser.status, len(rehearsal.violations)) == (400, 1)


async def test_the_code_of_a_sign_in_is_good_once(rehearsal: Any, browser: Browser) -> None:
    await browser.enter_password()
    await browser.go("GET", browser.url)
    callback = browser.url
    await browser.go("GET", callback)
    assert (browser.status, browser.url) == (302, rehearsal.login_url + "/")
    await browser.go("GET", callback)
    assert (browser.status, len(rehearsal.violations)) == (400, 1)


@pytest.mark.parametrize(
    ("fault", "status", "says"),
    [
        (Fault("human-check"), 403, "captcha"),
        (Fault("human-check", step="password"), 403, "captcha"),
        (Fault("locked"), 400, "blocked"),
        (Fault("changed-page"), 200, "passkey"),
        (Fault("changed-page", step="authorize"), 200, "passkey"),
        (Fault("limit", step="identifier"), 429, "Too many requests"),
        (Fault("edge-page", step="signin"), 502, "502 Bad Gateway"),
    ],
)
async def test_a_fault_strikes_at_its_step(
    rehearsal: Any, browser: Browser, fault: Fault, status: int, says: str
) -> None:
    rehearsal.script.next(fault, endpoint="sign_in")
    url = rehearsal.login_url + "/api/auth/csrf"
    if fault == Fault("human-check"):
        await browser.go("GET", url)
    else:
        walk = {"signin": browser.begin, "authorize": browser.begin, "password": browser.enter_password}
        await walk.get(fault.step or ("password" if fault.kind == "locked" else ""), browser.enter_email)()
    assert (browser.status, says in browser.text) == (status, True)
    assert (rehearsal.script.pending, rehearsal.violations) == ((), [])


async def test_a_fault_can_wait_for_one_account(rehearsal: Any, browser: Browser) -> None:
    rehearsal.script.next(Fault("locked"), account="whole@example.org", endpoint="sign_in")
    await browser.enter_password()
    assert (browser.status, len(rehearsal.script.pending)) == (302, 1)
    await browser.enter_password("whole password", "whole@example.org")
    assert (browser.status, "blocked" in browser.text) == (400, True)


async def refresh(speaker: Any, how: str = "json", **changes: str | None) -> Any:
    asked = {
        "grant_type": "refresh_token",
        "refresh_token": "first",
        "client_id": "any",
        "redirect_uri": "com.example://callback",
    }
    asked = {name: value for name, value in (asked | changes).items() if value is not None}
    async with speaker.http.post(speaker.server.auth_url + "/oauth/token", **{how: asked}) as response:
        return response.status, await response.json()


@pytest.mark.parametrize("how", ["json", "data"])
async def test_a_refresh_token_gives_an_access_token_and_is_replaced(rehearsal: Any, speaker: Any, how: str) -> None:
    status, tokens = await refresh(speaker, how)
    assert (status, tokens["expires_in"]) == (200, 3600)
    heard = await speaker.send("whole@example.org", speaker.body("Hi"), tokens["access_token"])
    assert (heard.status, rehearsal.requests[-2].account) == (200, "whole@example.org")
    used_up = await refresh(speaker, how)
    assert (used_up[0], used_up[1]["error"]) == (403, "invalid_grant")
    assert (await refresh(speaker, how, refresh_token=tokens["refresh_token"]))[0] == 200
    assert rehearsal.violations == []


@pytest.mark.parametrize(
    ("changes", "status", "error", "violations"),
    [
        ({"client_id": None}, 400, "invalid_request", 1),
        ({"refresh_token": "unknown"}, 403, "invalid_grant", 0),
        ({"refresh_token": None}, 403, "invalid_grant", 0),
        ({"grant_type": "password"}, 400, "unsupported_grant_type", 0),
    ],
)
async def test_a_wrong_refresh_is_refused(
    rehearsal: Any, speaker: Any, changes: Any, status: int, error: str, violations: int
) -> None:
    got, answer = await refresh(speaker, **changes)
    assert (got, answer["error"], len(rehearsal.violations)) == (status, error, violations)


async def test_a_refresh_can_fail_by_script(rehearsal: Any, speaker: Any) -> None:
    rehearsal.script.next(Fault("broken", step="token"), endpoint="sign_in")
    assert [(await refresh(speaker))[0] for _ in range(2)] == [500, 200]
