"""The built app's files, packed as the browser takes them."""

import gzip
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from backend.api.web import BASE_MARK, SETTINGS_MARK, Page, WebSettings
from backend.errors import NotFound

SCRIPT = b"console.log(1);" * 200
BROTLI = b"packed by brotli"  # whether it can be unpacked is the browser's business: what is there is sent as it is


@pytest.fixture
def client(tmp_path: Path) -> httpx.AsyncClient:
    assets = tmp_path / "assets"
    assets.mkdir()
    (tmp_path / "index.html").write_text(f"<!doctype html>{BASE_MARK}{SETTINGS_MARK}")
    (assets / "app-1.js").write_bytes(SCRIPT)
    (assets / "app-1.js.gz").write_bytes(gzip.compress(SCRIPT))
    (assets / "app-1.js.br").write_bytes(BROTLI)
    (assets / "small-1.css").write_bytes(b"a{}")
    page = Page(WebSettings(tmp_path, "/", "/chat", ("/chat",), "/session", {"name": "here"}, secure=False))
    app = Starlette(routes=[Route("/chat", page.show), Route("/assets/{name:path}", page.asset)])
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1")


async def raw(client: httpx.AsyncClient, path: str, takes: str | None) -> tuple[httpx.Headers, bytes]:
    async with client.stream("GET", path, headers={"accept-encoding": takes or ""}) as response:
        assert response.status_code == 200
        return response.headers, b"".join([each async for each in response.aiter_raw()])


@pytest.mark.parametrize(
    ("takes", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0.5, gzip", "br"),
        ("BR", "br"),
        ("gzip, deflate", "gzip"),
        ("gzip, br;q=0", "gzip"),
        ("gzip, br; q=0.000", "gzip"),
        ("deflate", None),
        ("gzip;q=0", None),
        ("brotli, gzipped", None),
        (None, None),
    ],
)
async def test_a_file_comes_packed_as_the_browser_takes_it(
    client: httpx.AsyncClient, takes: str | None, encoding: str | None
) -> None:
    headers, body = await raw(client, "/assets/app-1.js", takes)
    assert headers.get("content-encoding") == encoding
    assert headers["content-type"].startswith("text/javascript")
    assert headers["vary"] == "Accept-Encoding"
    assert "immutable" in headers["cache-control"]
    assert (gzip.decompress(body) if encoding == "gzip" else body) == (BROTLI if encoding == "br" else SCRIPT)


async def test_a_small_file_and_the_page_come_without_brotli(client: httpx.AsyncClient) -> None:
    headers, body = await raw(client, "/assets/small-1.css", "gzip, br")
    assert (headers.get("content-encoding"), body) == (None, b"a{}")
    headers, body = await raw(client, "/chat", "gzip, br")
    assert headers["content-encoding"] == "gzip"
    assert b'{"name":"here"}' in gzip.decompress(body)
    headers, body = await raw(client, "/chat", "br")
    assert (headers.get("content-encoding"), headers["vary"]) == (None, "Accept-Encoding")
    assert b'{"name":"here"}' in body


@pytest.mark.parametrize("name", ["app-1.js.gz", "app-1.js.br", "nothing.js", "..%2findex.html", "%2e%2e/index.html"])
async def test_a_stranger_gets_no_other_file(client: httpx.AsyncClient, name: str) -> None:
    with pytest.raises(NotFound):
        await client.get(f"/assets/{name}")
