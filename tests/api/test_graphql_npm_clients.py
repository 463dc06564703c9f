"""Clients of npm, each in a file of tests of its own, against the running server; see tests/clients."""

import asyncio
import os
import re
import shutil
from pathlib import Path

import pytest

from tests.api.graphql_client import websocket_door
from tests.driver import Cast, Running
from tests.laws.source import ROOT

FILES = sorted((ROOT / "tests/clients").glob("*.test.mjs"))


@pytest.fixture(autouse=True)
def node() -> str:
    found = shutil.which("node")
    if found is None or not (ROOT / "node_modules/graphql-http").is_dir():
        pytest.skip("node or its packages are missing: make node_modules/.installed")
    return found


def test_each_client_has_its_file() -> None:
    assert [file.name.split(".")[0] for file in FILES] == ["graphql_http", "graphql_sse", "graphql_ws", "urql"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
async def test_it_gets_on_with_the_server(
    server: Running, cast: Cast, node: str, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(websocket_door(server), "_init_seconds", 2.0)  # for the client that never greets
    given = {"URL": server.url, "ADMIN_KEY": cast.admin, "USER_KEY": cast.user, "STRANGER_KEY": cast.stranger}
    environment = os.environ | given | {"NODE_ENV": "production"}  # as clients are built for users
    process = await asyncio.create_subprocess_exec(
        *(node, "--test", "--test-concurrency=1", "--test-timeout=60000", "--test-reporter=tap", str(file)),
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    async with asyncio.timeout(120):
        output = (await process.communicate())[0].decode()
    totals = dict(re.findall(r"^# (\w+) (\d+)$", output, re.MULTILINE))
    assert process.returncode == 0, output
    assert (totals["fail"], totals["skipped"], totals["todo"], totals["cancelled"]) == ("0", "0", "0", "0"), output
    assert int(totals["pass"]) >= 3, output
