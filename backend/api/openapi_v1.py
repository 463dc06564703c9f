"""The part of the OpenAPI document about `/v1`.  What is taken and what refused comes from `openai_parameters`."""

from collections.abc import Mapping
from typing import Any, Final

from backend.api.authentication import USER_ID, USER_NAME, USER_PLUS
from backend.api.openai_answers import CODES
from backend.api.openai_parameters import (
    BESIDE_A_MESSAGE,
    BESIDE_A_TEXT,
    CHAT,
    LONGEST_STOP,
    MOST_STOPS,
    RESPONSES,
    ROLES,
    Number,
    Parameters,
)
from backend.api.openai_response_answers import CUT, STATES
from backend.api.openai_responses_request import EMPTY_INCLUDES
from backend.api.openapi_shapes import (
    CONVERSATION_HEADER,
    IDEMPOTENCY,
    NULLABLE_TEXT,
    Json,
    body_of,
    closed,
    content,
    errors,
    header,
    in_header,
    ref,
    whole,
)

NULLABLE_FLAG: Final = {"type": ["boolean", "null"]}
COUNT: Final = {"type": "integer", "minimum": 0}
OPTION: Final = "Where the account that answers does not take it, the header `X-Ignored-Parameters` names it."
TOOK: Final = "As asked, where the account takes it; null where a response is read later."
NOT_KEPT: Final = "Not kept; the answer's header `X-Ignored-Parameters` names it."
NO_MEANING: Final = "Has no meaning here and changes no reply."
CANNOT: Final = "Cannot be honoured; anything but these values is refused."
PROMPT: Final = frozenset({400, 401, 403, 404, 408, 409, 413, 429, 500, 502, 503, 504})
READ: Final = frozenset({400, 401, 403, 404, 500, 503})


def paths(base: str) -> dict[str, Json]:
    id, model = in_path("id", "Of a response."), in_path("model", "Its name.")
    followed = {
        "X-Ignored-Parameters": header("Names of parameters that had no part in the reply.", required=False),
        "X-History-Left-Out": header("How many of the first messages did not fit the model.", required=False),
    }
    shown = whole(ref("Response"), "The response.", CONVERSATION_HEADER | followed)
    streamed = content(shown, "text/event-stream", "Typed events, each with its `sequence_number`.")
    return {
        f"{base}/models": {
            "get": operation("v1Models", "The models of the accounts that the key may use.")
            | {"responses": whole(ref("ModelList"), "The models.") | failures(PROMPT)}
        },
        f"{base}/models/{{model}}": {
            "get": operation("v1Model", "One of them.", model)
            | {"responses": whole(ref("Model"), "The model.") | failures(PROMPT)}
        },
        f"{base}/chat/completions": {
            "post": operation(
                "v1ChatCompletion",
                "A prompt with what was said before it; see `X-Conversation-Id`.",
                IDEMPOTENCY,
                CONVERSATION,
            )
            | {
                "requestBody": body_of(ref("ChatRequest")),
                "responses": content(
                    whole(ref("ChatCompletion"), "The whole reply.", CONVERSATION_HEADER | followed),
                    "text/event-stream",
                    "Chunks with `stream`: true, one for each piece of the upstream's; then `[DONE]`.",
                )
                | failures(PROMPT),
            }
        },
        f"{base}/responses": {
            "post": operation(
                "v1CreateResponse",
                "A prompt; or a follow-up, with `previous_response_id`.",
                IDEMPOTENCY,
                CONVERSATION,
            )
            | {
                "requestBody": body_of(ref("ResponseRequest")),
                "responses": streamed | failures(PROMPT),
            }
        },
        f"{base}/responses/{{id}}": {
            "get": operation("v1Response", "A response of the record, or its stream.", id, *QUERY)
            | {"responses": streamed | failures(READ)}
        },
        f"{base}/responses/{{id}}/cancel": {
            "post": operation("v1CancelResponse", "Stop a response; what was written stays.", id)
            | {"responses": shown | failures(READ)}
        },
    }


def operation(name: str, summary: str, *parameters: Json) -> Json:
    shown = [*parameters, *SPEAKS_FOR]
    return {"operationId": name, "summary": summary, "tags": ["OpenAI-compatible"], "parameters": shown}


def in_path(name: str, description: str) -> Json:
    return {
        "name": name,
        "in": "path",
        "required": True,
        "schema": {"type": "string"},
        "description": description,
    }


def failures(statuses: frozenset[int]) -> Json:
    return errors(statuses, "OpenAIError", CODES)


CONVERSATION: Final = in_header("X-Conversation-Id", "Makes it a follow-up of this conversation.")
SPEAKS_FOR: Final = (
    in_header(USER_ID, "Beside a client's key: the client's own id for one of its users, percent-encoded."),
    in_header(USER_NAME, "The name of such a user who is made on first sight, percent-encoded."),
    in_header(USER_PLUS, "`true`: such a user may use Plus accounts."),
)
QUERY: Final = (
    {
        "name": "stream",
        "in": "query",
        "schema": {"type": "boolean"},
        "description": "Follow it, live or from the record.",
    },
    {
        "name": "starting_after",
        "in": "query",
        "schema": {"type": "integer", "minimum": 0, "maximum": 10**12 - 1},
        "description": "With `stream`: behind the event of that `sequence_number`.",
    },
    {"name": "include_obfuscation", "in": "query", "schema": {"const": False}, "description": "It is never added."},
    {
        "name": "include",
        "in": "query",
        "schema": {"type": "array", "items": {"enum": sorted(EMPTY_INCLUDES)}},
        "description": "Of things that no reply here has.",
    },
)


def parameters_of(parameters: Parameters, taken: Mapping[str, Json]) -> Json:
    """The properties of a request, from its table.  `taken` has a schema for each parameter that is taken."""
    properties: Json = {name: taken[name] for name in sorted(parameters.taken)}
    properties |= {name: {"description": NO_MEANING} for name in sorted(parameters.harmless)}
    properties |= {name: number(parameters.options[name]) for name in sorted(parameters.options)}
    properties |= {name: {"type": ["object", "null"], "description": NOT_KEPT} for name in sorted(parameters.not_kept)}
    return properties | {
        name: {"enum": [None, *values], "description": CANNOT} for name, values in sorted(parameters.only.items())
    }


def number(option: Number) -> Json:
    kind = "integer" if option.whole else "number"
    return {"type": [kind, "null"], "minimum": option.least, "maximum": option.most, "description": OPTION}


def message(part_types: list[str]) -> Json:
    beside: Json = {name: {} for name in sorted(BESIDE_A_TEXT)}
    part = closed(beside | {"type": {"enum": part_types}, "text": {"type": "string"}}, ["type", "text"])
    text = {"anyOf": [{"type": "string"}, {"type": "array", "minItems": 1, "items": part}]}
    fields: Json = {name: {} for name in sorted(BESIDE_A_MESSAGE)}
    fields["type"] = {"const": "message"}
    return closed(fields | {"role": {"enum": sorted(map(str, ROLES))}, "content": text}, ["role", "content"])


def options(names: list[str]) -> Json:
    return {
        "anyOf": [
            closed(dict.fromkeys(names, NULLABLE_FLAG) | {"include_obfuscation": {"enum": [False, None]}}, []),
            {"type": "null"},
        ]
    }


def schemas() -> dict[str, Json]:
    return {**requests(), **answers()}


def requests() -> dict[str, Json]:
    model = {"type": ["string", "null"], "description": "`auto`, `default` or none leave the choice to the account."}
    flag = {"stream": NULLABLE_FLAG, "model": model}
    stop = {"type": "string", "minLength": 1, "maxLength": LONGEST_STOP}
    chat: Json = {
        **flag,
        "messages": {"type": "array", "minItems": 1, "items": message(["text"])},
        "stream_options": options(["include_usage"]),
        "conversation_id": NULLABLE_TEXT | {"description": "Makes it a follow-up of this conversation."},
        "stop": {
            "anyOf": [{"type": "null"}, stop, {"type": "array", "items": stop, "maxItems": MOST_STOPS}],
            "description": "The reply ends before the first of these.",
        },
    }
    said = message(["input_text", "output_text", "text"])
    by_id = closed({"id": {"type": "string"}}, ["id"])
    responses: Json = {
        **flag,
        "store": NULLABLE_FLAG | {"description": "False is not honoured: `X-Ignored-Parameters` names it."},
        "background": NULLABLE_FLAG | {"description": "Answer at once, before the reply."},
        "input": {"anyOf": [{"type": "string", "minLength": 1}, {"type": "array", "minItems": 1, "items": said}]},
        "instructions": NULLABLE_TEXT,
        "previous_response_id": NULLABLE_TEXT | {"description": "The response behind which to go on."},
        "conversation": {
            "anyOf": [{"type": ["string", "null"]}, by_id],
            "description": "A conversation to go on with.",
        },
        "include": {"anyOf": [{"type": "array", "items": {"enum": sorted(EMPTY_INCLUDES)}}, {"type": "null"}]},
        "stream_options": options([]),
    }
    return {
        "ChatRequest": closed(parameters_of(CHAT, chat), ["messages"]),
        "ResponseRequest": closed(parameters_of(RESPONSES, responses), ["input"]),
    }


def answers() -> dict[str, Json]:
    source = {"enum": ["reported", "estimated", "unknown"], "description": "Where the counts come from."}
    detail = {"type": "object", "additionalProperties": COUNT}
    chat_usage: Json = dict.fromkeys(("prompt_tokens", "completion_tokens", "total_tokens"), COUNT)
    usage: Json = dict.fromkeys(("input_tokens", "output_tokens", "total_tokens"), COUNT)
    usage |= {"input_tokens_details": detail, "output_tokens_details": detail}
    said = {"role": {"const": "assistant"}, "content": {"type": "string"}, "refusal": {"type": "null"}}
    finish = {"enum": ["stop", "length", "content_filter"]}
    choice = every(
        {"index": {"const": 0}, "message": every(said), "logprobs": {"type": "null"}, "finish_reason": finish}
    )
    output = every(
        {"type": {"const": "output_text"}, "text": {"type": "string"}, "annotations": EMPTY, "logprobs": EMPTY}
    )
    states = {"enum": ["in_progress", "completed", "incomplete"]}
    item = every(
        {
            "id": {"type": "string", "pattern": "^msg_t"},
            "type": {"const": "message"},
            "status": states,
            "role": {"const": "assistant"},
            "content": {"type": "array", "items": output, "maxItems": 1},
        }
    )
    failure = every(
        {
            "code": {"type": "string"},
            "message": {"type": "string"},
            "type": {"type": "string"},
            "param": {"type": "null"},
        }
    )
    model = {"id": {"type": "string"}, "object": {"const": "model"}, "created": COUNT, "owned_by": {"type": "string"}}
    return {
        "Model": every(model | {"title": {"type": "string"}}),
        "ModelList": every({"object": {"const": "list"}, "data": {"type": "array", "items": ref("Model")}}),
        "ChatCompletion": every(
            {
                "id": {"type": "string", "pattern": "^chatcmpl-t"},
                "object": {"const": "chat.completion"},
                "created": COUNT,
                "model": {"type": "string"},
                "choices": {"type": "array", "items": choice, "minItems": 1, "maxItems": 1},
                "usage": nullable(every(chat_usage | {"source": source})),
            }
        ),
        "Response": every(
            {
                "id": {"type": "string", "pattern": "^resp_t"},
                "object": {"const": "response"},
                "created_at": COUNT,
                "completed_at": {"type": ["integer", "null"]},
                "status": {"enum": sorted({*STATES.values(), "incomplete"})},
                "background": NULLABLE_FLAG | {"description": "As asked; null where a response is read later."},
                "error": nullable(failure),
                "incomplete_details": nullable(every({"reason": {"enum": sorted(CUT.values())}})),
                "instructions": NULLABLE_TEXT,
                "max_output_tokens": COUNT | {"type": ["integer", "null"], "description": TOOK},
                "model": {"type": "string"},
                "output": {"type": "array", "items": item, "maxItems": 1},
                "parallel_tool_calls": {"const": True},
                "previous_response_id": NULLABLE_TEXT,
                "conversation": every({"id": {"type": "string"}}),
                "reasoning": {"type": "object"},
                "store": {"const": True},
                "temperature": {"type": ["number", "null"], "description": TOOK},
                "text": {"type": "object"},
                "tool_choice": {"const": "auto"},
                "tools": EMPTY,
                "top_p": {"type": ["number", "null"], "description": TOOK},
                "truncation": {"const": "auto"},
                "usage": nullable(every(usage | {"source": source})),
                "user": {"type": "null"},
                "metadata": {"type": "object"},
            }
        ),
        "OpenAIError": every({"error": every(ERROR)}),
    }


EMPTY: Final[Json] = {"type": "array", "maxItems": 0}
ERROR: Final[Json] = {
    "message": {"type": "string"},
    "type": {"enum": ["invalid_request_error", "rate_limit_error", "server_error"]},
    "param": NULLABLE_TEXT | {"description": "The parameter that is wrong."},
    "code": {"type": "string"},
}


def every(properties: Mapping[str, Any]) -> Json:
    """An object that has each of these and nothing else."""
    return closed(dict(properties), sorted(properties))


def nullable(schema: Json) -> Json:
    return {"anyOf": [schema, {"type": "null"}]}
