"""What the legacy doors say, in the words of the legacy contract."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from datetime import UTC, datetime

import orjson

from backend.api.rest_callers import Speaker
from backend.domain.conversations import Conversation
from backend.domain.final_messages import final_message, message_id
from backend.domain.ids import CONVERSATION, show_id
from backend.domain.replies import Turn
from backend.gateway.pages import Page


def conversation_id(conversation: Conversation) -> str:
    """For a conversation of the old server the id by which its scripts know it."""
    return conversation.external_id or show_id(CONVERSATION, conversation.id)


def chat_answer(speaker: Speaker, turn: Turn, id: str, title: str, before: Turn | None) -> dict[str, object]:
    """`id` is the conversation's; `before` the turn before this one, None in a new conversation."""
    asked = datetime.fromtimestamp(turn.created_at / 1_000_000, UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    answer: dict[str, object] = {
        "message": final_message(turn),
        "conversation_id": id,
        "error": None,
        "conversation_title": title,
        "api_user": speaker.caller.name,
        "api_client_id": speaker.client,
        "api_prompt": turn.prompt,
        "api_prompt_time_origin": asked,
        "api_prompt_time_origin_readable": f"{asked[:10]} | {asked[11:19]}",
        "api_response_time_taken": f"{((turn.ended_at or turn.created_at) - turn.created_at) / 1_000_000:.2f}",
        "status": "success",
    }
    if before is not None:
        answer |= {"last_message_prompt": before.prompt, "last_message_reply": before.reply}
    return answer


async def titles(
    page: Page[Conversation], more: Callable[[str], Awaitable[Page[Conversation]]]
) -> AsyncGenerator[bytes, None]:
    """`{"<conversation id>": {"title": …}, …}`, page after page, so that no list is too long to be held."""
    opening = b"{"
    while True:
        rows = (orjson.dumps({conversation_id(row): {"title": row.title}})[1:-1] for row in page.items)
        yield opening + b",".join(rows)
        if not page.has_next:
            break
        page, opening = await more(page.cursor(page.items[-1])), b","
    yield b"}"


async def messages(
    conversation: Conversation, page: Page[Turn], more: Callable[[str], Awaitable[Page[Turn]]]
) -> AsyncGenerator[bytes, None]:
    """One conversation with its turns, oldest first, likewise."""
    head = {"conversation_id": conversation_id(conversation), "conversation_title": conversation.title, "messages": []}
    opening = orjson.dumps(head)[:-2]
    while True:
        turns = [{message_id(turn): {"prompt": turn.prompt, "reply": turn.reply}} for turn in page.items]
        yield opening + orjson.dumps(turns)[1:-1]
        if not page.has_next:
            break
        page, opening = await more(page.cursor(page.items[-1])), b","
    yield b"]}"
