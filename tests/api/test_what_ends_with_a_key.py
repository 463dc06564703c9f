"""Whatever was begun with a key ends with it, through every door and within two seconds.

Each way to lose the right is tried with something under way at each door: prompts that wait for their answer, streams,
a connection that follows a reply and one that says nothing.  So it is for a client's user, by a key of its own or by
the client's, which names it.
"""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

import httpx
import pytest
import websockets
from websockets.asyncio.client import ClientConnection

from backend.domain.ids import USER, show_id
from tests.api.graphql_client import REPLY, code, data, event_stream, execute, hear, socket, subscribe
from tests.driver import Cast, Running

HANG = "/rehearse hang-mid"
START = f'mutation {{ chat(input: {{prompt: "{HANG}", wait: false}}) {{ turn {{ id }} }} }}'
V1 = {"model": "auto", "messages": [{"role": "user", "content": HANG}]}
OPENAI_SAYS = "invalid_api_key"
PROMPTLY = 2.0  # seconds
LINE = 5  # prompts under way at all doors together

Begun = asyncio.Event


@dataclass
class Person:
    """A client's user, and the ways in which it loses its right."""

    server: Running
    admin: str
    key: str
    user_id: str
    key_id: str
    client_id: str
    named: dict[str, str] = field(default_factory=dict)

    def client(self) -> httpx.AsyncClient:
        return self.server.client(self.key, headers=self.named)

    async def act(self, mutation: str) -> None:
        await data(self.server, self.admin, f"mutation {{ {mutation} {{ __typename }} }}")

    async def key_revoked(self) -> None:
        await self.act(f'revokeKey(input: {{id: "{self.key_id}"}})')

    async def user_disabled(self) -> None:
        await self.act(f'changeUser(input: {{id: "{self.user_id}", disabled: true}})')

    async def user_removed(self) -> None:
        await self.act(f'removeUser(input: {{id: "{self.user_id}"}})')

    async def client_disabled(self) -> None:
        await self.act(f'changeUser(input: {{id: "{self.client_id}", disabled: true}})')

    async def client_removed(self) -> None:
        await self.act(f'removeUser(input: {{id: "{self.client_id}"}})')

    async def key_expired(self) -> None:
        soon = time.time() + 1
        expires_at = time.strftime("%FT%T", time.gmtime(soon)) + f"{soon % 1:.3f}"[1:] + "Z"
        await self.act(f'renameKey(input: {{id: "{self.key_id}", expiresAt: "{expires_at}"}})')
        await asyncio.sleep(max(0.0, soon - time.time()))


KEEP_THE_USER = ("key_revoked", "key_expired")
WAYS = (*KEEP_THE_USER, "user_disabled", "user_removed", "client_disabled", "client_removed")


@pytest.fixture
async def person(server: Running, cast: Cast) -> Person:
    client = await server.house.identity.caller(cast.client)
    issued = await server.house.gateway.keys.issue(client, "Nina", external_id="n1")
    viewer = (await data(server, issued.key, "{ viewer { id keys { id current } } }"))["viewer"]
    [key] = viewer["keys"]
    assert key["current"]
    return Person(server, cast.admin, issued.key, viewer["id"], key["id"], show_id(USER, client.user_id))


@pytest.fixture
async def acted_for(person: Person, cast: Cast) -> Person:
    """The same user, for whom the client speaks."""
    [key] = (await data(person.server, cast.client, "{ viewer { keys { id } } }"))["viewer"]["keys"]
    return replace(person, key=cast.client, key_id=key["id"], named={"X-User-Id": "n1"})


async def by_graphql(person: Person) -> Any:
    async with person.client() as http:
        answer = await http.post("/graphql", json={"query": START.replace(", wait: false", "")})
    assert answer.status_code == 401
    return answer.json()["errors"][0]["extensions"]["code"]


async def by_rest(person: Person) -> Any:
    nina = {"client": person.key, "user_id": "n1", "username": "Nina", "user_id_plus": False}
    who = nina if person.named else {"user": person.key}
    async with person.server.client() as http:
        answer = await http.post("/api/chat", json=who | {"prompt": HANG})
    assert answer.status_code == 401
    assert answer.json()["status"] == "error"
    return answer.json()["code"]


async def by_v1(person: Person) -> Any:
    async with person.client() as http:
        answer = await http.post("/v1/chat/completions", json=V1)
    assert answer.status_code == 401
    return answer.json()["error"]["code"]


async def by_v1_stream(person: Person, begun: Begun) -> Any:
    lines = []
    async with (
        person.client() as http,
        http.stream("POST", "/v1/chat/completions", json=V1 | {"stream": True}) as answer,
    ):
        async for line in answer.aiter_lines():
            lines += [line] if line else []
            begun.set()
    return json.loads(lines[-1].removeprefix("data: "))["error"]["code"]


async def by_event_stream(person: Person, turn_id: str, begun: Begun) -> Any:
    seen: list[Any] = []
    async for name, body in event_stream(person.server, person.key, REPLY, person.named, turnId=turn_id):
        seen.append((name, body))
        begun.set()
    assert seen[-1][0] == "complete"
    return seen[-2][1]["errors"][0]["extensions"]["code"]


async def by_web_socket(person: Person, turn_id: str | None, begun: Begun, *, by_headers: bool = False) -> Any:
    """Follows a reply or, without one, says nothing.  The close must not be one after which clients try again."""
    words = {"authorization": f"Bearer {person.key}"} | person.named
    way: dict[str, Any] = {"headers": words} if by_headers else {"parameters": words}
    async with socket(person.server, None, **way) as connection:
        if turn_id is not None:
            await subscribe(connection, "1", REPLY, turnId=turn_id)
            assert (await hear(connection))["type"] == "next"
        begun.set()
        code = await closed(connection)
    return "not_authenticated" if code == 4401 else code


async def closed(connection: ClientConnection) -> int:
    """The code with which the server closes."""
    with suppress(websockets.ConnectionClosed):
        async for _ in connection:
            pass
    return connection.close_code or 0


async def until(true: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not true():  # noqa: ASYNC110  there is no event for it
            await asyncio.sleep(0.01)


async def at_every_door(person: Person) -> tuple[list[asyncio.Task[Any]], str]:
    """Something under way at each of them; there are two accounts, so that most of the prompts wait in line."""
    begun = [Begun() for _ in range(4)]
    async with person.client() as http:
        turn_id = (await http.post("/graphql", json={"query": START})).json()["data"]["chat"]["turn"]["id"]
    doors: list[Awaitable[Any]] = [
        by_event_stream(person, turn_id, begun[0]),
        by_web_socket(person, turn_id, begun[1]),
        by_web_socket(person, None, begun[2], by_headers=True),
        by_v1_stream(person, begun[3]),
    ]
    tasks = [asyncio.ensure_future(door) for door in doors]
    async with asyncio.timeout(20):
        await asyncio.gather(*(each.wait() for each in begun))
    tasks += [asyncio.ensure_future(door(person)) for door in (by_graphql, by_rest, by_v1)]
    answering = person.server.house.gateway.chat._answering
    await until(lambda: len(answering._tasks) == LINE)
    return tasks, turn_id


@pytest.mark.parametrize("way", WAYS)
async def test_what_goes_on_ends_promptly_at_every_door(person: Person, way: str) -> None:
    await ends_at_every_door(person, way)
    await refused(person)


@pytest.mark.parametrize("way", WAYS)
async def test_what_goes_on_for_a_user_whom_a_client_names_ends_likewise(acted_for: Person, way: str) -> None:
    await ends_at_every_door(acted_for, way)
    if not way.startswith("user"):
        await refused(acted_for)
        return
    async with acted_for.client() as http:
        answer = (await http.post("/graphql", json={"query": "{ viewer { id } }"})).json()
    if way == "user_disabled":
        assert answer["errors"][0]["extensions"]["code"] == "not_allowed"
    else:  # the client has asked anew, for a new user
        assert answer["data"]["viewer"]["id"] != acted_for.user_id


@pytest.mark.parametrize("by_headers", [True, False])
async def test_nobody_who_was_removed_comes_back_through_an_old_connection(
    acted_for: Person, cast: Cast, by_headers: bool
) -> None:
    server, words = acted_for.server, {"authorization": f"Bearer {acted_for.key}"} | acted_for.named
    way: dict[str, Any] = {"headers": words} if by_headers else {"parameters": words}
    async with socket(server, None, **way) as connection:
        await subscribe(connection, "1", "{ viewer { id } }")
        assert (await hear(connection))["payload"]["data"]["viewer"]["id"] == acted_for.user_id
        assert (await hear(connection))["type"] == "complete"
        # As another process does it, which can end no connection here.
        removed = await server.house.record.users.by_external_id(
            (await server.house.identity.caller(cast.client)).user_id, "n1"
        )
        assert removed is not None
        await server.house.record.users.remove(removed, 1)
        await subscribe(connection, "2", "{ viewer { id } }")
        [error] = (await hear(connection))["payload"]
        assert error["extensions"]["code"] == "not_authenticated"
    users = (await data(server, cast.client, "{ users { edges { node { externalId } } } }"))["users"]["edges"]
    assert {"node": {"externalId": "n1"}} not in users


async def ends_at_every_door(person: Person, way: str) -> None:
    server = person.server
    tasks, turn_id = await at_every_door(person)
    await getattr(person, way)()
    async with asyncio.timeout(PROMPTLY):
        assert set(await asyncio.gather(*tasks)) == {"not_authenticated", OPENAI_SAYS}
    answering = server.house.gateway.chat._answering
    if way in KEEP_THE_USER:
        assert len(answering._tasks) == LINE  # its other keys may follow what it began
        answering.stop_those_of({task.live.user_id for task in answering._tasks.values()})
    await until(lambda: not answering._tasks)
    turn = (await data(server, person.admin, f'{{ turn(id: "{turn_id}") {{ state reply }} }}'))["turn"]
    assert turn["state"] == "STOPPED"
    assert turn["reply"]


async def refused(person: Person) -> None:
    """A new request, at every door."""
    server, key = person.server, person.key
    async with server.client(key) as http:
        assert (await http.post("/graphql", json={"query": "{ viewer { id } }"})).status_code == 401
        assert (await http.post("/graphql/stream", json={"query": "{ viewer { id } }"})).status_code == 401
        assert (await http.post("/v1/chat/completions", json=V1)).status_code == 401
        assert (await http.post("/session", json={"key": key})).status_code == 401
        assert (await http.get("/api/recall", params={"user": key})).status_code == 401
    with pytest.raises(websockets.InvalidStatus):
        async with socket(server, key):
            pass


@pytest.mark.parametrize("way", [*KEEP_THE_USER, "client_removed", "signed out everywhere"])
async def test_a_browser_that_was_signed_in_with_it_is_signed_out(person: Person, way: str) -> None:
    server = person.server
    ask: dict[str, Any] = {"json": {"query": "{ viewer { sessions } }"}, "headers": {"sec-fetch-site": "same-origin"}}
    async with server.client() as browser:
        assert (await browser.post("/session", json={"key": person.key})).status_code == 204
        assert (await browser.post("/graphql", **ask)).json()["data"]["viewer"]["sessions"] == 1
        cookie = {"Cookie": f"session={browser.cookies['session']}", "Origin": server.url}
        async with socket(server, None, headers=cookie) as silent:
            if way == "signed out everywhere":
                query = {"json": {"query": "mutation { signOutEverywhere { sessions } }"}}
                answer = await browser.post("/graphql", **(ask | query))
                assert answer.json()["data"]["signOutEverywhere"]["sessions"] == 1
            else:
                await getattr(person, way)()
            async with asyncio.timeout(PROMPTLY):
                assert await closed(silent) == 4401
        assert (await browser.post("/graphql", **ask)).status_code == 401
    if way == "signed out everywhere":
        assert await data(server, person.key, "{ viewer { sessions } }") == {"viewer": {"sessions": 0}}


async def test_whoever_revokes_its_own_key_hears_so_first(person: Person) -> None:
    query = f'mutation {{ revokeKey(input: {{id: "{person.key_id}"}}) {{ id }} }}'
    async with socket(person.server, person.key) as connection:
        await subscribe(connection, "1", query)
        assert (await hear(connection))["payload"]["data"]["revokeKey"]["id"] == person.key_id
        async with asyncio.timeout(PROMPTLY):
            assert await closed(connection) == 4401


async def test_what_a_stranger_cannot_do(person: Person, cast: Cast) -> None:
    server = person.server
    for key in (cast.stranger, cast.user):
        assert (
            await code(server, key, f'mutation {{ revokeKey(input: {{id: "{person.key_id}"}}) {{ id }} }}')
            == "not_found"
        )
        for change in (
            f'changeUser(input: {{id: "{person.user_id}", disabled: true}}) {{ user {{ id }} }}',
            f'removeUser(input: {{id: "{person.user_id}"}}) {{ id }}',
        ):
            assert await code(server, key, f"mutation {{ {change} }}") == "not_allowed"
    rival = await server.key("rival", "client")
    for change in (
        f'changeUser(input: {{id: "{person.user_id}", disabled: true}}) {{ user {{ id }} }}',
        f'removeUser(input: {{id: "{person.user_id}"}}) {{ id }}',
        f'revokeKey(input: {{id: "{person.key_id}"}}) {{ id }}',
    ):
        assert await code(server, rival, f"mutation {{ {change} }}") == "not_found"
    assert "errors" not in await execute(server, person.key, "{ viewer { id } }")
