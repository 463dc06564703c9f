"""`viewerCan…` of conversations and turns says what the server then does, whoever asks."""

import pytest

from tests.api.graphql_client import Json, chat, data, execute
from tests.driver import Cast, Running

CONVERSATION = """query ($id: ID!) { conversation(id: $id) {
  viewerCanFollowUp viewerCanContinueElsewhere viewerCanChange viewerCanRemove viewerCanRestore
  turns { edges { node { id viewerCanAskAgain viewerCanStop } } } } }"""
HANG = 'mutation { chat(input: {prompt: "/rehearse hang", wait: false}) { turn { id } conversation { id } } }'
PROMPT = '(input: {conversationId: "%s", prompt: "more", wait: false}) { turn { id } }'
DOES = {
    "viewerCanFollowUp": f"followUp{PROMPT}",
    "viewerCanContinueElsewhere": f"continueElsewhere{PROMPT}",
    "viewerCanChange": 'changeConversation(input: {id: "%s", pinned: true}) { conversation { id } }',
    "viewerCanRemove": 'removeConversation(input: {id: "%s"}) { id }',
}
OWN, OVERSEEN = [True, True, True, True], [False, False, False, True]


async def seen(server: Running, key: str, id: str) -> Json:
    found: Json = (await data(server, key, CONVERSATION, id=id))["conversation"]
    return found


async def does(server: Running, key: str, field: str, id: str) -> bool:
    body = await execute(server, key, f"mutation {{ {DOES[field] % id} }}")
    assert "errors" not in body or body["errors"][0]["extensions"]["code"] == "not_found"
    return "errors" not in body


@pytest.mark.parametrize(("who", "may"), [("user", OWN), ("client", OVERSEEN), ("admin", OVERSEEN)])
async def test_of_a_conversation(server: Running, cast: Cast, who: str, may: list[bool]) -> None:
    key, id = getattr(cast, who), (await chat(server, cast.user, "one"))["conversation"]["id"]
    said = await seen(server, key, id)
    assert [said[field] for field in DOES] == may
    assert [await does(server, key, field, id) for field in DOES] == may


@pytest.mark.parametrize(("who", "may"), [("user", True), ("client", False), ("admin", False)])
async def test_of_a_reply_that_is_being_written(server: Running, cast: Cast, who: str, may: bool) -> None:
    key, begun = getattr(cast, who), (await data(server, cast.user, HANG))["chat"]
    [edge] = (await seen(server, key, begun["conversation"]["id"]))["turns"]["edges"]
    assert (edge["node"]["viewerCanAskAgain"], edge["node"]["viewerCanStop"]) == (False, may)
    alone = "query ($id: ID!) { turn(id: $id) { viewerCanStop } }"
    assert (await data(server, key, alone, id=begun["turn"]["id"]))["turn"]["viewerCanStop"] is may
    stop = f'mutation {{ stop(input: {{turnId: "{begun["turn"]["id"]}"}}) {{ turn {{ state viewerCanStop }} }} }}'
    assert ("errors" not in await execute(server, key, stop)) is may
    if may:
        assert (await data(server, key, alone, id=begun["turn"]["id"]))["turn"]["viewerCanStop"] is False
    else:
        await data(server, cast.user, stop)


async def test_of_what_was_removed(server: Running, cast: Cast) -> None:
    id = (await chat(server, cast.user, "one"))["conversation"]["id"]
    assert await does(server, cast.admin, "viewerCanRemove", id)
    listing = """{ conversations(filter: {removed: true}) { edges { node { viewerCanFollowUp viewerCanContinueElsewhere
      viewerCanChange viewerCanRemove viewerCanRestore turns { edges { node { viewerCanAskAgain } } } } } } }"""
    [edge] = (await data(server, cast.user, listing))["conversations"]["edges"]
    assert [edge["node"][field] for field in (*DOES, "viewerCanRestore")] == [False] * 4 + [True]
    assert edge["node"]["turns"]["edges"][0]["node"] == {"viewerCanAskAgain": False}


async def test_a_stranger_is_told_nothing(server: Running, cast: Cast) -> None:
    id = (await chat(server, cast.user, "one"))["conversation"]["id"]
    assert (await data(server, cast.stranger, CONVERSATION, id=id))["conversation"] is None
    for field in DOES:
        assert not await does(server, cast.stranger, field, id)
