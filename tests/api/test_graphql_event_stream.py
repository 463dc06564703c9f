"""GraphQL over Server-Sent Events, read byte by byte."""

import asyncio
from contextlib import aclosing

import pytest

from backend.api.graphql import event_stream as transport
from backend.gateway.live_replies import LiveReply
from tests.api.graphql_client import (
    REPLY,
    chat,
    event_stream,
    events_by_event_stream,
    routes_of,
    stop,
    until,
)
from tests.driver import Cast, Running

STREAM = {"Accept": "text/event-stream"}


def door(server: Running) -> transport.OverEventStream:
    apps = [getattr(route, "app", None) for route in routes_of(server)]
    [found] = [app for app in apps if isinstance(app, transport.OverEventStream)]
    return found


async def test_a_reply_comes_event_by_event_to_its_end(server: Running, cast: Cast) -> None:
    turn = (await chat(server, cast.user, "hello", wait=False))["turn"]
    events = [event async for event in events_by_event_stream(server, cast.user, turn["id"])]
    kinds = [event["__typename"] for event in events]
    assert kinds[0] == "ReplyStarted"
    assert kinds[-2:] == ["ReplyTitled", "ReplyEnded"]
    assert set(kinds[1:-2]) == {"ReplyTextAdded"}
    assert "".join(event.get("text", "") for event in events) == events[-1]["turn"]["reply"]
    numbers = [event["number"] for event in events]
    assert numbers == sorted(set(numbers))


async def test_the_bytes_are_those_of_the_protocol(server: Running, cast: Cast) -> None:
    async with server.client(cast.user) as client:
        answer = await client.post("/graphql/stream", json={"query": "{ viewer { name } }"}, headers=STREAM)
    assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.content == b':\n\nevent: next\ndata: {"data":{"viewer":{"name":"uma"}}}\n\nevent: complete\ndata:\n\n'


async def test_text_with_every_kind_of_line_end_stays_on_its_line(server: Running, cast: Cast) -> None:
    prompt = "a\nb\r\nc\rd\u2028e\u0085f"
    query = "mutation ($p: String!) { chat(input: {prompt: $p, wait: false}) { turn { prompt } } }"
    [(_, body), _] = [event async for event in event_stream(server, cast.user, query, p=prompt)]
    assert body["data"]["chat"]["turn"]["prompt"] == prompt


async def test_a_silent_stream_says_that_it_lives(server: Running, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    turn = (await chat(server, cast.user, "/rehearse hang-mid", wait=False))["turn"]
    monkeypatch.setattr(door(server), "_keep_alive", 0.02)
    comments = 0
    body = {"query": REPLY, "variables": {"turnId": turn["id"]}}
    async with (
        server.client(cast.user) as client,
        client.stream("POST", "/graphql/stream", json=body, headers=STREAM) as answer,
    ):
        async for chunk in answer.aiter_raw():
            comments += chunk.count(b":\n\n")
            if comments >= 4:
                break
    await stop(server, cast.user, turn["id"])


async def test_a_follower_that_leaves_is_let_go_and_the_reply_goes_on(server: Running, cast: Cast) -> None:
    turn = (await chat(server, cast.user, "/rehearse hang-mid", wait=False))["turn"]
    for _ in range(3):
        async with aclosing(events_by_event_stream(server, cast.user, turn["id"])) as events:  # type: ignore[type-var]
            async for event in events:
                if event["__typename"] == "ReplyTextAdded":
                    break
            await until(server, 1)
        await until(server, 0)
    assert (await stop(server, cast.user, turn["id"]))["reply"]


async def test_a_stop_ends_every_stream_with_what_was_written(server: Running, cast: Cast) -> None:
    turn = (await chat(server, cast.user, "/rehearse hang-mid", wait=False))["turn"]

    async def followed() -> str:
        events = [event async for event in events_by_event_stream(server, cast.user, turn["id"])]
        assert events[-1]["turn"]["state"] == "STOPPED"
        return "".join(event.get("text", "") for event in events)

    following = [asyncio.create_task(followed()) for _ in range(3)]
    await until(server, 3)
    stopped = await stop(server, cast.user, turn["id"])
    assert await asyncio.gather(*following) == [stopped["reply"]] * 3


async def test_errors_come_in_the_stream_with_their_codes(server: Running, cast: Cast) -> None:
    for query, code in (
        ("{", "invalid_input"),
        ("{ nothing }", "invalid_input"),
        ("{ accounts { name } }", "not_allowed"),
        ('subscription { reply(turnId: "nonsense") { number } }', "not_found"),
    ):
        [(name, body), (last, _)] = [event async for event in event_stream(server, cast.user, query)]
        assert (name, last) == ("next", "complete")
        assert body["errors"][0]["extensions"]["code"] == code


async def test_a_defect_in_mid_stream_is_the_streams_last_word(
    server: Running, cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    turn = (await chat(server, cast.user, "/rehearse hang-mid", wait=False))["turn"]

    async def broken(self: LiveReply, after: int = 0) -> object:
        if after == 0:
            raise RuntimeError("the inside")
        yield

    monkeypatch.setattr(LiveReply, "events", broken)
    [(_, body), (last, _)] = [event async for event in event_stream(server, cast.user, REPLY, turnId=turn["id"])]
    assert last == "complete"
    assert body["errors"][0]["extensions"]["code"] == "internal_error"
    assert "the inside" not in str(body)
    assert body["errors"][0]["extensions"]["incident"] in caplog.text
    await stop(server, cast.user, turn["id"])


async def test_the_stream_is_for_those_who_take_it(server: Running, cast: Cast) -> None:
    async with server.client(cast.user) as client:
        answer = await client.post(
            "/graphql/stream", json={"query": "{ __typename }"}, headers={"Accept": "application/json"}
        )
    assert answer.status_code == 406
    assert answer.json()["errors"][0]["extensions"]["code"] == "invalid_input"


async def test_a_stranger_cannot_follow(server: Running, cast: Cast) -> None:
    turn = (await chat(server, cast.user, "hello"))["turn"]
    [(_, body), _] = [event async for event in event_stream(server, cast.stranger, REPLY, turnId=turn["id"])]
    assert body["data"] is None
    assert body["errors"][0]["extensions"] == {"code": "not_found"}
    body_sent = {"query": REPLY, "variables": {"turnId": turn["id"]}}
    async with server.client() as client:
        answer = await client.post("/graphql/stream", json=body_sent, headers=STREAM)
    assert answer.status_code == 401
    assert answer.headers["content-type"].startswith("application/json")
