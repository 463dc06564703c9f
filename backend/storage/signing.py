"""The key by which the server signs receipts, derived from the master secret like all others.

A rotation of the master secret brings a new signing key; receipts that older ones signed stay good for as long as
their master secrets stay in the key file.
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from backend.domain.receipts import as_kept
from backend.storage.sealing import derive


class Signing:
    """`masters` as in the key file: the first signs, all are known."""

    def __init__(self, masters: Sequence[bytes]) -> None:
        keys = [Ed25519PrivateKey.from_private_bytes(derive(master, b"sign receipts")) for master in masters]
        self._private = keys[0]
        self._public = {key_id_of(key.public_key()): key.public_key() for key in keys}
        self._key = next(iter(self._public))
        # Of the oldest, as the pepper: an account keeps its fingerprint when the master secret is rotated.
        pepper = derive(masters[-1], b"fingerprints of accounts")
        self.fingerprint = lru_cache(maxsize=1000)(lambda account_id: fingerprint(pepper, account_id))

    def signed(self, text: str) -> str:
        """The text with its signature, as the record keeps it."""
        return as_kept(text, self._key, self._private.sign(text.encode()))

    def check(self, key: str, text: str, signature: bytes) -> bool | None:
        """Whether that key signed this text; None for a key that is not this server's."""
        public = self._public.get(key)
        if public is None:
            return None
        try:
            public.verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True

    def public_keys(self) -> dict[str, str]:
        """The public keys in Base64 by their ids; the first one signs now."""
        return {id: base64.b64encode(key.public_bytes_raw()).decode() for id, key in self._public.items()}


def key_id_of(public: Ed25519PublicKey) -> str:
    return hashlib.sha256(public.public_bytes_raw()).hexdigest()[:16]


def fingerprint(pepper: bytes, account_id: int) -> str:
    """Names the account to whoever sees it twice, and tells nothing else of it without the key."""
    return hmac.new(pepper, account_id.to_bytes(8, "big"), "sha256").hexdigest()[:32]
