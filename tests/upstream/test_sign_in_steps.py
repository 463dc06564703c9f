from typing import Any

import jwt
import pytest

from backend import errors
from backend.upstream.access_tokens import jwt_expiry, token_fingerprint
from backend.upstream.connections import Timeouts
from backend.upstream.rehearsal import Fault, RehearsalServer
from backend.upstream.sign_in import SignIn
from tests.upstream.scripted_server import Reply, page, plain, scripted

EMAIL, PASSWORD = "whole@example.org", "whole password"


@pytest.fixture
def sign_in(rehearsal: RehearsalServer, rehearsal_clock: Any) -> SignIn:
    timeouts = Timeouts(first_byte=5, between_reads=0.5)
    return SignIn(rehearsal.login_url, rehearsal.auth_url, timeouts=timeouts, clock=rehearsal_clock)


async def test_an_email_address_and_a_password_give_a_token(
    sign_in: SignIn, rehearsal: RehearsalServer, rehearsal_clock: Any
) -> None:
    tokens = await sign_in.with_password(EMAIL, PASSWORD)
    assert tokens.expires_at == rehearsal_clock.now + 3600
    assert token_fingerprint(tokens.access_token) == token_fingerprint(rehearsal.issue_token(EMAIL))
    assert rehearsal.violations == []
    assert [request.step for request in rehearsal.requests] == [
        "csrf",
        "signin",
        "authorize",
        "identifier",
        "identifier",
        "password",
        "password",
        "resume",
        "callback",
        "session",
    ]


async def test_two_sign_ins_share_no_cookies(sign_in: SignIn, rehearsal: RehearsalServer) -> None:
    await sign_in.with_password(EMAIL, PASSWORD)
    await sign_in.with_password("delta@example.org", "delta password")
    first, second = (request.headers.get("cookie") for request in rehearsal.requests if request.step == "csrf")
    assert (first, second) == (None, None)
    assert rehearsal.violations == []


async def test_a_wrong_password_is_told_as_such(sign_in: SignIn) -> None:
    with pytest.raises(errors.WrongPassword):
        await sign_in.with_password(EMAIL, "wrong")
    with pytest.raises(errors.WrongPassword):
        await sign_in.with_password("no address", "wrong")


@pytest.mark.parametrize(
    "step", ["csrf", "signin", "authorize", "identifier", "password", "resume", "callback", "session"]
)
@pytest.mark.parametrize(
    ("kind", "failure"),
    [
        ("human-check", errors.SignInHumanCheck),
        ("human-check-json", errors.SignInHumanCheck),
        ("banned", errors.AccountLocked),
        ("broken", errors.UpstreamBroken),
        ("edge-page", errors.UpstreamBroken),
        ("limit", errors.UpstreamRateLimited),
        ("lost", errors.SignInPageChanged),
        ("redirect", errors.SignInPageChanged),
        ("gzip-bomb", errors.UpstreamBadAnswer),
        ("huge-body", errors.UpstreamBadAnswer),
    ],
)
async def test_a_failure_at_any_step_has_its_error(
    sign_in: SignIn, rehearsal: RehearsalServer, step: Any, kind: Any, failure: type[errors.ProductError]
) -> None:
    rehearsal.script.next(Fault(kind, step=step, size=8 << 20), endpoint="sign_in")
    with pytest.raises(failure) as caught:
        await sign_in.with_password(EMAIL, PASSWORD)
    if isinstance(caught.value, errors.SignInPageChanged):
        assert caught.value.details["step"]
    assert PASSWORD not in str(caught.value)
    assert rehearsal.script.pending == ()


@pytest.mark.parametrize(("step", "times"), [("csrf", 1), ("signin", 1), ("password", 1), ("callback", 2)])
async def test_a_connection_that_breaks_is_told(
    sign_in: SignIn, rehearsal: RehearsalServer, step: Any, times: int
) -> None:
    # A GET on a connection that lay idle is sent once more, on a new one.
    rehearsal.script.next(*[Fault("reset", step=step)] * times, endpoint="sign_in")
    with pytest.raises(errors.UpstreamUnreachable):
        await sign_in.with_password(EMAIL, PASSWORD)
    assert rehearsal.script.pending == ()


@pytest.mark.parametrize(
    ("kind", "failure"), [("locked", errors.AccountLocked), ("changed-page", errors.SignInPageChanged)]
)
async def test_pages_that_differ_are_told_apart(
    sign_in: SignIn, rehearsal: RehearsalServer, kind: Any, failure: type[errors.ProductError]
) -> None:
    rehearsal.script.next(Fault(kind), endpoint="sign_in")
    with pytest.raises(failure):
        await sign_in.with_password(EMAIL, PASSWORD)


async def test_a_silent_service_ends_in_a_timeout(rehearsal: RehearsalServer) -> None:
    rehearsal.script.next(Fault("hang", step="csrf"), endpoint="sign_in")
    with pytest.raises(errors.UpstreamTimeout):
        await SignIn(rehearsal.login_url, rehearsal.auth_url, timeouts=Timeouts(first_byte=0.1)).with_password(
            EMAIL, PASSWORD
        )


async def test_a_redirect_to_another_host_is_not_followed() -> None:
    async with scripted(plain({"csrfToken": "t"}), plain({"url": "http://localhost:1/authorize"})) as server:
        with pytest.raises(errors.SignInPageChanged, match="authorize"):
            await SignIn(server.url, server.url).with_password(EMAIL, PASSWORD)


async def test_a_circle_of_redirects_ends() -> None:
    async with scripted() as server:
        server.otherwise = lambda _: Reply(status="302 Found", headers=["Location: /round"], chunked=False)
        with pytest.raises(errors.SignInPageChanged, match="csrf"):
            await SignIn(server.url, server.url).with_password(EMAIL, PASSWORD)


async def test_a_page_with_a_captcha_is_not_answered() -> None:
    form = '<form><input name="captcha"></form>'
    replies = plain({"csrfToken": "t"}), plain({"url": ""}), page(form)
    async with scripted(*replies) as server:
        replies[1].pieces = [b'{"url": "%s/u/login/identifier?state=s"}' % server.url.encode()]
        with pytest.raises(errors.SignInHumanCheck):
            await SignIn(server.url, server.url).with_password(EMAIL, PASSWORD)
        assert len(server.requests) == 3


async def test_a_refresh_token_gives_a_token_and_its_successor(
    sign_in: SignIn, rehearsal: RehearsalServer, rehearsal_clock: Any
) -> None:
    tokens = await sign_in.with_refresh_token("first")
    assert tokens.expires_at == rehearsal_clock.now + 3600
    assert tokens.refresh_token not in ("first", None)
    with pytest.raises(errors.SignInFailed, match="refresh token"):
        await sign_in.with_refresh_token("first")
    assert rehearsal.violations == []


async def test_a_refresh_answer_without_a_successor_keeps_the_refresh_token() -> None:
    async with scripted(plain({"access_token": "opaque", "expires_in": 100})) as server:
        tokens = await SignIn(server.url, server.url, clock=lambda: 50.0).with_refresh_token("kept")
    assert (tokens.access_token, tokens.expires_at, tokens.refresh_token) == ("opaque", 150.0, "kept")


def token(**claims: object) -> str:
    return jwt.encode(claims, "k" * 32, algorithm="HS256")


@pytest.mark.parametrize(("exp", "expiry"), [(100, 100.0), ("soon", None), (None, None), (True, None)])
def test_a_token_says_when_it_ends(exp: object, expiry: float | None) -> None:
    assert jwt_expiry(token(exp=exp)) == expiry


def test_what_is_not_a_token_never_says_when_it_ends() -> None:
    assert [jwt_expiry(text) for text in ("", "opaque", "a.b.c", "ä.ö.ü", "\ud800.x.y")] == [None] * 5


def test_a_fingerprint_is_of_the_account_and_else_of_the_token() -> None:
    auth = "https://api.openai.com/auth"
    first, renewed = token(exp=1, **{auth: {"user_id": "u"}}), token(exp=2, **{auth: {"user_id": "u"}})
    assert token_fingerprint(first) == token_fingerprint(renewed) != token_fingerprint(token(sub="v"))
    nameless, other = token(exp=1), token(exp=2)
    assert token_fingerprint(nameless) == token_fingerprint(nameless) != token_fingerprint(other)
    assert nameless not in (token_fingerprint(nameless) or "")


@pytest.mark.parametrize(
    "text", ["rubbish", "", "Bearer ey.ey.x", "eyJ.eyJ", "a.b.c", "eyJhb.eyJhb.ü", "eyJhb.eyJhb.x\n"]
)
def test_what_cannot_be_a_token_has_no_fingerprint(text: str) -> None:
    assert token_fingerprint(text) is None
