"""The project's own files, as the laws read them."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]


def python_files(folder: str = "backend") -> Iterator[tuple[str, ast.Module]]:
    """(dotted name, syntax tree) of every module in a folder."""
    for path in sorted((ROOT / folder).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        yield ".".join(part for part in parts if part != "__init__"), ast.parse(path.read_text("utf-8"), str(path))


def committed_files(*endings: str) -> list[Path]:
    """Files that git has, or would have after `git add .`; those with one of the endings if any are given."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    paths = sorted({ROOT / name for name in listed if name})
    return [path for path in paths if path.is_file() and (not endings or path.name.endswith(endings))]


def text_of(path: Path) -> str | None:
    """None for what is not text."""
    content = path.read_bytes()
    return None if b"\0" in content else content.decode("utf-8", "replace")
