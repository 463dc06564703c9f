"""Queries compiled once and run by the driver's own connection.

Building a query through Peewee costs some 200 µs, running it 5.  So each query is written with Peewee once, with a
named slot wherever a value will stand, and kept, from its first use on, as SQL with a function that puts the values
in order::

    find = database.compile(User.select(User.id).where(User.name == slot("name")))
    find.one(connection, name="Alice")

Values go to the driver as they are: no field of the model converts them.
"""

# mypy: disable-error-code="import-untyped"

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Protocol

from peewee import Value

Row = Sequence[Any]


class Cursor(Protocol):
    def fetchall(self) -> list[Any]: ...


class Connection(Protocol):
    """What apsw's and psycopg's connections have in common, and all that a write job may use."""

    def execute(self, statement: str, bindings: tuple[Any, ...], /) -> Cursor: ...


@dataclass(frozen=True, slots=True)
class Slot:
    name: str


def slot(name: str) -> Any:
    """A place in a query for a value that is given when it runs."""
    return Value(Slot(name), converter=False, unpack=False)


class Compiled:
    """One query.  Values that it has no slot for are ignored, so that its variants may share one set of values."""

    __slots__ = ("_bind", "sql")

    def __init__(self, sql: str, values: Sequence[object]) -> None:
        self.sql = sql
        self._bind = _binder(values)

    def run(self, connection: Connection, **values: object) -> None:
        connection.execute(self.sql, self._bind(values))

    def all(self, connection: Connection, **values: object) -> list[Row]:
        return connection.execute(self.sql, self._bind(values)).fetchall()

    def one(self, connection: Connection, **values: object) -> Row | None:
        """The first row.  All are read, so that no statement stays open and holds the snapshot."""
        rows = connection.execute(self.sql, self._bind(values)).fetchall()
        return rows[0] if rows else None


class CompiledAtFirstUse(Compiled):
    """A query of the models.  A command at the console needs few of the hundred, and a server starts the sooner."""

    __slots__ = ("_compile",)

    def __init__(self, compile: Callable[[], tuple[str, Sequence[object]]]) -> None:
        self._compile = compile

    def __getattr__(self, name: str) -> Any:
        """What is not there yet.  Two threads that ask at once find the same."""
        if name not in Compiled.__slots__:
            raise AttributeError(name)
        super().__init__(*self._compile())
        return getattr(self, name)


def _binder(values: Sequence[object]) -> Callable[[dict[str, object]], tuple[Any, ...]]:
    names = [value.name if isinstance(value, Slot) else f"constant {place}" for place, value in enumerate(values)]
    constants = {name: value for name, value in zip(names, values, strict=True) if not isinstance(value, Slot)}
    if len(names) < 2:
        return lambda given: tuple([(given | constants)[name] for name in names])
    pick: Callable[[Mapping[str, object]], tuple[Any, ...]] = itemgetter(*names)
    return (lambda given: pick(given | constants)) if constants else pick
