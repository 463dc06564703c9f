"""A YAML text as plain data, with the line of every key and every mistake that YAML itself would let pass."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

import yaml

from backend.settings.mistakes import Mistake, Place, path_of
from backend.settings.references import References, Unresolved

TIMESTAMP = "tag:yaml.org,2002:timestamp"  # no setting is a date, so what looks like one is text
NONE: Final[Mapping[str, object]] = MappingProxyType({})


@dataclass(slots=True)
class Document:
    """`unresolved` are the places whose references stand for nothing: what is there is not to be judged further."""

    data: object = None
    lines: dict[Place, int] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    unresolved: set[Place] = field(default_factory=set)

    def line_of(self, place: Place) -> int:
        """The line of a key or, where it is not in the file, of the group that it belongs to."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def blame(
        self, place: Place, sentence: str, line: int | None = None, kind: str = "", facts: Mapping[str, object] = NONE
    ) -> None:
        line = self.line_of(place) if line is None else line
        self.mistakes.append(Mistake(path_of(place), line, sentence, kind, facts))


def parse(text: str, references: References) -> Document:
    document = Document()
    try:
        root = yaml.compose(references.hide(text), Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        document.blame((), *_syntax(error, text))
        return document
    if root is not None:
        document.data = _Walk(document, references).value(root, ())
    return document


def _syntax(error: yaml.YAMLError, text: str) -> tuple[str, int]:
    """What PyYAML says without what it quotes, which may be a secret, and the line."""
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        said = re.sub(r"'[^']{2,}'|\"[^\"]{2,}\"", "…", ", ".join(filter(None, (error.context, error.problem))))
        said = re.sub("[\ue000\ue001]", "…", said)
        return f"this is not YAML: {said}; text with special characters needs quotes", mark.line + 1 if mark else 1
    position = getattr(error, "position", 0)
    return "this line holds a character that YAML does not allow", text.count("\n", 0, position) + 1


class _Walk:
    """From YAML's nodes to data, noting lines and mistakes in the document."""

    def __init__(self, document: Document, references: References) -> None:
        self._document = document
        self._references = references
        self._seen: set[int] = set()
        self._scalars = yaml.constructor.SafeConstructor()

    def value(self, node: yaml.Node, place: Place) -> object:
        self._document.lines.setdefault(place, node.start_mark.line + 1)
        if id(node) in self._seen:
            return self._skip(place, "an alias (*) is not supported here: write the value out, or put it in quotes")
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*place, index)) for index, item in enumerate(node.value)]
        return self._scalar(node, place)

    def _mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, object]:
        data: dict[str, object] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self._document.blame(place, "a key must be a word", line)
                continue
            key = self._references.source(key_node.value)
            if key in data:
                sentence = f"this key stands twice; first in line {self._document.lines[(*place, key)]}"
                self._document.blame((*place, key), sentence, line)
                continue
            self._document.lines[(*place, key)] = line
            data[key] = self.value(value_node, (*place, key))
        return data

    def _scalar(self, node: yaml.Node, place: Place) -> object:
        if node.tag == TIMESTAMP:
            return str(node.value)
        try:
            value: object = self._scalars.construct_object(node)
            return self._references.expand(value) if isinstance(value, str) else value
        except Unresolved as error:
            return self._skip(place, str(error))
        except (yaml.YAMLError, ValueError):
            return self._skip(place, "this value cannot be read; put it in quotes")

    def _skip(self, place: Place, sentence: str) -> object:
        self._document.blame(place, sentence)
        self._document.unresolved.add(place)
        return ""
