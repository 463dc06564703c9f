"""The rehearsal upstream, started, and a plain client that speaks the protocol to it without the product's adapter."""

import copy
import json
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest

from backend.upstream.rehearsal import RehearsalAccount, RehearsalServer

DELTA = RehearsalAccount("delta@example.org", "delta password")
WHOLE = RehearsalAccount("whole@example.org", "whole password", plus=True, encoding="messages", refresh_token="first")


@dataclass
class Clock:
    now: float = 1_790_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Heard:
    """An answer as it came: `events` are (name, data) pairs, `messages` the message as it stood after each event."""

    status: int
    headers: dict[str, str]
    body: bytes = b""
    broken: BaseException | None = None
    events: list[tuple[str, str]] = field(default_factory=list)
    messages: list[dict[str, Any]] = field(default_factory=list)

    def read(self, body: bytes) -> None:
        self.body = body
        for block in body.replace(b"\r\n", b"\n").decode(errors="replace").split("\n\n")[:-1]:
            lines = [line.partition(": ") for line in block.split("\n") if not line.startswith(":")]
            fields = {name: value for name, _, value in lines}
            if "data" in fields:
                self.events.append((fields.get("event", "message"), fields["data"]))
        self._replay()

    def _replay(self) -> None:
        current: dict[str, Any] = {}
        path, operation = "", "add"
        for name, data in self.events:
            value = decoded(data)
            if name == "delta" and isinstance(value, dict):
                path, operation = value.get("p", path), value.get("o", operation)
                current = changed(current, path, operation, value["v"])
            elif name == "message" and isinstance(value, dict) and value.get("message"):
                current = value
            else:
                continue
            self.messages.append(copy.deepcopy(current))

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def replies(self) -> list[dict[str, Any]]:
        return [m["message"] for m in self.messages if m["message"]["author"]["role"] == "assistant"]

    @property
    def text(self) -> str:
        return str(self.replies[-1]["content"]["parts"][0]) if self.replies else ""

    @property
    def reply_id(self) -> str:
        return str(self.replies[-1]["id"])

    @property
    def conversation_id(self) -> str:
        return str(self.messages[-1]["conversation_id"])

    @property
    def notes(self) -> list[str]:
        return [v["type"] for _, data in self.events if isinstance(v := decoded(data), dict) and "type" in v]


def decoded(data: str) -> Any:
    try:
        return json.loads(data)
    except ValueError:
        return data


def changed(whole: Any, path: str, operation: str, value: Any) -> Any:
    if operation == "patch":
        for change in value:
            whole = changed(whole, change["p"], change["o"], change["v"])
        return whole
    if not path:
        return value
    *parents, last = path.split("/")[1:]
    target = whole
    for step in parents:
        target = target[int(step) if isinstance(target, list) else step]
    key: Any = int(last) if isinstance(target, list) else last
    if operation == "append":
        target[key] = target[key] | value if isinstance(value, dict) else target[key] + value
    else:
        target[key] = target[key][:value] if operation == "truncate" else value
    return whole


class Speaker:
    def __init__(self, server: RehearsalServer, http: aiohttp.ClientSession) -> None:
        self.server, self.http = server, http
        self.tokens: dict[str, str] = {}

    def token(self, email: str) -> str:
        return self.tokens.setdefault(email, self.server.issue_token(email))

    def body(self, prompt: str, after: Heard | None = None, **changes: Any) -> dict[str, Any]:
        content = {"content_type": "text", "parts": [prompt]}
        body: dict[str, Any] = {
            "action": "next",
            "messages": [{"id": str(uuid.uuid4()), "author": {"role": "user"}, "content": content}],
            "model": "auto",
            "parent_message_id": after.reply_id if after else str(uuid.uuid4()),
        }
        if after:
            body["conversation_id"] = after.conversation_id
        return body | changes

    def open(self, email: str, body: Any, token: str | None = None, **headers: str) -> Any:
        """The raw request, to be used as a context manager."""
        proof = {"Authorization": f"Bearer {token or self.token(email)}", "Accept": "text/event-stream"}
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Content-Type": "application/json", "Accept-Encoding": "identity", **proof, **headers}
        url = self.server.base_url + "/conversation"
        return self.http.post(url, data=data, headers=headers, allow_redirects=False)

    async def send(self, email: str, body: Any, token: str | None = None, **headers: str) -> Heard:
        async with self.open(email, body, token, **headers) as response:
            heard, got = Heard(response.status, dict(response.headers)), b""
            try:
                async for block in response.content.iter_any():
                    got += block
            except aiohttp.ClientError as error:
                heard.broken = error
            heard.read(got)
            return heard

    async def ask(self, email: str, prompt: str, after: Heard | None = None, **changes: Any) -> Heard:
        return await self.send(email, self.body(prompt, after, **changes))

    async def call(self, email: str, method: str, path: str, **options: Any) -> Heard:
        proof = {"Authorization": f"Bearer {self.token(email)}"}
        async with self.http.request(method, self.server.base_url + path, headers=proof, **options) as response:
            return Heard(response.status, dict(response.headers), await response.read())


@pytest.fixture
def rehearsal_clock() -> Clock:
    return Clock()


@pytest.fixture
async def start_rehearsal(rehearsal_clock: Clock) -> AsyncIterator[Callable[..., Awaitable[RehearsalServer]]]:
    started: list[RehearsalServer] = []

    async def start(*accounts: RehearsalAccount, **options: Any) -> RehearsalServer:
        server = RehearsalServer(accounts or (DELTA, WHOLE), **{"clock": rehearsal_clock, "pace": 0.0, **options})
        started.append(server)
        await server.start()
        return server

    yield start
    for server in started:
        await server.stop()


@pytest.fixture
async def rehearsal(start_rehearsal: Callable[..., Awaitable[RehearsalServer]]) -> RehearsalServer:
    """Two accounts, one per stream encoding; nothing waits."""
    return await start_rehearsal()


@pytest.fixture
async def speaker(rehearsal: RehearsalServer) -> AsyncIterator[Speaker]:
    async with aiohttp.ClientSession(auto_decompress=False) as http:
        yield Speaker(rehearsal, http)
