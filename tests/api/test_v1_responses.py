"""`/v1/responses` on the wire: whole ones, follow-ups, in the background, stopped, and what is refused."""

from typing import Any

import pytest

from backend.api.openai_responses_request import read_response_request
from backend.errors import InvalidInput
from backend.upstream.protocol import Message
from backend.upstream.rehearsal import Fault
from tests.api.responses import PATH, ended, prompts
from tests.driver import Cast, Running

PART: dict[str, Any] = {"type": "input_text", "text": "x"}
SYSTEM = {"role": "system", "content": "y"}


async def test_a_whole_response_has_openais_shape_and_is_kept(server: Running, cast: Cast) -> None:
    async with server.client(cast.stranger) as http:
        answer = await http.post(PATH, json={"model": "auto", "input": "Hello", "instructions": "Be brief."})
        body = answer.json()
        kept = (await http.get(f"{PATH}/{body['id']}")).json()
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert (body["object"], body["status"], body["model"]) == ("response", "completed", "rehearsal")
    assert (body["error"], body["incomplete_details"], body["previous_response_id"]) == (None, None, None)
    assert (body["instructions"], body["store"], body["background"]) == ("Be brief.", True, False)
    (item,) = body["output"]
    assert (item["type"], item["role"], item["status"]) == ("message", "assistant", "completed")
    (part,) = item["content"]
    assert (part["type"], part["annotations"]) == ("output_text", [])
    assert "> Hello" in part["text"]
    usage = body["usage"]
    assert usage["total_tokens"] == usage["input_tokens"] + usage["output_tokens"] > 0
    assert body["conversation"]["id"] == answer.headers["x-conversation-id"]
    assert kept == body | {"background": None}


async def test_a_response_that_is_not_to_be_stored_is_kept_and_says_so(server: Running, cast: Cast) -> None:
    async with server.client(cast.stranger) as http:
        answer = await http.post(PATH, json={"input": "Hello", "store": False})
        kept = (await http.get(f"{PATH}/{answer.json()['id']}")).json()
    assert kept == answer.json() | {"background": None}
    assert (answer.headers["x-ignored-parameters"], answer.json()["store"]) == ("store", True)


async def test_a_list_of_messages_is_the_history_and_the_prompt(server: Running, cast: Cast) -> None:
    given = [
        {"role": "user", "content": "One"},
        {"type": "message", "id": "msg_1", "role": "assistant", "status": "completed",
         "content": [{"type": "output_text", "text": "Yes", "annotations": [], "logprobs": []}]},
        {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "Two"}]},
    ]  # fmt: skip
    async with server.client(cast.stranger) as http:
        answer = await http.post(PATH, json={"input": given, "instructions": "Be brief."})
    caller = await server.house.identity.caller(cast.stranger)
    conversation = await server.house.gateway.conversations.get(caller, answer.headers["x-conversation-id"])
    preamble = await server.house.gateway.conversations.preamble(caller, conversation)
    assert preamble == (("system", "Be brief."), ("user", "One"), ("assistant", "Yes"))
    assert "> Two" in answer.json()["output"][0]["content"][0]["text"]


async def test_a_previous_response_is_followed_on_its_account(server: Running, cast: Cast) -> None:
    async with server.client(cast.stranger) as http:
        first = (await http.post(PATH, json={"input": "One", "instructions": "Be brief."})).json()
        follows = {"input": "Two", "instructions": "Be brief.", "previous_response_id": first["id"]}
        second = (await http.post(PATH, json=follows)).json()
        by_conversation = {"input": "Three", "conversation": {"id": first["conversation"]["id"]}}
        third = (await http.post(PATH, json=by_conversation)).json()
        other = await http.post(
            PATH, json={"input": "x", "instructions": "Be long.", "previous_response_id": third["id"]}
        )
        kept = (await http.get(f"{PATH}/{third['id']}")).json()
    assert [shown["previous_response_id"] for shown in (second, third)] == [first["id"], second["id"]]
    assert kept == third | {"background": None}
    assert len({shown["conversation"]["id"] for shown in (first, second, third)}) == 1
    asked = prompts(server)
    assert [seen.prompt.rpartition("\n")[2] for seen in asked] == ["One", "Two", "Three"]
    assert len({seen.account for seen in asked}) == 1
    assert (other.status_code, other.json()["error"]["param"]) == (400, "instructions")


async def test_any_response_is_followed_and_not_only_the_newest(server: Running, cast: Cast) -> None:
    async with server.client(cast.stranger) as http:
        first = (await http.post(PATH, json={"input": "One"})).json()
        follows = {"input": "Two", "previous_response_id": first["id"]}
        key = {"Idempotency-Key": "k"}
        second = (await http.post(PATH, json=follows, headers=key)).json()
        assert (await http.post(PATH, json=follows, headers=key)).json() == second
        other = (await http.post(PATH, json=follows | {"input": "Other"})).json()
        read = (await http.get(f"{PATH}/{other['id']}")).json()
    assert other["previous_response_id"] == read["previous_response_id"] == first["id"]
    asked = prompts(server)
    assert [seen.prompt for seen in asked] == ["One", "Two", "Other"]
    assert asked[1].parent_message_id == asked[2].parent_message_id != asked[0].parent_message_id


async def test_in_the_background_it_is_answered_at_once_and_read_later(server: Running, cast: Cast) -> None:
    assert server.fake is not None
    server.fake.script.next(Fault("stall", seconds=0.3, after=3))
    async with server.client(cast.stranger) as http:
        begun = (await http.post(PATH, json={"input": "Hello", "background": True})).json()
        assert (begun["status"], begun["output"], begun["usage"]) == ("in_progress", [], None)
        assert begun["background"] is True
        body = await ended(http, begun["id"])
    assert (body["status"], body["output"][0]["status"]) == ("completed", "completed")
    assert body["background"] is None


async def test_a_response_is_cancelled_and_keeps_what_was_written(server: Running, cast: Cast) -> None:
    assert server.fake is not None
    server.fake.script.next(Fault("hang-mid", after=3))
    async with server.client(cast.stranger) as http:
        begun = (await http.post(PATH, json={"input": "Hello", "background": True})).json()
        body = {"input": "Hello", "stream": True}
        async with http.stream("GET", f"{PATH}/{begun['id']}?stream=true") as answer:
            async for line in answer.aiter_lines():
                if line == "event: response.output_text.delta":
                    break
        cancelled = await http.post(f"{PATH}/{begun['id']}/cancel")
        again = await http.post(f"{PATH}/{begun['id']}/cancel", json={})
        kept = await http.get(f"{PATH}/{begun['id']}")
    body = cancelled.json()
    assert (body["status"], body["output"][0]["status"]) == ("cancelled", "incomplete")
    assert body["output"][0]["content"][0]["text"].startswith("**This is")
    assert again.json() == kept.json() == body


async def test_a_reply_that_the_models_limit_cut_is_incomplete(server: Running, cast: Cast) -> None:
    async with server.client(cast.stranger) as http:
        body = (await http.post(PATH, json={"input": "/rehearse max-tokens"})).json()
    assert (body["status"], body["incomplete_details"]) == ("incomplete", {"reason": "max_output_tokens"})
    assert body["output"][0]["status"] == "incomplete"


async def test_a_failure_is_an_http_error_and_kept(server: Running, cast: Cast) -> None:
    assert server.fake is not None
    server.fake.script.next(Fault("too-long"), Fault("limit", seconds=30), Fault("limit", seconds=30))
    async with server.client(cast.stranger) as http:
        failed = await http.post(PATH, json={"input": "Hello"}, headers={"Idempotency-Key": "k"})
        again = await http.post(PATH, json={"input": "Hello"}, headers={"Idempotency-Key": "k"})
        begun = (await http.post(PATH, json={"input": "Hello", "background": True})).json()
        kept = await ended(http, begun["id"])
    assert (kept["status"], kept["error"]["code"]) == ("failed", "rate_limit_exceeded")
    assert (kept["error"]["type"], kept["output"]) == ("upstream_rate_limited", [])
    assert (failed.status_code, failed.json()["error"]["code"]) == (413, "context_length_exceeded")
    assert failed.headers["x-should-retry"] == "false"
    assert (again.status_code, again.json()) == (413, failed.json())
    assert len(prompts(server)) == 3


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("input", None), ("input", []), ("input", 5), ("instructions", 5), ("store", "no"), ("truncation", "disabled"),
        ("tools", [{"type": "web_search"}]), ("tool_choice", "required"), ("text", {"format": {"type": "json_object"}}),
        ("text", {"verbosity": "high"}), ("reasoning", {"effort": "high"}), ("prompt", {"id": "p"}),
        ("top_logprobs", 2), ("service_tier", "flex"), ("background", "yes"), ("stream", 1), ("metadata", 5),
        ("temperature", "hot"), ("max_output_tokens", "x"), ("previous_response_id", 5), ("conversation", {"a": 1}),
        ("context_management", [{}]), ("moderation", {}), ("no_such_parameter", 1), ("stream_options", {}),
        ("include", "x"),
    ],
)  # fmt: skip
def test_what_cannot_be_honoured_is_refused_by_name(name: str, value: object) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_response_request({"input": "x", name: value})
    assert refused.value.details["field"] == name
    assert f"`{name}`" in str(refused.value)


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"include": ["message.output_text.logprobs"]}, "include[0]"),
        ({"previous_response_id": "resp_a", "conversation": "c"}, "previous_response_id"),
        ({"conversation": "c", "input": [SYSTEM, {"role": "user", "content": "x"}]}, "input"),
        ({"input": [{"type": "item_reference", "id": "msg_1"}]}, "input[0].type"),
        ({"input": [{"role": "user", "content": [{"type": "input_image", "image_url": "x"}]}]}, "input[0].content[0]"),
        ({"input": [{"role": "user"}]}, "input[0].content"),
        ({"input": [{"role": "user", "content": [PART | {"detail": 1}]}]}, "input[0].content[0].detail"),
        ({"input": [{"role": "user", "content": "x", "weight": 2}]}, "input[0].weight"),
        ({"input": [{"role": "assistant", "content": "x"}]}, "input"),
        ({"stream": True, "stream_options": {"include_obfuscation": True}}, "stream_options.include_obfuscation"),
    ],
)  # fmt: skip
def test_the_place_of_what_is_refused_is_named(body: dict[str, Any], place: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_response_request({"input": "x"} | body)
    assert refused.value.details["field"] == place


def test_null_and_what_happens_anyway_are_taken() -> None:
    asked = read_response_request(
        {
            "input": "x", "instructions": "y", "store": True, "truncation": "auto", "tools": [], "tool_choice": "auto",
            "text": {"format": {"type": "text"}}, "reasoning": None, "include": ["reasoning.encrypted_content"],
            "max_tool_calls": 3, "user": "ann", "temperature": 0.2, "metadata": {"a": "b"}, "stream": False,
        }
    )  # fmt: skip
    assert (asked.prompt, asked.history) == ("x", (Message("system", "y"),))
    assert (asked.ignored, asked.given) == (["metadata"], {"temperature": ("temperature", 0.2)})


@pytest.mark.parametrize("query", ["stream=yes", "starting_after=3", "stream=true&starting_after=x", "limit=1"])
async def test_a_query_is_read_to_the_letter(server: Running, cast: Cast, query: str) -> None:
    async with server.client(cast.stranger) as http:
        refused = await http.get(f"{PATH}/resp_x?{query}")
    assert (refused.status_code, refused.json()["error"]["param"]) == (
        400,
        query.split("=")[-2].rsplit("&", maxsplit=1)[-1],
    )


async def test_what_is_not_there_is_refused_in_openais_shape(server: Running, cast: Cast) -> None:
    async with server.client(cast.stranger) as http:
        embeddings = await http.post("/v1/embeddings", json={})
        removed = await http.delete(f"{PATH}/resp_x")
        blank = await http.post(PATH, json={"input": " "})
        large = await http.post(PATH, content=b" " * (3 << 20))
    assert (embeddings.status_code, embeddings.json()["error"]["code"]) == (404, "unknown_url")
    assert (removed.status_code, removed.json()["error"]["code"]) == (405, "method_not_allowed")
    assert (blank.status_code, blank.json()["error"]["param"]) == (400, "input")
    assert (large.status_code, large.json()["error"]["code"]) == (413, "body_too_large")


async def test_what_a_stranger_cannot_do(server: Running, cast: Cast) -> None:
    """Another's response is not there: not to be read, followed, gone on with or stopped."""
    async with server.client(cast.user) as http:
        id = (await http.post(PATH, json={"input": "mine"})).json()["id"]
    async with server.client(cast.stranger) as http:
        for theirs, missing in (
            (await http.get(f"{PATH}/{id}"), await http.get(f"{PATH}/resp_t0000000000000")),
            (await http.get(f"{PATH}/{id}?stream=true"), await http.get(f"{PATH}/nothing?stream=true")),
            (await http.post(f"{PATH}/{id}/cancel"), await http.post(f"{PATH}/resp_x/cancel")),
        ):
            assert (theirs.status_code, theirs.json()) == (404, missing.json())
        for body in ({"previous_response_id": id}, {"previous_response_id": "resp_x"}):
            refused = await http.post(PATH, json=body | {"input": "x"})
            error = refused.json()["error"]
            assert (refused.status_code, error["code"]) == (404, "previous_response_not_found")
            assert error["param"] == "previous_response_id"
    async with server.client() as http:
        assert (await http.post(PATH, json={"input": "x", "tools": [1]})).status_code == 401
    assert len(prompts(server)) == 1
