"""Conversations put in order by GraphQL: titles, pins, the archive, tags, and lists of each."""

import asyncio
from typing import Any

import pytest

from backend.domain.ids import TURN, show_id
from backend.domain.replies import TextAdded
from tests.api.graphql_client import chat, code, data, execute, follow_up, stop
from tests.driver import Cast, Running
from tests.gateway.test_a_reply_outlives_its_listeners import send

CHANGE = """mutation ($input: ChangeConversationInput!) { changeConversation(input: $input) {
  conversation { id title pinned archived tags updatedAt } } }"""
LIST = """query ($first: Int! = 30, $after: String, $filter: ConversationFilter) {
  conversations(first: $first, after: $after, filter: $filter) { edges { node { id title } } pageInfo { hasNextPage
    endCursor } }
  titles(first: $first, after: $after, filter: $filter) { edges { node { id } } } }"""
TAGS = "{ tags { tag conversations } }"
TITLE = "query ($id: ID!) { conversation(id: $id) { title tags } }"

Json = dict[str, Any]


async def begun(server: Running, key: str, *prompts: str) -> list[str]:
    return [(await chat(server, key, prompt))["conversation"]["id"] for prompt in prompts]


async def change(server: Running, key: str, id: str, **changes: object) -> Json:
    changed: Json = (await data(server, key, CHANGE, input={"id": id, **changes}))["changeConversation"]["conversation"]
    return changed


async def listed(server: Running, key: str, filter: Json | None = None, size: int = 30) -> list[str]:
    """The ids of the whole list, page by page."""
    ids: list[str] = []
    after = None
    for _ in range(20):
        found = await data(server, key, LIST, first=size, after=after, filter=filter)
        page = [edge["node"]["id"] for edge in found["conversations"]["edges"]]
        assert [edge["node"]["id"] for edge in found["titles"]["edges"]] == page
        ids += page
        if not found["conversations"]["pageInfo"]["hasNextPage"]:
            return ids
        after = found["conversations"]["pageInfo"]["endCursor"]
    raise AssertionError("the list does not end")


async def refusal(server: Running, key: str, query: str, **variables: object) -> Json:
    [error] = (await execute(server, key, query, **variables))["errors"]
    found: Json = error
    return found


async def test_each_filter_lists_what_it_says_newest_first(server: Running, cast: Cast) -> None:
    one, two, three, four = await begun(server, cast.user, "one", "two", "three", "four")
    await change(server, cast.user, one, pinned=True, tags=["Work", " home "])
    await change(server, cast.user, three, archived=True, tags=["WORK"])
    await change(server, cast.user, four, archived=True, pinned=True)
    lists: list[tuple[Json | None, list[str]]] = [
        (None, [two, one]),
        ({}, [two, one]),
        ({"archived": True}, [four, three]),
        ({"archived": None}, [four, three, two, one]),
        ({"pinned": True}, [one]),
        ({"pinned": False}, [two]),
        ({"pinned": True, "archived": None}, [four, one]),
        ({"tag": "work"}, [one]),
        ({"tag": "work", "archived": None}, [three, one]),
        ({"tag": "home", "pinned": True}, [one]),
        ({"tag": "nothing"}, []),
    ]
    for filter, expected in lists:
        for size in (1, 30):
            assert await listed(server, cast.user, filter, size) == expected, filter
    tags = (await data(server, cast.user, TAGS))["tags"]
    assert [(tag["tag"].casefold(), tag["conversations"]) for tag in tags] == [("home", 1), ("work", 2)]


async def test_only_what_is_given_changes_and_the_place_in_the_list_stays(server: Running, cast: Cast) -> None:
    old, new = await begun(server, cast.user, "old", "new")
    before = await change(server, cast.user, old)
    named = await change(server, cast.user, old, title="  A   better name ")
    assert named == before | {"title": "A better name"}
    assert await change(server, cast.user, old, pinned=True, tags=["a", "B"]) == named | {
        "pinned": True,
        "tags": ["a", "B"],
    }
    assert await change(server, cast.user, old, pinned=False, tags=[], archived=True) == named | {"archived": True}
    await change(server, cast.user, old, archived=False)
    assert await listed(server, cast.user) == [new, old]


async def test_a_tagged_conversation_moves_up_in_its_tags_list_when_it_goes_on(server: Running, cast: Cast) -> None:
    old, new = await begun(server, cast.user, "old", "new")
    for id in (old, new):
        await change(server, cast.user, id, tags=["work"])
    await follow_up(server, cast.user, old, "more")
    assert await listed(server, cast.user, {"tag": "WORK"}) == [old, new]


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"title": " \n "}, "title", "blank"),
        ({"title": "x" * 201}, "title", "201"),
        ({"tags": ["fine", " "]}, "tags", "blank"),
        ({"tags": ["x" * 51]}, "tags", "51"),
        ({"tags": [str(number) for number in range(21)]}, "tags", "20"),
    ],
)
async def test_a_title_or_tag_that_is_none_is_refused_and_nothing_changes(
    server: Running, cast: Cast, changes: Json, field: str, words: str
) -> None:
    [id] = await begun(server, cast.user, "one")
    before = await change(server, cast.user, id)
    error = await refusal(server, cast.user, CHANGE, input={"id": id, "pinned": True, **changes})
    assert error["extensions"]["code"] == "invalid_input"
    assert error["extensions"]["field"] == field
    assert words in error["message"]
    assert await change(server, cast.user, id) == before


async def test_tags_that_are_added_and_taken_off_leave_the_others_as_they_are(server: Running, cast: Cast) -> None:
    id = (await chat(server, cast.user, "hello"))["conversation"]["id"]
    await change(server, cast.user, id, tags=["One", "two"])
    changes = [{"addTags": [tag]} for tag in ("here", "there", "ONE")] + [{"removeTags": ["TWO", "none"]}]
    await asyncio.gather(*(change(server, cast.user, id, **each) for each in changes))
    kept = (await data(server, cast.user, TITLE, id=id))["conversation"]["tags"]
    assert sorted(kept) == ["One", "here", "there"]
    assert sorted(tag["tag"] for tag in (await data(server, cast.user, TAGS))["tags"]) == ["One", "here", "there"]
    many = {"id": id, "title": "not kept", "addTags": [str(number) for number in range(18)]}
    assert await code(server, cast.user, CHANGE, input=many) == "invalid_input"
    conversation = (await data(server, cast.user, TITLE, id=id))["conversation"]
    assert (conversation["title"], sorted(conversation["tags"])) == ("Rehearsal: hello", ["One", "here", "there"])


async def test_the_longest_title_and_the_most_tags_are_kept_as_they_are(server: Running, cast: Cast) -> None:
    [id] = await begun(server, cast.user, "one")
    title, tags = "é" * 200, [f"{number:02}".ljust(50, "é") for number in range(20)]
    changed = await change(server, cast.user, id, title=title, tags=[*tags, *map(str.upper, tags[:3])])
    assert (changed["title"], changed["tags"]) == (title, tags)


async def test_a_name_that_a_person_gave_outlives_the_upstreams_title(server: Running, cast: Cast) -> None:
    reply = await send(server, cast.user, "/rehearse hang-mid")
    async for event in reply.events():
        if isinstance(event, TextAdded):
            break
    [id] = await listed(server, cast.user)
    await change(server, cast.user, id, title="Mine")
    await stop(server, cast.user, show_id(TURN, reply.turn.id))
    assert (await reply.end()).state == "stopped"
    assert reply.title == "Mine"
    assert (await data(server, cast.user, TITLE, id=id))["conversation"]["title"] == "Mine"


async def test_a_stranger_and_the_client_itself_cannot_put_a_users_conversation_in_order(
    server: Running, cast: Cast
) -> None:
    [id] = await begun(server, cast.user, "one")
    await change(server, cast.user, id, tags=["secret"], pinned=True)
    for key in (cast.stranger, cast.client, cast.admin):
        assert await code(server, key, CHANGE, input={"id": id, "title": "Theirs", "tags": ["x"]}) == "not_found"
        assert await code(server, key, CHANGE, input={"id": id, "removeTags": ["secret"]}) == "not_found"
        assert await listed(server, key, {"tag": "secret", "archived": None}) == []
        assert await listed(server, key, {"pinned": True}) == []
        assert (await data(server, key, TAGS))["tags"] == []
    assert await code(server, cast.stranger, CHANGE, input={"id": "c0000000000000", "title": "x"}) == "not_found"
    kept = (await data(server, cast.user, TITLE, id=id))["conversation"]
    assert kept == {"title": kept["title"], "tags": ["secret"]}
    assert kept["title"] != "Theirs"
