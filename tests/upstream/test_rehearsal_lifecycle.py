import asyncio
import signal
from typing import Any

import aiohttp
import pytest
import yaml

from backend.upstream.rehearsal import DEFAULT_ACCOUNT, Fault, RehearsalAccount, RehearsalServer, rehearse

EMAIL = "delta@example.org"


async def test_urls_are_loopback_and_known_after_the_start() -> None:
    server = RehearsalServer()
    with pytest.raises(RuntimeError):
        _ = server.base_url
    await server.start()
    assert server.login_url.startswith("http://127.0.0.1:")
    assert (server.base_url, server.auth_url) == (server.login_url + "/backend-api", server.login_url + "/auth")
    with pytest.raises(RuntimeError):
        await server.start()
    await server.stop()
    await server.stop()


async def test_a_port_that_is_taken_is_an_error_that_leaves_nothing_behind(rehearsal: Any) -> None:
    second = RehearsalServer()
    with pytest.raises(OSError, match="address already in use"):
        await second.start(int(rehearsal.login_url.rpartition(":")[2]))
    await second.start()
    await second.stop()


async def test_it_comes_back_on_its_port_and_remembers(rehearsal: Any, speaker: Any) -> None:
    first = await speaker.ask(EMAIL, "One")
    port = int(rehearsal.login_url.rpartition(":")[2])
    await rehearsal.stop()
    with pytest.raises(aiohttp.ClientConnectionError):
        await speaker.ask(EMAIL, "Two", first)
    await rehearsal.start(port)
    assert "number 2" in (await speaker.ask(EMAIL, "Two", first)).text


@pytest.mark.parametrize("kind", ["hang", "hang-mid", "stall", "stall-headers", "drip"])
async def test_a_stop_leaves_no_task_behind(start_rehearsal: Any, speaker: Any, kind: Any) -> None:
    before = asyncio.all_tasks()
    server = await start_rehearsal(pace=60)
    speaker.server = server
    server.script.next(Fault(kind, seconds=600, after=0))
    asking = asyncio.create_task(speaker.ask(EMAIL, "Hello"))
    await asyncio.wait_for(server.script.used_up(), 5)
    await server.stop()
    await asyncio.gather(asking, return_exceptions=True)
    assert asyncio.all_tasks() - before == set()


def test_two_accounts_of_one_address_are_refused() -> None:
    with pytest.raises(ValueError, match="same e-mail address"):
        RehearsalServer([RehearsalAccount("a@example.org", "x"), RehearsalAccount("A@example.org", "y")])


async def test_rehearse_prints_how_to_use_it_and_ends_on_a_signal(capsys: pytest.CaptureFixture[str]) -> None:
    running, printed = asyncio.create_task(rehearse(0)), ""
    async with asyncio.timeout(5):
        while "Ctrl+C" not in printed:
            await asyncio.sleep(0.005)
            printed += capsys.readouterr().out
    settings = yaml.safe_load(printed.partition("For settings.yaml:\n")[2].partition("\nStop it")[0])
    account = settings["accounts"][0]
    assert (account["kind"], account["email"], account["password"]) == (
        "chatgpt",
        DEFAULT_ACCOUNT.email,
        DEFAULT_ACCOUNT.password,
    )
    async with aiohttp.ClientSession() as http, http.get(account["login_url"]) as response:
        assert response.status == 200
    signal.raise_signal(signal.SIGTERM)
    async with asyncio.timeout(5):
        await running
