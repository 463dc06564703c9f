import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.upstream.rehearsal import RehearsalServer, plans
from backend.upstream.rehearsal.faults import MEANINGS

EMAILS = pytest.mark.parametrize("email", ["delta@example.org", "whole@example.org"])


@EMAILS
async def test_a_reply_is_streamed_whole_and_says_that_no_model_answered(
    rehearsal: Any, speaker: Any, email: str
) -> None:
    heard = await speaker.ask(email, "What is a pool, Zoë?")
    roles = [m["message"]["author"]["role"] for m in heard.messages]
    assert (heard.status, heard.headers["Content-Type"]) == (200, "text/event-stream; charset=utf-8")
    assert roles[:3] == ["user", "system", "assistant"]
    assert len(heard.replies) > 10
    texts = [r["content"]["parts"][0] for r in heard.replies]
    assert all(later.startswith(earlier) for earlier, later in pairwise(texts))
    assert {r["status"] for r in heard.replies[:-1]} == {"in_progress"}
    last = heard.replies[-1]
    assert (last["status"], last["end_turn"]) == ("finished_successfully", True)
    assert last["metadata"]["model_slug"] == ("rehearsal-plus" if email.startswith("whole") else "rehearsal")
    assert heard.body.endswith(b"data: [DONE]\n\n")
    assert "no model answered" in heard.text
    assert "> What is a pool, Zoë?" in heard.text
    assert rehearsal.conversations[heard.conversation_id].replies[-1].text == heard.text
    assert rehearsal.violations == []


async def test_deltas_leave_out_what_repeats_and_are_framed_by_marks(speaker: Any) -> None:
    heard = await speaker.ask("delta@example.org", "Hello")
    events = [(name, json.loads(data) if data != "[DONE]" else data) for name, data in heard.events]
    assert events[0] == ("delta_encoding", "v1")
    assert (events[1][1]["p"], events[1][1]["o"], events[1][1]["c"]) == ("", "add", 0)
    assert [sorted(event) for _, event in events[2:4]] == [["c", "v"]] * 2
    assert (events[4][1]["type"], events[4][1]["event"]) == ("message_marker", "first")
    assert (events[5][1]["p"], events[5][1]["o"]) == ("/message/content/parts/0", "append")
    assert all(list(event) == ["v"] for _, event in events[6:-4])
    assert events[-4][1]["o"] == "patch"
    assert [change["p"] for change in events[-4][1]["v"]] == [
        "/message/status",
        "/message/end_turn",
        "/message/metadata",
    ]
    assert events[-2][1] == {"type": "message_stream_complete", "conversation_id": heard.conversation_id}
    assert events[-1] == ("message", "[DONE]")


async def test_whole_messages_have_no_event_names_and_no_error(speaker: Any) -> None:
    heard = await speaker.ask("whole@example.org", "Hello")
    assert {name for name, _ in heard.events} == {"message"}
    assert all(m["error"] is None and m["conversation_id"] == heard.conversation_id for m in heard.messages)


@EMAILS
async def test_a_follow_up_is_counted_in_its_conversation(rehearsal: Any, speaker: Any, email: str) -> None:
    first = await speaker.ask(email, "One")
    second = await speaker.ask(email, "Two", first)
    other = await speaker.ask(email, "Elsewhere")
    assert [h.text.partition("number ")[2][0] for h in (first, second, other)] == ["1", "2", "1"]
    assert second.conversation_id == first.conversation_id != other.conversation_id
    assert [n.role for n in rehearsal.conversations[first.conversation_id].nodes] == ["user", "assistant"] * 2
    assert rehearsal.violations == []


async def test_replies_are_the_same_for_the_same_state(speaker: Any) -> None:
    assert (await speaker.ask("delta@example.org", "Hi")).text == (await speaker.ask("whole@example.org", "Hi")).text


@pytest.mark.parametrize(
    ("prompt", "taught"),
    [
        ("Hello", "| account |"),
        ("What is the capital of France?", "| account |"),
        ("How do I add a real account?", "```yaml\naccounts:"),
        ("call it by curl", "curl http://127.0.0.1:8000/graphql"),
        ("Who gets a key?", "keys issue --settings"),
        ("Where does a follow-up go?", "1. A *new* conversation"),
        ("/rehearse help", "| `/rehearse stall SECONDS` |"),
        ("/rehearse nonsense", "There is no `/rehearse nonsense`."),
        ("/rehearse limit 5\nno, rather\n/rehearse help", "## Things to rehearse"),
    ],
)
async def test_replies_teach_the_product(speaker: Any, prompt: str, taught: str) -> None:
    heard = await speaker.ask("delta@example.org", prompt)
    assert taught in heard.text
    assert "no model answered" in heard.text


async def test_the_help_names_every_fault_that_a_prompt_can_ask_for(speaker: Any) -> None:
    text = (await speaker.ask("delta@example.org", "/rehearse help")).text
    assert [kind for kind in MEANINGS if f"`/rehearse {kind}" not in text] == []


async def test_a_long_reply_has_the_words_asked_for(speaker: Any) -> None:
    text = (await speaker.ask("whole@example.org", "/rehearse long 2000")).text
    assert len(text.partition("## 2000 words\n\n")[2].split()) == 2000


async def test_a_title_comes_from_the_first_prompt(rehearsal: Any, speaker: Any) -> None:
    first = await speaker.ask("delta@example.org", "Where is\nthe library?")
    second = await speaker.ask("delta@example.org", "And when?", first)
    path = f"/conversation/gen_title/{first.conversation_id}"
    titled = await speaker.call("delta@example.org", "POST", path, json={"message_id": first.reply_id})
    wrong = await speaker.call("delta@example.org", "POST", path, json={"message_id": second.reply_id})
    assert (titled.status, titled.json) == (200, {"title": "Rehearsal: Where is the library?"})
    assert (wrong.status, len(rehearsal.violations)) == (400, 1)


@pytest.mark.parametrize(
    ("email", "slugs"),
    [("delta@example.org", ["rehearsal"]), ("whole@example.org", ["rehearsal", "rehearsal-plus"])],
)
async def test_models_depend_on_plus(speaker: Any, email: str, slugs: list[str]) -> None:
    models = (await speaker.call(email, "GET", "/models")).json["models"]
    assert [model["slug"] for model in models] == slugs
    assert all(isinstance(model["max_tokens"], int) and model["title"] for model in models)


async def test_requests_are_kept_for_assertions(rehearsal: RehearsalServer, speaker: Any) -> None:
    body = speaker.body("Hello", model="other")
    await speaker.send("delta@example.org", body)
    seen = rehearsal.requests[-1]
    assert (seen.endpoint, seen.account, seen.prompt, seen.model) == ("chat", "delta@example.org", "Hello", "other")
    assert (seen.message_id, seen.conversation_id) == (body["messages"][0]["id"], None)
    assert (seen.parent_message_id, seen.status) == (body["parent_message_id"], 200)
    assert seen.headers["accept-encoding"] == "identity"
    assert seen.peer_port > 0


@given(st.text(max_size=300), st.integers(1, 20))
def test_the_pieces_of_a_text_are_all_of_it(text: str, most: int) -> None:
    pieces = plans.pieces_of(text, most)
    assert "".join(pieces) == text
    assert len(pieces) <= most
