"""Signing in to the rehearsal upstream: the pages of the login and auth hosts, the session, and refresh tokens.

Cookies are what holds the sequence together, as with the real service, and every step checks the ones before it.
"""

import hmac
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlencode

from aiohttp import web

from backend.upstream.rehearsal import pages
from backend.upstream.rehearsal.answers import answer
from backend.upstream.rehearsal.faults import Step
from backend.upstream.rehearsal.identities import CLIENT_ID, RehearsalAccount
from backend.upstream.rehearsal.refusals import RuleBroken
from backend.upstream.rehearsal.state import SEEN, State

CSRF, SIGN_IN_STATE, SESSION, VISIT = (
    "next-auth.csrf-token", "next-auth.state", "next-auth.session-token", "auth0",
)  # fmt: skip
MOST_VISITS: Final = 1_000
CALLBACK: Final = "/api/auth/callback/auth0"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(slots=True)
class Visit:
    """One walk through the auth pages.  `cookie` ties it to a browser, `client_state` to the login host's request."""

    cookie: str
    client_state: str
    username: str = ""
    account: RehearsalAccount | None = None
    code: str = ""


@dataclass(slots=True)
class Session:
    account: RehearsalAccount
    token: str


class SignIn:
    def __init__(self, state: State) -> None:
        self._state = state
        self._csrf_key = secrets.token_bytes(32)
        self._visits: dict[str, Visit] = {}
        self._sessions: dict[str, Session] = {}

    def routes(self) -> list[web.RouteDef]:
        steps: list[tuple[str, str, Step, Handler]] = [
            ("GET", "/api/auth/csrf", "csrf", self._csrf),
            ("POST", "/api/auth/signin/auth0", "signin", self._begin),
            ("GET", "/auth/authorize", "authorize", self._authorize),
            ("GET", "/auth/u/login/identifier", "identifier", self._identifier_page),
            ("POST", "/auth/u/login/identifier", "identifier", self._identifier),
            ("GET", "/auth/u/login/password", "password", self._password_page),
            ("POST", "/auth/u/login/password", "password", self._password),
            ("GET", "/auth/authorize/resume", "resume", self._resume),
            ("GET", CALLBACK, "callback", self._callback),
            ("GET", "/api/auth/session", "session", self._session),
            ("POST", "/auth/oauth/token", "token", self._token),
        ]
        return [web.route(method, path, self._guarded(method, step, handler)) for method, path, step, handler in steps]

    def _guarded(self, method: str, step: Step, handler: Handler) -> Handler:
        """Records the request and lets the script's faults strike; a page that has a form is struck when it is sent."""

        async def guarded(request: web.Request) -> web.StreamResponse:
            seen = self._state.see(request, "sign_in", step)
            if method == "GET" and step in ("identifier", "password"):
                return await handler(request)
            visit = self._visits.get(request.query.get("state", ""))
            username = (await request.post()).get("username", visit.username if visit else None)
            seen.account = str(username) if username else None
            fault = self._state.script.take("sign_in", seen.account, step)
            if fault is not None and fault.kind == "locked":
                state = request.query.get("state", "")
                return _page(pages.password(state, seen.account or "", pages.LOCKED), 400)
            if fault is not None and fault.kind == "changed-page":
                return _page(pages.CHANGED)
            instead = await answer(fault, request)
            return instead if instead is not None else await handler(request)

        return guarded

    async def _csrf(self, _: web.Request) -> web.Response:
        token = secrets.token_hex(32)
        response = web.json_response({"csrfToken": token})
        response.set_cookie(CSRF, f"{token}|{self._csrf_digest(token)}", httponly=True, samesite="Lax")
        return response

    async def _begin(self, request: web.Request) -> web.Response:
        form = await request.post()
        token, _, digest = request.cookies.get(CSRF, "").partition("|")
        if (
            not token
            or not hmac.compare_digest(digest.encode(), self._csrf_digest(token).encode())
            or form.get("csrfToken") != token
        ):
            raise RuleBroken(400, "The CSRF token and its cookie do not match.")
        if form.get("json") != "true" or not form.get("callbackUrl"):
            raise RuleBroken(400, "The sign-in form lacks callbackUrl or json=true.")
        client_state = secrets.token_urlsafe(32)
        query = {
            "client_id": CLIENT_ID,
            "scope": "openid email profile offline_access",
            "response_type": "code",
            "redirect_uri": self._state.origin + CALLBACK,
            "prompt": request.query.get("prompt", "login"),
            "state": client_state,
        }
        response = web.json_response({"url": f"{self._state.origin}/auth/authorize?{urlencode(query)}"})
        response.set_cookie(SIGN_IN_STATE, client_state, httponly=True, samesite="Lax")
        return response

    async def _authorize(self, request: web.Request) -> web.Response:
        query = request.query
        if query.get("client_id") != CLIENT_ID or query.get("redirect_uri") != self._state.origin + CALLBACK:
            raise RuleBroken(400, "The authorize request names an unknown client or redirect_uri.")
        if query.get("response_type") != "code" or not query.get("state"):
            raise RuleBroken(400, "The authorize request lacks response_type=code or state.")
        state, visit = secrets.token_urlsafe(32), Visit(secrets.token_urlsafe(32), query["state"])
        self._visits[state] = visit
        while len(self._visits) > MOST_VISITS:
            del self._visits[next(iter(self._visits))]
        response = _redirect(f"/auth/u/login/identifier?{urlencode({'state': state})}")
        response.set_cookie(VISIT, visit.cookie, path="/auth", httponly=True, samesite="Lax")
        return response

    async def _identifier_page(self, request: web.Request) -> web.Response:
        state, _ = self._visit(request)
        return _page(pages.identifier(state))

    async def _identifier(self, request: web.Request) -> web.Response:
        state, visit = self._visit(request)
        form = await self._form(request, state)
        visit.username = str(form.get("username", ""))
        if "@" not in visit.username:
            return _page(pages.identifier(state, "Enter a valid email address"), 400)
        return _redirect(f"/auth/u/login/password?{urlencode({'state': state})}")

    async def _password_page(self, request: web.Request) -> web.Response:
        state, visit = self._visit(request)
        if not visit.username:
            raise RuleBroken(400, "The password page was asked for before an e-mail address was given.")
        return _page(pages.password(state, visit.username))

    async def _password(self, request: web.Request) -> web.Response:
        state, visit = self._visit(request)
        form = await self._form(request, state)
        if not visit.username or form.get("username") != visit.username:
            raise RuleBroken(400, "The password was sent with another username than the page before.")
        visit.account = self._state.identities.with_password(visit.username, str(form.get("password", "")))
        if visit.account is None:
            return _page(pages.password(state, visit.username, pages.WRONG), 400)
        return _redirect(f"/auth/authorize/resume?{urlencode({'state': state})}")

    async def _resume(self, request: web.Request) -> web.Response:
        _, visit = self._visit(request)
        if visit.account is None:
            raise RuleBroken(400, "The sign-in was resumed before a password was accepted.")
        visit.code = secrets.token_urlsafe(24)
        query = urlencode({"code": visit.code, "state": visit.client_state})
        return _redirect(f"{self._state.origin}{CALLBACK}?{query}")

    async def _callback(self, request: web.Request) -> web.Response:
        client_state, code = request.query.get("state", ""), request.query.get("code", "")
        visit = next((visit for visit in self._visits.values() if visit.code and visit.code == code), None)
        if visit is None or visit.account is None or client_state != visit.client_state:
            raise RuleBroken(400, "The callback's code is unknown or used up, or its state is another's.")
        if request.cookies.get(SIGN_IN_STATE) != client_state:
            raise RuleBroken(400, "The callback's state is not the one that this browser was given.")
        account, visit.code = visit.account, ""
        session = secrets.token_urlsafe(32)
        self._sessions[session] = Session(account, self._state.identities.issue_token(account.email))
        while len(self._sessions) > MOST_VISITS:
            del self._sessions[next(iter(self._sessions))]
        response = _redirect(self._state.origin + "/")
        response.set_cookie(SESSION, session, httponly=True, samesite="Lax")
        response.del_cookie(SIGN_IN_STATE)
        return response

    async def _session(self, request: web.Request) -> web.Response:
        session = self._sessions.get(request.cookies.get(SESSION, ""))
        if session is None:
            return web.json_response({})
        identities, account = self._state.identities, session.account
        if not identities.is_live(session.token):
            session.token = identities.issue_token(account.email)
        request[SEEN].account = account.email
        expires = datetime.fromtimestamp(self._state.clock() + identities.token_lifetime, UTC)
        user = {"id": account.user_id, "name": account.email.partition("@")[0], "email": account.email, "image": None}
        return web.json_response(
            {"user": user, "expires": expires.isoformat(), "accessToken": session.token, "authProvider": "auth0"}
        )

    async def _token(self, request: web.Request) -> web.Response:
        asked = await _fields(request)
        if asked.get("grant_type") != "refresh_token":
            return _oauth_error(400, "unsupported_grant_type", "Only refresh_token is known here.")
        if not asked.get("client_id"):
            self._state.violate("sign_in token: a refresh without client_id.")
            return _oauth_error(400, "invalid_request", "Missing required parameter: client_id")
        refreshed = self._state.identities.refresh(str(asked.get("refresh_token", "")))
        if refreshed is None:
            return _oauth_error(403, "invalid_grant", "Unknown or invalid refresh token.")
        account, renewed = refreshed
        request[SEEN].account = account.email
        tokens = {"access_token": self._state.identities.issue_token(account.email), "refresh_token": renewed}
        expires_in = int(self._state.identities.token_lifetime)
        return web.json_response({**tokens, "token_type": "Bearer", "expires_in": expires_in, "scope": "openid email"})

    def _visit(self, request: web.Request) -> tuple[str, Visit]:
        """The visit that the state parameter names, if the cookie agrees."""
        state = request.query.get("state", "")
        visit = self._visits.get(state)
        if visit is None:
            raise RuleBroken(400, "The state parameter is missing or names no sign-in that is under way.")
        if request.cookies.get(VISIT) != visit.cookie:
            raise RuleBroken(400, "The cookie of this sign-in is missing or another's.")
        return state, visit

    async def _form(self, request: web.Request, state: str) -> Mapping[str, object]:
        form = await request.post()
        if form.get("state") != state:
            raise RuleBroken(400, "The form's state is missing or not the address's.")
        if form.get("action") != "default":
            raise RuleBroken(400, "The form lacks action=default.")
        return form

    def _csrf_digest(self, token: str) -> str:
        return hmac.digest(self._csrf_key, token.encode(), "sha256").hex()


async def _fields(request: web.Request) -> Mapping[str, object]:
    if request.content_type != "application/json":
        return await request.post()
    try:
        fields = await request.json()
    except ValueError as error:
        raise RuleBroken(400, "The token request is not JSON.") from error
    if not isinstance(fields, dict):
        raise RuleBroken(400, "The token request is no object.")
    return fields


def _oauth_error(status: int, error: str, description: str) -> web.Response:
    return web.json_response({"error": error, "error_description": description}, status=status)


def _page(text: str, status: int = 200) -> web.Response:
    return web.Response(status=status, text=text, content_type="text/html")


def _redirect(location: str) -> web.Response:
    return web.Response(status=302, headers={"Location": location})
