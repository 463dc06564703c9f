"""Files are named after what they hold and stay readable; whatever catches everything says why."""

import ast
import re
from pathlib import Path
from typing import Final

import pytest

from tests.laws.source import ROOT, committed_files

EMPTY_NAMES: Final = re.compile(
    r"(utils?|helpers?|commons?|managers?|misc|services?|base)(_\w+)?|\w+_(utils?|helpers?)"
)
SOURCE: Final = (".py", ".ts", ".tsx")
GENERATED: Final = ("generated", "migrations")
LONGEST: Final = 350  # lines
BROAD: Final = frozenset({"Exception", "BaseException"})


def named_after_nothing(path: Path) -> bool:
    return path.suffix in SOURCE and EMPTY_NAMES.fullmatch(path.name.split(".")[0].lower()) is not None


def is_generated(path: Path) -> bool:
    return any(word in part for part in path.relative_to(ROOT).parts for word in GENERATED)


def broad_excepts(source: str) -> list[int]:
    """Lines of handlers that catch everything, and neither raise nor say in a comment why not."""
    lines = source.splitlines()
    return [
        handler.lineno
        for handler in ast.walk(ast.parse(source))
        if isinstance(handler, ast.ExceptHandler)
        and (handler.type is None or BROAD & {getattr(node, "id", "") for node in ast.walk(handler.type)})
        and not any(isinstance(node, ast.Raise) for node in ast.walk(handler))
        and not any("#" in line for line in lines[handler.lineno - 1 : handler.end_lineno])
    ]


def test_no_file_is_named_after_nothing() -> None:
    assert [str(path.relative_to(ROOT)) for path in committed_files() if named_after_nothing(path)] == []


def test_no_file_is_too_long_to_read() -> None:
    paths = [path for path in committed_files(*SOURCE) if not is_generated(path)]
    lengths = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in paths}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_whatever_catches_everything_says_why() -> None:
    found = {str(path.relative_to(ROOT)): broad_excepts(path.read_text("utf-8")) for path in committed_files(".py")}
    assert {name: lines for name, lines in found.items() if lines and not name.startswith("tests/laws/")} == {}


@pytest.mark.parametrize(
    "name", ["utils.py", "helper.ts", "chat_utils.py", "Common.tsx", "base_door.py", "manager.test.ts"]
)
def test_a_name_that_says_nothing_is_found(name: str) -> None:
    assert named_after_nothing(Path(name))


@pytest.mark.parametrize("name", ["chat.py", "database.py", "communion.ts", "Makefile", "utils.md"])
def test_a_name_that_says_something_is_not(name: str) -> None:
    assert not named_after_nothing(Path(name))


def test_a_broad_except_without_a_reason_is_found() -> None:
    bare = "try:\n    go()\nexcept Exception:\n    pass\n"
    assert broad_excepts(bare) == [3]
    assert broad_excepts(bare.replace("Exception:", "(BaseException, ValueError):")) == [3]
    assert broad_excepts(bare.replace(" Exception:", ":")) == [3]
    assert broad_excepts(bare.replace("pass", "raise")) == []
    assert broad_excepts(bare.replace("    pass", "    # recorded: the border of the doors\n    pass")) == []
    assert broad_excepts(bare.replace("Exception", "ValueError")) == []
