"""docs/errors.md has a line for each kind of mistake that the backend tells, and for no other, with its facts."""

import ast
import re
from collections.abc import Iterator

from backend.settings.reading import KINDS_OF_MISTAKE
from tests.laws.source import ROOT, python_files

LINE = re.compile(r"^\| `(\w+)` \| ?((?:`\w+`(?:, )?)*) ?\| (.+) \|$", re.MULTILINE)
BESIDE = {"field", "mistake", "action", "because", "whole"}  # what is no fact


def documented() -> dict[str, set[str]]:
    text = (ROOT / "docs/errors.md").read_text("utf-8")
    part = text[text.index("## Mistakes") :]
    return {kind: set(re.findall(r"\w+", facts)) for kind, facts, _ in LINE.findall(part)}


def told() -> Iterator[tuple[str, set[str]]]:
    """Each kind in the code, with the names of the facts that are told with it."""
    for _, tree in python_files():
        for call in ast.walk(tree):
            if not isinstance(call, ast.Call):
                continue
            named = {word.arg: word.value for word in call.keywords if word.arg}
            kind = named.get("mistake")
            if isinstance(kind, ast.Constant) and kind.value:
                yield str(kind.value), set(named) - BESIDE
    for by_type, _, fact in KINDS_OF_MISTAKE.values():
        yield by_type, {fact} - {""}
    yield "no_default_proxy", set()  # which reading.py finds across accounts


def test_every_mistake_is_documented_with_its_facts() -> None:
    known = documented()
    assert [(kind, facts) for kind, facts in told() if known.get(kind) != facts] == []


def test_every_documented_mistake_is_told() -> None:
    assert set(documented()) - {kind for kind, _ in told()} == set()
