"""The files of the old server: users.json and conversations.json, record by record."""

from dataclasses import dataclass
from datetime import UTC, tzinfo
from typing import Final

from backend.domain import keys
from backend.domain.access import Role
from backend.domain.transfers import (
    MOST_TURNS,
    ImportedConversation,
    ImportedTurn,
    Unreadable,
    micros_of_text,
    object_of,
    short,
    text_of,
    title_of,
)

SELF: Final = "self"
SHORT_KEY: Final = 16  # characters below which a key may be guessed


@dataclass(frozen=True, slots=True)
class LegacyUser:
    """`clients` are the ids of the clients that it belongs to, without itself."""

    key: str
    external_id: str
    name: str
    role: Role
    plus: bool
    clients: tuple[str, ...]


def user_of(key: str, record: object) -> LegacyUser:
    """Raises `ValueError` with a sentence, in which the key does not stand."""
    given, key = object_of(record), key.strip()
    user_id = given.get("user_id")
    user_id = str(user_id) if type(user_id) is int else user_id
    external_id = short(user_id.strip()) if isinstance(user_id, str) else None
    if external_id is None:
        raise ValueError("it has no user_id, or one of more than 200 characters")
    if not keys.well_formed(key):
        raise ValueError("its key is blank, longer than 512 characters, or looks like one of this server's and is none")
    role: Role = "admin" if given.get("is_admin") is True else "client" if given.get("is_client") is True else "user"
    listed = given.get("clients")
    clients = (
        [str(client).strip() for client in listed if type(client) in (str, int)] if isinstance(listed, list) else []
    )
    name = " ".join(text_of(given.get("username")).split())[:200] or external_id
    theirs = tuple(dict.fromkeys(client for client in clients if client not in ("", SELF, external_id)))
    return LegacyUser(key, external_id, name, role, given.get("plus") is True, theirs)


def conversation_of(id: str, record: object, zone: tzinfo = UTC) -> tuple[ImportedConversation, bool]:
    """The conversation, and whether it was begun with its user's own access token.  Raises `Unreadable`.

    Its messages stand in their order; a message's id is the reply's at the upstream.
    """
    given = object_of(record)
    messages, title = given.get("messages"), text_of(given.get("title"))
    if not isinstance(messages, dict):
        raise Unreadable("not_a_conversation", id)
    if short(id) is None:
        raise Unreadable("no_id", title)
    if len(messages) > MOST_TURNS:
        raise Unreadable("too_long", id)
    turns: list[ImportedTurn] = []
    for message_id, message in messages.items():
        said = object_of(message)
        prompt, reply = text_of(said.get("prompt")), text_of(said.get("reply"))
        if not prompt and not reply:
            continue
        before = turns[-1].created_at if turns else 0
        at = micros_of_text(said.get("origin_time"), zone)
        at = before if at is None else at
        state = "finished" if reply else "stopped"
        turns.append(ImportedTurn(prompt, reply, state, at, at, at, reply_id=short(message_id) if reply else None))  # type: ignore[arg-type]
    if not turns:
        raise Unreadable("nothing_said", id)
    email = short(given.get("api_instance"))
    built_in = given.get("api_instance_type") == "builtin" and email is not None
    left_out = (
        {"messages without a prompt and a reply": len(messages) - len(turns)} if len(messages) > len(turns) else {}
    )
    conversation = ImportedConversation(
        id,
        title_of(title, turns[0].prompt),
        tuple(turns),
        turns[0].created_at,
        max(turn.created_at for turn in turns),
        account=email.strip().lower() if email is not None and built_in else None,
        left_out=left_out,
    )
    return conversation, given.get("api_instance_type") == "user"
