"""`python -m backend serve` as a process: what it prints, and what a kill leaves behind."""

import asyncio
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

ROOT = Path(__file__).parents[1]
SETTINGS = "database: sqlite:///record.db\naccounts:\n  - {name: rehearsal, kind: rehearsal}\n"
CHAT = "mutation($p: String!) { chat(input: {prompt: $p, wait: false}) { turn { id } conversation { id } } }"
READ = "query($id: ID!) { turn(id: $id) { state prompt reply error { code } } }"


class Process:
    def __init__(self, process: asyncio.subprocess.Process, printed: list[str], key: str) -> None:
        self.process = process
        self.printed = printed
        self.url = re.sub(r"^Serving on ", "", printed[0])
        self._headers = {"Authorization": f"Bearer {key}"}

    async def ask(self, query: str, **variables: object) -> Any:
        async with httpx.AsyncClient(trust_env=False, timeout=20) as http:
            answer = await http.post(
                self.url + "/graphql", json={"query": query, "variables": variables}, headers=self._headers
            )
        body = answer.json()
        assert "errors" not in body, body
        return body["data"]

    async def end(self, how: signal.Signals) -> int:
        self.process.send_signal(how)
        return await asyncio.wait_for(self.process.wait(), 30)


async def backend(*arguments: str) -> asyncio.subprocess.Process:
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "backend", *arguments, cwd=ROOT, stdout=pipe, stderr=pipe
    )


@pytest.fixture
def settings(tmp_path: Path) -> str:
    file = tmp_path / "settings.yaml"
    file.write_text(SETTINGS)
    return str(file)


async def issue(settings: str, name: str) -> str:
    process = await backend("keys", "issue", "--settings", settings, "--role", "user", "--name", name)
    out, _ = await process.communicate()
    assert process.returncode == 0
    return out.decode().removesuffix("\n")


@asynccontextmanager
async def served(settings: str, key: str, lines: int = 4) -> AsyncIterator[Process]:
    process = await backend("serve", "--settings", settings, "--port", "0")
    try:
        assert process.stdout is not None
        printed = [(await asyncio.wait_for(process.stdout.readline(), 30)).decode().rstrip() for _ in range(lines)]
        yield Process(process, printed, key)
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def test_the_first_minute_is_told_on_the_console(settings: str) -> None:
    key = await issue(settings, "uma")
    assert re.fullmatch(r"cas_[0-9A-Za-z]{44}", key)
    async with served(settings, key) as server:
        serving, link, rehearsal, real_account = server.printed
        assert re.fullmatch(r"Serving on http://127\.0\.0\.1:\d+", serving)
        assert f"{server.url}/sign-in#link=cas_" in link
        assert "rehearsal upstream" in rehearsal
        assert "settings.yaml" in real_account
        async with httpx.AsyncClient(base_url=server.url, trust_env=False) as http:
            assert [(await http.get(path)).status_code for path in ("/healthz", "/readyz")] == [200, 200]


@pytest.mark.skipif(sys.platform != "linux", reason="what a process has loaded is read in /proc")
async def test_a_record_in_sqlite_loads_no_driver_of_postgresql(settings: str) -> None:
    async with served(settings, await issue(settings, "uma")) as server:
        loaded = await asyncio.to_thread(Path(f"/proc/{server.process.pid}/maps").read_text)
        assert "apsw" in loaded
        assert "psycopg" not in loaded


async def test_what_was_acknowledged_survives_a_kill_and_is_marked(settings: str) -> None:
    key = await issue(settings, "uma")
    async with served(settings, key) as server:
        turn = (await server.ask(CHAT, p="/rehearse hang-mid"))["chat"]["turn"]["id"]
        assert await server.end(signal.SIGKILL) == -signal.SIGKILL
    async with served(settings, key) as server:
        kept = (await server.ask(READ, id=turn))["turn"]
    assert (kept["state"], kept["prompt"]) == ("FAILED", "/rehearse hang-mid")
    assert kept["error"]["code"] == "reply_interrupted"


async def test_a_polite_end_lets_a_reply_come_to_its_own(settings: str) -> None:
    key = await issue(settings, "uma")
    async with served(settings, key) as server:
        turn = (await server.ask(CHAT, p="/rehearse stall 1"))["chat"]["turn"]["id"]
        assert await server.end(signal.SIGTERM) == 0
    async with served(settings, key) as server:
        kept = (await server.ask(READ, id=turn))["turn"]
    assert kept["state"] == "FINISHED"
    assert kept["reply"]


async def test_a_stranger_reads_nothing_of_it(settings: str) -> None:
    async with served(settings, await issue(settings, "uma")) as server:
        turn = (await server.ask(CHAT, p="private"))["chat"]["turn"]["id"]
        stranger = Process(server.process, server.printed, await issue(settings, "sam"))
        assert (await stranger.ask(READ, id=turn))["turn"] is None
