"""Words as the search knows them, and the excerpts of its hits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.words import Term, excerpt, found_in, terms_of, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Why TIDES?", {"why", "tides"}),
        ("café CAFE\u0301 Ｃａｆｅ", {"cafe"}),
        ("snake_case don't x2", {"snake", "case", "don", "t", "x2"}),
        ("Straße", {"strasse"}),
        ("潮汐表", {"潮汐", "汐表", "表"}),
        ("GPT模型", {"gpt", "模型", "型"}),
        ("--- \x00 \ud800 '\"*()", set()),
        ("x" * 100, {"x" * 64}),
    ],
)
def test_words_are_cut_without_regard_to_case_accents_and_width(text: str, words: set[str]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("why tid", (Term("why"), Term("tid", prefix=True))),
        ("why tid ", (Term("why"), Term("tid"))),
        ("why ti", (Term("why"), Term("ti"))),
        ("潮汐表", (Term("潮汐"), Term("汐表"))),
        ("潮", (Term("潮", prefix=True),)),
        ('"a" AND (b*', (Term("a"), Term("and"), Term("b"))),
        ("?!", ()),
    ],
)
def test_the_last_word_of_a_search_may_go_on(text: str, terms: tuple[Term, ...]) -> None:
    assert terms_of(text) == terms


@pytest.mark.parametrize(
    ("text", "search", "marked"),
    [
        ("Why do tides turn? Tidal", "tid", ["tides", "Tidal"]),
        ("Un CAFÉ noir", "cafe", ["CAFÉ"]),
        ("查看潮汐表吧", "潮汐表", ["潮汐表"]),
        ("查看潮", "潮", ["潮"]),
        ("word " * 100 + "needle\nand more" + " word" * 100, "needle more", ["needle", "more"]),
        ("nothing of it", "else", []),
    ],
)
def test_an_excerpt_shows_what_was_found(text: str, search: str, marked: list[str]) -> None:
    shown, marks = excerpt(text, terms_of(search))
    assert [shown[start:end] for start, end in marks] == marked
    assert len(shown) <= 162
    assert "\n" not in shown


@given(st.text(), st.text(max_size=30))
def test_an_excerpt_is_part_of_its_text_and_its_marks_are_in_it(text: str, search: str) -> None:
    terms = terms_of(search)
    shown, marks = excerpt(text, terms)
    assert all(0 <= start < end <= len(shown) for start, end in marks)
    assert marks == sorted(marks)
    assert 0 <= found_in(text, terms) <= len(terms)


@given(st.text(alphabet=st.characters(categories=["Ll", "Lu", "Nd", "Lo"]), min_size=1, max_size=40))
def test_a_text_is_found_by_itself(text: str) -> None:
    assert found_in(f"before {text} after", terms_of(text)) == len(terms_of(text))
