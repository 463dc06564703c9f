"""Beside a real account the rehearsal account keeps what it began and is given nothing new."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from backend import errors
from backend.domain.choice import SENTENCES
from backend.domain.ids import CONVERSATION, show_id
from backend.gateway.live_replies import Reply
from backend.gateway.prompts import Prompt
from backend.upstream.rehearsal import Fault, RehearsalServer
from tests.accounts import DISABLE, ENABLE, act
from tests.api.graphql_client import data
from tests.driver import PLUS, Running, chatgpt_accounts, serving

SCRIPT = {"name": "rehearsal", "kind": "rehearsal"}


@asynccontextmanager
async def beside(folder: Path, fake: RehearsalServer, place: int = 0) -> AsyncIterator[tuple[Running, str, str]]:
    """A rehearsal account and one of the fake's, an admin's key and a user's without Plus."""
    async with serving(folder, [SCRIPT, chatgpt_accounts(fake)[place]], fake=fake) as server:
        yield server, await server.key("ada", "admin"), await server.key("uma")
    assert not fake.violations


async def ask(server: Running, key: str, **more: str) -> Reply:
    reply = await server.house.gateway.chat.send(await server.house.identity.caller(key), Prompt("hello", **more))  # type: ignore[arg-type]
    await reply.end()
    return reply


async def whose(server: Running, key: str, **more: str) -> str | None:
    choice = (await (await ask(server, key, **more)).end()).choice
    assert choice is not None
    return choice.account


async def test_the_real_account_answers_what_is_new_and_the_choice_says_so(
    tmp_path: Path, fake: RehearsalServer
) -> None:
    async with beside(tmp_path, fake) as (server, _, user):
        assert [await whose(server, user) for _ in range(4)] == ["free-a"] * 4
        choice = (await (await ask(server, user)).end()).choice
        assert choice is not None
        assert choice.left_out == (("rehearsal", SENTENCES["stands_back"]),)
        assert choice.sentence == "It was the only account that was ready and that this key includes."


async def test_an_account_that_fails_or_rests_is_not_replaced_by_a_script(
    tmp_path: Path, fake: RehearsalServer
) -> None:
    async with beside(tmp_path, fake) as (server, _, user):
        fake.script.next(Fault("limit", seconds=60))
        assert (await (await ask(server, user)).end()).error_code == "upstream_rate_limited"
        with pytest.raises(errors.NoAccountAvailable, match="soonest"):
            await ask(server, user)


async def test_whoever_comes_while_it_is_busy_waits_for_it(tmp_path: Path, fake: RehearsalServer) -> None:
    async with beside(tmp_path, fake) as (server, _, user):
        assert await asyncio.gather(*(whose(server, user) for _ in range(3))) == ["free-a"] * 3


async def test_a_conversation_that_the_script_began_goes_on_with_it(tmp_path: Path, fake: RehearsalServer) -> None:
    async with beside(tmp_path, fake) as (server, admin, user):
        await act(server, admin, DISABLE, name="free-a")
        assert (await data(server, user, "{ server { rehearsing } }"))["server"]["rehearsing"]
        begun = await ask(server, user)
        await act(server, admin, ENABLE, name="free-a")
        assert not (await data(server, user, "{ server { rehearsing } }"))["server"]["rehearsing"]
        chat, caller = server.house.gateway.chat, await server.house.identity.caller(user)
        later = await chat.follow_up(caller, show_id(CONVERSATION, begun.conversation_id), Prompt("and now?"))
        choice = (await later.end()).choice
        assert choice is not None
        assert (choice.account, choice.pinned, choice.left_out) == ("rehearsal", True, ())
        assert await whose(server, user) == "free-a"


async def test_a_model_that_the_script_alone_offers_is_asked_of_it(tmp_path: Path, fake: RehearsalServer) -> None:
    async with beside(tmp_path, fake) as (server, _, user):
        pool = server.house.gateway.chat._pool
        for (state, upstream), models in zip(pool.built_in(), ({"script"}, {"real"}), strict=True):
            pool.offers(state.id, upstream, frozenset(models), 1e12)
        assert [await whose(server, user, model=model) for model in ("script", "real", "auto")] == [
            "rehearsal",
            "free-a",
            "free-a",
        ]
        with pytest.raises(errors.ModelNotOffered):
            await ask(server, user, model="no-such-model")


async def test_a_stranger_to_the_plus_account_is_answered_by_the_script_and_cannot_reach_the_other(
    tmp_path: Path, fake: RehearsalServer
) -> None:
    async with beside(tmp_path, fake, place=1) as (server, admin, user):
        assert await whose(server, user) == "rehearsal"
        assert (await data(server, user, "{ server { rehearsing } }"))["server"]["rehearsing"]
        assert await whose(server, admin) == PLUS[0].split("@")[0]
        with pytest.raises(errors.NoAccountAvailable):
            await ask(server, user, plan="plus")
