"""What was sent along with a conversation's first prompt, read by GraphQL."""

from typing import Any

import pytest

from tests.api.graphql_client import chat, code, data
from tests.driver import Cast, Running

PREAMBLE = "query ($id: ID!) { conversation(id: $id) { preamble { role text } turns { edges { node { prompt } } } } }"
LISTED = "{ conversations(first: 20) { edges { node { id preamble { role text } } } } }"
CONTINUE = """mutation ($input: ContinueElsewhereInput!) { continueElsewhere(input: $input) {
  conversation { preamble { role text } } } }"""
SAID = [
    {"role": "system", "content": "Be brief."},
    {"role": "user", "content": "One\n☾"},
    {"role": "assistant", "content": "Yes"},
    {"role": "user", "content": "Two"},
]
KEPT = [
    {"role": "SYSTEM", "text": "Be brief."},
    {"role": "USER", "text": "One\n☾"},
    {"role": "ASSISTANT", "text": "Yes"},
]


async def told(server: Running, key: str) -> str:
    """The id of a conversation that came with a history."""
    async with server.client(key) as http:
        answer = await http.post("/v1/chat/completions", json={"messages": SAID})
    return answer.headers["x-conversation-id"]


async def test_a_history_that_came_along_is_read_in_its_order(server: Running, cast: Cast) -> None:
    id = await told(server, cast.user)
    conversation = (await data(server, cast.user, PREAMBLE, id=id))["conversation"]
    assert conversation["preamble"] == KEPT
    assert [edge["node"]["prompt"] for edge in conversation["turns"]["edges"]] == ["Two"]
    plain = (await chat(server, cast.user, "hello"))["conversation"]["id"]
    found = (await data(server, cast.user, LISTED))["conversations"]["edges"]
    assert {edge["node"]["id"]: edge["node"]["preamble"] for edge in found} == {id: KEPT, plain: []}


async def test_what_a_conversation_takes_over_from_another_account_is_its_history(server: Running, cast: Cast) -> None:
    id = await told(server, cast.plus)
    payload = await data(server, cast.plus, CONTINUE, input={"conversationId": id, "prompt": "And?", "plan": "ANY"})
    preamble = payload["continueElsewhere"]["conversation"]["preamble"]
    assert preamble[:4] == [*KEPT, {"role": "USER", "text": "Two"}]
    assert [said["role"] for said in preamble[4:]] == ["ASSISTANT"]


async def test_it_is_read_only_where_it_is_asked_for(
    server: Running, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = await told(server, cast.user)
    read: list[str] = []
    database = server.house.record.database
    one, many = database.one, database.many

    async def noted_one(query: Any, **values: object) -> Any:
        read.append(query.sql)
        return await one(query, **values)

    async def noted_many(query: Any, **values: object) -> Any:
        read.append(query.sql)
        return await many(query, **values)

    monkeypatch.setattr(database, "one", noted_one)
    monkeypatch.setattr(database, "many", noted_many)
    bare = "query ($id: ID!) { conversation(id: $id) { id title turns { edges { node { prompt } } } } }"
    assert (await data(server, cast.user, bare, id=id))["conversation"]["id"] == id
    assert (await data(server, cast.user, "{ titles { edges { node { id } } } }"))["titles"]["edges"]
    assert (await data(server, cast.user, "{ conversations { edges { node { id tags } } } }"))["conversations"]["edges"]
    assert await data(server, cast.user, '{ search(text: "two") { edges { node { at } } } }')
    async with server.client(cast.user) as http:
        assert (await http.post("/api/recall", json={"user": cast.user})).status_code == 200
    assert read
    assert not [sql for sql in read if "preamble" in sql]
    assert (await data(server, cast.user, PREAMBLE, id=id))["conversation"]["preamble"] == KEPT
    assert len([sql for sql in read if "preamble" in sql]) == 1


async def test_it_counts_towards_what_a_document_asks_for(server: Running, cast: Cast) -> None:
    assert await data(server, cast.user, LISTED)
    assert await code(server, cast.user, LISTED.replace("20", "100")) == "document_refused"


async def test_a_stranger_reads_nobody_elses(server: Running, cast: Cast) -> None:
    id = await told(server, cast.user)
    for key in (cast.stranger, cast.plus):
        assert await data(server, key, PREAMBLE, id=id) == {"conversation": None}
        assert (await data(server, key, LISTED))["conversations"]["edges"] == []
        refused = await code(server, key, CONTINUE, input={"conversationId": id, "prompt": "And?", "plan": "ANY"})
        assert refused == "not_found"
