from hypothesis import given
from hypothesis import strategies as st

from backend.domain.conversations import TITLE_LENGTH, derive_title
from backend.domain.usage import usage_of


def test_a_title_is_the_first_line_of_words() -> None:
    assert derive_title("\n\n  # What is   a lease?\nAnd why?") == "What is a lease?"


def test_a_long_title_is_cut_at_a_word() -> None:
    title = derive_title("word " * 40)
    assert title.endswith("word…")


@given(st.text())
def test_every_prompt_has_a_title_that_fits(prompt: str) -> None:
    assert 0 < len(derive_title(prompt)) <= TITLE_LENGTH


def test_reported_tokens_are_kept_as_such() -> None:
    assert usage_of("a", "b", 3, 4, started=True).source == "reported"


def test_tokens_are_estimated_where_nothing_is_reported_and_unknown_where_nothing_was_asked() -> None:
    estimated = usage_of("12345678", "1234", None, None, started=True)
    assert (estimated.prompt_tokens, estimated.reply_tokens, estimated.source) == (2, 1, "estimated")
    unknown = usage_of("12345678", "", None, None, started=False)
    assert (unknown.prompt_tokens, unknown.reply_tokens, unknown.source) == (None, None, "unknown")
