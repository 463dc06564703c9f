"""Key -> caller, for every door and every transport."""

from typing import Final
from urllib.parse import unquote, urlsplit

from starlette.requests import HTTPConnection

from backend.api.admission import VISIT
from backend.domain.access import Caller
from backend.errors import NotAllowed, NotAuthenticated
from backend.gateway.identity import Identity
from backend.gateway.keys import Keys

COOKIE: Final = "session"
USER_ID: Final = "X-User-Id"  # percent-encoded, as is the name: headers are ASCII
USER_NAME: Final = "X-User-Name"
USER_PLUS: Final = "X-User-Plus"
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})

NO_KEY = "No key was sent. Send it in the header: Authorization: Bearer YOUR_KEY"


class Authenticator:
    def __init__(self, identity: Identity, keys: Keys) -> None:
        self._identity = identity
        self._keys = keys

    async def caller(self, connection: HTTPConnection) -> Caller:
        """The caller by `Authorization: Bearer KEY`, else by the browser's session cookie.  Beside a client's key the
        header `X-User-Id` names one of the client's own users, by the client's own id for it: the caller is then that
        user, made on first sight with the name in `X-User-Name` and, with `X-User-Plus: true`, the Plus right.

        A cookie is sent by the browser whoever asks, so it counts only for requests that come from the app's own pages.
        Raises `NotAuthenticated`, or `NotAllowed` for a cookie on a request from elsewhere.
        """
        key = bearer(connection)
        if key is not None:
            return await self.acting(connection, await self.by_key(key))
        cookie = connection.cookies.get(COOKIE)
        if cookie is None:
            raise NotAuthenticated(NO_KEY)
        if not own_page(connection):
            raise NotAllowed("This request came from a page of another site, so the browser's session does not count.")
        return await self._identity.caller(cookie, session=True, visit=VISIT.get())

    async def acting(self, connection: HTTPConnection, caller: Caller) -> Caller:
        """The caller, or its own user that the request's headers name."""
        user_id = connection.headers.get(USER_ID)
        if user_id is None:
            return caller
        name = unquote(connection.headers.get(USER_NAME) or user_id)
        plus = connection.headers.get(USER_PLUS, "false").lower() == "true"
        return await self._keys.acting_for(caller, unquote(user_id), name, plus=plus)

    async def by_key(self, key: str) -> Caller:
        """The caller of a key that came as a parameter, as the legacy contract has it."""
        return await self._identity.caller(key, visit=VISIT.get())


def bearer(connection: HTTPConnection) -> str | None:
    scheme, _, key = connection.headers.get("authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" and key.strip() else None


def own_page(connection: HTTPConnection) -> bool:
    """Whether a browser's request comes from a page of this server: by `Sec-Fetch-Site`, else by `Origin`."""
    if connection.scope["type"] == "http" and connection.scope["method"] in SAFE_METHODS:
        return True
    site = connection.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = connection.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc == connection.headers.get("host")
