"""Receipts: what an ended turn's receipt says, and how a conversation is verified by its receipts.

A receipt is one line of canonical JSON, `text`, and a signature over that line's bytes.  Canonical means: an object
with sorted keys, no blanks, everything beyond ASCII escaped, and no values but texts, integers, null and objects of
such.  Texts are told by their SHA-256 in hex, over UTF-8.  `previous` is the SHA-256 of the text of the receipt before
it; the first one has null.  The *head* has the same form, with a keyed digest in place of the signature, and says which
receipt is the conversation's last one: it is replaced with each receipt, so that turns taken off the end are missed.

In the record a receipt is its text, a line end, and `<key> <signature>`: the signing key's id and Base64.
"""

import base64
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from backend.domain.conversations import Conversation
from backend.domain.ids import CONVERSATION, TURN, USER, show_id
from backend.domain.replies import Turn

RECEIPT: Final = "chatgpt-api-server receipt 1"
HEAD: Final = "chatgpt-api-server head 1"
CANONICAL: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


@dataclass(frozen=True, slots=True)
class Receipt:
    """`says` is what stands in `text`; `key` the id of the key that signed."""

    text: str
    key: str
    signature: bytes
    says: dict[str, Any]

    @property
    def digest(self) -> str:
        return sha256(self.text)

    @property
    def position(self) -> int:
        return int(self.says["position"])


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def canonical(says: dict[str, Any]) -> str:
    return CANONICAL.encode(says)


def as_kept(text: str, key: str, signature: bytes) -> str:
    return f"{text}\n{key} {base64.b64encode(signature).decode()}"


def read(kept: str, form: str = RECEIPT) -> Receipt | None:
    """A receipt as it was kept; None for what is no receipt of this form.  Says nothing about its signature."""
    text, _, signed = kept.partition("\n")
    key, _, signature = signed.partition(" ")
    try:
        says = json.loads(text)
        found = Receipt(text, key, base64.b64decode(signature, validate=True), says)
        fine = isinstance(says, dict) and says.get("format") == form and canonical(says) == text
        fine = fine and type(says.get("position")) is int and as_kept(text, key, found.signature) == kept
    except (ValueError, RecursionError):
        return None
    return found if fine else None


def statement(turn: Turn, conversation: Conversation, account: str | None, previous: str | None) -> dict[str, Any]:
    """What the receipt of an ended turn says.  `account` is the account's fingerprint.

    The first turn's speaks for the conversation too: what came along with its prompt, and what it continues.  One that
    follows another turn than the one before it says which.
    """
    says: dict[str, Any] = {
        "format": RECEIPT,
        "conversation": show_id(CONVERSATION, conversation.id),
        "owner": show_id(USER, conversation.user_id),
        "turn": show_id(TURN, turn.id),
        "position": turn.position,
        "state": turn.state,
        "error": turn.error_code,
        "account": account,
        "model": turn.model,
        "upstream_conversation": conversation.upstream_id,
        "upstream_prompt": turn.upstream_prompt_id,
        "upstream_parent": turn.upstream_parent_id,
        "upstream_reply": turn.upstream_reply_id,
        "prompt": sha256(turn.prompt),
        "reply": sha256(turn.reply),
        "previous": previous,
        "created_at": turn.created_at,
        "started_at": turn.started_at,
        "ended_at": turn.ended_at,
    }
    if turn.position == 1:
        says |= of_conversation(conversation)
    if turn.behind != turn.position - 1:
        says["follows"] = turn.behind
    return says


def of_conversation(conversation: Conversation) -> dict[str, Any]:
    preamble, continues = None, conversation.continues_id
    if conversation.preamble:
        said = {str(place): list_of(each) for place, each in enumerate(conversation.preamble)}
        preamble = sha256(canonical({"messages": said}))
    return {
        "preamble": preamble,
        "continues": None if continues is None else show_id(CONVERSATION, continues),
        "continues_after": conversation.continues_after,
    }


def list_of(said: tuple[str, str]) -> dict[str, str]:
    return {"role": said[0], "text": said[1]}


def head_statement(conversation: Conversation, position: int, receipt: str) -> dict[str, Any]:
    """What the head says: the last receipt's position and digest."""
    return {
        "format": HEAD,
        "conversation": show_id(CONVERSATION, conversation.id),
        "owner": show_id(USER, conversation.user_id),
        "position": position,
        "receipt": receipt,
    }


def differences(says: dict[str, Any], expected: dict[str, Any], leave_out: Iterable[str]) -> list[str]:
    """The names under which two statements differ."""
    names = sorted((says.keys() | expected.keys()) - set(leave_out))
    return [name for name in names if says.get(name) != expected.get(name) or (name in says) != (name in expected)]
