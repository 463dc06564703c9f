"""How the accounts stand, live: at once, and again on each change, over every transport."""

import asyncio
from contextlib import aclosing

from tests.accounts import DISABLE, ENABLE, act
from tests.api.graphql_client import Json, chat, event_stream, hear, socket, subscribe
from tests.driver import Cast, Running

STATES = "subscription { accountStates { name health inFlight } }"


def health(states: Json) -> dict[str, str]:
    return {account["name"]: account["health"] for account in states["data"]["accountStates"]}


async def test_the_event_stream_begins_at_once_and_tells_of_each_change(server: Running, cast: Cast) -> None:
    async with aclosing(event_stream(server, cast.admin, STATES)) as events, asyncio.timeout(20):
        assert set(health((await anext(events))[1]).values()) == {"READY"}
        await act(server, cast.admin, DISABLE, name="free-a")
        assert health((await anext(events))[1])["free-a"] == "DISABLED"
        await act(server, cast.admin, ENABLE, name="free-a")
        assert health((await anext(events))[1])["free-a"] == "READY"


async def test_a_web_socket_sees_a_reply_begin_and_end(server: Running, cast: Cast) -> None:
    async with socket(server, cast.admin) as connection:
        await subscribe(connection, "1", STATES)
        first = (await hear(connection))["payload"]["data"]["accountStates"]
        assert [account["inFlight"] for account in first] == [0, 0, 0, 0]
        reply = asyncio.create_task(chat(server, cast.user, "/rehearse stall 0.8"))
        seen = [
            sum(account["inFlight"] for account in (await hear(connection))["payload"]["data"]["accountStates"])
            for _ in range(2)
        ]
        assert seen == [1, 0]
        assert (await reply)["turn"]["state"] == "FINISHED"


async def test_a_burst_of_changes_is_told_at_most_four_times_a_second(server: Running, cast: Cast) -> None:
    async with aclosing(event_stream(server, cast.admin, STATES)) as events, asyncio.timeout(30):
        await anext(events)
        loop = asyncio.get_running_loop()
        began, told = loop.time(), 0

        async def listen() -> None:
            nonlocal told
            async for _ in events:
                told += 1

        listening = asyncio.create_task(listen())
        for _ in range(30):
            await act(server, cast.admin, DISABLE, name="free-a")
            await act(server, cast.admin, ENABLE, name="free-a")
        took = loop.time() - began
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        assert told <= took * 4 + 1


async def test_who_is_no_admin_any_more_hears_nothing_more(server: Running, cast: Cast) -> None:
    key = await server.key("eve", "admin")
    async with aclosing(event_stream(server, key, STATES)) as events, asyncio.timeout(30):
        await anext(events)
        caller = await server.house.identity.caller(key)
        await server.house.record.keys.revoke(caller.key_id, 1)
        _, end = await anext(events)
        assert [error["extensions"]["code"] for error in end["errors"]] == ["not_authenticated"]
        assert (await anext(events))[0] == "complete"


async def test_a_server_that_stops_ends_what_would_go_on_for_ever(server: Running, cast: Cast) -> None:
    async with aclosing(event_stream(server, cast.admin, STATES)) as events, asyncio.timeout(20):
        await anext(events)
        server.house.ending.set()
        assert (await anext(events))[0] == "complete"


async def test_a_stranger_cannot_follow_the_accounts(server: Running, cast: Cast) -> None:
    for key in (cast.user, cast.client, cast.plus, cast.stranger):
        async with aclosing(event_stream(server, key, STATES)) as events:
            _, refusal = await anext(events)
            assert [error["extensions"]["code"] for error in refusal["errors"]] == ["not_allowed"]
            assert not refusal.get("data")
            assert (await anext(events))[0] == "complete"
