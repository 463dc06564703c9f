"""The OpenAPI 3.1 document of `/v1` and the REST calls, as this server has them: with its own paths.

It is made from the tables by which the doors read requests and give errors their statuses.
"""

from typing import Final, Protocol

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from backend import __version__
from backend.api import openapi_rest, openapi_v1
from backend.api.openapi_shapes import Json
from backend.api.rest_paths import RestPaths

KEY: Final = {
    "type": "http",
    "scheme": "bearer",
    "description": "A key of this server; beside a client's, `X-User-Id` names its user.",
}


class Paths(RestPaths, Protocol):
    @property
    def openapi(self) -> str: ...
    @property
    def v1(self) -> str: ...


def document(paths: Paths, base: str) -> Json:
    """`base` is the path under which the server is reached."""
    rest = openapi_rest.paths(
        paths.api_chat, paths.api_recall, paths.api_access_token, paths.api_add_user, paths.api_remove_conversation
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "ChatGPT API server",
            "version": __version__,
            "description": "Prompts to an organization's shared accounts. GraphQL has a schema of its own.",
        },
        "servers": [{"url": base}],
        "security": [{"key": []}],
        "paths": {**openapi_v1.paths(paths.v1), **rest},
        "components": {
            "securitySchemes": {"key": KEY},
            "schemas": {**openapi_v1.schemas(), **openapi_rest.schemas()},
        },
    }


def routes(paths: Paths, base: str) -> list[BaseRoute]:
    body = orjson.dumps(document(paths, base))

    async def show(_: Request) -> Response:
        return Response(body, media_type="application/json", headers={"Cache-Control": "no-cache"})

    return [Route(paths.openapi, show, name="openapi")]
