"""Admins change accounts of the record: another login, proxy or model, and what was said with them goes on."""

import asyncio
import signal
import sqlite3
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from backend.console import issue_key_at_console
from backend.settings import load_settings
from backend.upstream.rehearsal import RehearsalAccount, RehearsalServer
from tests.accounts import (
    ADD,
    CHANGE,
    DEFINITIONS,
    DISABLE,
    TEST,
    accounts,
    act,
    nothing_leaks,
    strangers_are_refused,
)
from tests.api.graphql_client import Json, chat, code, data, event_stream, execute, follow_up
from tests.driver import FREE, PLUS, Cast, Running, serving
from tests.proxies import free_port
from tests.server_process import server_process

PASSWORD = "correct horse"
HELLO = 'mutation { chat(input: {prompt: "Hi"}) { turn { id } } }'


def login(fake: RehearsalServer, **more: object) -> Json:
    where = {"baseUrl": fake.base_url, "loginUrl": fake.login_url, "authUrl": fake.auth_url}
    return {"name": "lab", "kind": "CHATGPT", "email": FREE[0], "password": PASSWORD} | where | more


@asynccontextmanager
async def one_account(folder: Path, fake: RehearsalServer, **more: object) -> AsyncIterator[tuple[Running, str, str]]:
    async with serving(folder, [], fake=fake) as server:
        admin, user = await server.key("ada", "admin"), await server.key("sam")
        await act(server, admin, ADD, **login(fake, **more))
        yield server, admin, user
    assert not fake.violations


async def definition(server: Running, admin: str) -> Json:
    found = (await data(server, admin, DEFINITIONS))["accounts"]
    assert [account["name"] for account in found] == ["lab"]
    shown: Json = found[0]["definition"]
    return shown


async def wrong_with(server: Running, admin: str) -> str | None:
    """The code of what is wrong with the account."""
    report: Json = (await execute(server, admin, TEST, input={"name": "lab"}))["data"]["testAccount"]
    found: str | None = report["code"]
    return found


def asked(fake: RehearsalServer) -> list[str | None]:
    return [request.account for request in fake.requests if request.endpoint == "chat"]


async def test_a_password_that_is_put_right_brings_the_account_and_its_conversations_back(
    tmp_path: Path, fake: RehearsalServer, caplog: pytest.LogCaptureFixture
) -> None:
    async with one_account(tmp_path, fake) as (server, admin, user):
        before = (await accounts(server, admin))["lab"]["id"]
        first = await chat(server, user, "Hello")
        fake.welcome(RehearsalAccount(FREE[0], "a better one"))
        fake.expire_tokens(FREE[0])
        assert await code(server, user, HELLO) == "wrong_password"
        assert (await accounts(server, admin))["lab"]["health"] == "NEEDS_ATTENTION"
        changed = await act(server, admin, CHANGE, name="lab", password="a better one")
        assert (changed["id"], changed["health"], changed["why"]) == (before, "READY", "")
        again = await follow_up(server, user, first["conversation"]["id"], "And now?")
        assert again["turn"]["state"] == "FINISHED"
        nothing_leaks(tmp_path, caplog, PASSWORD, "a better one", shown=changed)
    async with serving(tmp_path, [], fake=fake) as server:
        assert (await accounts(server, admin))["lab"]["health"] == "READY"
        assert (await follow_up(server, user, first["conversation"]["id"], "Still?"))["turn"]["state"] == "FINISHED"
        assert await wrong_with(server, admin) is None
    nothing_leaks(tmp_path, caplog, PASSWORD, "a better one")


async def test_the_token_of_a_former_login_is_not_used_any_more(tmp_path: Path, fake: RehearsalServer) -> None:
    async with one_account(tmp_path, fake) as (server, admin, user):
        await chat(server, user, "Hello")
        await act(server, admin, CHANGE, name="lab", password="not the password")
        assert await wrong_with(server, admin) == "wrong_password"
    async with serving(tmp_path, [], fake=fake) as server:
        assert await wrong_with(server, admin) == "wrong_password"
        await act(server, admin, CHANGE, name="lab", email=FREE[1], password=PASSWORD)
        await chat(server, user, "Hello")
        token = fake.issue_token(PLUS[0])
        await act(server, admin, CHANGE, name="lab", accessToken=token, email=None, password=None)
        await chat(server, user, "Hello")
        assert (await definition(server, admin))["secrets"] == ["ACCESS_TOKEN"]
    assert asked(fake) == [FREE[0], FREE[1], PLUS[0]]


async def test_what_is_left_out_stays_and_null_takes_it_away(
    tmp_path: Path, fake: RehearsalServer, caplog: pytest.LogCaptureFixture
) -> None:
    port = free_port()
    async with one_account(tmp_path, fake, proxy=f"socks5://me:s3cret%40@127.0.0.1:{port}") as (server, admin, user):
        assert await code(server, user, HELLO) == "proxy_unreachable"
        changed = await act(server, admin, CHANGE, name="lab", model="rehearsal", weight=3, plus=True)
        assert (changed["hasProxy"], changed["plus"]) == (True, True)
        shown = await definition(server, admin)
        assert shown == {
            "weight": 3,
            "concurrency": 1,
            "proxy": f"socks5://127.0.0.1:{port}",
            "model": "rehearsal",
            "context": None,
            "baseUrl": fake.base_url,
            "loginUrl": fake.login_url,
            "authUrl": fake.auth_url,
            "email": FREE[0],
            "secrets": ["PASSWORD", "PROXY_LOGIN"],
        }
        assert not asked(fake)
        changed = await act(server, admin, CHANGE, name="lab", proxy=None, weight=None, plus=None, model=None)
        assert (changed["hasProxy"], changed["plus"], changed["health"]) == (False, False, "READY")
        assert (await chat(server, user, "Hello"))["turn"]["state"] == "FINISHED"
        after = await definition(server, admin)
        assert after == shown | {"weight": 1, "proxy": None, "model": None, "secrets": ["PASSWORD"]}
        nothing_leaks(tmp_path, caplog, "s3cret", PASSWORD, shown=[shown, changed, after])


async def test_a_change_that_makes_no_account_is_refused_beside_its_field_and_loses_nothing(
    tmp_path: Path, fake: RehearsalServer
) -> None:
    async with one_account(tmp_path, fake) as (server, admin, user):
        before = await definition(server, admin)
        for wrong, field, mistake in (
            ({"password": None}, "password", "both_or_neither"),
            ({"email": None}, "password", "both_or_neither"),
            ({"email": None, "password": None}, "", "cannot_sign_in"),
            ({"baseUrl": "ftp://x"}, "baseUrl", "web_scheme"),
            ({"proxy": "default"}, "proxy", "no_default_proxy"),
            ({"proxy": "socks5://me:s3cret@h"}, "proxy", "proxy_port"),
            ({"weight": 0}, "weight", "too_small"),
            ({"concurrency": 2}, "concurrency", "too_large"),
            ({"apiKey": "s3cret"}, "apiKey", None),
            ({"apiKey": None}, "apiKey", None),
        ):
            [error] = (await execute(server, admin, CHANGE, input={"name": "lab", "model": "x", **wrong}))["errors"]
            assert error["extensions"]["code"] == "invalid_input"
            assert error["extensions"]["mistakes"][0]["field"] == field
            assert error["extensions"]["mistakes"][0]["mistake"] == mistake
            assert "s3cret" not in str(error)
        assert await code(server, admin, CHANGE, input={"name": "nowhere", "plus": True}) == "not_found"
        assert await definition(server, admin) == before
        await chat(server, user, "Hello")
    async with serving(tmp_path, [], fake=fake) as server:
        assert await definition(server, admin) == before


async def test_what_an_admin_said_stays_and_so_does_what_another_weight_cannot_mend(
    tmp_path: Path, fake: RehearsalServer
) -> None:
    async with one_account(tmp_path, fake, password="wrong") as (server, admin, _):
        assert await wrong_with(server, admin) == "wrong_password"
        assert (await act(server, admin, CHANGE, name="lab", weight=2, plus=True))["health"] == "NEEDS_ATTENTION"
    async with serving(tmp_path, [], fake=fake) as server:
        assert (await accounts(server, admin))["lab"]["health"] == "NEEDS_ATTENTION"
        await act(server, admin, DISABLE, name="lab")
        assert (await act(server, admin, CHANGE, name="lab", password=PASSWORD))["health"] == "DISABLED"
    async with serving(tmp_path, [], fake=fake) as server:
        assert (await accounts(server, admin))["lab"]["health"] == "DISABLED"


async def test_a_reply_under_way_ends_where_it_began_and_the_account_is_not_asked_twice_at_once(
    tmp_path: Path, fake: RehearsalServer
) -> None:
    async with one_account(tmp_path, fake) as (server, admin, user):
        reply = asyncio.create_task(chat(server, user, "/rehearse stall 0.5"))
        async with asyncio.timeout(20):
            while not (await accounts(server, admin))["lab"]["inFlight"]:  # noqa: ASYNC110  there is no event for it
                await asyncio.sleep(0.02)
        changed = await act(server, admin, CHANGE, name="lab", email=FREE[1])
        assert changed["inFlight"] == 1
        second = await chat(server, user, "Hello")
        assert [(await reply)["turn"]["state"], second["turn"]["state"]] == ["FINISHED"] * 2
        assert asked(fake) == list(FREE)
        assert (await accounts(server, admin))["lab"]["inFlight"] == 0


async def test_nothing_changes_where_the_record_cannot_keep_it(tmp_path: Path, fake: RehearsalServer) -> None:
    async with one_account(tmp_path, fake) as (server, admin, user):
        before = await definition(server, admin)
        with sqlite3.connect(tmp_path / "record.db") as record:
            record.execute(
                "CREATE TRIGGER full BEFORE UPDATE ON account_secrets BEGIN SELECT RAISE(ABORT, 'full'); END"
            )
        refused = await execute(server, admin, CHANGE, input={"name": "lab", "email": FREE[1], "plus": True})
        assert "errors" in refused
        assert await definition(server, admin) == before
        assert (await accounts(server, admin))["lab"]["plus"] is False
        with sqlite3.connect(tmp_path / "record.db") as record:
            assert record.execute("SELECT plus FROM accounts WHERE name = 'lab'").fetchall() == [(0,)]
            record.execute("DROP TRIGGER full")
        await chat(server, user, "Hello")
        assert asked(fake) == [FREE[0]]


async def test_what_was_answered_to_be_changed_outlives_a_kill(tmp_path: Path, fake: RehearsalServer) -> None:
    async with server_process(tmp_path, []) as process, process.client() as client:
        settings = load_settings(tmp_path / "settings.yaml")
        admin = await asyncio.to_thread(issue_key_at_console, settings, "admin", "ada", True)
        changes: list[tuple[str, Any]] = [(ADD, login(fake, password="wrong")), (CHANGE, {"name": "lab"})]
        changes[1][1].update(email=FREE[1], password=PASSWORD, weight=7)
        for document, given in changes:
            sent = {"query": document, "variables": {"input": given}}
            answer = await client.post("/graphql", json=sent, headers={"Authorization": f"Bearer {admin}"})
            assert "errors" not in answer.json(), answer.text
        process.process.send_signal(signal.SIGKILL)
        await process.process.wait()
    async with serving(tmp_path, [], fake=fake) as server:
        shown = await definition(server, admin)
        assert (shown["email"], shown["weight"]) == (FREE[1], 7)
        assert await wrong_with(server, admin) is None


async def test_whoever_follows_the_accounts_hears_of_a_change(tmp_path: Path, fake: RehearsalServer) -> None:
    states = "subscription { accountStates { definition { model } } }"
    async with (
        one_account(tmp_path, fake) as (server, admin, _),
        aclosing(event_stream(server, admin, states)) as events,
        asyncio.timeout(20),
    ):
        for model in (None, "rehearsal"):
            _, told = await anext(events)
            assert told["data"]["accountStates"] == [{"definition": {"model": model}}]
            await act(server, admin, CHANGE, name="lab", model="rehearsal")


async def test_an_account_of_the_settings_is_changed_in_the_settings_alone(server: Running, cast: Cast) -> None:
    [error] = (await execute(server, cast.admin, CHANGE, input={"name": "free-a", "plus": True}))["errors"]
    assert (error["extensions"]["code"], error["extensions"]["mistake"]) == ("invalid_input", "in_the_settings")
    assert error["message"].startswith("The account 'free-a' stands in settings.yaml: change it there")
    found = {each["name"]: each["definition"] for each in (await data(server, cast.admin, DEFINITIONS))["accounts"]}
    assert found["free-a"] is None
    assert (await accounts(server, cast.admin))["free-a"]["plus"] is False


async def test_a_stranger_can_neither_change_an_account_nor_read_how_it_is_defined(server: Running, cast: Cast) -> None:
    await strangers_are_refused(server, cast, CHANGE)
    for key in (cast.user, cast.client, cast.plus, cast.stranger):
        assert await code(server, key, DEFINITIONS) == "not_allowed"
