"""`/api/access-token` as the legacy contract has it, to the letter."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from backend.upstream.rehearsal import Fault, RehearsalServer
from tests.api.curl import asked, needs_curl
from tests.driver import FREE, Running, chatgpt_accounts, serving

pytestmark = needs_curl
WAYS = ("get", "json", "form")


@pytest_asyncio.fixture
async def own_server(tmp_path: Path, fake: RehearsalServer) -> AsyncIterator[Running]:
    own = {"base_url": fake.base_url, "login_url": fake.login_url, "auth_url": fake.auth_url}
    async with serving(tmp_path, chatgpt_accounts(fake), fake=fake, own_accounts=own) as running:
        yield running


@pytest.mark.parametrize("way", WAYS)
async def test_email_and_password_give_a_token_that_chats(own_server: Running, way: str) -> None:
    key, url = await own_server.key("olga"), own_server.url + "/api/access-token"
    answer = await asked(url, way, user=key, email=FREE[0], password="correct horse")
    assert list(answer.json) == ["Access Token"]
    chat = await asked(
        own_server.url + "/api/chat", way, user=key, access_token=answer.json["Access Token"], prompt="x"
    )
    assert chat.status == 200
    wrong = await asked(url, way, user=key, email=FREE[0], password="wrong")
    assert (wrong.status, wrong.json) == (401, {"Error": "Wrong email or password provided"})


async def test_each_missing_field_is_named(own_server: Running) -> None:
    whole = {"user": await own_server.key("olga"), "email": FREE[0], "password": "correct horse"}
    for name, status in (("user", 401), ("email", 400), ("password", 400)):
        rest = {other: value for other, value in whole.items() if other != name}
        answer = await asked(own_server.url + "/api/access-token", "form", **rest)
        assert (answer.status, answer.json) == (status, {"Error": f"Please provide a valid {name}."})


async def test_a_blocked_sign_in_is_no_wrong_password(own_server: Running, fake: RehearsalServer) -> None:
    fake.script.next(Fault("locked"), endpoint="sign_in")
    person = {"user": await own_server.key("olga"), "email": FREE[0], "password": "correct horse"}
    answer = await asked(own_server.url + "/api/access-token", "json", **person)
    assert answer.status == 502
    assert answer.json["Error"] != "Wrong email or password provided"


async def test_what_a_stranger_cannot_do(own_server: Running, fake: RehearsalServer) -> None:
    person = {"user": "nobody", "email": FREE[0], "password": "correct horse"}
    answer = await asked(own_server.url + "/api/access-token", "json", **person)
    assert (answer.status, answer.json) == (401, {"Error": "Please provide a valid user."})
    assert not [seen for seen in fake.requests if seen.endpoint == "sign_in"]
