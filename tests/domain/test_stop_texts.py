"""Where a text ends that is to stop before one of some sequences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.stop_texts import StopTexts


def by_letters(stops: list[str], text: str) -> str:
    """What is left where a text comes letter by letter and ends as soon as it ends with a sequence."""
    for end in range(1, len(text) + 1):
        if come := [stop for stop in stops if text[:end].endswith(stop)]:
            return text[: end - max(map(len, come))]
    return text


@given(
    st.lists(st.text("ab\n", min_size=1, max_size=4), min_size=1, max_size=4),
    st.lists(st.text("ab\n", min_size=1, max_size=6), max_size=12),
)
def test_it_ends_at_the_same_place_however_it_is_split(stops: list[str], pieces: list[str]) -> None:
    texts, shown, text = StopTexts(stops), "", ""
    for piece in pieces:
        text += piece
        shown += "".join(texts.passed([piece]))
        assert texts.hit == (by_letters(stops, text) != text)
        if not texts.hit:
            assert text.startswith(shown)
            held = text[len(shown) :]
            assert held == "" or any(stop.startswith(held) and stop != held for stop in stops)
    assert shown + texts.rest() == by_letters(stops, text)


def test_pieces_without_a_beginning_of_a_sequence_keep_their_bounds() -> None:
    assert StopTexts(["xyz"]).passed(["ab", "c", "de"]) == ["ab", "c", "de"]


@pytest.mark.parametrize(
    ("before", "anew", "shown"), [("a#", "#b", "#b"), ("a#", "b##c", "b"), ("a", "b#", "b"), ("#", "", "")]
)
def test_text_that_replaces_all_is_looked_at_anew(before: str, anew: str, shown: str) -> None:
    texts = StopTexts(["##"])
    texts.passed([before])
    assert texts.anew(anew) == shown
    assert texts.hit == ("##" in anew)


def test_what_a_stranger_cannot_do() -> None:
    """A sequence is a text and no pattern: it costs no more than to look for it."""
    texts = StopTexts(["(a+)+$"])
    assert texts.passed(["a" * 1000 + "!"]) == ["a" * 1000 + "!"]
    assert texts.passed(["(a+)+$"]) == []
    assert texts.hit
