"""Whose rows a query may see, as a condition in the query itself."""

# mypy: disable-error-code="import-untyped"

from collections.abc import Callable
from typing import Any

from peewee import fn

from backend.domain.access import Scope
from backend.storage.compiled import Compiled, slot
from backend.storage.database import Database
from backend.storage.tables import Users

Visible = Callable[[Any], Any]


class Scoped:
    """One query in its three reaches.  `build` gets a function from the column of a row's user to the condition; what
    is compiled takes the scope's user as `caller_id`."""

    def __init__(self, database: Database, build: Callable[[Visible], Any]) -> None:
        self._own = database.compile(build(own))
        self._branch = database.compile(build(branch))
        self._all = database.compile(build(everyone))

    def __getitem__(self, scope: Scope) -> Compiled:
        if scope.reach == "own":
            return self._own
        if scope.reach == "branch":
            return self._branch
        if scope.reach == "all":
            return self._all
        raise ValueError(f"no such reach: {scope.reach}")


def own(user: Any) -> Any:
    return user == slot("caller_id")


def branch(user: Any) -> Any:
    """Asked of each row's user: a list of all users whom the caller made would be read for every single row."""
    owned = Users.alias("owned")
    mine = owned.select(owned.id).where(owned.id == user, owned.owner == slot("caller_id"))
    return (user == slot("caller_id")) | fn.EXISTS(mine)


def everyone(user: Any) -> Any:
    return user.is_null(False)
