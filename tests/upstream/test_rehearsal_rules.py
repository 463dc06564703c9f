import asyncio
import json
import socket
import uuid
from typing import Any

import jwt
import pytest

from backend.upstream.rehearsal import Fault, KeptConversation
from backend.upstream.rehearsal.conversations import Node

EMAIL, OTHER = "delta@example.org", "whole@example.org"


async def test_a_token_says_whose_it_is_and_when_it_ends(rehearsal: Any, rehearsal_clock: Any) -> None:
    claims = jwt.decode(rehearsal.issue_token(EMAIL), options={"verify_signature": False})
    assert claims["email"] == EMAIL
    assert claims["exp"] == rehearsal_clock.now + 3600
    assert claims["sub"].endswith(claims["https://api.openai.com/auth"]["user_id"])


async def test_a_token_ends_by_the_clock(rehearsal: Any, speaker: Any, rehearsal_clock: Any) -> None:
    assert (await speaker.ask(EMAIL, "Hello")).status == 200
    rehearsal_clock.now += 3600
    late = await speaker.ask(EMAIL, "Hello")
    assert (late.status, late.json["detail"]["code"]) == (401, "token_expired")


async def test_tokens_can_be_ended_early_and_new_ones_hold(rehearsal: Any, speaker: Any) -> None:
    old, others = speaker.token(EMAIL), speaker.token(OTHER)
    rehearsal.expire_tokens(EMAIL)
    answers = [await speaker.send(EMAIL, speaker.body("Hi"), t) for t in (old, rehearsal.issue_token(EMAIL), others)]
    assert [answer.status for answer in answers] == [401, 200, 200]


@pytest.mark.parametrize("token", ["nonsense", jwt.encode({"email": EMAIL}, "k" * 32, algorithm="HS256")])
async def test_a_strange_token_is_refused(rehearsal: Any, speaker: Any, token: str) -> None:
    refused = await speaker.send(EMAIL, speaker.body("Hi"), token)
    assert (refused.status, refused.json["detail"]["code"]) == (401, "invalid_jwt")
    assert rehearsal.violations == []


@pytest.mark.parametrize("path", ["/models", "/conversation", "/conversation/gen_title/x"])
async def test_nothing_is_answered_without_a_token(rehearsal: Any, speaker: Any, path: str) -> None:
    method = "GET" if path == "/models" else "POST"
    async with speaker.http.request(method, rehearsal.base_url + path) as response:
        assert (response.status, "detail" in await response.json()) == (401, True)


async def test_an_unknown_conversation_is_not_found(rehearsal: Any, speaker: Any) -> None:
    lost = await speaker.ask(EMAIL, "Hi", conversation_id=str(uuid.uuid4()))
    assert (lost.status, rehearsal.violations) == (404, [])


async def test_a_conversation_of_another_account_is_not_found_and_a_violation(rehearsal: Any, speaker: Any) -> None:
    first = await speaker.ask(EMAIL, "Hi")
    assert (await speaker.ask(OTHER, "Hi", first)).status == 404
    assert len(rehearsal.violations) == 1


async def test_a_follow_up_must_name_a_reply_of_its_conversation_as_its_parent(rehearsal: Any, speaker: Any) -> None:
    elsewhere, body = await speaker.ask(EMAIL, "Zero"), speaker.body("One")
    first = await speaker.send(EMAIL, body)
    second = await speaker.ask(EMAIL, "Two", first)
    answered = body["messages"][0]["id"]
    for parent in (elsewhere.reply_id, answered, str(uuid.uuid4())):
        refused = await speaker.ask(EMAIL, "Three", second, parent_message_id=parent)
        assert (refused.status, "is no reply of" in refused.json["detail"]) == (400, True)
    assert len(rehearsal.violations) == 3
    assert (await speaker.ask(EMAIL, "Three", second)).status == 200


async def test_any_reply_and_the_root_can_be_gone_on_behind_any_number_of_times(rehearsal: Any, speaker: Any) -> None:
    body = speaker.body("One")
    first = await speaker.send(EMAIL, body)
    second = await speaker.ask(EMAIL, "Two", first)
    again = await speaker.ask(EMAIL, "Two, put better", first)
    root = body["parent_message_id"]
    anew = await speaker.ask(EMAIL, "One, put better", second, parent_message_id=root)
    assert [heard.status for heard in (again, anew)] == [200, 200]
    kept = rehearsal.conversations[first.conversation_id]
    prompts = {node.text: node.parent_id for node in kept.nodes if node.role == "user"}
    assert prompts == {
        "One": root, "Two": first.reply_id, "Two, put better": first.reply_id, "One, put better": root,
    }  # fmt: skip
    assert rehearsal.violations == []


async def test_a_new_conversation_must_have_a_fresh_parent_and_prompt_id(rehearsal: Any, speaker: Any) -> None:
    body = speaker.body("One")
    first = await speaker.send(EMAIL, body)
    again = await speaker.send(EMAIL, body)
    branched = await speaker.ask(EMAIL, "Two", parent_message_id=first.reply_id)
    assert (again.status, branched.status, len(rehearsal.violations)) == (400, 400, 2)


async def test_a_second_prompt_at_once_is_refused_and_a_violation(rehearsal: Any, speaker: Any) -> None:
    rehearsal.script.next(Fault("hang-mid"), account=EMAIL)
    async with speaker.open(EMAIL, speaker.body("One")) as running:
        await running.content.readany()
        second, elsewhere = await speaker.ask(EMAIL, "Two"), await speaker.ask(OTHER, "Three")
    assert (second.status, "only one at a time" in second.json["detail"], elsewhere.status) == (429, True, 200)
    assert len(rehearsal.violations) == 1


@pytest.mark.parametrize("kind", ["hang", "hang-mid", "stall", "stall-headers"])
async def test_a_client_that_leaves_frees_its_account_for_the_next_prompt(
    rehearsal: Any, speaker: Any, kind: Any
) -> None:
    rehearsal.script.next(Fault(kind, seconds=600))
    asking = asyncio.create_task(speaker.ask(EMAIL, "One"))
    await asyncio.wait_for(rehearsal.script.used_up(), 5)
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    assert (await speaker.ask(EMAIL, "Two")).status == 200
    assert rehearsal.violations == []


@pytest.mark.parametrize("opened_first", [0, 1])
async def test_an_account_is_free_for_a_prompt_that_overtakes_the_news_of_the_client_that_left(
    rehearsal: Any, speaker: Any, opened_first: int
) -> None:
    address, loop = ("127.0.0.1", int(rehearsal.login_url.rpartition(":")[2])), asyncio.get_running_loop()
    with socket.create_connection(address) as one, socket.create_connection(address) as two:
        left, stays = (one, two) if opened_first == 0 else (two, one)
        stays.setblocking(False)
        rehearsal.script.next(Fault("hang"))
        left.sendall(raw_request(speaker, "One"))
        await asyncio.wait_for(rehearsal.script.used_up(), 5)
        stays.send(raw_request(speaker, "Two"))
        left.close()
        answer = await loop.sock_recv(stays, 100)
    assert answer.startswith(b"HTTP/1.1 200 OK")
    assert rehearsal.violations == []


async def test_an_account_is_free_at_once_when_a_client_of_the_same_loop_leaves(rehearsal: Any, speaker: Any) -> None:
    both = await asyncio.gather(speaker.ask(EMAIL, "One"), speaker.ask("whole@example.org", "Two"))
    assert {heard.status for heard in both} == {200}  # two connections are open and idle now
    rehearsal.script.next(Fault("hang-mid"))
    running = await speaker.open(EMAIL, speaker.body("Three"))
    await running.content.readany()
    running.close()
    assert (await speaker.ask(EMAIL, "Four")).status == 200
    assert rehearsal.violations == []


def raw_request(speaker: Any, prompt: str) -> bytes:
    body = json.dumps(speaker.body(prompt)).encode()
    head = (
        f"POST /backend-api/conversation HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {speaker.token(EMAIL)}\r\n"
        f"Accept: text/event-stream\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def test_a_prompt_that_got_no_reply_may_be_gone_on_behind_and_one_that_got_one_may_not() -> None:
    prompt, reply = Node("p", "root", "user", ""), Node("r", "p", "assistant", "")
    unanswered = Node("u", "r", "user", "")
    assert KeptConversation("c", EMAIL, [prompt]).parents() == {"root", "p"}
    assert KeptConversation("c", EMAIL, [prompt, reply]).parents() == {"root", "r"}
    assert KeptConversation("c", EMAIL, [prompt, reply, unanswered]).parents() == {"root", "r", "u"}


async def test_a_reply_that_was_left_keeps_what_was_sent_and_can_be_followed_up(rehearsal: Any, speaker: Any) -> None:
    rehearsal.script.next(Fault("hang-mid", after=4))
    async with speaker.open(EMAIL, speaker.body("One")) as running:
        got = b""
        while got.count(b"event: delta\n") < 7:
            got += await running.content.readany()
    left = next(iter(rehearsal.conversations.values())).replies[-1]
    assert (left.status, bool(left.text)) == ("in_progress", True)
    followed = await speaker.ask(
        EMAIL, "Two", conversation_id=next(iter(rehearsal.conversations)), parent_message_id=left.id
    )
    assert (followed.status, "number 2" in followed.text) == (200, True)
    assert rehearsal.violations == []


def without(name: str) -> Any:
    return lambda body: {key: value for key, value in body.items() if key != name}


def with_message(**changes: Any) -> Any:
    return lambda body: body | {"messages": [body["messages"][0] | changes]}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda body: b'{"action": ',
        lambda body: b"[]",
        lambda body: json.dumps(body).encode().replace(b"Hello", b"\xff\xfe"),
        lambda body: json.dumps(body).encode().replace(b"Hello", rb"\ud800"),
        without("action"),
        without("messages"),
        without("model"),
        without("parent_message_id"),
        lambda body: body | {"messages": []},
        lambda body: body | {"parent_message_id": "no uuid"},
        with_message(id="1"),
        with_message(author={"role": "assistant"}),
        with_message(content={"content_type": "text", "parts": []}),
        with_message(content={"content_type": "image", "parts": ["x"]}),
    ],
)
async def test_a_malformed_body_is_refused(rehearsal: Any, speaker: Any, spoil: Any) -> None:
    refused = await speaker.send(EMAIL, spoil(speaker.body("Hello")))
    assert (refused.status, isinstance(refused.json["detail"], list)) == (422, True)
    assert len(rehearsal.violations) == 1


@pytest.mark.parametrize(
    ("header", "value", "status"), [("Accept", "application/json", 406), ("Content-Type", "text/plain", 422)]
)
async def test_wrong_headers_are_refused(rehearsal: Any, speaker: Any, header: str, value: str, status: int) -> None:
    refused = await speaker.send(EMAIL, speaker.body("Hello"), **{header: value})
    assert (refused.status, len(rehearsal.violations)) == (status, 1)


async def test_a_prompt_over_the_limit_is_too_long(start_rehearsal: Any, speaker: Any) -> None:
    speaker.server = await start_rehearsal(longest_prompt=10)
    statuses = [(await speaker.ask(EMAIL, "x" * length)).status for length in (10, 11)]
    assert (statuses, speaker.server.violations) == ([200, 413], [])
