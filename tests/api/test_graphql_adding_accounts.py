"""Admins add accounts, which the record keeps, and remove them; what was said with them stays."""

from pathlib import Path

import pytest

from backend.upstream.rehearsal import RehearsalServer
from tests.accounts import ADD, CHECK, REMOVE, accounts, act, nothing_leaks, strangers_are_refused
from tests.api.graphql_client import Json, chat, code, data, execute, follow_up
from tests.driver import FREE, PLUS, Cast, Running, serving

PASSWORD = "correct horse"
CONVERSATION = """query ($id: ID!) { conversation(id: $id) { turns { edges { node { prompt reply state } } } } }"""


def added(fake: RehearsalServer, email: str = FREE[1], **more: object) -> Json:
    where = {"baseUrl": fake.base_url, "loginUrl": fake.login_url, "authUrl": fake.auth_url}
    return {"name": "added", "kind": "CHATGPT", "email": email, "password": PASSWORD} | where | more


async def test_an_added_account_answers_at_once_and_after_a_restart(
    tmp_path: Path, fake: RehearsalServer, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(tmp_path, [], fake=fake) as server:
        admin, user = await server.key("ada", "admin"), await server.key("sam")
        assert await code(server, user, 'mutation { chat(input: {prompt: "Hi"}) { turn { id } } }') == (
            "no_account_available"
        )
        account = await act(server, admin, ADD, **added(fake))
        assert (account["source"], account["health"], account["viewerCanRemove"]) == ("RECORD", "READY", True)
        first = await chat(server, user, "Hello")
        assert first["turn"]["state"] == "FINISHED"
        nothing_leaks(tmp_path, caplog, PASSWORD, FREE[1], shown=account)
    async with serving(tmp_path, [], fake=fake) as server:
        assert list(await accounts(server, admin)) == ["added"]
        again = await follow_up(server, user, first["conversation"]["id"], "And again")
        assert again["turn"]["state"] == "FINISHED"
        assert {request.account for request in fake.requests if request.endpoint == "chat"} == {FREE[1]}
    nothing_leaks(tmp_path, caplog, PASSWORD, FREE[1])
    assert not fake.violations


async def test_a_removed_account_is_asked_no_more_and_its_conversations_stay_until_one_of_that_name_is_there(
    tmp_path: Path, fake: RehearsalServer
) -> None:
    async with serving(tmp_path, [], fake=fake) as server:
        admin, user = await server.key("ada", "admin"), await server.key("sam")
        await act(server, admin, ADD, **added(fake))
        first = await chat(server, user, "Hello")
        assert await act(server, admin, REMOVE, name="added") == {"name": "added"}
        assert await accounts(server, admin) == {}
        conversation = first["conversation"]["id"]
        kept = (await data(server, user, CONVERSATION, id=conversation))["conversation"]["turns"]["edges"]
        assert [edge["node"]["reply"] for edge in kept] == [first["turn"]["reply"]]
        follow = 'mutation ($id: ID!) { followUp(input: {conversationId: $id, prompt: "?"}) { turn { id } } }'
        assert await code(server, user, follow, id=conversation) == "account_unavailable"
        await act(server, admin, ADD, **added(fake))
        assert (await follow_up(server, user, conversation, "Again?"))["turn"]["state"] == "FINISHED"
        await act(server, admin, REMOVE, name="added")
    async with serving(tmp_path, [], fake=fake) as server:
        assert await accounts(server, admin) == {}
    assert not fake.violations


async def test_an_account_of_that_name_with_another_login_does_not_get_the_old_tokens(
    tmp_path: Path, fake: RehearsalServer
) -> None:
    async with serving(tmp_path, [], fake=fake) as server:
        admin, user = await server.key("ada", "admin"), await server.key("sam")
        for email in FREE:
            await act(server, admin, ADD, **added(fake, email))
            await chat(server, user, "Hello")
            await act(server, admin, REMOVE, name="added")
    assert [request.account for request in fake.requests if request.endpoint == "chat"] == list(FREE)


async def test_a_definition_is_judged_by_the_rules_of_the_settings(server: Running, cast: Cast) -> None:
    assert server.fake is not None
    taken = {"name": "free-a", "kind": "OPENAI", "baseUrl": "http://127.0.0.1:1", "model": "m"}
    assert await code(server, cast.admin, ADD, input=taken) == "already_exists"
    for wrong, field, mistake, sentence in (
        (
            added(server.fake, baseUrl="ftp://x"),
            "baseUrl",
            "web_scheme",
            "`base_url`: must begin with http:// or https://",
        ),
        (added(server.fake, proxy="default"), "proxy", "no_default_proxy", "`proxy`: default_proxy is not set"),
        (added(server.fake, apiKey="s3cret"), "apiKey", None, "`api_key`: unknown key"),
        (added(server.fake, password=None), "password", "both_or_neither", "email and password belong together"),
        (added(server.fake, proxy="socks5://me:s3cret@h"), "proxy", "proxy_port", "must name the proxy's port"),
    ):
        [error] = (await execute(server, cast.admin, ADD, input=wrong))["errors"]
        assert (error["extensions"]["code"], error["extensions"]["field"]) == ("invalid_input", field)
        assert error["extensions"]["mistakes"][0]["mistake"] == mistake
        assert error["extensions"]["mistakes"][0]["field"] == field
        assert sentence in error["message"]
        assert "s3cret" not in str(error)
    assert len(await accounts(server, cast.admin)) == 4


async def test_a_reference_in_an_added_account_stands_for_nothing(
    server: Running, cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert server.fake is not None
    monkeypatch.setenv("SECRET_OF_THE_SERVER", "correct horse")
    given = added(server.fake, PLUS[0], name="curious", password="${SECRET_OF_THE_SERVER}")
    await act(server, cast.admin, ADD, **given)
    sign_in = 'mutation { signInAccount(input: {name: "curious"}) { account { health } } }'
    assert await code(server, cast.admin, sign_in) == "wrong_password"


async def test_an_account_of_the_settings_is_removed_in_the_settings_alone(server: Running, cast: Cast) -> None:
    [error] = (await execute(server, cast.admin, REMOVE, input={"name": "free-a"}))["errors"]
    assert error["extensions"]["code"] == "invalid_input"
    assert "settings.yaml" in error["message"]
    assert "free-a" in await accounts(server, cast.admin)
    assert await code(server, cast.admin, REMOVE, input={"name": "nowhere"}) == "not_found"


async def test_a_stranger_can_neither_add_nor_remove_an_account(server: Running, cast: Cast) -> None:
    for document in (ADD, REMOVE, CHECK):
        await strangers_are_refused(server, cast, document)
    assert len(await accounts(server, cast.admin)) == 4
