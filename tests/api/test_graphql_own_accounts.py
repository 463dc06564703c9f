"""Callers' own accounts by GraphQL: sign in, chat by access token, and nothing secret in the log."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from backend.upstream.rehearsal import RehearsalServer
from tests.api.graphql_client import CHAT, FOLLOW_UP, chat, code, data, execute
from tests.driver import FREE, Running, chatgpt_accounts, serving

SIGN_IN = """mutation ($email: String!, $password: String!) {
  retrieveAccessToken(input: {email: $email, password: $password}) { accessToken expiresAt } }"""


@pytest_asyncio.fixture
async def own_server(tmp_path: Path, fake: RehearsalServer) -> AsyncIterator[Running]:
    own = {"base_url": fake.base_url, "login_url": fake.login_url, "auth_url": fake.auth_url}
    async with serving(tmp_path, chatgpt_accounts(fake), fake=fake, own_accounts=own) as running:
        yield running
    assert not fake.violations


async def token_of(server: Running, key: str) -> str:
    found = (await data(server, key, SIGN_IN, email=FREE[0], password="correct horse"))["retrieveAccessToken"]
    assert found["expiresAt"]
    token: str = found["accessToken"]
    return token


async def test_an_own_account_answers_by_its_access_token(own_server: Running) -> None:
    key = await own_server.key("olga")
    token = await token_of(own_server, key)
    payload = await chat(own_server, key, "hello", accessToken=token)
    sent = {"conversationId": payload["conversation"]["id"], "prompt": "more"}
    assert await code(own_server, key, FOLLOW_UP, input=sent) == "access_token_required"
    went_on = await data(own_server, key, FOLLOW_UP, input=sent | {"accessToken": token})
    assert went_on["followUp"]["turn"]["state"] == "FINISHED"


async def test_what_cannot_be_a_token_is_refused_by_its_field_before_any_upstream_is_asked(
    own_server: Running, fake: RehearsalServer
) -> None:
    key = await own_server.key("olga")
    token = await token_of(own_server, key)
    id = (await chat(own_server, key, "hello", accessToken=token))["conversation"]["id"]
    asked = len(fake.requests)
    for sent in ({"conversationId": id, "prompt": "more"}, {"prompt": "hello"}):
        document = FOLLOW_UP if "conversationId" in sent else CHAT
        [error] = (await execute(own_server, key, document, input=sent | {"accessToken": "rubbish"}))["errors"]
        assert (error["extensions"]["code"], error["extensions"]["field"]) == ("invalid_input", "accessToken")
    assert len(fake.requests) == asked


async def test_what_is_the_callers_own_fault_is_not_logged_and_secrets_never_are(
    own_server: Running, caplog: pytest.LogCaptureFixture
) -> None:
    key = await own_server.key("olga")
    with caplog.at_level(logging.INFO):
        assert await code(own_server, key, SIGN_IN, email=FREE[0], password="my secret") == "wrong_password"
        assert await code(own_server, key, "{ accounts { name } }") == "not_allowed"
        assert await code(own_server, key, "{ nothing }") == "invalid_input"
        token = await token_of(own_server, key)
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING or record.exc_info]
    for secret in ("my secret", "correct horse", token, key):
        assert secret not in caplog.text


async def test_a_stranger_cannot_go_on_with_it_even_with_the_token(own_server: Running) -> None:
    key, stranger = await own_server.key("olga"), await own_server.key("sam")
    token = await token_of(own_server, key)
    id = (await chat(own_server, key, "hello", accessToken=token))["conversation"]["id"]
    sent = {"conversationId": id, "prompt": "more", "accessToken": token}
    assert await code(own_server, stranger, FOLLOW_UP, input=sent) == "not_found"
