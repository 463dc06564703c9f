"""Which parameters of OpenAI's requests mean what here.  Nothing is ignored in silence.

A parameter is one of these:

- taken: it does what it says.
- harmless: it says something of billing, caching or abuse that has no meaning here, so that leaving it out changes no
  reply.
- an option: sampling and length.  Accounts that take options are sent it; others answer as they are set up, since it
  shapes a reply but its lack makes none wrong.  The answer's header `X-Ignored-Parameters` names those that the account
  which answered does not take.
- not kept: `metadata`, which the record has no place for; the header always names it.
- only: it cannot be honoured, so it is refused with 400, which names it, unless it is null or asks for what happens
  anyway.

Whatever is in no table is refused as unknown.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final, Literal, NoReturn

from backend.errors import InvalidInput
from backend.upstream.protocol import Message, OptionName, Options

ROLES: Final[dict[object, Literal["system", "user", "assistant"]]] = {
    "system": "system",
    "developer": "system",
    "user": "user",
    "assistant": "assistant",
}
ANY_MODEL: Final = frozenset({"", "auto", "default"})
TEXT: Final = {"type": "text"}
# Of a message and of a part of its content: what may stand beside the text.
BESIDE_A_MESSAGE: Final = frozenset({"name", "annotations", "id", "type", "status", "phase"})
BESIDE_A_TEXT: Final = frozenset(
    {"type", "text", "annotations", "logprobs", "prompt_cache_breakpoint", "cache_control"}
)


MOST_STOPS: Final = 4
LONGEST_STOP: Final = 200  # characters


@dataclass(frozen=True, slots=True)
class Number:
    """An option that is a number: what accounts call it, and which numbers it may be."""

    option: OptionName
    least: int
    most: int
    whole: bool = False

    def read(self, name: str, value: object) -> float:
        if not isinstance(value, int | float) or isinstance(value, bool):
            wrong(name, "must be a number")
        if self.whole and value != int(value):
            wrong(name, "must be a whole number")
        if not self.least <= value <= self.most:
            wrong(name, f"must be from {self.least} to {self.most}")
        return int(value) if self.whole else value


Given = Mapping[str, tuple[OptionName, float]]
"""The options of a call, by its own names for them."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """The parameters of one endpoint; see the module.  `only` holds, by name, the values that are taken."""

    taken: frozenset[str]
    harmless: frozenset[str]
    options: Mapping[str, Number]
    not_kept: frozenset[str]
    only: Mapping[str, tuple[object, ...]]

    def ignored(self, body: Mapping[str, object]) -> list[str]:
        """Names for `X-Ignored-Parameters`, whatever account answers.  Raises `InvalidInput` whose `field` is the
        parameter."""
        if body.keys() <= self.taken:
            return []
        return sorted(name for name, value in body.items() if name not in self.taken and self._is_ignored(name, value))

    def given(self, body: Mapping[str, object]) -> Given:
        """Raises `InvalidInput` likewise."""
        if self.options.keys().isdisjoint(body):
            return NONE_GIVEN
        given: dict[str, tuple[OptionName, float]] = {}
        said: dict[OptionName, str] = {}
        for name, number in self.options.items():
            if (value := body.get(name)) is not None:
                given[name] = (number.option, number.read(name, value))
                if (other := said.setdefault(number.option, name)) != name:
                    wrong(name, f"and `{other}` exclude each other: send one of them")
        return given

    def _is_ignored(self, name: str, value: object) -> bool:
        if name in self.harmless or name in self.options:
            return False
        if name in self.not_kept:
            if value is not None and not isinstance(value, dict):
                wrong(name, "must be an object")
            return bool(value)
        if name not in self.only:
            raise InvalidInput(f"This server knows no parameter `{name}`.", field=name, reason="unknown_parameter")
        if value is not None and (value not in self.only[name] or (name == "n" and value is True)):
            unsupported(name)
        return False


NONE_GIVEN: Final[Given] = {}
LIMIT: Final = Number("max_tokens", 1, 2**31 - 1, whole=True)
SAMPLING: Final[Mapping[str, Number]] = {"temperature": Number("temperature", 0, 2), "top_p": Number("top_p", 0, 1)}
HARMLESS: Final = frozenset(
    """user safety_identifier prompt_cache_key prompt_cache_options prompt_cache_retention
    parallel_tool_calls""".split()
)
NEITHER: Final[Mapping[str, tuple[object, ...]]] = {
    "tools": ([],),
    "tool_choice": ("none", "auto"),
    "top_logprobs": (0,),
    "service_tier": ("auto", "default"),
    "moderation": (),
}
CHAT: Final = Parameters(
    taken=frozenset({"model", "messages", "stream", "stream_options", "conversation_id", "stop"}),
    harmless=HARMLESS | {"store", "prediction"},
    options={
        **SAMPLING,
        "max_tokens": LIMIT,
        "max_completion_tokens": LIMIT,
        "seed": Number("seed", -(2**63), 2**63 - 1, whole=True),
        "presence_penalty": Number("presence_penalty", -2, 2),
        "frequency_penalty": Number("frequency_penalty", -2, 2),
    },
    not_kept=frozenset({"metadata"}),
    only={
        **NEITHER,
        "n": (1,),
        "functions": ([],),
        "function_call": ("none", "auto"),
        "logprobs": (False,),
        "logit_bias": ({},),
        "response_format": (TEXT,),
        "modalities": (["text"],),
        "audio": (),
        "reasoning_effort": (),
        "verbosity": ("medium",),
        "web_search_options": (),
    },
)
RESPONSES: Final = Parameters(
    taken=frozenset(
        """model input instructions stream stream_options background previous_response_id conversation include
        store""".split()
    ),
    harmless=HARMLESS | {"max_tool_calls"},
    options={**SAMPLING, "max_output_tokens": LIMIT},
    not_kept=frozenset({"metadata"}),
    only={
        **NEITHER,
        "truncation": ("auto",),  # an account without memory gets as much history as its model can read
        "text": ({}, {"format": TEXT}, {"verbosity": "medium"}, {"format": TEXT, "verbosity": "medium"}),
        "reasoning": ({}, {"effort": None}, {"summary": None}, {"effort": None, "summary": None}),
        "prompt": (),
        "context_management": ([],),
        "background_options": (),
        "access_programs": (),
        "image": (),
    },
)


def options_of(given: Given) -> Options:
    return tuple(given.values()) if given else ()


def stops_of(stop: object) -> tuple[str, ...]:
    """The texts at which a reply ends."""
    if stop is None:
        return ()
    if isinstance(stop, str):
        stop = [stop]
    if not isinstance(stop, list) or not all(isinstance(text, str) and 0 < len(text) <= LONGEST_STOP for text in stop):
        wrong("stop", f"must be a text of 1 to {LONGEST_STOP} characters, or a list of such texts")
    if len(stop) > MOST_STOPS:
        wrong("stop", f"has at most {MOST_STOPS} texts")
    return tuple(stop)


def flag(body: Mapping[str, object], name: str) -> bool:
    value = body.get(name)
    if value not in (None, True, False) or (isinstance(value, int | float) and not isinstance(value, bool)):
        wrong(name, "must be true or false")
    return bool(value)


def text_or_none(body: Mapping[str, object], name: str) -> str | None:
    value = body.get(name)
    if value is not None and not isinstance(value, str):
        wrong(name, "must be text")
    return value or None


def model_of(body: Mapping[str, object]) -> str | None:
    """None leaves the choice to the account.  A name is passed on: an account that does not offer it says so."""
    model = body.get("model")
    if model is not None and not isinstance(model, str):
        wrong("model", "must be the name of a model")
    return None if model is None or model in ANY_MODEL else model


def stream_options(options: object, stream: bool, known: Collection[str]) -> Mapping[str, object]:
    """Obfuscation is never added, so that asking for it is refused."""
    if options is None:
        return {}
    if not isinstance(options, dict):
        wrong("stream_options", "must be an object")
    if not stream:
        wrong("stream_options", "goes only with `stream`: true")
    for name, value in options.items():
        place = f"stream_options.{name}"
        if name not in known and name != "include_obfuscation":
            raise InvalidInput(f"This server knows no parameter `{place}`.", field=place, reason="unknown_parameter")
        if value is not None and not isinstance(value, bool):
            wrong(place, "must be true or false")
        if name == "include_obfuscation" and value:
            unsupported(place)
    return options


def read_message(message: object, place: str, text_parts: Collection[str]) -> Message:
    """One message of a request; `text_parts` are the types of parts that hold text."""
    if not isinstance(message, dict):
        wrong(place, "must be an object")
    role = message.get("role")
    if not isinstance(role, str) or role not in ROLES:
        wrong(f"{place}.role", "must be system, developer, user or assistant")
    if len(message) > 2:
        for name, value in message.items():
            if name not in ("role", "content") and name not in BESIDE_A_MESSAGE and value not in (None, []):
                wrong(f"{place}.{name}", "is something that this server does not pass on: no tools, no sounds")
    content = message.get("content")
    text = content if isinstance(content, str) else text_of(content, f"{place}.content", text_parts)
    return Message(ROLES[role], text)


def text_of(content: object, place: str, text_parts: Collection[str]) -> str:
    if not isinstance(content, list) or not content:
        wrong(place, "must be text or a list of text parts")
    texts = []
    for index, part in enumerate(content):
        text = part.get("text") if isinstance(part, dict) and is_one_of(part.get("type"), text_parts) else None
        if not isinstance(text, str):
            wrong(f"{place}[{index}]", "must be a text part; this server takes no images, sounds or files")
        for name, value in part.items():
            if name not in BESIDE_A_TEXT and value is not None:
                wrong(f"{place}[{index}].{name}", "is something that this server does not pass on")
        texts.append(text)
    return "\n".join(texts)


def is_one_of(value: object, words: Collection[str]) -> bool:
    return isinstance(value, str) and value in words


def prompt_and_history(read: list[Message], place: str) -> tuple[str, tuple[Message, ...]]:
    """The last user's message and what was said before it.  Instructions behind the prompt count as said before it."""
    last = max((index for index, message in enumerate(read) if message.role == "user"), default=None)
    if last is None:
        wrong(place, "has no message of the role user, so there is no prompt")
    if any(message.role == "assistant" for message in read[last + 1 :]):
        wrong(place, "ends with an assistant's message; this server cannot go on with one. End with the user's")
    return read[last].text, (*read[:last], *read[last + 1 :])


def wrong(field: str, what: str) -> NoReturn:
    raise InvalidInput(f"`{field}` {what}.", field=field)


def unsupported(name: str) -> NoReturn:
    raise InvalidInput(
        f"`{name}` cannot be honoured here, so it is refused rather than ignored. Leave it out.",
        field=name,
        reason="unsupported_parameter",
    )
