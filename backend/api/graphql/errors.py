"""Errors as GraphQL shows them: the sentence, the code, and nothing of what went on inside."""

from typing import Any

from graphql import GraphQLError, GraphQLFormattedError
from strawberry.utils.str_converters import to_camel_case

from backend.api.http_errors import incident
from backend.errors import InvalidInput, ProductError


def shown(error: ProductError) -> dict[str, Any]:
    """An error that belongs to no field."""
    return {"message": str(error), "extensions": extensions_of(error)}


def shown_in_place(error: GraphQLError) -> GraphQLFormattedError:
    """An error with its place in the document and the answer.  What was raised by mistake is recorded and masked."""
    cause = error.original_error
    while isinstance(cause, GraphQLError) and cause.original_error is not None:
        cause = cause.original_error
    place = error.formatted
    if cause is None or isinstance(cause, GraphQLError):
        return place | {"extensions": {"code": InvalidInput.code}}
    product_error = cause if isinstance(cause, ProductError) else incident(cause)
    return place | {"message": str(product_error), "extensions": extensions_of(product_error)}


def extensions_of(error: ProductError) -> dict[str, Any]:
    return {to_camel_case(name): value for name, value in error.extensions.items()}
