"""The schema, and its text for `schema.graphql`."""

import strawberry
from graphql import GraphQLSchema

from backend.api.graphql.inputs import plan_inputs
from backend.api.graphql.mutations import Mutation
from backend.api.graphql.queries import Query
from backend.api.graphql.subscriptions import EVENTS, Subscription

SCHEMA = strawberry.Schema(Query, Mutation, Subscription, types=EVENTS)


def sdl() -> str:
    """The text of the committed `schema.graphql`, with a newline at its end."""
    return SCHEMA.as_str() + "\n"


def executable() -> GraphQLSchema:
    """The schema as graphql-core runs it; Strawberry has no public name for it."""
    schema: GraphQLSchema = SCHEMA._schema  # noqa: SLF001
    plan_inputs(schema)
    return schema
