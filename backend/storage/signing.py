"""The keys by which the server signs, derived from the master secret like all others.

Receipts are signed so that whoever has the public key can check them.  A conversation's head is replaced with each
receipt and looked at by the server alone: there a keyed digest does, at a twentieth of the cost of a signature.

A rotation of the master secret brings new keys; what older ones signed stays good for as long as their master secrets
stay in the key file.
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from backend.domain.receipts import as_kept
from backend.storage.sealing import derive, key_id_of


class Signing:
    """`masters` as in the key file: the first signs, all are known."""

    def __init__(self, masters: Sequence[bytes]) -> None:
        keys = [Ed25519PrivateKey.from_private_bytes(derive(master, b"sign receipts")) for master in masters]
        self._private = keys[0]
        self._public = {id_of(key.public_key()): key.public_key() for key in keys}
        self._key = next(iter(self._public))
        secrets = [derive(master, b"sign heads") for master in masters]
        self._secrets = {key_id_of(secret): secret for secret in secrets}
        self._head_key = next(iter(self._secrets))
        # Of the oldest, as the pepper: an account keeps its fingerprint when the master secret is rotated.
        pepper = derive(masters[-1], b"fingerprints of accounts")
        self.fingerprint = lru_cache(maxsize=1000)(lambda account_id: fingerprint(pepper, account_id))

    def signed(self, text: str) -> str:
        """The text with its signature, as the record keeps it."""
        return as_kept(text, self._key, self._private.sign(text.encode()))

    def signed_head(self, text: str) -> str:
        """Likewise, for a head."""
        return as_kept(text, self._head_key, digest(self._secrets[self._head_key], text))

    def check(self, key: str, text: str, signature: bytes) -> bool | None:
        """Whether that key signed this text; None for a key that is not this server's.  Heads were once signed as
        receipts are, and such ones stay good."""
        if (secret := self._secrets.get(key)) is not None:
            return hmac.compare_digest(digest(secret, text), signature)
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


def id_of(public: Ed25519PublicKey) -> str:
    return hashlib.sha256(public.public_bytes_raw()).hexdigest()[:16]


def digest(secret: bytes, text: str) -> bytes:
    return hmac.digest(secret, text.encode(), "sha256")


def fingerprint(pepper: bytes, account_id: int) -> str:
    """Names the account to whoever sees it twice, and tells nothing else of it without the key."""
    return hmac.new(pepper, account_id.to_bytes(8, "big"), "sha256").hexdigest()[:32]
