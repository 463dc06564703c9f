"""schema.graphql is what the code says."""

import difflib
import subprocess
import sys

from tests.laws.source import ROOT


def difference(committed: str, printed: str) -> str:
    lines = difflib.unified_diff(
        committed.splitlines(), printed.splitlines(), "schema.graphql", "the code", lineterm=""
    )
    return "\n".join(lines)


def test_the_schema_file_is_what_the_code_says() -> None:
    command = [sys.executable, "-m", "backend", "schema"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    found = difference((ROOT / "schema.graphql").read_text("utf-8"), ended.stdout)
    assert not found, f"run make schema\n{found}"


def test_a_difference_is_found() -> None:
    assert "-  b: Int" in difference("type A {\n  b: Int\n}", "type A {\n  b: Int!\n}")
    assert difference("type A\n", "type A") == ""
