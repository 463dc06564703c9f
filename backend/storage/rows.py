"""Rows and the domain's objects: which columns are read, in which order, and what is made of them."""

from dataclasses import fields
from typing import Any, Final

from backend.domain.accounts import Account
from backend.domain.choice import Explanation
from backend.domain.conversations import Conversation
from backend.domain.keys import Key
from backend.domain.replies import Turn, Usage
from backend.domain.users import User
from backend.storage.compiled import Row, slot
from backend.storage.tables import Accounts, Conversations, Keys, Turns, Users
from backend.storage.text import from_json, keepable, keepable_or_none, to_json

NEWEST: Final = (1 << 63) - 1  # a time and an id that stand before the first page: newer than any row


def columns(table: Any, names: str) -> tuple[Any, ...]:
    return tuple(getattr(table, name) for name in names.split())


def slots(*columns: Any) -> dict[Any, Any]:
    """For an insert or update: each column from the slot of its name."""
    return {column: slot(column.name) for column in columns}


USER: Final = columns(Users, "id name role plus owner external_id created_at disabled_at removed_at")
KEY: Final = columns(Keys, "id user kind name shown_prefix created_at expires_at last_used_at revoked_at opened_by")
ACCOUNT: Final = columns(Accounts, "id name kind plus owner fingerprint created_at")
CONVERSATION: Final = columns(
    Conversations,
    "id user title account upstream_id external_id preamble created_at updated_at continues continues_after pinned "
    "archived tags removed_at imported_from",
)
TURN: Final = columns(
    Turns,
    "id conversation position prompt reply state account model upstream_prompt_id upstream_parent_id upstream_reply_id "
    "error_code error_sentence prompt_tokens reply_tokens usage_source reply_base history_left_out finish_reason "
    "message created_at started_at ended_at choice follows titled",
)

EXPLANATION: Final = tuple(field.name for field in fields(Explanation))


def user_of(row: Row) -> User:
    return User(row[0], row[1], row[2], bool(row[3]), row[4], row[5], row[6], row[7], row[8])


def key_of(row: Row) -> Key:
    return Key(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], row[8], row[9])


def account_of(row: Row) -> Account:
    return Account(row[0], row[1], row[2], bool(row[3]), row[4], row[5], row[6])


def conversation_of(row: Row) -> Conversation:
    (id, user_id, title, account_id, upstream_id, external_id, preamble, created_at, updated_at, *rest) = row
    continues_id, continues_after, pinned, archived, tags, removed_at, imported_from = rest
    return Conversation(
        id,
        user_id,
        title,
        account_id,
        upstream_id,
        external_id,
        preamble_of(preamble),
        created_at,
        updated_at,
        continues_id,
        continues_after,
        bool(pinned),
        bool(archived),
        tuple(from_json(tags) or ()),
        removed_at,
        imported_from,
    )


def preamble_of(text: str | None) -> tuple[tuple[str, str], ...]:
    return tuple((role, said) for role, said in from_json(text)) if text else ()


def turn_of(row: Row) -> Turn:
    (turn_id, conversation_id, position, prompt, reply, state, account_id, model, prompt_id, parent_id, reply_id) = row[
        :11
    ]
    usage = Usage(row[13], row[14], row[15])
    return Turn(
        turn_id,
        conversation_id,
        position,
        prompt,
        reply,
        state,
        account_id,
        model,
        prompt_id,
        parent_id,
        reply_id,
        row[11],
        row[12],
        usage,
        row[16],
        row[17],
        row[18],
        from_json(row[19]),
        row[20],
        row[21],
        row[22],
        explanation_of(row[23]),
        row[24],
        bool(row[25]),
    )


def values_of_conversation(conversation: Conversation) -> dict[str, Any]:
    return {
        "id": conversation.id,
        "user": conversation.user_id,
        "title": keepable(conversation.title),
        "account": conversation.account_id,
        "upstream_id": keepable_or_none(conversation.upstream_id),
        "external_id": conversation.external_id,
        "preamble": to_json(conversation.preamble),
        "created_at": conversation.created_at,
        "updated_at": conversation.updated_at,
        "continues": conversation.continues_id,
        "continues_after": conversation.continues_after,
        "pinned": conversation.pinned,
        "archived": conversation.archived,
        "renamed": False,
        "imported_from": conversation.imported_from,
    }


def values_of_turn(turn: Turn) -> dict[str, Any]:
    """All but the choice of its account, and but the user and the idempotency key, which a turn does not carry."""
    return {
        "id": turn.id,
        "conversation": turn.conversation_id,
        "position": turn.position,
        "prompt": keepable(turn.prompt),
        "reply": keepable(turn.reply),
        "state": turn.state,
        "account": turn.account_id,
        "model": keepable_or_none(turn.model),
        "upstream_prompt_id": turn.upstream_prompt_id,
        "upstream_parent_id": keepable_or_none(turn.upstream_parent_id),
        "upstream_reply_id": keepable_or_none(turn.upstream_reply_id),
        "error_code": turn.error_code,
        "error_sentence": keepable_or_none(turn.error_sentence),
        "prompt_tokens": turn.usage.prompt_tokens,
        "reply_tokens": turn.usage.reply_tokens,
        "usage_source": turn.usage.source,
        "reply_base": turn.reply_base,
        "history_left_out": turn.history_left_out,
        "finish_reason": turn.finish_reason,
        "message": to_json(turn.message),
        "created_at": turn.created_at,
        "started_at": turn.started_at,
        "ended_at": turn.ended_at,
        "follows": turn.follows,
        "titled": turn.titled,
    }


def values_of_new_turn(turn: Turn) -> dict[str, Any]:
    """Likewise, with what does not change any more once the turn has its account."""
    choice = turn.choice
    kept = None if choice is None else to_json({name: getattr(choice, name) for name in EXPLANATION})
    return values_of_turn(turn) | {"choice": kept}


def explanation_of(text: str | None) -> Explanation | None:
    kept = from_json(text)
    if kept is None:
        return None
    kept["left_out"] = tuple(map(tuple, kept["left_out"]))
    return Explanation(**kept)
