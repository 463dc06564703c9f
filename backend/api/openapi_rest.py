"""The part of the OpenAPI document about the legacy REST calls; a test holds its parameters to those that are read."""

from typing import Final

from backend.api.openapi_shapes import IDEMPOTENCY, Json, content, errors, header, ref, whole
from backend.api.rest_parameters import BOOLEANS, PLANS

TEXT: Final[Json] = {"type": "string"}
FLAG: Final[Json] = {"anyOf": [{"type": "boolean"}, {"enum": sorted(BOOLEANS)}]}
PLAN: Final[Json] = {"anyOf": [{"type": "boolean"}, {"enum": sorted(PLANS)}]}
KEYS: Final = {
    "user": (TEXT, "The user's key; better in the header `Authorization: Bearer`."),
    "client": (TEXT, "A client's key: it acts for one of its own users."),
    "user_id": (TEXT, "With `client`: the user's id there."),
}
CHAT: Final = KEYS | {
    "prompt": (TEXT, "What to ask; blank, a prompt that says so."),
    "conversation_id": (TEXT, "Follow up on this conversation."),
    "plus": (PLAN, "Which built-in accounts may serve a new conversation; `any`: the first of either."),
    "reply_only": (FLAG, "Answer with the reply's text alone."),
    "pretty": (FLAG, "With `reply_only`: as an HTML page."),
    "access_token": (TEXT, "Use the ChatGPT account of this token."),
    "user_plus": (FLAG, "Whether that account has Plus."),
    "username": (TEXT, "With `client` and `user_id`: the user's name."),
    "user_id_plus": (FLAG, "With `client` and `user_id`: whether the user may use Plus accounts."),
}
RECALL: Final = KEYS | {"conversation_id": (TEXT, "One conversation with its messages; without it, all titles.")}
ACCESS_TOKEN: Final = {
    "user": KEYS["user"],
    "email": (TEXT, "Of a ChatGPT account."),
    "password": (TEXT, "Of a ChatGPT account."),
}
ADD_USER: Final = {
    "admin": (TEXT, "An admin's key."),
    "client": (TEXT, "Or a client's."),
    "userid": (TEXT, "An id of the caller's own for the user."),
    "username": (TEXT, "Its name."),
    "plus": (FLAG, "Whether it may use Plus accounts."),
    "is_client": (FLAG, "Make a client; for admins."),
}
REMOVE: Final = KEYS | {
    "admin": (TEXT, "An admin's key."),
    "conversation_id": (TEXT, "Which conversation."),
}
PROMPT_STATUSES: Final = frozenset({400, 401, 403, 404, 408, 409, 413, 429, 500, 502, 503, 504})
OTHER_STATUSES: Final = frozenset({400, 401, 403, 404, 408, 413, 422, 500, 502, 503, 504})
ADVICE: Final = {"X-Advice": header("How to send a key that came in the query.", required=False)}


def paths(chat: str, recall: str, access_token: str, add_user: str, remove_conversation: str) -> dict[str, Json]:
    retrieved = whole(ref("AccessToken"), "The account's access token.", ADVICE)
    recalled = whole({"anyOf": [ref("Titles"), ref("Messages")]}, "Titles, or one conversation.", ADVICE)
    removed = whole(ref("Done"), "It is removed.", ADVICE)
    added = whole(ref("UserAdded"), "The new user's key.", ADVICE)
    return {
        chat: both("Chat", "A prompt, new or a follow-up.", CHAT, answers_of_chat(), IDEMPOTENCY),
        recall: both("Recall", "Conversations.", RECALL, recalled | errors(OTHER_STATUSES, "RestError", {})),
        access_token: both(
            "AccessToken",
            "Sign in to ChatGPT.",
            ACCESS_TOKEN,
            retrieved | errors(OTHER_STATUSES, "AccessTokenError", {}),
        ),
        add_user: both("AddUser", "Issue a key.", ADD_USER, added | errors(OTHER_STATUSES, "RestError", {})),
        remove_conversation: both(
            "RemoveConversation", "Remove one.", REMOVE, removed | errors(OTHER_STATUSES, "RestError", {})
        ),
    }


def answers_of_chat() -> Json:
    """With `reply_only` the answer is text, whether it is a reply or an error."""
    text = {"text/plain": {"schema": {"type": "string"}}}
    shown = content(whole(ref("ChatAnswer"), "The reply.", ADVICE), "text/plain", "With `reply_only`: its text.")
    shown = content(shown, "text/html", "With `reply_only` and `pretty`: a page.")
    return shown | errors(PROMPT_STATUSES, "RestError", {}, text)


def both(name: str, summary: str, parameters: dict[str, tuple[Json, str]], responses: Json, *headers: Json) -> Json:
    """GET with a query, POST with JSON or a form; unknown parameters are ignored."""
    described = {each: as_json(schema) | {"description": said} for each, (schema, said) in parameters.items()}
    query = [
        {"name": each, "in": "query", "schema": as_text(schema), "description": said}
        for each, (schema, said) in parameters.items()
    ]
    form = {
        "type": "object",
        "properties": {each: as_text(schema) | {"description": said} for each, (schema, said) in parameters.items()},
    }
    kinds: Json = {
        "application/json": {"schema": {"type": "object", "properties": described}},
        "application/x-www-form-urlencoded": {"schema": form},
        "multipart/form-data": {"schema": form},
    }
    common = {"summary": summary, "tags": ["REST"], "responses": responses}
    return {
        "get": common | {"operationId": f"get{name}", "parameters": [*query, *headers]},
        "post": common | {"operationId": f"post{name}", "parameters": list(headers), "requestBody": {"content": kinds}},
    }


def as_text(schema: Json) -> Json:
    """The schema of a value where all values are text."""
    choices = schema.get("anyOf")
    return TEXT if choices is None else {"enum": choices[1]["enum"]}


def as_json(schema: Json) -> Json:
    """The schema of a value in JSON, where null counts as missing, and a whole number as text."""
    if schema is TEXT:
        return {"type": ["string", "integer", "null"]}
    return {"anyOf": [*schema["anyOf"], {"type": "null"}]}


def schemas() -> dict[str, Json]:
    status = {"status": {"enum": ["success"]}}
    message = {
        "type": "object",
        "properties": {
            "id": TEXT,
            "author": {"type": "object"},
            "content": {
                "type": "object",
                "properties": {"parts": {"type": "array", "items": TEXT}},
                "required": ["parts"],
            },
        },
        "required": ["id", "author", "content"],
    }
    said = {"type": "object", "additionalProperties": record({"prompt": TEXT, "reply": TEXT})}
    return {
        "ChatAnswer": record(
            {
                "message": message,
                "conversation_id": TEXT,
                "error": {"type": "null"},
                "conversation_title": TEXT,
                "api_user": TEXT,
                "api_client_id": TEXT,
                "api_prompt": TEXT,
                "api_prompt_time_origin": TEXT,
                "api_prompt_time_origin_readable": TEXT,
                "api_response_time_taken": TEXT | {"description": "Seconds, two decimals."},
                **status,
            },
            {
                "last_message_prompt": TEXT | {"description": "Of a follow-up: the prompt before this one."},
                "last_message_reply": TEXT | {"description": "Of a follow-up: the reply before this one."},
            },
        ),
        "Titles": {"type": "object", "additionalProperties": record({"title": TEXT})},
        "Messages": record(
            {"conversation_id": TEXT, "conversation_title": TEXT, "messages": {"type": "array", "items": said}}
        ),
        "AccessToken": record({"Access Token": TEXT}),
        "AccessTokenError": record({"Error": TEXT}),
        "UserAdded": record({**status, "message": TEXT, "api_key": TEXT}),
        "Done": record({**status, "message": TEXT}),
        "RestError": record({"status": {"const": "error"}, "message": TEXT, "code": TEXT}),
    }


def record(properties: Json, optional: Json | None = None) -> Json:
    return {"type": "object", "properties": properties | (optional or {}), "required": sorted(properties)}
