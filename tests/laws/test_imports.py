"""Imports run one way: api -> gateway -> storage, upstream's protocol -> domain -> errors."""

import ast
from collections.abc import Iterator
from typing import Final

import pytest

from tests.laws.source import python_files

PROTOCOL: Final = "upstream.protocol"
# What each room may import besides itself.  `settings` are values that app.py hands in.
MAY_IMPORT: Final[dict[str, tuple[str, ...]]] = {
    "errors": (),
    "domain": ("errors",),
    "settings": ("errors", "domain"),
    "storage": ("errors", "domain", "settings", PROTOCOL),
    "upstream": ("errors", "domain", "settings"),
    "gateway": ("errors", "domain", "storage", PROTOCOL),
    "api": ("errors", "domain", "settings", "gateway", PROTOCOL),
}
KNOW_ALL: Final = frozenset("app serving opening cli cli_transfers console console_transfers __main__".split())
DOORS: Final = frozenset({"graphql", "rest", "openai_compatible", "transfers", "web"})
IMPURE: Final = frozenset(
    """aiohttp apsw asyncio http httpx io logging multiprocessing orjson os pathlib peewee psycopg random requests
    select shutil signal socket sqlite3 ssl starlette strawberry subprocess sys tempfile threading time urllib
    uvicorn""".split()
)
IMPURE_CALLS: Final = frozenset({"open", "print", "input", "exec", "eval"})


def imported(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of each import; what is imported from a module is part of the name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{'.' * node.level}{node.module or ''}.{alias.name}") for alias in node.names)


def below(name: str, allowed: str) -> bool:
    return name == allowed or name.startswith(allowed + ".")


def wrong_imports(module: str, tree: ast.Module) -> list[str]:
    room, _, inner = module.removeprefix("backend").lstrip(".").partition(".")
    if room in KNOW_ALL or not room:
        return []
    if room not in MAY_IMPORT:
        return [f"{module}: is in no room that architecture.md knows"]
    wrong = []
    for line, name in imported(tree):
        inside = name.removeprefix("backend.")
        if name.startswith("."):
            wrong.append(f"{module}:{line}: imports relatively")
        elif inside in (name, "__version__"):
            continue
        elif not any(below(inside, allowed) for allowed in (room, *MAY_IMPORT[room])):
            wrong.append(f"{module}:{line}: {room} may not import {name}")
        elif room == "api" and inner.split(".")[0] in DOORS and inside.split(".")[0] == "api":
            other = inside.split(".")[1]
            if other in DOORS and other != inner.split(".")[0]:
                wrong.append(f"{module}:{line}: a door may not import another door, {name}")
    return wrong


def impurities(module: str, tree: ast.Module) -> list[str]:
    """What a room that only knows what is true must not do."""
    asynchronous = (ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith)
    wrong = [f"{module}:{line}: imports {name}" for line, name in imported(tree) if name.split(".")[0] in IMPURE]
    for node in ast.walk(tree):
        if isinstance(node, asynchronous):
            wrong.append(f"{module}:{node.lineno}: is asynchronous")
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in IMPURE_CALLS:
            wrong.append(f"{module}:{node.lineno}: calls {node.func.id}")
    return wrong


def test_imports_run_one_way() -> None:
    assert [wrong for module, tree in python_files() for wrong in wrong_imports(module, tree)] == []


def test_the_domain_is_pure() -> None:
    assert [wrong for module, tree in python_files("backend/domain") for wrong in impurities(module, tree)] == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("backend.domain.keys", "from backend.storage.keys import Keys"),
        ("backend.domain.keys", "from backend import settings"),
        ("backend.storage.keys", "import backend.upstream.connections"),
        ("backend.storage.keys", "from backend.gateway import chat"),
        ("backend.upstream.chatgpt", "from backend.storage import database"),
        ("backend.gateway.chat", "from backend.upstream import connections"),
        ("backend.gateway.chat", "def f():\n    from backend.api import rest"),
        ("backend.api.rest", "from backend.storage.turns import Turns"),
        ("backend.api.rest", "from backend.upstream.chatgpt import ChatGPT"),
        ("backend.api.rest", "from backend.api.graphql import schema"),
        ("backend.api.graphql.schema", "from backend.api import rest"),
        ("backend.gateway.chat", "from . import accounts"),
        ("backend.gateway.chat", "from backend.app import House"),
        ("backend.plumbing", "import re"),
    ],
)
def test_an_import_the_wrong_way_is_found(module: str, source: str) -> None:
    assert wrong_imports(module, ast.parse(source))


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("backend.gateway.chat", "from backend.upstream.protocol import Upstream\nfrom backend.storage import turns"),
        ("backend.gateway.chat", "from backend.upstream import protocol\nfrom backend import errors\nimport asyncio"),
        ("backend.api.graphql.schema", "from backend.api.graphql import types\nfrom backend.api import http_errors"),
        ("backend.app", "from backend.storage import database\nfrom backend.upstream import chatgpt"),
    ],
)
def test_an_import_the_right_way_is_not(module: str, source: str) -> None:
    assert wrong_imports(module, ast.parse(source)) == []


@pytest.mark.parametrize("source", ["import os", "from time import time", "async def f(): ...", "open('x')"])
def test_an_impurity_is_found(source: str) -> None:
    assert impurities("backend.domain.keys", ast.parse(source))
