"""Going on with a conversation on another account, by GraphQL."""

from pathlib import Path

from backend.upstream.rehearsal import Fault, RehearsalServer, SeenRequest
from tests.api.graphql_client import FOLLOW_UP, Json, chat, code, data, execute, follow_up
from tests.driver import FREE, PLUS, Cast, Running, chatgpt_accounts, serving
from tests.upstream.scripted_server import Reply, scripted
from tests.upstream.test_openai_answers import told

CONTINUE = """mutation ($input: ContinueElsewhereInput!) { continueElsewhere(input: $input) {
  turn { id position prompt reply state historyLeftOut }
  conversation { id title continues { id } continuesAfter } } }"""
LINEAGE = """query ($id: ID!) { conversation(id: $id) { title continues { id } continuesAfter continuedBy { id }
  integrity { proven } turns { edges { node { prompt reply state } } } } }"""


def asked(fake: RehearsalServer) -> list[SeenRequest]:
    return [request for request in fake.requests if request.endpoint == "chat"]


async def go_on(server: Running, key: str, id: str, prompt: str, **options: object) -> Json:
    sent = {"conversationId": id, "prompt": prompt, **options}
    payload: Json = (await data(server, key, CONTINUE, input=sent))["continueElsewhere"]
    return payload


async def lineage(server: Running, key: str, id: str) -> Json:
    found: Json = (await data(server, key, LINEAGE, id=id))["conversation"]
    return found


async def two_turns(server: Running, key: str) -> str:
    id: str = (await chat(server, key, "first question"))["conversation"]["id"]
    await follow_up(server, key, id, "second question")
    return id


async def test_a_conversation_goes_on_elsewhere_on_request(server: Running, cast: Cast, fake: RehearsalServer) -> None:
    old = await two_turns(server, cast.user)
    before = await lineage(server, cast.user, old)
    payload = await go_on(server, cast.user, old, "third question")
    turn, new = payload["turn"], payload["conversation"]
    assert (turn["position"], turn["prompt"], turn["state"]) == (1, "third question", "FINISHED")
    assert (new["title"], new["continues"], new["continuesAfter"]) == (before["title"], {"id": old}, 2)
    first, second, third = asked(fake)
    assert (first.account, second.account, third.account) == (FREE[0], FREE[0], FREE[1])
    assert third.conversation_id is None
    for said in ("first question", "second question", *(edge["node"]["reply"] for edge in before["turns"]["edges"])):
        assert said in (third.prompt or "")

    await follow_up(server, cast.user, new["id"], "fourth question")
    await follow_up(server, cast.user, old, "another third question")
    assert [(request.account, request.prompt) for request in asked(fake)[3:]] == [
        (FREE[1], "fourth question"),
        (FREE[0], "another third question"),
    ]
    now = await lineage(server, cast.user, old)
    assert now["turns"]["edges"][:2] == before["turns"]["edges"]
    assert now["continuedBy"] == [{"id": new["id"]}]
    assert now["integrity"] == (await lineage(server, cast.user, new["id"]))["integrity"] == {"proven": True}


async def test_a_follow_up_whose_account_is_out_says_what_to_do_and_it_works(
    server: Running, cast: Cast, fake: RehearsalServer
) -> None:
    old = await two_turns(server, cast.user)
    fake.script.next(Fault("limit", seconds=600))
    await execute(server, cast.user, FOLLOW_UP, input={"conversationId": old, "prompt": "third question"})
    refused = await execute(server, cast.user, FOLLOW_UP, input={"conversationId": old, "prompt": "third question"})
    extensions = refused["errors"][0]["extensions"]
    assert (extensions["code"], extensions["action"]) == ("account_unavailable", "continue_elsewhere")
    assert extensions["soonest"] > 0
    payload = await go_on(server, cast.user, old, "third question")
    assert payload["turn"]["state"] == "FINISHED"
    assert payload["conversation"]["continuesAfter"] == 2
    assert asked(fake)[-1].account == FREE[1]


async def test_it_never_goes_on_with_the_account_it_was_on(tmp_path: Path, fake: RehearsalServer) -> None:
    async with serving(tmp_path, chatgpt_accounts(fake)[:1], fake=fake) as server:
        key = await server.key("uma")
        old = await two_turns(server, key)
        sent = len(asked(fake))
        for wait in (True, False):
            refusal = await code(
                server, key, CONTINUE, input={"conversationId": old, "prompt": "third question", "wait": wait}
            )
            assert refusal == "no_account_available"
        assert len(asked(fake)) == sent
        assert (await lineage(server, key, old))["continuedBy"] == []


async def test_a_failure_elsewhere_does_not_lead_back(server: Running, cast: Cast, fake: RehearsalServer) -> None:
    old = await two_turns(server, cast.user)
    fake.script.next(Fault("limit", seconds=600))
    await execute(server, cast.user, CONTINUE, input={"conversationId": old, "prompt": "third question"})
    assert [request.account for request in asked(fake)[2:]] == [FREE[1]]


async def test_the_plan_chooses_among_the_other_accounts(server: Running, cast: Cast, fake: RehearsalServer) -> None:
    old = await two_turns(server, cast.plus)
    for _ in range(2):
        await go_on(server, cast.plus, old, "third question", plan="PLUS")
    assert [request.account for request in asked(fake)[2:]] == list(PLUS)
    mine = await two_turns(server, cast.user)
    refusal = await code(server, cast.user, CONTINUE, input={"conversationId": mine, "prompt": "on", "plan": "PLUS"})
    assert refusal == "no_account_available"


async def test_a_reply_that_is_being_written_is_not_told(server: Running, cast: Cast, fake: RehearsalServer) -> None:
    old = (await chat(server, cast.user, "first question"))["conversation"]["id"]
    await follow_up(server, cast.user, old, "/rehearse hang-mid", wait=False)
    payload = await go_on(server, cast.user, old, "second question")
    assert payload["conversation"]["continuesAfter"] == 1
    assert "hang-mid" not in (asked(fake)[-1].prompt or "")


async def test_an_openai_server_gets_messages_and_what_does_not_fit_is_counted(
    tmp_path: Path, fake: RehearsalServer
) -> None:
    async with scripted() as lab:
        lab.otherwise = lambda _: Reply([b"".join(told("Well."))])
        account = {"name": "lab", "kind": "openai", "base_url": lab.url + "/v1", "model": "m", "context": 2000}
        async with serving(tmp_path, [chatgpt_accounts(fake)[0], account], fake=fake) as server:
            key = await server.key("uma")
            old = await two_turns(server, key)
            payload = await go_on(server, key, old, "third question")
            assert (payload["turn"]["reply"], payload["turn"]["historyLeftOut"]) == ("Well.", 0)
            messages = lab.requests[-1].json["messages"]
            assert [message["role"] for message in messages] == ["user", "assistant"] * 2 + ["user"]
            assert [message["content"] for message in messages[::2]] == [
                "first question", "second question", "third question",
            ]  # fmt: skip
            await follow_up(server, key, old, "long " * 1500)
            payload = await go_on(server, key, old, "fourth question")
            assert payload["turn"]["historyLeftOut"] > 0
            await follow_up(server, key, payload["conversation"]["id"], "fifth question")
            assert lab.requests[-1].json["messages"][-3:-1] == [
                {"role": "user", "content": "fourth question"},
                {"role": "assistant", "content": "Well."},
            ]


async def test_the_same_idempotency_key_never_asks_twice(server: Running, cast: Cast, fake: RehearsalServer) -> None:
    old = await two_turns(server, cast.user)
    first = await go_on(server, cast.user, old, "on", idempotencyKey="once")
    assert await go_on(server, cast.user, old, "on", idempotencyKey="once") == first
    assert len(asked(fake)) == 3
    await chat(server, cast.user, "on", idempotencyKey="elsewhere")
    sent = {"conversationId": old, "prompt": "on", "idempotencyKey": "elsewhere"}
    assert await code(server, cast.user, CONTINUE, input=sent) == "idempotency_conflict"


async def test_a_conversation_on_an_own_account_goes_on_on_a_built_in_one(
    server: Running, cast: Cast, fake: RehearsalServer, tmp_path: Path
) -> None:
    own = {"base_url": fake.base_url, "login_url": fake.login_url, "auth_url": fake.auth_url}
    folder = tmp_path / "own"
    folder.mkdir()
    async with serving(folder, chatgpt_accounts(fake)[2:3], fake=fake, own_accounts=own) as other:
        key = await other.key("uma")
        old = (await chat(other, key, "first question", accessToken=fake.issue_token(PLUS[0])))["conversation"]["id"]
        assert (
            await code(other, key, FOLLOW_UP, input={"conversationId": old, "prompt": "on"}) == "access_token_required"
        )
        assert (await go_on(other, key, old, "second question"))["turn"]["state"] == "FINISHED"
        assert [request.account for request in asked(fake)] == [PLUS[0], FREE[1]]


async def test_a_removed_conversation_leaves_its_continuation_whole(server: Running, cast: Cast) -> None:
    old = await two_turns(server, cast.user)
    new = (await go_on(server, cast.user, old, "third question"))["conversation"]["id"]
    await data(server, cast.user, f'mutation {{ removeConversation(input: {{id: "{old}"}}) {{ id }} }}')
    found = await lineage(server, cast.user, new)
    assert (found["continues"], found["continuesAfter"], found["integrity"]) == (None, 2, {"proven": True})


async def test_a_stranger_cannot_go_on_with_it_nor_can_who_may_read_it(
    server: Running, cast: Cast, fake: RehearsalServer
) -> None:
    old = await two_turns(server, cast.user)
    sent = len(asked(fake))
    for key in (cast.stranger, cast.client, cast.admin):
        assert await code(server, key, CONTINUE, input={"conversationId": old, "prompt": "mine now"}) == "not_found"
    assert len(asked(fake)) == sent
    assert (await lineage(server, cast.user, old))["continuedBy"] == []
