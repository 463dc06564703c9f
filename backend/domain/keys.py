"""Keys: how they look, how a mistyped one is told without a look-up, what is kept of them.

A key reads `cas_` + 8 characters that name it + 30 that are secret + 6 of checksum, all base 62, as GitHub's do.  The
record keeps an HMAC-SHA-256 of the whole under the server's pepper: the secret part has 178 random bits, so a slow hash
would add nothing.  Keys carried over from the old server have other forms; they are looked up by the same digest.
"""

import hmac
import secrets
import zlib
from dataclasses import dataclass
from typing import Final, Literal

PREFIX: Final = "cas_"
ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
NAME_LENGTH, SECRET_LENGTH, CHECKSUM_LENGTH = 8, 30, 6
LONGEST: Final = 512  # of any key that is looked up

KeyKind = Literal["key", "session", "link"]
"""`key`: held by a person or program; `session`: in a browser's cookie; `link`: signs one browser in, once."""


@dataclass(frozen=True, slots=True)
class Key:
    """What is known of a key; the secret itself is not.  `opened_by` is the key or link that a session was opened with.
    Times are microseconds since the epoch."""

    id: int
    user_id: int
    kind: KeyKind
    name: str
    shown_prefix: str
    created_at: int
    expires_at: int | None
    last_used_at: int | None
    revoked_at: int | None
    opened_by: int | None = None


def mint() -> str:
    """A new secret, to be shown once."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(NAME_LENGTH + SECRET_LENGTH))
    return PREFIX + body + checksum(body)


def shown_prefix(secret: str) -> str:
    """The part by which a person recognises a key in a list."""
    if secret.startswith(PREFIX):
        return secret[: len(PREFIX) + NAME_LENGTH]
    return secret[: min(4, len(secret) // 4)] + "…"  # of the old server's, of any length


def well_formed(secret: str) -> bool:
    """False for what cannot be a key: empty, overlong, or one of ours whose checksum is off."""
    if not 0 < len(secret) <= LONGEST:
        return False
    if not secret.startswith(PREFIX):
        return True
    body, tail = secret[len(PREFIX) : -CHECKSUM_LENGTH], secret[-CHECKSUM_LENGTH:]
    return len(body) == NAME_LENGTH + SECRET_LENGTH and checksum(body) == tail


def digest(pepper: bytes, secret: str) -> bytes:
    return hmac.digest(pepper, secret.encode("utf-8", "surrogatepass"), "sha256")


def checksum(body: str) -> str:
    number, digits = zlib.crc32(body.encode("utf-8", "surrogatepass")), ""
    while len(digits) < CHECKSUM_LENGTH:
        number, digit = divmod(number, 62)
        digits = ALPHABET[digit] + digits
    return digits
