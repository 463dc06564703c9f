"""A client's own users by the client's own ids, at the doors that take a key in a header."""

from typing import Any

import pytest

from tests.driver import Cast, Running

CHAT = {"query": 'mutation { chat(input: {prompt: "Hello"}) { turn { id } } }'}
COMPLETION = {"model": "auto", "messages": [{"role": "user", "content": "Hello"}]}
DOORS = [("/graphql", CHAT), ("/v1/chat/completions", COMPLETION), ("/v1/responses", {"input": "Hello"})]


async def users_of(server: Running, key: str) -> list[dict[str, Any]]:
    query = "{ users { edges { node { name externalId plus role } } } }"
    async with server.client(key) as http:
        body = (await http.post("/graphql", json={"query": query})).json()
    return [edge["node"] for edge in body["data"]["users"]["edges"]]


async def conversations_of(server: Running, key: str, **headers: str) -> int:
    query = {"query": "{ conversations { edges { node { id } } } }"}
    async with server.client(key) as http:
        body = (await http.post("/graphql", json=query, headers=headers)).json()
    return len(body["data"]["conversations"]["edges"])


@pytest.mark.parametrize(("path", "body"), DOORS, ids=["graphql", "completions", "responses"])
async def test_a_user_is_made_on_first_sight_and_found_afterwards(
    server: Running, cast: Cast, path: str, body: dict[str, Any]
) -> None:
    named = {"X-User-Id": "zo%C3%AB-1", "X-User-Name": "Zo%C3%AB"}
    async with server.client(cast.client) as http:
        for _ in range(2):
            answer = await http.post(path, json=body, headers=named)
            assert answer.status_code == 200, answer.text
            assert "errors" not in answer.json()
    made = [user for user in await users_of(server, cast.client) if user["externalId"] == "zoë-1"]
    assert made == [{"name": "Zoë", "externalId": "zoë-1", "plus": False, "role": "USER"}]
    assert await conversations_of(server, cast.client) == 0
    assert await conversations_of(server, cast.client, **{"X-User-Id": "zo%C3%AB-1"}) == 2


async def test_a_client_grants_no_plus_that_it_does_not_have(server: Running, cast: Cast) -> None:
    async with server.client(cast.client) as http:
        answer = await http.post(
            "/v1/responses", json={"input": "Hi"}, headers={"X-User-Id": "p", "X-User-Plus": "true"}
        )
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not_allowed")


async def test_a_stranger_and_a_user_act_for_nobody(server: Running, cast: Cast) -> None:
    for key in (cast.stranger, cast.user):
        async with server.client(key) as http:
            answer = await http.post("/v1/responses", json={"input": "Hi"}, headers={"X-User-Id": "uma-7"})
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not_allowed")
