"""One click tells whether an account's proxy lets it out, and nothing goes around the proxy."""

import socket
from pathlib import Path
from typing import Any

import pytest

from backend.upstream.proxy_check import check_proxy
from backend.upstream.rehearsal import RehearsalServer
from tests.accounts import CHECK, act, nothing_leaks, strangers_are_refused
from tests.api.graphql_client import Json, code
from tests.driver import Cast, Running, chatgpt_accounts, serving
from tests.upstream.test_proxies_are_the_only_way import free_port, listening_proxy, microsocks


@pytest.fixture
def looked_up(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The host names that this process asked to be resolved."""
    names: list[Any] = []
    real = socket.getaddrinfo

    def noting(host: Any, *rest: Any, **more: Any) -> Any:
        names.append(host)
        return real(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", noting)
    return names


async def checked(folder: Path, fake: RehearsalServer, proxy: str, **more: Any) -> Json:
    account = chatgpt_accounts(fake)[0] | {"proxy": proxy} | more
    async with serving(folder, [account], fake=fake, timeouts={"connect": 0.5}) as server:
        return await act(server, await server.key("ada", "admin"), CHECK, name="free-a")


async def test_a_proxy_that_is_up_is_told_as_such(
    tmp_path: Path, fake: RehearsalServer, caplog: pytest.LogCaptureFixture
) -> None:
    async with microsocks("-u", "me", "-P", "s3cret") as port:
        found = await checked(tmp_path, fake, f"socks5h://me:s3cret@127.0.0.1:{port}")
        assert (found["state"], found["seconds"] < 5) == ("UP", True)
        wrong = await checked(tmp_path, fake, f"socks5h://me:wr0ng@127.0.0.1:{port}")
        assert wrong["state"] == "WRONG_LOGIN"
    assert not fake.requests
    nothing_leaks(tmp_path, caplog, "s3cret", "wr0ng", shown=[found, wrong])


async def test_a_proxy_that_is_down_or_hangs_is_told_as_such(tmp_path: Path, fake: RehearsalServer) -> None:
    down = await checked(tmp_path, fake, f"socks5://127.0.0.1:{free_port()}")
    assert down["state"] == "DOWN"
    async with listening_proxy(None) as (port, _):
        hanging = await checked(tmp_path, fake, f"socks5://127.0.0.1:{port}")
    assert (hanging["state"], 0.4 < hanging["seconds"] < 10) == ("HANGING", True)


async def test_a_proxy_that_cannot_reach_the_upstream_is_told_as_such(tmp_path: Path, fake: RehearsalServer) -> None:
    async with microsocks() as port:
        nowhere = f"http://127.0.0.1:{free_port()}"
        found = await checked(tmp_path, fake, f"socks5://127.0.0.1:{port}", base_url=nowhere)
    assert found["state"] == "NO_WAY_ON"


@pytest.mark.parametrize("scheme", ["socks5", "socks5h"])
async def test_the_name_of_the_upstream_is_resolved_at_the_proxy(
    fake: RehearsalServer, looked_up: list[Any], scheme: str
) -> None:
    async with listening_proxy(int(fake.origin.rpartition(":")[2])) as (port, asked):
        report = await check_proxy(f"{scheme}://127.0.0.1:{port}", "https://upstream.invalid/v1", 5)
    assert report.state == "up"
    assert asked == [b"upstream.invalid"]
    assert "upstream.invalid" not in looked_up


async def test_an_account_without_a_proxy_has_nothing_to_check(server: Running, cast: Cast) -> None:
    assert await code(server, cast.admin, CHECK, input={"name": "free-a"}) == "invalid_input"


async def test_a_stranger_cannot_have_a_proxy_checked(server: Running, cast: Cast) -> None:
    await strangers_are_refused(server, cast, CHECK)
