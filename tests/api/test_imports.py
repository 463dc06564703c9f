"""A file of conversations goes in as the body of one POST, and lines of JSON say how far it is and what came of it."""

import asyncio
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from backend.upstream.rehearsal import RehearsalServer
from tests.api.graphql_client import execute
from tests.driver import Cast, Running, chatgpt_accounts, serving
from tests.files_of_conversations import archive, chatgpt, message, talk

LIST = """{ conversations(first: 50) { edges { node {
  id title createdAt updatedAt turns { edges { node { prompt reply } } } } } } }"""


async def sent(server: Running, key: str | None, body: bytes | object, **headers: str) -> Any:
    """The last line of the answer; of a refusal its body."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    async with server.client(key) as http:
        answer = await http.post("/imports", content=content, headers=headers)
    if answer.status_code != 200:
        return answer.status_code, answer.json()
    assert answer.headers["content-type"] == "application/x-ndjson; charset=utf-8"
    *progress, last = [json.loads(line) for line in answer.text.splitlines()]
    done = [line["done"] for line in progress]
    assert done == sorted(done)
    assert all(line["total"] >= line["done"] for line in progress)
    return last


async def conversations(server: Running, key: str) -> list[dict[str, Any]]:
    edges = (await execute(server, key, LIST))["data"]["conversations"]["edges"]
    return [edge["node"] for edge in edges]


async def test_chatgpts_file_becomes_conversations_that_are_read_and_searched_for(server: Running, cast: Cast) -> None:
    report = (await sent(server, cast.user, [talk("c-1"), talk("c-2", title="Moons")]))["report"]
    assert report == {"conversations": 2, "turns": 4, "known": 0, "notTaken": [], "leftOut": []}
    found = await conversations(server, cast.user)
    assert {each["title"] for each in found} == {"Tides", "Moons"}
    [first, second] = found[0]["turns"]["edges"]
    assert first["node"]["prompt"].startswith("user 0 of c-")
    assert second["node"]["reply"].startswith("assistant 1 of c-")
    async with server.client(cast.user) as http:
        recalled = (await http.post("/api/recall", json={"conversation_id": "c-1"})).json()
    assert (recalled["conversation_id"], recalled["conversation_title"]) == ("c-1", "Tides")


async def test_a_second_import_changes_nothing_and_says_so(server: Running, cast: Cast) -> None:
    whole = [talk("c-1"), talk("c-2")]
    await sent(server, cast.user, whole)
    before = await conversations(server, cast.user)
    again = (await sent(server, cast.user, whole))["report"]
    assert (again["conversations"], again["known"], again["notTaken"]) == (0, 2, [])
    longer = (await sent(server, cast.user, [talk("c-1", turns=3)]))["report"]
    assert [(entry["code"], entry["count"]) for entry in longer["notTaken"]] == [("longer_now", 1)]
    assert await conversations(server, cast.user) == before
    assert (await sent(server, cast.plus, whole))["report"]["conversations"] == 2


async def test_one_bad_record_does_not_lose_the_others(server: Running, cast: Cast) -> None:
    whole = [talk("c-1"), {"title": "Odd"}, None, chatgpt("c-2", message("system", "x")), talk("c-3")]
    report = (await sent(server, cast.user, whole))["report"]
    assert report["conversations"] == 2
    told = {entry["code"]: (entry["count"], entry["examples"]) for entry in report["notTaken"]}
    assert told["not_a_conversation"][0] == 2
    assert "Odd" in told["not_a_conversation"][1]
    assert told["nothing_said"] == (1, ["Tides"])


async def test_a_file_that_breaks_off_keeps_what_came_before(server: Running, cast: Cast) -> None:
    body = json.dumps([talk("c-1"), talk("c-2")]).encode()
    report = (await sent(server, cast.user, body[:-200]))["report"]
    assert (report["conversations"], [entry["code"] for entry in report["notTaken"]]) == (1, ["broken_file"])


async def test_the_archive_as_it_was_downloaded_and_the_form_of_many_files(server: Running, cast: Cast) -> None:
    one = archive(conversations__json=[talk("c-1")], chat__html=b"<html>", user__json={"id": 1})
    assert (await sent(server, cast.user, one))["report"]["conversations"] == 1
    parts = {f"export/conversations-00{place}__json": [talk(f"p-{place}")] for place in range(3)}
    assert (await sent(server, cast.user, archive(**parts)))["report"]["conversations"] == 3
    half = archive(**parts | {"conversations-001__json": b"[" + json.dumps(talk("q")).encode()})
    report = (await sent(server, cast.user, half))["report"]
    assert (report["conversations"], report["known"]) == (1, 3)
    assert report["notTaken"][0]["examples"] == ["conversations-001.json"]


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file, file.open("conversations.json", "w") as entry:
        for _ in range(40):
            entry.write(b" " * (1 << 20))
    return packed.getvalue()


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "The body is empty"),
        (b"hello", "no file of conversations"),
        (b'"text"', "no file of conversations"),
        (b'{"a": {"b": 1}}', "no file of conversations"),
        (b'{"API_KEYS": {}}', "users.json"),
        (b"PK\x03\x04 and no more", "archive is damaged"),
        (archive(readme__txt=b"x"), "no conversations.json in the archive"),
        (bomb(), "far too large for its size"),
        (archive(conversations__json=[talk("c")])[:-300], "archive is damaged"),
    ],
    ids=["empty", "text", "string", "object", "users", "cut", "other-archive", "bomb", "cut-archive"],
)
async def test_what_is_no_file_of_conversations_is_refused(
    server: Running, cast: Cast, body: bytes, sentence: str
) -> None:
    status, answer = await sent(server, cast.user, body)
    assert (status, answer["code"]) == (400, "invalid_input")
    assert sentence in answer["message"]
    assert await conversations(server, cast.user) == []


async def test_records_that_would_fill_the_memory_are_skipped(
    server: Running, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backend.gateway.import_files.MOST_EVENTS", 500)
    deep: Any = []
    for _ in range(300):
        deep = [deep]
    whole = [talk("c-1"), {"mapping": [{}] * 1000}, {"mapping": deep}, talk("c-2")]
    report = (await sent(server, cast.user, whole))["report"]
    assert (report["conversations"], report["notTaken"][0]["code"], report["notTaken"][0]["count"]) == (
        2,
        "too_long",
        2,
    )
    monkeypatch.setattr("backend.gateway.import_files.MOST_QUIET", 200_000)
    endless = json.dumps([talk("c-3"), "x" * 1_000_000]).encode()
    report = (await sent(server, cast.user, endless))["report"]
    assert (report["conversations"], report["notTaken"][0]["code"]) == (1, "broken_file")


async def test_a_size_of_its_own_bounds_the_file_alone(tmp_path: Path, fake: RehearsalServer) -> None:
    limits = {"request_body": 4096, "import_file": 20_000}
    async with serving(tmp_path, chatgpt_accounts(fake), fake=fake, limits=limits, paths={"imports": "/in"}) as server:
        key = await server.key("uma")
        small, large = json.dumps([talk("c-1", turns=8)]).encode(), json.dumps([talk("c-2", turns=80)]).encode()
        assert 4096 < len(small) < 20_000 < len(large)
        async with server.client(key) as http:
            assert (await http.post("/in", content=small)).status_code == 200
            assert (await http.post("/in", content=large)).status_code == 413

            async def trickled() -> Any:
                for start in range(0, len(large), 1000):
                    yield large[start : start + 1000]

            assert (await http.post("/in", content=trickled())).status_code == 413
            assert (await http.post("/graphql", content=small)).status_code == 413


async def test_an_imported_conversation_is_continued_elsewhere_and_not_begun_anew(server: Running, cast: Cast) -> None:
    await sent(server, cast.user, [talk("c-1")])
    [only] = await conversations(server, cast.user)
    follow = 'mutation ($id: ID!) { followUp(input: {conversationId: $id, prompt: "And?"}) { turn { id } } }'
    [error] = (await execute(server, cast.user, follow, id=only["id"]))["errors"]
    assert (error["extensions"]["code"], error["extensions"]["action"]) == ("account_unavailable", "continue_elsewhere")
    assert "imported" in error["message"]
    assert server.fake is not None
    assert not [seen for seen in server.fake.requests if seen.endpoint == "chat"]
    elsewhere = (
        'mutation ($id: ID!) { continueElsewhere(input: {conversationId: $id, prompt: "And?"}) '
        "{ turn { reply } conversation { continues { id } } } }"
    )
    went_on = await execute(server, cast.user, elsewhere, id=only["id"])
    assert went_on["data"]["continueElsewhere"]["conversation"]["continues"]["id"] == only["id"]


async def test_one_import_of_a_user_at_a_time(server: Running, cast: Cast) -> None:
    holding = asyncio.Event()

    async def slow() -> Any:
        yield b"[" + json.dumps(talk("c-1")).encode()
        await holding.wait()
        yield b"]"

    async with server.client(cast.user) as http:
        first = asyncio.create_task(http.post("/imports", content=slow()))
        async with asyncio.timeout(10):
            while not server.house.gateway.imports._importing:  # noqa: ASYNC110  nothing else tells
                await asyncio.sleep(0.01)
        status, refused = await sent(server, cast.user, [talk("c-2")])
        assert (status, refused["code"]) == (429, "too_many_waiting")
        holding.set()
        assert (await first).status_code == 200
    assert (await sent(server, cast.user, [talk("c-2")]))["report"]["conversations"] == 1


async def test_the_next_file_may_come_as_soon_as_the_answer_has_ended(server: Running, cast: Cast) -> None:
    async with server.client(cast.user) as http:
        for number in range(40):
            answer = await http.post("/imports", content=json.dumps([talk(f"c-{number}")]).encode())
            assert answer.status_code == 200


async def test_what_a_stranger_cannot_do(server: Running, cast: Cast) -> None:
    assert (await sent(server, None, [talk("c-1")]))[0] == 401
    assert (await sent(server, "nobody", [talk("c-1")]))[0] == 401
    async with server.client() as http:
        await http.post("/session", json={"key": cast.user})
        body = json.dumps([talk("c-1")]).encode()
        elsewhere = {"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"}
        assert (await http.post("/imports", content=body, headers=elsewhere)).status_code == 403
        assert (await http.post("/imports", content=body)).status_code == 403
        assert (await http.post("/imports", content=body, headers={"Sec-Fetch-Site": "same-origin"})).status_code == 200
        assert (await http.get("/imports")).status_code in (404, 405)
    assert await conversations(server, cast.stranger) == []
    old = {
        "users": {
            "uma-7": {"conversations": {"o-1": {"messages": {"m": {"prompt": "mine", "reply": "yes"}}}}},
            "other": {"conversations": {"o-2": {"messages": {"m": {"prompt": "theirs", "reply": "yes"}}}}},
        }
    }
    report = (await sent(server, cast.user, old))["report"]
    assert (report["conversations"], report["notTaken"][0]["code"]) == (1, "not_yours")
    assert (await sent(server, cast.stranger, old))["report"]["conversations"] == 0
