"""What the parts of the OpenAPI document are made of."""

from collections.abc import Collection, Mapping
from http import HTTPStatus
from typing import Any, Final

from backend.api.http_errors import STATUS

Json = dict[str, Any]

NULLABLE_TEXT: Final[Json] = {"type": ["string", "null"]}


def ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def closed(properties: Json, required: list[str]) -> Json:
    """An object with these properties and no other."""
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def header(description: str, *, required: bool = True, schema: Json | None = None) -> Json:
    return {"description": description, "required": required, "schema": schema or {"type": "string"}}


def in_header(name: str, description: str, schema: Json | None = None) -> Json:
    """A header of a request."""
    return {"name": name, "in": "header", "description": description, "schema": schema or {"type": "string"}}


IDEMPOTENCY: Final = in_header(
    "Idempotency-Key",
    "The same key never asks an upstream twice.",
    {"type": "string", "minLength": 1, "maxLength": 200},
)
CONVERSATION_HEADER: Final[Json] = {"X-Conversation-Id": header("The conversation in the record.")}


def body_of(schema: Json) -> Json:
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def whole(schema: Json, description: str, headers: Json | None = None) -> Json:
    """The answer 200 as JSON."""
    answer: Json = {"description": description, "content": {"application/json": {"schema": schema}}}
    return {"200": answer | ({"headers": headers} if headers else {})}


def content(responses: Json, media_type: str, description: str) -> Json:
    """The same answer, also as text of another kind."""
    shown = responses["200"]
    said = f"{shown['description']}  {description}"
    return {"200": {**shown, "description": said, "content": {**shown["content"], media_type: {}}}}


def errors(statuses: Collection[int], schema: str, codes: Mapping[str, str], also: Json | None = None) -> Json:
    """An answer for each status, with the codes that have it.  `codes` are other names that a door has for some."""
    shown: Json = {}
    for status in sorted({*statuses, 405}):
        names = sorted(codes.get(code, code) for code, its in STATUS.items() if its == status)
        description = f"{HTTPStatus(status).phrase}: {', '.join(names) or 'method_not_allowed'}."
        answer: Json = {
            "description": description,
            "content": {"application/json": {"schema": ref(schema)}, **(also or {})},
        }
        if status == 401:
            answer["headers"] = {"WWW-Authenticate": header("How to authenticate.", required=False)}
        elif status in (429, 503):
            answer["headers"] = {"Retry-After": header("Seconds.", required=False, schema={"type": "integer"})}
        shown[str(status)] = answer
    return shown
