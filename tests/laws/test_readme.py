"""Every command that a page shows exists."""

import contextlib
import io
import re
import shlex
from typing import Final

import pytest

from backend.cli import parser_of_commands
from tests.laws.source import ROOT, committed_files

BLOCK: Final = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
TARGET: Final = re.compile(r"^([a-z][a-z-]*):(?!=)", re.MULTILINE)
BACKEND: Final = ("python", "-m", "backend")


def commands_in(page: str) -> list[str]:
    """The lines behind `$ ` in blocks that are marked as console; a backslash continues a line."""
    lines = [line for block in BLOCK.findall(page) for line in block.replace("\\\n", " ").splitlines()]
    return [line[2:].strip() for line in lines if line.startswith("$ ")]


def unknown(command: str, targets: set[str]) -> bool:
    """Whether it is a make target or a command of ours that does not exist; other programs are not judged."""
    words = shlex.split(command, comments=True)
    while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
        words = words[1:]
    if words[:1] == ["make"]:
        return any(word not in targets for word in words[1:] if "=" not in word)
    if len(words) >= len(BACKEND) and (words[0].rsplit("/", 1)[-1], *words[1:3]) == BACKEND:
        try:
            with contextlib.redirect_stderr(io.StringIO()):
                parser_of_commands().parse_args(words[3:])
        except SystemExit:
            return True
    return False


def make_targets() -> set[str]:
    return set(TARGET.findall((ROOT / "Makefile").read_text("utf-8")))


def test_every_command_that_a_page_shows_exists() -> None:
    targets = make_targets()
    pages = {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in committed_files(".md")}
    assert commands_in(pages["README.md"]), "README.md shows no command in a console block"
    assert [(name, line) for name, page in pages.items() for line in commands_in(page) if unknown(line, targets)] == []


def test_the_commands_that_scripts_rely_on_are_there() -> None:
    assert {"setup", "run", "test", "check", "schema", "bench", "dev"} <= make_targets()


@pytest.mark.parametrize(
    "command",
    ["make fly", "make run fly", "python -m backend fly", ".venv/bin/python -m backend serve --prot 1", "A=1 make fly"],
)
def test_a_command_that_does_not_exist_is_found(command: str) -> None:
    [line] = commands_in(f"text\n```console\n$ {command}\noutput\n```\n")
    assert unknown(line, {"run"})


@pytest.mark.parametrize(
    "command",
    [
        "make run",
        "make",
        "curl http://x",
        "python -m backend keys issue --role user --name 'Ada L' --plus  # new",
        "cd x",
    ],
)
def test_a_command_that_exists_is_not(command: str) -> None:
    assert not unknown(command, {"run"})
