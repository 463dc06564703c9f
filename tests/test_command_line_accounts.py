"""`python -m backend accounts …`, beside a server that runs and without one."""

import asyncio
import sys
import time
from pathlib import Path

import pytest

from backend.gateway.console import ask
from backend.storage.sealing import Sealing
from backend.upstream.rehearsal import RehearsalServer
from tests.accounts import DEFINITIONS, accounts, nothing_leaks
from tests.api.graphql_client import chat, data
from tests.driver import FREE, chatgpt_accounts, serving

ROOT = Path(__file__).resolve().parents[1]


async def run(folder: Path, *arguments: str, stdin: str = "") -> tuple[int | None, str, str]:
    """Exit code, stdout and stderr of a command about accounts."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-W", "error", "-m", "backend", "accounts", *arguments),
        *("--settings", str(folder / "settings.yaml")),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(60):
        out, err = await process.communicate(stdin.encode())
    return process.returncode, out.decode(), err.decode()


def definition(fake: RehearsalServer) -> str:
    return (
        f"name: added\nkind: chatgpt\nemail: {FREE[1]}\npassword: correct horse\nbase_url: {fake.base_url}\n"
        f"login_url: {fake.login_url}\nauth_url: {fake.auth_url}\n"
    )


@pytest.mark.long
async def test_a_running_server_takes_over_what_the_command_line_says(
    tmp_path: Path, fake: RehearsalServer, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(tmp_path, chatgpt_accounts(fake)[:1], fake=fake) as server:
        admin, user = await server.key("ada", "admin"), await server.key("sam")
        added = await run(tmp_path, "add", "-", stdin=definition(fake))
        assert added == (
            0,
            "added: chatgpt; ready; 0 of 1 in use, 0 waiting; direct; from the record\n",
            "",
        )
        assert (await accounts(server, admin))["added"]["health"] == "READY"
        assert (await run(tmp_path, "disable", "free-a"))[0] == 0
        await chat(server, user, "Hello")
        assert [request.account for request in fake.requests if request.endpoint == "chat"] == [FREE[1]]
        code, listed, _ = await run(tmp_path, "list")
        assert (code, len(listed.splitlines())) == (0, 2)
        assert "free-a: chatgpt; disabled (An admin switched it off.)" in listed
        tested = await run(tmp_path, "test", "added")
        assert (tested[0], tested[1].splitlines()[1:], tested[2]) == (0, ["  rehearsal"], "")
        assert (await run(tmp_path, "sign-in", "added"))[0] == 0
        assert (await run(tmp_path, "rest", "added", "--for", "3600"))[0] == 0
        assert (await accounts(server, admin))["added"]["health"] == "RESTING"
        assert (await run(tmp_path, "wake", "added"))[0] == 0
        assert (await run(tmp_path, "enable", "free-a"))[0] == 0
        assert {account["health"] for account in (await accounts(server, admin)).values()} == {"READY"}
        nothing_leaks(tmp_path, caplog, "correct horse", FREE[1], shown=[added, listed, tested])
    assert not fake.violations


@pytest.mark.long
async def test_an_account_is_changed_beside_a_server_and_without_one(
    tmp_path: Path, fake: RehearsalServer, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(tmp_path, chatgpt_accounts(fake)[:1], fake=fake) as server:
        admin, user = await server.key("ada", "admin"), await server.key("sam")
        wrong = definition(fake).replace("correct horse", "not the password")
        assert (await run(tmp_path, "add", "-", stdin=wrong))[0] == 0
        assert (await run(tmp_path, "test", "added"))[0] == 1
        changed = await run(tmp_path, "change", "-", stdin="name: added\nkind: chatgpt\npassword: correct horse\n")
        assert changed == (0, "added: chatgpt; ready; 0 of 1 in use, 0 waiting; direct; from the record\n", "")
        assert (await run(tmp_path, "disable", "free-a"))[0] == 0
        await chat(server, user, "Hello")
        for stdin, sentence in (
            ("name: free-a\nplus: true\n", "The account 'free-a' stands in settings.yaml: change it there"),
            ("name: nowhere\n", "There is no built-in account 'nowhere'."),
            ("plus: true\n", "`name`: this key is missing"),
            ("name: added\nkind: openai\n", "`kind`: an account stays of its kind"),
            ("name: added\nprot: null\n", "`prot`: unknown key; did you mean proxy?"),
            ("name: added\nemail: null\n", "`password`: email and password belong together"),
        ):
            refused = await run(tmp_path, "change", "-", stdin=stdin)
            assert (refused[0], refused[1], sentence in refused[2]) == (1, "", True), refused
    changed = await run(tmp_path, "change", "-", stdin="name: added\nplus: true\nbase_url: null\n")
    assert changed == (0, "added: chatgpt plus; ready; 0 of 1 in use, 0 waiting; direct; from the record\n", "")
    async with serving(tmp_path, chatgpt_accounts(fake)[:1], fake=fake) as server:
        [shown] = [each["definition"] for each in (await data(server, admin, DEFINITIONS))["accounts"][1:]]
        assert (shown["baseUrl"], shown["email"]) == ("https://chatgpt.com/backend-api", FREE[1])
        assert (await accounts(server, admin))["added"]["plus"] is True
    nothing_leaks(tmp_path, caplog, "correct horse", "not the password", shown=changed)


@pytest.mark.long
async def test_without_a_server_the_command_line_does_it_itself(tmp_path: Path, fake: RehearsalServer) -> None:
    async with serving(tmp_path, chatgpt_accounts(fake)[:1], fake=fake):
        pass
    assert (await run(tmp_path, "add", "-", stdin=definition(fake)))[0] == 0
    assert (await run(tmp_path, "rest", "free-a", "--until", "2090-01-01T00:00Z"))[0] == 0
    tested = await run(tmp_path, "test", "added")
    assert (tested[0], tested[2]) == (0, "")
    async with serving(tmp_path, chatgpt_accounts(fake)[:1], fake=fake) as server:
        found = await accounts(server, await server.key("ada", "admin"))
        assert {name: account["health"] for name, account in found.items()} == {"free-a": "RESTING", "added": "READY"}
    removed = await run(tmp_path, "remove", "added")
    assert removed == (0, "added is removed; its conversations stay.\n", "")
    assert "added" not in (await run(tmp_path, "list"))[1]


@pytest.mark.long
async def test_what_cannot_be_done_is_said_in_a_sentence(tmp_path: Path, fake: RehearsalServer) -> None:
    async with serving(tmp_path, chatgpt_accounts(fake)[:1], fake=fake) as server:
        refused = await run(tmp_path, "remove", "free-a")
        assert (refused[0], refused[1]) == (1, "")
        assert "stands in settings.yaml: remove it there" in refused[2]
        assert (await run(tmp_path, "wake", "nowhere"))[2] == "There is no built-in account 'nowhere'.\n"
        assert (await run(tmp_path, "check-proxy", "free-a"))[0] == 1
        wrong = await run(tmp_path, "add", "-", stdin=definition(fake) + "prot: 1\n")
        assert (wrong[0], wrong[2]) == (1, "`prot`: unknown key; did you mean proxy?\n")
        wrong = await run(tmp_path, "add", "-", stdin="- 1\n- 2\n")
        assert "must be the keys of one account" in wrong[2]
        assert list(await accounts(server, await server.key("ada", "admin"))) == ["free-a"]
        assert server.fake is fake


async def test_who_has_not_the_key_file_cannot_speak_as_the_console(tmp_path: Path, fake: RehearsalServer) -> None:
    async with serving(tmp_path, chatgpt_accounts(fake)[:1], fake=fake) as server:
        record = server.house.record
        request = {"action": "disable", "name": "free-a"}
        said = await ask(record.upkeep, Sealing([b"x" * 32]), request, time.time)
        assert said["code"] == "record_unusable"
        assert (await accounts(server, await server.key("ada", "admin")))["free-a"]["health"] == "READY"
