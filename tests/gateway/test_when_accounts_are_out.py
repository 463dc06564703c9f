"""What callers hear when accounts rest or are busy, what the record remembers of it, and why an account was chosen."""

import asyncio
import time
from pathlib import Path

import pytest

from backend import errors
from backend.domain.accounts import AccountState
from backend.domain.ids import CONVERSATION, TURN, show_id
from backend.domain.replies import Waiting
from backend.gateway.prompts import Prompt
from backend.upstream.rehearsal import Fault, RehearsalServer
from tests.driver import FREE, Cast, Running, chatgpt_accounts, serving

EXPLAIN = "query($id: ID!) { turn(id: $id) { explain { sentence pinned ready account leftOut { account why } } } }"


class Clock:
    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead


def states(server: Running) -> dict[str, AccountState]:
    return {state.name: state for _, state in server.house.gateway.chat._pool.overview()}


async def ask(server: Running, key: str, text: str = "hello") -> str:
    reply = await server.house.gateway.chat.send(await server.house.identity.caller(key), Prompt(text))
    turn = await reply.end()
    return turn.error_code or turn.state


async def test_when_all_rest_the_answer_comes_at_once_with_the_soonest_time(
    tmp_path: Path, fake: RehearsalServer
) -> None:
    async with serving(tmp_path, chatgpt_accounts(fake)[:1], fake=fake) as server:
        key = await server.key("uma")
        fake.script.next(Fault("limit", seconds=60))
        assert await ask(server, key) == "upstream_rate_limited"
        async with server.client(key) as client:
            await client.get("/healthz")
            for path, body in (
                ("/api/chat", {"prompt": "hello"}),
                ("/v1/chat/completions", {"model": "auto", "messages": [{"role": "user", "content": "hello"}]}),
            ):
                began = time.monotonic()
                answer = await client.post(path, json=body)
                assert time.monotonic() - began < 0.1
                assert answer.status_code == 503
                assert 55 <= int(answer.headers["Retry-After"]) <= 60
            asked = {"query": 'mutation { chat(input: {prompt: "hello"}) { turn { id } } }'}
            [error] = (await client.post("/graphql", json=asked)).json()["errors"]
            assert error["extensions"]["soonest"] == pytest.approx(time.time() + 60, abs=5)


async def test_a_rested_account_is_probed_by_one_prompt(tmp_path: Path, fake: RehearsalServer) -> None:
    clock = Clock()
    async with serving(tmp_path, chatgpt_accounts(fake)[:1], fake=fake, clock=clock) as server:
        key = await server.key("uma")
        fake.script.next(Fault("broken"), Fault("broken"))
        assert await ask(server, key) == "upstream_broken"
        clock.ahead = 16
        sent = len(fake.requests)
        assert sorted(await asyncio.gather(*(ask(server, key) for _ in range(5)))) == [
            *["no_account_available"] * 4,
            "upstream_broken",
        ]
        assert len(fake.requests) == sent + 1
        clock.ahead += 31
        assert await asyncio.gather(*(ask(server, key) for _ in range(3))) == ["finished"] * 3
        assert states(server)["free-a"].health == "ready"


async def test_health_survives_a_restart_and_new_credentials_clear_what_needed_a_person(
    tmp_path: Path, fake: RehearsalServer
) -> None:
    accounts = chatgpt_accounts(fake)[:3]
    async with serving(tmp_path, accounts, fake=fake) as server:
        key = await server.key("uma")
        fake.script.next(Fault("banned"), account=FREE[0])
        fake.script.next(Fault("limit", seconds=600), account=FREE[1])
        assert await ask(server, key) == "upstream_rate_limited"
    async with serving(tmp_path, accounts, fake=fake) as server:
        found = states(server)
        assert (found["free-a"].health, found["free-b"].health) == ("needs_attention", "resting")
        assert found["free-b"].until == pytest.approx(time.time() + 600, abs=30)
        assert found["free-a"].why
    accounts[0]["access_token"] = fake.issue_token(FREE[0])
    async with serving(tmp_path, accounts, fake=fake) as server:
        assert states(server)["free-a"].health == "ready"
        assert await ask(server, key) == "finished"


async def test_one_user_cannot_fill_the_line_nor_starve_another(tmp_path: Path, fake: RehearsalServer) -> None:
    limits = {"waiting_per_user": 3}
    async with serving(tmp_path, chatgpt_accounts(fake)[:1], fake=fake, limits=limits) as server:
        uma = await server.house.identity.caller(await server.key("uma"))
        sam = await server.house.identity.caller(await server.key("sam"))
        chat = server.house.gateway.chat
        first = await chat.send(uma, Prompt("/rehearse stall 0.3"))
        many = [await chat.send(uma, Prompt(f"uma {n}")) for n in range(3)]
        with pytest.raises(errors.TooManyWaiting):
            await chat.send(uma, Prompt("one more"))
        other = await chat.send(sam, Prompt("sam"))
        events = [event async for event in other.events()]
        assert next(event.place for event in events if isinstance(event, Waiting)) == 2
        assert [(await reply.end()).state for reply in (first, *many, other)] == ["finished"] * 5
    asked = [request.prompt for request in fake.requests if request.endpoint == "chat"][1:]
    assert asked == ["uma 0", "sam", "uma 1", "uma 2"]


async def test_a_second_follow_up_is_refused_where_the_settings_say_so(tmp_path: Path, fake: RehearsalServer) -> None:
    async with serving(tmp_path, chatgpt_accounts(fake)[:1], fake=fake, follow_ups="refuse") as server:
        uma = await server.house.identity.caller(await server.key("uma"))
        chat = server.house.gateway.chat
        first = await chat.send(uma, Prompt("/rehearse hang-mid"))
        conversation = show_id(CONVERSATION, first.conversation_id)
        with pytest.raises(errors.ConversationBusy):
            await chat.follow_up(uma, conversation, Prompt("second"))
        await chat.stop(uma, show_id(TURN, first.turn.id))
        both = await asyncio.gather(
            *(chat.follow_up(uma, conversation, Prompt(text)) for text in ("a", "b")), return_exceptions=True
        )
        assert sorted(isinstance(reply, errors.ConversationBusy) for reply in both) == [False, True]


async def test_why_an_account_was_chosen_is_told_without_names_to_those_who_may_not_see_them(
    server: Running, cast: Cast
) -> None:
    for key, sees in ((cast.admin, True), (cast.user, False)):
        reply = await server.house.gateway.chat.send(await server.house.identity.caller(key), Prompt("hello"))
        turn_id = show_id(TURN, (await reply.end()).id)
        async with server.client(key) as client:
            answer = await client.post("/graphql", json={"query": EXPLAIN, "variables": {"id": turn_id}})
        explain = answer.json()["data"]["turn"]["explain"]
        assert explain["sentence"].startswith("Accounts take turns")
        assert not explain["pinned"]
        assert explain["ready"] == (4 if sees else 2)
        if sees:
            assert explain["account"] == "free-a"
            assert {row["why"] for row in explain["leftOut"]} == {"not its turn"}
        else:
            assert (explain["account"], explain["leftOut"]) == (None, None)
