"""GraphQL by WebSocket, in the graphql-transport-ws protocol.

Written here and not taken from Strawberry, whose handler closes the whole connection on a syntax error, executes by a
way of its own beside that of the other transports, and logs a traceback for each client that leaves.
"""

import asyncio
from contextlib import aclosing, suppress
from typing import Any, Final

import orjson
from starlette.responses import Response
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from backend.api.admission import expelled
from backend.api.authentication import COOKIE, USER_ID, USER_NAME, USER_PLUS, Authenticator, Named, bearer
from backend.api.graphql.errors import shown
from backend.api.graphql.operations import Answer, Operations, request_of
from backend.api.graphql.tasks import end_tasks
from backend.api.http_errors import incident, status_of
from backend.domain.access import Caller
from backend.errors import InvalidInput, ProductError, ShuttingDown

PROTOCOL: Final = "graphql-transport-ws"
INIT_SECONDS: Final = 10.0
MOST_OPERATIONS: Final = 20  # under way at once on one connection
LONGEST_ID: Final = 200
GOING_AWAY: Final = 1001

BAD_MESSAGE, UNAUTHORIZED, FORBIDDEN, BAD_PROTOCOL, INIT_TIMEOUT, DUPLICATE, TOO_MANY_INITS = (
    4400, 4401, 4403, 4406, 4408, 4409, 4429,
)  # fmt: skip


class Closing(Exception):
    """The client broke the protocol: the connection ends with this code and reason."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


class OverWebSocket:
    def __init__(
        self,
        operations: Operations,
        authenticator: Authenticator,
        ending: asyncio.Event,
        init_seconds: float = INIT_SECONDS,
    ) -> None:
        self._operations = operations
        self._authenticator = authenticator
        self._ending = ending
        self._init_seconds = init_seconds

    async def __call__(self, socket: WebSocket) -> None:
        try:
            # A browser's cookie counts only from the app's own pages, so this comes before the handshake is accepted.
            if presents_itself(socket):
                await self._authenticator.caller(socket)
        except ProductError as error:
            body = orjson.dumps({"errors": [shown(error)]}, default=str)
            await socket.send_denial_response(Response(body, status_of(error), media_type="application/json"))
            return
        if PROTOCOL not in socket.scope["subprotocols"]:
            await socket.accept()
            await socket.close(BAD_PROTOCOL, "Subprotocol not acceptable")
            return
        await socket.accept(PROTOCOL)
        connection = Connection(socket, self._operations, self._authenticator, self._ending)
        await connection.serve(self._init_seconds)


class Connection:
    """One client's socket and the operations under way on it."""

    def __init__(
        self, socket: WebSocket, operations: Operations, authenticator: Authenticator, ending: asyncio.Event
    ) -> None:
        self._socket = socket
        self._ending = ending
        self._operations = operations
        self._authenticator = authenticator
        self._key: str | None = None
        self._named: Named | None = None
        self._reading: asyncio.Task[None] | None = None
        self._lost = False
        self._running: dict[str, asyncio.Task[None]] = {}

    async def serve(self, init_seconds: float) -> None:
        self._reading = asyncio.current_task()
        leaving = asyncio.create_task(self._leave())
        try:
            await self._greet(init_seconds)
            while True:
                await self._take(await self._message())
        except Closing as closing:
            await self._close(closing.code, closing.reason)
        except WebSocketDisconnect:
            pass
        except asyncio.CancelledError:
            if expelled():
                # Not "Forbidden", after which clients try again.
                await self._close(UNAUTHORIZED, "Unauthorized: this key is not valid any more")
            elif not self._lost:
                raise
        finally:
            self._reading = None
            await end_tasks(leaving, *self._running.values())

    async def _leave(self) -> None:
        """Once the server begins to stop: let what is under way come to its end, then go."""
        await self._ending.wait()
        while self._running:
            await asyncio.wait(self._running.values())
        with suppress(WebSocketDisconnect, RuntimeError):  # it may be closed already, or not yet greeted
            await self._socket.close(GOING_AWAY, "The server is stopping")
        self._lose()

    async def _close(self, code: int, reason: str) -> None:
        if self._socket.application_state is WebSocketState.CONNECTED:
            await self._socket.close(code, reason)

    async def _greet(self, init_seconds: float) -> None:
        try:
            async with asyncio.timeout(init_seconds):
                message = await self._message()
                while message["type"] in ("ping", "pong"):
                    await self._take(message)
                    message = await self._message()
        except TimeoutError:
            raise Closing(INIT_TIMEOUT, "Connection initialisation timeout") from None
        if message["type"] != "connection_init":
            raise Closing(UNAUTHORIZED, "Unauthorized")
        parameters = message.get("payload") or {}
        if not isinstance(parameters, dict):
            raise Closing(BAD_MESSAGE, "Invalid message: `payload` must be an object")
        authorization = parameters.get("authorization", parameters.get("Authorization"))
        if isinstance(authorization, str):
            scheme, _, key = authorization.partition(" ")
            self._key = key.strip() if scheme.lower() == "bearer" else ""
        try:
            self._named = named_in(self._socket, parameters)
            await self._caller()
        except ProductError as error:
            raise Closing(FORBIDDEN, f"Forbidden: {error.code}") from None
        await self._send({"type": "connection_ack"})

    async def _caller(self) -> Caller:
        """The caller, asked for anew for each operation: a key may be removed while its connection lives."""
        proving = self._authenticator
        caller = await (proving.proved(self._socket) if self._key is None else proving.by_key(self._key))
        return await proving.acting(caller, self._named)

    async def _message(self) -> dict[str, Any]:
        received = await self._socket.receive()
        if received["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(received.get("code", 1005))
        try:
            message = orjson.loads(received.get("text") or b"")
        except orjson.JSONDecodeError:
            raise Closing(BAD_MESSAGE, "Invalid message: not JSON text") from None
        if not isinstance(message, dict) or not isinstance(message.get("type"), str):
            raise Closing(BAD_MESSAGE, "Invalid message: `type` is missing")
        return message

    async def _take(self, message: dict[str, Any]) -> None:
        match message["type"]:
            case "subscribe":
                await self._begin(operation_id(message), message.get("payload"))
            case "complete":
                task = self._running.pop(operation_id(message), None)
                if task is not None:
                    task.cancel()
            case "ping":
                await self._send({"type": "pong"})
            case "pong":
                pass
            case "connection_init":
                raise Closing(TOO_MANY_INITS, "Too many initialisation requests")
            case _:
                raise Closing(BAD_MESSAGE, "Invalid message: unknown `type`")

    async def _begin(self, id: str, payload: object) -> None:
        if id in self._running:
            raise Closing(DUPLICATE, f"Subscriber for {id[:80]} already exists")
        if len(self._running) >= MOST_OPERATIONS:
            too_many = InvalidInput(
                f"This connection has {MOST_OPERATIONS} operations under way, which is the most. End one first."
            )
            await self._send({"type": "error", "id": id, "payload": [shown(too_many)]})
            return
        if self._ending.is_set():
            stopping = ShuttingDown("The server is stopping. Nothing was begun; ask again in a moment.")
            await self._send({"type": "error", "id": id, "payload": [shown(stopping)]})
            return
        self._running[id] = asyncio.create_task(self._run(id, payload))

    async def _run(self, id: str, payload: object) -> None:
        """One operation to its end.  Raises nothing: nobody awaits it while it runs."""
        try:
            try:
                await self._answer(id, payload)
            except ProductError as error:
                await self._end(id, {"type": "error", "id": id, "payload": [shown(error)]})
            except WebSocketDisconnect:
                raise
            except Exception as defect:  # noqa: BLE001
                # The border of the task: a defect is recorded and shown as one.
                await self._end(id, {"type": "error", "id": id, "payload": [shown(incident(defect))]})
        except WebSocketDisconnect:
            self._lose()

    def _lose(self) -> None:
        """Nothing can be sent any more, to a client that has gone or that stalls: stop to listen to it."""
        if self._reading is not None and not self._lost:
            self._lost = True
            self._reading.cancel()

    async def _answer(self, id: str, payload: object) -> None:
        answer = await self._operations.stream(request_of(payload), await self._caller())
        if isinstance(answer, Answer):
            if answer.refused:
                await self._end(id, {"type": "error", "id": id, "payload": answer.body["errors"]})
                return
            await self._send_next(id, answer)
        else:
            async with aclosing(answer):
                async for each in answer:
                    await self._send_next(id, each)
        await self._end(id, {"type": "complete", "id": id})

    async def _end(self, id: str, message: dict[str, Any]) -> None:
        # The id is free before the client reads of the end, and may be used for another operation at once.
        if self._running.get(id) is asyncio.current_task():
            del self._running[id]
        await self._send(message)

    async def _send_next(self, id: str, answer: Answer) -> None:
        await self._send({"type": "next", "id": id, "payload": answer.body})

    async def _send(self, message: dict[str, Any]) -> None:
        if self._socket.application_state is not WebSocketState.CONNECTED:
            raise WebSocketDisconnect(1006)
        await self._socket.send({"type": "websocket.send", "text": orjson.dumps(message, default=str).decode()})


def presents_itself(socket: WebSocket) -> bool:
    return bearer(socket) is not None or COOKIE in socket.cookies


def named_in(socket: WebSocket, parameters: dict[str, Any]) -> Named | None:
    """Whom a client speaks for, by the headers or by what a browser's client, which can set none, puts into the
    payload in their place.  Raises `InvalidInput` where the two name different users."""
    given = {name.lower(): value for name, value in parameters.items() if value is not None}
    words = {name: given[name.lower()] for name in (USER_ID, USER_NAME, USER_PLUS) if name.lower() in given}
    if not all(type(word) in (str, int, bool) for word in words.values()):
        raise Closing(BAD_MESSAGE, f"Invalid message: {', '.join(words)} must be text")
    by_header, by_payload = Named.of(socket.headers), Named.of({name: str(word) for name, word in words.items()})
    if by_header is None or by_payload is None:
        return by_header or by_payload
    if by_header.user_id != by_payload.user_id:
        raise InvalidInput("The header X-User-Id and that of the payload name different users.", field="X-User-Id")
    return by_payload


def operation_id(message: dict[str, Any]) -> str:
    found = message.get("id")
    if not isinstance(found, str) or not 0 < len(found) <= LONGEST_ID:
        raise Closing(BAD_MESSAGE, "Invalid message: `id` must be a text of 1 to 200 characters")
    return found
