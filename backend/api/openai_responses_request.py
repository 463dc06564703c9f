"""What a call of `/v1/responses` asks for, out of OpenAI's request body.  Which parameters: `openai_parameters`.

`previous_response_id` and `conversation` make it a follow-up.  Its `input` is then the prompt alone, because the server
has what was said before; more than that is refused.  `instructions` come first in a new conversation.  Accounts keep
them with the conversation, so that a follow-up may repeat them but not change them.

Every conversation is kept.  Clients send `store`: false unasked, so that it is not refused: `X-Ignored-Parameters`
names it, and the response says `store`: true.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from backend.api.openai_parameters import (
    RESPONSES,
    Given,
    flag,
    model_of,
    prompt_and_history,
    read_message,
    stream_options,
    text_or_none,
    unsupported,
    wrong,
)
from backend.upstream.protocol import Message

TEXT_PARTS: Final = ("input_text", "output_text", "text")
# They add to items that no reply here has, so that there is nothing to add.
EMPTY_INCLUDES: Final = frozenset(
    """file_search_call.results web_search_call.results web_search_call.action.sources message.input_image.image_url
    computer_call_output.output.image_url code_interpreter_call.outputs reasoning.encrypted_content""".split()
)


@dataclass(slots=True)
class AskedResponse:
    """`previous` is the id of a response and `conversation_id` that of a conversation; at most one of them is set.
    `ignored` are the parameters that no account is told of."""

    prompt: str
    history: tuple[Message, ...]
    instructions: str | None
    model: str | None
    stream: bool
    background: bool
    previous: str | None
    conversation_id: str | None
    given: Given
    ignored: list[str]


def read_response_request(body: dict[str, object], conversation_header: str | None = None) -> AskedResponse:
    """Raises `InvalidInput` whose `field` is the parameter."""
    ignored = RESPONSES.ignored(body)
    stream, background = flag(body, "stream"), flag(body, "background")
    if not flag({"store": True} | body, "store") and body.get("store") is not None:
        ignored.append("store")
    stream_options(body.get("stream_options"), stream, ())
    check_includes(body.get("include"))
    previous = text_or_none(body, "previous_response_id")
    conversation_id = conversation_header or conversation_of(body)
    if previous is not None and conversation_id is not None:
        wrong("previous_response_id", "and a conversation exclude each other: send one of them")
    instructions = text_or_none(body, "instructions")
    prompt, history = read_input(body.get("input"))
    if (previous or conversation_id) and history:
        wrong("input", "of a follow-up must be one message of the user: what was said before it is in the record")
    if instructions is not None and previous is None and conversation_id is None:
        history = (Message("system", instructions), *history)
    return AskedResponse(
        prompt=prompt,
        history=history,
        instructions=instructions,
        model=model_of(body),
        stream=stream,
        background=background,
        previous=previous,
        conversation_id=conversation_id,
        given=RESPONSES.given(body),
        ignored=ignored,
    )


def conversation_of(body: Mapping[str, object]) -> str | None:
    value = body.get("conversation")
    if isinstance(value, dict):
        if value.keys() != {"id"}:
            wrong("conversation", "must be the id of a conversation, or an object with that `id` alone")
        value = value["id"]
    if value is not None and not isinstance(value, str):
        wrong("conversation", "must be the id of a conversation")
    return value or None


def check_includes(include: object) -> None:
    if include is None:
        return
    if not isinstance(include, list):
        wrong("include", "must be a list")
    for index, what in enumerate(include):
        if not isinstance(what, str) or what not in EMPTY_INCLUDES:
            unsupported(f"include[{index}]")


def read_input(given: object) -> tuple[str, tuple[Message, ...]]:
    if isinstance(given, str):
        return given, ()
    if not isinstance(given, list) or not given:
        wrong("input", "must be text, or a list with at least one message")
    read = []
    for index, item in enumerate(given):
        place = f"input[{index}]"
        if isinstance(item, dict) and item.get("type", "message") != "message":
            wrong(f"{place}.type", "must be message; this server takes no tools, references or reasoning")
        read.append(read_message(item, place, TEXT_PARTS))
    return prompt_and_history(read, "input")
