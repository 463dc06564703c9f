"""What the gateway asks of an account's far end.  Three adapters speak it: chatgpt, openai_compatible and rehearsal."""

from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from typing import Final, Literal, Protocol, get_args, runtime_checkable

from backend.domain.accounts import AccountKind
from backend.domain.replies import FinishReason

OptionName = Literal["temperature", "top_p", "max_tokens", "seed", "presence_penalty", "frequency_penalty"]
"""What a caller may ask of how a reply is made; `max_tokens` is how long it may be, whatever the upstream calls it."""
EVERY_OPTION: Final[frozenset[OptionName]] = frozenset(get_args(OptionName))
NO_OPTION: Final[frozenset[OptionName]] = frozenset()
Options = tuple[tuple[OptionName, float], ...]


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a history: what an upstream without memory is sent before the prompt."""

    role: Literal["system", "user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True)
class Ask:
    """One prompt for one account.

    `prompt_id` is the UUID that the prompt goes by upstream.  `conversation_id` is the upstream's own id, None on a new
    conversation; `parent_id` that of the message that the prompt goes on behind.  On a new conversation that is a fresh
    UUID, which other first prompts of it name too; None lets the adapter make one.  `history` is what was said before,
    oldest first: an upstream that remembers gets only what it was not told yet (the messages that a caller sent along
    with a first prompt), one that does not gets everything.  `model` is None for the account's default.  `options`
    that the upstream does not take (`Upstream.takes`) are left out.  `resent` is called where the prompt is sent once
    more, with a new token after the upstream refused the one that there was.
    """

    prompt: str
    prompt_id: str
    conversation_id: str | None = None
    parent_id: str | None = None
    history: tuple[Message, ...] = ()
    model: str | None = None
    options: Options = ()
    resent: Callable[[], None] = lambda: None


@dataclass(slots=True)
class TextAdded:
    """Text that came in one read from the network, in the pieces in which the upstream sent it; never empty."""

    pieces: list[str]


@dataclass(slots=True)
class TextReplaced:
    """The upstream took its text back: the whole reply so far now reads `text`."""

    text: str


@dataclass(slots=True)
class Titled:
    """The upstream named the conversation by itself, in mid-stream."""

    title: str


@dataclass(slots=True)
class Done:
    """The last event of a whole reply.

    Tokens are None where the upstream does not report them.  `history_left_out` counts the messages at the start of
    `Ask.history` that did not fit the model's context and were not sent.  `message` is the upstream's final message
    object without its text (`chatgpt` kind), for the legacy answer.
    """

    conversation_id: str | None = None
    reply_id: str | None = None
    model: str | None = None
    prompt_tokens: int | None = None
    reply_tokens: int | None = None
    history_left_out: int = 0
    finish_reason: FinishReason = "stop"
    message: dict[str, object] = field(default_factory=dict)


@dataclass(slots=True)
class Identified:
    """The ids under which the upstream keeps this turn, as soon as they are known: with them a cut reply can go on."""

    conversation_id: str
    reply_id: str


UpstreamEvent = TextAdded | TextReplaced | Titled | Identified | Done


@dataclass(frozen=True, slots=True)
class Model:
    """A model that an account offers.  `context` is its window in tokens, None if unknown."""

    name: str
    title: str
    context: int | None = None


class Upstream(Protocol):
    """The far end of one account.  Every failure leaves as an `UpstreamFailure` or a `SignInFailed`, nothing else."""

    remembers: bool
    """Whether the far end keeps the conversation, so that a follow-up sends the prompt alone."""

    takes: frozenset[OptionName]
    """The options that are passed on to the far end."""

    def answer(self, ask: Ask) -> AsyncGenerator[UpstreamEvent, None]:
        """Send the prompt and yield what comes.  Ends with `Done` or raises; closing it early ends the connection."""
        ...

    async def title(self, conversation_id: str | None, reply_id: str | None, prompt: str, reply: str) -> str | None:
        """A title for a conversation by its first turn; None where the upstream has none to give."""
        ...

    async def models(self) -> list[Model]:
        """What the account offers now."""
        ...

    async def close(self) -> None:
        """Let go of connections; the object is not used again."""
        ...


@runtime_checkable
class SignsIn(Protocol):
    """An upstream that has a sign-in of its own."""

    async def sign_in(self) -> None:
        """Get a new token; the one that there is stays until the new one has come."""
        ...


class Definition(Protocol):
    """An account as the settings or an admin define it; the adapters know what else is in it."""

    @property
    def name(self) -> str: ...

    @property
    def kind(self) -> AccountKind: ...

    @property
    def plus(self) -> bool: ...

    @property
    def concurrency(self) -> int: ...

    @property
    def weight(self) -> int: ...


SecretOfAccount = Literal["access_token", "refresh_token", "password", "api_key", "proxy_login"]


@dataclass(frozen=True, slots=True)
class ShownDefinition:
    """How an account is defined, without its secrets: `secrets` tells which of them there are.  None where the account
    or its kind has no such key; `proxy` is without user name and password."""

    weight: int
    concurrency: int
    proxy: str | None
    model: str | None
    context: int | None
    base_url: str | None
    login_url: str | None
    auth_url: str | None
    email: str | None
    secrets: tuple[SecretOfAccount, ...]


ProxyState = Literal["up", "down", "refusing", "wrong_login", "hanging", "no_way_on"]


@dataclass(frozen=True, slots=True)
class ProxyReport:
    """What became of one connection through an account's proxy."""

    state: ProxyState
    sentence: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a sign-in gave.  `expires_at` is in seconds since the epoch, None if unknown."""

    access_token: str
    expires_at: float | None = None
    refresh_token: str | None = None


class TokenVault(Protocol):
    """Where an account's tokens are kept between starts; the record keeps them encrypted."""

    async def load(self) -> Tokens | None: ...

    async def save(self, tokens: Tokens) -> None: ...
