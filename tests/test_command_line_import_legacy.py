"""`import-legacy`: the old server's users, keys, conversations and settings, once and again."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from backend import cli
from backend.domain.access import Scope
from backend.gateway.legacy import OWN, UNCONFIGURED
from backend.settings import load_settings
from backend.upstream.rehearsal import RehearsalServer
from tests.api.graphql_client import execute
from tests.driver import FREE, Running, chatgpt_accounts, serving
from tests.test_command_line_verify import Capture, in_a_thread

ADMIN, CLIENT, UMA, ALONE = (f"old-{name}-0123456789abcdef" for name in ("admin", "client", "uma", "alone"))
GONE, SAID = "5a8f0a3e-6d6e-4f43-9c7e-0c7f4f3d2b10", "0b0e7f7c-51c5-4a5e-8f27-6c9d3f0a1e22"
USERS: dict[str, Any] = {
    "API_KEYS": {
        UMA: {"user_id": "77", "username": "Uma", "plus": False, "is_admin": False, "clients": ["bot"]},
        CLIENT: {"user_id": "bot", "username": "Bot", "plus": True, "is_client": True, "clients": ["self"]},
        ADMIN: {"user_id": "root", "username": "Root", "plus": True, "is_admin": True, "is_client": True},
        ALONE: {"user_id": 5, "username": "", "plus": True, "is_client": False, "clients": ["self"]},
    }
}


def messages(*ids: str) -> dict[str, Any]:
    return {
        id: {"prompt": f"prompt of {id}", "reply": f"reply of {id}", "origin_time": f"2023-03-04 05:06:0{place}.250000"}
        for place, id in enumerate(ids)
    }


def talk(title: str, account: str, *ids: str, kind: str = "builtin") -> dict[str, Any]:
    return {"title": title, "api_instance_type": kind, "api_instance": account, "messages": messages(*ids)}


async def imported(capsys: Capture, folder: Path, *words: str, **files: Any) -> tuple[object, list[str], str]:
    """Exit code (None: 0), lines of stdout, stderr.  Each file is JSON, or bytes as they are."""
    arguments: list[str] = []
    for name, value in files.items():
        path = folder / f"old-{name}.json"
        path.write_bytes(value if isinstance(value, bytes) else json.dumps(value).encode())
        arguments += [f"--{name.replace('_', '-')}", str(path)]
    settings = ("--settings", str(folder / "settings.yaml"))
    return await asyncio.to_thread(in_a_thread, capsys, "import-legacy", *arguments, *words, *settings)


async def test_old_keys_open_every_door_with_their_rights(server: Running, tmp_path: Path, capsys: Capture) -> None:
    code, lines, err = await imported(capsys, tmp_path, users=USERS)
    assert (code, err) == (None, "")
    assert lines == ["4 users and 4 keys were imported; 0 keys were here already."]
    async with server.client() as http:
        chat = await http.get("/api/chat", params={"user": UMA, "prompt": "Hello"})
        assert (chat.status_code, chat.json()["api_user"]) == (200, "Uma")
        bearer = {"Authorization": f"Bearer {UMA}"}
        assert (await http.get("/v1/models", headers=bearer)).status_code == 200
        assert (await http.post("/session", json={"key": UMA})).status_code == 204
        by_id = {"client": CLIENT, "user_id": "77", "username": "Uma", "user_id_plus": "false"}
        theirs = await http.post(
            "/api/chat", json=by_id | {"prompt": "x", "conversation_id": chat.json()["conversation_id"]}
        )
        assert theirs.json()["last_message_prompt"] == "Hello"
        added = {"userid": "new", "username": "New", "plus": "true"}
        assert (await http.post("/api/client/add-user", json={"client": CLIENT} | added)).status_code == 200
        assert (await http.post("/api/client/add-user", json={"client": UMA} | added)).status_code == 403
        maker = {"admin": ADMIN, "userid": "c", "username": "C", "is_client": True}
        assert (await http.post("/api/client/add-user", json=maker)).status_code == 200
        plus = await http.post("/api/chat", json={"user": ALONE, "prompt": "x", "plus": True})
        assert (plus.status_code, plus.json()["api_user"]) == (200, "5")
    viewer = (await execute(server, CLIENT, "{ viewer { name role } }"))["data"]["viewer"]
    assert viewer == {"name": "Bot", "role": "CLIENT"}


async def test_an_admin_means_an_old_user_by_its_id_and_makes_no_second_one(
    server: Running, tmp_path: Path, capsys: Capture
) -> None:
    await imported(capsys, tmp_path, users=USERS)
    async with server.client() as http:
        for user_id in ("77", "5", "bot"):
            twin = {"admin": ADMIN, "userid": user_id, "username": "Twin"}
            answer = await http.post("/api/client/add-user", json=twin)
            assert (answer.status_code, answer.json()["code"]) == (422, "already_exists")
        speaking = {"Authorization": f"Bearer {ADMIN}", "X-User-Id": "5"}
        begun = (await http.post("/api/chat", json={"prompt": "x"}, headers=speaking)).json()
        assert list((await http.get("/api/recall", params={"user": ALONE})).json()) == [begun["conversation_id"]]
        removal = {"admin": ADMIN, "user_id": "5", "conversation_id": begun["conversation_id"]}
        assert (await http.post("/api/remove-conversation", json=removal)).status_code == 200
        assert (await http.get("/api/recall", params={"user": ALONE})).json() == {}
        theirs = await http.post("/api/chat", json={"prompt": "x"}, headers=speaking | {"X-User-Id": "77"})
        assert (theirs.status_code, theirs.json()["code"]) == (422, "already_exists")


async def test_old_keys_are_nowhere_kept_in_clear(server: Running, tmp_path: Path, capsys: Capture) -> None:
    _, lines, _ = await imported(capsys, tmp_path, users=USERS)
    record = b"".join(path.read_bytes() for path in (tmp_path / "record.db", tmp_path / "record.db-wal"))
    for key in (ADMIN, CLIENT, UMA, ALONE):
        assert key.encode() not in record
        assert key not in "\n".join(lines)


async def test_a_second_import_changes_nothing_and_says_so(server: Running, tmp_path: Path, capsys: Capture) -> None:
    old = {"users": {"77": {"conversations": {"o-1": talk("Old", FREE[0], "m-1", "m-2")}}}}
    await imported(capsys, tmp_path, users=USERS, conversations=old)
    _, lines, _ = await imported(capsys, tmp_path, users=USERS, conversations=old)
    assert lines == [
        "0 users and 0 keys were imported; 4 keys were here already.",
        "0 conversations with 0 turns were imported.",
        "1 were here already and stay as they are.",
    ]


async def test_old_conversations_are_recalled_and_followed_up_on_their_account(
    server: Running, tmp_path: Path, capsys: Capture
) -> None:
    assert server.fake is not None
    async with server.client(await server.key("ada")) as http:
        begun = [(await http.post("/api/chat", json={"prompt": "x"})).json() for _ in range(2)]
    account = next(each.account for each in server.fake.requests if each.endpoint == "chat")
    assert account is not None
    rows = server.house.record.conversations
    first = (await rows.page(Scope("all", 0), 10))[-1]
    assert first.upstream_id is not None
    last = begun[0]["message"]["id"]
    old = {
        "users": {
            "77": {
                "username": "Uma",
                "conversations": {first.upstream_id: talk("Old", account.upper(), "m-1", last)},
            }
        }
    }
    code, lines, _ = await imported(capsys, tmp_path, "--time-zone", "Europe/Berlin", users=USERS, conversations=old)
    assert (code, lines[1:]) == (None, ["1 conversations with 2 turns were imported."])
    async with server.client(UMA) as http:
        assert (await http.get("/api/recall")).json() == {first.upstream_id: {"title": "Old"}}
        one = (await http.get("/api/recall", params={"conversation_id": first.upstream_id})).json()
        assert one["messages"] == [
            {id: {"prompt": f"prompt of {id}", "reply": f"reply of {id}"}} for id in ("m-1", last)
        ]
        answer = (await http.post("/api/chat", json={"prompt": "And?", "conversation_id": first.upstream_id})).json()
    assert (answer["conversation_id"], answer["last_message_reply"]) == (first.upstream_id, f"reply of {last}")
    sent = [each for each in server.fake.requests if each.endpoint == "chat"][-1]
    assert (sent.account, sent.conversation_id, sent.parent_message_id) == (account, first.upstream_id, last)
    query = (
        "{ conversations { edges { node { createdAt integrity { proven } turns { edges { node { createdAt } } } } } } }"
    )
    [edge] = (await execute(server, UMA, query))["data"]["conversations"]["edges"]
    assert edge["node"]["createdAt"].startswith("2023-03-04T04:06:00.25")
    assert edge["node"]["turns"]["edges"][1]["node"]["createdAt"].startswith("2023-03-04T04:06:01.25")
    assert edge["node"]["integrity"]["proven"] is False


async def test_a_conversation_without_its_account_is_read_and_pinned_once_it_is_there(
    tmp_path: Path, fake: RehearsalServer, capsys: Capture
) -> None:
    old = {
        "users": {
            "77": {
                "conversations": {
                    GONE: talk("Gone", FREE[1], SAID),
                    "o-2": talk("Own", "x@example.org", "m-2", kind="user"),
                }
            }
        }
    }
    some = chatgpt_accounts(fake)[:2]
    async with serving(tmp_path, some, fake=fake) as server:
        _, lines, _ = await imported(capsys, tmp_path, users=USERS, conversations=old)
        assert [line for line in lines if "left out" in line] == [
            f"1 left out: {OWN}",
            f"1 left out: {UNCONFIGURED}",
        ]
        async with server.client(UMA) as http:
            assert set((await http.get("/api/recall")).json()) == {GONE, "o-2"}
            refused = await http.post("/api/chat", json={"prompt": "x", "conversation_id": GONE})
        assert (refused.status_code, refused.json()["code"]) == (503, "account_unavailable")
        assert not [seen for seen in fake.requests if seen.endpoint == "chat"]
    async with serving(tmp_path, chatgpt_accounts(fake), fake=fake) as server:
        _, lines, _ = await imported(capsys, tmp_path, users=USERS, conversations=old)
        assert "1 of those can be followed up now that their account is configured." in lines
        async with server.client(UMA) as http:
            await http.post("/api/chat", json={"prompt": "x", "conversation_id": GONE})
        [sent] = [seen for seen in fake.requests if seen.endpoint == "chat"]
        assert (sent.account, sent.conversation_id) == (FREE[1], GONE)


async def test_one_of_a_callers_own_account_goes_on_with_that_accounts_token_alone(
    tmp_path: Path, fake: RehearsalServer, capsys: Capture
) -> None:
    own = {"base_url": fake.base_url, "login_url": fake.login_url, "auth_url": fake.auth_url}
    right, wrong = fake.issue_token(FREE[0]), fake.issue_token(FREE[1])
    async with serving(tmp_path, chatgpt_accounts(fake), fake=fake, own_accounts=own) as server:
        async with server.client(await server.key("ada")) as http:
            last = (await http.post("/api/chat", json={"prompt": "x", "access_token": right})).json()["message"]["id"]
        [there] = await server.house.record.conversations.page(Scope("all", 0), 10)
        assert there.upstream_id is not None
        talks = {there.upstream_id: talk("Own", "x@example.org", last, kind="user")}
        await imported(capsys, tmp_path, users=USERS, conversations={"users": {"77": {"conversations": talks}}})
        prompt = {"prompt": "And?", "conversation_id": there.upstream_id}
        async with server.client(UMA) as http:
            refused = await http.post("/api/chat", json=prompt)
            assert (refused.status_code, refused.json()["code"]) == (409, "access_token_required")
            lost = await http.post("/api/chat", json=prompt | {"access_token": wrong})
            assert lost.json()["code"] == "upstream_conversation_lost"
            went_on = await http.post("/api/chat", json=prompt | {"access_token": right})
            assert (went_on.status_code, went_on.json()["conversation_id"]) == (200, there.upstream_id)
            others = await http.post("/api/chat", json=prompt | {"access_token": wrong})
            assert (others.status_code, others.json()["code"]) == (503, "account_unavailable")
        chats = [each for each in fake.requests if each.endpoint == "chat"]
        assert [(each.account, each.conversation_id, each.parent_message_id) for each in chats[1:]] == [
            (account, there.upstream_id, last) for account in (FREE[1], FREE[0])
        ]


async def test_bad_records_are_told_and_lose_nobody_else(server: Running, tmp_path: Path, capsys: Capture) -> None:
    odd: dict[str, Any] = {
        "API_KEYS": USERS["API_KEYS"]
        | {
            "": {"user_id": "blank"},
            "cas_looks-like-ours": {"user_id": "ours"},
            "a-key-without-a-user-0123": {},
            "not even an object 012345": 7,
            "short": {"user_id": "s"},
            "a-second-key-of-uma-012345": {"user_id": "77", "username": "Uma", "is_admin": True, "clients": ["bot"]},
            "a-third-key-of-uma-0123456": USERS["API_KEYS"][UMA],
            "a-child-with-more-than-its-owner": {"user_id": "p", "plus": True, "clients": ["poor", "bot"]},
            "a-client-without-plus-01234": {"user_id": "poor", "is_client": True, "clients": ["root"]},
            "a-child-of-nobody-012345678": {"user_id": "n", "clients": ["gone"]},
        }
    }
    conversations = {
        "users": {
            "77": {"conversations": {"o-1": talk("Fine", FREE[0], "m"), "o-2": {"title": "Bad"}, "o-3": 5}},
            "nobody": {"conversations": {"o-4": talk("Lost", FREE[0], "m")}},
            "5": "nothing",
            "root": {"conversations": {"o-5": talk("Empty", FREE[0]), "o-6": talk("Fine too", FREE[0], "m")}},
        }
    }
    code, lines, _ = await imported(capsys, tmp_path, users=odd, conversations=conversations)
    assert code is None
    told = "\n".join(lines)
    assert "8 users and 9 keys were imported" in told
    assert "1: not taken: an earlier entry gives the same user_id other rights: 77" in told
    assert "1: without Plus, since their client has none: p" in told
    assert "1: of several clients the first is the owner; the others do not see them: p" in told
    assert "1: without an owner: their clients are not here, or may not own them: n" in told
    assert "1: their keys are short enough to be guessed; issue new ones: s" in told
    assert told.count("entry ") == 5
    assert "2 conversations with 2 turns were imported." in told
    assert "    nobody / o-4" in lines
    assert "2 not taken. It is not a conversation in the form of its file." in told
    assert not any(key in told for key in odd["API_KEYS"] if len(key) > 5)
    async with server.client() as http:
        assert (await http.get("/api/recall", params={"user": "a-second-key-of-uma-012345"})).status_code == 401
        mine = await http.get("/api/recall", params={"user": "a-third-key-of-uma-0123456"})
    assert list(mine.json()) == ["o-1"]


async def test_settings_become_a_sound_file_that_says_what_was_left(tmp_path: Path, capsys: Capture) -> None:
    proxy = "socks5://127.0.0.1:1080"
    old = {
        "openai": {
            "instances": [
                {"email": "a@example.org", "password": "${x}: 1", "plus": True, "proxy": proxy},
                {"email": "a@example.com", "password": "p", "plus": False, "proxy": "default"},
                {"email": "b@example.com", "password": "p", "proxy": "gopher://x"},
                {"email": "c@example.com"},
            ],
            "access_token_refresh_interval": 3600,
            "base_url": "https://mirror.example.org/api",
            "endpoints": {"conversation": "/conversation", "gen_title": "/conversation/gen_title"},
        },
        "api_server": {
            "host": "192.0.2.7",
            "port": 5001,
            "default_proxy": "socks5://127.0.0.1:1081",
            "webui_language": "zh",
            "local_or_wan": "local",
            "endpoints": {
                "browser": {"chat": {"url": "/talk"}, "recall": {"url": "/recall"}},
                "api": {"chat": {"url": "/v2/chat"}, "add_user": {"url": "/v2/add"}, "fly": {"url": "/fly"}},
            },
        },
    }
    code, lines, err = await imported(capsys, tmp_path, "--write", str(tmp_path / "new.yaml"), settings_json=old)
    assert (code, len(lines)) == (None, 1)
    assert (tmp_path / "new.yaml").stat().st_mode & 0o777 == 0o600
    made = load_settings(tmp_path / "new.yaml", {})
    assert [(each.name, each.plus, made.proxy_of(each)) for each in made.accounts] == [
        ("a", True, proxy),
        ("a-2", False, "socks5://127.0.0.1:1081"),
    ]
    first: Any = made.accounts[0]
    assert (first.password.get_secret_value(), first.base_url) == ("${x}: 1", "https://mirror.example.org/api")
    assert (made.host, made.port, made.reach) == ("192.0.2.7", 5001, "lan")
    assert (made.paths.chat, made.paths.api_chat, made.paths.api_add_user) == ("/talk", "/v2/chat", "/v2/add")
    for word in (
        "account b: proxy must begin",
        "Account 4",
        "access_token_refresh_interval",
        "webui_language",
        "api.fly",
    ):
        assert word in err
    code, _, _ = await imported(capsys, tmp_path, "--write", str(tmp_path / "new.yaml"), settings_json=old)
    assert code == f"{tmp_path / 'new.yaml'} is there already, and stays as it is. Name a new file."
    _, lines, _ = await imported(capsys, tmp_path, settings_json=old)
    assert yaml.safe_load("\n".join(lines))["port"] == 5001


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({}, "Say what to import"),
        ({"users": {"users": {}}}, "This is not the old server's users.json"),
        ({"conversations": USERS}, "users.json"),
        ({"conversations": b"{}"}, "no file of conversations"),
        ({"conversations": [{"mapping": {}}]}, "This is not the old server's conversations.json"),
        ({"settings_json": {"a": 1}}, "This is not the old server's settings.json"),
        ({"users": b"{"}, "is not JSON"),
    ],
)
async def test_another_file_is_refused_in_a_sentence(
    server: Running, tmp_path: Path, capsys: Capture, files: dict[str, Any], sentence: str
) -> None:
    code, lines, _ = await imported(capsys, tmp_path, **files)
    assert sentence in str(code)
    assert lines == []


async def test_what_a_stranger_cannot_do(server: Running, tmp_path: Path, capsys: Capture) -> None:
    old = {"users": {"77": {"conversations": {"o-1": talk("Old", FREE[0], "m-1")}}}}
    await imported(capsys, tmp_path, users=USERS, conversations=old)
    async with server.client() as http:
        for key in (ALONE, await server.key("sam"), "old-uma-0123456789abcdeX", UMA[:-1]):
            answer = await http.get("/api/recall", params={"user": key, "conversation_id": "o-1"})
            assert answer.status_code in (401, 404)
        for key in (UMA, CLIENT, ADMIN):
            assert (await http.get("/api/recall", params={"user": key, "conversation_id": "o-1"})).status_code == 200


def test_the_command_is_shown() -> None:
    assert cli.parser_of_commands().parse_args(["import-legacy", "--users", "x"]).users == Path("x")
