"""JSON as it is sent, and the reason inside a refusal."""

import json

import orjson


def to_json(value: object) -> bytes:
    try:
        return orjson.dumps(value)
    except TypeError:  # half a surrogate pair in a text, which only an escape can carry
        return json.dumps(value).encode()


def reason_of(content: bytes) -> object:
    """What a refusal's JSON gives as its reason, None where there is none."""
    try:
        answer = orjson.loads(content)
    except orjson.JSONDecodeError:
        return None
    return (answer.get("detail") or answer.get("error")) if isinstance(answer, dict) else None
