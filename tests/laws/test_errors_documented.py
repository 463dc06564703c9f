"""docs/errors.md has a line for each error, with its true status, and for nothing else."""

import re

from backend.api.http_errors import STATUS
from tests.laws.source import ROOT

LINE = re.compile(r"^\| `(\w+)` \| (\d+) \| (.+) \| (.+) \|$", re.MULTILINE)
CLOSINGS = re.compile(r"\b4[0-9]{3}\b")


def documented(text: str) -> list[tuple[str, int]]:
    return [
        (code, int(status)) for code, status, meaning, todo in LINE.findall(text) if meaning.strip() and todo.strip()
    ]


def undocumented(text: str) -> list[str]:
    lines = documented(text)
    wrong = [f"{code}: has no line, or another status than {status}" for code, status in STATUS.items()
             if (code, status) not in lines]  # fmt: skip
    wrong += [f"{code}: is no error's code, or stands there twice" for code, status in lines
              if STATUS.get(code) is None or [other for other, _ in lines].count(code) > 1]  # fmt: skip
    return wrong


def test_every_error_is_documented_with_its_status() -> None:
    assert undocumented((ROOT / "docs/errors.md").read_text("utf-8")) == []


def test_every_code_that_closes_a_web_socket_is_documented() -> None:
    shown = set(CLOSINGS.findall((ROOT / "docs/errors.md").read_text("utf-8")))
    assert shown == set(CLOSINGS.findall((ROOT / "backend/api/graphql/websocket.py").read_text("utf-8")))


def test_an_error_without_a_line_and_a_line_without_an_error_are_found() -> None:
    text = (ROOT / "docs/errors.md").read_text("utf-8")
    assert undocumented(text.replace("| `not_found` | 404 |", "| `not_found` | 400 |")) == [
        "not_found: has no line, or another status than 404"
    ]
    assert undocumented(text + "| `unheard` | 500 | a | b |\n") == [
        "unheard: is no error's code, or stands there twice"
    ]
