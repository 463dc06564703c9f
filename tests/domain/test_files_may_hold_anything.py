"""Whatever a record of a file holds, it becomes a conversation or is refused with one of the known reasons."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.domain import chatgpt_files, legacy_files, own_files
from backend.domain.transfers import REASONS, ImportedConversation, Unreadable
from tests.files_of_conversations import talk

KEYS = """title id conversation_id mapping current_node create_time update_time message parent children author role
content content_type parts text metadata recipient user assistant root messages prompt reply origin_time turns state
createdAt usage error preamble api_instance api_instance_type""".split()
VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3) | st.sampled_from(KEYS)
ANYTHING = st.recursive(
    VALUES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)
OWN: dict[str, Any] = {"id": "c", "title": "t", "turns": [{"prompt": "p", "reply": "r", "usage": {}, "error": {}}]}
OLD: dict[str, Any] = {"title": "t", "messages": {"m": {"prompt": "p", "reply": "r"}}}
KINDS: dict[str, tuple[Callable[[object], ImportedConversation], dict[str, Any]]] = {
    "chatgpt": (chatgpt_files.conversation_of, talk("c", turns=1)),
    "export": (own_files.conversation_of, OWN),
    "legacy": (lambda record: legacy_files.conversation_of("c", record)[0], OLD),
}


def spoilt(record: Any, path: list[int], value: Any) -> Any:
    """The record with something else at one place."""
    if not path or not isinstance(record, dict | list) or len(record) == 0:
        return value
    if isinstance(record, list):
        place = path[0] % len(record)
        return [*record[:place], spoilt(record[place], path[1:], value), *record[place + 1 :]]
    key = list(record)[path[0] % len(record)]
    return record | {key: spoilt(record[key], path[1:], value)}


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=150, deadline=None)
@given(path=st.lists(st.integers(0, 9), max_size=7), value=ANYTHING)
def test_a_record_that_is_spoilt_anywhere(kind: str, path: list[int], value: Any) -> None:
    read, sound = KINDS[kind]
    try:
        found = read(spoilt(sound, path, value))
    except Unreadable as refusal:
        assert refusal.reason in REASONS  # noqa: PT017
    else:
        assert found.turns
        assert found.title
        assert {type(text) for turn in found.turns for text in (turn.prompt, turn.reply)} == {str}
        assert {type(at) for turn in found.turns for at in (turn.created_at, turn.ended_at)} == {int}
