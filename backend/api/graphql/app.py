"""The GraphQL door's routes."""

import asyncio
from pathlib import Path

from starlette.routing import BaseRoute, Route, WebSocketRoute

from backend.api.authentication import Authenticator
from backend.api.graphql.documents import Documents
from backend.api.graphql.event_stream import OverEventStream
from backend.api.graphql.http import OverHTTP, ReadRequest
from backend.api.graphql.operations import Operations
from backend.api.graphql.persisted import persisted_documents
from backend.api.graphql.schema import executable
from backend.api.graphql.websocket import OverWebSocket
from backend.gateway import Gateway
from backend.settings import GraphQLSettings, PathSettings


def routes(
    gateway: Gateway,
    authenticator: Authenticator,
    paths: PathSettings,
    graphql: GraphQLSettings,
    app: Path,
    streams_per_user: int,
    ending: asyncio.Event,
) -> list[BaseRoute]:
    """POST and WebSocket on `paths.graphql`, Server-Sent Events on `paths.graphql_stream`.  `app` is the folder of the
    built web app; `ending` is set when the server begins to stop."""
    schema, graphql_path, stream_path = executable(), paths.graphql, paths.graphql_stream
    documents = Documents(
        schema, persisted_documents(app), introspection=graphql.introspection, free=graphql.free_documents
    )
    operations, read = Operations(schema, gateway, documents, streams_per_user), ReadRequest(authenticator)
    return [
        Route(graphql_path, OverHTTP(operations, read)),
        WebSocketRoute(graphql_path, OverWebSocket(operations, authenticator, ending).__call__),
        Route(stream_path, OverEventStream(operations, read)),
    ]
