"""A client's own users by the client's own ids, at every door: by header, and by what stands for it where there is
none."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
import websockets

from tests.api.graphql_client import event_stream, hear, socket, subscribe
from tests.driver import Cast, Running

Words = dict[str, str]
BEGIN = 'mutation { chat(input: {prompt: "Hello"}) { turn { id } } }'
COMPLETION = {"model": "auto", "messages": [{"role": "user", "content": "Hello"}]}
NINA = {"user_id": "n1", "username": "Nina", "user_id_plus": False}


async def by_post(server: Running, key: str, named: Words) -> None:
    assert "errors" not in await posted(server, key, "/graphql", {"query": BEGIN}, named)


async def by_completions(server: Running, key: str, named: Words) -> None:
    await posted(server, key, "/v1/chat/completions", COMPLETION, named)


async def by_responses(server: Running, key: str, named: Words) -> None:
    await posted(server, key, "/v1/responses", {"input": "Hello"}, named)


async def by_rest(server: Running, key: str, named: Words) -> None:
    assert (await posted(server, key, "/api/chat", {"prompt": "Hello"}, named))["api_user"] == "Zoë"


async def by_rest_with_client(server: Running, key: str, named: Words) -> None:
    said = await posted(server, None, "/api/chat", {"client": key, "prompt": "Hello"}, named)
    assert (said["api_user"], said["api_client_id"] != "self") == ("Zoë", True)


async def by_event_stream(server: Running, key: str, named: Words) -> None:
    [(_, said), _] = [each async for each in event_stream(server, key, BEGIN, named)]
    assert "errors" not in said


async def by_socket_headers(server: Running, key: str, named: Words) -> None:
    await by_socket(server, headers={"Authorization": f"Bearer {key}"} | named)


async def by_socket_payload(server: Running, key: str, named: Words) -> None:
    await by_socket(server, parameters={"authorization": f"Bearer {key}"} | named)


async def by_socket_of_both(server: Running, key: str, named: Words) -> None:
    await by_socket(server, headers={"Authorization": f"Bearer {key}"}, parameters=named)


async def by_socket(server: Running, **way: Any) -> None:
    async with socket(server, None, **way) as connection:
        await subscribe(connection, "1", BEGIN)
        assert "errors" not in (await hear(connection))["payload"]


async def by_import(server: Running, key: str, named: Words) -> None:
    turn = {"prompt": "Why?", "reply": "So.", "state": "finished", "createdAt": "2026-11-24T08:00:00+00:00"}
    count = await conversations_of(server, key, **named)
    one = {"id": f"c-{count}", "title": "Tides", "turns": [turn]}
    file = {"format": "chatgpt-api-server conversations 1", "conversations": [one]}
    async with server.client(key, headers=named) as http:
        said = (await http.post("/imports", json=file)).text.splitlines()[-1]
    assert '"conversations":1' in said, said


DOORS: list[Callable[[Running, str, Words], Awaitable[None]]] = [
    by_post, by_event_stream, by_socket_headers, by_socket_payload, by_socket_of_both, by_completions, by_responses,
    by_rest, by_rest_with_client, by_import,
]  # fmt: skip


async def posted(server: Running, key: str | None, path: str, body: object, named: Words) -> dict[str, Any]:
    async with server.client(key) as http:
        answer = await http.post(path, json=body, headers=named)
    assert answer.status_code == 200, answer.text
    said: dict[str, Any] = answer.json()
    return said


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


@pytest.mark.parametrize("door", DOORS, ids=[door.__name__ for door in DOORS])
async def test_a_user_is_made_on_first_sight_and_found_afterwards(
    server: Running, cast: Cast, door: Callable[[Running, str, Words], Awaitable[None]]
) -> None:
    named = {"X-User-Id": "zo%C3%AB-1", "X-User-Name": "Zo%C3%AB"}
    for _ in range(2):
        await door(server, cast.client, named)
    made = [user for user in await users_of(server, cast.client) if user["externalId"] == "zoë-1"]
    assert made == [{"name": "Zoë", "externalId": "zoë-1", "plus": False, "role": "USER"}]
    assert await conversations_of(server, cast.client) == 0
    assert await conversations_of(server, cast.client, **{"X-User-Id": "zo%C3%AB-1"}) == 2


async def test_what_is_the_users_goes_out_by_its_name_alone(server: Running, cast: Cast) -> None:
    named = {"X-User-Id": "n1"}
    id = (await posted(server, cast.client, "/api/chat", {"prompt": "Hello"}, named))["conversation_id"]
    async with server.client(cast.client) as http:
        for headers, ids in ((named, [id]), ({}, [])):
            exported = (await http.get("/exports", headers=headers)).json()["conversations"]
            assert [each["id"] for each in exported] == ids
            assert list((await http.get("/api/recall", headers=headers)).json()) == ids
        gone = await http.get("/api/remove-conversation", params={"conversation_id": id}, headers=named)
        assert gone.status_code == 200


async def test_the_session_of_an_own_page_names_a_user_too(server: Running, cast: Cast) -> None:
    async with server.client() as browser:
        await browser.post("/session", json={"key": cast.client})
        headers = {"sec-fetch-site": "same-origin", "X-User-Id": "n1"}
        answer = await browser.post("/graphql", json={"query": "{ viewer { name } }"}, headers=headers)
    assert answer.json()["data"]["viewer"]["name"] == "n1"


@pytest.mark.parametrize(
    ("sent", "words"),
    [(NINA, ("`user_id`", "X-User-Id")), ({"user_id": "n1"}, ("`user_id`", "X-User-Id")),
     ({"user": "{user}", "client": "{client}"}, ("`user`", "X-User-Id"))],
)  # fmt: skip
async def test_two_names_for_the_user_are_an_error_that_says_both(
    server: Running, cast: Cast, sent: dict[str, Any], words: tuple[str, ...]
) -> None:
    sent = {name: getattr(cast, name) if name in ("user", "client") else said for name, said in sent.items()}
    key = None if "client" in sent else cast.client
    async with server.client(key, headers={"X-User-Id": "other"}) as http:
        for path in ("/api/chat", "/api/recall", "/api/remove-conversation"):
            answer = await http.post(path, json=sent | {"conversation_id": "x"})
            assert (answer.status_code, answer.json()["code"]) == (400, "invalid_input")
            assert all(word in answer.json()["message"] for word in words)
    assert [user["externalId"] for user in await users_of(server, cast.client)] == ["uma-7"]


async def test_one_name_said_twice_is_one(server: Running, cast: Cast) -> None:
    said = await posted(server, cast.client, "/api/chat", NINA | {"prompt": "x"}, {"X-User-Id": "n1"})
    assert said["api_user"] == "Nina"


@pytest.mark.parametrize(
    ("payload", "code"), [({"X-User-Id": "other"}, 4403), ({"X-User-Id": ["n1"]}, 4400), ({"x-user-id": {}}, 4400)]
)
async def test_a_socket_that_is_unclear_about_its_user_is_closed(
    server: Running, cast: Cast, payload: dict[str, Any], code: int
) -> None:
    headers = {"Authorization": f"Bearer {cast.client}", "X-User-Id": "n1"}
    with pytest.raises(websockets.ConnectionClosed) as closed:
        async with socket(server, None, headers=headers, parameters=payload):
            pass
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == code


async def test_a_client_grants_no_plus_that_it_does_not_have(server: Running, cast: Cast) -> None:
    answer = await asked(server, cast.client, {"X-User-Id": "p", "X-User-Plus": "true"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not_allowed")


async def asked(server: Running, key: str, named: Words) -> httpx.Response:
    async with server.client(key) as http:
        return await http.post("/v1/responses", json={"input": "Hi"}, headers=named)


async def test_a_stranger_and_a_user_act_for_nobody(server: Running, cast: Cast) -> None:
    for key in (cast.stranger, cast.user):
        answer = await asked(server, key, {"X-User-Id": "uma-7"})
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not_allowed")
        async with server.client(key, headers={"X-User-Id": "uma-7"}) as http:
            assert (await http.get("/api/recall")).status_code == 403
            assert (await http.get("/exports")).status_code == 403
        with pytest.raises(websockets.ConnectionClosed):
            async with socket(server, key, parameters={"X-User-Id": "uma-7"}):
                pass
