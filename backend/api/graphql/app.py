"""The GraphQL door's routes."""

from starlette.routing import BaseRoute, Route, WebSocketRoute

from backend.api.authentication import Authenticator
from backend.api.graphql.event_stream import OverEventStream
from backend.api.graphql.http import OverHTTP, ReadRequest
from backend.api.graphql.operations import Operations
from backend.api.graphql.schema import executable
from backend.api.graphql.websocket import OverWebSocket
from backend.gateway import Gateway


def routes(
    gateway: Gateway, authenticator: Authenticator, graphql_path: str, stream_path: str, *, introspection: bool = True
) -> list[BaseRoute]:
    """POST and WebSocket on `graphql_path`, Server-Sent Events on `stream_path`."""
    operations, read = Operations(executable(), gateway, introspection=introspection), ReadRequest(authenticator)
    return [
        Route(graphql_path, OverHTTP(operations, read)),
        WebSocketRoute(graphql_path, OverWebSocket(operations, authenticator).__call__),
        Route(stream_path, OverEventStream(operations, read)),
    ]
