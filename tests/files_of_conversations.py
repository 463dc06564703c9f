"""Files of conversations as other programs write them."""

import io
import json
import zipfile
from typing import Any

BEGUN = 1_700_000_000.25


def message(role: str, *parts: Any, kind: str = "text", at: float = BEGUN, **more: Any) -> dict[str, Any]:
    return {
        "id": f"m-{role}-{at}",
        "author": {"role": role},
        "create_time": at,
        "content": {"content_type": kind, "parts": list(parts)},
        "metadata": {"model_slug": "gpt-4o"} if role == "assistant" else {},
        "recipient": "all",
    } | more


def chatgpt(id: str, *messages: dict[str, Any], title: str = "Tides", **more: Any) -> dict[str, Any]:
    """A conversation of ChatGPT's export that is one path."""
    names = ["root", *(f"n{place}" for place in range(1, len(messages) + 1))]
    mapping = {
        name: {
            "id": name,
            "message": None if place == 0 else messages[place - 1],
            "parent": names[place - 1] if place else None,
            "children": names[place + 1 : place + 2],
        }
        for place, name in enumerate(names)
    }
    whole = {"title": title, "create_time": BEGUN, "update_time": BEGUN + 60, "mapping": mapping}
    return whole | {"current_node": names[-1], "conversation_id": id, "id": id} | more


def talk(id: str, turns: int = 2, **more: Any) -> dict[str, Any]:
    said = [
        message(role, f"{role} {place} of {id}", at=BEGUN + 2 * place + (role == "assistant"))
        for place in range(turns)
        for role in ("user", "assistant")
    ]
    return chatgpt(id, *said, **more)


def archive(**files: Any) -> bytes:
    """Names with `__` for a dot; values are bytes or what becomes JSON."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, value in files.items():
            file.writestr(name.replace("__", "."), value if isinstance(value, bytes) else json.dumps(value))
    return packed.getvalue()
