"""`stop` of a chat completion: the reply ends before the first of some texts, on every kind of account."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import openai
import pytest

from backend.upstream.rehearsal import Fault
from tests.api.test_v1_completions import PATH, lines, prompts, said
from tests.driver import Cast, Running, serving
from tests.upstream.scripted_server import Reply, ScriptedServer, scripted
from tests.upstream.test_openai_answers import told

MESSAGES: list[Any] = [{"role": "user", "content": "Go on"}]
PIECES = ("One\n", "Two", "\nOb", "serv", "ation", ": three")


@asynccontextmanager
async def lab(folder: Path, *replies: Reply) -> AsyncIterator[tuple[Running, ScriptedServer, str]]:
    """A server with one OpenAI-compatible account that writes one reply at a time, and a key."""
    async with scripted(*replies) as far:
        account = {"name": "lab", "kind": "openai", "base_url": far.url + "/v1", "model": "m", "concurrency": 1}
        async with serving(folder, [account]) as server:
            yield server, far, await server.key("sam")


def endless(*texts: str) -> Reply:
    """Says these texts and then waits until it is left."""
    return Reply([*told(*texts, finish=None, done=False), None])


def texts_of(chunks: list[Any]) -> list[str]:
    return [chunk["choices"][0]["delta"]["content"] for chunk in chunks if chunk["choices"][0]["delta"].get("content")]


@pytest.mark.parametrize(
    ("stop", "text"),
    [
        ("Observation:", "One\nTwo\n"),
        (["Observation:"], "One\nTwo\n"),
        (["never", "wo\nOb"], "One\nT"),
        (["three", "\nTwo", "Obs"], "One"),
        (["One"], ""),
    ],
)
async def test_a_reply_ends_before_the_first_of_them_and_its_account_is_free(
    tmp_path: Path, stop: Any, text: str
) -> None:
    async with lab(tmp_path, endless(*PIECES), endless(*PIECES)) as (server, far, key):
        async with openai.AsyncOpenAI(base_url=server.url + "/v1", api_key=key, max_retries=0) as client:
            whole = await client.chat.completions.create(model="auto", messages=MESSAGES, stop=stop)
            await far.until_all_left()
            usage: Any = {"include_usage": True}
            stream = await client.chat.completions.create(
                model="auto", messages=MESSAGES, stop=stop, stream=True, stream_options=usage
            )
            *chunks, last = [chunk async for chunk in stream]
        await far.until_all_left()
    choice = whole.choices[0]
    assert (choice.message.content, choice.finish_reason) == (text, "stop")
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == text
    assert chunks[-1].choices[0].finish_reason == "stop"
    assert whole.usage is not None
    assert whole.usage == last.usage
    assert whole.usage.prompt_tokens > 0
    assert ["stop" in request.json for request in far.requests] == [False, False]


async def test_what_begins_none_of_them_is_streamed_as_it_comes(tmp_path: Path) -> None:
    async with lab(tmp_path, Reply(told(*PIECES, finish="length"))) as (server, _, key), server.client(key) as http:
        answer = await http.post(PATH, json=said("x", stream=True, stop=["\nObservations", "###"]))
    *chunks, done = lines(answer.text)
    assert done == "[DONE]"
    assert texts_of(chunks) == ["One", "\nTwo", "\nObservation: three"]
    assert chunks[-1]["choices"][0]["finish_reason"] == "length"


async def test_what_was_held_back_is_said_at_the_end(tmp_path: Path) -> None:
    replies = (Reply(told("One #")), Reply(told("Two #")))
    async with lab(tmp_path, *replies) as (server, _, key), server.client(key) as http:
        whole = (await http.post(PATH, json=said("x", stop="##"))).json()
        streamed = lines((await http.post(PATH, json=said("x", stop="##", stream=True))).text)[:-1]
    assert whole["choices"][0]["message"]["content"] == "One #"
    assert texts_of(streamed) == ["Two ", "#"]


async def test_the_record_keeps_what_was_said_and_a_follow_up_is_told_that(tmp_path: Path) -> None:
    async with lab(tmp_path, endless("One\n", "Two"), Reply(told("Three"))) as (server, far, key):
        async with server.client(key) as http:
            first = await http.post(PATH, json=said("x", stop="\nT"), headers={"Idempotency-Key": "k"})
            again = await http.post(PATH, json=said("x", stop="\nT"), headers={"Idempotency-Key": "k"})
            id = first.headers["x-conversation-id"]
            await http.post(PATH, json=said("y", conversation_id=id))
        caller = await server.house.identity.caller(key)
        turn, _ = await server.house.gateway.conversations.turn(caller, first.json()["id"].removeprefix("chatcmpl-"))
    assert (turn.state, turn.reply, turn.finish_reason) == ("finished", "One", "stop")
    assert again.json() == first.json()
    assert [message["content"] for message in far.requests[-1].json["messages"]] == ["x", "One", "y"]


async def test_an_account_of_chatgpt_ends_there_too_and_goes_on_behind_it(server: Running, cast: Cast) -> None:
    assert server.fake is not None
    server.fake.script.next(Fault("pass"), Fault("hang-mid", after=40))
    async with server.client(cast.stranger) as http:
        text = (await http.post(PATH, json=said("Hello"))).json()["choices"][0]["message"]["content"]
        stop: Any = text[20:26]
        first = await http.post(PATH, json=said("Hello", stop=stop, stream=True))
        id = first.headers["x-conversation-id"]
        second = await http.post(PATH, json=said("Next", conversation_id=id))
    *chunks, done = lines(first.text)
    assert ("".join(texts_of(chunks)), done) == (text[: text.index(stop)], "[DONE]")
    assert "number 2 of this conversation" in second.json()["choices"][0]["message"]["content"]
    asked = prompts(server)[-2:]
    assert len({seen.conversation_id for seen in asked}) == 2
    assert asked[0].account == asked[1].account


@pytest.mark.parametrize("stream", [False, True])
async def test_a_failure_before_any_of_them_is_a_failure(server: Running, cast: Cast, stream: bool) -> None:
    assert server.fake is not None
    server.fake.script.next(Fault("cut", after=3))
    async with server.client(cast.stranger) as http:
        answer = await http.post(PATH, json=said("x", stop="#never", stream=stream))
    error = lines(answer.text)[-1] if stream else answer.json()
    assert error["error"]["code"] == "reply_cut_off"


async def test_what_a_stranger_cannot_do(server: Running, cast: Cast) -> None:
    """It asks nobody with what cannot be looked for."""
    async with server.client(cast.stranger) as http:
        wrong: list[Any] = ["", [""], ["a", 5], {}, 5, ["a"] * 5, "x" * 201]
        for stop in wrong:
            refused = await http.post(PATH, json=said("x", stop=stop))
            assert (refused.status_code, refused.json()["error"]["param"]) == (400, "stop")
        assert (await http.post(PATH, json=said("x", stop=[]))).status_code == 200
    async with server.client() as http:
        assert (await http.post(PATH, json=said("x", stop="x"))).status_code == 401
    assert len(prompts(server)) == 1
