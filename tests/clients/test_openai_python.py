"""The official client of OpenAI, pointed at a running server."""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

import openai
import pytest

from backend.upstream.rehearsal import Fault
from tests.driver import Cast, Running

Result = TypeVar("Result")
MESSAGES: list[Any] = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hello"}]


async def with_client(server: Running, key: str, work: Callable[[openai.OpenAI], Result], retries: int = 0) -> Result:
    """The blocking client in a thread of its own: the server lives in this one."""

    def run() -> Result:
        with openai.OpenAI(base_url=server.url + "/v1", api_key=key, max_retries=retries) as client:
            return work(client)

    return await asyncio.to_thread(run)


async def test_plain(server: Running, cast: Cast) -> None:
    def work(client: openai.OpenAI) -> Any:
        return client.chat.completions.create(model="auto", messages=MESSAGES, temperature=0.5, user="ann")

    reply = await with_client(server, cast.stranger, work)
    assert "> Hello" in reply.choices[0].message.content
    assert reply.choices[0].finish_reason == "stop"
    assert reply.usage.total_tokens > 0


async def test_streamed(server: Running, cast: Cast) -> None:
    def work(client: openai.OpenAI) -> tuple[str, Any]:
        options: Any = {"include_usage": True}
        text, usage = "", None
        for chunk in client.chat.completions.create(
            model="auto", messages=MESSAGES, stream=True, stream_options=options
        ):
            usage = chunk.usage or usage
            text += (chunk.choices[0].delta.content or "") if chunk.choices else ""
        return text, usage

    text, usage = await with_client(server, cast.stranger, work)
    assert "> Hello" in text
    assert usage.completion_tokens > 0


async def test_async_and_followed_up(server: Running, cast: Cast) -> None:
    async with openai.AsyncOpenAI(base_url=server.url + "/v1", api_key=cast.stranger) as client:
        first = await client.chat.completions.with_raw_response.create(model="auto", messages=MESSAGES)
        id = first.headers["x-conversation-id"]
        stream = await client.chat.completions.create(
            model="auto", messages=MESSAGES, stream=True, extra_body={"conversation_id": id}
        )
        text = "".join([chunk.choices[0].delta.content or "" async for chunk in stream])
        names = [model.id async for model in client.models.list()]
    assert "number 2 of this conversation" in text
    assert names == ["rehearsal"]


async def test_a_failure_is_raised_and_sent_again_where_the_client_is_told_to(server: Running, cast: Cast) -> None:
    assert server.fake is not None

    def work(client: openai.OpenAI) -> Any:
        return client.chat.completions.create(model="auto", messages=MESSAGES)

    server.fake.script.next(Fault("cut", after=3))
    with pytest.raises(openai.InternalServerError) as failed:
        await with_client(server, cast.stranger, work)
    assert failed.value.code == "reply_cut_off"
    server.fake.script.next(Fault("pass"), Fault("cut", after=3))
    await with_client(server, cast.plus, work)
    assert "> Hello" in (await with_client(server, cast.plus, work, retries=1)).choices[0].message.content


async def test_a_failure_in_mid_stream_is_raised(server: Running, cast: Cast) -> None:
    assert server.fake is not None
    server.fake.script.next(Fault("cut", after=3))

    def work(client: openai.OpenAI) -> int:
        return len(list(client.chat.completions.create(model="auto", messages=MESSAGES, stream=True)))

    with pytest.raises(openai.APIError, match="kept"):
        await with_client(server, cast.stranger, work)


async def test_a_parameter_that_is_refused_is_named(server: Running, cast: Cast) -> None:
    def work(client: openai.OpenAI) -> Any:
        return client.chat.completions.create(model="auto", messages=MESSAGES, n=3)

    with pytest.raises(openai.BadRequestError) as refused:
        await with_client(server, cast.stranger, work)
    assert (refused.value.param, refused.value.code) == ("n", "unsupported_parameter")


async def test_what_a_stranger_cannot_do(server: Running, cast: Cast) -> None:
    first = await with_client(
        server,
        cast.user,
        lambda client: client.chat.completions.with_raw_response.create(model="auto", messages=MESSAGES),
    )
    body = {"conversation_id": first.headers["x-conversation-id"]}
    with pytest.raises(openai.NotFoundError):
        await with_client(
            server,
            cast.stranger,
            lambda client: client.chat.completions.create(model="auto", messages=MESSAGES, extra_body=body),
        )
    with pytest.raises(openai.AuthenticationError):
        await with_client(server, "wrong", lambda client: client.models.list())
    with pytest.raises(openai.AuthenticationError):
        await with_client(
            server, "wrong", lambda client: client.chat.completions.create(model="auto", messages=MESSAGES)
        )
