import os
import stat
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from backend.errors import RecordUnusable
from backend.storage.sealing import Place, Sealing, load_master_secrets, place_of_secret
from tests.storage.kept import Kept

MASTER, OLDER = b"m" * 32, b"o" * 32
SECRET = b"eyJhbGciOi-the-access-token"


@pytest.fixture
def sealing() -> Any:
    return Sealing([MASTER])


def test_a_sealed_secret_opens_in_its_place(sealing: Sealing) -> None:
    place = place_of_secret(7, "tokens")
    sealed, key_id = sealing.seal("tokens", place, SECRET)
    assert SECRET not in sealed
    assert sealing.open("tokens", place, sealed, key_id) == SECRET


def test_the_same_secret_is_never_sealed_the_same_way_twice(sealing: Sealing) -> None:
    place = place_of_secret(7, "tokens")
    assert sealing.seal("tokens", place, SECRET)[0] != sealing.seal("tokens", place, SECRET)[0]


@pytest.mark.parametrize(
    ("purpose", "place"),
    [
        ("tokens", place_of_secret(8, "tokens")),
        ("tokens", Place("accounts", "7/tokens", "sealed")),
        ("tokens", Place("account_secrets", "7/tokens", "key_id")),
        ("tokens", Place("account_secrets7", "/tokens", "sealed")),
        ("password", place_of_secret(7, "tokens")),
    ],
)
def test_a_sealed_secret_moved_elsewhere_does_not_open(sealing: Sealing, purpose: str, place: Place) -> None:
    sealed, key_id = sealing.seal("tokens", place_of_secret(7, "tokens"), SECRET)
    with pytest.raises(RecordUnusable):
        sealing.open(purpose, place, sealed, key_id)


@pytest.mark.parametrize("spoil", [lambda s: s[:-1] + bytes([s[-1] ^ 1]), lambda s: b"", lambda s: b"\x02" + s[1:]])
def test_a_changed_secret_does_not_open(sealing: Sealing, spoil: Callable[[bytes], bytes]) -> None:
    place = place_of_secret(7, "tokens")
    sealed, key_id = sealing.seal("tokens", place, SECRET)
    with pytest.raises(RecordUnusable):
        sealing.open("tokens", place, spoil(sealed), key_id)


def test_after_a_rotation_old_secrets_open_new_ones_use_the_new_master_and_the_pepper_stays() -> None:
    before, after = Sealing([OLDER]), Sealing([MASTER, OLDER])
    place = place_of_secret(7, "tokens")
    sealed, key_id = before.seal("tokens", place, SECRET)
    assert after.open("tokens", place, sealed, key_id) == SECRET
    sealed_anew, new_key_id = after.seal("tokens", place, SECRET)
    assert new_key_id != key_id
    assert after.pepper == before.pepper
    with pytest.raises(RecordUnusable):
        before.open("tokens", place, sealed_anew, new_key_id)


async def test_an_accounts_secret_goes_through_the_record_sealed(
    record: Kept, sealing: Sealing, kind: str, tmp_path: Path
) -> None:
    account = await record.accounts.ensure("library", "chatgpt", True, None, None, 1)
    assert await record.accounts.secret(account.id, "tokens") is None
    place = place_of_secret(account.id, "tokens")
    for secret in (b"an earlier one", SECRET):
        await record.accounts.save_secret(account.id, "tokens", *sealing.seal("tokens", place, secret))
    kept_secret = await record.accounts.secret(account.id, "tokens")
    assert kept_secret is not None
    sealed, key_id = kept_secret
    assert sealing.open("tokens", place, sealed, key_id) == SECRET
    if kind == "sqlite":
        kept = b"".join(file.read_bytes() for file in tmp_path.glob("record.db*"))  # noqa: ASYNC240
        assert sealed in kept
        assert SECRET not in kept


def test_the_key_file_is_made_once_and_for_the_server_alone(tmp_path: Path) -> None:
    path = tmp_path / "record.db.key"
    old = os.umask(0)
    try:
        made = load_master_secrets(path)
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [len(master) for master in made] == [32]
    assert load_master_secrets(path) == made
    assert list(tmp_path.iterdir()) == [path]


def test_starts_at_the_same_moment_agree_on_one_master_secret(tmp_path: Path) -> None:
    path, found = tmp_path / "record.db.key", []
    ready = threading.Barrier(8)

    def start() -> Any:
        ready.wait()
        found.append(load_master_secrets(path)[0])

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1


def test_a_missing_key_file_is_not_replaced_where_the_record_has_keys_already(tmp_path: Path) -> None:
    with pytest.raises(RecordUnusable, match="missing"):
        load_master_secrets(tmp_path / "record.db.key", create=False)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("content", [b"", b"short\n", b"\xff\xfe", b"A" * 43])
def test_a_file_that_is_no_key_file_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "record.db.key"
    path.write_bytes(content)
    with pytest.raises(RecordUnusable):
        load_master_secrets(path)
    assert path.read_bytes() == content
