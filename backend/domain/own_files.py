"""Conversations in this server's own form of JSON; docs/transfers.md describes it."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final, get_args

from backend.domain.conversations import Conversation, checked_tags
from backend.domain.ids import CONVERSATION, show_id
from backend.domain.replies import ENDED, FinishReason, Turn, Usage, UsageSource
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
from backend.errors import InvalidInput

FORMAT: Final = "chatgpt-api-server conversations 1"
ROLES: Final = ("system", "user", "assistant")


def opening(conversation: Conversation) -> dict[str, object]:
    """A conversation without its turns."""
    return {
        "id": file_id(conversation),
        "title": conversation.title,
        "createdAt": time(conversation.created_at),
        "updatedAt": time(conversation.updated_at),
        "pinned": conversation.pinned,
        "archived": conversation.archived,
        "tags": list(conversation.tags),
        "preamble": [{"role": role, "text": said} for role, said in conversation.preamble],
    }


def file_id(conversation: Conversation) -> str:
    """The id that an import knows it again by: its own or, of an imported one, that of the file that it came in."""
    return conversation.external_id or show_id(CONVERSATION, conversation.id)


def turn_shown(turn: Turn) -> dict[str, object]:
    return {
        "follows": turn.follows,
        "prompt": turn.prompt,
        "reply": turn.reply,
        "state": turn.state,
        "createdAt": time(turn.created_at),
        "startedAt": time(turn.started_at),
        "endedAt": time(turn.ended_at),
        "model": turn.model,
        "promptId": turn.upstream_prompt_id,
        "replyId": turn.upstream_reply_id,
        "error": None if turn.error_code is None else {"code": turn.error_code, "sentence": turn.error_sentence},
        "usage": {
            "promptTokens": turn.usage.prompt_tokens,
            "replyTokens": turn.usage.reply_tokens,
            "source": turn.usage.source,
        },
        "finishReason": turn.finish_reason,
        "message": turn.message,
    }


def time(at: int | None) -> str | None:
    """Microseconds since the epoch as ISO 8601 in UTC, with all of them."""
    if at is None:
        return None
    seconds, rest = divmod(at, 1_000_000)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest).isoformat(timespec="microseconds")


def conversation_of(record: object) -> ImportedConversation:
    """Raises `Unreadable`."""
    given = object_of(record)
    title, listed, id = text_of(given.get("title")), given.get("turns"), short(given.get("id"))
    if not isinstance(listed, list):
        raise Unreadable("not_a_conversation", title or id or "")
    if id is None:
        raise Unreadable("no_id", title)
    if len(listed) > MOST_TURNS:
        raise Unreadable("too_long", title or id)
    begun = micros_of_text(given.get("createdAt")) or 0
    turns: list[ImportedTurn] = []
    kept = [0]  # the position here of each one in the file; of what is not taken, that of what it goes on behind
    for place, each in enumerate(listed, 1):
        told = object_of(each).get("follows")
        behind = kept[told if type(told) is int and 0 <= told < place else place - 1]
        turn = turn_of(object_of(each), turns[-1].ended_at if turns else begun)
        if turn is not None:
            turns.append(replace(turn, follows=None if behind == len(turns) else behind))
        kept.append(behind if turn is None else len(turns))
    preamble = given.get("preamble")
    said = [object_of(entry) for entry in preamble] if isinstance(preamble, list) else []
    if not turns:
        raise Unreadable("nothing_said", title or id)
    return ImportedConversation(
        id,
        title_of(title, turns[0].prompt),
        tuple(turns),
        begun or turns[0].created_at,
        micros_of_text(given.get("updatedAt")) or turns[-1].ended_at,
        tuple((text_of(entry.get("role")), text_of(entry.get("text"))) for entry in said if entry.get("role") in ROLES),
        pinned=given.get("pinned") is True,
        archived=given.get("archived") is True,
        tags=tags_of(given.get("tags")),
        left_out={"turns without a prompt and a reply": len(listed) - len(turns)} if len(listed) > len(turns) else {},
    )


def tags_of(given: object) -> tuple[str, ...]:
    """Those that a person could have given; a file that was written by hand may hold others."""
    taken: tuple[str, ...] = ()
    for tag in given if isinstance(given, list) else []:
        with suppress(InvalidInput):
            taken = checked_tags([*taken, text_of(tag)])
    return taken


def turn_of(given: Mapping[str, Any], before: int) -> ImportedTurn | None:
    """`before` stands in for times that are missing.  A turn that had not ended when it was exported was stopped."""
    prompt, reply = text_of(given.get("prompt")), text_of(given.get("reply"))
    if not prompt and not reply:
        return None
    created_at = micros_of_text(given.get("createdAt")) or before
    error, usage = object_of(given.get("error")), object_of(given.get("usage"))
    state, message, finish = given.get("state"), given.get("message"), given.get("finishReason")
    return ImportedTurn(
        prompt,
        reply,
        state if state in ENDED else "stopped",
        created_at,
        micros_of_text(given.get("endedAt")) or created_at,
        micros_of_text(given.get("startedAt")),
        short(given.get("model")),
        short(given.get("promptId")),
        short(given.get("replyId")),
        (text_of(error.get("code")), text_of(error.get("sentence"))) if short(error.get("code")) else None,
        usage_of(usage),
        finish if finish in get_args(FinishReason) else None,
        message if isinstance(message, dict) else None,
    )


def usage_of(given: Mapping[str, object]) -> Usage:
    """Of tokens that some other server counted; what is no count is unknown."""
    counts = [given.get(name) for name in ("promptTokens", "replyTokens")]
    prompt, reply = [count if type(count) is int and 0 <= count < 1 << 31 else None for count in counts]
    source = given.get("source")
    known = source in get_args(UsageSource) and prompt is not None and reply is not None
    return Usage(prompt, reply, source) if known else Usage()  # type: ignore[arg-type]
