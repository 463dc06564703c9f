"""The OpenAPI document says what the doors do: where, with which parameters, and which errors."""

import ast
from pathlib import Path
from typing import Any

from backend.api import openapi_rest
from backend.api.authentication import USER_ID, USER_NAME, USER_PLUS
from backend.api.http_errors import STATUS
from backend.api.openai_parameters import CHAT, RESPONSES, Parameters
from backend.api.openapi import document
from backend.settings import Settings
from backend.settings.models import PathSettings
from tests.driver import Cast, Running, serving
from tests.laws.source import ROOT

DOCUMENT: dict[str, Any] = document(Settings().paths, "/")
ASKED = {"role": "user", "content": "x"}
READERS = frozenset({"text", "needed", "key", "flag", "plan"})


def schema(name: str) -> Any:
    return DOCUMENT["components"]["schemas"][name]


def every_name(parameters: Parameters) -> set[str]:
    groups = (parameters.taken, parameters.harmless, parameters.options, parameters.not_kept)
    return {name for group in (*groups, parameters.only) for name in group}


def headers_of(call: Any) -> set[str]:
    return {each["name"] for each in call.get("parameters", ()) if each["in"] == "header"}


def keys_of(name: str) -> tuple[set[str], set[str]]:
    """The keys that such an answer always has, and those that it may have."""
    return set(schema(name)["required"]), set(schema(name)["properties"])


def references(value: Any) -> set[str]:
    if isinstance(value, list):
        return set().union(*map(references, value))
    if not isinstance(value, dict):
        return set()
    own = {value["$ref"]} if isinstance(value.get("$ref"), str) else set()
    return own.union(*map(references, value.values()))


async def test_it_is_served_with_the_servers_own_paths(tmp_path: Path) -> None:
    paths = {"openapi": "/about.json", "v1": "/openai", "api_chat": "/talk"}
    account = {"name": "rehearsal", "kind": "rehearsal"}
    async with serving(tmp_path, [account], paths=paths, public_url="http://127.0.0.1/here") as server:
        async with server.client() as http:
            answer = await http.get("/about.json")
            assert (await http.get("/here/about.json")).json() == answer.json()
            assert (await http.get("/openapi.json")).status_code == 404
        shown = answer.json()
    assert answer.headers["content-type"] == "application/json"
    assert shown == document(PathSettings(**paths), "/here/")
    assert {"/openai/chat/completions", "/openai/responses/{id}", "/talk", "/api/recall"} <= shown["paths"].keys()
    assert shown["servers"] == [{"url": "/here/"}]


def test_every_parameter_of_v1_is_in_it() -> None:
    assert schema("ChatRequest")["properties"].keys() == every_name(CHAT)
    assert schema("ResponseRequest")["properties"].keys() == every_name(RESPONSES)


def test_every_parameter_that_a_rest_call_reads_is_in_it_and_no_other() -> None:
    read = set()
    for file in ("rest.py", "rest_callers.py"):
        tree = ast.parse((ROOT / "backend" / "api" / file).read_text("utf-8"))
        calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute))
        for call in calls:
            first = call.args[0] if call.args else None
            if call.func.attr in READERS and isinstance(first, ast.Constant):  # type: ignore[attr-defined]
                read.add(first.value)
    tables = (
        openapi_rest.CHAT,
        openapi_rest.RECALL,
        openapi_rest.ACCESS_TOKEN,
        openapi_rest.ADD_USER,
        openapi_rest.REMOVE,
    )
    assert read == {name for table in tables for name in table}


def test_get_and_post_take_the_same() -> None:
    for path, calls in DOCUMENT["paths"].items():
        if not path.startswith("/api"):
            continue
        names = {each["name"] for each in calls["get"]["parameters"] if each["in"] == "query"}
        assert headers_of(calls["get"]) == headers_of(calls["post"])
        for kind in calls["post"]["requestBody"]["content"].values():
            assert kind["schema"]["properties"].keys() == names
        assert calls["get"]["responses"] == calls["post"]["responses"]


def test_the_headers_that_a_call_reads_are_in_it() -> None:
    speaks_for = {USER_ID, USER_NAME, USER_PLUS}
    for path, calls in DOCUMENT["paths"].items():
        for call in calls.values():
            prompts = path in ("/v1/chat/completions", "/v1/responses")
            expected = speaks_for if path.startswith("/v1") else set()
            expected = expected | ({"Idempotency-Key", "X-Conversation-Id"} if prompts else set())
            assert headers_of(call) == expected | ({"Idempotency-Key"} if path == "/api/chat" else set()), path


async def test_what_is_answered_has_the_keys_that_it_names(server: Running, cast: Cast) -> None:
    async with server.client(cast.stranger) as http:
        first = (await http.post("/api/chat", json={"prompt": "One"})).json()
        id = first["conversation_id"]
        second = (await http.post("/api/chat", json={"prompt": "Two", "conversation_id": id})).json()
        recalled = (await http.get("/api/recall", params={"conversation_id": id})).json()
        refused = (await http.get("/api/recall", params={"conversation_id": "nothing"})).json()
        removed = (await http.post("/api/remove-conversation", json={"conversation_id": id})).json()
        completion = (await http.post("/v1/chat/completions", json={"messages": [ASKED]})).json()
        response = (await http.post("/v1/responses", json={"input": "x"})).json()
        models = (await http.get("/v1/models")).json()
        error = (await http.get("/v1/responses/resp_x")).json()
    async with server.client(cast.client) as http:
        added = (await http.post("/api/client/add-user", json={"userid": "x", "username": "y"})).json()
    always, ever = keys_of("ChatAnswer")
    assert (first.keys(), second.keys()) == (always, ever)
    assert (second["last_message_prompt"], second["last_message_reply"]) == (
        "One",
        first["message"]["content"]["parts"][0],
    )
    for name, answer in {
        "Messages": recalled, "RestError": refused, "Done": removed, "UserAdded": added, "ChatCompletion": completion,
        "Response": response, "ModelList": models, "Model": models["data"][0], "OpenAIError": error,
    }.items():  # fmt: skip
        always, ever = keys_of(name)
        assert always <= answer.keys() <= ever, name


def test_an_error_of_a_prompt_has_its_status_and_its_code() -> None:
    chat = DOCUMENT["paths"]["/v1/chat/completions"]["post"]["responses"]
    for code in ("upstream_timeout", "conversation_busy", "too_many_waiting", "reply_cut_off", "body_too_large"):
        assert code in chat[str(STATUS[code])]["description"]
    assert "invalid_api_key" in chat["401"]["description"]


def test_what_it_refers_to_is_there_and_what_is_there_is_referred_to() -> None:
    names = {f"#/components/schemas/{name}" for name in DOCUMENT["components"]["schemas"]}
    assert references(DOCUMENT) == names


async def test_what_a_stranger_cannot_do(server: Running, cast: Cast) -> None:
    """It is the same for everyone, and says nothing of the accounts."""
    bodies = []
    for key in (None, cast.stranger, cast.admin):
        async with server.client(key) as http:
            bodies.append((await http.get("/openapi.json")).text)
            assert (await http.post("/openapi.json")).status_code == 405
    assert len(set(bodies)) == 1
    assert server.fake is not None
    assert not any(account.name in bodies[0] for account in server.house.settings.accounts)
