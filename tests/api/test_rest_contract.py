"""The page of the legacy contract as tables: a row for each of its sentences, in its order, by GET, JSON and form.

`{name}` in a row stands for a key of the cast, a conversation's id or what an earlier row answered.
"""

# ruff: noqa: E501  a sentence of the page is a line

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from backend.upstream.rehearsal import RehearsalServer
from tests.driver import FREE, PLUS, Cast, Running, chatgpt_accounts, serving

WAYS = ("get", "json", "form")
CHAT, RECALL, TOKEN = "/api/chat", "/api/recall", "/api/access-token"
ADD, REMOVE = "/api/client/add-user", "/api/remove-conversation"
NEW = [
    "message", "conversation_id", "error", "conversation_title", "api_user", "api_client_id", "api_prompt",
    "api_prompt_time_origin", "api_prompt_time_origin_readable", "api_response_time_taken", "status",
]  # fmt: skip
FOLLOWING = [*NEW, "last_message_prompt", "last_message_reply"]
NINA = {"user_id": "n-{way}", "username": "Nina", "user_id_plus": "false"}
Told = Callable[[Any], object]


@dataclass
class Row:
    """`told` looks at the JSON of the answer, or at its text where that is no JSON; `keeps` names one of its fields for
    the rows behind."""

    says: str
    path: str
    sent: Mapping[str, object]
    status: int = 200
    told: Told | None = None
    keeps: tuple[str, str] | None = None
    served_by: tuple[str, ...] | None = None
    model: str | None = None
    ways: tuple[str, ...] = field(default=WAYS)


def error(code: str, *words: str) -> Told:
    return lambda body: (
        list(body) == ["status", "message", "code"]
        and (body["status"], body["code"]) == ("error", code)
        and all(word in body["message"] for word in words)
    )


CHATTING = [
    Row("user: the caller's key", CHAT, {"user": "{user}", "prompt": "hi"}, told=lambda said: said["api_user"] == "uma"),
    Row("user: none by default", CHAT, {"prompt": "hi"}, 401, error("not_authenticated", "Authorization: Bearer")),
    Row("a bad key", CHAT, {"user": "x", "prompt": "hi"}, 401, error("not_authenticated")),
    Row("the answer to a new conversation", CHAT, {"user": "{user}", "prompt": "one"}, told=lambda said: list(said) == NEW, keeps=("id", "conversation_id")),
    Row("prompt: by default one that says that it was blank", CHAT, {"user": "{user}"}, told=lambda said: "blank" in said["api_prompt"]),
    Row("conversation_id: a follow-up, with the message before", CHAT, {"user": "{user}", "prompt": "two", "conversation_id": "{id}"}, told=lambda said: list(said) == FOLLOWING and said["last_message_prompt"] == "one"),
    Row("plus: false by default", CHAT, {"user": "{plus}", "prompt": "x"}, served_by=FREE),
    Row("plus: false", CHAT, {"user": "{plus}", "prompt": "x", "plus": "false"}, served_by=FREE),
    Row("plus: true", CHAT, {"user": "{plus}", "prompt": "x", "plus": "true"}, served_by=PLUS),
    Row("plus: any, the first available of either", CHAT, {"user": "{plus}", "prompt": "x", "plus": "any"}, served_by=FREE + PLUS),
    Row("plus: for a user without the right", CHAT, {"user": "{user}", "prompt": "x", "plus": "true"}, 503, error("no_account_available")),
    Row("plus: any, without the right", CHAT, {"user": "{user}", "prompt": "x", "plus": "any"}, served_by=FREE),
    Row("plus: nothing else", CHAT, {"user": "{user}", "prompt": "x", "plus": "gold"}, 400, error("invalid_input", "`plus`")),
    Row("a boolean of JSON's own", CHAT, {"user": "{plus}", "prompt": "x", "plus": True}, served_by=PLUS, ways=("json",)),
    Row("reply_only: the text alone", CHAT, {"user": "{user}", "prompt": "x", "reply_only": "true"}, told=lambda said: isinstance(said, str) and "**" in said),
    Row("pretty: with reply_only, a page", CHAT, {"user": "{user}", "prompt": "x", "reply_only": "true", "pretty": "true"}, told=lambda said: "<!doctype html>" in said),
    Row("pretty: without reply_only, nothing", CHAT, {"user": "{user}", "prompt": "x", "pretty": "true"}, told=lambda said: list(said) == NEW),
    Row("reply_only: an error's text alone, with its status", CHAT, {"user": "x", "prompt": "x", "reply_only": "true"}, 401, lambda said: isinstance(said, str) and said.startswith("This key")),
    Row("access_token: its account, and plus does not count", CHAT, {"user": "{user}", "prompt": "mine", "access_token": "{token}", "plus": "true"}, served_by=FREE[1:], keeps=("mine", "conversation_id")),
    Row("user_plus: false by default, which chooses the model", CHAT, {"user": "{user}", "prompt": "x", "access_token": "{token}"}, model="small"),
    Row("user_plus: true", CHAT, {"user": "{user}", "prompt": "x", "access_token": "{token}", "user_plus": "true"}, model="large"),
    Row("user_plus: false", CHAT, {"user": "{user}", "prompt": "x", "access_token": "{token}", "user_plus": "false"}, model="small"),
    Row("client: for one of its users, by key", CHAT, {"client": "{client}", "user": "{user}", "prompt": "x"}, told=lambda said: (said["api_user"], said["api_client_id"] != "self") == ("uma", True)),
    Row("user_id, username, user_id_plus: created on first sight", CHAT, {"client": "{client}", "prompt": "a"} | NINA, told=lambda said: said["api_user"] == "Nina", keeps=("hers", "conversation_id")),
    Row("… and found afterwards", CHAT, {"client": "{client}", "prompt": "b", "conversation_id": "{hers}"} | NINA, told=lambda said: said["last_message_prompt"] == "a"),
    Row("client without any of them", CHAT, {"client": "{client}", "prompt": "x"}, 400, error("invalid_input", "`user`", "`user_id`", "`username`", "`user_id_plus`")),
    Row("client with two of them", CHAT, {"client": "{client}", "prompt": "x", "user_id": "1", "username": "N"}, 400, error("invalid_input", "`user_id_plus`")),
    Row("unknown parameters are ignored", CHAT, {"user": "{user}", "prompt": "x", "temperature": "9"}, told=lambda said: said["status"] == "success"),
]  # fmt: skip
REFUSING = [
    Row("no such conversation", CHAT, {"user": "{user}", "prompt": "x", "conversation_id": "none"}, 404, error("not_found")),
    Row("another user's conversation", CHAT, {"user": "{stranger}", "prompt": "x", "conversation_id": "{id}"}, 404, error("not_found")),
    Row("begun with an access token, and none is given", CHAT, {"user": "{user}", "prompt": "x", "conversation_id": "{mine}"}, 409, error("access_token_required")),
    Row("what cannot be a token", CHAT, {"user": "{user}", "prompt": "x", "access_token": "rubbish"}, 400, error("invalid_input", "access token")),
    Row("… or the reverse", CHAT, {"user": "{user}", "prompt": "x", "conversation_id": "{id}", "access_token": "{token}"}, 409, error("access_token_not_expected")),
]  # fmt: skip
RECALLING = [
    Row("all titles by id", RECALL, {"user": "{user}"}, told=lambda said: all(list(each) == ["title"] for each in said.values())),
    Row("one, oldest first", RECALL, {"user": "{user}", "conversation_id": "{id}"}, told=lambda said: list(said) == ["conversation_id", "conversation_title", "messages"] and [entry["prompt"] for each in said["messages"] for entry in each.values()] == ["one", "two"]),
    Row("messages by the ids that chat gave them", RECALL, {"user": "{user}", "conversation_id": "{id}"}, told=lambda said: all(len(id) == 36 for each in said["messages"] for id in each)),
    Row("client, with its user's key", RECALL, {"client": "{client}", "user": "{user}", "conversation_id": "{id}"}),
    Row("client, with its user's id", RECALL, {"client": "{client}", "user_id": "uma-7", "conversation_id": "{id}"}),
    Row("a stranger's titles", RECALL, {"user": "{stranger}"}, told=lambda said: said == {}),
    Row("a stranger", RECALL, {"user": "{stranger}", "conversation_id": "{id}"}, 404, error("not_found")),
    Row("nobody", RECALL, {}, 401, error("not_authenticated")),
]  # fmt: skip
SIGNING_IN = [
    Row("e-mail and password in, access token out", TOKEN, {"user": "{user}", "email": FREE[0], "password": "correct horse"}, told=lambda said: list(said) == ["Access Token"]),
    Row("a wrong one", TOKEN, {"user": "{user}", "email": FREE[0], "password": "x"}, 401, lambda said: said == {"Error": "Wrong email or password provided"}),
    Row("without a user", TOKEN, {"email": "e@example.org", "password": "p"}, 401, lambda said: said == {"Error": "Please provide a valid user."}),
    Row("without an e-mail", TOKEN, {"user": "{user}", "password": "p"}, 400, lambda said: said == {"Error": "Please provide a valid email."}),
    Row("without a password", TOKEN, {"user": "{user}", "email": "e@example.org"}, 400, lambda said: said == {"Error": "Please provide a valid password."}),
]  # fmt: skip
ADDING = [
    Row("admin: a user's key", ADD, {"admin": "{admin}", "userid": "a-{way}", "username": "A"}, told=lambda said: list(said) == ["status", "message", "api_key"] and said["message"] == "User added", keeps=("added", "api_key")),
    Row("the key serves", CHAT, {"user": "{added}", "prompt": "x"}, told=lambda said: said["api_user"] == "A"),
    Row("an existing userid", ADD, {"admin": "{admin}", "userid": "a-{way}", "username": "A"}, 422, error("already_exists")),
    Row("an existing userid, of a client's user", ADD, {"admin": "{admin}", "userid": "uma-7", "username": "A"}, 422, error("already_exists")),
    Row("client: a user's key", ADD, {"client": "{client}", "userid": "a-{way}", "username": "B"}),
    Row("is_client by an admin", ADD, {"admin": "{admin}", "userid": "c-{way}", "username": "C", "is_client": "true", "plus": "true"}, keeps=("bot", "api_key")),
    Row("plus by a client that has it", ADD, {"client": "{bot}", "userid": "d", "username": "D", "plus": "true"}),
    Row("is_client by a client", ADD, {"client": "{client}", "userid": "e", "username": "E", "is_client": "true"}, 403, error("not_allowed")),
    Row("by a user", ADD, {"client": "{user}", "userid": "f", "username": "F"}, 403, error("not_allowed")),
    Row("without a userid", ADD, {"admin": "{admin}", "username": "G"}, 400, error("invalid_input", "`userid`")),
    Row("without a username", ADD, {"admin": "{admin}", "userid": "g"}, 400, error("invalid_input", "`username`")),
    Row("by nobody", ADD, {"userid": "h", "username": "H"}, 401, error("not_authenticated")),
]  # fmt: skip
MAY_REMOVE: list[dict[str, object]] = [
    {"user": "{user}"},
    {"client": "{client}", "user_id": "uma-7"},
    {"client": "{client}", "user": "{user}"},
    {"admin": "{admin}", "user": "{user}"},
    {"admin": "{admin}", "user_id": "uma-7"},
]
MAY_NOT: list[tuple[dict[str, object], int, str]] = [
    ({"user": "{stranger}"}, 404, "not_found"),
    ({"client": "{client}", "user": "{stranger}"}, 404, "not_found"),
    ({"client": "{client}", "user_id": "nobody"}, 404, "not_found"),
    ({"client": "{stranger}", "user_id": "uma-7"}, 403, "not_allowed"),
    ({"client": "{stranger}", "user": "{user}"}, 404, "not_found"),
    ({"admin": "{stranger}", "user": "{user}"}, 404, "not_found"),
    ({"admin": "{client}", "user_id": "nobody"}, 404, "not_found"),
    ({"admin": "{admin}", "user": "{stranger}"}, 404, "not_found"),
    ({"admin": "{admin}", "user_id": "nobody"}, 404, "not_found"),
    ({"admin": "{admin}", "user_id": "other"}, 404, "not_found"),
    ({"client": "{client}"}, 400, "invalid_input"),
    ({"admin": "{admin}"}, 400, "invalid_input"),
    ({}, 401, "not_authenticated"),
]
REMOVING = [
    *(Row(f"not by {who}", REMOVE, who | {"conversation_id": "{id}"}, status, error(code)) for who, status, code in MAY_NOT),
    Row("without an id", REMOVE, {"user": "{user}"}, 400, error("invalid_input", "`conversation_id`")),
    *(
        row
        for who in MAY_REMOVE
        for row in (
            Row("…", CHAT, {"user": "{user}", "prompt": "x"}, keeps=("gone", "conversation_id")),
            Row(f"by {who}", REMOVE, who | {"conversation_id": "{gone}"}, told=lambda said: list(said) == ["status", "message"] and said["status"] == "success"),
            Row("gone", RECALL, {"user": "{user}", "conversation_id": "{gone}"}, 404, error("not_found")),
            Row("gone for good", REMOVE, who | {"conversation_id": "{gone}"}, 404, error("not_found")),
        )
    ),
]  # fmt: skip


@pytest_asyncio.fixture
async def server(tmp_path: Path, fake: RehearsalServer) -> AsyncIterator[Running]:
    own = {
        "base_url": fake.base_url,
        "login_url": fake.login_url,
        "auth_url": fake.auth_url,
        "model": "small",
        "plus_model": "large",
    }
    async with serving(tmp_path, chatgpt_accounts(fake), fake=fake, own_accounts=own) as running:
        yield running


async def asked(http: httpx.AsyncClient, way: str, path: str, sent: Mapping[str, object]) -> httpx.Response:
    words = {name: str(value).lower() if isinstance(value, bool) else value for name, value in sent.items()}
    if way == "get":
        return await http.get(path, params=words)  # type: ignore[arg-type]
    return await http.post(path, json=sent) if way == "json" else await http.post(path, data=words)


@pytest.mark.parametrize("way", WAYS)
async def test_the_page_holds_sentence_by_sentence(
    server: Running, cast: Cast, fake: RehearsalServer, way: str
) -> None:
    known = {name: getattr(cast, name) for name in ("admin", "client", "user", "plus", "stranger")}
    known |= {"way": way, "token": fake.issue_token(FREE[1])}
    await server.key_of(cast.client, "other", external_id="other")
    wrong = []
    async with server.client() as http:
        for row in (*CHATTING, *REFUSING, *RECALLING, *SIGNING_IN, *ADDING, *REMOVING):
            if way not in row.ways:
                continue
            sent = {name: say.format(**known) if isinstance(say, str) else say for name, say in row.sent.items()}
            before = len(fake.requests)
            answer = await asked(http, way, row.path, sent)
            is_json = answer.headers["content-type"] == "application/json; charset=utf-8"
            body: Any = answer.json() if is_json else answer.text
            if answer.status_code != row.status or (row.told is not None and not row.told(body)):
                wrong.append(f"{row.says}: {answer.status_code} {answer.text[:300]}")
            sent_on = [seen for seen in fake.requests[before:] if seen.endpoint == "chat"]
            prompts = [seen.account for seen in sent_on]
            if row in REFUSING and prompts:
                wrong.append(f"{row.says}: it was sent upstream")
            if row.served_by is not None and not set(prompts) <= set(row.served_by):
                wrong.append(f"{row.says}: {prompts} answered")
            if row.model is not None and [seen.model for seen in sent_on] != [row.model]:
                wrong.append(f"{row.says}: {sent_on} answered")
            if row.keeps is not None and answer.status_code == 200:
                known[row.keeps[0]] = body[row.keeps[1]]
            secret = way == "get" and bool(sent.keys() & {"user", "client", "admin", "access_token", "password"})
            if ("x-advice" in answer.headers) != secret:
                wrong.append(f"{row.says}: advice {answer.headers.get('x-advice')}")
    assert wrong == []


async def test_every_path_is_renamed_by_the_settings(tmp_path: Path, fake: RehearsalServer) -> None:
    names = ("chat", "recall", "access_token", "add_user", "accounts", "sign_in", "session", "imports", "exports")
    calls = ("chat", "recall", "access_token", "add_user", "remove_conversation")
    paths = {name: f"/x/{name}" for name in names} | {f"api_{name}": f"/y/{name}" for name in calls}
    paths |= {"graphql": "/z/g", "graphql_stream": "/z/s", "v1": "/z/v1"}
    async with serving(tmp_path, chatgpt_accounts(fake), fake=fake, paths=paths) as server:
        key, admin = await server.key("uma"), await server.key("ada", "admin")
        async with server.client(key) as http:
            begun = await http.post("/y/chat", json={"prompt": "x"})
            id = begun.json()["conversation_id"]
            assert list((await http.get("/y/recall")).json()) == [id]
            assert "Error" in (await http.get("/y/access_token")).json()
            added = await http.post("/y/add_user", json={"admin": admin, "userid": "1", "username": "N"})
            assert added.status_code in (200, 403)
            assert (await http.post("/y/remove_conversation", json={"conversation_id": id})).status_code == 200
            assert (await http.get("/x/exports")).status_code == 200
            assert (await http.post("/z/g", json={"query": "{ viewer { name } }"})).json()["data"]
            assert (await http.get("/z/v1/models")).status_code == 200
            home = await http.get("/?access_token=t")
            assert (home.status_code, home.headers["location"]) == (307, "/x/chat?access_token=t")
            for page in ("chat", "recall", "access_token", "add_user", "accounts", "sign_in"):
                assert (await http.get(f"/x/{page}")).status_code in (200, 503)
            for old in (CHAT, RECALL, TOKEN, ADD, REMOVE, "/imports", "/exports", "/graphql", "/v1/models"):
                assert (await http.get(old, params={"prompt": "x"})).status_code == 404
