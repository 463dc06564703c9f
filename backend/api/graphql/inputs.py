"""How an input object is made of what was sent.

Strawberry finds out anew with each request how each field is called, of which kind it is and whether it has a default:
some 65 µs for a prompt.  That is found out once.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING
from typing import Any, Final

from graphql import GraphQLInputObjectType, GraphQLSchema, get_nullable_type, is_leaf_type
from strawberry.types.arguments import InputContext
from strawberry.types.base import StrawberryObjectDefinition

DEFINITION: Final = "strawberry-definition"  # under this name Strawberry's own hang on graphql-core's objects


def plan_inputs(schema: GraphQLSchema) -> None:
    """Every input object of the schema is made by a plan from now on."""
    for shown in schema.type_map.values():
        if isinstance(shown, GraphQLInputObjectType):
            definition: StrawberryObjectDefinition = shown.extensions[DEFINITION]
            definition.from_input = planned(shown, definition)


def planned(
    shown: GraphQLInputObjectType, definition: StrawberryObjectDefinition
) -> Callable[[type, Mapping[str, Any], InputContext], object]:
    """graphql-core has read the leaves and put in the defaults that the schema shows; what is made of lists and nested
    objects Strawberry decides.  A field that was not sent and has no default is None."""
    plan: list[tuple[str, str, Any]] = []
    absent: dict[str, None] = {}
    for name, field in shown.fields.items():
        own = field.extensions[DEFINITION]
        leaf = is_leaf_type(get_nullable_type(field.type))
        plan.append((name, own.python_name, None if leaf else own.resolve_type(type_definition=definition)))
        if own.default_value is MISSING and own.default_factory is MISSING:
            absent[own.python_name] = None

    def make(made: type, sent: Mapping[str, Any], context: InputContext) -> object:
        values: dict[str, Any] = absent.copy()
        for name, python_name, kind in plan:
            if name in sent:
                value = sent[name]
                values[python_name] = value if kind is None else context.convert(value, kind, name)
        return made(**values)

    return make
