"""Documents that ask for too much are refused before they are validated, on every transport alike."""

import json

import pytest
from graphql import get_introspection_query, parse

from backend.api.graphql import guard
from backend.api.graphql.documents import MOST_KEPT, Documents, InvalidDocument
from backend.api.graphql.schema import executable
from backend.errors import DocumentRefused
from tests.api.graphql_client import code, data, event_stream, execute, hear, socket, subscribe
from tests.driver import Cast, Running


def doubling(fragments: int, last: str) -> str:
    """Each fragment spreads the next one twice: a kilobyte that unfolds to 2^fragments fields."""
    chain = " ".join(f"fragment f{n} on Query {{ ...f{n + 1} ...f{n + 1} }}" for n in range(fragments))
    return f"{{ ...f0 }} {chain} fragment f{fragments} on Query {{ {last} }}"


def nested(depth: int) -> str:
    return "{ a " * depth + "}" * depth


BOMBS = {
    "doubling fragments": doubling(30, "viewer { name }"),
    "doubling fragments of aliases": doubling(30, "a: __typename"),
    "doubling inside fields": " ".join(
        ["{ viewer { ...f0 } }", *(f"fragment f{n} on Viewer {{ ...f{n + 1} ...f{n + 1} }}" for n in range(30)),
         "fragment f30 on Viewer { name }"]
    ),
    "a fragment that spreads itself": "{ ...f } fragment f on Query { ...f }",
    "fragments in a circle": "{ ...f } " + " ".join(
        f"fragment {a} on Query {{ ...{b} }}" for a, b in ("fg", "gh", "hf")
    ),
    "an unused circle": "{ __typename } fragment f on Query { ...g } fragment g on Query { ...f }",
    "a long chain of fragments": "{ ...f0 }" + " ".join(
        f"fragment f{n} on Query {{ ...f{n + 1} }}" for n in range(500)
    ),
    "depth": nested(17),
    "inline fragments in each other": "{ ... " * 61 + "{ __typename }" + "}" * 61,
    "fields": "{ " + "__typename " * 601 + "}",
    "aliases": "{ " + " ".join(f"a{n}: __typename" for n in range(41)) + "}",
    "directives": "{ __typename " + "@skip(if: false) " * 41 + "}",
    "directives of spreads": "{ " + "...f @include(if: true) " * 41 + "} fragment f on Query { __typename }",
    "tokens": "{ viewer(" + "a: 1 " * 1500 + ") { name } }",
    "comments": "#\n" * 1100 + "{ __typename }",
    "characters": "{ __typename }" + " " * guard.MOST_CHARACTERS,
    "operations": " ".join(f"query q{n} {{ __typename }}" for n in range(11)),
    "rows of rows": "{ conversations(first: 200) { edges { node { turns(first: 200) { edges { node { id } } } } } } }",
    "rows by variables": """query ($n: Int!) { conversations(first: $n) { edges { node { turns(last: $n) {
      edges { node { id } } } } } } }""",
    "introspection many times": "{ " + " ".join(
        f"a{n}: __schema {{ types {{ name fields {{ name args {{ name type {{ name }} }} type {{ name }} }} }} }}"
        for n in range(40)
    ) + "}",
}  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS.keys())
async def test_a_document_that_asks_for_too_much_is_refused(server: Running, cast: Cast, bomb: str) -> None:
    assert await code(server, cast.user, bomb) == "document_refused"


async def test_it_is_refused_on_every_transport(server: Running, cast: Cast) -> None:
    bomb = BOMBS["doubling fragments"]
    async with server.client(cast.user) as client:
        headers = {"Accept": "application/graphql-response+json"}
        answer = await client.post("/graphql", json={"query": bomb}, headers=headers)
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (400, "document_refused")
    streamed = [event async for event in event_stream(server, cast.user, bomb)]
    assert [name for name, _ in streamed] == ["next", "complete"]
    assert streamed[0][1]["errors"][0]["extensions"]["code"] == "document_refused"
    async with socket(server, cast.user) as connection:
        await subscribe(connection, "1", bomb)
        message = await hear(connection)
        assert message["type"] == "error"
        assert message["payload"][0]["extensions"]["code"] == "document_refused"


def test_a_guard_that_unfolded_fragments_would_not_come_to_an_end() -> None:
    document = parse(doubling(50, "viewer { name }"))  # 2^50 steps would take days
    with pytest.raises(DocumentRefused, match="1,024 fields"):
        guard.check(document)


@pytest.mark.parametrize(
    "query",
    [
        get_introspection_query(
            specified_by_url=True, directive_is_repeatable=True, schema_description=True, input_value_deprecation=True
        ),
        """{ conversations(first: 100) { pageInfo { endCursor } edges { cursor node { id title createdAt updatedAt
          turns(last: 2) { edges { node { id prompt reply state } } } } } } }""",
        "query ($n: Int!) { titles(first: $n) { edges { cursor node { id title } } pageInfo { hasNextPage } } }",
        """query ($id: ID = "c", $n: Int) { conversation(id: $id) { id title turns(last: $n) {
          pageInfo { hasPreviousPage } edges { cursor node { ...t } } } } }
          fragment t on Turn { id position prompt reply state model
          error { code message } usage { promptTokens replyTokens source } historyLeftOut createdAt endedAt }""",
    ],
    ids=["introspection", "a page with the last turns", "titles", "a whole conversation"],
)
async def test_what_clients_ask_for_is_within_bounds(server: Running, cast: Cast, query: str) -> None:
    assert await data(server, cast.user, query, n=200)


async def test_a_document_is_remembered_only_if_it_is_valid(server: Running, cast: Cast) -> None:
    for _ in range(2):
        assert await code(server, cast.user, "{ nothing }") == "invalid_input"
        assert await code(server, cast.user, BOMBS["depth"]) == "document_refused"
        assert await data(server, cast.user, "{ viewer { name } }") == {"viewer": {"name": "uma"}}
    assert (await data(server, cast.stranger, "{ viewer { name } }"))["viewer"]["name"] == "sam"


def test_the_documents_that_are_kept_have_a_bound_together() -> None:
    documents = Documents(executable(), introspection=True)
    often = "{ viewer { name } }"
    for number in range(400):
        first = documents.read(often)
        documents.read(f"query q{number} {{ viewer {{ name }} }}" + " " * 4000)
        assert documents.read(often) is first
    assert sum(map(len, documents._kept)) <= MOST_KEPT
    assert len(documents._kept) > 10


def test_introspection_can_be_switched_off() -> None:
    documents = Documents(executable(), introspection=False)
    documents.read("{ __typename viewer { __typename } }")
    with pytest.raises(InvalidDocument):
        documents.read("{ __schema { queryType { name } } }")


async def test_values_nested_without_end_are_refused(server: Running, cast: Cast) -> None:
    deep = "[" * 1500 + "]" * 1500
    assert await code(server, cast.user, f"{{ conversation(id: {deep}) {{ id }} }}") == "invalid_input"
    body = '{"query": "query ($id: ID!) { turn(id: $id) { id } }", "variables": {"id": ' + deep + "}}"
    async with server.client(cast.user) as client:
        answer = await client.post("/graphql", content=body, headers={"Content-Type": "application/json"})
    assert json.loads(answer.content)["errors"][0]["extensions"]["code"] == "invalid_input"


async def test_a_stranger_cannot_have_a_document_looked_at(server: Running) -> None:
    async with server.client() as client:
        answer = await client.post("/graphql", json={"query": BOMBS["doubling fragments"]})
    assert answer.status_code == 401
    assert answer.json()["errors"][0]["extensions"]["code"] == "not_authenticated"
    assert "document" not in answer.text


async def test_bounds_hold_for_admins_too(server: Running, cast: Cast) -> None:
    assert "errors" in await execute(server, cast.admin, BOMBS["rows of rows"])
