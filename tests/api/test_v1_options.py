"""Options of a call reach the accounts that take them; the answer names those that its account does not."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import openai
import pytest

from backend.api.openai_request import read_request
from backend.errors import InvalidInput
from tests.api.responses import PATH as RESPONSES
from tests.api.responses import ended, events
from tests.api.test_v1_completions import PATH, lines, said
from tests.driver import Cast, Running, chatgpt_accounts, faking, serving
from tests.upstream.scripted_server import Reply, ScriptedServer, plain, scripted
from tests.upstream.test_openai_answers import told

SAMPLING: dict[str, Any] = {
    "temperature": 0.2, "top_p": 0.9, "seed": 7, "presence_penalty": -1, "frequency_penalty": 0.5,
}  # fmt: skip
SENT = frozenset({"model", "messages", "stream", "stream_options"})


@asynccontextmanager
async def lab(folder: Path, *replies: Reply, names: tuple[str, ...] = ("lab",)) -> AsyncIterator[tuple[Any, ...]]:
    async with scripted(*replies) as far:
        accounts = [{"name": name, "kind": "openai", "base_url": far.url + "/v1", "model": "m"} for name in names]
        async with serving(folder, accounts) as server, server.client(await server.key("sam")) as http:
            yield server, far, http


def options(far: ScriptedServer) -> list[dict[str, Any]]:
    """What each request said beyond the prompt."""
    return [{name: value for name, value in request.json.items() if name not in SENT} for request in far.requests]


@pytest.mark.parametrize("stream", [False, True])
async def test_the_options_of_a_chat_completion_reach_the_account(tmp_path: Path, stream: bool) -> None:
    replies = [Reply(told("Yes", finish="length")) for _ in range(3)]
    async with lab(tmp_path, *replies) as (_, far, http):
        answer = await http.post(PATH, json=said("x", stream=stream, max_tokens=3, metadata={"a": "b"}, **SAMPLING))
        other = await http.post(PATH, json=said("x", stream=stream, max_completion_tokens=4, temperature=None))
        bare = await http.post(PATH, json=said("x", stream=stream))
    assert options(far) == [{**SAMPLING, "max_tokens": 3}, {"max_tokens": 4}, {}]
    assert answer.headers["x-ignored-parameters"] == "metadata"
    assert not any("x-ignored-parameters" in silent.headers for silent in (other, bare))
    choice = (lines(answer.text)[-2] if stream else answer.json())["choices"][0]
    assert choice["finish_reason"] == "length"


async def test_a_follow_up_has_its_own_calls_options(tmp_path: Path) -> None:
    async with lab(tmp_path, *(Reply(told(text)) for text in "abcd")) as (_, far, http):
        first = await http.post(PATH, json=said("One", temperature=0.1))
        id = {"conversation_id": first.headers["x-conversation-id"]}
        await http.post(PATH, json=said("Two", top_p=0.5, **id))
        begun = (await http.post(RESPONSES, json={"input": "Three", "temperature": 1})).json()
        follows = {"input": "Four", "previous_response_id": begun["id"]}
        await http.post(RESPONSES, json=follows)
    assert options(far) == [{"temperature": 0.1}, {"top_p": 0.5}, {"temperature": 1}, {}]


async def test_a_response_says_which_options_its_account_takes(tmp_path: Path) -> None:
    asked = {"input": "x", "max_output_tokens": 5, "temperature": 0.5}
    replies = [Reply(told("Yes", finish="length")) for _ in range(3)]
    async with lab(tmp_path, *replies) as (_, far, http):
        whole = await http.post(RESPONSES, json=asked)
        streamed = await http.post(RESPONSES, json=asked | {"stream": True})
        begun = await http.post(RESPONSES, json=asked | {"background": True})
        kept = await ended(http, begun.json()["id"])
    assert options(far) == [{"max_tokens": 5, "temperature": 0.5}] * 3
    read = events(streamed.text)
    for shown in (whole.json(), read[0]["response"], read[-1]["response"], begun.json()):
        assert (shown["max_output_tokens"], shown["temperature"], shown["top_p"]) == (5, 0.5, None)
    assert whole.json()["incomplete_details"] == {"reason": "max_output_tokens"}
    assert (kept["max_output_tokens"], kept["temperature"]) == (None, None)
    assert not any("x-ignored-parameters" in answer.headers for answer in (whole, streamed, begun))


async def test_options_go_along_to_another_account(tmp_path: Path) -> None:
    async with lab(tmp_path, plain({}, "500 Oops"), Reply(told("Yes")), names=("a", "b")) as (_, far, http):
        answer = await http.post(PATH, json=said("x", temperature=0.2))
    assert answer.json()["choices"][0]["message"]["content"] == "Yes"
    assert options(far) == [{"temperature": 0.2}] * 2


async def test_the_answer_names_what_the_account_that_answered_does_not_take(tmp_path: Path) -> None:
    """The first account fails, so that another kind of account answers."""
    asked = said("x", temperature=0.2, metadata={"a": "b"})
    async with faking() as fake, scripted(plain({}, "500 Oops"), plain({}, "500 Oops")) as far:
        lab = {"name": "lab", "kind": "openai", "base_url": far.url + "/v1", "model": "m"}
        for stream in (False, True):
            folder = tmp_path / str(stream)
            folder.mkdir()
            accounts = [lab, *chatgpt_accounts(fake)[:1]]
            async with serving(folder, accounts) as server, server.client(await server.key("sam")) as http:
                answer = await http.post(PATH, json=asked | {"stream": stream})
            assert answer.status_code == 200
            assert answer.headers["x-ignored-parameters"] == "metadata, temperature"
    assert options(far) == [{"temperature": 0.2}] * 2


async def test_a_call_that_repeats_an_earlier_one_says_that_its_options_did_nothing(tmp_path: Path) -> None:
    async with lab(tmp_path, Reply(told("Yes"))) as (_, far, http):
        key = {"Idempotency-Key": "k"}
        first = await http.post(PATH, json=said("x", temperature=0.2), headers=key)
        again = await http.post(PATH, json=said("x", temperature=0.9), headers=key)
    assert first.json() == again.json()
    assert "x-ignored-parameters" not in first.headers
    assert again.headers["x-ignored-parameters"] == "temperature"
    assert len(far.requests) == 1


async def test_a_parameter_that_the_upstream_refuses_is_no_fault_of_the_account(tmp_path: Path) -> None:
    refusal = plain({"error": {"message": "Unsupported value: 'temperature'"}}, "400 Bad Request")
    async with lab(tmp_path, refusal, Reply(told("Yes"))) as (server, _, http):
        client = openai.AsyncOpenAI(base_url=server.url + "/v1", api_key=await server.key("uma"), max_retries=0)
        async with client:
            with pytest.raises(openai.BadRequestError, match="did not accept"):
                await client.chat.completions.create(
                    model="auto", messages=[{"role": "user", "content": "x"}], temperature=0.3
                )
        assert (await http.post(PATH, json=said("x"))).status_code == 200


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("temperature", 2.5), ("temperature", -1), ("top_p", 1.1), ("max_tokens", 0), ("max_tokens", 1.5),
        ("max_completion_tokens", -1), ("seed", 0.5), ("seed", 2**64), ("presence_penalty", 3),
        ("frequency_penalty", "x"),
    ],
)  # fmt: skip
def test_a_number_that_it_cannot_be_is_refused_by_name(name: str, value: Any) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_request(said("x", **{name: value}))
    assert refused.value.details["field"] == name


async def test_what_a_stranger_cannot_do(server: Running, cast: Cast) -> None:
    """Two limits at once, which could not both be meant; and learn what an account takes without a key."""
    async with server.client(cast.stranger) as http:
        both = await http.post(PATH, json=said("x", max_tokens=3, max_completion_tokens=4))
    assert (both.status_code, both.json()["error"]["param"]) == (400, "max_completion_tokens")
    async with server.client() as http:
        refused = await http.post(PATH, json=said("x", temperature=0.2))
    assert (refused.status_code, "x-ignored-parameters" in refused.headers) == (401, False)
