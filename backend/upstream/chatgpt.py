"""The ChatGPT web service, as far as its protocol is known (docs: the protocol page).

It remembers conversations by itself, so a follow-up sends the prompt and the ids of what came before.
"""

import time
from collections.abc import AsyncGenerator, Callable, Sequence
from typing import Final, Protocol
from urllib.parse import quote

import orjson

from backend import errors
from backend.domain.ids import new_uuid
from backend.upstream import failures
from backend.upstream.chatgpt_reply import ChatGPTReply
from backend.upstream.connections import Answer, Connection, Limits, Timeouts
from backend.upstream.event_stream import MIB, EventStream
from backend.upstream.json_bodies import reason_of, to_json
from backend.upstream.protocol import NO_OPTION, Ask, Message, Model, UpstreamEvent

BASE_URL: Final = "https://chatgpt.com/backend-api"
LIMITS: Final = Limits(answer=256 * MIB)  # an answer in whole messages repeats its text with every event
SPEAKERS: Final = {"system": "Instructions", "user": "User", "assistant": "Assistant"}


class TokenSource(Protocol):
    """Where an account's access token comes from.  Both raise `UpstreamFailure` or `SignInFailed`."""

    async def token(self) -> str: ...

    async def renew(self, rejected: str) -> str:
        """A token to use in place of one that the upstream refused."""
        ...

    async def sign_in(self) -> None:
        """A new token; raises as `renew` does, and then everything is as before."""
        ...

    async def close(self) -> None: ...


class ChatGPT:
    """One account.  `close` closes `tokens` too."""

    remembers = True
    takes = NO_OPTION

    def __init__(
        self,
        name: str,
        tokens: TokenSource,
        base_url: str = BASE_URL,
        model: str = "auto",
        proxy: str | None = None,
        timeouts: Timeouts | None = None,
        limits: Limits = LIMITS,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.name = name
        self._tokens = tokens
        self._base_url = base_url.rstrip("/")
        self._model = model
        self._clock = clock
        self._connection = Connection(proxy, timeouts, limits)

    async def answer(self, ask: Ask) -> AsyncGenerator[UpstreamEvent, None]:
        answer = await self._send("POST", "/conversation", to_json(self._body(ask)), "text/event-stream", ask.resent)
        try:
            if "html" in answer.kind or answer.kind.startswith("application/json"):
                raise self._refusal(answer, await answer.reason())
            limits = self._connection.limits
            stream, reply = EventStream(limits.line, limits.event), ChatGPTReply(self._clock, limits.text)
            while not reply.ended:
                chunk = await answer.read()
                for event in reply.read(stream.feed(chunk) if chunk else stream.rest()):
                    yield event
                if not chunk:
                    break
                if reply.failure is not None:
                    raise reply.failure
            yield reply.done()
            await answer.finish()
        finally:
            answer.drop()

    async def title(self, conversation_id: str | None, reply_id: str | None, prompt: str, reply: str) -> str | None:
        if conversation_id is None or reply_id is None:
            return None
        path = f"/conversation/gen_title/{quote(conversation_id, safe='')}"
        found = await self._document("POST", path, to_json({"message_id": reply_id}))
        title = found.get("title") if isinstance(found, dict) else None
        return title.strip() or None if isinstance(title, str) else None

    async def models(self) -> list[Model]:
        try:
            found = await self._document("GET", "/models")
            entries = found["models"]  # type: ignore[index]  # what is not of that form is caught below
            return [Model(entry["slug"], entry.get("title") or entry["slug"], window_of(entry)) for entry in entries]
        except (KeyError, TypeError, AttributeError):
            raise errors.UpstreamBadAnswer("The upstream's list of models is not one that this server reads.") from None

    async def sign_in(self) -> None:
        await self._tokens.sign_in()

    async def close(self) -> None:
        await self._connection.close()
        await self._tokens.close()

    def _body(self, ask: Ask) -> dict[str, object]:
        new = ask.conversation_id is None
        text = transcript(ask.history, ask.prompt) if ask.history else ask.prompt
        content = {"content_type": "text", "parts": [text]}
        body: dict[str, object] = {
            "action": "next",
            "messages": [{"id": ask.prompt_id, "author": {"role": "user"}, "content": content}],
            "model": ask.model or self._model,
            "parent_message_id": ask.parent_id or new_uuid(),
        }
        if not new:
            body["conversation_id"] = ask.conversation_id
        return body

    async def _send(
        self, method: str, path: str, body: bytes | None, accept: str, resent: Callable[[], None] | None = None
    ) -> Answer:
        """Send it with the account's token; a refused token is renewed once."""
        token, renewed = await self._tokens.token(), False
        while True:
            headers = {"Authorization": f"Bearer {usable(token)}", "Accept": accept}
            if body is not None:
                headers["Content-Type"] = "application/json"
            answer = await self._connection.open(method, self._base_url + path, headers, body)
            if answer.status == 200:
                return answer
            try:
                content = await answer.reason()
            finally:
                answer.drop()
            if answer.status != 401 or renewed:
                raise self._refusal(answer, content)
            token, renewed = await self._tokens.renew(token), True
            if resent is not None:
                resent()

    async def _document(self, method: str, path: str, body: bytes | None = None) -> object:
        answer = await self._send(method, path, body, "application/json")
        try:
            content = await answer.document()
        finally:
            answer.drop()
        try:
            return orjson.loads(content)
        except orjson.JSONDecodeError:
            raise self._refusal(answer, content) from None

    def _refusal(self, answer: Answer, content: bytes) -> errors.UpstreamFailure:
        reason = reason_of(content)
        if answer.status == 200 and reason is not None:
            return failures.of_stream(content, self._clock(), reason)
        if (
            answer.status == 200
            and failures.is_page(answer.headers, content)
            and not failures.HUMAN_CHECK.search(content)
        ):
            return errors.UpstreamBroken("The upstream answered with a page instead of a reply. Try again later.")
        return failures.of_answer(answer.status, answer.headers, content, reason, self._clock(), remembers=True)


def transcript(history: Sequence[Message], prompt: str) -> str:
    """One prompt that holds the messages a caller sent along."""
    said = "\n\n".join(f"{SPEAKERS[message.role]}:\n{message.text}" for message in history)
    return f"What was said before:\n\n{said}\n\nUser:\n{prompt}"


def window_of(entry: dict[str, object]) -> int | None:
    window = entry.get("max_tokens")
    return window if type(window) is int and window > 0 else None


def usable(token: str) -> str:
    """The token, if it can stand in a header at all."""
    if not token or not token.isascii() or not token.isprintable() or " " in token:
        raise errors.UpstreamUnauthorized("The access token is not one. Copy it again, without spaces or line ends.")
    return token
