"""What the record asks of a kind of database.  Two speak it: sqlite and postgresql."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Literal, Protocol

from backend.errors import AlreadyExists, InvalidInput
from backend.storage.compiled import Compiled, Connection, Row

Job = Callable[[Connection], Any]


class NotBegun(Exception):
    """The transaction could not be opened: trying job by job would not help.  The cause is the driver's error."""


class OutcomeUnknown(Exception):
    """The connection was lost during the commit: the jobs may have been saved or not, and must not be run again."""


class Engine(Protocol):
    dialect: Literal["sqlite", "postgresql"]

    peewee: Any
    """Peewee's database object: the dialect in which queries are compiled, and what migrations run on."""

    def migrating(self) -> AbstractContextManager[None]:
        """One transaction, exclusive among processes, on `peewee`'s connection of this thread."""
        ...

    def connect_writer(self) -> Connection: ...

    def usable(self, connection: Connection) -> bool:
        """False once the connection is lost and another one is needed."""
        ...

    def transact(self, connection: Connection, jobs: Sequence[Job]) -> list[Any]:
        """Run the jobs in one transaction.  What it raises says that nothing was kept; `OutcomeUnknown`: perhaps."""
        ...

    async def one(self, query: Compiled, values: dict[str, object]) -> Row | None: ...

    async def many(self, query: Compiled, values: dict[str, object]) -> list[Row]: ...

    def translate(self, error: Exception) -> Exception:
        """The product's error for the driver's; any other error comes back as it is."""
        ...

    def claim(self) -> None:
        """Raise `RecordUnusable` while another process serves this record; hold it until `close`."""
        ...

    def close(self) -> None: ...


def unkeepable(error: Exception) -> InvalidInput:
    """For ids and names that no text column can hold.  Prompts and replies pass `text.keepable` before."""
    refusal = InvalidInput("A value has characters that are not text: a lone surrogate or a NUL.", mistake="no_text")
    refusal.__cause__ = error
    return refusal


TABLES = ("account_secrets", "conversations", "accounts", "users", "turns", "keys")


def already_there(constraint: str) -> AlreadyExists:
    """`constraint` is a column or a unique index, whose name reads `<table>_<column>`.  `field` in the error's details
    is that column: `idempotency_key`, `position`, `external_id`, …"""
    table = next((table for table in TABLES if constraint.startswith(table + "_")), "")
    field = constraint.removeprefix(table + "_")
    return AlreadyExists(f"There already is one with this {field.replace('_', ' ')}.", field=field, mistake="taken")
