"""Admins ask an account what it offers, and have it sign in again."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from backend.upstream.rehearsal import RehearsalAccount, RehearsalServer
from tests.accounts import SIGN_IN, TEST, accounts, act, nothing_leaks, strangers_are_refused
from tests.api.graphql_client import chat, code, execute
from tests.driver import FREE, Cast, Running, chatgpt_accounts, serving


def sign_ins(fake: RehearsalServer) -> int:
    return sum(request.endpoint == "sign_in" for request in fake.requests)


def tokens_of(fake: RehearsalServer) -> list[str]:
    return [request.headers["authorization"] for request in fake.requests if request.endpoint == "chat"]


async def test_a_test_says_what_is_offered_and_sends_no_prompt(server: Running, cast: Cast) -> None:
    assert server.fake is not None
    report = await execute(server, cast.admin, TEST, input={"name": "free-a"})
    found = report["data"]["testAccount"]
    assert (found["ok"], found["code"], found["models"]) == (True, None, ["rehearsal"])
    assert found["seconds"] >= 0
    assert not tokens_of(server.fake)


async def test_a_test_says_what_went_wrong_and_leaves_the_account_as_it_stands(server: Running, cast: Cast) -> None:
    assert server.fake is not None
    accounts_gone = await execute(server, cast.admin, TEST, input={"name": "nowhere"})
    assert accounts_gone["errors"][0]["extensions"]["code"] == "not_found"
    await server.fake.stop()
    found = (await execute(server, cast.admin, TEST, input={"name": "free-a"}))["data"]["testAccount"]
    assert (found["ok"], found["code"], found["account"]["health"]) == (False, "upstream_unreachable", "READY")
    assert found["message"]


async def test_an_account_that_a_test_finds_not_let_in_is_asked_no_prompt_until_it_is(
    tmp_path: Path, fake: RehearsalServer
) -> None:
    wrong, right = chatgpt_accounts(fake)[0], chatgpt_accounts(fake)[2]
    wrong["password"] = "not the password"
    async with serving(tmp_path, [wrong, right], fake=fake) as server:
        admin, user = await server.key("ada", "admin"), await server.key("sam")
        found = (await execute(server, admin, TEST, input={"name": "free-a"}))["data"]["testAccount"]
        assert (found["code"], found["account"]["health"]) == ("wrong_password", "NEEDS_ATTENTION")
        for _ in range(2):
            await chat(server, user, "Hello")
        assert {request.account for request in fake.requests if request.endpoint == "chat"} == {FREE[1]}
        fake.welcome(RehearsalAccount(FREE[0], "not the password"))
        found = (await execute(server, admin, TEST, input={"name": "free-a"}))["data"]["testAccount"]
        assert (found["ok"], found["account"]["health"]) == (True, "READY")


async def test_a_test_that_succeeds_says_nothing_of_what_it_did_not_try(server: Running, cast: Cast) -> None:
    account = server.house.gateway.upkeep._accounts.named("free-a").account
    pool = server.house.gateway.upkeep._pool
    checked = replace(pool.state(account.id), health="needs_attention", why="A check.", why_code="human_check_required")
    pool.alter(account.id, checked)
    found = (await execute(server, cast.admin, TEST, input={"name": "free-a"}))["data"]["testAccount"]
    assert (found["ok"], found["account"]["health"]) == (True, "NEEDS_ATTENTION")


async def test_signing_in_again_gives_a_new_token(server: Running, cast: Cast) -> None:
    assert server.fake is not None
    for _ in range(2):
        await chat(server, cast.user, "Hello")
    before = tokens_of(server.fake)[0]
    await act(server, cast.admin, SIGN_IN, name="free-a")
    await chat(server, cast.user, "Hello")
    assert server.fake.requests[-1].account in FREE
    after = [r for r in server.fake.requests if r.endpoint == "chat" and r.account == FREE[0]][-1]
    assert after.headers["authorization"] != before


async def test_a_sign_in_that_fails_leaves_the_token_that_there_is(
    tmp_path: Path, fake: RehearsalServer, caplog: pytest.LogCaptureFixture
) -> None:
    account = chatgpt_accounts(fake)[0]
    async with serving(tmp_path, [account], fake=fake) as server:
        admin, user = await server.key("ada", "admin"), await server.key("sam")
        await chat(server, user, "Hello")
        tokens = tokens_of(fake)
    fake.welcome(RehearsalAccount(FREE[0], "another one"))
    async with serving(tmp_path, [account], fake=fake) as server:
        for _ in range(2):
            assert await code(server, admin, SIGN_IN, input={"name": "free-a"}) == "wrong_password"
        await chat(server, user, "Hello")
        assert tokens_of(fake) == tokens * 2
    nothing_leaks(tmp_path, caplog, "correct horse", tokens[0].removeprefix("Bearer "))


async def test_an_account_that_needed_attention_is_asked_again_after_a_sign_in(server: Running, cast: Cast) -> None:
    account = server.house.gateway.upkeep._accounts.named("free-a").account
    pool = server.house.gateway.upkeep._pool
    pool.alter(account.id, replace(pool.state(account.id), health="needs_attention", why="A human check."))
    assert (await accounts(server, cast.admin))["free-a"]["health"] == "NEEDS_ATTENTION"
    assert (await act(server, cast.admin, SIGN_IN, name="free-a"))["health"] == "READY"


async def test_two_who_sign_an_account_in_at_once_each_get_an_answer(server: Running, cast: Cast) -> None:
    both = await asyncio.gather(*(act(server, cast.admin, SIGN_IN, name="free-a") for _ in range(2)))
    assert [account["health"] for account in both] == ["READY", "READY"]


async def test_a_stranger_can_neither_test_nor_sign_in(server: Running, cast: Cast) -> None:
    assert server.fake is not None
    for document in (TEST, SIGN_IN):
        await strangers_are_refused(server, cast, document)
    assert not server.fake.requests
