"""A model that is asked for goes to an account that offers it, once the accounts have said what they have."""

import time
from pathlib import Path

import pytest

from backend import errors
from backend.gateway.prompts import Prompt
from backend.gateway.wishes import Offer, Wish
from backend.upstream.rehearsal import Fault, RehearsalServer
from tests.driver import PLUS, Cast, Running, chatgpt_accounts, serving

PLUS_MODEL = "rehearsal-plus"


async def offers_are_known(server: Running, key: str) -> None:
    await server.house.gateway.accounts.models(await server.house.identity.caller(key))


async def ask(server: Running, key: str, model: str | None) -> str:
    """The state, or the code of what went wrong."""
    reply = await server.house.gateway.chat.send(await server.house.identity.caller(key), Prompt("hello", model=model))
    turn = await reply.end()
    return turn.error_code or turn.state


def asked(server: Running) -> list[str]:
    assert server.fake is not None
    return [str(seen.account) for seen in server.fake.requests if seen.endpoint == "chat"]


async def test_with_any_plan_a_plus_model_is_asked_of_plus_accounts_alone(server: Running, cast: Cast) -> None:
    await offers_are_known(server, cast.plus)
    assert [await ask(server, cast.plus, PLUS_MODEL) for _ in range(4)] == ["finished"] * 4
    assert set(asked(server)) == set(PLUS)
    for model in (None, "auto", "rehearsal"):
        assert [await ask(server, cast.plus, model) for _ in range(4)] == ["finished"] * 4
    assert len(set(asked(server))) == 4


async def test_why_an_account_was_passed_over_is_told(server: Running, cast: Cast) -> None:
    await offers_are_known(server, cast.plus)
    caller = await server.house.identity.caller(cast.plus)
    reply = await server.house.gateway.chat.send(caller, Prompt("hello", model=PLUS_MODEL))
    choice = (await reply.end()).choice
    assert choice is not None
    assert ("free-a", "does not offer that model") in choice.left_out
    assert choice.ready == 2


async def test_a_model_that_nobody_has_is_refused_before_anything_is_sent(server: Running, cast: Cast) -> None:
    await offers_are_known(server, cast.plus)
    with pytest.raises(errors.ModelNotOffered):
        await ask(server, cast.plus, "no-such-model")
    async with server.client(cast.plus) as http:
        body = {"model": "no-such-model", "messages": [{"role": "user", "content": "hello"}]}
        answer = await http.post("/v1/chat/completions", json=body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "model_not_found")
    assert asked(server) == []


async def test_where_those_that_have_it_rest_the_answer_says_until_when(tmp_path: Path, fake: RehearsalServer) -> None:
    async with serving(tmp_path, chatgpt_accounts(fake)[:2], fake=fake) as server:
        key = await server.key("pia", plus=True)
        await offers_are_known(server, key)
        fake.script.next(Fault("limit", seconds=60))
        assert await ask(server, key, PLUS_MODEL) == "upstream_rate_limited"
        with pytest.raises(errors.NoAccountAvailable) as refused:
            await ask(server, key, PLUS_MODEL)
        assert refused.value.details["soonest"] == pytest.approx(time.time() + 60, abs=10)
        assert set(asked(server)) == {PLUS[0]}


async def test_what_accounts_have_not_said_or_said_long_ago_refuses_nothing(server: Running, cast: Cast) -> None:
    pool = server.house.gateway.chat._pool
    pool.lease_now(Wish(may_use_plus=True).of_model("new-model"))
    for state, upstream in pool.built_in():
        pool.offers(state.id, upstream, frozenset({"old-model"}), time.time() - 1)
    assert pool.lease_now(Wish(may_use_plus=True).of_model("new-model")) is not None
    first, upstream = pool.built_in()[-1]
    pool.offers(first.id, upstream, frozenset({"new-model"}), time.time() - 1)
    lease = pool.lease_now(Wish(may_use_plus=True).of_model("new-model"))
    assert lease is not None
    assert lease.account.id == first.id


@pytest.mark.parametrize(("model", "known"), [("llama3.2", True), ("llama3.2:latest", True), ("llama3", False)])
def test_a_tag_that_is_latest_may_be_left_out(model: str, known: bool) -> None:
    assert Offer(frozenset({"llama3.2:latest"})).has(model) is known


async def test_a_stranger_without_plus_learns_nothing_of_the_models_of_plus_accounts(
    server: Running, cast: Cast
) -> None:
    await offers_are_known(server, cast.plus)
    sentences = set()
    for model in (PLUS_MODEL, "no-such-model"):
        with pytest.raises(errors.ModelNotOffered) as refused:
            await ask(server, cast.stranger, model)
        sentences.add(str(refused.value).replace(model, "…"))
    assert len(sentences) == 1
    assert asked(server) == []
