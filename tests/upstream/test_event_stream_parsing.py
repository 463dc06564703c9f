from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.errors import UpstreamBadAnswer
from backend.upstream.event_stream import EventStream, ServerEvent

STREAM = (
    b"\xef\xbb\xbfdata: one\n\n: comment\r\ndata:two\r\ndata: lines\r\n\r\nevent: named\rdata: {}\r\r"
    b"id: 7\nretry: 3\n\ndata\n\nevent: lost\n\ndata:  kept space\n\ndata: \xc3\xa4\xe2\x82\xac\n\n\n\ndata: [DONE]\n\n"
)
EVENTS: list[ServerEvent] = [
    (b"", b"one"),
    (b"", b"two\nlines"),
    (b"named", b"{}"),
    (b"", b""),
    (b"", b" kept space"),
    (b"", "ä€".encode()),
    (b"", b"[DONE]"),
]


def parsed(*chunks: bytes, **limits: int) -> list[ServerEvent]:
    stream = EventStream(**limits)
    return [event for chunk in chunks for event in stream.feed(chunk)] + stream.rest()


def test_events_are_read_by_the_rules() -> None:
    assert parsed(STREAM) == EVENTS


@given(st.lists(st.integers(0, len(STREAM)), max_size=20))
def test_it_does_not_matter_where_the_bytes_are_split(cuts: list[int]) -> None:
    places = [0, *sorted(cuts), len(STREAM)]
    assert parsed(*(STREAM[a:b] for a, b in pairwise(places))) == EVENTS


def test_one_byte_at_a_time_gives_the_same_events() -> None:
    assert parsed(*(STREAM[at : at + 1] for at in range(len(STREAM)))) == EVENTS


@given(
    st.lists(st.sampled_from([b"data: a", b"data", b"event: b", b":", b"x: y", b"", b"\r", b"\n", b"\r\n", b"\xff"]))
)
def test_no_split_of_any_stream_changes_it(parts: list[bytes]) -> None:
    stream = b"".join(parts)
    assert parsed(stream) == parsed(*(stream[at : at + 1] for at in range(len(stream))))


def test_an_event_without_its_last_blank_line_is_not_lost() -> None:
    assert parsed(b"data: a\n\ndata: [DONE]") == [(b"", b"a"), (b"", b"[DONE]")]
    assert parsed(b"data: a\n") == [(b"", b"a")]


@pytest.mark.parametrize("chunk", [b"data: " + b"x" * 200 + b"\n\n", b"data: " + b"x" * 200])
def test_a_line_may_not_be_too_long(chunk: bytes) -> None:
    with pytest.raises(UpstreamBadAnswer, match="larger"):
        parsed(chunk, largest_line=100)
    with pytest.raises(UpstreamBadAnswer, match="larger"):
        parsed(*(chunk[at : at + 7] for at in range(0, len(chunk), 7)), largest_line=100)


def test_an_event_of_many_lines_may_not_be_too_long() -> None:
    with pytest.raises(UpstreamBadAnswer, match="larger"):
        parsed(b"data: 123456789\n" * 20, largest_event=100)


def test_a_stream_of_many_events_is_not_one_long_event() -> None:
    assert len(parsed(b"data: 123456789\n\n" * 1000, largest_event=100)) == 1000


def test_a_long_line_may_come_in_very_many_reads() -> None:
    stream = EventStream()
    for _ in range(200_000):
        stream.feed(b"data: ")
    assert stream.feed(b"\n\n") == [(b"", (b"data: " * 200_000)[6:])]
