"""Bounds on a document, counted in one pass over what the parser made of it and before anything else looks at it.

What a fragment adds is counted once and remembered, so that fragments that spread each other cost what they are long
and not what they unfold to.
"""

from dataclasses import dataclass
from typing import Final

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
)

from backend.errors import DocumentRefused
from backend.gateway.pages import LARGEST_PAGE

MOST_CHARACTERS: Final = 64 * 1024
MOST_TOKENS: Final = 4_000
MOST_COMMENTS: Final = 1_000
MOST_OPERATIONS: Final = 10
MOST_NESTED: Final = 60  # selections within selections, by fields and fragments together

SIZES: Final = {
    "conversations": 30,
    "titles": 30,
    "tags": 20,
    "search": 20,
    "marks": 5,
    "users": 30,
    "keys": 10,
    "rows": 300,
    "turns": 50,
    "accounts": 20,
    "accountStates": 20,
    "continuedBy": 20,
    "integrity": 100,
    "preamble": 100,
    "__schema": 30,
    "__type": 10,
}
"""How many rows a field of that name gives where it does not say so itself."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What a selection unfolds to.  `width` counts fields in the document, `cost` values in the answer."""

    depth: int = 0
    width: int = 0
    aliases: int = 0
    directives: int = 0
    cost: int = 0


LARGEST: Final = Measure(depth=16, width=600, aliases=40, directives=40, cost=12_000)

REFUSALS: Final = {
    "depth": "is {0} fields deep; this server takes {1}",
    "width": "has {0} fields; this server takes {1}",
    "aliases": "has {0} aliases; this server takes {1}",
    "directives": "has {0} directives; this server takes {1}",
    "cost": "asks for up to {0} values; this server gives {1}. Ask for shorter pages",
}


def check(document: DocumentNode) -> None:
    """Raise `DocumentRefused` for a document that asks for more than this server takes."""
    operations = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    if len(operations) > MOST_OPERATIONS:
        raise DocumentRefused(f"The document has {len(operations)} operations; this server takes {MOST_OPERATIONS}.")
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
    measuring = Measuring(fragments)
    for name in fragments:
        within(measuring.fragment(name, 0))
    for operation in operations:
        within(measuring.selections(operation.selection_set, len(operation.directives or ()), 0))


def within(measure: Measure) -> None:
    for name, sentence in REFUSALS.items():
        found, most = getattr(measure, name), getattr(LARGEST, name)
        if found > most:
            raise DocumentRefused(
                f"The document {sentence.format(f'{found:,}' if found < 10**9 else 'very many', f'{most:,}')}."
            )


class Measuring:
    def __init__(self, fragments: dict[str, FragmentDefinitionNode]) -> None:
        self._fragments = fragments
        self._measured: dict[str, Measure | None] = {}

    def fragment(self, name: str, nested: int) -> Measure:
        if name in self._measured:
            measure = self._measured[name]
            if measure is None:
                raise DocumentRefused(f"The fragment {name} of the document spreads itself.")
            return measure
        definition = self._fragments.get(name)
        if definition is None:
            return Measure()  # validation says so
        self._measured[name] = None
        measure = self.selections(definition.selection_set, len(definition.directives or ()), nested)
        within(measure)
        self._measured[name] = measure
        return measure

    def selections(self, chosen: SelectionSetNode | None, directives: int, nested: int) -> Measure:
        if nested > MOST_NESTED:
            raise DocumentRefused(f"The document nests its selections more than {MOST_NESTED} times.")
        depth = width = aliases = cost = 0
        for node in chosen.selections if chosen is not None else ():
            inner = self._selection(node, nested + 1)
            depth = max(depth, inner.depth)
            width += inner.width
            aliases += inner.aliases
            directives += inner.directives
            cost += inner.cost
        return Measure(depth, width, aliases, directives, cost)

    def _selection(self, node: SelectionNode, nested: int) -> Measure:
        directives = len(node.directives or ())
        if isinstance(node, FragmentSpreadNode):
            spread = self.fragment(node.name.value, nested)
            return Measure(spread.depth, spread.width, spread.aliases, spread.directives + directives, spread.cost)
        inner = self.selections(node.selection_set, directives, nested)  # type: ignore[attr-defined]
        if not isinstance(node, FieldNode):
            return inner
        aliased = node.alias is not None
        return Measure(
            inner.depth + 1, inner.width + 1, inner.aliases + aliased, inner.directives, 1 + inner.cost * rows_of(node)
        )


def rows_of(node: FieldNode) -> int:
    """How many rows a field gives at most.  A variable may turn out to be the largest page."""
    for argument in node.arguments or ():
        if argument.name.value in ("first", "last"):
            value = argument.value
            digits = value.value if isinstance(value, IntValueNode) else ""
            return min(LARGEST_PAGE, max(1, int(digits))) if digits.isdigit() and len(digits) < 10 else LARGEST_PAGE
    return SIZES.get(node.name.value, 1)
