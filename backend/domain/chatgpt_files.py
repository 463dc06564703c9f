"""Conversations in the form of ChatGPT's own export: a tree of messages, of which one path is what is shown.

Taken are prompts and replies as text, on every branch; what is shown there comes last, so that it is shown here too.
Everything else is counted: images and other attachments, tools and what they were asked and said, thoughts.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from backend.domain.conversations import Conversation
from backend.domain.ids import CONVERSATION, TURN, show_id
from backend.domain.replies import Turn
from backend.domain.transfers import (
    MOST_TURNS,
    ImportedConversation,
    ImportedTurn,
    Unreadable,
    micros,
    object_of,
    short,
    text_of,
    title_of,
)

TEXTS: Final = frozenset({"text", "multimodal_text"})
KINDS: Final = {  # of content, in words for people
    "code": "code that a tool ran",
    "execution_output": "outputs of code that a tool ran",
    "tether_browsing_display": "web pages that a tool read",
    "tether_quote": "quotations of files and web pages",
    "thoughts": "thoughts of a model",
    "reasoning_recap": "thoughts of a model",
    "user_editable_context": "custom instructions",
    "model_editable_context": "memories",
    "image_asset_pointer": "images",
    "audio_asset_pointer": "recordings",
    "real_time_user_audio_video_asset_pointer": "recordings",
    "video_container_asset_pointer": "recordings",
}


def conversation_of(record: object) -> ImportedConversation:
    """Raises `Unreadable`."""
    given = object_of(record)
    title, mapping = text_of(given.get("title")), object_of(given.get("mapping"))
    id = short(given.get("conversation_id")) or short(given.get("id"))
    if not mapping:
        raise Unreadable("not_a_conversation", title or id or "")
    if id is None:
        raise Unreadable("no_id", title)
    left_out: Counter[str] = Counter()
    begun = micros(given.get("create_time")) or 0
    turns = turns_of(mapping, given.get("current_node"), begun, left_out)
    if not turns:
        raise Unreadable("nothing_said", title or id)
    if len(turns) > MOST_TURNS:
        raise Unreadable("too_long", title or id)
    created_at = begun or turns[0].created_at
    return ImportedConversation(
        id,
        title_of(title, turns[0].prompt),
        tuple(turns),
        created_at,
        max(created_at, micros(given.get("update_time")) or turns[-1].ended_at),
        pinned=given.get("is_starred") is True,
        archived=given.get("is_archived") is True,
        left_out=left_out,
    )


def turns_of(mapping: Mapping[str, object], current: object, begun: int, left_out: Counter[str]) -> list[ImportedTurn]:
    """The turns of every branch, those on the path to the current message the last of their versions.  `begun` stands
    in for times that are missing."""
    turns: list[ImportedTurn] = []
    below, path = tree_of(mapping, current)
    walk: list[tuple[str, int, str]] = [(id, 0, "") for id in reversed(ordered(below.get(None, []), path))]
    while walk:
        id, position, reply = walk.pop()  # and the turn that it is in or behind, with what was replied on the way
        message = object_of(object_of(mapping[id]).get("message"))
        role = role_of(message)
        text = None if role is None else text_in(message, role, left_out)
        if text is not None:
            at = micros(message.get("create_time")) or (turns[position - 1].ended_at if position else begun)
            if role == "user":
                asked = ImportedTurn(text, "", "stopped", at, at, at, prompt_id=short(message.get("id")))
                position, reply = added(turns, asked, position), ""
            else:
                if position == 0:
                    position = added(turns, ImportedTurn("", "", "stopped", at, at, at), 0)
                elif turns[position - 1].reply != reply:  # another branch has replied to this prompt
                    position = added(turns, turns[position - 1], behind(turns, position))
                reply = f"{reply}\n\n{text}" if reply else text
                turns[position - 1] = replied(turns[position - 1], reply, message, at)
        walk += [(child, position, reply) for child in reversed(ordered(below.get(id, []), path))]
    return turns


def tree_of(mapping: Mapping[str, object], current: object) -> tuple[dict[str | None, list[str]], set[str]]:
    """The messages behind each one, by None those behind none; and the path that is shown.  A circle is cut there."""
    shown = path_to(mapping, current)
    below: dict[str | None, list[str]] = {}
    for id, node in mapping.items():
        parent = object_of(node).get("parent")
        cut = not isinstance(parent, str) or parent not in mapping or id in shown[:1]
        below.setdefault(None if cut else str(parent), []).append(id)
    return below, set(shown)


def ordered(ids: list[str], path: set[str]) -> list[str]:
    return ids if len(ids) < 2 else sorted(ids, key=lambda id_: id_ in path)


def added(turns: list[ImportedTurn], turn: ImportedTurn, follows: int) -> int:
    """The position of the turn, now the last."""
    turns.append(replace(turn, follows=None if follows == len(turns) else follows))
    return len(turns)


def behind(turns: list[ImportedTurn], position: int) -> int:
    follows = turns[position - 1].follows
    return position - 1 if follows is None else follows


def replied(turn: ImportedTurn, reply: str, message: Mapping[str, object], at: int) -> ImportedTurn:
    return replace(
        turn,
        reply=reply,
        state="finished",
        ended_at=max(at, turn.created_at),
        model=short(object_of(message.get("metadata")).get("model_slug")) or turn.model,
        reply_id=short(message.get("id")),
    )


def path_to(mapping: Mapping[str, object], current: object) -> list[str]:
    """From the root to the current message or, where none is named, to the newest that has no other behind it."""
    if not isinstance(current, str) or current not in mapping:
        leaves = [id for id, node in mapping.items() if not object_of(node).get("children")]
        current = max(leaves, key=lambda leaf: time_of(mapping[leaf]), default=None)
    path: list[str] = []
    seen: set[str] = set()
    while isinstance(current, str) and current in mapping and current not in seen:
        seen.add(current)
        path.append(current)
        current = object_of(mapping[current]).get("parent")
    return path[::-1]


def time_of(node: object) -> int:
    return micros(object_of(object_of(node).get("message")).get("create_time")) or 0


def role_of(message: Mapping[str, object]) -> str | None:
    role = object_of(message.get("author")).get("role")
    return role if isinstance(role, str) else None


def text_in(message: Mapping[str, object], role: str, left_out: Counter[str]) -> str | None:
    """What a person saw of it as text; None for what is neither a prompt nor a reply.  Counts what is left out."""
    content = object_of(message.get("content"))
    kind, parts = content.get("content_type"), content.get("parts")
    parts = parts if isinstance(parts, list) else [content["text"]] if isinstance(content.get("text"), str) else []
    if role not in ("user", "assistant"):
        if role == "tool" and any(parts):
            left_out["messages of tools"] += 1
        return None
    if object_of(message.get("metadata")).get("is_visually_hidden_from_conversation") is True:
        left_out["messages that ChatGPT hides"] += 1
        return None
    if message.get("recipient") not in (None, "all"):
        left_out["prompts to tools"] += 1
        return None
    if kind not in TEXTS:
        left_out[KINDS.get(str(kind), "contents of other kinds")] += 1
        return None
    texts: list[str] = []
    for part in parts:
        if isinstance(part, str):
            texts.append(part)
        elif isinstance(said := object_of(part).get("text"), str):
            texts.append(said)
        else:
            left_out[KINDS.get(str(object_of(part).get("content_type")), "contents of other kinds")] += 1
    text = "\n".join(texts)
    return text if role == "user" or text else None


def messages_of(conversation: Conversation) -> list[dict[str, object]]:
    """What came along with the first prompt, as messages."""
    at = conversation.created_at
    return [
        message_of(f"{show_id(CONVERSATION, conversation.id)}-{place}", role, said, at)
        for place, (role, said) in enumerate(conversation.preamble, 1)
    ]


def messages_of_turn(turn: Turn) -> list[dict[str, object]]:
    """The prompt and, where there is one, the reply."""
    id = show_id(TURN, turn.id)
    said = [message_of(f"{id}-prompt", "user", turn.prompt, turn.created_at)]
    if turn.reply:
        said.append(message_of(f"{id}-reply", "assistant", turn.reply, turn.ended_at or turn.created_at, turn.model))
    return said


def message_of(id: str, role: str, text: str, at: int, model: str | None = None) -> dict[str, object]:
    return {
        "id": id,
        "author": {"role": role, "name": None, "metadata": {}},
        "create_time": at / 1_000_000,
        "update_time": None,
        "content": {"content_type": "text", "parts": [text]},
        "status": "finished_successfully",
        "end_turn": True if role == "assistant" else None,
        "weight": 1.0,
        "metadata": {} if model is None else {"model_slug": model},
        "recipient": "all",
        "channel": None,
    }
