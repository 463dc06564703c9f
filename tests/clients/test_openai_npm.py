"""The official npm client of OpenAI, pointed at a running server."""

import asyncio
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from backend.upstream.rehearsal import Fault
from tests.clients.programs import PATIENCE
from tests.driver import Cast, Running
from tests.laws.source import ROOT

SCRIPT = Path(__file__).with_name("openai.mjs")


async def call(server: Running, key: str, what: str) -> Any:
    node = shutil.which("node")
    if node is None or not (ROOT / "node_modules" / "openai").is_dir():
        pytest.skip("Node or its packages are missing: npm ci")
    process = await asyncio.create_subprocess_exec(
        node, str(SCRIPT), server.url + "/v1", key, what,
        env={"PATH": os.environ["PATH"]}, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        async with asyncio.timeout(PATIENCE):
            said, complained = await process.communicate()
    except BaseException:
        if process.returncode is None:
            process.kill()
        await process.wait()
        raise
    assert process.returncode == 0, complained.decode()
    return json.loads(said)


async def test_plain_and_followed_up(server: Running, cast: Cast) -> None:
    said = await call(server, cast.stranger, "plain")
    assert "> Hello" in said["text"]
    assert said["usage"]["total_tokens"] > 0
    assert "number 2 of this conversation" in said["followed"]
    assert said["models"] == ["rehearsal"]


async def test_streamed(server: Running, cast: Cast) -> None:
    said = await call(server, cast.stranger, "streamed")
    assert "> Hello" in said["text"]
    assert said["gathered"] == said["text"]


async def test_cancelled_in_mid_stream_the_reply_goes_on(server: Running, cast: Cast) -> None:
    said = await call(server, cast.stranger, "cancelled")
    assert said == {"pieces": 2, "next": 1}
    caller = await server.house.identity.caller(cast.stranger)
    assert len((await server.house.gateway.conversations.page(caller)).items) == 1


async def test_responses(server: Running, cast: Cast) -> None:
    said = await call(server, cast.stranger, "responses")
    assert "> One" in said["first"]
    assert "number 2 of this conversation" in said["second"]
    assert (said["kept"], said["streamed"]) == (True, True)
    assert said["types"][0] == "response.created"
    assert said["types"][-1] == "response.completed"
    assert said["ended"] in ("cancelled", "completed")


async def test_it_tries_again_after_a_failure(server: Running, cast: Cast) -> None:
    assert server.fake is not None
    server.fake.script.next(Fault("cut", after=3))
    assert "> Hello" in (await call(server, cast.plus, "plain"))["text"]
    assert not server.fake.script.pending


async def test_what_a_stranger_cannot_do(server: Running, cast: Cast) -> None:
    said = await call(server, cast.stranger, "refusals")
    assert (said["key"]["name"], said["key"]["code"]) == ("AuthenticationError", "invalid_api_key")
    assert (said["tools"]["name"], said["tools"]["param"]) == ("BadRequestError", "tools")
    assert (said["response"]["name"], said["response"]["status"]) == ("NotFoundError", 404)
