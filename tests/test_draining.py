"""SIGTERM: what is being written comes to its end or is marked, whoever follows hears of it, nothing new begins."""

import asyncio
import json
import signal
from pathlib import Path
from typing import Any

import httpx
import pytest
import websockets
from websockets.asyncio.client import ClientConnection

from tests.api.graphql_client import CHAT, FOLLOW_UP, REPLY, events_in, hear, subscribe, tell
from tests.server_process import ServerProcess, server_process

ACCOUNTS = [{"name": name, "kind": "rehearsal"} for name in ("one", "two")]
TURN = "query ($id: ID!) { turn(id: $id) { state reply error { code message } } }"


async def asked(http: httpx.AsyncClient, query: str, **variables: object) -> Any:
    body = (await http.post("/graphql", json={"query": query, "variables": variables})).json()
    assert "errors" not in body, body
    return body["data"]


async def begun(http: httpx.AsyncClient, prompt: str) -> tuple[str, str]:
    """The ids of a turn that is being written, and of its conversation."""
    chat = (await asked(http, CHAT, input={"prompt": prompt, "wait": False}))["chat"]
    return chat["turn"]["id"], chat["conversation"]["id"]


async def connected(server: ServerProcess) -> ClientConnection:
    headers = {"Authorization": f"Bearer {server.key}"}
    url = server.url.replace("http", "ws") + "/graphql"
    connection = await websockets.connect(
        url, additional_headers=headers, subprotocols=[websockets.Subprotocol("graphql-transport-ws")], proxy=None
    )
    await tell(connection, type="connection_init")
    assert await hear(connection) == {"type": "connection_ack"}
    return connection


async def end_by_web_socket(connection: ClientConnection, turn_id: str, listening: asyncio.Event) -> Any:
    """The turn as the last event of its reply shows it."""
    await subscribe(connection, "1", REPLY, turnId=turn_id)
    event: Any = {}
    while (message := await hear(connection))["type"] == "next":
        event = message["payload"]["data"]["reply"]
        listening.set()
    assert message == {"type": "complete", "id": "1"}
    await connection.close()
    return event["turn"]


async def end_by_event_stream(http: httpx.AsyncClient, turn_id: str, listening: asyncio.Event) -> Any:
    body = {"query": REPLY, "variables": {"turnId": turn_id}}
    event: Any = {}
    headers = {"Accept": "text/event-stream"}
    async with http, http.stream("POST", "/graphql/stream", json=body, headers=headers) as answer:
        async for name, text in events_in(answer.aiter_raw()):
            event = json.loads(text)["data"]["reply"] if name == "next" else event
            listening.set()
    return event["turn"]


async def followed(server: ServerProcess, turn_id: str) -> list[asyncio.Task[Any]]:
    """Followers by both ways of streaming, that have begun to listen."""
    http, connection = server.client(), await connected(server)
    heard = [asyncio.Event(), asyncio.Event()]
    following = [
        asyncio.create_task(end_by_event_stream(http, turn_id, heard[0])),
        asyncio.create_task(end_by_web_socket(connection, turn_id, heard[1])),
    ]
    async with asyncio.timeout(20):
        await asyncio.gather(*(each.wait() for each in heard))
    return following


async def refused(server: ServerProcess, prompt: dict[str, Any]) -> None:
    """A new connection gets the error's code, and none at all once the server has stopped to listen."""
    async with asyncio.timeout(20):
        while True:
            try:
                async with server.client() as http:
                    answer = await http.post("/graphql", json=prompt)
            except httpx.TransportError:
                return
            assert answer.json()["errors"][0]["extensions"]["code"] == "shutting_down"


@pytest.mark.long
async def test_replies_end_or_are_marked_and_followers_hear_of_it(tmp_path: Path) -> None:
    timeouts = {"shutdown": 2}
    async with server_process(tmp_path, ACCOUNTS, timeouts=timeouts) as server, server.client() as http:
        soon, _ = await begun(http, "/rehearse stall 1")
        never, conversation = await begun(http, "/rehearse hang-mid")
        sent = {"conversationId": conversation, "prompt": "more", "wait": False}
        waiting = (await asked(http, FOLLOW_UP, input=sent))["followUp"]["turn"]["id"]
        of_soon, of_never = await followed(server, soon), await followed(server, never)
        idle, busy = await connected(server), await connected(server)
        await subscribe(busy, "1", REPLY, turnId=never)
        assert (await hear(busy))["type"] == "next"
        retried = {"prompt": "/rehearse hang-mid", "idempotencyKey": "k"}
        clock = asyncio.get_running_loop().time
        signalled = clock()
        server.process.send_signal(signal.SIGTERM)
        await idle.wait_closed()
        assert (idle.close_code, clock() - signalled < timeouts["shutdown"]) == (1001, True)
        await tell(busy, type="subscribe", id="2", payload={"query": CHAT, "variables": {"input": retried}})
        while (message := await hear(busy))["id"] != "2":
            pass
        assert message["payload"][0]["extensions"]["code"] == "shutting_down"
        await refused(server, {"query": CHAT, "variables": {"input": retried}})
        assert [turn["state"] for turn in await asyncio.gather(*of_soon)] == ["FINISHED"] * 2
        assert [turn["state"] for turn in await asyncio.gather(*of_never)] == ["FAILED"] * 2
        await busy.wait_closed()
        assert busy.close_code == 1001
        assert await asyncio.wait_for(server.process.wait(), 20) == 0
        assert clock() - signalled < timeouts["shutdown"] + 4
    async with server_process(tmp_path, ACCOUNTS) as server, server.client() as http:
        kept = {id: (await asked(http, TURN, id=id))["turn"] for id in (soon, never, waiting)}
        again = await asked(http, CHAT, input={"prompt": "hello"})
    assert (kept[soon]["state"], bool(kept[soon]["reply"])) == ("FINISHED", True)
    for id, sentence in ((never, "being written"), (waiting, "before this prompt was sent")):
        assert kept[id]["error"]["code"] == "reply_interrupted"
        assert sentence in kept[id]["error"]["message"]
    assert kept[never]["reply"]
    assert again["chat"]["turn"]["state"] == "FINISHED"


@pytest.mark.long
async def test_a_second_signal_ends_it_at_once_and_the_next_start_marks_what_was_left(tmp_path: Path) -> None:
    timeouts = {"shutdown": 60}
    async with server_process(tmp_path, ACCOUNTS, timeouts=timeouts) as server, server.client() as http:
        turn, conversation = await begun(http, "/rehearse hang-mid")
        sent = {"conversationId": conversation, "prompt": "more", "wait": False}
        waiting = (await asked(http, FOLLOW_UP, input=sent))["followUp"]["turn"]["id"]
        idle = await connected(server)
        server.process.send_signal(signal.SIGTERM)
        await idle.wait_closed()  # it has begun to drain
        server.process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(server.process.wait(), 5) == -signal.SIGTERM
    async with server_process(tmp_path, ACCOUNTS) as server:
        async with server.client() as http:
            kept = [(await asked(http, TURN, id=id))["turn"]["error"] for id in (turn, waiting)]
        async with httpx.AsyncClient(base_url=server.url, trust_env=False) as stranger:
            assert (await stranger.post("/graphql", json={"query": TURN})).status_code == 401
    assert [error["code"] for error in kept] == ["reply_interrupted"] * 2
    assert "being written" in kept[0]["message"]
    assert "before this prompt was sent" in kept[1]["message"]
