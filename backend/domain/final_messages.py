"""The final message of a reply, as the upstream had it: what REST calls answer with and the app's JSON view shows."""

from backend.domain.ids import TURN, show_id
from backend.domain.replies import Turn


def final_message(turn: Turn) -> dict[str, object]:
    """The upstream's final message with its text, which the record keeps apart; else one of the same shape."""
    if turn.message is not None:
        content = turn.message.get("content")
        whole = content if isinstance(content, dict) else {"content_type": "text"}
        return {**turn.message, "content": {**whole, "parts": [turn.reply]}}
    return {
        "id": message_id(turn),
        "author": {"role": "assistant"},
        "content": {"content_type": "text", "parts": [turn.reply]},
        "status": "finished_successfully",
        "end_turn": True,
        "metadata": {"model_slug": turn.model},
    }


def message_id(turn: Turn) -> str:
    """The same as that of the `message` of the turn's answer."""
    told = turn.message.get("id") if turn.message is not None else None
    return told if isinstance(told, str) else turn.upstream_reply_id or show_id(TURN, turn.id)
