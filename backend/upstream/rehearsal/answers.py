"""Faults that replace the whole answer: statuses, pages of edge proxies, silence, bodies that are too much."""

import asyncio
import gzip
import math
from collections.abc import Callable, Mapping
from typing import Final

from aiohttp import web

from backend.upstream.rehearsal.faults import ANSWER_KINDS, Fault
from backend.upstream.rehearsal.refusals import token_expired
from backend.upstream.rehearsal.writer import BLOCK, reset, until_client_leaves

DEFAULT_WAIT: Final = 60.0  # seconds, of a limit
DEFAULT_BOMB: Final = 1 << 24  # bytes, unpacked
DEFAULT_BODY: Final = 1 << 26  # bytes
ELSEWHERE: Final = "/elsewhere"  # a redirect's target; to ask for it is a violation

HUMAN_CHECK_PAGE: Final = """<!DOCTYPE html><html lang="en"><head><title>Just a moment...</title></head>
<body><h1>Checking that you are human</h1><p>Complete the captcha below to go on. Enable JavaScript and cookies.</p>
<div id="challenge-form"></div></body></html>"""
EDGE_PAGE: Final = """<!DOCTYPE html><html lang="en"><head><title>502 Bad Gateway</title></head>
<body><center><h1>502 Bad Gateway</h1></center><hr><center>rehearsal edge</center></body></html>"""


def _wait(fault: Fault) -> int:
    return math.ceil(DEFAULT_WAIT if fault.seconds is None else fault.seconds)


def _detail(status: int, detail: object, **headers: str) -> web.Response:
    return web.json_response({"detail": detail}, status=status, headers=headers)


def _limit(fault: Fault) -> web.Response:
    response = _detail(429, "Too many requests. Try again later.")
    response.headers["Retry-After"] = str(_wait(fault))
    return response


def _clears_in(fault: Fault) -> web.Response:
    sentence = "You have reached the limit of this model."
    return _detail(429, {"message": sentence, "code": "model_cap_exceeded", "clears_in": _wait(fault)})


def _page(status: int, page: str) -> web.Response:
    return web.Response(status=status, text=page, content_type="text/html")


def _human_check(_: Fault) -> web.Response:
    response = _page(403, HUMAN_CHECK_PAGE)
    response.headers["cf-mitigated"] = "challenge"
    return response


def _redirect(fault: Fault, request: web.Request) -> web.Response:
    elsewhere = str(request.url.with_host("localhost").with_path(ELSEWHERE))
    return web.Response(status=302, headers={"Location": fault.location or elsewhere})


_SIMPLE: Final[Mapping[str, Callable[[Fault], web.Response]]] = {
    "limit": _limit,
    "limit-clears-in": _clears_in,
    "limit-bare": lambda _: _detail(429, "Too many requests."),
    "unauthorized": lambda _: _detail(401, token_expired().detail),
    "human-check": _human_check,
    "human-check-json": lambda _: _detail(
        403, {"message": "Unusual activity: a human check (Turnstile) is required.", "code": "challenge_required"}
    ),
    "banned": lambda _: _detail(403, {"message": "This account has been deactivated.", "code": "account_deactivated"}),
    "lost": lambda _: _detail(404, "Conversation not found."),
    "too-long": lambda _: _detail(413, {"message": "The message is too long.", "code": "message_length_exceeds_limit"}),
    "broken": lambda _: _detail(500, "Internal server error"),
    "edge-page": lambda _: _page(502, EDGE_PAGE),
    "bad-body": lambda _: web.Response(body=b'{"title": "\xff\xfe', content_type="application/json"),
}


async def answer(fault: Fault | None, request: web.Request) -> web.StreamResponse | None:
    """What the fault answers in place of the endpoint; None where the endpoint is to go on."""
    if fault is None or fault.kind not in ANSWER_KINDS:
        return None
    if fault.kind == "stall-headers":
        await asyncio.sleep(5.0 if fault.seconds is None else fault.seconds)
        return None
    if fault.kind == "hang":
        await until_client_leaves()
    if fault.kind == "reset":
        await reset(request)
    if fault.kind == "huge-body":
        return await _huge_body(DEFAULT_BODY if fault.size is None else fault.size, request)
    if fault.kind == "gzip-bomb":
        return await _bomb(DEFAULT_BOMB if fault.size is None else fault.size)
    if fault.kind == "redirect":
        return _redirect(fault, request)
    return _SIMPLE[fault.kind](fault)


async def _huge_body(size: int, request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    try:
        await response.prepare(request)
        await response.write(b'{"padding": "')
        for start in range(0, size, len(BLOCK)):
            await response.write(BLOCK[: size - start])
        await response.write(b'"}')
    except ConnectionError:
        pass
    return response


async def _bomb(size: int) -> web.Response:
    head = b'data: {"type": "flood", "padding": "'
    packed = await asyncio.to_thread(gzip.compress, head + b"a" * size + b'"}\n\n', 1)
    headers = {"Content-Type": "text/event-stream; charset=utf-8", "Content-Encoding": "gzip"}
    return web.Response(body=packed, headers=headers)
