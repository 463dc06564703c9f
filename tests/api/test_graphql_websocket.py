"""GraphQL by WebSocket: the graphql-transport-ws protocol, message by message."""

import asyncio
import json
import logging
from typing import Any

import pytest
import websockets
from starlette.websockets import WebSocket
from websockets.asyncio.client import ClientConnection

from backend.api.authentication import COOKIE
from backend.api.graphql import websocket as transport
from tests.api.graphql_client import (
    REPLY,
    chat,
    events_by_web_socket,
    hear,
    socket,
    stop,
    subscribe,
    tell,
    until,
    websocket_door,
)
from tests.driver import Cast, Running


async def closed(connection: ClientConnection) -> tuple[int, str]:
    """The code and reason with which the server closes."""
    async with asyncio.timeout(20):
        await connection.wait_closed()
    assert connection.close_code is not None
    return connection.close_code, connection.close_reason or ""


async def answered(connection: ClientConnection, id: str, query: str, **variables: object) -> dict[str, object]:
    await subscribe(connection, id, query, **variables)
    message = await hear(connection)
    assert (message["type"], message["id"]) == ("next", id)
    assert await hear(connection) == {"type": "complete", "id": id}
    payload: dict[str, object] = message["payload"]
    return payload


async def of(connection: ClientConnection, id: str) -> dict[str, Any]:
    """The next message of that operation."""
    while (message := await hear(connection)).get("id") != id:
        pass
    return message


async def test_a_reply_comes_event_by_event_to_its_end(server: Running, cast: Cast) -> None:
    turn = (await chat(server, cast.user, "hello", wait=False))["turn"]
    events = [event async for event in events_by_web_socket(server, cast.user, turn["id"])]
    kinds = [event["__typename"] for event in events]
    assert (kinds[0], kinds[-1]) == ("ReplyStarted", "ReplyEnded")
    assert "".join(event.get("text", "") for event in events) == events[-1]["turn"]["reply"]


async def test_queries_and_mutations_are_answered_on_the_same_connection(server: Running, cast: Cast) -> None:
    async with socket(server, cast.user) as connection:
        assert await answered(connection, "1", "{ viewer { name } }") == {"data": {"viewer": {"name": "uma"}}}
        payload = await answered(connection, "1", 'mutation { chat(input: {prompt: "x"}) { turn { state } } }')
        assert payload == {"data": {"chat": {"turn": {"state": "FINISHED"}}}}


async def test_the_key_may_come_with_the_greeting(server: Running, cast: Cast) -> None:
    async with socket(server, None, parameters={"authorization": f"Bearer {cast.user}"}) as connection:
        assert await answered(connection, "1", "{ viewer { name } }") == {"data": {"viewer": {"name": "uma"}}}


@pytest.mark.parametrize("query", ["{", "{ nothing }", "query A { __typename } query B { __typename }"])
async def test_a_document_that_is_wrong_ends_its_operation_and_not_the_connection(
    server: Running, cast: Cast, query: str
) -> None:
    async with socket(server, cast.user) as connection:
        await subscribe(connection, "1", query)
        message = await hear(connection)
        assert (message["type"], message["id"]) == ("error", "1")
        assert message["payload"][0]["extensions"]["code"] == "invalid_input"
        assert await answered(connection, "1", "{ __typename }") == {"data": {"__typename": "Query"}}


@pytest.mark.parametrize("payload", [None, [], {}, {"query": 1}, {"query": "{ __typename }", "variables": []}])
async def test_a_payload_that_is_no_request_ends_its_operation(server: Running, cast: Cast, payload: object) -> None:
    async with socket(server, cast.user) as connection:
        await tell(connection, type="subscribe", id="1", payload=payload)
        assert (await hear(connection))["payload"][0]["extensions"]["code"] == "invalid_input"


async def test_errors_of_fields_come_beside_the_data(server: Running, cast: Cast) -> None:
    async with socket(server, cast.user) as connection:
        payload = await answered(connection, "1", "{ accounts { name } }")
        assert payload["data"] is None
        assert payload["errors"][0]["extensions"]["code"] == "not_allowed"  # type: ignore[index]


async def test_pings_are_answered_before_and_after_the_greeting(server: Running, cast: Cast) -> None:
    async with socket(server, cast.user, greet=False) as connection:
        for _ in range(2):
            await tell(connection, type="ping", payload={"x": 1})
            assert await hear(connection) == {"type": "pong"}
            await tell(connection, type="pong")
        await tell(connection, type="connection_init")
        assert await hear(connection) == {"type": "connection_ack"}
        await tell(connection, type="ping")
        assert await hear(connection) == {"type": "pong"}


@pytest.mark.parametrize(
    ("messages", "code"),
    [
        (['{"type": "subscribe", "id": "1", "payload": {"query": "{ __typename }"}}'], 4401),
        (["nonsense"], 4400),
        (["[]"], 4400),
        (["{}"], 4400),
        ([b'{"type": "connection_init"}'], 4400),
        (['{"type": "connection_init", "payload": "x"}'], 4400),
        (['{"type": "connection_init"}', '{"type": "connection_init"}'], 4429),
        (['{"type": "connection_init"}', '{"type": "start"}'], 4400),
        (['{"type": "connection_init"}', '{"type": "subscribe", "payload": {"query": "{ __typename }"}}'], 4400),
        (['{"type": "connection_init"}', '{"type": "complete", "id": 7}'], 4400),
    ],
)
async def test_what_breaks_the_protocol_ends_the_connection(
    server: Running, cast: Cast, messages: list[str | bytes], code: int
) -> None:
    async with socket(server, cast.user, greet=False) as connection:
        for message in messages:
            await connection.send(message)
        assert (await closed(connection))[0] == code


async def test_an_id_is_used_for_one_operation_at_a_time(server: Running, cast: Cast) -> None:
    turn = (await chat(server, cast.user, "/rehearse hang-mid", wait=False))["turn"]
    async with socket(server, cast.user) as connection:
        for _ in range(2):
            await subscribe(connection, "1", REPLY, turnId=turn["id"])
        assert await closed(connection) == (4409, "Subscriber for 1 already exists")
    await stop(server, cast.user, turn["id"])


async def test_a_connection_carries_so_many_operations_and_no_more(server: Running, cast: Cast) -> None:
    turn = (await chat(server, cast.user, "/rehearse hang-mid", wait=False))["turn"]
    async with socket(server, cast.user) as connection:
        for number in range(transport.MOST_OPERATIONS):
            await subscribe(connection, str(number), REPLY, turnId=turn["id"])
        await until(server, transport.MOST_OPERATIONS)
        await subscribe(connection, "too many", "{ __typename }")
        assert (await of(connection, "too many"))["type"] == "error"
        await tell(connection, type="complete", id="0")
        await until(server, transport.MOST_OPERATIONS - 1)
        await subscribe(connection, "one less", "{ __typename }")
        assert (await of(connection, "one less"))["payload"] == {"data": {"__typename": "Query"}}
    await until(server, 0)
    await stop(server, cast.user, turn["id"])


async def test_who_does_not_greet_is_closed_in_time(
    server: Running, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(websocket_door(server), "_init_seconds", 0.02)
    async with socket(server, cast.user, greet=False) as connection:
        assert await closed(connection) == (4408, "Connection initialisation timeout")


@pytest.mark.parametrize("protocols", [None, ["graphql-ws"], ["graphql-ws", "other"]])
async def test_other_protocols_are_not_spoken(server: Running, cast: Cast, protocols: list[str] | None) -> None:
    async with socket(server, cast.user, greet=False, subprotocols=protocols) as connection:
        assert (await closed(connection))[0] == 4406


async def test_clients_that_leave_are_let_go_without_a_word_in_the_log(
    server: Running, cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    turn = (await chat(server, cast.user, "/rehearse hang-mid", wait=False))["turn"]
    with caplog.at_level(logging.INFO):
        for _ in range(3):
            async with socket(server, cast.user) as connection:
                await subscribe(connection, "1", REPLY, turnId=turn["id"])
                await until(server, 1)
                connection.transport.abort()
            await until(server, 0)
    assert [record for record in caplog.records if record.levelno >= logging.WARNING or record.exc_info] == []
    assert (await stop(server, cast.user, turn["id"]))["reply"]


async def test_a_connection_on_which_nothing_can_be_sent_is_let_go(server: Running, cast: Cast) -> None:
    turn = (await chat(server, cast.user, "/rehearse hang-mid", wait=False))["turn"]
    sent = {"query": REPLY, "variables": {"turnId": turn["id"]}}
    coming = [
        {"type": "websocket.connect"},
        {"type": "websocket.receive", "text": '{"type": "connection_init"}'},
        {"type": "websocket.receive", "text": json.dumps({"type": "subscribe", "id": "1", "payload": sent})},
    ]

    async def receive() -> Any:
        return coming.pop(0) if coming else await asyncio.get_running_loop().create_future()

    async def send(message: Any) -> None:
        if '"next"' in message.get("text", ""):
            raise ConnectionResetError  # as uvicorn does on a connection that was cut

    headers = [(b"authorization", f"Bearer {cast.user}".encode())]
    scope = {"type": "websocket", "path": "/graphql", "headers": headers, "subprotocols": [transport.PROTOCOL]}
    async with asyncio.timeout(20):
        await websocket_door(server)(WebSocket(scope, receive, send))
    await until(server, 0)
    await stop(server, cast.user, turn["id"])


async def test_a_stop_from_elsewhere_ends_the_subscription(server: Running, cast: Cast) -> None:
    turn = (await chat(server, cast.user, "/rehearse hang-mid", wait=False))["turn"]
    following = asyncio.create_task(anext_end(server, cast.user, turn["id"]))
    await until(server, 1)
    stopped = await stop(server, cast.user, turn["id"])
    assert await following == {"id": turn["id"], "state": "STOPPED", "reply": stopped["reply"]}


async def anext_end(server: Running, key: str, turn_id: str) -> object:
    return [event async for event in events_by_web_socket(server, key, turn_id)][-1]["turn"]


async def test_a_browsers_session_counts_on_the_apps_own_pages_alone(server: Running, cast: Cast) -> None:
    caller = await server.house.identity.caller(cast.user)
    session = await server.house.identity.mint(caller.user_id, "session", "browser")
    cookie = {"Cookie": f"{COOKIE}={session}"}
    async with socket(server, None, headers=cookie, origin=server.url) as connection:
        assert await answered(connection, "1", "{ viewer { name } }") == {"data": {"viewer": {"name": "uma"}}}
    for origin in ("https://elsewhere.example", None):
        with pytest.raises(websockets.InvalidStatus) as raised:
            async with socket(server, None, headers=cookie, origin=origin):
                pass
        assert raised.value.response.status_code == 403
        assert json.loads(raised.value.response.body)["errors"][0]["extensions"]["code"] == "not_allowed"


async def test_a_key_that_is_taken_back_begins_nothing_more(server: Running, cast: Cast) -> None:
    async with socket(server, cast.user) as connection:
        caller = await server.house.identity.caller(cast.user)
        await server.house.record.keys.revoke(caller.key_id, 1)
        server.house.identity.forget()
        await subscribe(connection, "1", "{ viewer { name } }")
        assert (await hear(connection))["payload"][0]["extensions"]["code"] == "not_authenticated"


async def test_a_stranger_gets_no_connection_and_no_others_reply(server: Running, cast: Cast) -> None:
    with pytest.raises(websockets.InvalidStatus) as raised:
        async with socket(server, "wrong"):
            pass
    assert raised.value.response.status_code == 401
    for parameters in (None, {}, {"authorization": "Bearer wrong"}, {"authorization": 7}):
        async with socket(server, None, greet=False) as connection:
            await tell(connection, type="connection_init", payload=parameters)
            assert await closed(connection) == (4403, "Forbidden: not_authenticated")
    turn = (await chat(server, cast.user, "hello"))["turn"]
    async with socket(server, cast.stranger) as connection:
        payload = await answered(connection, "1", REPLY, turnId=turn["id"])
        assert payload["data"] is None
        assert payload["errors"][0]["extensions"] == {"code": "not_found"}  # type: ignore[index]
