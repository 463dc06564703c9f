"""Every method that a door can call takes the caller first and checks what it may do before anything else."""

import ast
from typing import Final

import pytest

from tests.laws.source import python_files

Function = ast.FunctionDef | ast.AsyncFunctionDef
GUARDS: Final = frozenset({"require", "access.require"})


def fields_of(tree: ast.Module, name: str) -> list[str]:
    """The class names that a dataclass holds."""
    [holder] = [node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == name]
    return [ast.unparse(node.annotation) for node in holder.body if isinstance(node, ast.AnnAssign)]


def unguarded(cls: ast.ClassDef) -> list[str]:
    """The public methods that do not check access first."""
    methods = [node for node in cls.body if isinstance(node, Function) and not node.name.startswith("_")]
    return [f"{cls.name}.{method.name}" for method in methods if not is_guarded(method)]


def is_guarded(method: Function) -> bool:
    names = [argument.arg for argument in (*method.args.posonlyargs, *method.args.args)]
    if names[1:2] != ["caller"]:
        return False
    body = method.body[1:] if ast.get_docstring(method) is not None else method.body
    first = body[0].value if body and isinstance(body[0], ast.Expr) else None
    if not isinstance(first, ast.Call) or not first.args:
        return False
    return ast.unparse(first.func) in GUARDS and ast.unparse(first.args[0]) == "caller"


def test_every_method_that_doors_can_call_checks_access_first() -> None:
    modules = dict(python_files("backend/gateway"))
    held = fields_of(modules["backend.gateway"], "Gateway")
    assert held, "backend.gateway.Gateway holds nothing"
    classes = {node.name: node for tree in modules.values() for node in tree.body if isinstance(node, ast.ClassDef)}
    assert [name for name in held if name not in classes] == []
    assert [method for name in held for method in unguarded(classes[name])] == []


@pytest.mark.parametrize(
    "method",
    [
        "async def get(self, caller, id): return id",
        "async def get(self, id, caller): require(caller, READ)",
        "async def get(self): ...",
        "def get(self, caller):\n  '''Doc.'''\n  x = 1\n  require(caller, READ)",
        "def get(self, caller):\n  if caller:\n    require(caller, READ)",
        "def get(self, caller): require(other, READ)",
        "def get(self, caller): '''Doc.'''",
        "@property\n def get(self): return 1",
    ],
)
def test_an_unguarded_method_is_found(method: str) -> None:
    assert unguarded(class_with(method)) == ["Conversations.get"]


@pytest.mark.parametrize(
    "method",
    [
        "async def get(self, caller, id): require(caller, READ)",
        "async def get(self, caller, /):\n  '''Doc.'''\n  access.require(caller, READ)",
        "def _load(self, id): return id",
        "def __init__(self, rows): self.rows = rows",
    ],
)
def test_a_guarded_or_private_method_is_not(method: str) -> None:
    assert unguarded(class_with(method)) == []


def class_with(method: str) -> ast.ClassDef:
    [cls] = ast.parse("class Conversations:\n " + method.replace("\n  ", "\n   ")).body
    assert isinstance(cls, ast.ClassDef)
    return cls
