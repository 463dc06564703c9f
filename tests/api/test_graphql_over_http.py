"""POST /graphql: what is a request, what status and type answer it, and what errors show."""

import logging

import httpx
import pytest

from backend.api.authentication import COOKIE
from tests.api.graphql_client import CHAT, code, data, execute
from tests.driver import Cast, Running

RESPONSE = "application/graphql-response+json"
PING = {"query": "{ __typename }"}


async def post(server: Running, key: str | None, **options: object) -> httpx.Response:
    async with server.client(key) as client:
        return await client.request("POST", "/graphql", **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/json", "application/json"),
        ("*/*", "application/json"),
        (f"{RESPONSE}, application/json;q=0.9", RESPONSE),
        (f"{RESPONSE};q=0, application/json", "application/json"),
    ],
)
async def test_the_answers_type_is_what_the_client_takes(server: Running, cast: Cast, accept: str, kind: str) -> None:
    answer = await post(server, cast.user, json=PING, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (200, f"{kind}; charset=utf-8")
    assert answer.json() == {"data": {"__typename": "Query"}}
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b'"{ __typename }"', b"\xff", b'[{"query": "{ __typename }"}]', b"{}",
        b'{"query": 1}', b'{"query": ""}', b'{"query": "{ __typename }", "variables": []}',
        b'{"query": "{ __typename }", "operationName": 1}',
        b'{"query": "{ __typename }", "extensions": "x"}', b'{"query": "{ __typename }", "variables": NaN}',
    ],
)  # fmt: skip
@pytest.mark.parametrize("accept", ["application/json", RESPONSE])
async def test_a_body_that_is_no_request_is_answered_400(server: Running, cast: Cast, body: bytes, accept: str) -> None:
    headers = {"Content-Type": "application/json", "Accept": accept}
    answer = await post(server, cast.user, content=body, headers=headers)
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith(accept)
    [error] = answer.json()["errors"]
    assert error["extensions"]["code"] == "invalid_input"
    assert "data" not in answer.json()


@pytest.mark.parametrize(
    "query",
    [
        "{",
        "{ nothing }",
        "query ($a: Int!) { conversations(first: $a) { edges { cursor } } }",
        "query A { __typename } query B { __typename }",
    ],
)
async def test_what_cannot_be_executed_is_answered_by_the_clients_type(server: Running, cast: Cast, query: str) -> None:
    for accept, status in (("application/json", 200), (RESPONSE, 400)):
        answer = await post(server, cast.user, json={"query": query}, headers={"Accept": accept})
        assert answer.status_code == status
        assert "data" not in answer.json()
        assert answer.json()["errors"][0]["extensions"]["code"] == "invalid_input"


async def test_an_error_of_a_field_is_answered_200_beside_the_data(server: Running, cast: Cast) -> None:
    query = "{ viewer { name } accounts { name } }"
    answer = await post(server, cast.user, json={"query": query}, headers={"Accept": RESPONSE})
    assert answer.status_code == 200
    [error] = answer.json()["errors"]
    assert error["path"] == ["accounts"]
    assert error["extensions"]["code"] == "not_allowed"


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", ["/graphql", "/graphql/stream"])
async def test_nothing_but_post_is_served(server: Running, cast: Cast, method: str, path: str) -> None:
    async with server.client(cast.user) as client:
        answer = await client.request(
            method, path, params={"query": "{ __typename }"}, headers={"Accept": "text/event-stream, text/html, */*"}
        )
    assert answer.status_code == 405
    assert answer.headers["allow"] == "POST"
    assert "html" not in answer.headers["content-type"]


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/graphql", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
     "application/json; charset=latin1", ""],
)  # fmt: skip
async def test_other_types_of_body_are_answered_415(server: Running, cast: Cast, kind: str) -> None:
    answer = await post(server, cast.user, content=b'{"query": "{ __typename }"}', headers={"Content-Type": kind})
    assert answer.status_code == 415


async def test_a_type_that_is_not_offered_is_answered_406(server: Running, cast: Cast) -> None:
    answer = await post(server, cast.user, json=PING, headers={"Accept": "text/html"})
    assert answer.status_code == 406


async def test_a_subscription_is_not_served_by_post(server: Running, cast: Cast) -> None:
    assert await code(server, cast.user, 'subscription { reply(turnId: "t") { number } }') == "invalid_input"


async def test_errors_suggest_nothing(server: Running, cast: Cast) -> None:
    for query in ("{ viewr { name } }", "{ viewer { nam } }", 'mutation { chat(input: {promt: "x"}) { turn { id } } }'):
        body = await execute(server, cast.user, query)
        assert "did you mean" not in str(body).lower()


async def test_the_schema_can_be_read(server: Running, cast: Cast) -> None:
    found = await data(server, cast.user, "{ __schema { queryType { fields { name description } } } }")
    assert all(field["description"] for field in found["__schema"]["queryType"]["fields"])


async def test_a_defect_is_logged_under_a_number_and_shown_as_nothing_more(
    server: Running, cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the inside")

    monkeypatch.setattr(type(server.house.gateway.chat), "send", broken)
    sent = {"prompt": "a secret prompt", "accessToken": "a secret token"}
    with caplog.at_level(logging.DEBUG):
        [error] = (await execute(server, cast.user, CHAT, input=sent))["errors"]
    assert error["extensions"]["code"] == "internal_error"
    assert "the inside" not in str(error)
    [record] = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert error["extensions"]["incident"] in record.getMessage()
    assert record.exc_info is not None
    assert "a secret" not in caplog.text


async def test_the_browsers_session_counts_on_the_apps_own_pages_alone(server: Running, cast: Cast) -> None:
    caller = await server.house.identity.caller(cast.user)
    session = await server.house.identity.mint(caller.user_id, "session", "browser")
    cookie = {"Cookie": f"{COOKIE}={session}"}
    own = await post(server, None, json=PING, headers=cookie | {"Origin": server.url})
    assert own.status_code == 200
    for headers in ({"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}, {}):
        foreign = await post(server, None, json=PING, headers=cookie | headers)
        assert foreign.status_code == 403
        assert foreign.json()["errors"][0]["extensions"]["code"] == "not_allowed"


@pytest.mark.parametrize("path", ["/graphql", "/graphql/stream"])
@pytest.mark.parametrize("key", [None, "wrong", "cas_" + "0" * 44])
async def test_a_stranger_without_a_key_gets_nothing_read(server: Running, path: str, key: str | None) -> None:
    async with server.client(key) as client:
        answer = await client.post(path, content=b"not even JSON", headers={"Content-Type": "application/json"})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    [error] = answer.json()["errors"]
    assert error["extensions"] == {"code": "not_authenticated"}
    assert "data" not in answer.json()
