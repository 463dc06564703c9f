import uuid
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import Any

import orjson
import pytest

from backend import errors
from backend.upstream.account_tokens import AccountTokens
from backend.upstream.chatgpt import ChatGPT
from backend.upstream.connections import Limits, Timeouts
from backend.upstream.protocol import Identified, Message, TextAdded, TextReplaced, Titled, UpstreamEvent
from backend.upstream.rehearsal import Fault, RehearsalServer
from backend.upstream.sign_in import SignIn
from tests.upstream.listening import ask, collect, done, heard, raw, text
from tests.upstream.scripted_server import Reply

EMAILS = ("delta@example.org", "whole@example.org")
PASSWORDS = {"delta@example.org": "delta password", "whole@example.org": "whole password"}
Open = Callable[..., ChatGPT]


@pytest.fixture
async def opened(rehearsal: RehearsalServer) -> AsyncGenerator[Open, None]:
    upstreams: list[ChatGPT] = []

    def open_one(email: str, **options: Any) -> ChatGPT:
        sign_in = SignIn(rehearsal.login_url, rehearsal.auth_url)
        token = rehearsal.issue_token(email)
        tokens = AccountTokens(sign_in, access_token=token, email=email, password=PASSWORDS[email], clock=lambda: 0.0)
        upstreams.append(ChatGPT("plus", tokens, rehearsal.base_url, **options))
        return upstreams[-1]

    yield open_one
    for upstream in upstreams:
        await upstream.close()
    assert rehearsal.violations == []


@pytest.mark.parametrize("email", EMAILS)
async def test_three_turns_go_on_from_each_others_reply(opened: Open, rehearsal: RehearsalServer, email: str) -> None:
    upstream, conversation, parent = opened(email), None, None
    for prompt in ("One", "Two", "Three"):
        end = done(await heard(upstream, ask(prompt, conversation_id=conversation, parent_id=parent)))
        conversation, parent = end.conversation_id, end.reply_id
    seen = [request for request in rehearsal.requests if request.endpoint == "chat"]
    assert [request.prompt for request in seen] == ["One", "Two", "Three"]
    assert [request.conversation_id for request in seen] == [None, conversation, conversation]
    assert len({request.parent_message_id for request in seen}) == 3
    assert len(rehearsal.conversations) == 1
    assert len({request.peer_port for request in seen}) == 1


@pytest.mark.parametrize("email", EMAILS)
async def test_both_encodings_give_the_whole_text_and_the_ids(
    opened: Open, rehearsal: RehearsalServer, email: str
) -> None:
    events = await heard(opened(email), "What are you?")
    kept = next(iter(rehearsal.conversations.values()))
    end = done(events)
    assert text(events) == kept.nodes[-1].text
    assert (end.conversation_id, end.reply_id) == (kept.id, kept.nodes[-1].id)
    assert Identified(kept.id, kept.nodes[-1].id) in events[:3]
    assert end.model == ("rehearsal-plus" if email == "whole@example.org" else "rehearsal")
    assert end.message["id"] == end.reply_id
    assert end.message["content"] == {"content_type": "text", "parts": []}
    assert end.message["status"] == "finished_successfully"


@pytest.mark.parametrize("email", EMAILS)
@pytest.mark.parametrize(
    "kind", ["drip", "unknown-events", "no-done", "replaced", "truncated", "several-messages", "titled", "max-tokens"]
)
async def test_unusual_replies_are_read_to_their_end(
    opened: Open, rehearsal: RehearsalServer, email: str, kind: Any
) -> None:
    rehearsal.script.next(Fault(kind))
    events = await heard(opened(email))
    kept = next(iter(rehearsal.conversations.values()))
    replies = [node for node in kept.nodes if node.role == "assistant"]
    assert text(events) == "\n\n".join(node.text for node in replies)
    assert done(events).reply_id == replies[-1].id
    assert done(events).finish_reason == ("length" if kind == "max-tokens" else "stop")
    assert any(isinstance(event, TextReplaced) for event in events) == (kind in ("replaced", "truncated"))
    assert (Titled("Named in mid-reply") in events) == (kind == "titled")


@pytest.mark.parametrize("email", EMAILS)
@pytest.mark.parametrize(
    ("kind", "failure"),
    [
        ("limit", errors.UpstreamRateLimited),
        ("limit-clears-in", errors.UpstreamRateLimited),
        ("limit-bare", errors.UpstreamRateLimited),
        ("unauthorized", None),
        ("expired", None),
        ("human-check", errors.HumanCheckRequired),
        ("human-check-json", errors.HumanCheckRequired),
        ("banned", errors.UpstreamForbidden),
        ("lost", errors.UpstreamConversationLost),
        ("too-long", errors.PromptTooLong),
        ("broken", errors.UpstreamBroken),
        ("edge-page", errors.UpstreamBroken),
        ("redirect", errors.UpstreamBadAnswer),
        ("gzip-bomb", errors.UpstreamBadAnswer),
        ("huge-body", errors.UpstreamBadAnswer),
        ("bad-body", errors.UpstreamBadAnswer),
        ("reset", errors.UpstreamUnreachable),
        ("hang", errors.UpstreamTimeout),
    ],
)
async def test_a_failed_answer_has_its_error(
    opened: Open, rehearsal: RehearsalServer, email: str, kind: Any, failure: type[errors.UpstreamFailure] | None
) -> None:
    rehearsal.script.next(Fault(kind, size=1 << 20))
    upstream = opened(email, timeouts=Timeouts(first_byte=0.3 if kind == "hang" else 5))
    if failure is None:
        done(await heard(upstream))
        return
    with pytest.raises(failure) as caught:
        await heard(upstream)
    assert caught.value.retry_after == (60.0 if kind in ("limit", "limit-clears-in") else None)
    assert rehearsal.script.pending == ()


@pytest.mark.parametrize("email", EMAILS)
@pytest.mark.parametrize(
    ("kind", "failure"),
    [
        ("cut", errors.ReplyCutOff),
        ("hang-up", errors.ReplyCutOff),
        ("no-end", errors.ReplyCutOff),
        ("hang-mid", errors.UpstreamTimeout),
        ("bad-json", errors.UpstreamBadAnswer),
        ("bad-utf8", errors.UpstreamBadAnswer),
        ("huge", errors.UpstreamBadAnswer),
        ("stream-error", errors.UpstreamBroken),
    ],
)
async def test_a_reply_that_fails_on_the_way_keeps_what_came(
    opened: Open, rehearsal: RehearsalServer, email: str, kind: Any, failure: type[errors.UpstreamFailure]
) -> None:
    rehearsal.script.next(Fault(kind, size=1 << 20))
    upstream, got = (
        opened(email, timeouts=Timeouts(between_reads=0.3), limits=Limits(line=1 << 16)),
        list[UpstreamEvent](),
    )
    with pytest.raises(failure):
        await collect(upstream, got)
    assert text(got)
    assert any(isinstance(event, Identified) for event in got)


async def test_a_cut_in_a_following_message_is_not_taken_for_the_end() -> None:
    first = {
        "id": "m1",
        "author": {"role": "assistant"},
        "content": {"content_type": "text", "parts": ["Let me look."]},
    }
    tool = {"id": "t", "author": {"role": "tool"}, "content": {"content_type": "text", "parts": ["found"]}}
    lines = [{"message": {**first, "status": "finished_successfully", "end_turn": None}, "conversation_id": "c"}]
    lines.append({"message": {**tool, "status": "finished_successfully"}, "conversation_id": "c"})
    with pytest.raises(errors.ReplyCutOff):
        await raw(Reply([b"data: " + orjson.dumps(line) + b"\n\n" for line in lines]))


@pytest.mark.parametrize("email", EMAILS)
async def test_leaving_frees_the_account(opened: Open, rehearsal: RehearsalServer, email: str) -> None:
    rehearsal.script.next(Fault("hang-mid"))
    upstream = opened(email)
    async with aclosing(upstream.answer(ask("Hello"))) as events:
        async for event in events:
            if isinstance(event, TextAdded):
                break
    done(await heard(upstream))


async def test_a_refused_token_is_renewed_once_and_the_prompt_sent_once_more(
    opened: Open, rehearsal: RehearsalServer
) -> None:
    upstream = opened("delta@example.org")
    rehearsal.expire_tokens("delta@example.org")
    done(await heard(upstream))
    seen = [request.status for request in rehearsal.requests if request.endpoint == "chat"]
    assert seen == [401, 200]


async def test_a_token_refused_twice_ends_the_prompt(opened: Open, rehearsal: RehearsalServer) -> None:
    rehearsal.script.next(Fault("unauthorized"), Fault("unauthorized"))
    with pytest.raises(errors.UpstreamUnauthorized):
        await heard(opened("delta@example.org"))
    assert len([request for request in rehearsal.requests if request.endpoint == "chat"]) == 2


async def test_the_title_is_the_upstreams(opened: Open, rehearsal: RehearsalServer) -> None:
    upstream = opened("whole@example.org")
    end = done(await heard(upstream, "Teach me to sail"))
    assert await upstream.title(end.conversation_id, end.reply_id, "", "")
    assert await upstream.title(None, None, "", "") is None
    rehearsal.script.next(Fault("bad-body"), endpoint="title")
    with pytest.raises(errors.UpstreamBadAnswer):
        await upstream.title(end.conversation_id, end.reply_id, "", "")


async def test_the_models_are_listed_with_their_window(opened: Open) -> None:
    models = await opened("whole@example.org").models()
    assert [(model.name, model.context) for model in models] == [("rehearsal", 8191), ("rehearsal-plus", 32767)]


async def test_messages_sent_along_with_a_first_prompt_become_part_of_it_and_of_its_other_versions(
    opened: Open, rehearsal: RehearsalServer
) -> None:
    history = (Message("system", "Be kind."), Message("user", "Hi"), Message("assistant", "Hello!"))
    upstream = opened("delta@example.org")
    root = str(uuid.uuid4())
    end = done(await heard(upstream, ask("And now?", history=history, parent_id=root)))
    await heard(upstream, ask("Then?", conversation_id=end.conversation_id, parent_id=end.reply_id))
    await heard(upstream, ask("Once more?", history=history, conversation_id=end.conversation_id, parent_id=root))
    first, second, third = (request.prompt or "" for request in rehearsal.requests if request.endpoint == "chat")
    assert first == (
        "What was said before:\n\nInstructions:\nBe kind.\n\nUser:\nHi\n\nAssistant:\nHello!\n\nUser:\nAnd now?"
    )
    assert second == "Then?"
    assert third == first.replace("And now?", "Once more?")
    assert rehearsal.violations == []
