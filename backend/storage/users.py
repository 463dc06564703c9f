"""Users in the record."""

# mypy: disable-error-code="import-untyped"

from typing import Any

from peewee import SQL, Tuple, fn

from backend.domain.access import Scope
from backend.domain.users import User
from backend.storage.compiled import slot
from backend.storage.database import Database
from backend.storage.rows import NEWEST, USER, slots, user_of
from backend.storage.scopes import Scoped
from backend.storage.tables import Users as Table
from backend.storage.text import keepable


class Users:
    def __init__(self, database: Database) -> None:
        self._database = database
        compiled = database.compile
        self._create = compiled(Table.insert(slots(*USER)))
        self._by_id = compiled(Table.select(*USER).where(Table.id == slot("id")))
        # As the unique index has it: an owner of NULL counts as 0.  Written out, or the index would not be found.
        owner = fn.COALESCE(Table.owner, SQL("0"))
        self._by_external_id = compiled(
            Table.select(*USER).where(owner == slot("owner"), Table.external_id == slot("external_id"))
        )
        self._by_name_at_console = compiled(
            Table.select(*USER)
            .where(Table.owner.is_null(), Table.external_id.is_null(), Table.name == slot("name"))
            .order_by(Table.created_at, Table.id)
        )
        self._any_admin = compiled(Table.select(Table.id).where(SQL("role = 'admin'")).limit(1))
        self._any_client = compiled(Table.select(Table.id).where(SQL("role = 'client'")).limit(1))
        self._page = Scoped(database, page)

    async def create(self, user: User) -> None:
        """Raises `AlreadyExists` with `field` external_id where the owner has one by that id."""
        values: dict[str, Any] = {
            "id": user.id,
            "name": keepable(user.name),
            "role": user.role,
            "plus": user.plus,
            "owner": user.owner_id,
            "external_id": user.external_id,
            "created_at": user.created_at,
            "disabled_at": user.disabled_at,
        }
        await self._database.write(lambda connection: self._create.run(connection, **values))

    async def by_id(self, id: int) -> User | None:
        row = await self._database.one(self._by_id, id=id)
        return user_of(row) if row else None

    async def by_external_id(self, owner_id: int | None, external_id: str) -> User | None:
        """The owner's user by the owner's own id; with None that of a user made at the console."""
        row = await self._database.one(self._by_external_id, owner=owner_id or 0, external_id=external_id)
        return user_of(row) if row else None

    async def by_name_at_console(self, name: str) -> User | None:
        """The first user of that name among those made at the console."""
        row = await self._database.one(self._by_name_at_console, name=keepable(name))
        return user_of(row) if row else None

    async def any_admin(self) -> bool:
        return await self._database.one(self._any_admin) is not None

    async def any_client(self) -> bool:
        return await self._database.one(self._any_client) is not None

    async def list(self, scope: Scope, first: int, after: tuple[int, int] | None = None) -> list[User]:
        """Newest first; `after` is the (created_at, id) of the last one seen."""
        created_at, last_id = after or (NEWEST, NEWEST)
        rows = await self._database.many(
            self._page[scope], caller_id=scope.user_id, created_at=created_at, id=last_id, first=first
        )
        return [user_of(row) for row in rows]


def page(visible: Any) -> Any:
    return (
        Table.select(*USER)
        .where(visible(Table.id), Tuple(Table.created_at, Table.id) < Tuple(slot("created_at"), slot("id")))
        .order_by(Table.created_at.desc(), Table.id.desc())
        .limit(slot("first"))
    )
