"""Input objects are made by a plan, and come out as Strawberry itself would make them."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    get_nullable_type,
    is_required_input_field,
)
from strawberry.types.arguments import convert_argument

from backend.api.graphql.inputs import DEFINITION, planned
from backend.api.graphql.schema import SCHEMA, executable

INPUTS = [each for each in executable().type_map.values() if isinstance(each, GraphQLInputObjectType)]
VALUES: dict[str, Any] = {"Int": 7, "Float": 0.5, "Boolean": True, "DateTime": datetime(2026, 11, 24, tzinfo=UTC)}


def value_of(given: GraphQLInputType) -> Any:
    """As graphql-core hands it over, with nothing left out."""
    kind: Any = get_nullable_type(given)
    if isinstance(kind, GraphQLList):
        return [value_of(kind.of_type), value_of(kind.of_type)]
    if isinstance(kind, GraphQLInputObjectType):
        return {name: value_of(field.type) for name, field in kind.fields.items()}
    if isinstance(kind, GraphQLEnumType):
        return next(iter(kind.values.values())).value
    return VALUES.get(kind.name, "a text")


@pytest.mark.parametrize("kind", INPUTS, ids=str)
def test_an_input_is_made_as_strawberry_makes_it(kind: GraphQLInputObjectType) -> None:
    definition = kind.extensions[DEFINITION]
    assert definition.from_input is not None
    whole = value_of(kind)
    least = {name: whole[name] for name, field in kind.fields.items() if is_required_input_field(field)}
    nulls = {name: None for name in kind.fields if name not in least}
    for sent in (whole, least, least | nulls):
        made = []
        for from_input in (None, planned(kind, definition)):
            its = replace(definition, from_input=from_input)
            own = type(definition.origin.__name__, (definition.origin,), {"__strawberry_definition__": its})
            made.append(vars(convert_argument(sent, own, SCHEMA.schema_converter.scalar_registry, SCHEMA.config)))
        assert made[0] == made[1]
        assert made[0].keys() == {field.extensions[DEFINITION].python_name for field in kind.fields.values()}
