"""Secrets in the record, sealed with AES-256-GCM, and the master secret from which all keys are derived.

The master secret is a file beside the record, made at first start.  Its first line seals; further lines, which a
rotation leaves below, still open what they sealed.  Each purpose has a key of its own, and a sealed secret is bound to
its table, row and column: moved elsewhere it does not open.
"""

import base64
import binascii
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from backend.errors import RecordUnusable

MASTER_LENGTH: Final = 32
NONCE_LENGTH: Final = 12
VERSION: Final = b"\x01"  # of the form: version, nonce, ciphertext with its tag


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the record a sealed secret lies."""

    table: str
    row: str
    column: str


def place_of_secret(account_id: int, purpose: str) -> Place:
    """The place of an account's secret, as `Accounts.save_secret` keeps it."""
    return Place("account_secrets", f"{account_id}/{purpose}", "sealed")


class Sealing:
    """`masters` as in the file: the first seals, all open.

    `pepper` is for the digests of keys.  It comes from the last one, the oldest: the digests of keys that only their
    holders know cannot be made anew.
    """

    def __init__(self, masters: Sequence[bytes]) -> None:
        self._masters = {key_id_of(master): master for master in masters}
        self.key_id = key_id_of(masters[0])
        self.pepper = derive(masters[-1], b"pepper of key digests")

    def seal(self, purpose: str, place: Place, secret: bytes) -> tuple[bytes, str]:
        """The sealed secret and the id of the master secret that sealed it, both to be kept in the row."""
        nonce = secrets.token_bytes(NONCE_LENGTH)
        sealed = self._cipher(self.key_id, purpose).encrypt(nonce, secret, bound_to(place))
        return VERSION + nonce + sealed, self.key_id

    def open(self, purpose: str, place: Place, sealed: bytes, key_id: str) -> bytes:
        """Raises `RecordUnusable` where it was changed, or sealed for another place, purpose or master secret."""
        if key_id not in self._masters:
            raise RecordUnusable(
                "A secret in the record was sealed by another master secret. Put back the key file that belongs to "
                "this record, or give the account's secret anew."
            )
        nonce, rest = sealed[1 : 1 + NONCE_LENGTH], sealed[1 + NONCE_LENGTH :]
        try:
            if sealed[:1] != VERSION:
                raise InvalidTag
            return self._cipher(key_id, purpose).decrypt(nonce, rest, bound_to(place))
        except (InvalidTag, ValueError) as error:
            raise RecordUnusable(
                "A secret in the record does not open: it was changed or moved. Give the account's secret anew."
            ) from error

    def _cipher(self, key_id: str, purpose: str) -> AESGCM:
        return AESGCM(derive(self._masters[key_id], b"seal " + purpose.encode()))


def derive(master: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(master)


def key_id_of(master: bytes) -> str:
    return derive(master, b"key id")[:6].hex()


def bound_to(place: Place) -> bytes:
    """No two places give the same bytes: each part is preceded by its length."""
    parts = [part.encode() for part in (place.table, place.row, place.column)]
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def load_master_secrets(path: Path, *, create: bool = True) -> list[bytes]:
    """The master secrets in the file, the one that seals first; made with mode 0600 where there is none.

    `create=False` is for a record that has keys already: a new master secret would leave all of them worthless.
    Raises `RecordUnusable`.
    """
    try:
        if create and not path.exists():
            _make(path)
        lines = path.read_text("ascii").split()
        masters = [base64.urlsafe_b64decode(line) for line in lines]
    except FileNotFoundError as error:
        raise RecordUnusable(
            f"The key file {path} is missing, without which the record's keys and secrets are worthless. Put it back "
            "from a backup."
        ) from error
    except OSError as error:
        raise RecordUnusable(f"The key file {path} cannot be used: {error.strerror}.") from error
    except (binascii.Error, ValueError) as error:
        raise spoilt(path) from error
    if not masters or any(len(master) != MASTER_LENGTH for master in masters):
        raise spoilt(path)
    return masters


def spoilt(path: Path) -> RecordUnusable:
    return RecordUnusable(f"The key file {path} is not one of this program's. Put it back from a backup.")


def _make(path: Path) -> None:
    """Whole or not at all, and never over one that another process made meanwhile."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    line = base64.urlsafe_b64encode(secrets.token_bytes(MASTER_LENGTH)) + b"\n"
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass  # theirs is as good, and read next
    finally:
        draft.unlink()
    folder = os.open(path.parent, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
