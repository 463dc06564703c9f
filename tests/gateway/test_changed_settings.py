"""A changed settings.yaml is taken over while the server runs; a wrong one is refused and changes nothing."""

import asyncio
import os
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from backend.settings import SettingsWatch, load_settings
from backend.upstream.rehearsal import RehearsalServer
from tests.accounts import DISABLE, PROBLEM, accounts, act, nothing_leaks
from tests.api.graphql_client import chat, code, data, execute, follow_up
from tests.driver import FREE, Running, chatgpt_accounts, serving
from tests.upstream.test_proxies_are_the_only_way import free_port

ROOT = Path(__file__).resolve().parents[2]


def write(folder: Path, listed: list[dict[str, Any]], **more: Any) -> None:
    file = folder / "settings.yaml"
    data = yaml.safe_load(file.read_text())
    file.write_text(yaml.safe_dump(data | {"accounts": listed} | more))


async def reload(server: Running) -> str | None:
    await server.house.reloading.look(at_once=True)
    return server.house.reloading.problem


async def problem(server: Running, key: str) -> Any:
    return (await data(server, key, PROBLEM))["server"]["settingsProblem"]


async def eventually(holds: Callable[[], Any]) -> None:
    async with asyncio.timeout(20):
        while not await holds():  # noqa: ASYNC110  there is no event for it
            await asyncio.sleep(0.05)


@asynccontextmanager
async def one_account(folder: Path, fake: RehearsalServer) -> AsyncIterator[tuple[Running, str, str]]:
    async with serving(folder, chatgpt_accounts(fake)[:1], fake=fake) as server:
        yield server, await server.key("ada", "admin"), await server.key("sam")
    assert not fake.violations


def asked(fake: RehearsalServer) -> list[str | None]:
    return [request.account for request in fake.requests if request.endpoint == "chat"]


async def test_a_change_is_taken_over_by_itself(tmp_path: Path, fake: RehearsalServer) -> None:
    async with one_account(tmp_path, fake) as (server, admin, _):
        write(tmp_path, chatgpt_accounts(fake))

        async def four() -> bool:
            return len(await accounts(server, admin)) == 4

        await eventually(four)


async def test_accounts_come_and_go_while_a_reply_ends_where_it_began(tmp_path: Path, fake: RehearsalServer) -> None:
    both = chatgpt_accounts(fake)[::2]
    async with one_account(tmp_path, fake) as (server, admin, user):
        first = await chat(server, user, "Hello")
        reply = asyncio.create_task(follow_up(server, user, first["conversation"]["id"], "/rehearse stall 0.5"))
        await eventually(lambda: _busy(server, admin))
        write(tmp_path, both[1:])
        assert await reload(server) is None
        assert list(await accounts(server, admin)) == ["free-b"]
        assert (await reply)["turn"]["state"] == "FINISHED"
        await chat(server, user, "Hello")
        assert asked(fake) == [FREE[0], FREE[0], FREE[1]]
        again = 'mutation ($id: ID!) { followUp(input: {conversationId: $id, prompt: "?"}) { turn { id } } }'
        assert await code(server, user, again, id=first["conversation"]["id"]) == "account_unavailable"
        write(tmp_path, both)
        await reload(server)
        back = await follow_up(server, user, first["conversation"]["id"], "And now?")
        assert back["turn"]["state"] == "FINISHED"


async def _busy(server: Running, admin: str) -> bool:
    return any(account["inFlight"] for account in (await accounts(server, admin)).values())


async def test_a_changed_account_is_not_asked_twice_at_once(tmp_path: Path, fake: RehearsalServer) -> None:
    account = chatgpt_accounts(fake)[0]
    async with one_account(tmp_path, fake) as (server, admin, user):
        reply = asyncio.create_task(chat(server, user, "/rehearse stall 0.5"))
        await eventually(lambda: _busy(server, admin))
        for changes in ([account | {"model": "rehearsal"}], [], [account | {"model": "rehearsal"}]):
            write(tmp_path, changes)
            assert await reload(server) is None
        assert (await accounts(server, admin))["free-a"]["inFlight"] == 1
        second = asyncio.create_task(chat(server, user, "Hello"))
        assert [(await each)["turn"]["state"] for each in (reply, second)] == ["FINISHED"] * 2
        assert (await accounts(server, admin))["free-a"]["inFlight"] == 0


async def test_a_proxy_that_is_set_is_the_only_way_out_from_then_on(tmp_path: Path, fake: RehearsalServer) -> None:
    async with one_account(tmp_path, fake) as (server, _, user):
        await chat(server, user, "Hello")
        seen = len(fake.requests)
        write(
            tmp_path,
            [chatgpt_accounts(fake)[0] | {"proxy": "default"}],
            default_proxy=f"socks5://127.0.0.1:{free_port()}",
        )
        assert await reload(server) is None
        refused = await execute(server, user, 'mutation { chat(input: {prompt: "Hi"}) { turn { id } } }')
        assert refused["errors"][0]["extensions"]["code"] == "proxy_unreachable"
        assert len(fake.requests) == seen


async def test_wrong_settings_are_refused_and_every_mistake_is_told(
    tmp_path: Path, fake: RehearsalServer, caplog: pytest.LogCaptureFixture
) -> None:
    account = chatgpt_accounts(fake)[0]
    async with one_account(tmp_path, fake) as (server, admin, user):
        write(tmp_path, [account | {"password": "n3w secret", "prot": 1}], titels="ask")
        found = await reload(server)
        assert found is not None
        assert "unknown key; did you mean titles?" in found
        assert "accounts[0].prot: unknown key" in found
        assert await problem(server, admin) == found
        assert found in caplog.text
        assert (await chat(server, user, "Hello"))["turn"]["state"] == "FINISHED"
        nothing_leaks(tmp_path, caplog, "n3w secret", "correct horse", shown=found)
        write(tmp_path, [account])
        (tmp_path / "settings.yaml").write_text((tmp_path / "settings.yaml").read_text().replace("titels: ask\n", ""))
        assert await reload(server) is None
        assert await problem(server, admin) is None


async def test_what_cannot_change_while_the_server_runs_is_named(tmp_path: Path, fake: RehearsalServer) -> None:
    async with one_account(tmp_path, fake) as (server, admin, user):
        write(
            tmp_path,
            chatgpt_accounts(fake)[::2],
            port=8123,
            paths={"chat": "/talk"},
            timeouts={"shutdown": 3, "queue": 7},
            limits={"prompt": 3, "waiting_per_user": 2},
            pool={"choice": "weighted"},
            follow_ups="refuse",
        )
        await reload(server)
        found = "These settings changed and need a restart of the server: port, paths, timeouts.shutdown."
        assert await problem(server, admin) == found
        assert len(await accounts(server, admin)) == 2
        assert (
            await code(server, user, 'mutation { chat(input: {prompt: "Hello"}) { turn { id } } }') == "invalid_input"
        )


async def test_a_changed_account_is_asked_anew_what_it_offers(tmp_path: Path, fake: RehearsalServer) -> None:
    async with one_account(tmp_path, fake) as (server, _, user):
        for changes in ([chatgpt_accounts(fake)[0] | {"model": "rehearsal"}], []):
            async with server.client(user) as client:
                assert (await client.get("/v1/models")).status_code == 200
            write(tmp_path, changes)
            await reload(server)
        assert sum(request.endpoint == "models" for request in fake.requests) == 2


async def test_what_an_admin_said_of_an_account_outlives_a_change(tmp_path: Path, fake: RehearsalServer) -> None:
    account = chatgpt_accounts(fake)[0]
    async with one_account(tmp_path, fake) as (server, admin, _):
        await act(server, admin, DISABLE, name="free-a")
        for changes in ([account | {"model": "rehearsal"}], [], [account]):
            write(tmp_path, changes)
            await reload(server)
        assert (await accounts(server, admin))["free-a"]["health"] == "DISABLED"


async def test_an_account_rests_on_through_a_change_that_leaves_it_what_it_is(
    tmp_path: Path, fake: RehearsalServer
) -> None:
    account = chatgpt_accounts(fake)[0]
    limited = 'mutation { chat(input: {prompt: "/rehearse limit 600"}) { turn { id } } }'
    async with one_account(tmp_path, fake) as (server, admin, user):
        assert await code(server, user, limited) == "upstream_rate_limited"
        write(tmp_path, [account | {"weight": 3, "plus": True}], timeouts={"shutdown": 1, "connect": 7})
        assert await reload(server) is None
        stands = (await accounts(server, admin))["free-a"]
        assert (stands["health"], stands["plus"]) == ("RESTING", True)
        write(tmp_path, [account | {"email": FREE[1]}])
        assert await reload(server) is None
        assert (await accounts(server, admin))["free-a"]["health"] == "READY"


def test_a_file_that_is_being_written_is_not_taken_at_its_word(tmp_path: Path) -> None:
    file = tmp_path / "settings.yaml"
    file.write_text("titles: ask\n")
    watch = SettingsWatch(load_settings(file), lambda: file.stat().st_mtime if file.exists() else 0.0)
    assert watch.look() is None
    file.write_text("")
    assert watch.look() is None
    file.write_text("titles: derive\n")
    assert watch.look() is None
    taken = watch.look()
    assert taken is not None
    assert taken.titles == "derive"
    assert watch.look() is None


def test_a_file_that_is_put_back_before_the_second_look_has_not_changed(tmp_path: Path) -> None:
    file = tmp_path / "settings.yaml"
    file.write_text("titles: ask\n")
    watch = SettingsWatch(load_settings(file), lambda: 0.0)
    file.write_text("")
    assert watch.look() is None
    file.write_text("titles: ask\n")
    assert [watch.look(), watch.look()] == [None, None]


async def test_a_hangup_signal_reads_the_settings_at_once(tmp_path: Path) -> None:
    file = tmp_path / "settings.yaml"
    file.write_text('port: 0\naccounts:\n  - {name: one, kind: rehearsal, model: "${file:model}"}\n')
    (tmp_path / "model").write_text("rehearsal")
    command = [sys.executable, "-m", "backend", "serve", "--settings", str(file)]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        async with asyncio.timeout(30):
            url = (await process.stdout.readline()).decode().split()[-1]
            assert re.fullmatch(r"http://127\.0\.0\.1:\d+", url)
            async with httpx.AsyncClient(trust_env=False) as client:
                assert (await client.get(url + "/readyz")).status_code == 200
            os.unlink(tmp_path / "model")  # noqa: PTH108  what the file refers to changes, the file does not
            process.send_signal(signal.SIGHUP)
            said = b""
            while b"model cannot be read" not in said:
                said += await process.stderr.readline()
            assert b"refused" in said
    finally:
        process.terminate()
        await process.communicate()


async def test_a_stranger_learns_nothing_of_the_settings(tmp_path: Path, fake: RehearsalServer) -> None:
    async with one_account(tmp_path, fake) as (server, admin, user):
        write(tmp_path, [], port="x")
        await reload(server)
        assert await problem(server, admin)
        client = await server.key("bot", "client")
        for key in (user, client):
            assert await problem(server, key) is None
