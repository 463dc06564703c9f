"""What `/v1/chat/completions` takes, leaves to the account and refuses."""

from typing import Any

import pytest
from openai.types.chat.completion_create_params import CompletionCreateParamsBase
from openai.types.responses.response_create_params import ResponseCreateParamsBase

from backend.api.openai_parameters import CHAT, RESPONSES, Parameters
from backend.api.openai_request import read_request
from backend.errors import InvalidInput
from backend.upstream.protocol import Message
from tests.driver import Cast, Running

MESSAGES: list[Any] = [{"role": "user", "content": "x"}]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("n", 2), ("n", 0), ("n", True), ("tools", [{"type": "function"}]), ("tool_choice", "required"),
        ("functions", [{}]), ("function_call", {"name": "f"}), ("logprobs", True), ("top_logprobs", 3),
        ("logit_bias", {"1": 2}), ("response_format", {"type": "json_object"}), ("modalities", ["text", "audio"]),
        ("audio", {"voice": "x"}), ("stop", {"text": "x"}), ("stop", [5]), ("reasoning_effort", "high"),
        ("verbosity", "low"), ("service_tier", "priority"),
        ("moderation", {"model": "x"}), ("web_search_options", {}), ("no_such_parameter", 1), ("temperature", "hot"),
        ("max_tokens", True), ("stream", "yes"), ("stream_options", {"include_usage": True}),
        ("metadata", "x"), ("stream", 1), ("model", 5),
        ("conversation_id", 5), ("messages", []), ("messages", "x"), ("messages", None),
    ],
)  # fmt: skip
def test_what_cannot_be_honoured_is_refused_by_name(name: str, value: object) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_request({"messages": MESSAGES, name: value})
    assert refused.value.details["field"] == name
    assert f"`{name}`" in str(refused.value)


@pytest.mark.parametrize(
    ("message", "place"),
    [
        ("x", "messages[1]"),
        ({"role": "tool", "content": "x"}, "messages[1].role"),
        ({"role": ["user"], "content": "x"}, "messages[1].role"),
        ({"content": "x"}, "messages[1].role"),
        ({"role": "user"}, "messages[1].content"),
        ({"role": "user", "content": None}, "messages[1].content"),
        ({"role": "user", "content": []}, "messages[1].content"),
        ({"role": "user", "content": [{"type": "image_url", "image_url": {"url": "x"}}]}, "messages[1].content[0]"),
        ({"role": "user", "content": [{"type": "text", "text": 5}]}, "messages[1].content[0]"),
        ({"role": "assistant", "content": "x", "tool_calls": [{}]}, "messages[1].tool_calls"),
        ({"role": "assistant", "content": "go on"}, "messages"),
    ],
)
def test_messages_that_cannot_be_read_are_refused_by_place(message: object, place: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_request({"messages": [*MESSAGES, message]})
    assert refused.value.details["field"] == place


@pytest.mark.parametrize(
    ("options", "place"),
    [
        ({"include_obfuscation": True}, "stream_options.include_obfuscation"),
        ({"include_usage": "yes"}, "stream_options.include_usage"),
        ({"include_weather": True}, "stream_options.include_weather"),
        ([], "stream_options"),
    ],
)
def test_options_of_a_stream_are_read_to_the_letter(options: object, place: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_request({"messages": MESSAGES, "stream": True, "stream_options": options})
    assert refused.value.details["field"] == place


def test_every_parameter_of_openais_own_client_has_its_place() -> None:
    chat = CompletionCreateParamsBase.__annotations__.keys() | {"stream"}
    responses = ResponseCreateParamsBase.__annotations__.keys() | {"stream"}
    assert chat - known(CHAT) == set()
    assert responses - known(RESPONSES) == set()
    assert known(CHAT) - chat == {"conversation_id"}
    assert known(RESPONSES) - responses == set()


def known(parameters: Parameters) -> set[str]:
    groups = (parameters.taken, parameters.harmless, parameters.options, parameters.not_kept)
    names = [name for group in (*groups, parameters.only) for name in group]
    assert len(names) == len(set(names)), "a parameter is in two groups"
    return set(names)


def test_null_and_what_happens_anyway_are_taken() -> None:
    asked = read_request(
        {
            "messages": MESSAGES,
            "n": 1,
            "tools": [],
            "tool_choice": "auto",
            "stop": None,
            "logprobs": False,
            "response_format": {"type": "text"},
            "user": "ann",
            "metadata": {},
            "verbosity": "medium",
            "store": True,
            "service_tier": "auto",
            "temperature": None,
        }
    )
    assert (asked.prompt, asked.ignored, asked.stream, asked.model) == ("x", [], False, None)
    assert (asked.stop, asked.given) == ((), {})


def test_instructions_behind_the_prompt_count_as_said_before_it() -> None:
    asked = read_request({"messages": [*MESSAGES, {"role": "system", "content": "Be brief."}]})
    assert (asked.prompt, asked.history) == ("x", (Message("system", "Be brief."),))


async def test_what_the_account_does_not_take_is_named_in_the_answer(server: Running, cast: Cast) -> None:
    messages = [{"role": "user", "content": "x", "name": "ann"}]
    sampling = {"temperature": 0.2, "max_tokens": 50, "seed": None}
    body = {"messages": messages, **sampling, "metadata": {"a": "b"}}
    async with server.client(cast.stranger) as http:
        answer = await http.post("/v1/chat/completions", json=body)
        plain = await http.post("/v1/chat/completions", json={"messages": MESSAGES})
    assert answer.headers["x-ignored-parameters"] == "max_tokens, messages.name, metadata, temperature"
    assert "x-ignored-parameters" not in plain.headers


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '"x"', '{"messages": [{"role":"user","content":"\\ud800"}]}'])
async def test_a_body_that_is_no_json_object_is_refused(server: Running, cast: Cast, body: str) -> None:
    async with server.client(cast.stranger) as http:
        answer = await http.post("/v1/chat/completions", content=body)
    error = answer.json()["error"]
    assert (answer.status_code, error["type"], error["param"]) == (400, "invalid_request_error", "body")


async def test_what_a_stranger_cannot_do(server: Running) -> None:
    async with server.client() as http:
        answer = await http.post("/v1/chat/completions", json={"messages": MESSAGES, "n": 5})
    assert answer.status_code == 401  # not told what is wrong with the request before it says who it is
