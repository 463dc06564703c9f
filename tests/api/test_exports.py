"""Conversations go out as a download, and what came out goes in again as it was."""

import json
from typing import Any

import pytest

from tests.api.graphql_client import chat, execute, follow_up
from tests.api.test_imports import conversations, sent
from tests.driver import Cast, Running
from tests.files_of_conversations import BEGUN, chatgpt, message, talk


async def exported(server: Running, key: str | None, **query: str) -> Any:
    async with server.client(key) as http:
        return await http.get("/exports", params=query)


async def whole(server: Running, key: str, form: str) -> Any:
    """The file without what is different in every export: when it was made."""
    answer = await exported(server, key, format=form)
    assert answer.status_code == 200
    file = answer.json()
    return {**file, "exportedAt": None} if isinstance(file, dict) else file


async def two_turns(server: Running, key: str) -> str:
    id: str = (await chat(server, key, "Why *tides*?"))["conversation"]["id"]
    await follow_up(server, key, id, "And \u2028 \U0001f30a?")
    return id


async def changed(server: Running, key: str, id: str, how: str) -> None:
    change = f'mutation {{ changeConversation(input: {{id: "{id}", {how}}}) {{ conversation {{ id }} }} }}'
    assert "errors" not in await execute(server, key, change)


async def test_our_own_json_goes_in_again_without_a_loss(server: Running, cast: Cast) -> None:
    await changed(server, cast.user, await two_turns(server, cast.user), 'tags: ["Sea", "À lire"], pinned: true')
    assert (await sent(server, cast.user, [talk("c-1")]))["report"]["conversations"] == 1
    async with server.client(cast.user) as http:
        model = {"model": "auto", "messages": [{"role": "system", "content": "Be brief."}]}
        model["messages"] += [{"role": "user", "content": "Hello"}]  # type: ignore[operator]
        assert (await http.post("/v1/chat/completions", json=model)).status_code == 200
    before = await whole(server, cast.user, "json")
    assert before["format"] == "chatgpt-api-server conversations 1"
    assert len(before["conversations"]) == 3
    assert [said["role"] for each in before["conversations"] for said in each["preamble"]] == ["system"]
    report = (await sent(server, cast.stranger, before))["report"]
    assert (report["conversations"], report["turns"], report["notTaken"], report["leftOut"]) == (3, 5, [], [])
    assert await whole(server, cast.stranger, "json") == before
    assert sorted(tag for each in before["conversations"] for tag in each["tags"]) == ["Sea", "À lire"]
    listed = await execute(
        server, cast.stranger, '{ conversations(first: 9, filter: {tag: "sea"}) { edges { node { pinned } } } }'
    )
    assert [edge["node"]["pinned"] for edge in listed["data"]["conversations"]["edges"]] == [True]
    again = (await sent(server, cast.user, before))["report"]
    assert (again["conversations"], again["known"]) == (0, 3)
    assert (await sent(server, cast.stranger, before))["report"]["known"] == 3


async def test_chatgpts_form_goes_in_again(server: Running, cast: Cast) -> None:
    id = await two_turns(server, cast.user)
    await changed(server, cast.user, id, "pinned: true, archived: true")
    await sent(
        server, cast.user, [talk("c-1"), chatgpt("c-2", message("user", "a"), message("user", "b", at=BEGUN + 1))]
    )
    before = await whole(server, cast.user, "chatgpt")
    assert {each["conversation_id"] for each in before} == {id, "c-1", "c-2"}
    for each in before:
        for name, node in each["mapping"].items():
            assert all(each["mapping"][child]["parent"] == name for child in node["children"])
        assert each["mapping"][each["current_node"]]["children"] == []
    report = (await sent(server, cast.stranger, before))["report"]
    assert (report["conversations"], report["turns"], report["notTaken"], report["leftOut"]) == (3, 6, [], [])
    theirs = (await whole(server, cast.stranger, "json"))["conversations"]
    kept = [(each["pinned"], each["archived"]) for each in theirs]
    assert sorted(kept) == [(False, False), (False, False), (True, True)]
    mine, others = await conversations(server, cast.user), await conversations(server, cast.stranger)
    assert [each | {"id": ""} for each in mine] == [each | {"id": ""} for each in others]


async def test_tags_that_nobody_could_have_given_are_left_where_they_are(server: Running, cast: Cast) -> None:
    turn = {"prompt": "Why?", "reply": "So.", "state": "finished"}
    written = {"id": "c-9", "title": "By hand", "tags": ["sea", "SEA", "", 7, "x" * 51, "  far  out "], "turns": [turn]}
    file = {"format": "chatgpt-api-server conversations 1", "conversations": [written]}
    assert (await sent(server, cast.user, file))["report"]["conversations"] == 1
    (taken,) = (await whole(server, cast.user, "json"))["conversations"]
    assert taken["tags"] == ["sea", "far out"]


async def test_branches_go_out_and_come_in_again(server: Running, cast: Cast) -> None:
    id = await two_turns(server, cast.user)
    turns = "query ($id: ID!) { conversation(id: $id) { turns { edges { node { id prompt versions { id } } } } } }"

    async def path(key: str, id: str) -> list[tuple[str, int]]:
        edges = (await execute(server, key, turns, id=id))["data"]["conversation"]["turns"]["edges"]
        return [(edge["node"]["prompt"], len(edge["node"]["versions"])) for edge in edges]

    edges = (await execute(server, cast.user, turns, id=id))["data"]["conversation"]["turns"]["edges"]
    again = "mutation ($id: ID!, $prompt: String) { askAgain(input: {turnId: $id, prompt: $prompt}) { turn { id } } }"
    for edge, prompt in ((edges[1], "edited"), (edges[0], "begun anew")):
        assert "errors" not in await execute(server, cast.user, again, id=edge["node"]["id"], prompt=prompt)
    assert await path(cast.user, id) == [("begun anew", 2)]
    for form, key in (("json", cast.stranger), ("chatgpt", cast.plus)):
        report = (await sent(server, key, await whole(server, cast.user, form)))["report"]
        assert (report["conversations"], report["turns"], report["leftOut"]) == (1, 4, [])
        assert await path(key, (await conversations(server, key))[0]["id"]) == [("begun anew", 2)]
    before = await whole(server, cast.user, "json")
    assert [turn["follows"] for turn in before["conversations"][0]["turns"]] == [None, None, 1, 0]
    assert await whole(server, cast.stranger, "json") == before
    text = (await exported(server, cast.user, format="markdown")).text
    assert "begun anew" in text
    assert "edited" not in text


async def test_markdown_is_for_people(server: Running, cast: Cast) -> None:
    await sent(server, cast.user, [chatgpt("c", message("user", "Why?"), message("assistant", "The *moon*."))])
    answer = await exported(server, cast.user, format="markdown")
    assert answer.headers["content-type"] == "text/markdown; charset=utf-8"
    assert answer.text.startswith("# Tides\n\n2023-11-14T22:13:20.250000+00:00\n\n")
    assert answer.text.endswith("## Prompt\n\nWhy?\n\n## Reply\n\nThe *moon*.\n\n")


async def test_one_conversation_has_its_title_for_a_name(server: Running, cast: Cast) -> None:
    title = '../../etc/Übung: "x"\r\nSet-Cookie: a=b'
    await sent(server, cast.user, [talk("c-1", title=title), talk("c-2")])
    answer = await exported(server, cast.user, conversation="c-1")
    assert [each["id"] for each in answer.json()["conversations"]] == ["c-1"]
    name = answer.headers["content-disposition"]
    assert name.startswith('attachment; filename="')
    assert "set-cookie" not in answer.headers
    assert not any(part in name for part in ("/", "\r", "\n", '"x"'))
    assert "filename*=UTF-8''" in name
    assert "%C3%9Cbung" in name
    everything = await exported(server, cast.user)
    assert everything.headers["content-disposition"].startswith('attachment; filename="conversations 20')
    assert everything.headers["cache-control"] == "no-store"


async def test_nothing_is_a_file_too(server: Running, cast: Cast) -> None:
    assert (await exported(server, cast.user)).json()["conversations"] == []
    assert (await exported(server, cast.user, format="chatgpt")).json() == []
    assert (await exported(server, cast.user, format="markdown")).text == ""
    refused = await exported(server, cast.user, format="pdf")
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid_input")


async def test_no_account_is_named_in_an_export(server: Running, cast: Cast) -> None:
    await two_turns(server, cast.user)
    for form in ("json", "chatgpt", "markdown"):
        text = (await exported(server, cast.user, format=form)).text
        assert not any(name in text for name in ("free-a", "free-b", "plus-a", "plus-b"))


async def test_what_is_removed_is_not_in_it(server: Running, cast: Cast) -> None:
    id = await two_turns(server, cast.user)
    await execute(server, cast.user, "mutation ($id: ID!) { removeConversation(input: {id: $id}) { id } }", id=id)
    assert (await exported(server, cast.user)).json()["conversations"] == []
    assert (await exported(server, cast.user, conversation=id)).status_code == 404


@pytest.mark.parametrize("form", ["json", "chatgpt", "markdown"])
async def test_what_a_stranger_cannot_do(server: Running, cast: Cast, form: str) -> None:
    id = (await chat(server, cast.user, "my secret"))["conversation"]["id"]
    mine = await exported(server, cast.stranger, format=form, conversation=id)
    none = await exported(server, cast.stranger, format=form, conversation="c0000000000000")
    assert (mine.status_code, mine.json()) == (404, none.json())
    for key in (cast.stranger, cast.plus, cast.client, cast.admin):
        assert "my secret" not in (await exported(server, key, format=form)).text
    assert (await exported(server, None, format=form)).status_code == 401
    assert (await exported(server, cast.client, format=form, conversation=id)).status_code == 200
    assert json.dumps(id)[1:-1] not in (await exported(server, cast.stranger, format=form)).text
