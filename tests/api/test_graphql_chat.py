"""What people do by GraphQL: chat, follow up, look back, stop, issue keys."""

import asyncio

import pytest

from backend.upstream.rehearsal import Fault, RehearsalServer
from tests.api.graphql_client import (
    CHAT,
    FOLLOW_UP,
    Json,
    chat,
    code,
    data,
    events_by_event_stream,
    execute,
    follow_up,
    stop,
)
from tests.driver import Cast, Running

TURNS = """query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String) { conversation(id: $id) { title
  turns(first: $first, after: $after, last: $last, before: $before) { edges { cursor node { position prompt } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }"""
TITLES = """query ($first: Int!, $after: String) { titles(first: $first, after: $after) {
  edges { cursor node { id title } } pageInfo { hasNextPage hasPreviousPage endCursor } } }"""
ISSUE = """mutation ($input: IssueKeyInput!) { issueKey(input: $input) {
  key user { id name role plus externalId createdAt } } }"""


def asked(fake: RehearsalServer) -> int:
    return sum(request.endpoint == "chat" for request in fake.requests)


async def test_a_chat_is_answered_with_the_whole_reply_and_the_title(server: Running, cast: Cast) -> None:
    payload = await chat(server, cast.user, "hello")
    turn, conversation = payload["turn"], payload["conversation"]
    assert turn["state"] == "FINISHED"
    assert (turn["position"], turn["prompt"], turn["error"]) == (1, "hello", None)
    assert turn["reply"]
    assert turn["usage"]["source"] == "ESTIMATED"
    assert turn["endedAt"].endswith("+00:00")
    assert turn["durationSeconds"] >= 0
    assert (
        conversation["title"] == (await data(server, cast.user, TITLES, first=1))["titles"]["edges"][0]["node"]["title"]
    )


async def test_follow_ups_keep_their_order_and_stay_in_the_conversation(server: Running, cast: Cast) -> None:
    begun = await chat(server, cast.user, "one", wait=False)
    id = begun["conversation"]["id"]
    later = [await follow_up(server, cast.user, id, text, wait=False) for text in ("two", "three")]
    assert [payload["turn"]["position"] for payload in later] == [2, 3]
    last = await follow_up(server, cast.user, id, "four")
    assert last["turn"]["state"] == "FINISHED"
    turns = (await data(server, cast.user, TURNS, id=id))["conversation"]["turns"]
    assert [edge["node"]["prompt"] for edge in turns["edges"]] == ["one", "two", "three", "four"]


async def test_without_waiting_the_turn_is_answered_as_it_was_kept(
    server: Running, cast: Cast, fake: RehearsalServer
) -> None:
    payload = await chat(server, cast.user, "/rehearse hang-mid", wait=False)
    assert payload["turn"]["state"] in ("WAITING", "WRITING")
    assert payload["turn"]["reply"] == ""
    assert payload["turn"]["endedAt"] is None
    assert (await stop(server, cast.user, payload["turn"]["id"]))["state"] == "STOPPED"


async def test_a_stop_keeps_what_was_written(server: Running, cast: Cast) -> None:
    id = (await chat(server, cast.user, "/rehearse hang-mid", wait=False))["turn"]["id"]
    async for event in events_by_event_stream(server, cast.user, id):
        if event["__typename"] == "ReplyTextAdded":
            break
    turn = await stop(server, cast.user, id)
    assert (turn["state"], bool(turn["reply"])) == ("STOPPED", True)
    assert await stop(server, cast.user, id) == turn


async def test_the_same_idempotency_key_never_asks_twice(server: Running, cast: Cast, fake: RehearsalServer) -> None:
    sent = [chat(server, cast.user, "hello", idempotencyKey="once") for _ in range(5)]
    payloads = await asyncio.gather(*sent)
    assert len({payload["turn"]["id"] for payload in payloads}) == 1
    assert len({payload["turn"]["reply"] for payload in payloads}) == 1
    assert asked(fake) == 1
    conflict = await code(server, cast.user, CHAT, input={"prompt": "another", "idempotencyKey": "once"})
    assert conflict == "idempotency_conflict"


async def test_a_failed_reply_is_an_error_that_names_its_turn(
    server: Running, cast: Cast, fake: RehearsalServer
) -> None:
    [error] = (await execute(server, cast.user, CHAT, input={"prompt": "/rehearse cut"}))["errors"]
    assert error["path"] == ["chat"]
    assert error["extensions"]["code"] in ("reply_cut_off", "upstream_unreachable")
    query = "query ($id: ID!) { turn(id: $id) { state reply error { code message } } }"
    turn = (await data(server, cast.user, query, id=error["extensions"]["turnId"]))["turn"]
    assert turn["state"] == "FAILED"
    assert turn["reply"]
    assert turn["error"] == {"code": error["extensions"]["code"], "message": error["message"]}
    found = (await data(server, cast.user, TURNS, id=error["extensions"]["conversationId"]))["conversation"]
    assert len(found["turns"]["edges"]) == 1


async def test_lists_are_paged_by_cursors(server: Running, cast: Cast) -> None:
    for text in ("one", "two", "three"):
        await chat(server, cast.user, text)
    seen: list[str] = []
    after: str | None = None
    more = True
    while more:
        page: Json = (await data(server, cast.user, TITLES, first=2, after=after))["titles"]
        assert page["pageInfo"]["hasPreviousPage"] == bool(seen)
        seen += [edge["node"]["id"] for edge in page["edges"]]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert len(seen) == len(set(seen)) == 3
    whole = await data(server, cast.user, "{ conversations { edges { node { id createdAt updatedAt } } } }")
    assert [edge["node"]["id"] for edge in whole["conversations"]["edges"]] == seen


async def test_turns_are_paged_from_both_ends(server: Running, cast: Cast) -> None:
    id = (await chat(server, cast.user, "1"))["conversation"]["id"]
    for text in ("2", "3", "4"):
        await follow_up(server, cast.user, id, text)

    async def page(**part: object) -> tuple[list[str], Json]:
        turns = (await data(server, cast.user, TURNS, id=id, **part))["conversation"]["turns"]
        return [edge["node"]["prompt"] for edge in turns["edges"]], turns["pageInfo"]

    prompts, info = await page(last=2)
    assert (prompts, info["hasPreviousPage"], info["hasNextPage"]) == (["3", "4"], True, False)
    prompts, info = await page(last=2, before=info["startCursor"])
    assert (prompts, info["hasPreviousPage"]) == (["1", "2"], False)
    prompts, _ = await page(first=3, after=info["endCursor"])
    assert prompts == ["3", "4"]


@pytest.mark.parametrize(
    "query",
    [
        "{ conversations(first: 0) { edges { cursor } } }",
        "{ conversations(first: 201) { edges { cursor } } }",
        '{ titles(after: "nonsense") { edges { cursor } } }',
        'mutation { chat(input: {prompt: "  "}) { turn { id } } }',
        'mutation { issueKey(input: {name: ""}) { key } }',
    ],
)
async def test_wrong_input_is_refused_by_name(server: Running, cast: Cast, query: str) -> None:
    [error] = (await execute(server, cast.client, query))["errors"]
    assert error["extensions"]["code"] == "invalid_input"
    assert error["extensions"]["field"]


async def test_a_key_issued_here_chats(server: Running, cast: Cast) -> None:
    issued = (await data(server, cast.client, ISSUE, input={"name": "nora", "externalId": "n-1"}))["issueKey"]
    assert issued["user"] | {"id": "", "createdAt": ""} == {
        "id": "", "name": "nora", "role": "USER", "plus": False, "externalId": "n-1", "createdAt": "",
    }  # fmt: skip
    viewer = (await data(server, issued["key"], "{ viewer { id name viewerCanIssueKeys } }"))["viewer"]
    assert viewer == {"id": issued["user"]["id"], "name": "nora", "viewerCanIssueKeys": False}
    assert (await chat(server, issued["key"], "hello"))["turn"]["state"] == "FINISHED"
    assert await code(server, cast.client, ISSUE, input={"name": "nora", "externalId": "n-1"}) == "already_exists"


async def test_a_removed_conversation_is_gone(server: Running, cast: Cast) -> None:
    id = (await chat(server, cast.user, "hello"))["conversation"]["id"]
    query = "mutation ($id: ID!) { removeConversation(input: {id: $id}) { id } }"
    assert (await data(server, cast.user, query, id=id))["removeConversation"] == {"id": id}
    assert (await data(server, cast.user, TURNS, id=id))["conversation"] is None
    assert await code(server, cast.user, query, id=id) == "not_found"


async def test_admins_see_the_accounts_and_nobody_else(server: Running, cast: Cast, fake: RehearsalServer) -> None:
    query = "{ accounts { name kind plus health why until inFlight concurrency } server { version rehearsing } }"
    found = await data(server, cast.admin, query)
    assert [account["kind"] for account in found["accounts"]] == ["CHATGPT"] * 4
    assert found["server"]["rehearsing"] is False
    fake.script.next(Fault("limit", seconds=60))
    await chat(server, cast.plus, "hello")
    [resting] = [row for row in (await data(server, cast.admin, query))["accounts"] if row["health"] == "RESTING"]
    assert resting["why"]
    assert resting["until"]
    for key in (cast.client, cast.user, cast.plus):
        assert await code(server, key, "{ accounts { name } }") == "not_allowed"


async def test_a_stranger_cannot_read_follow_up_stop_or_remove(server: Running, cast: Cast) -> None:
    payload = await chat(server, cast.user, "/rehearse hang-mid", wait=False)
    turn_id, id = payload["turn"]["id"], payload["conversation"]["id"]
    nothing = await data(
        server,
        cast.stranger,
        "query ($id: ID!, $t: ID!) { conversation(id: $id) { id } turn(id: $t) { id } }",
        id=id,
        t=turn_id,
    )
    assert nothing == {"conversation": None, "turn": None}
    assert (await data(server, cast.stranger, TITLES, first=10))["titles"]["edges"] == []
    for query, variables in (
        (FOLLOW_UP, {"input": {"conversationId": id, "prompt": "mine"}}),
        ("mutation ($id: ID!) { stop(input: {turnId: $id}) { turn { id } } }", {"id": turn_id}),
        ("mutation ($id: ID!) { removeConversation(input: {id: $id}) { id } }", {"id": id}),
    ):
        assert await code(server, cast.stranger, query, **variables) == "not_found"
    assert await code(server, cast.stranger, ISSUE, input={"name": "friend"}) == "not_allowed"
    assert await code(server, cast.client, ISSUE, input={"name": "boss", "role": "ADMIN"}) == "not_allowed"
    assert await code(server, cast.client, ISSUE, input={"name": "rich", "plus": True}) == "not_allowed"
    await stop(server, cast.user, turn_id)
