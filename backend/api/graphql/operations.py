"""Runs one operation, for every transport alike: read the document, execute it, show its errors.

graphql-core executes: of Strawberry, which made the schema, only its resolvers are on this path.
"""

from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, cast

import orjson
from graphql import ExecutionResult, GraphQLSchema, OperationType, execute, get_operation_ast, subscribe

from backend.api.graphql.context import Context
from backend.api.graphql.documents import Documents, InvalidDocument
from backend.api.graphql.errors import shown, shown_in_place
from backend.api.http_errors import incident
from backend.domain.access import Caller
from backend.errors import DocumentRefused, DocumentUnknown, InvalidInput, ProductError, TooManyStreams
from backend.gateway import Gateway


@dataclass(slots=True)
class Request:
    """What every transport carries: a document's text, or the id of one that the server knows."""

    query: str | None
    document_id: str | None = None
    variables: dict[str, Any] | None = None
    operation_name: str | None = None


@dataclass(slots=True)
class Answer:
    """One result.  `refused` is set where nothing was executed: the document or its variables are at fault."""

    body: dict[str, Any]
    refused: bool = False

    def encoded(self) -> bytes:
        return orjson.dumps(self.body, default=str)


Stream = AsyncGenerator[Answer, None]


def request_of(payload: object) -> Request:
    """The request in a decoded JSON body or message.  Raises `InvalidInput` where it is not one."""
    if not isinstance(payload, dict):
        raise InvalidInput(
            "Send one JSON object with `query` or `documentId`, and `variables` and `operationName` where they are "
            "needed."
        )
    query, variables, name = payload.get("query"), payload.get("variables"), payload.get("operationName")
    id = payload.get("documentId")
    if id is None and (not isinstance(query, str) or not query):
        raise InvalidInput("`query` is missing: the text of a GraphQL document.", field="query")
    if id is not None and (query or not isinstance(id, str)):
        raise InvalidInput("`documentId` must be a text, in place of `query`.", field="documentId")
    if not isinstance(variables, dict | None):
        raise InvalidInput("`variables` must be an object.", field="variables")
    if not isinstance(name, str | None):
        raise InvalidInput("`operationName` must be a text.", field="operationName")
    if not isinstance(payload.get("extensions"), dict | None):
        raise InvalidInput("`extensions` must be an object.", field="extensions")
    return Request(query, id, variables, name)


class Operations:
    def __init__(self, schema: GraphQLSchema, gateway: Gateway, documents: Documents, streams_per_user: int) -> None:
        self._schema = schema
        self._gateway = gateway
        self._documents = documents
        self._most_streams = streams_per_user
        self._streams: Counter[int] = Counter()  # those that are open, by user

    async def run(self, request: Request, caller: Caller) -> Answer:
        """The answer, for a transport that gives one: subscriptions are refused."""
        answer = await self.stream(request, caller, subscriptions=False)
        assert isinstance(answer, Answer)  # noqa: S101  for the type checker
        return answer

    async def stream(self, request: Request, caller: Caller, *, subscriptions: bool = True) -> Answer | Stream:
        """The answer, or the answers of a subscription: a stream, which whoever asked for it closes."""
        try:
            id = request.document_id
            document = self._documents.read(request.query or "") if id is None else self._documents.known(id)
        except InvalidDocument as invalid:
            return Answer({"errors": [shown_in_place(error) for error in invalid.errors]}, refused=True)
        except (DocumentRefused, DocumentUnknown) as refusal:
            return refused(refusal)
        operation = get_operation_ast(document, request.operation_name)
        subscribing = operation is not None and operation.operation is OperationType.SUBSCRIPTION
        if subscribing and not subscriptions:
            return refused(InvalidInput("A subscription is served as Server-Sent Events or by WebSocket, not here."))
        if subscribing and self._streams[caller.user_id] >= self._most_streams:
            return refused(
                TooManyStreams(
                    f"{self._most_streams} of your subscriptions are open, which is the most. End one first."
                )
            )
        result = (subscribe if subscribing else execute)(
            self._schema,
            document,
            context_value=Context(caller, self._gateway),
            variable_values=request.variables,
            operation_name=request.operation_name,
            hide_suggestions=True,
        )
        if not isinstance(result, ExecutionResult | AsyncIterator):
            result = await result
        return answer_of(result) if isinstance(result, ExecutionResult) else self._counted(result, caller.user_id)

    async def _counted(self, results: AsyncIterator[ExecutionResult], user_id: int) -> Stream:
        self._streams[user_id] += 1
        try:
            async with aclosing(answers(results)) as stream:
                async for answer in stream:
                    yield answer
        finally:
            self._streams[user_id] -= 1
            if not self._streams[user_id]:
                del self._streams[user_id]


async def answers(results: AsyncIterator[ExecutionResult]) -> Stream:
    async with aclosing(cast(AsyncGenerator[ExecutionResult, None], results)) as open_results:
        try:
            async for result in open_results:
                yield answer_of(result)
        except Exception as error:  # noqa: BLE001
            # The border of a subscription: what its source raises ends it as its last result.
            product_error = error if isinstance(error, ProductError) else incident(error)
            yield Answer({"data": None, "errors": [shown(product_error)]})


def answer_of(result: ExecutionResult) -> Answer:
    errors = result.errors
    if not errors:
        return Answer({"data": result.data})
    formatted = [shown_in_place(error) for error in errors]
    if result.data is None and all(error.path is None for error in errors):
        return Answer({"errors": formatted}, refused=True)
    return Answer({"data": result.data, "errors": formatted})


def refused(error: ProductError) -> Answer:
    return Answer({"errors": [shown(error)]}, refused=True)
