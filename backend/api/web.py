"""The web app's pages, its built files, browser sessions and the two probes."""

import gzip
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import orjson
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from backend.api.authentication import COOKIE, own_page
from backend.errors import InvalidInput, NotAllowed, NotFound, ProductError
from backend.gateway.identity import Identity

BASE_MARK: Final = '<base href="/">'
SETTINGS_MARK: Final = '{"placeholder":true}'
CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; manifest-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
PAGE_HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cache-Control": "no-cache",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
ASSET_HEADERS: Final = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
PACKED: Final = {"br": ".br", "gzip": ".gz"}  # what stands beside the built files, the smallest first
NOT_BUILT: Final = "The web app is not built. Run: make setup"


@dataclass(frozen=True, slots=True)
class WebSettings:
    """`base` is the path that the app lives under, with a slash at both ends.  `pages` are all paths of the app's
    pages; `shown` is what the app is told of its server.  `secure` is whether browsers reach it by https."""

    folder: Path
    base: str
    home: str
    pages: tuple[str, ...]
    session: str
    shown: dict[str, object]
    secure: bool


def routes(identity: Identity, web: WebSettings, ready: Callable[[], Awaitable[bool]]) -> list[BaseRoute]:
    page = Page(web)
    sessions = Sessions(identity, web)

    async def home(request: Request) -> Response:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(web.base.rstrip("/") + web.home + query, 307, {"Cache-Control": "no-store"})

    async def healthz(_request: Request) -> Response:
        return PlainTextResponse("alive\n")

    async def readyz(_request: Request) -> Response:
        return PlainTextResponse("ready\n") if await ready() else PlainTextResponse("not ready\n", 503)

    return [
        Route("/", home),
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        Route(web.session, sessions.open, methods=["POST"]),
        Route(web.session, sessions.close, methods=["DELETE"]),
        Route("/assets/{name:path}", page.asset),
        *(Route(path, page.show) for path in web.pages),
        Route("/{name:path}", page.file),
    ]


class Page:
    """index.html with the server's settings in it, read once; and the files beside it."""

    def __init__(self, web: WebSettings) -> None:
        self._web = web
        self._files = {path.name: path for path in web.folder.glob("*") if path.is_file() and path.name != "index.html"}
        self._assets = {path.name: path for path in (web.folder / "assets").glob("*") if path.is_file()}
        index = web.folder / "index.html"
        self._html = self._filled(index.read_text("utf-8")) if index.is_file() else None
        self._packed_html = gzip.compress(self._html) if self._html is not None else b""

    def _filled(self, html: str) -> bytes:
        settings = orjson.dumps(self._web.shown).decode().replace("<", "\\u003c")
        if BASE_MARK not in html or SETTINGS_MARK not in html:
            raise ValueError("the built index.html has lost its marks; build the web app again")
        return html.replace(BASE_MARK, f'<base href="{self._web.base}">').replace(SETTINGS_MARK, settings).encode()

    async def show(self, request: Request) -> Response:
        if self._html is None:
            return PlainTextResponse(NOT_BUILT + "\n", 503)
        headers = PAGE_HEADERS | {"Vary": "Accept-Encoding"}
        if "gzip" not in encodings(request):
            return HTMLResponse(self._html, headers=headers)
        return HTMLResponse(self._packed_html, headers=headers | {"Content-Encoding": "gzip"})

    async def asset(self, request: Request) -> Response:
        return self._send(self._assets, request.path_params["name"], request, ASSET_HEADERS)

    async def file(self, request: Request) -> Response:
        return self._send(self._files, request.path_params["name"], request, {"Cache-Control": "no-cache"})

    def _send(self, files: dict[str, Path], name: str, request: Request, headers: dict[str, str]) -> Response:
        path = files.get(name)
        if path is None or path.suffix in PACKED.values():
            if "text/html" in request.headers.get("accept", "") and self._html is not None:
                return HTMLResponse(self._html, 404, PAGE_HEADERS)
            raise NotFound("There is nothing at this address.")
        headers = headers | {"Vary": "Accept-Encoding"}
        taken = encodings(request)
        for encoding, suffix in PACKED.items():
            if encoding in taken and (packed := files.get(name + suffix)) is not None:
                media_type = FileResponse(path).media_type
                return FileResponse(packed, headers=headers | {"Content-Encoding": encoding}, media_type=media_type)
        return FileResponse(path, headers=headers)


def encodings(request: Request) -> set[str]:
    """What the caller takes by name; a weight of 0 refuses (RFC 9110, 12.5.3)."""
    named = (each.partition(";") for each in request.headers.get("accept-encoding", "").lower().split(","))
    return {name.strip() for name, _, weight in named if not weight or weight.partition("=")[2].strip(" 0.")}


class Sessions:
    """A key or a one-time link, exchanged for an HttpOnly cookie."""

    def __init__(self, identity: Identity, web: WebSettings) -> None:
        self._identity = identity
        self._web = web

    async def open(self, request: Request) -> Response:
        if ("origin" in request.headers or "sec-fetch-site" in request.headers) and not own_page(request):
            raise NotAllowed("Signing in works from this server's own pages only.")
        secret, link = await self._secret(request)
        session, seconds = await self._identity.open_session(secret, link=link)
        response = Response(status_code=204, headers={"Cache-Control": "no-store"})
        response.set_cookie(
            COOKIE,
            session,
            max_age=seconds,
            path=self._web.base,
            secure=self._web.secure,
            httponly=True,
            samesite="lax",
        )
        return response

    async def close(self, request: Request) -> Response:
        response = Response(status_code=204, headers={"Cache-Control": "no-store"})
        cookie = request.cookies.get(COOKIE)
        if cookie is not None:
            if not own_page(request):
                raise NotAllowed("Signing out works from this server's own pages only.")
            try:
                await self._identity.close_session(cookie)
            except ProductError as error:
                if error.code != "not_authenticated":
                    raise
        response.delete_cookie(COOKIE, path=self._web.base, secure=self._web.secure, httponly=True, samesite="lax")
        return response

    async def _secret(self, request: Request) -> tuple[str, bool]:
        try:
            given = orjson.loads(await request.body())
        except orjson.JSONDecodeError:
            given = None
        if isinstance(given, dict):
            for name in ("key", "link"):
                if isinstance(given.get(name), str) and given[name]:
                    return given[name].strip(), name == "link"
        raise InvalidInput('Send a JSON object with a key or a one-time link: {"key": "…"}', field="key")
