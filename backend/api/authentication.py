"""Key -> caller, for every door and every transport."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

from starlette.requests import HTTPConnection

from backend.api.admission import VISIT
from backend.domain.access import Caller
from backend.errors import NotAllowed, NotAuthenticated
from backend.gateway.identity import Identity
from backend.gateway.keys import Keys

COOKIE: Final = "session"
USER_ID: Final = "x-user-id"  # percent-encoded, as is the name: headers are ASCII
USER_NAME: Final = "x-user-name"
USER_PLUS: Final = "x-user-plus"
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})

NO_KEY = "No key was sent. Send it in the header: Authorization: Bearer YOUR_KEY"


@dataclass(frozen=True, slots=True)
class Named:
    """A client's own user whom a request names, by the client's own id for it."""

    user_id: str
    name: str
    plus: bool

    @classmethod
    def of(cls, values: Mapping[str, str]) -> "Named | None":
        """By the headers, or what stands for them."""
        user_id = values.get(USER_ID)
        if user_id is None:
            return None
        plus = values.get(USER_PLUS, "false").lower() == "true"
        return cls(unquote(user_id), unquote(values.get(USER_NAME) or user_id), plus)


class Authenticator:
    def __init__(self, identity: Identity, keys: Keys) -> None:
        self._identity = identity
        self._keys = keys

    async def caller(self, connection: HTTPConnection) -> Caller:
        """The caller by `Authorization: Bearer KEY`, else by the browser's session cookie; or its own user whom the
        headers name.  With a client's key `X-User-Id` is the client's own id for that user, who is made on first sight
        with the name in `X-User-Name` and, with `X-User-Plus: true`, the Plus right.

        A cookie is sent by the browser whoever asks, so it counts only for requests that come from the app's own pages.
        Raises `NotAuthenticated`, or `NotAllowed` for a cookie on a request from elsewhere.
        """
        return await self.acting(await self.proved(connection), Named.of(connection.headers))

    async def proved(self, connection: HTTPConnection) -> Caller:
        """Likewise, whomever the headers name."""
        key = bearer(connection)
        if key is not None:
            return await self.by_key(key)
        cookie = connection.cookies.get(COOKIE)
        if cookie is None:
            raise NotAuthenticated(NO_KEY)
        if not own_page(connection):
            raise NotAllowed("This request came from a page of another site, so the browser's session does not count.")
        return await self._identity.caller(cookie, session=True, visit=VISIT.get())

    async def acting(self, caller: Caller, named: Named | None) -> Caller:
        """The caller, or its own user that is named."""
        if named is None:
            return caller
        return await self._keys.acting_for(caller, named.user_id, named.name, plus=named.plus, visit=VISIT.get())

    async def own_user(self, caller: Caller, user_id: str) -> Caller:
        """The caller's own user of that id, who is there already."""
        return await self._keys.own_user(caller, user_id, visit=VISIT.get())

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
