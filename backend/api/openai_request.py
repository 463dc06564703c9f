"""What a call of `/v1/chat/completions` asks for, out of OpenAI's request body.  Which parameters: `openai_parameters`.

`model` is passed on as it is: an account that does not offer it says so.  `auto`, `default` or none leave the choice to
the account.  In `messages` the last user's message is the prompt and what stands before it the history; in a follow-up
the server has the history, so that the prompt alone is sent.  Accounts know no names of participants: a `name` in a
message is named in `X-Ignored-Parameters`.
"""

from dataclasses import dataclass
from typing import Final

from backend.api.openai_parameters import (
    CHAT,
    Given,
    flag,
    model_of,
    prompt_and_history,
    read_message,
    stops_of,
    stream_options,
    text_or_none,
    wrong,
)
from backend.upstream.protocol import Message

TEXT_PARTS: Final = ("text",)
OPTIONS: Final = ("include_usage",)


@dataclass(slots=True)
class Asked:
    """`model` is None for the account's default.  `ignored` are the parameters that no account is told of."""

    prompt: str
    history: tuple[Message, ...]
    model: str | None
    stream: bool
    include_usage: bool
    conversation_id: str | None
    given: Given
    stop: tuple[str, ...]
    ignored: list[str]


def read_request(body: dict[str, object]) -> Asked:
    """Raises `InvalidInput` whose `field` is the parameter."""
    ignored = CHAT.ignored(body)
    stream, model, follows = flag(body, "stream"), model_of(body), text_or_none(body, "conversation_id")
    options = stream_options(body.get("stream_options"), stream, OPTIONS)
    messages = body.get("messages")
    if not isinstance(messages, list) or not messages:
        wrong("messages", "must be a list with at least one message")
    read = [read_message(message, f"messages[{index}]", TEXT_PARTS) for index, message in enumerate(messages)]
    prompt, history = prompt_and_history(read, "messages")
    if any("name" in message for message in messages):
        ignored.append("messages.name")
    return Asked(
        prompt=prompt,
        history=history,
        model=model,
        stream=stream,
        include_usage=bool(options.get("include_usage")),
        conversation_id=follows,
        given=CHAT.given(body),
        stop=stops_of(body.get("stop")),
        ignored=ignored,
    )
