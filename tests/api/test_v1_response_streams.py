"""Streams of `/v1/responses`: typed events, coming back behind any of them, failures and leaving."""

import pytest

from backend.api.openai_response_answers import Events, Shown, response_id
from backend.domain.replies import Turn, Usage
from backend.gateway.paths import Slice
from backend.upstream.rehearsal import Fault
from tests.api.responses import CLOSING, OPENING, PATH, ended, events, text_of
from tests.api.test_v1_streaming import followers, until
from tests.driver import Cast, Running

TURN = Turn(1, 2, 1, "p", "", "writing", 3, None, "p", None, None, None, None, Usage(), 0, 0, None, None, 1, 1, None)


async def test_a_stream_opens_adds_text_and_closes(server: Running, cast: Cast) -> None:
    async with server.client(cast.stranger) as http:
        answer = await http.post(PATH, json={"input": "Hello", "stream": True})
        read = events(answer.text)
        kept = (await http.get(f"{PATH}/{read[0]['response']['id']}")).json()
    assert answer.headers["content-type"].startswith("text/event-stream")
    deltas = read[4:-4]
    assert [event["type"] for event in read] == OPENING + ["response.output_text.delta"] * len(deltas) + CLOSING
    assert len(deltas) > 20
    done, part, item, completed = read[-4:]
    assert text_of(read) == done["text"] == part["part"]["text"] == item["item"]["content"][0]["text"]
    assert completed["response"] == kept | {"background": False}
    assert (read[0]["response"]["status"], read[0]["response"]["output"]) == ("in_progress", [])


def test_each_piece_is_a_delta_of_its_own_and_numbered_by_its_characters() -> None:
    pieces = ['a"b', "line\nbreak", "\u2028 ü 🙂"]
    read = events(Events(Shown(TURN, None, None), -1).text(pieces, 1 + sum(map(len, pieces))).decode())
    assert [event["delta"] for event in read] == pieces
    assert [event["sequence_number"] for event in read] == [3 + 3, 3 + 13, 3 + 18]


async def test_who_comes_back_behind_any_event_gets_the_rest_once(server: Running, cast: Cast) -> None:
    async with server.client(cast.stranger) as http:
        whole = events((await http.post(PATH, json={"input": "Hello", "stream": True})).text)
        id = whole[0]["response"]["id"]
        for place in (0, 2, 3, 4, 11, len(whole) - 5, len(whole) - 4, len(whole) - 2, len(whole) - 1):
            after = whole[place]["sequence_number"]
            rest = events((await http.get(f"{PATH}/{id}?stream=true&starting_after={after}")).text)
            assert text_of(whole[: place + 1]) + text_of(rest) == text_of(whole)
            closing = [event for event in rest if event["type"] in CLOSING]
            whole[-1]["response"]["background"] = None  # which is known only where the response is created
            assert closing == [event for event in whole[place + 1 :] if event["type"] in CLOSING]


async def test_who_lost_a_stream_comes_back_while_it_is_written(server: Running, cast: Cast) -> None:
    assert server.fake is not None
    server.fake.script.next(Fault("stall", seconds=0.4, after=6))
    body = {"input": "Hello", "stream": True}
    first = ""
    async with server.client(cast.stranger) as http:
        async with http.stream("POST", PATH, json=body) as answer:
            async for chunk in answer.aiter_text():
                first += chunk
                if first.count("output_text.delta") > 2:
                    break
        before = events(first[: first.rindex("\n\n") + 2])
        after = before[-1]["sequence_number"]
        id = before[0]["response"]["id"]
        rest = events((await http.get(f"{PATH}/{id}?stream=true&starting_after={after}")).text)
        kept = await ended(http, id)
    assert text_of(before) + text_of(rest) == kept["output"][0]["content"][0]["text"]
    assert [event["type"] for event in rest[-4:]] == CLOSING


async def test_a_failure_is_the_last_event(server: Running, cast: Cast) -> None:
    assert server.fake is not None
    server.fake.script.next(Fault("cut", after=3), Fault("too-long"))
    async with server.client(cast.stranger) as http:
        cut = events((await http.post(PATH, json={"input": "x", "stream": True})).text)
        long = events((await http.post(PATH, json={"input": "x", "stream": True})).text)
    assert [each[-1]["type"] for each in (cut, long)] == ["response.failed"] * 2
    failed = cut[-1]["response"]
    assert (failed["status"], failed["error"]["type"]) == ("failed", "reply_cut_off")
    assert failed["output"][0]["content"][0]["text"] == text_of(cut) != ""
    assert long[-1]["response"]["error"]["code"] == "invalid_prompt"


async def test_a_cut_reply_ends_as_incomplete(server: Running, cast: Cast) -> None:
    async with server.client(cast.stranger) as http:
        read = events((await http.post(PATH, json={"input": "/rehearse max-tokens", "stream": True})).text)
    assert read[-1]["type"] == "response.incomplete"
    assert read[-1]["response"]["incomplete_details"] == {"reason": "max_output_tokens"}


@pytest.mark.parametrize("kind", ["replaced", "truncated"])
async def test_text_that_is_taken_back_is_not_passed_off_as_the_reply(server: Running, cast: Cast, kind: str) -> None:
    assert server.fake is not None
    server.fake.script.next(Fault(kind, after=3))  # type: ignore[arg-type]
    async with server.client(cast.stranger) as http:
        read = events((await http.post(PATH, json={"input": "x", "stream": True})).text)
        whole = await ended(http, read[0]["response"]["id"])
        again = events((await http.get(f"{PATH}/{whole['id']}?stream=true")).text)
    assert text_of(again) == whole["output"][0]["content"][0]["text"]
    if read[-1]["type"] == "response.completed":  # all of it came in one read, so nothing wrong was ever said
        assert text_of(read) == text_of(again)
    else:
        assert (read[-1]["type"], read[-1]["code"]) == ("error", "reply_rewritten")


async def test_who_leaves_in_mid_stream_is_let_go_and_the_reply_goes_on(server: Running, cast: Cast) -> None:
    assert server.fake is not None
    server.fake.script.next(Fault("hang-mid", after=3))
    body = {"input": "x", "stream": True}
    async with server.client(cast.stranger) as http:
        async with http.stream("POST", PATH, json=body) as answer:
            async for line in answer.aiter_lines():
                if line == "event: response.output_text.delta":
                    break
            await until(lambda: followers() == 1)
        await until(lambda: followers() == 0)
        caller = await server.house.identity.caller(cast.stranger)
        (conversation,) = (await server.house.gateway.conversations.page(caller)).items
        (turn,) = (await server.house.gateway.conversations.turns(caller, conversation, Slice())).items
        assert turn.state == "writing"
        assert (await http.post(f"{PATH}/{response_id(turn)}/cancel")).json()["status"] == "cancelled"


async def test_what_a_stranger_cannot_do(server: Running, cast: Cast) -> None:
    """A stream cannot be joined by whoever knows its response, not even while it is written."""
    assert server.fake is not None
    server.fake.script.next(Fault("stall", seconds=0.3, after=3))
    async with server.client(cast.user) as http, server.client(cast.stranger) as other:
        id = (await http.post(PATH, json={"input": "mine", "background": True})).json()["id"]
        assert (await other.get(f"{PATH}/{id}?stream=true&starting_after=0")).status_code == 404
        assert (await ended(http, id))["status"] == "completed"
