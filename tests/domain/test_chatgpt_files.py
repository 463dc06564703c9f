"""What is taken of a conversation in ChatGPT's own export, and what is told as left out."""

import pytest

from backend.domain.chatgpt_files import conversation_of
from backend.domain.transfers import Unreadable
from tests.files_of_conversations import BEGUN, chatgpt, message, talk


def test_prompts_and_replies_become_turns_with_their_times_and_models() -> None:
    found = conversation_of(talk("c-1", turns=2))
    assert (found.id, found.title) == ("c-1", "Tides")
    assert [(turn.prompt, turn.reply) for turn in found.turns] == [
        ("user 0 of c-1", "assistant 0 of c-1"),
        ("user 1 of c-1", "assistant 1 of c-1"),
    ]
    first = found.turns[0]
    assert (first.state, first.model, first.created_at) == ("finished", "gpt-4o", round(BEGUN * 1_000_000))
    assert (first.ended_at, found.updated_at) == (first.created_at + 1_000_000, round((BEGUN + 60) * 1_000_000))
    assert found.left_out == {}


def test_what_is_no_text_is_counted_by_kind() -> None:
    image = {"content_type": "image_asset_pointer", "asset_pointer": "file-service://f"}
    spoken = {"content_type": "audio_transcription", "text": "spoken"}
    found = conversation_of(
        chatgpt(
            "c",
            message("system", ""),
            message("user", "about me", kind="user_editable_context"),
            message("user", image, "what is this?", spoken, kind="multimodal_text"),
            message("assistant", "search()", kind="code", recipient="browser"),
            message("tool", "a page", kind="tether_browsing_display"),
            message("assistant", kind="thoughts"),
            message("assistant", "hidden", metadata={"is_visually_hidden_from_conversation": True}),
            message("assistant", "A cat."),
            message("assistant", "Or a dog."),
        )
    )
    [turn] = found.turns
    assert (turn.prompt, turn.reply) == ("what is this?\nspoken", "A cat.\n\nOr a dog.")
    assert found.left_out == {
        "custom instructions": 1,
        "images": 1,
        "prompts to tools": 1,
        "messages of tools": 1,
        "thoughts of a model": 1,
        "messages that ChatGPT hides": 1,
    }


def test_every_branch_is_taken_and_the_one_that_is_shown_comes_last() -> None:
    record = talk("c", turns=2)  # root, n1 (prompt), n2 (reply), n3 (prompt), n4 (reply)
    mapping = record["mapping"]

    def add(id: str, parent: str, role: str, text: str) -> None:
        mapping[id] = {"id": id, "message": message(role, text), "parent": parent, "children": []}
        mapping[parent]["children"].append(id)

    add("again", "n1", "assistant", "Another reply.")
    add("edited", "n2", "user", "Another prompt.")
    add("first", "root", "user", "Another beginning.")

    def shape(record: dict[str, object]) -> list[tuple[str, str, int | None]]:
        return [(turn.prompt, turn.reply, turn.follows) for turn in conversation_of(record).turns]

    assert shape(record) == [
        ("Another beginning.", "", None),
        ("user 0 of c", "Another reply.", 0),
        ("user 0 of c", "assistant 0 of c", 0),
        ("Another prompt.", "", None),
        ("user 1 of c", "assistant 1 of c", 3),
    ]
    assert shape(record | {"current_node": "again"})[-1] == ("user 0 of c", "Another reply.", 0)
    assert conversation_of(record).left_out == {}


def test_prompts_without_a_reply_stay_turns_of_their_own() -> None:
    found = conversation_of(chatgpt("c", message("user", "a"), message("user", "b"), message("assistant", "c")))
    assert [(turn.prompt, turn.reply, turn.state) for turn in found.turns] == [
        ("a", "", "stopped"),
        ("b", "c", "finished"),
    ]


def test_a_tree_that_runs_in_a_circle_ends() -> None:
    record = talk("c", turns=1)
    record["mapping"]["root"]["parent"] = "n2"
    assert len(conversation_of(record).turns) == 1


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (None, "not_a_conversation"),
        ([], "not_a_conversation"),
        ({"title": "x"}, "not_a_conversation"),
        ({"mapping": {"a": 1}}, "no_id"),
        (talk("c") | {"conversation_id": 5, "id": "\0"}, "no_id"),
        ({"mapping": {"a": 1, "b": {"message": []}}, "id": "c", "current_node": "b"}, "nothing_said"),
        (chatgpt("c", message("system", "be kind")), "nothing_said"),
    ],
)
def test_what_is_no_conversation_is_refused_with_the_reason(record: object, reason: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        conversation_of(record)
    assert refusal.value.reason == reason


@pytest.mark.parametrize("odd", [float("nan"), float("inf"), 1e300, True, "soon", None])
def test_times_that_are_none_are_made_up_from_their_neighbours(odd: object) -> None:
    record = talk("c", turns=1) | {"create_time": odd, "update_time": odd}
    record["mapping"]["n2"]["message"]["create_time"] = odd
    found = conversation_of(record)
    assert found.created_at == found.turns[0].ended_at == found.updated_at == round(BEGUN * 1_000_000)
