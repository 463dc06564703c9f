"""Full-text search by GraphQL: in one's own titles, prompts and replies, and nobody else's."""

import asyncio
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.graphql_client import chat, code, data, execute, follow_up
from tests.driver import Cast, Running

SEARCH = """query ($text: String!, $first: Int! = 20, $after: String) {
  search(text: $text, first: $first, after: $after) {
    edges { cursor node { conversation { id title } turn { id prompt } in excerpt marks { start end } at } }
    pageInfo { hasNextPage endCursor } upToDate } }"""
RENAME = "mutation ($id: ID!, $title: String!) { changeConversation(input: {id: $id, title: $title}) { __typename } }"
REMOVE = "mutation ($id: ID!) { removeConversation(input: {id: $id}) { id } }"
RESTORE = "mutation ($id: ID!) { restoreConversation(input: {id: $id}) { conversation { id } } }"

Json = dict[str, Any]


async def found(server: Running, key: str, text: str, **page: object) -> list[Json]:
    answer = await data(server, key, SEARCH, text=text, **page)
    return [edge["node"] for edge in answer["search"]["edges"]]


def marked(hit: Json) -> list[str]:
    return [hit["excerpt"][mark["start"] : mark["end"]] for mark in hit["marks"]]


async def test_a_hit_says_where_it_is_and_marks_the_words(server: Running, cast: Cast) -> None:
    sent = await chat(server, cast.user, "Why do zebras stand?\n" + "filler " * 60 + "A Zèbre at last")
    id = sent["conversation"]["id"]
    hit, title = await found(server, cast.user, "zebra")
    assert (hit["in"], hit["turn"]["id"], hit["conversation"]["id"]) == ("PROMPT", sent["turn"]["id"], id)
    assert (title["in"], title["turn"], title["conversation"]["id"]) == ("TITLE", None, id)
    assert marked(hit) == marked(title) == ["zebras"]
    assert hit["excerpt"].startswith("Why do zebras stand? filler")
    [hit] = await found(server, cast.user, "ZEBRE last")
    assert marked(hit) == ["Zèbre", "last"]
    [hit] = await found(server, cast.user, "rehearsal upstream answered")
    assert hit["in"] == "REPLY"
    assert {"rehearsal", "upstream", "answered"} <= {word.casefold() for word in marked(hit)}


async def test_a_title_is_found_by_the_name_that_it_has_now(server: Running, cast: Cast) -> None:
    id = (await chat(server, cast.user, "hello"))["conversation"]["id"]
    await data(server, cast.user, RENAME, id=id, title="Quokka notes")
    [hit] = await found(server, cast.user, "quokka")
    assert (hit["in"], hit["turn"], hit["excerpt"], marked(hit)) == ("TITLE", None, "Quokka notes", ["Quokka"])
    await data(server, cast.user, RENAME, id=id, title="Wombat notes")
    assert await found(server, cast.user, "quokka") == []
    assert len(await found(server, cast.user, "wombat")) == 1


async def test_hits_come_newest_first_page_by_page(server: Running, cast: Cast) -> None:
    first = await chat(server, cast.user, "walrus one")
    id, turns = first["conversation"]["id"], [first["turn"]["id"]]
    turns += [(await follow_up(server, cast.user, id, f"walrus {number}"))["turn"]["id"] for number in range(2, 5)]
    seen: list[str | None] = []
    after = None
    for _ in range(10):
        page = (await data(server, cast.user, SEARCH, text="walrus", first=2, after=after))["search"]
        seen += [edge["node"]["turn"] and edge["node"]["turn"]["id"] for edge in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    assert [id for id in seen if id] == turns[::-1]


async def test_a_removed_conversation_is_not_found_until_it_is_restored(server: Running, cast: Cast) -> None:
    id = (await chat(server, cast.user, "narwhal"))["conversation"]["id"]
    assert await found(server, cast.user, "narwhal")
    await data(server, cast.user, REMOVE, id=id)
    assert await found(server, cast.user, "narwhal") == []
    await data(server, cast.user, RESTORE, id=id)
    assert await found(server, cast.user, "narwhal")


async def test_what_is_said_is_indexed_without_anyone_searching(server: Running, cast: Cast) -> None:
    await chat(server, cast.user, "ocelot")
    for _ in range(100):
        if not await server.house.record.search.is_behind():
            break
        await asyncio.sleep(0.05)
    else:
        raise AssertionError("the indexer does not run by itself")
    assert await server.house.record.search.is_whole()
    assert len(await found(server, cast.user, "ocelot")) >= 1


@pytest.mark.parametrize("text", ["", "  \n", "x" * 201])
async def test_a_search_for_nothing_or_too_much_is_refused(server: Running, cast: Cast, text: str) -> None:
    assert await code(server, cast.user, SEARCH, text=text) == "invalid_input"


async def test_no_hits_are_an_empty_page(server: Running, cast: Cast) -> None:
    for text in ("neverthere", "?!", "''"):
        page = (await data(server, cast.user, SEARCH, text=text))["search"]
        assert page == {"edges": [], "pageInfo": {"hasNextPage": False, "endCursor": None}, "upToDate": True}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=1, max_size=200) | st.text(alphabet="\"'*()^:-+{}NOTANDRnear _%&|!<>\\", min_size=1))
async def test_no_text_makes_the_server_stumble(server: Running, cast: Cast, text: str) -> None:
    body = await execute(server, cast.user, SEARCH, text=text)
    assert all(error["extensions"]["code"] == "invalid_input" for error in body.get("errors", ()))


async def test_a_stranger_and_the_client_and_the_admin_find_nothing_of_the_users(server: Running, cast: Cast) -> None:
    await chat(server, cast.user, "capybara secret")
    assert len(await found(server, cast.user, "capybara")) >= 1
    for key in (cast.stranger, cast.client, cast.admin):
        assert await found(server, key, "capybara") == []
    async with server.client() as nobody:
        assert "not_authenticated" in (await nobody.post("/graphql", json={"query": SEARCH})).text
