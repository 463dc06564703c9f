"""The same request has the same answer by POST, as Server-Sent Events and by WebSocket."""

from pathlib import Path
from typing import Any

import pytest
from graphql import parse

from backend.api.graphql import guard
from backend.upstream.rehearsal import RehearsalServer
from tests.api.graphql_client import CHAT, FOLLOW_UP, REPLY, chat, data, hear, socket, stop, subscribe, until
from tests.api.test_graphql_guard import BOMBS
from tests.api.transports import TRANSPORTS, Ask, by_each_transport, codes_of
from tests.driver import FREE, Cast, Running, chatgpt_accounts, serving

DEEP: list[Any] = []
for _ in range(900):
    DEEP = [DEEP]

REFUSED: dict[str, Any] = {
    "a syntax error": {"query": "{"},
    "an unknown field": {"query": "{ nothing }"},
    "two operations and no name": {"query": "query A { __typename } query B { __typename }"},
    "a name that is none of them": {"query": "query A { __typename }", "operationName": "B"},
    "a variable that is missing": {"query": "query ($id: ID!) { turn(id: $id) { id } }"},
    "a variable of another type": {"query": "query ($n: Int!) { titles(first: $n) { edges { cursor } } }",
                                   "variables": {"n": "many"}},
    "a value nested a thousand times": {"query": "query ($id: ID!) { turn(id: $id) { id } }",
                                        "variables": {"id": DEEP}},
    "a very long list": {"query": "query ($id: ID!) { turn(id: $id) { id } }", "variables": {"id": [1] * 100_000}},
    "a batch": [{"query": "{ __typename }"}] * 3,
    "no query": {"variables": {}},
    "@defer": {"query": "{ viewer { ... @defer { name } } }"},
    "@stream": {"query": "{ accounts @stream { name } }"},
    "too large a page": {"query": "{ titles(first: 201) { edges { cursor } } }"},
}  # fmt: skip


@pytest.mark.parametrize("request_", REFUSED.values(), ids=REFUSED.keys())
async def test_what_is_no_request_is_refused_alike(server: Running, cast: Cast, request_: Any) -> None:
    bodies = [await ask(server, cast.user, request_) for ask in TRANSPORTS.values()]
    assert [codes_of(body) for body in bodies] == [{"invalid_input"}] * 3
    assert [body.get("data") for body in bodies] == [None] * 3
    assert len({str(sorted(error["message"] for error in body["errors"])) for body in bodies}) == 1


async def test_every_bound_holds_alike(server: Running, cast: Cast) -> None:
    for name, bomb in BOMBS.items():
        for ask in TRANSPORTS.values():
            assert codes_of(await ask(server, cast.user, {"query": bomb})) == {"document_refused"}, name


@by_each_transport
async def test_a_thousand_operations_are_refused(server: Running, cast: Cast, ask: Ask) -> None:
    document = " ".join(f"query q{number} {{ __typename }}" for number in range(1000))
    assert codes_of(await ask(server, cast.user, {"query": document, "operationName": "q1"})) == {"document_refused"}


def test_each_fragment_is_measured_once(monkeypatch: pytest.MonkeyPatch) -> None:
    visits: list[object] = []
    measure = guard.Measuring._selection

    def counted(self: guard.Measuring, node: Any, nested: int) -> guard.Measure:
        visits.append(node)
        return measure(self, node, nested)

    monkeypatch.setattr(guard.Measuring, "_selection", counted)
    for fragments in (4, 8):
        chain = " ".join(f"fragment f{n} on Query {{ ...f{n + 1} ...f{n + 1} }}" for n in range(fragments))
        document = parse(f"{{ ...f0 }} {chain} fragment f{fragments} on Query {{ __typename }}")
        visits.clear()
        guard.check(document)
        assert len(visits) == 2 * fragments + 2  # each selection once, however often it is spread


@by_each_transport
async def test_a_prompt_is_sent_once_for_its_idempotency_key_waited_for_or_not(
    server: Running, cast: Cast, fake: RehearsalServer, ask: Ask
) -> None:
    async def sent(query: str, **given: object) -> Any:
        body = await ask(server, cast.user, {"query": query, "variables": {"input": given}})
        assert "errors" not in body, body
        return next(iter(body["data"].values()))

    first = await sent(CHAT, prompt="hello", idempotencyKey="a", wait=False)
    assert first["turn"]["state"] in ("WAITING", "WRITING", "FINISHED")
    again = await sent(CHAT, prompt="hello", idempotencyKey="a", wait=True)
    assert (again["turn"]["id"], again["turn"]["state"]) == (first["turn"]["id"], "FINISHED")
    more = {"conversationId": first["conversation"]["id"], "prompt": "more", "idempotencyKey": "b"}
    second, third = await sent(FOLLOW_UP, **more, wait=True), await sent(FOLLOW_UP, **more, wait=False)
    assert (second["turn"]["id"], second["turn"]["state"]) == (third["turn"]["id"], "FINISHED")
    other = await ask(
        server, cast.user, {"query": CHAT, "variables": {"input": {"prompt": "x", "idempotencyKey": "a"}}}
    )
    assert codes_of(other) == {"idempotency_conflict"}
    assert [request.prompt for request in fake.requests if request.endpoint == "chat"] == ["hello", "more"]


@by_each_transport
async def test_an_own_account_answers_by_its_token(tmp_path: Path, fake: RehearsalServer, ask: Ask) -> None:
    own = {"base_url": fake.base_url, "login_url": fake.login_url, "auth_url": fake.auth_url}
    async with serving(tmp_path, chatgpt_accounts(fake), fake=fake, own_accounts=own) as server:
        key = await server.key("olga")
        sign_in = {"email": FREE[0], "password": "correct horse"}
        query = "mutation ($i: RetrieveAccessTokenInput!) { retrieveAccessToken(input: $i) { accessToken } }"
        token = (await data(server, key, query, i=sign_in))["retrieveAccessToken"]["accessToken"]
        prompt = {"prompt": "hello", "accessToken": token}
        begun = (await ask(server, key, {"query": CHAT, "variables": {"input": prompt}}))["data"]["chat"]
        assert begun["turn"]["state"] == "FINISHED"
        sent = {"conversationId": begun["conversation"]["id"], "prompt": "more"}
        without = await ask(server, key, {"query": FOLLOW_UP, "variables": {"input": sent}})
        assert codes_of(without) == {"access_token_required"}
    assert not fake.violations


@pytest.mark.parametrize("path", ["/graphql", "/graphql/stream"])
async def test_multipart_requests_are_refused_with_what_to_send(server: Running, cast: Cast, path: str) -> None:
    async with server.client(cast.user) as client:
        answer = await client.post(path, files={"operations": b"{}"}, headers={"Accept": "*/*"})
    assert answer.status_code == 415
    assert "application/json" in answer.json()["errors"][0]["message"]


async def test_a_user_has_so_many_subscriptions_on_all_connections_together(
    tmp_path: Path, fake: RehearsalServer
) -> None:
    async with serving(tmp_path, chatgpt_accounts(fake), fake=fake, limits={"streams_per_user": 3}) as server:
        key, other = await server.key("uma"), await server.key("sam")
        turn = (await chat(server, key, "/rehearse hang-mid", wait=False))["turn"]
        request = {"query": REPLY, "variables": {"turnId": turn["id"]}}
        async with socket(server, key) as one, socket(server, key) as two:
            for connection, id in ((one, "1"), (one, "2"), (two, "1")):
                await subscribe(connection, id, REPLY, turnId=turn["id"])
                assert (await hear(connection))["type"] == "next"
            await until(server, 3)
            for ask in (TRANSPORTS["event stream"], TRANSPORTS["web socket"]):
                assert codes_of(await ask(server, key, request)) == {"too_many_streams"}
                assert codes_of(await ask(server, other, request)) == {"not_found"}
            assert (await TRANSPORTS["POST"](server, key, {"query": "{ __typename }"}))["data"]
        await until(server, 0)
        assert "data" in await TRANSPORTS["event stream"](server, key, request)
        await stop(server, key, turn["id"])


@by_each_transport
async def test_a_stranger_learns_the_same_of_what_is_anothers_and_of_what_is_not_there(
    server: Running, cast: Cast, ask: Ask
) -> None:
    turn = (await chat(server, cast.user, "hello"))["turn"]
    for id in (turn["id"], "nonsense"):
        query = {"query": "query ($id: ID!) { turn(id: $id) { id } }", "variables": {"id": id}}
        assert await ask(server, cast.stranger, query) == {"data": {"turn": None}}
