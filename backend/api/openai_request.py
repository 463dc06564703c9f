"""What a call of `/v1/chat/completions` asks for, out of OpenAI's request body.

Nothing is ignored in silence.  A parameter is one of these:

- taken: `model`, `messages`, `stream`, `stream_options.include_usage`, and this server's own `conversation_id`.
- refused with 400, naming it, unless it is null or says what happens anyway: `n` (but 1), `tools`, `functions`,
  `logprobs`, `response_format` (but text), `modalities` (but text), `audio`, `stop`, … see `ONLY`.  Unknown ones, too.
- left to the account: sampling and length (`temperature`, `max_tokens`, …).  An account answers as it is set up; these
  shape a reply but do not make it wrong.  They are checked to be numbers, and the header `X-Ignored-Parameters` of the
  answer names those that were sent.
- without meaning here, and without harm: `user`, `metadata`, `store`, `service_tier`, caching hints.

`model` is passed on as it is: an account that does not offer it says so.  `auto`, `default` or none leave the choice to
the account.  In `messages` the last user's message is the prompt and what stands before it the history; in a follow-up
the server has the history, so that the prompt alone is sent.
"""

from dataclasses import dataclass
from typing import Final, Literal, NoReturn

from backend.errors import InvalidInput
from backend.upstream.protocol import Message

ROLES: Final[dict[object, Literal["system", "user", "assistant"]]] = {
    "system": "system",
    "developer": "system",
    "user": "user",
    "assistant": "assistant",
}
ANY_MODEL: Final = frozenset({"", "auto", "default"})
TAKEN: Final = frozenset({"model", "messages", "stream", "stream_options", "conversation_id"})
HARMLESS: Final = frozenset(
    {
        "user",
        "metadata",
        "store",
        "service_tier",
        "safety_identifier",
        "prompt_cache_key",
        "prompt_cache_retention",
        "prediction",
        "parallel_tool_calls",
    }
)
LEFT_TO_THE_ACCOUNT: Final = frozenset(
    {
        "temperature",
        "top_p",
        "max_tokens",
        "max_completion_tokens",
        "seed",
        "presence_penalty",
        "frequency_penalty",
    }
)
ONLY: Final[dict[str, tuple[object, ...]]] = {
    "n": (1,),
    "tools": ([],),
    "tool_choice": ("none", "auto"),
    "functions": ([],),
    "function_call": ("none", "auto"),
    "logprobs": (False,),
    "top_logprobs": (0,),
    "logit_bias": ({},),
    "response_format": ({"type": "text"},),
    "modalities": (["text"],),
    "audio": (),
    "stop": ([],),
    "reasoning_effort": (),
    "verbosity": (),
    "web_search_options": (),
}


@dataclass(slots=True)
class Asked:
    """`model` is None for the account's default.  `ignored` are the parameters left to the account, as a header."""

    prompt: str
    history: tuple[Message, ...]
    model: str | None
    stream: bool
    include_usage: bool
    conversation_id: str | None
    ignored: str


def read_request(body: dict[str, object]) -> Asked:
    """Raises `InvalidInput` whose `field` is the parameter."""
    ignored = ""
    if not body.keys() <= TAKEN:
        ignored = ", ".join(sorted(name for name, value in body.items() if left_to_the_account(name, value)))
    stream, model, follows = body.get("stream"), body.get("model"), body.get("conversation_id")
    if stream not in (None, True, False):
        wrong("stream", "must be true or false")
    if model is not None and not isinstance(model, str):
        wrong("model", "must be the name of a model")
    if follows is not None and not isinstance(follows, str):
        wrong("conversation_id", "must be text")
    prompt, history = read_messages(body.get("messages"))
    return Asked(
        prompt=prompt,
        history=history,
        model=None if model is None or model in ANY_MODEL else model,
        stream=bool(stream),
        include_usage=wants_usage(body.get("stream_options"), bool(stream)),
        conversation_id=follows or None,
        ignored=ignored,
    )


def left_to_the_account(name: str, value: object) -> bool:
    """False for what is taken or harmless; raises for what cannot be honoured."""
    if name in TAKEN or name in HARMLESS or (value is None and (name in ONLY or name in LEFT_TO_THE_ACCOUNT)):
        return False
    if name in LEFT_TO_THE_ACCOUNT:
        if not isinstance(value, int | float) or isinstance(value, bool):
            wrong(name, "must be a number")
        return True
    if name not in ONLY:
        raise InvalidInput(f"This server knows no parameter `{name}`.", field=name, reason="unknown_parameter")
    if value in ONLY[name] and not (name == "n" and value is True):
        return False
    raise InvalidInput(
        f"`{name}` cannot be honoured here, so it is refused rather than ignored. Leave it out.",
        field=name,
        reason="unsupported_parameter",
    )


def wants_usage(options: object, stream: bool) -> bool:
    if options is None:
        return False
    if not isinstance(options, dict):
        wrong("stream_options", "must be an object")
    if not stream:
        wrong("stream_options", "goes only with `stream`: true")
    if (wanted := options.get("include_usage")) not in (None, True, False):
        wrong("stream_options.include_usage", "must be true or false")
    return bool(wanted)


def read_messages(messages: object) -> tuple[str, tuple[Message, ...]]:
    """The prompt and what was said before it.  Instructions behind the prompt count as said before it."""
    if not isinstance(messages, list) or not messages:
        wrong("messages", "must be a list with at least one message")
    read = [read_message(message, f"messages[{index}]") for index, message in enumerate(messages)]
    last = max((index for index, message in enumerate(read) if message.role == "user"), default=None)
    if last is None:
        wrong("messages", "has no message of the role user, so there is no prompt")
    if any(message.role == "assistant" for message in read[last + 1 :]):
        wrong("messages", "ends with an assistant's message; this server cannot go on with one. End with the user's")
    return read[last].text, (*read[:last], *read[last + 1 :])


def read_message(message: object, place: str) -> Message:
    if not isinstance(message, dict):
        wrong(place, "must be an object")
    role = message.get("role")
    if not isinstance(role, str) or role not in ROLES:
        wrong(f"{place}.role", "must be system, developer, user or assistant")
    if message.get("tool_calls") or message.get("function_call") or message.get("audio"):
        wrong(place, "calls a tool or holds audio, which this server does not pass on")
    content = message.get("content")
    return Message(ROLES[role], content if isinstance(content, str) else text_of(content, f"{place}.content"))


def text_of(content: object, place: str) -> str:
    if not isinstance(content, list) or not content:
        wrong(place, "must be text or a list of text parts")
    texts = []
    for index, part in enumerate(content):
        text = part.get("text") if isinstance(part, dict) and part.get("type") == "text" else None
        if not isinstance(text, str):
            wrong(f"{place}[{index}]", "must be a text part; this server takes no images, sounds or files")
        texts.append(text)
    return "\n".join(texts)


def wrong(field: str, what: str) -> NoReturn:
    raise InvalidInput(f"`{field}` {what}.", field=field)
