"""Admins let an account rest, wake it, disable and enable it; what they said outlives a restart."""

import asyncio
from pathlib import Path

from backend.upstream.rehearsal import RehearsalServer
from tests.accounts import DISABLE, ENABLE, REST, WAKE, accounts, act, strangers_are_refused
from tests.api.graphql_client import chat, code, execute
from tests.driver import FREE, Cast, Running, chatgpt_accounts, serving

LONG = "2090-01-01T00:00:00Z"
HELLO = 'mutation { chat(input: {prompt: "Hi"}) { turn { id } } }'


def asked(fake: RehearsalServer) -> list[str | None]:
    return [request.account for request in fake.requests if request.endpoint == "chat"]


async def test_a_disabled_account_is_asked_nothing_until_it_is_enabled(server: Running, cast: Cast) -> None:
    assert server.fake is not None
    disabled = await act(server, cast.admin, DISABLE, name="free-a")
    assert (disabled["health"], disabled["why"]) == ("DISABLED", "An admin switched it off.")
    for _ in range(2):
        await chat(server, cast.user, "Hello")
    assert asked(server.fake) == [FREE[1], FREE[1]]
    assert await code(server, cast.admin, WAKE, input={"name": "free-a"}) == "invalid_input"
    assert (await act(server, cast.admin, ENABLE, name="free-a"))["health"] == "READY"
    await chat(server, cast.user, "Hello")
    assert asked(server.fake)[-1] == FREE[0]


async def test_a_resting_account_is_asked_nothing_until_it_is_woken(server: Running, cast: Cast) -> None:
    assert server.fake is not None
    resting = await act(server, cast.admin, REST, name="free-a", until=LONG)
    assert (resting["health"], resting["until"]) == ("RESTING", "2090-01-01T00:00:00+00:00")
    await act(server, cast.admin, REST, name="free-b", until=LONG)
    assert await code(server, cast.user, HELLO) == "no_account_available"
    assert (await act(server, cast.admin, WAKE, name="free-b"))["health"] == "READY"
    await chat(server, cast.user, "Hello")
    assert asked(server.fake) == [FREE[1]]
    for wrong in ("2001-01-01T00:00:00Z", "2030-01-01T00:00:00"):
        assert await code(server, cast.admin, REST, input={"name": "free-a", "until": wrong}) == "invalid_input"


async def test_a_reply_under_way_goes_on_and_does_not_wake_its_account(server: Running, cast: Cast) -> None:
    for document, given in ((REST, {"until": LONG}), (DISABLE, {})):
        name = "free-a" if document == REST else "free-b"
        reply = asyncio.create_task(chat(server, cast.user, "/rehearse stall 0.3"))
        async with asyncio.timeout(10):
            while not (await accounts(server, cast.admin))[name]["inFlight"]:  # noqa: ASYNC110  there is no event
                await asyncio.sleep(0.01)
        await act(server, cast.admin, document, name=name, **given)
        assert (await reply)["turn"]["state"] == "FINISHED"
        stands = (await accounts(server, cast.admin))[name]
        assert (stands["health"], stands["inFlight"]) == ("RESTING" if document == REST else "DISABLED", 0)


async def test_what_an_admin_said_outlives_a_restart(tmp_path: Path, fake: RehearsalServer) -> None:
    async with serving(tmp_path, chatgpt_accounts(fake), fake=fake) as server:
        admin = await server.key("ada", "admin")
        await act(server, admin, DISABLE, name="free-a")
        await act(server, admin, REST, name="free-b", until=LONG)
    async with serving(tmp_path, chatgpt_accounts(fake), fake=fake) as server:
        found = await accounts(server, admin)
        assert [found[name]["health"] for name in ("free-a", "free-b")] == ["DISABLED", "RESTING"]
        await act(server, admin, ENABLE, name="free-a")
        await act(server, admin, WAKE, name="free-b")
    async with serving(tmp_path, chatgpt_accounts(fake), fake=fake) as server:
        assert {account["health"] for account in (await accounts(server, admin)).values()} == {"READY"}


async def test_a_stranger_can_neither_stop_nor_start_an_account(server: Running, cast: Cast) -> None:
    for document in (REST, WAKE, DISABLE, ENABLE):
        await strangers_are_refused(server, cast, document)
    assert {account["health"] for account in (await accounts(server, cast.admin)).values()} == {"READY"}
    for key in (cast.user, cast.client, cast.stranger):
        [error] = (await execute(server, key, "{ accounts { name } }"))["errors"]
        assert error["extensions"]["code"] == "not_allowed"
