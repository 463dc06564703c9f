"""`/v1/chat/completions` and `/v1/models` on the wire."""

import json
from typing import Any

import pytest

from backend.upstream.rehearsal import Fault
from tests.driver import PLUS, Cast, Running

PATH = "/v1/chat/completions"


def said(*texts: str, **more: Any) -> dict[str, Any]:
    """A request; the texts are the user's and the assistant's in turn, the last one the user's."""
    roles = ("user", "assistant")
    start = (len(texts) + 1) % 2
    messages = [{"role": roles[(start + index) % 2], "content": text} for index, text in enumerate(texts)]
    return {"model": "auto", "messages": messages} | more


def prompts(server: Running) -> list[Any]:
    assert server.fake is not None
    return [seen for seen in server.fake.requests if seen.endpoint == "chat"]


def lines(body: str) -> list[Any]:
    """The JSON of each `data:` line; the end mark as it is."""
    events = [event for event in body.split("\n\n") if event]
    assert all(event.startswith("data: ") and "\n" not in event for event in events)
    return [event[6:] if event == "data: [DONE]" else json.loads(event[6:]) for event in events]


async def test_a_whole_reply_has_openais_shape(server: Running, cast: Cast) -> None:
    async with server.client(cast.stranger) as http:
        answer = await http.post(PATH, json=said("Hello"))
    body = answer.json()
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.headers["cache-control"] == "no-store"
    assert list(body) == ["id", "object", "created", "model", "choices", "usage"]
    assert (body["id"].startswith("chatcmpl-"), body["object"], body["model"]) == (True, "chat.completion", "rehearsal")
    (choice,) = body["choices"]
    assert (choice["index"], choice["finish_reason"], choice["message"]["role"]) == (0, "stop", "assistant")
    assert "> Hello" in choice["message"]["content"]
    usage = body["usage"]
    assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"] > 0
    assert usage["source"] == "estimated"


async def test_a_reply_that_the_models_limit_cut_says_so(server: Running, cast: Cast) -> None:
    async with server.client(cast.stranger) as http:
        whole = (await http.post(PATH, json=said("/rehearse max-tokens"))).json()
        streamed = lines((await http.post(PATH, json=said("/rehearse max-tokens", stream=True))).text)
    assert whole["choices"][0]["finish_reason"] == "length"
    assert streamed[-2]["choices"][0]["finish_reason"] == "length"


async def test_a_streamed_reply_begins_with_the_role_and_ends_with_the_mark(server: Running, cast: Cast) -> None:
    async with server.client(cast.stranger) as http:
        answer = await http.post(PATH, json=said("Hello", stream=True, stream_options={"include_usage": True}))
        whole = (await http.post(PATH, json=said("Hello"))).json()["choices"][0]["message"]["content"]
    assert answer.headers["content-type"].startswith("text/event-stream")
    *chunks, usage, done = lines(answer.text)
    assert done == "[DONE]"
    assert {chunk["object"] for chunk in chunks} == {"chat.completion.chunk"}
    assert len({(chunk["id"], chunk["created"], chunk["model"]) for chunk in (*chunks, usage)}) == 1
    assert chunks[0]["choices"][0]["delta"] == {"role": "assistant", "content": ""}
    assert chunks[-1]["choices"][0] == {"index": 0, "delta": {}, "logprobs": None, "finish_reason": "stop"}
    pieces = [chunk["choices"][0]["delta"]["content"] for chunk in chunks[1:-1]]
    assert "".join(pieces) == whole
    assert len(pieces) > 20
    assert all(chunk["usage"] is None for chunk in chunks)
    assert (usage["choices"], usage["usage"]["source"]) == ([], "estimated")


async def test_without_asking_for_it_there_is_no_usage_in_a_stream(server: Running, cast: Cast) -> None:
    async with server.client(cast.stranger) as http:
        answer = await http.post(PATH, json=said("Hello", stream=True))
    assert not any("usage" in chunk for chunk in lines(answer.text)[:-1])


@pytest.mark.parametrize("by", ["header", "field"])
@pytest.mark.parametrize("stream", [False, True])
async def test_a_conversation_id_makes_a_follow_up(server: Running, cast: Cast, by: str, stream: bool) -> None:
    async with server.client(cast.stranger) as http:
        id = (await http.post(PATH, json=said("One", stream=stream))).headers["x-conversation-id"]
        headers = {"X-Conversation-Id": id} if by == "header" else {}
        field = {} if by == "header" else {"conversation_id": id}
        second = await http.post(PATH, json=said("Two", "ignored", "Three", stream=stream, **field), headers=headers)
    assert second.headers["x-conversation-id"] == id
    one, two = prompts(server)
    assert (one.account, two.prompt) == (two.account, "Three")
    assert two.conversation_id is not None


async def test_earlier_messages_are_the_history_of_a_new_conversation(server: Running, cast: Cast) -> None:
    messages = [
        {"role": "developer", "content": "Be brief."},
        {"role": "user", "content": [{"type": "text", "text": "One"}, {"type": "text", "text": "more"}]},
        {"role": "assistant", "content": "Yes", "refusal": None},
        {"role": "user", "content": "Two", "name": "ann"},
    ]
    async with server.client(cast.stranger) as http:
        answer = await http.post(PATH, json={"messages": messages})
    caller = await server.house.identity.caller(cast.stranger)
    conversation = await server.house.gateway.conversations.get(caller, answer.headers["x-conversation-id"])
    preamble = await server.house.gateway.conversations.preamble(caller, conversation)
    assert preamble == (("system", "Be brief."), ("user", "One\nmore"), ("assistant", "Yes"))
    assert "> Two" in answer.json()["choices"][0]["message"]["content"]


async def test_the_model_is_passed_on_and_auto_is_none(server: Running, cast: Cast) -> None:
    async with server.client(cast.stranger) as http:
        for model in ("gpt-4o-mini", "auto", "default", ""):
            await http.post(PATH, json=said("x", model=model))
    named, *unnamed = [seen.model for seen in prompts(server)]
    assert named == "gpt-4o-mini"
    assert len(set(unnamed)) == 1
    assert named not in unnamed


async def test_an_idempotency_key_never_asks_twice(server: Running, cast: Cast) -> None:
    async with server.client(
        cast.stranger,
    ) as http:
        first = await http.post(PATH, json=said("x"), headers={"Idempotency-Key": "k"})
        again = await http.post(PATH, json=said("x", stream=True), headers={"Idempotency-Key": "k"})
        other = await http.post(PATH, json=said("y"), headers={"Idempotency-Key": "k"})
    assert first.json()["id"] == lines(again.text)[0]["id"]
    assert (
        "".join(line["choices"][0]["delta"].get("content", "") for line in lines(again.text)[:-1])
        == (first.json()["choices"][0]["message"]["content"])
    )
    assert (other.status_code, other.headers["x-should-retry"]) == (409, "false")
    assert len(prompts(server)) == 1


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("fault", "status", "kind", "code"),
    [
        (Fault("limit", seconds=30), 429, "rate_limit_error", "rate_limit_exceeded"),
        (Fault("too-long"), 413, "invalid_request_error", "context_length_exceeded"),
        (Fault("broken"), 502, "server_error", "upstream_broken"),
    ],
)
async def test_a_failure_before_the_first_text_is_an_http_error(
    server: Running, cast: Cast, stream: bool, fault: Fault, status: int, kind: str, code: str
) -> None:
    assert server.fake is not None
    server.fake.script.next(fault, fault)
    async with server.client(cast.stranger) as http:
        answer = await http.post(PATH, json=said("x", stream=stream))
    error = answer.json()["error"]
    assert (answer.status_code, error["type"], error["code"], error["param"]) == (status, kind, code, None)
    assert error["message"]


async def test_a_failure_in_mid_stream_is_an_error_in_the_stream(server: Running, cast: Cast) -> None:
    assert server.fake is not None
    server.fake.script.next(Fault("cut", after=3))
    async with server.client(cast.stranger) as http:
        answer = await http.post(PATH, json=said("x", stream=True))
    *chunks, last = lines(answer.text)
    assert answer.status_code == 200
    assert last["error"]["code"] == "reply_cut_off"
    assert any(chunk["choices"][0]["delta"].get("content") for chunk in chunks)
    assert "[DONE]" not in answer.text


@pytest.mark.parametrize("kind", ["replaced", "truncated"])
async def test_text_that_is_taken_back_is_not_passed_off_as_the_reply(server: Running, cast: Cast, kind: Any) -> None:
    assert server.fake is not None
    server.fake.script.next(Fault(kind, after=3))
    async with server.client(cast.stranger) as http:
        answer = await http.post(PATH, json=said("x", stream=True))
        last = lines(answer.text)[-1]
        if last == "[DONE]":  # all of it came in one read, so nothing wrong was ever said
            return
        assert last["error"]["code"] == "reply_rewritten"


async def test_models_are_those_of_accounts_that_the_caller_may_use(server: Running, cast: Cast) -> None:
    assert server.fake is not None
    async with server.client(cast.stranger) as http:
        listed = (await http.get("/v1/models")).json()
        assert listed["object"] == "list"
        assert [model["object"] for model in listed["data"]] == ["model"]
        name = listed["data"][0]["id"]
        assert (await http.get(f"/v1/models/{name}")).json() == listed["data"][0]
        missing = await http.get("/v1/models/no/such")
        assert (missing.status_code, missing.json()["error"]["code"]) == (404, "model_not_found")
    asked = [seen.account for seen in server.fake.requests if seen.endpoint == "models"]
    assert len(asked) == len(set(asked)) == 2
    assert not set(asked) & set(PLUS)


@pytest.mark.parametrize(("method", "path"), [("GET", PATH), ("HEAD", PATH), ("DELETE", PATH), ("POST", "/v1/models")])
async def test_other_methods_are_refused(server: Running, cast: Cast, method: str, path: str) -> None:
    async with server.client(cast.stranger) as http:
        assert (await http.request(method, path)).status_code == 405


async def test_what_a_stranger_cannot_do(server: Running, cast: Cast) -> None:
    async with server.client(cast.user) as http:
        id = (await http.post(PATH, json=said("mine"))).headers["x-conversation-id"]
    async with server.client(cast.stranger) as http:
        theirs = await http.post(PATH, json=said("x"), headers={"X-Conversation-Id": id})
        missing = await http.post(PATH, json=said("x"), headers={"X-Conversation-Id": "c0000000000000"})
    assert (theirs.status_code, theirs.json()) == (404, missing.json())
    async with server.client() as http:
        for key in ({}, {"Authorization": "Bearer nobody"}, {"Authorization": "Basic eDp5"}):
            for answer in (
                await http.post(PATH, json=said("x"), headers=key),
                await http.get("/v1/models", headers=key),
            ):
                assert (answer.status_code, answer.json()["error"]["code"]) == (401, "invalid_api_key")
    assert len(prompts(server)) == 1
