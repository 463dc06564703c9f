"""Asking again and going on behind any turn, by GraphQL; the other doors show the newest path."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from backend.upstream.rehearsal import RehearsalServer
from tests.api.graphql_client import FOLLOW_UP, Json, chat, code, data, execute, follow_up
from tests.driver import PLUS, Cast, Running, chatgpt_accounts, serving
from tests.gateway.growing import asked

BRANCH = "id position prompt state followsTurnId versions { id createdAt } viewerCanAskAgain"
ASK_AGAIN = f"""mutation ($input: AskAgainInput!) {{ askAgain(input: $input) {{
  turn {{ {BRANCH} }} conversation {{ id title }} }} }}"""
SHOWN = f"""query ($id: ID!, $through: ID, $first: Int, $after: String, $last: Int, $before: String) {{
  conversation(id: $id) {{ integrity {{ proven }}
    turns(first: $first, after: $after, last: $last, before: $before, through: $through) {{
      edges {{ cursor node {{ {BRANCH} }} }} pageInfo {{ hasNextPage hasPreviousPage }} }} }} }}"""
TURN = f"query ($id: ID!) {{ turn(id: $id) {{ {BRANCH} }} }}"


async def ask_again(server: Running, key: str, turn: Json, **options: object) -> Json:
    payload: Json = (await data(server, key, ASK_AGAIN, input={"turnId": turn["id"], **options}))["askAgain"]
    return payload


async def path(server: Running, key: str, id: str, **options: object) -> list[Json]:
    found = (await data(server, key, SHOWN, id=id, **options))["conversation"]
    assert found["integrity"] == {"proven": True}
    return [edge["node"] for edge in found["turns"]["edges"]]


def prompts(turns: list[Json]) -> list[str]:
    return [turn["prompt"] for turn in turns]


async def two_turns(server: Running, key: str, **options: object) -> tuple[str, Json, Json]:
    first = await chat(server, key, "one", **options)
    id: str = first["conversation"]["id"]
    return id, first["turn"], (await follow_up(server, key, id, "two", **options))["turn"]


async def test_asking_again_makes_a_version_beside_the_turn(server: Running, cast: Cast) -> None:
    id, first, second = await two_turns(server, cast.user)
    payload = await ask_again(server, cast.user, second, prompt="two, put better")
    edited = payload["turn"]
    assert payload["conversation"]["id"] == id
    assert (edited["prompt"], edited["state"], edited["position"]) == ("two, put better", "FINISHED", 3)
    assert edited["followsTurnId"] == first["id"]
    assert [version["id"] for version in edited["versions"]] == [second["id"], edited["id"]]
    regenerated = (await ask_again(server, cast.user, edited))["turn"]
    assert regenerated["prompt"] == "two, put better"
    versions = [second["id"], edited["id"], regenerated["id"]]
    for turn in (second, edited, regenerated):
        shown = await path(server, cast.user, id, through=turn["id"])
        assert [each["id"] for each in shown] == [first["id"], turn["id"]]
        assert [version["id"] for version in shown[1]["versions"]] == versions
        assert shown[1] == (await data(server, cast.user, TURN, id=turn["id"]))["turn"]
        assert [each["viewerCanAskAgain"] for each in shown] == [True, True]
    assert (await path(server, cast.user, id))[1]["id"] == regenerated["id"]


async def test_a_conversation_that_never_branched_has_one_version_of_each_turn(server: Running, cast: Cast) -> None:
    id, first, second = await two_turns(server, cast.user)
    third = (await follow_up(server, cast.user, id, "three"))["turn"]
    for part in ({}, {"last": 2}, {"first": 2, "after": None}):
        shown = await path(server, cast.user, id, **part)
        assert [len(turn["versions"]) for turn in shown] == [1] * len(shown)
    follows = [turn["followsTurnId"] for turn in await path(server, cast.user, id)]
    assert follows == [None, first["id"], second["id"]]
    edges = (await data(server, cast.user, SHOWN, id=id, first=2))["conversation"]["turns"]["edges"]
    [rest] = await path(server, cast.user, id, first=2, after=edges[1]["cursor"])
    assert (rest["id"], rest["followsTurnId"]) == (third["id"], second["id"])
    [end] = await path(server, cast.user, id, last=1)
    assert end["followsTurnId"] == second["id"]


async def test_a_follow_up_goes_on_behind_the_turn_that_it_names(server: Running, cast: Cast) -> None:
    id, first, second = await two_turns(server, cast.user)
    beside = (await follow_up(server, cast.user, id, "beside two", afterTurnId=first["id"]))["turn"]
    older = (await follow_up(server, cast.user, id, "behind two", afterTurnId=second["id"]))["turn"]
    assert prompts(await path(server, cast.user, id)) == ["one", "two", "behind two"]
    assert prompts(await path(server, cast.user, id, through=beside["id"])) == ["one", "beside two"]
    assert prompts(await path(server, cast.user, id, through=second["id"])) == ["one", "two", "behind two"]
    assert older["position"] == 4


async def test_while_a_turn_is_written_it_can_be_shown_and_not_asked_again(server: Running, cast: Cast) -> None:
    id, _, second = await two_turns(server, cast.user)
    waiting = (await ask_again(server, cast.user, second, prompt="/rehearse hang-mid", wait=False))["turn"]
    assert (waiting["state"] in ("WAITING", "WRITING"), waiting["viewerCanAskAgain"]) == (True, False)
    assert [turn["viewerCanAskAgain"] for turn in await path(server, cast.user, id)] == [True, False]
    refused = await execute(server, cast.user, ASK_AGAIN, input={"turnId": waiting["id"]})
    assert refused["errors"][0]["extensions"]["code"] == "conversation_busy"
    await data(server, cast.user, f'mutation {{ stop(input: {{turnId: "{waiting["id"]}"}}) {{ turn {{ state }} }} }}')
    assert (await ask_again(server, cast.user, waiting, prompt="three"))["turn"]["state"] == "FINISHED"


async def test_a_blank_prompt_is_refused_and_the_same_key_asks_once(
    server: Running, cast: Cast, fake: RehearsalServer
) -> None:
    _, _, second = await two_turns(server, cast.user)
    assert await code(server, cast.user, ASK_AGAIN, input={"turnId": second["id"], "prompt": " "}) == "invalid_input"
    once = [await ask_again(server, cast.user, second, idempotencyKey="k") for _ in range(2)]
    assert once[0]["turn"]["id"] == once[1]["turn"]["id"]
    assert len(asked(fake)) == 3


async def test_the_old_door_recalls_the_newest_path(server: Running, cast: Cast) -> None:
    id, _, second = await two_turns(server, cast.user)
    await ask_again(server, cast.user, second, prompt="two, put better")
    async with server.client() as client:
        sent = {"user": cast.user, "conversation_id": id}
        messages = (await client.post("/api/recall", json=sent)).json()["messages"]
        assert [turn["prompt"] for message in messages for turn in message.values()] == ["one", "two, put better"]
        answer = (await client.post("/api/chat", json=sent | {"prompt": "three"})).json()
        assert answer["last_message_prompt"] == "two, put better"


@pytest_asyncio.fixture
async def own_server(tmp_path: Path, fake: RehearsalServer) -> AsyncIterator[Running]:
    own = {"base_url": fake.base_url, "login_url": fake.login_url, "auth_url": fake.auth_url}
    async with serving(tmp_path, chatgpt_accounts(fake)[:1], fake=fake, own_accounts=own) as running:
        yield running
    assert not fake.violations


async def test_on_an_own_account_a_turn_is_asked_again_with_its_access_token(
    own_server: Running, fake: RehearsalServer
) -> None:
    key, token = await own_server.key("olga"), fake.issue_token(PLUS[0])
    _, first, _ = await two_turns(own_server, key, accessToken=token)
    assert await code(own_server, key, ASK_AGAIN, input={"turnId": first["id"]}) == "access_token_required"
    again = (await ask_again(own_server, key, first, accessToken=token))["turn"]
    assert (again["state"], again["followsTurnId"]) == ("FINISHED", None)
    assert {request.account for request in fake.requests if request.endpoint == "chat"} == {PLUS[0]}


async def test_a_stranger_sees_nothing_of_it_and_who_may_look_cannot_ask(
    server: Running, cast: Cast, fake: RehearsalServer
) -> None:
    id, first, second = await two_turns(server, cast.user)
    await ask_again(server, cast.user, second)
    mine = (await chat(server, cast.stranger, "mine"))["conversation"]["id"]
    sent = len(asked(fake))
    assert (await data(server, cast.stranger, SHOWN, id=id))["conversation"] is None
    assert (await data(server, cast.stranger, TURN, id=second["id"]))["turn"] is None
    through = {"id": mine, "through": second["id"]}
    assert await code(server, cast.stranger, SHOWN, **through) == "not_found"
    for key in (cast.stranger, cast.client, cast.admin):
        assert await code(server, key, ASK_AGAIN, input={"turnId": first["id"]}) == "not_found"
        behind = {"conversationId": id, "prompt": "mine now", "afterTurnId": first["id"]}
        assert await code(server, key, FOLLOW_UP, input=behind) == "not_found"
    for key in (cast.client, cast.admin):
        looked = await path(server, key, id)
        assert [turn["viewerCanAskAgain"] for turn in looked] == [False, False]
        assert [len(turn["versions"]) for turn in looked] == [1, 2]
    assert len(asked(fake)) == sent
