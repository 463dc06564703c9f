"""Nothing committed knows the machine that it was written on, or where that machine got its packages."""

import re
from typing import Final

import pytest

from tests.laws.source import ROOT, committed_files, text_of

HOMES: Final = "home|root|Users|work|mnt|tmp|opt/wheels|var/folders"
MACHINE_PATH: Final = re.compile(rf"(?<![\w.$}}{{:/*~-])/(?:{HOMES})/[\w.]")
REGISTRY: Final = re.compile(
    r"--(?:extra-)?index-url|--find-links|^\s*(?:@\w+:)?registry\s*=|index-url\s*=", re.MULTILINE
)
RESOLVED: Final = re.compile(r'"resolved": "(?!https://registry\.npmjs\.org/)([^"]*)"')
LAW: Final = "tests/laws/test_no_machine_paths.py"


def knows_its_machine(name: str, text: str) -> list[str]:
    patterns = [MACHINE_PATH, REGISTRY]
    if name.endswith("package-lock.json"):
        patterns.append(RESOLVED)
    if name.startswith("requirements/"):
        patterns.append(re.compile(r"://|^-(?:i|f|e)\b", re.MULTILINE))
    return [f"{name}: {found[0].strip()}" for pattern in patterns for found in pattern.finditer(text)]


def test_no_committed_file_knows_its_machine() -> None:
    wrong = []
    for path in committed_files():
        name, text = str(path.relative_to(ROOT)), text_of(path)
        wrong += knows_its_machine(name, text) if text is not None and name != LAW else []
    assert wrong == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", 'open("/home/ada/notes")'),
        ("a.md", "see /tmp/x"),
        ("a.sh", "cd /root/project"),
        ("Makefile", "pip install --index-url x"),
        (".npmrc", "registry=https://npm.example.org"),
        ("package-lock.json", '"resolved": "https://npm.example.org/a.tgz"'),
        ("requirements/run.txt", "a @ https://example.org/a.whl"),
    ],
)
def test_a_trace_of_the_machine_is_found(name: str, text: str) -> None:
    assert knows_its_machine(name, text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", "https://example.org/home/ada and /run/secrets/x and ./tmp/x and {work}/tmp/x"),
        ("package-lock.json", '"resolved": "https://registry.npmjs.org/a/-/a-1.tgz"'),
        ("requirements/run.txt", "a==1 \\\n    --hash=sha256:00"),
    ],
)
def test_what_holds_everywhere_is_not(name: str, text: str) -> None:
    assert knows_its_machine(name, text) == []
