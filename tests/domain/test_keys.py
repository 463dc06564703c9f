from hypothesis import given
from hypothesis import strategies as st

from backend.domain.keys import ALPHABET, PREFIX, checksum, digest, mint, shown_prefix, well_formed


def test_a_minted_key_is_well_formed_and_never_the_same() -> None:
    keys = {mint() for _ in range(200)}
    assert len(keys) == 200
    assert all(well_formed(key) and key.startswith(PREFIX) for key in keys)


@given(st.integers(len(PREFIX), 47), st.sampled_from(ALPHABET))
def test_a_mistyped_character_is_told_without_a_look_up(place: int, typed: str) -> None:
    key = PREFIX + "A" * 38 + checksum("A" * 38)
    mistyped = key[:place] + typed + key[place + 1 :]
    assert well_formed(mistyped) == (mistyped == key)


def test_keys_of_the_old_server_have_any_form_but_not_any_length() -> None:
    assert well_formed("0f4bd-old key")
    assert not well_formed("")
    assert not well_formed("x" * 513)


def test_the_shown_prefix_holds_nothing_of_the_secret_part() -> None:
    key = mint()
    assert shown_prefix(key) == key[:12]
    assert (shown_prefix("legacy-key-0001"), shown_prefix("legacy-key-00001")) == ("leg…", "lega…")


@given(st.text(max_size=60))
def test_a_digest_depends_on_the_pepper(secret: str) -> None:
    assert digest(b"one", secret) != digest(b"two", secret)
    assert len(digest(b"one", secret)) == 32
