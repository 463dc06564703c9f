"""Servers that speak OpenAI's chat completions: OpenAI itself, Ollama, vLLM, llama.cpp, gateways and many more.

They remember nothing, so every prompt takes its history along, cut to the model's context.  They differ in what they
leave out; only the text of a reply is insisted on.
"""

import time
from collections.abc import AsyncGenerator, Callable, Sequence
from typing import Final

import orjson
from yarl import URL

from backend import errors
from backend.domain import usage
from backend.upstream import failures
from backend.upstream.completion import Completion
from backend.upstream.connections import Answer, Connection, Limits, Timeouts
from backend.upstream.event_stream import EventStream, too_large
from backend.upstream.json_bodies import reason_of, to_json
from backend.upstream.protocol import EVERY_OPTION, Ask, Message, Model, TextAdded, UpstreamEvent

MESSAGE_OVERHEAD: Final = 4  # tokens around each message
ROOM_FOR_REPLY: Final = 1024  # tokens, or a quarter of a smaller context
WORTH_ASKING: Final = 1500  # tokens: what is shorter fits any model, so its context need not be known
TITLE_TOKENS: Final = 24
OLD_LIMIT: Final = "max_tokens"  # what nearly all servers know
NEW_LIMIT: Final = "max_completion_tokens"  # what OpenAI's reasoning models insist on
LONGEST_TITLE: Final = 120
CONTEXT_FIELDS: Final = (
    "max_model_len",
    "context_length",
    "loaded_context_length",
    "max_context_length",
    "context_window",
    "max_input_tokens",
    "max_tokens",
)


class OpenAICompatible:
    """`base_url` ends where `/chat/completions` begins, usually in `/v1`.  `context` is the model's window in tokens;
    without it the server's list of models is asked, and what that does not say is not cut."""

    remembers = False
    takes = EVERY_OPTION

    def __init__(
        self,
        name: str,
        base_url: str,
        model: str,
        api_key: str | None = None,
        context: int | None = None,
        proxy: str | None = None,
        timeouts: Timeouts | None = None,
        limits: Limits | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.name = name
        self._model = model
        self._context = context
        self._contexts: dict[str, int | None] | None = None
        self._clock = clock
        self._connection = Connection(proxy, timeouts, limits)
        base = URL(base_url.rstrip("/"))
        self._completions, self._models = base / "chat/completions", base / "models"
        self._headers = {"Content-Type": "application/json", "Accept": "text/event-stream, application/json"}
        if api_key:
            self._headers["Authorization"] = f"Bearer {api_key}"
        self._asks_for_usage = True
        self._limit = OLD_LIMIT

    async def answer(self, ask: Ask) -> AsyncGenerator[UpstreamEvent, None]:
        model = ask.model or self._model
        left_out = await self._history_left_out(ask, model)
        body: dict[str, object] = {"model": model, "messages": messages_of(ask, left_out), "stream": True}
        body.update(ask.options)
        answer = await self._ask(body)
        completion = Completion(model, left_out)
        try:
            if answer.kind.startswith("application/json"):
                pieces = completion.whole(await answer.document(), self._clock())
                if pieces:
                    yield TextAdded(pieces)
            elif "html" in answer.kind:
                raise self._refusal(answer, await answer.reason())
            else:
                limits = self._connection.limits
                stream, room = EventStream(limits.line, limits.event), limits.text
                while not completion.ended:
                    chunk = await answer.read()
                    pieces = completion.read(stream.feed(chunk) if chunk else stream.rest(), self._clock)
                    if (room := room - sum(map(len, pieces))) < 0:
                        raise too_large("reply")
                    if pieces:
                        yield TextAdded(pieces)
                    if not chunk:
                        break
                    if completion.failure is not None:
                        raise completion.failure
            yield completion.done()
            await answer.finish()
        finally:
            answer.drop()

    async def title(self, conversation_id: str | None, reply_id: str | None, prompt: str, reply: str) -> str | None:
        request = (
            "Give this conversation a title of two to six words in its own language. Answer with the title alone.\n\n"
            f"Question: {prompt[:2000]}\n\nAnswer: {reply[:2000]}"
        )
        body = {"model": self._model, "messages": [{"role": "user", "content": request}], self._limit: TITLE_TOKENS}
        try:
            answer, content = await self._connection.document("POST", self._completions, self._headers, to_json(body))
            if answer.status != 200:
                return None
            text = "".join(Completion(self._model, 0).whole(content, self._clock()))
        except errors.UpstreamFailure:
            return None
        line = next((line.strip() for line in text.splitlines() if line.strip()), "")
        return line.removeprefix("Title:").strip(" \t\"'*#“”„«»")[:LONGEST_TITLE].rstrip(" .") or None

    async def models(self) -> list[Model]:
        answer, content = await self._connection.document("GET", self._models, self._headers)
        if answer.status != 200:
            raise self._refusal(answer, content)
        try:
            entries = orjson.loads(content)["data"]
            found = [Model(entry["id"], entry.get("name") or entry["id"], context_of(entry)) for entry in entries]
        except (ValueError, KeyError, TypeError, AttributeError):
            raise errors.UpstreamBadAnswer("The upstream's list of models is not one that this server reads.") from None
        self._contexts = {model.name: model.context for model in found}
        return found

    async def close(self) -> None:
        await self._connection.close()

    async def _ask(self, body: dict[str, object]) -> Answer:
        """Servers differ in what they call the limit of a reply, and not all report usage: a refusal that names either
        teaches it.  Nothing was answered then, so that asking once more asks once."""
        while True:
            with_usage, limit = self._asks_for_usage, self._limit
            sent = {**body, "stream_options": {"include_usage": True}} if with_usage else body
            if limit != OLD_LIMIT and OLD_LIMIT in sent:
                sent = {limit if name == OLD_LIMIT else name: value for name, value in sent.items()}
            answer = await self._connection.open("POST", self._completions, self._headers, to_json(sent))
            if answer.status == 200:
                return answer
            try:
                content = await answer.reason()
            finally:
                answer.drop()
            refused = answer.status in (400, 422)
            if refused and with_usage and b"stream_options" in content:
                self._asks_for_usage = False
            elif refused and limit == OLD_LIMIT and OLD_LIMIT in body and NEW_LIMIT.encode() in content:
                self._limit = NEW_LIMIT
            else:
                raise self._refusal(answer, content)

    def _refusal(self, answer: Answer, content: bytes) -> errors.UpstreamFailure:
        reason = reason_of(content)
        return failures.of_answer(answer.status, answer.headers, content, reason, self._clock(), remembers=False)

    async def _history_left_out(self, ask: Ask, model: str) -> int:
        if not ask.history:
            return 0
        sizes = [size_of(message.text) for message in ask.history]
        needed = sum(sizes) + size_of(ask.prompt)
        context = self._context
        if context is None and needed > WORTH_ASKING:
            context = await self._context_of(model)
        if context is None:
            return 0
        limit = next((int(value) for name, value in ask.options if name == "max_tokens"), None)
        reply = min(ROOM_FOR_REPLY, context // 4) if limit is None else min(limit, context // 2)
        room = context - reply - size_of(ask.prompt)
        return left_out_of(ask.history, sizes, room)

    async def _context_of(self, model: str) -> int | None:
        if self._contexts is None:
            try:
                await self.models()
            except errors.UpstreamFailure:
                self._contexts = {}
        return (self._contexts or {}).get(model)


def left_out_of(history: Sequence[Message], sizes: Sequence[int], room: int) -> int:
    """How many of the oldest messages do not fit in `room` tokens.  A leading system message stays and is not counted;
    what is left does not begin with a reply, which some models refuse."""
    first = 1 if history[0].role == "system" else 0
    total, left_out = sum(sizes), 0
    while total > room and first + left_out < len(history):
        total -= sizes[first + left_out]
        left_out += 1
    while left_out and first + left_out < len(history) and history[first + left_out].role == "assistant":
        left_out += 1
    return left_out


def messages_of(ask: Ask, left_out: int) -> list[dict[str, str]]:
    history = ask.history
    if left_out:
        head = history[:1] if history[0].role == "system" else ()
        history = (*head, *history[len(head) + left_out :])
    messages = [{"role": message.role, "content": message.text} for message in history]
    messages.append({"role": "user", "content": ask.prompt})
    return messages


def size_of(text: str) -> int:
    return usage.estimate(text) + MESSAGE_OVERHEAD


def context_of(entry: dict[str, object]) -> int | None:
    """The window in tokens, under the names that servers give it."""
    meta = entry.get("meta")
    values = [entry.get(field) for field in CONTEXT_FIELDS]
    if isinstance(meta, dict):  # llama.cpp
        values += [meta.get("n_ctx"), meta.get("n_ctx_train")]
    return next((value for value in values if type(value) is int and value > 0), None)
