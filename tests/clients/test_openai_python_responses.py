"""The responses interface of OpenAI's official Python client, pointed at a running server."""

import asyncio
from typing import Any

import openai
import pytest

from backend.upstream.rehearsal import Fault
from tests.clients.test_openai_python import with_client
from tests.driver import Cast, Running


async def test_plain_followed_up_and_read_again(server: Running, cast: Cast) -> None:
    def work(client: openai.OpenAI) -> tuple[Any, Any, Any]:
        first = client.responses.create(input="One", instructions="Be brief.", temperature=0.5)
        second = client.responses.create(input=[{"role": "user", "content": "Two"}], previous_response_id=first.id)
        return first, second, client.responses.retrieve(second.id)

    first, second, kept = await with_client(server, cast.stranger, work)
    assert "> One" in first.output_text
    assert (first.status, first.usage.total_tokens > 0) == ("completed", True)
    assert "number 2 of this conversation" in second.output_text
    assert second.previous_response_id == first.id
    assert second.background is False
    assert kept == second.model_copy(update={"background": None})


async def test_streamed_with_the_clients_own_gathering(server: Running, cast: Cast) -> None:
    def work(client: openai.OpenAI) -> tuple[list[str], str, str]:
        with client.responses.stream(model="auto", input="Hello") as stream:
            types: list[str] = []
            text = ""
            for event in stream:
                types.append(event.type)
                text += event.delta if event.type == "response.output_text.delta" else ""
            return types, text, stream.get_final_response().output_text

    types, text, final = await with_client(server, cast.stranger, work)
    assert (types[0], types[-1]) == ("response.created", "response.completed")
    assert "> Hello" in text
    assert final == text


async def test_async_in_the_background_and_joined_behind_an_event(server: Running, cast: Cast) -> None:
    assert server.fake is not None
    server.fake.script.next(Fault("stall", seconds=0.3, after=3))
    async with openai.AsyncOpenAI(base_url=server.url + "/v1", api_key=cast.stranger) as client:
        begun = await client.responses.create(input="Hello", background=True)
        assert begun.status == "in_progress"
        whole = [event async for event in await client.responses.retrieve(begun.id, stream=True)]
        after = whole[6].sequence_number
        rest = [event async for event in await client.responses.retrieve(begun.id, stream=True, starting_after=after)]
    text = "".join(event.delta for event in whole if event.type == "response.output_text.delta")
    again = "".join(event.delta for event in [*whole[:7], *rest] if event.type == "response.output_text.delta")
    last = whole[-1]
    assert last.type == "response.completed"
    assert last.response.output_text == text == again


async def test_cancelled_by_the_client_and_at_the_server(server: Running, cast: Cast) -> None:
    """A client that gives up a stream ends nothing; `cancel` does."""
    assert server.fake is not None
    server.fake.script.next(Fault("hang-mid", after=3))
    async with openai.AsyncOpenAI(base_url=server.url + "/v1", api_key=cast.stranger) as client:
        id = ""
        stream = await client.responses.create(input="Hello", stream=True)
        async with asyncio.timeout(10), stream:
            async for event in stream:
                if event.type == "response.created":
                    id = event.response.id
                if event.type == "response.output_text.delta":
                    break
        assert (await client.responses.retrieve(id)).status == "in_progress"
        cancelled = await client.responses.cancel(id)
        assert (cancelled.status, cancelled.output_text.startswith("**This is")) == ("cancelled", True)
        assert (await client.models.list()).data


async def test_a_failure_is_sent_again_and_one_behind_a_key_is_not(server: Running, cast: Cast) -> None:
    assert server.fake is not None

    def work(client: openai.OpenAI, **headers: str) -> Any:
        return client.responses.create(input="Hello", extra_headers=headers)

    server.fake.script.next(Fault("cut", after=3))
    assert "> Hello" in (await with_client(server, cast.plus, work, retries=1)).output_text
    server.fake.script.next(Fault("too-long"))
    with pytest.raises(openai.APIStatusError) as failed:
        await with_client(server, cast.plus, lambda client: work(client, **{"Idempotency-Key": "k"}), retries=2)
    assert (failed.value.status_code, failed.value.code) == (413, "context_length_exceeded")
    assert not server.fake.script.pending


async def test_a_limit_is_waited_for_as_long_as_the_server_says(server: Running, cast: Cast) -> None:
    assert server.fake is not None
    server.fake.script.next(Fault("limit", seconds=1), Fault("limit", seconds=1))
    said = await with_client(server, cast.stranger, lambda client: client.responses.create(input="Hello"), retries=2)
    assert "> Hello" in said.output_text
    assert not server.fake.script.pending


async def test_a_failure_in_mid_stream_is_an_event(server: Running, cast: Cast) -> None:
    assert server.fake is not None
    server.fake.script.next(Fault("cut", after=3))

    def work(client: openai.OpenAI) -> Any:
        return list(client.responses.create(input="Hello", stream=True))[-1]

    last = await with_client(server, cast.stranger, work)
    assert (last.type, last.response.status) == ("response.failed", "failed")
    assert last.response.error.code == "server_error"


async def test_what_a_stranger_cannot_do(server: Running, cast: Cast) -> None:
    mine = await with_client(server, cast.user, lambda client: client.responses.create(input="mine"))
    for work in (
        lambda client: client.responses.retrieve(mine.id),
        lambda client: client.responses.cancel(mine.id),
        lambda client: client.responses.create(input="x", previous_response_id=mine.id),
    ):
        with pytest.raises(openai.NotFoundError):
            await with_client(server, cast.stranger, work)
    with pytest.raises(openai.AuthenticationError):
        await with_client(server, "wrong", lambda client: client.responses.create(input="x"))
