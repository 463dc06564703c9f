"""`/api/remove-conversation` as the legacy contract has it."""

import pytest

from tests.api.curl import asked, needs_curl
from tests.driver import Cast, Running

pytestmark = needs_curl
WAYS = ("get", "json", "form")


async def talk(server: Running, key: str) -> str:
    answer = await asked(server.url + "/api/chat", "json", user=key, prompt="x")
    return str(answer.json["conversation_id"])


@pytest.mark.parametrize("way", WAYS)
async def test_users_clients_and_admins_remove(server: Running, cast: Cast, way: str) -> None:
    url = server.url + "/api/remove-conversation"
    for who in (
        {"user": cast.user},
        {"client": cast.client, "user_id": "uma-7"},
        {"client": cast.client, "user": cast.user},
        {"admin": cast.admin, "user": cast.user},
        {"admin": cast.admin, "user_id": "uma-7"},
    ):
        id = await talk(server, cast.user)
        removed = await asked(url, way, **who, conversation_id=id)
        assert (removed.status, removed.json["status"]) == (200, "success")
        assert removed.json["message"]
        again = await asked(url, way, **who, conversation_id=id)
        assert (again.status, again.json["code"]) == (404, "not_found")
        assert (await asked(server.url + "/api/recall", way, user=cast.user)).json == {}
        follow = await asked(server.url + "/api/chat", way, user=cast.user, prompt="x", conversation_id=id)
        assert follow.status == 404


async def test_what_is_missing_is_named(server: Running, cast: Cast) -> None:
    url = server.url + "/api/remove-conversation"
    no_id = await asked(url, "json", user=cast.user)
    assert (no_id.status, "`conversation_id`" in no_id.json["message"]) == (400, True)
    no_user = await asked(url, "json", client=cast.client, conversation_id="x")
    assert (no_user.status, "`user_id`" in no_user.json["message"]) == (400, True)


async def test_what_a_stranger_cannot_do(server: Running, cast: Cast) -> None:
    url, id = server.url + "/api/remove-conversation", await talk(server, cast.user)
    other = await talk(server, (await server.key_of(cast.client, "other", external_id="other")).key)
    for who, status in (
        ({"user": cast.stranger}, 404),
        ({"client": cast.stranger, "user_id": "uma-7"}, 403),
        ({"admin": cast.stranger, "user_id": "uma-7"}, 403),
        ({"admin": cast.stranger, "user": cast.user}, 404),
        ({"client": cast.client, "user_id": "other"}, 404),
        ({"client": cast.client, "user_id": "nobody"}, 404),
        ({}, 401),
    ):
        assert (await asked(url, "json", **who, conversation_id=id)).status == status
    assert set((await asked(server.url + "/api/recall", "json", user=cast.user)).json) == {id}
    assert (await asked(url, "json", client=cast.client, user_id="other", conversation_id=other)).status == 200
