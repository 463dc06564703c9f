"""`/api/recall` as the legacy contract has it."""

import pytest

from tests.api.curl import asked, curl, needs_curl
from tests.driver import Cast, Running

pytestmark = needs_curl
WAYS = ("get", "json", "form")


async def talk(server: Running, key: str, *words: str) -> str:
    """A conversation with these prompts; its id."""
    id = ""
    for prompt in words:
        answer = await asked(server.url + "/api/chat", "json", user=key, prompt=prompt, conversation_id=id)
        id = answer.json["conversation_id"]
    return id


@pytest.mark.parametrize("way", WAYS)
async def test_titles_of_all_conversations_and_the_turns_of_one(server: Running, cast: Cast, way: str) -> None:
    url = server.url + "/api/recall"
    assert (await asked(url, way, user=cast.stranger)).json == {}
    first, second = await talk(server, cast.stranger, "one", "two"), await talk(server, cast.stranger, "three")
    everything = (await asked(url, way, user=cast.stranger)).json
    assert set(everything) == {first, second}
    assert all(list(entry) == ["title"] for entry in everything.values())
    one = (await asked(url, way, user=cast.stranger, conversation_id=first)).json
    assert list(one) == ["conversation_id", "conversation_title", "messages"]
    assert (one["conversation_id"], one["conversation_title"]) == (first, everything[first]["title"])
    entries = [entry for message in one["messages"] for entry in message.values()]
    assert [entry["prompt"] for entry in entries] == ["one", "two"]
    assert all("rehearsal upstream" in entry["reply"] for entry in entries)


async def test_long_lists_come_whole(server: Running, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.api.rest.LARGEST_PAGE", 2)
    monkeypatch.setattr("backend.api.rest.TURNS_AT_ONCE", 1)
    ids = [await talk(server, cast.stranger, f"talk {number}") for number in range(3)]
    long = await talk(server, cast.stranger, "a", "b", "c")
    everything = await curl(f"{server.url}/api/recall?user={cast.stranger}")
    assert list(everything.json) == [long, *reversed(ids)]
    assert "x-advice" in everything.headers
    one = await curl(f"{server.url}/api/recall?user={cast.stranger}&conversation_id={long}")
    assert [entry["prompt"] for message in one.json["messages"] for entry in message.values()] == ["a", "b", "c"]


@pytest.mark.parametrize("way", WAYS)
async def test_a_client_recalls_for_its_own_users(server: Running, cast: Cast, way: str) -> None:
    id, url = await talk(server, cast.user, "mine"), server.url + "/api/recall"
    assert list((await asked(url, way, client=cast.client, user=cast.user)).json) == [id]
    assert list((await asked(url, way, client=cast.client, user_id="uma-7")).json) == [id]
    assert (await asked(url, way, client=cast.client, user_id="uma-7", conversation_id=id)).status == 200
    assert (await asked(url, way, client=cast.client, user_id="nobody")).status == 404
    nameless = await asked(url, way, client=cast.client)
    assert (nameless.status, "`user_id`" in nameless.json["message"]) == (400, True)


async def test_what_a_stranger_cannot_do(server: Running, cast: Cast) -> None:
    id, url = await talk(server, cast.user, "mine"), server.url + "/api/recall"
    assert (await asked(url, "json", user=cast.stranger)).json == {}
    one = await asked(url, "json", user=cast.stranger, conversation_id=id)
    missing = await asked(url, "json", user=cast.stranger, conversation_id="no-such")
    assert (one.status, one.json) == (404, missing.json)
    assert (await asked(url, "json", client=cast.stranger, user=cast.user)).status == 404
    assert (await asked(url, "json", client=cast.stranger, user_id="uma-7")).status == 403
    assert (await asked(url, "json")).status == 401
