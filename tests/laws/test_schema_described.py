"""Everything in the GraphQL schema says what it is."""

from collections.abc import Iterator

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    specified_scalar_types,
)

from backend.api.graphql.schema import executable


def undescribed(schema: GraphQLSchema) -> list[str]:
    return [name for name, description in parts(schema) if not (description or "").strip().endswith((".", ")", "`"))]


def parts(schema: GraphQLSchema) -> Iterator[tuple[str, str | None]]:
    """Each type, field, argument, input field and enum value with its description."""
    for name, kind in schema.type_map.items():
        if name.startswith("__") or name in specified_scalar_types:
            continue
        yield name, kind.description
        if isinstance(kind, GraphQLEnumType):
            yield from ((f"{name}.{value}", each.description) for value, each in kind.values.items())
        elif isinstance(kind, GraphQLInputObjectType):
            yield from ((f"{name}.{field}", each.description) for field, each in kind.fields.items())
        elif isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            for field, each in kind.fields.items():
                yield f"{name}.{field}", each.description
                yield from ((f"{name}.{field}({given})", argument.description) for given, argument in each.args.items())


def test_every_part_of_the_schema_is_described_in_a_sentence() -> None:
    assert undescribed(executable()) == []


def test_a_part_without_a_description_is_found() -> None:
    schema = build_schema(
        '"""A."""\ntype Query {\n  "B."\n  b(c: Int): E\n}\n"""E."""\nenum E {\n  F\n}\ninput G { h: Int }'
    )
    assert undescribed(schema) == ["Query.b(c)", "E.F", "G", "G.h"]
