"""Documents that the server knows by their ids: those of the web app, on every transport, and no others if so set."""

import hashlib
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import orjson
import pytest
import pytest_asyncio
from graphql import get_introspection_query

from backend import app
from backend.api.graphql.documents import Documents
from backend.api.graphql.persisted import MANIFEST, persisted_documents
from backend.api.graphql.schema import executable
from tests.api.graphql_client import Json, chat
from tests.api.transports import TRANSPORTS, Ask, by_each_transport, by_event_stream, by_post, by_web_socket, codes_of
from tests.driver import Cast, Running, serving
from tests.laws.source import ROOT

COMMITTED = ROOT / "frontend/src/graphql/generated/persisted-documents.json"
TEXTS: dict[str, str] = orjson.loads(COMMITTED.read_bytes())
RESPONSE = "application/graphql-response+json"
REHEARSAL = [{"name": "rehearsal", "kind": "rehearsal"}]
FREE = {"query": "{ viewer { name } }"}


def id_of(start: str) -> str:
    [found] = [id for id, text in TEXTS.items() if start in text]
    return found


VIEWER, REPLY = {"documentId": id_of("query Viewer")}, id_of("subscription Reply(")


@pytest.fixture(autouse=True)
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of a built app with the documents as they are committed."""
    folder = tmp_path / "static"
    (folder / MANIFEST).parent.mkdir(parents=True)
    shutil.copy(COMMITTED, folder / MANIFEST)
    monkeypatch.setattr(app, "STATIC", folder)
    return folder


@pytest_asyncio.fixture
async def closed(tmp_path: Path) -> AsyncIterator[Running]:
    """A server without free documents and without introspection."""
    shut = {"introspection": False, "free_documents": False}
    async with serving(tmp_path, REHEARSAL, graphql=shut) as running:
        yield running


def code_of(body: Json) -> str:
    [found] = codes_of(body)
    return found


def test_each_document_of_the_app_is_valid_and_has_the_digest_of_its_text_as_its_id() -> None:
    documents = Documents(executable(), TEXTS, introspection=False, free=False)
    for id, text in TEXTS.items():
        assert id == "sha256:" + hashlib.sha256(text.encode()).hexdigest()
        assert documents.known(id) is documents.known(id)


@by_each_transport
async def test_an_id_is_answered_as_its_text_would_be(server: Running, cast: Cast, ask: Ask) -> None:
    for free_documents_too in (VIEWER, FREE):
        body = await ask(server, cast.user, free_documents_too)
        assert body["data"]["viewer"]["name"] == "uma"


@pytest.mark.parametrize("ask", [by_event_stream, by_web_socket])
async def test_a_reply_is_followed_by_id(server: Running, cast: Cast, ask: Ask) -> None:
    turn = (await chat(server, cast.user, "hello"))["turn"]
    body = await ask(server, cast.user, {"documentId": REPLY, "variables": {"turnId": turn["id"], "after": 1}})
    assert body["data"]["reply"]["text"] == turn["reply"]


@by_each_transport
@pytest.mark.parametrize(
    ("request_", "code"),
    [
        ({"documentId": "sha256:" + "0" * 64}, "document_unknown"),
        ({"documentId": ""}, "document_unknown"),
        ({"documentId": id_of("query Conversation("), "variables": {}}, "invalid_input"),
    ],
)
async def test_an_id_that_cannot_be_answered_says_so(
    server: Running, cast: Cast, ask: Ask, request_: Json, code: str
) -> None:
    body = await ask(server, cast.user, request_)
    assert {error["extensions"]["code"] for error in body["errors"]} == {code}
    assert "data" not in body


@pytest.mark.parametrize("id", [7, [], {}, True, VIEWER["documentId"]])
async def test_an_id_is_a_text_and_comes_alone(server: Running, cast: Cast, id: object) -> None:
    async with server.client(cast.user) as client:
        answer = await client.post("/graphql", json={"documentId": id} | FREE)
    assert (answer.status_code, code_of(answer.json())) == (400, "invalid_input")


async def test_an_unknown_id_is_answered_400_where_the_client_takes_the_specified_type(
    server: Running, cast: Cast
) -> None:
    async with server.client(cast.user) as client:
        answer = await client.post("/graphql", json={"documentId": "x"}, headers={"Accept": RESPONSE})
    assert (answer.status_code, code_of(answer.json())) == (400, "document_unknown")


@by_each_transport
async def test_without_free_documents_only_the_apps_are_answered(closed: Running, ask: Ask) -> None:
    key = await closed.key("uma")
    assert (await ask(closed, key, VIEWER))["data"]["viewer"]["name"] == "uma"
    for text in (FREE["query"], next(iter(TEXTS.values())), "{"):
        assert code_of(await ask(closed, key, {"query": text})) == "document_unknown"


async def test_without_introspection_the_schema_cannot_be_asked_for(tmp_path: Path) -> None:
    async with serving(tmp_path, REHEARSAL, graphql={"introspection": False}) as server:
        key = await server.key("uma")
        for query in (get_introspection_query(), '{ __type(name: "Query") { name } }'):
            for ask in TRANSPORTS.values():
                body = await ask(server, key, {"query": query})
                assert {error["extensions"]["code"] for error in body["errors"]} == {"invalid_input"}
                assert "data" not in body
        assert (await by_post(server, key, {"query": "{ __typename }"}))["data"] == {"__typename": "Query"}


async def test_what_the_server_knows_itself_is_not_held_to_the_bounds(tmp_path: Path, built: Path) -> None:
    wide = "{ " + "__typename " * 700 + "}"
    (built / MANIFEST).write_bytes(orjson.dumps({"wide": wide, "broken": "{ nothing }"}))
    async with serving(tmp_path, REHEARSAL) as server:
        key = await server.key("uma")
        assert (await by_post(server, key, {"documentId": "wide"}))["data"] == {"__typename": "Query"}
        assert code_of(await by_post(server, key, {"query": wide})) == "document_refused"
        assert code_of(await by_post(server, key, {"documentId": "broken"})) == "invalid_input"


async def test_without_a_built_app_no_id_is_known(tmp_path: Path, built: Path) -> None:
    shutil.rmtree(built)
    assert persisted_documents(built) == {}
    async with serving(tmp_path, REHEARSAL) as server:
        key = await server.key("uma")
        assert code_of(await by_post(server, key, VIEWER)) == "document_unknown"
        assert (await by_post(server, key, FREE))["data"]["viewer"]["name"] == "uma"


async def test_a_stranger_gets_neither_the_documents_nor_an_answer(server: Running, cast: Cast) -> None:
    async with server.client() as client:
        answer = await client.post("/graphql", json=VIEWER)
        assert (answer.status_code, code_of(answer.json())) == (401, "not_authenticated")
        assert (await client.get("/graphql/documents.json")).status_code == 404
    turn = (await chat(server, cast.user, "hello"))["turn"]
    body = await by_event_stream(
        server, cast.stranger, {"documentId": REPLY, "variables": {"turnId": turn["id"], "after": 0}}
    )
    assert code_of(body) == "not_found"
