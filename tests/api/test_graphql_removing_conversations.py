"""Conversations removed and restored by GraphQL."""

from pathlib import Path
from typing import Any

from backend.domain.ids import CONVERSATION, show_id
from backend.domain.replies import TextAdded
from backend.upstream.rehearsal import RehearsalServer
from tests.api.graphql_client import FOLLOW_UP, chat, code, data, execute
from tests.driver import Cast, Running, chatgpt_accounts, serving
from tests.gateway.test_a_reply_outlives_its_listeners import send

REMOVE = "mutation ($id: ID!) { removeConversation(input: {id: $id}) { id } }"
RESTORE = """mutation ($id: ID!) { restoreConversation(input: {id: $id}) {
  conversation { id removedAt viewerCanRestore turns { edges { node { state reply } } } } } }"""
LIST = """query ($filter: ConversationFilter) { conversations(filter: $filter) {
  edges { node { id removedAt viewerCanRestore } } } }"""
ONE = "query ($id: ID!) { conversation(id: $id) { id } }"
ORGANIZE = 'mutation ($id: ID!) { changeConversation(input: {id: $id, tags: ["work"]}) { conversation { id } } }'

Json = dict[str, Any]


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        self.now += 0.001
        return self.now


async def listed(server: Running, key: str, **filter: object) -> list[str]:
    found = await data(server, key, LIST, filter=filter or None)
    return [edge["node"]["id"] for edge in found["conversations"]["edges"]]


async def begun(server: Running, key: str, prompt: str = "hello") -> str:
    id: str = (await chat(server, key, prompt))["conversation"]["id"]
    return id


async def test_what_is_removed_is_listed_apart_and_comes_back_whole(server: Running, cast: Cast) -> None:
    first, second = await begun(server, cast.user), await begun(server, cast.user)
    for id in (second, first):
        await data(server, cast.user, REMOVE, id=id)
    assert await listed(server, cast.user) == []
    assert await listed(server, cast.user, removed=True) == [first, second]
    [node, _] = [
        edge["node"]
        for edge in (await data(server, cast.user, LIST, filter={"removed": True}))["conversations"]["edges"]
    ]
    assert node["removedAt"]
    assert node["viewerCanRestore"]
    assert (await data(server, cast.user, ONE, id=first))["conversation"] is None
    assert await code(server, cast.user, FOLLOW_UP, input={"conversationId": first, "prompt": "more"}) == "not_found"
    restored = (await data(server, cast.user, RESTORE, id=first))["restoreConversation"]["conversation"]
    assert (restored["removedAt"], restored["viewerCanRestore"]) == (None, False)
    assert [edge["node"]["state"] for edge in restored["turns"]["edges"]] == ["FINISHED"]
    assert await listed(server, cast.user) == [first]
    assert await listed(server, cast.user, removed=True) == [second]
    await data(server, cast.user, FOLLOW_UP, input={"conversationId": first, "prompt": "more"})


async def test_restoring_what_is_there_changes_nothing(server: Running, cast: Cast) -> None:
    id = await begun(server, cast.user)
    await data(server, cast.user, RESTORE, id=id)
    assert await listed(server, cast.user) == [id]


async def test_the_list_of_the_removed_goes_without_other_filters(server: Running, cast: Cast) -> None:
    for filter in ({"archived": True}, {"pinned": False}, {"tag": "x"}):
        assert await code(server, cast.user, LIST, filter={"removed": True} | filter) == "invalid_input"


async def test_a_removed_conversation_leaves_its_tags_list_and_comes_back_to_it(server: Running, cast: Cast) -> None:
    id = await begun(server, cast.user)
    await data(server, cast.user, ORGANIZE, id=id)
    await data(server, cast.user, REMOVE, id=id)
    assert await listed(server, cast.user, tag="work") == []
    assert (await data(server, cast.user, "{ tags { tag } }"))["tags"] == []
    assert await code(server, cast.user, ORGANIZE, id=id) == "not_found"
    await data(server, cast.user, RESTORE, id=id)
    assert await listed(server, cast.user, tag="work") == [id]


async def test_removing_stops_the_reply_that_is_being_written_and_keeps_what_was(server: Running, cast: Cast) -> None:
    reply = await send(server, cast.user, "/rehearse hang-mid")
    id = show_id(CONVERSATION, reply.conversation_id)
    async for event in reply.events():
        if isinstance(event, TextAdded):
            break
    await data(server, cast.user, REMOVE, id=id)
    turn = await reply.end()
    assert turn.state == "stopped"
    restored = (await data(server, cast.user, RESTORE, id=id))["restoreConversation"]["conversation"]
    assert [edge["node"] for edge in restored["turns"]["edges"]] == [{"state": "STOPPED", "reply": turn.reply}]
    assert turn.reply


async def test_after_the_time_it_is_neither_listed_nor_restored_and_the_error_says_so(
    tmp_path: Path, fake: RehearsalServer
) -> None:
    clock = Clock()
    async with serving(tmp_path, chatgpt_accounts(fake), fake=fake, clock=clock, restore_within=7200) as server:
        key = await server.key("uma")
        id = await begun(server, key)
        await data(server, key, REMOVE, id=id)
        clock.now += 7100
        assert await listed(server, key, removed=True) == [id]
        clock.now += 200
        assert await listed(server, key, removed=True) == []
        [error] = (await execute(server, key, RESTORE, id=id))["errors"]
        assert error["extensions"]["code"] == "not_found"
        assert "2 hours" in error["message"]


async def test_where_nothing_is_restored_the_error_says_so(tmp_path: Path, fake: RehearsalServer) -> None:
    async with serving(tmp_path, chatgpt_accounts(fake), fake=fake, restore_within=0) as server:
        key = await server.key("uma")
        id = await begun(server, key)
        await data(server, key, REMOVE, id=id)
        assert await listed(server, key, removed=True) == []
        [error] = (await execute(server, key, RESTORE, id=id))["errors"]
        assert "restores none" in error["message"]


async def test_a_client_removes_and_restores_its_users_and_a_stranger_neither(server: Running, cast: Cast) -> None:
    id = await begun(server, cast.user)
    assert await code(server, cast.stranger, REMOVE, id=id) == "not_found"
    await data(server, cast.client, REMOVE, id=id)
    for key in (cast.stranger, cast.client, cast.admin):
        assert await listed(server, key, removed=True) == []  # a list is of one's own alone
    assert await code(server, cast.stranger, RESTORE, id=id) == "not_found"
    assert await listed(server, cast.user) == []
    await data(server, cast.client, RESTORE, id=id)
    assert await listed(server, cast.user) == [id]
