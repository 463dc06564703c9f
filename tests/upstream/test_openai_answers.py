import asyncio
from contextlib import aclosing
from typing import Any

import orjson
import pytest

from backend import errors
from backend.upstream.connections import Limits, Timeouts
from backend.upstream.openai_compatible import OpenAICompatible
from backend.upstream.protocol import Ask, Done, Message, Model, TextAdded, UpstreamEvent
from tests.upstream.scripted_server import Reply, page, plain, scripted


def chunk(delta: object, finish: str | None = None, **more: object) -> bytes:
    value = {
        "id": "c",
        "object": "chat.completion.chunk",
        "model": "m-1",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
    }
    return b"data: " + orjson.dumps(value | more) + b"\n\n"


def told(*texts: str, finish: str | None = "stop", done: bool = True) -> list[bytes]:
    pieces = [chunk({"role": "assistant", "content": ""}), *(chunk({"content": text}) for text in texts)]
    return pieces + ([chunk({}, finish)] if finish else []) + ([b"data: [DONE]\n\n"] if done else [])


async def heard(upstream: OpenAICompatible, ask: Ask | None = None) -> list[UpstreamEvent]:
    async with aclosing(upstream.answer(ask or Ask("Hi", "p"))) as events:
        return [event async for event in events]


async def collect(upstream: OpenAICompatible, got: list[UpstreamEvent]) -> None:
    async with aclosing(upstream.answer(Ask("Hi", "p"))) as events:
        async for event in events:
            got.append(event)
            await asyncio.sleep(0.05)  # so that a break arrives before the next read


def text(events: list[UpstreamEvent]) -> str:
    return "".join("".join(event.pieces) for event in events if isinstance(event, TextAdded))


async def answered(*replies: Reply, ask: Ask | None = None, **options: Any) -> tuple[list[UpstreamEvent], list[Any]]:
    async with scripted(*replies) as server:
        upstream = OpenAICompatible("lab", server.url + "/v1", "m", **options)
        try:
            return await heard(upstream, ask), server.requests
        finally:
            await upstream.close()


async def test_a_streamed_answer_keeps_the_pieces_of_the_upstream() -> None:
    events, requests = await answered(Reply([b"".join(told("Hel", "lo", " you"))]), api_key="sk-1")
    assert events == [TextAdded(["Hel", "lo", " you"]), Done(model="m-1")]
    assert requests[0].line == "POST /v1/chat/completions HTTP/1.1"
    assert requests[0].headers["authorization"] == "Bearer sk-1"
    assert requests[0].headers["accept-encoding"] == "identity"
    assert "cookie" not in requests[0].headers
    assert requests[0].json == {
        "model": "m",
        "messages": [{"role": "user", "content": "Hi"}],
        "stream": True,
        "stream_options": {"include_usage": True},
    }


@pytest.mark.parametrize("size", [1, 7, 1000])
async def test_the_network_may_split_an_answer_anywhere(size: int) -> None:
    whole = b"".join(told("Grüße ", "aus ", "Köln €")).replace(b"\n", b"\r\n")
    events, _ = await answered(Reply([whole[at : at + size] for at in range(0, len(whole), size)]))
    assert text(events) == "Grüße aus Köln €"
    assert events[-1] == Done(model="m-1")


async def test_usage_comes_from_the_last_chunk() -> None:
    usage = b'data: {"choices": [], "usage": {"prompt_tokens": 19, "completion_tokens": 180}}\n\n'
    events, _ = await answered(Reply([*told("a", done=False), usage, b"data: [DONE]\n\n"]))
    assert events[-1] == Done(model="m-1", prompt_tokens=19, reply_tokens=180)


@pytest.mark.parametrize(
    ("reason", "means"),
    [("stop", "stop"), ("length", "length"), ("content_filter", "content_filter"), ("tool_calls", "stop")],
)
async def test_the_finish_reason_is_told(reason: str, means: str) -> None:
    events, _ = await answered(Reply(told("a", finish=reason)))
    assert isinstance(events[-1], Done)
    assert events[-1].finish_reason == means


async def test_thinking_is_not_part_of_the_reply() -> None:
    thinking = [chunk({"reasoning_content": "hm"}), chunk({"content": None, "reasoning_content": "so"})]
    events, _ = await answered(Reply([*thinking, *told("Yes")]))
    assert text(events) == "Yes"


async def test_an_answer_that_is_not_streamed_is_accepted() -> None:
    message = {"message": {"role": "assistant", "content": "Whole"}, "finish_reason": "length"}
    events, _ = await answered(plain({"choices": [message], "usage": {"prompt_tokens": 1, "completion_tokens": 2}}))
    assert events == [TextAdded(["Whole"]), Done(model="m", prompt_tokens=1, reply_tokens=2, finish_reason="length")]


async def test_fields_may_be_missing() -> None:
    bare = [
        b'data: {"choices":[{"delta":{"content":"a"}}]}\n\n',
        b'data: {"choices":[]}\n\n',
        b"data: {}\n\n",
        b"data: [DONE]\n\n",
    ]
    events, _ = await answered(Reply(bare))
    assert events == [TextAdded(["a"]), Done(model="m")]


async def test_a_server_that_refuses_stream_options_is_asked_without_them_from_then_on() -> None:
    refusal = plain({"error": {"message": "Unknown field: stream_options"}}, "400 Bad Request")
    async with scripted(refusal, Reply(told("a")), Reply(told("b"))) as server:
        upstream = OpenAICompatible("lab", server.url, "m")
        assert (text(await heard(upstream)), text(await heard(upstream))) == ("a", "b")
        assert ["stream_options" in request.json for request in server.requests] == [True, False, False]
        await upstream.close()


async def test_the_connection_is_used_again_after_a_whole_answer() -> None:
    async with scripted(Reply(told("a")), Reply(told("b"))) as server:
        upstream = OpenAICompatible("lab", server.url, "m")
        await heard(upstream)
        await heard(upstream)
        assert [request.connection for request in server.requests] == [1, 1]
        await upstream.close()


async def test_leaving_an_answer_throws_its_connection_away() -> None:
    async with scripted(Reply([*told("a", finish=None, done=False), None]), Reply(told("b"))) as server:
        upstream = OpenAICompatible("lab", server.url, "m")
        async with aclosing(upstream.answer(Ask("Hi", "p"))) as events:
            assert await anext(events) == TextAdded(["a"])
        await server.until_all_left()
        assert text(await heard(upstream)) == "b"
        assert [request.connection for request in server.requests] == [1, 2]
        await upstream.close()


async def test_cancelling_throws_the_connection_away() -> None:
    async with scripted(Reply([None])) as server:
        upstream = OpenAICompatible("lab", server.url, "m")
        task = asyncio.create_task(heard(upstream))
        await server.until_asked()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await server.until_all_left()
        await upstream.close()


@pytest.mark.parametrize("end", ["close", "reset", "keep"])
async def test_a_reply_that_is_cut_off_says_so_after_what_came(end: str) -> None:
    async with scripted(Reply(told("Half", finish=None, done=False), end=end)) as server:
        upstream = OpenAICompatible("lab", server.url, "m")
        got: list[UpstreamEvent] = []
        with pytest.raises(errors.ReplyCutOff):
            await collect(upstream, got)
        assert text(got) == "Half"
        await upstream.close()


async def test_what_came_in_one_read_with_the_break_is_not_lost() -> None:
    async with scripted(Reply([*told("a", "b", finish=None, done=False)], end="reset")) as server:
        upstream = OpenAICompatible("lab", server.url, "m")
        got: list[UpstreamEvent] = []
        with pytest.raises(errors.ReplyCutOff):
            await collect(upstream, got)
        assert text(got) == "ab"
        await upstream.close()


async def test_a_finished_reply_without_the_end_mark_is_whole() -> None:
    events, _ = await answered(Reply(told("a", done=False), end="close"))
    assert events == [TextAdded(["a"]), Done(model="m-1")]


@pytest.mark.parametrize(
    ("reply", "failure", "wait"),
    [
        (plain({"error": {"code": "invalid_api_key"}}, "401 Unauthorized"), errors.UpstreamUnauthorized, None),
        (plain({"error": {}}, "403 Forbidden"), errors.UpstreamForbidden, None),
        (plain({"error": {"code": "insufficient_quota"}}, "429 Too Many"), errors.UpstreamForbidden, None),
        (plain({"error": {}}, "429 Too Many", "Retry-After: 20"), errors.UpstreamRateLimited, 20.0),
        (plain({"error": {}}, "429 Too Many"), errors.UpstreamRateLimited, None),
        (plain({"error": {"code": "context_length_exceeded"}}, "400 Bad Request"), errors.PromptTooLong, None),
        (plain({"error": {}}, "413 Too Large"), errors.PromptTooLong, None),
        (plain({"error": {}}, "404 Not Found"), errors.UpstreamRefused, None),
        (plain({"error": {}}, "500 Oops"), errors.UpstreamBroken, None),
        (page("<h1>Bad gateway</h1>", "502 Bad Gateway"), errors.UpstreamBroken, None),
        (page("<title>Just a moment...</title>", "403 Forbidden"), errors.HumanCheckRequired, None),
        (plain({}, "302 Found", "Location: /x"), errors.UpstreamBadAnswer, None),
        (Reply([b"x"], headers=["Content-Encoding: gzip"]), errors.UpstreamBadAnswer, None),
        (Reply([b"data: {\n\n"]), errors.UpstreamBadAnswer, None),
        (Reply([b"data: [1]\n\n"]), errors.UpstreamBadAnswer, None),
        (Reply([b'data: {"choices":[{"delta":{"content":"\xff"}}]}\n\n']), errors.UpstreamBadAnswer, None),
        (Reply([b'data: {"error": {"message": "boom sk-secret"}}\n\n']), errors.UpstreamBroken, None),
        (plain({"unheard": "of"}), errors.UpstreamBadAnswer, None),
        (Reply([b"data: " + b"x" * 5000 + b"\n\n"]), errors.UpstreamBadAnswer, None),
        (Reply(told(*["y" * 500] * 20)), errors.UpstreamBadAnswer, None),
    ],
)
async def test_failures_have_their_own_errors(
    reply: Reply, failure: type[errors.UpstreamFailure], wait: float | None
) -> None:
    with pytest.raises(failure) as caught:
        await answered(reply, limits=Limits(answer=8000, line=4000))
    assert type(caught.value) is failure
    assert caught.value.retry_after == wait
    assert "secret" not in str(caught.value)


async def test_a_date_in_retry_after_is_understood() -> None:
    with pytest.raises(errors.UpstreamRateLimited) as caught:
        await answered(
            plain({}, "429 Too Many", "Retry-After: Sun, 22 Nov 2026 12:00:30 GMT"), clock=lambda: 1795348800.0
        )
    assert caught.value.retry_after == 30.0


async def test_a_server_that_is_not_there_is_unreachable() -> None:
    async with scripted() as server:
        url = server.url
    upstream = OpenAICompatible("lab", url, "m")
    with pytest.raises(errors.UpstreamUnreachable):
        await heard(upstream)
    await upstream.close()


@pytest.mark.parametrize("pieces", [[None], [*told("a", finish=None, done=False), None]])
async def test_silence_ends_in_a_timeout(pieces: list[bytes | None]) -> None:
    with pytest.raises(errors.UpstreamTimeout):
        await answered(Reply(pieces), timeouts=Timeouts(first_byte=0.15, between_reads=0.15))


async def test_the_first_byte_may_take_longer_than_the_others() -> None:
    async with asyncio.timeout(5):
        with pytest.raises(errors.UpstreamTimeout):
            await answered(
                Reply([*told("a", finish=None, done=False), None]), timeouts=Timeouts(first_byte=60, between_reads=0.1)
            )


HISTORY = (
    Message("system", "Be brief."),
    *(Message("user" if i % 2 == 0 else "assistant", f"{i}" + "x" * 399) for i in range(8)),
)


async def test_history_is_sent_along() -> None:
    _, requests = await answered(Reply(told("a")), ask=Ask("Next", "p", history=HISTORY), context=100_000)
    assert [m["role"] for m in requests[0].json["messages"]] == ["system", *["user", "assistant"] * 4, "user"]


async def test_a_history_that_does_not_fit_loses_its_oldest_messages_but_not_the_instructions() -> None:
    events, requests = await answered(Reply(told("a")), ask=Ask("Next", "p", history=HISTORY), context=600)
    sent = requests[0].json["messages"]
    assert [m["content"][:2] for m in sent] == ["Be", "4x", "5x", "6x", "7x", "Ne"]
    assert isinstance(events[-1], Done)
    assert events[-1].history_left_out == 4


async def test_what_is_left_of_a_history_does_not_begin_with_a_reply() -> None:
    _, requests = await answered(Reply(told("a")), ask=Ask("Next", "p", history=HISTORY), context=480)
    assert [m["content"][:2] for m in requests[0].json["messages"]] == ["Be", "6x", "7x", "Ne"]


async def test_the_context_is_asked_of_the_server_where_the_settings_do_not_say() -> None:
    long = Ask("Next", "p", history=HISTORY * 3)
    models = plain({"data": [{"id": "m", "max_model_len": 600}, {"id": "n"}]})
    events, requests = await answered(models, Reply(told("a")), ask=long)
    assert [request.line.split()[1] for request in requests] == ["/v1/models", "/v1/chat/completions"]
    assert isinstance(events[-1], Done)
    assert events[-1].history_left_out > 0


async def test_a_server_without_a_list_of_models_gets_the_whole_history() -> None:
    events, _ = await answered(plain({}, "404 No"), Reply(told("a")), ask=Ask("Next", "p", history=HISTORY * 3))
    assert events[-1] == Done(model="m-1")


async def test_models_are_listed_with_their_window() -> None:
    async with scripted(
        plain({"data": [{"id": "a", "meta": {"n_ctx_train": 512}}, {"id": "b", "name": "B"}]})
    ) as server:
        upstream = OpenAICompatible("lab", server.url, "m")
        assert await upstream.models() == [Model("a", "a", 512), Model("b", "B")]
        await upstream.close()


@pytest.mark.parametrize(
    ("reply", "title"),
    [
        (plain({"choices": [{"message": {"content": '\n "A short title."\nmore'}}]}), "A short title"),
        (plain({"choices": []}), None),
        (plain({}, "500 Oops"), None),
        (page("<h1>"), None),
    ],
)
async def test_a_title_is_asked_of_the_model(reply: Reply, title: str | None) -> None:
    async with scripted(reply) as server:
        upstream = OpenAICompatible("lab", server.url, "m")
        assert await upstream.title(None, None, "Why?", "Because.") == title
        await upstream.close()


async def test_half_a_surrogate_pair_in_a_prompt_does_no_harm() -> None:
    _, requests = await answered(Reply(told("a")), ask=Ask("broken \ud83d", "p"))
    assert b"broken \\ud83d" in requests[0].body
