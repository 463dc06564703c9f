from hypothesis import given
from hypothesis import strategies as st

from backend.domain.ids import CONVERSATION, TURN, IdSource, new_id, parse_id, show_id


@given(st.integers(0, (1 << 63) - 1))
def test_an_id_survives_the_way_out_and_back(number: int) -> None:
    assert parse_id(CONVERSATION, show_id(CONVERSATION, number)) == number


@given(st.text(max_size=20))
def test_no_text_makes_the_parser_fail(text: str) -> None:
    number = parse_id(TURN, text)
    assert number is None or show_id(TURN, number) == text


def test_an_id_of_another_kind_is_none_of_ours() -> None:
    assert parse_id(TURN, show_id(CONVERSATION, 7)) is None


def test_ids_of_one_source_never_repeat_and_always_grow() -> None:
    ids = IdSource(lambda: 1_800_000_000.0)
    given_out = [ids.next() for _ in range(10_000)]
    assert given_out == sorted(set(given_out))


def test_later_ids_sort_behind_earlier_ones_inside_and_outside() -> None:
    earlier, later = new_id(1_800_000_000.0), new_id(1_800_000_000.002)
    assert earlier < later
    assert show_id(TURN, earlier) < show_id(TURN, later)
