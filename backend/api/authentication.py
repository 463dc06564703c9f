"""Key -> caller, for every door and every transport."""

from typing import Final
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from backend.api.admission import VISIT
from backend.domain.access import Caller
from backend.errors import NotAllowed, NotAuthenticated
from backend.gateway.identity import Identity

COOKIE: Final = "session"
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})

NO_KEY = "No key was sent. Send it in the header: Authorization: Bearer YOUR_KEY"


class Authenticator:
    def __init__(self, identity: Identity) -> None:
        self._identity = identity

    async def caller(self, connection: HTTPConnection) -> Caller:
        """The caller by `Authorization: Bearer KEY`, else by the browser's session cookie.

        A cookie is sent by the browser whoever asks, so it counts only for requests that come from the app's own pages.
        Raises `NotAuthenticated`, or `NotAllowed` for a cookie on a request from elsewhere.
        """
        key = bearer(connection)
        if key is not None:
            return await self.by_key(key)
        cookie = connection.cookies.get(COOKIE)
        if cookie is None:
            raise NotAuthenticated(NO_KEY)
        if not own_page(connection):
            raise NotAllowed("This request came from a page of another site, so the browser's session does not count.")
        return await self._identity.caller(cookie, session=True, visit=VISIT.get())

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
