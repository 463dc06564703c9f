"""Users in the record.  A removed one stays as a row, for its conversations do."""

# mypy: disable-error-code="import-untyped"

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from peewee import JOIN, OP, SQL, Case, Expression, NodeList, Tuple, Value, fn

from backend.domain.access import Scope
from backend.domain.users import ListedUser, User, UserChange, UserFilter
from backend.errors import AlreadyExists, LastAdmin
from backend.storage.compiled import Compiled, Connection, slot
from backend.storage.database import Database
from backend.storage.rows import NEWEST, USER, slots, user_of
from backend.storage.scopes import Scoped
from backend.storage.tables import Keys
from backend.storage.tables import Users as Table
from backend.storage.text import keepable

AT_ONCE: Final = 1_000  # ids in one query
LITERALLY: Final = str.maketrans({sign: f"!{sign}" for sign in "!%_"})  # of LIKE
BEHIND: Final = "\U0010ffff"  # put behind a beginning: no text with that beginning comes later


class Users:
    def __init__(self, database: Database) -> None:
        self._database = database
        compiled = database.compile
        folded = slots(Table.folded_name, Table.folded_external_id)
        self._create = compiled(Table.insert(slots(*USER) | folded))
        self._by_id = compiled(Table.select(*USER).where(Table.id == slot("id")))
        # As the unique index has it: an owner of NULL counts as 0.  Written out, or the index would not be found.
        owner = fn.COALESCE(Table.owner, SQL("0"))
        self._by_external_id = compiled(
            Table.select(*USER).where(
                owner == slot("owner"), Table.external_id == slot("external_id"), Table.removed_at.is_null()
            )
        )
        self._by_name_at_console = compiled(
            Table.select(*USER)
            .where(
                Table.owner.is_null(),
                Table.external_id.is_null(),
                Table.folded_name == slot("folded"),
                Table.name == slot("name"),
                Table.removed_at.is_null(),
            )
            .order_by(Table.id)
        )
        admins = Table.select(Table.id).where(
            Table.role == "admin", Table.disabled_at.is_null(), Table.removed_at.is_null()
        )
        self._any_admin = compiled(admins.limit(1))
        clients = Table.select(Table.id).where(Table.role == "client", Table.removed_at.is_null())
        self._any_client = compiled(clients.limit(1))
        known = Table.select(*USER).where(Table.external_id == slot("external_id"), Table.removed_at.is_null())
        # The folded one has an index over all owners.
        self._known_as = compiled(known.where(Table.folded_external_id == slot("folded")).limit(2))
        self._other_admin = compiled(admins.where(Table.id != slot("id")).limit(1))
        self._get = Scoped(database, lambda visible: seen().where(visible(Table.id), Table.id == slot("id")))
        self._pages: dict[object, Compiled] = {}
        self._compile_changes()

    def _compile_changes(self) -> None:
        compiled, this = self._database.compile, Table.id == slot("id")
        given = (Table.name, Table.folded_name, Table.role, Table.plus)
        self._change = compiled(
            Table.update({column: fn.COALESCE(slot(column.name), column) for column in given})
            .where(this, Table.removed_at.is_null())
            .returning(*USER)
        )
        self._switch = compiled(Table.update({Table.disabled_at: slot("disabled_at")}).where(this))
        twin = Table.alias("twin")
        clash = twin.select(twin.id).where(
            twin.owner == slot("heir"), twin.external_id == Table.external_id, twin.removed_at.is_null()
        )
        above, its_own = (Table.owner == slot("id"), Table.role != "user"), Table.id == slot("heir")
        self._forget_clashing = compiled(
            Table.update({Table.external_id: None, Table.folded_external_id: None}).where(
                *above, fn.EXISTS(clash) | its_own
            )
        )
        self._inherit = compiled(Table.update({Table.owner: Case(None, [(its_own, None)], slot("heir"))}).where(*above))
        removed = {Table.removed_at: slot("now")}
        self._remove = compiled(Table.update(removed).where(this, Table.removed_at.is_null()).returning(Table.id))
        self._remove_owned = compiled(
            Table.update(removed).where(Table.owner == slot("id"), Table.removed_at.is_null()).returning(Table.id)
        )
        self._owned = compiled(Table.select(Table.id).where(Table.owner == slot("id"), Table.removed_at.is_null()))

    async def create(self, user: User, *, nobody_elses: bool = False) -> None:
        """Raises `AlreadyExists` with `field` external_id where the owner has one by that id and, with `nobody_elses`,
        where any owner has."""
        name = keepable(user.name)
        values: dict[str, Any] = {
            "id": user.id,
            "name": name,
            "role": user.role,
            "plus": user.plus,
            "owner": user.owner_id,
            "external_id": user.external_id,
            "created_at": user.created_at,
            "disabled_at": user.disabled_at,
            "removed_at": user.removed_at,
            "folded_name": name.casefold(),
            "folded_external_id": None if user.external_id is None else user.external_id.casefold(),
        }

        def job(connection: Connection) -> None:
            if nobody_elses and user.external_id is not None:
                folded = values["folded_external_id"]
                if self._known_as.one(connection, external_id=user.external_id, folded=folded) is not None:
                    raise AlreadyExists("Another owner has a user of that id.", field="external_id")
            self._create.run(connection, **values)

        await self._database.write(job)

    async def by_id(self, id: int) -> User | None:
        """Removed ones too."""
        row = await self._database.one(self._by_id, id=id)
        return user_of(row) if row else None

    async def by_external_id(self, owner_id: int | None, external_id: str) -> User | None:
        """The owner's user by the owner's own id; with None that of a user made at the console."""
        row = await self._database.one(self._by_external_id, owner=owner_id or 0, external_id=external_id)
        return user_of(row) if row else None

    async def by_name_at_console(self, name: str) -> User | None:
        """The first user of that name among those made at the console."""
        kept = keepable(name)
        row = await self._database.one(self._by_name_at_console, name=kept, folded=kept.casefold())
        return user_of(row) if row else None

    async def known_as(self, external_id: str) -> Sequence[User]:
        """The users whom some owner knows by that id: at most two are told."""
        folded = external_id.casefold()
        rows = await self._database.many(self._known_as, external_id=external_id, folded=folded)
        return [user_of(row) for row in rows]

    async def any_admin(self) -> bool:
        """Whether there is one that may call."""
        return await self._database.one(self._any_admin) is not None

    async def any_client(self) -> bool:
        return await self._database.one(self._any_client) is not None

    async def get(self, scope: Scope, id: int) -> ListedUser | None:
        row = await self._database.one(self._get[scope], caller_id=scope.user_id, id=id)
        return listed_of(row) if row else None

    async def of_ids(self, ids: Sequence[int]) -> dict[int, ListedUser]:
        """By their ids, removed ones too."""
        found = {}
        for start in range(0, len(ids), AT_ONCE):
            some = Table.id.in_([Value(id, converter=False) for id in ids[start : start + AT_ONCE]])
            for row in await self._database.many(self._database.compile(joined().where(some))):
                listed = listed_of(row)
                found[listed.user.id] = listed
        return found

    async def page(
        self, scope: Scope, first: int, after: tuple[int, int] | None = None, wanted: UserFilter | None = None
    ) -> list[ListedUser]:
        """Newest first; `after` is the (created_at, id) of the last one seen.  A scope of a branch lists the users that
        its owner made, without the owner."""
        wanted = wanted or UserFilter()
        created_at, last_id = after or (NEWEST, NEWEST)
        rows = await self._database.many(
            self._listing(scope, wanted, newest),
            **values_of(scope, wanted, first),
            created_at=created_at,
            id=last_id,
        )
        return [listed_of(row) for row in rows]

    async def search(
        self, scope: Scope, first: int, wanted: UserFilter, after: tuple[str, int] | None = None
    ) -> list[tuple[str, ListedUser]]:
        """Those whose name or external id begins with `wanted.text`, in the order of what does, and behind them by name
        those that have it further on; `after` is the (place in that order, id) of the last one seen."""
        low = keepable(wanted.text or "").casefold()
        key, last_id = after or (low, -1)
        values = values_of(scope, wanted, first) | {"key": key, "id": last_id, "low": low, "high": low + BEHIND}
        values["inside"] = f"%{low.translate(LITERALLY)}%"
        found: list[tuple[str, ListedUser]] = []
        for build in (by_name, by_word, by_part):
            if build is by_part and len(found) >= first:
                break
            rows = await self._database.many(self._listing(scope, wanted, build), **values)
            found += [(row[-1], listed_of(row[:-1])) for row in rows]
        return sorted(found, key=lambda each: (each[0].encode(), each[1].user.id))[:first]

    async def owned(self, id: int) -> list[int]:
        """The ids of the users that it made and that were not removed."""
        return [row[0] for row in await self._database.many(self._owned, id=id)]

    async def change(self, id: int, change: UserChange, heir_id: int, now_us: int) -> User | None:
        """The user as it now is; None where it was removed.  Raises `LastAdmin` where nobody would be left who may do
        everything.  Where it is no admin, the clients and admins that it made pass to `heir_id`, without their external
        id where the heir has one by it."""
        name = None if change.name is None else keepable(change.name)
        values: dict[str, Any] = {
            "id": id,
            "name": name,
            "folded_name": None if name is None else name.casefold(),
            "role": change.role,
            "plus": change.plus,
            "heir": heir_id,
        }

        def job(connection: Connection) -> User | None:
            if change.disabled or change.role not in (None, "admin"):
                self._keep_an_admin(connection, id)
            row = self._change.one(connection, **values)
            if row is None:
                return None
            user = user_of(row)
            if change.disabled is not None and change.disabled != (user.disabled_at is not None):
                user = replace(user, disabled_at=now_us if change.disabled else None)
                self._switch.run(connection, id=id, disabled_at=user.disabled_at)
            if user.role != "admin":
                self._forget_clashing.run(connection, **values)
                self._inherit.run(connection, **values)
            return user

        return await self._database.write(job)

    async def remove(self, user: User, now_us: int) -> list[int]:
        """Remove a user, and with a client the users that it made: their ids.  None of them where it was removed
        before.  Raises `LastAdmin`."""

        def job(connection: Connection) -> list[int]:
            self._keep_an_admin(connection, user.id)
            if self._remove.one(connection, id=user.id, now=now_us) is None:
                return []
            owned = [] if user.role == "admin" else self._remove_owned.all(connection, id=user.id, now=now_us)
            return [user.id, *(row[0] for row in owned)]

        return await self._database.write(job)

    def _keep_an_admin(self, connection: Connection, id: int) -> None:
        row = self._any_admin.one(connection)
        if row is not None and self._other_admin.one(connection, id=id) is None:
            raise LastAdmin("This is the only admin. Make another one first: without any, nobody could do this.")

    def _listing(self, scope: Scope, wanted: UserFilter, build: Any) -> Compiled:
        shape = (build, scope.reach, wanted.role is None, wanted.owner_id is None, wanted.disabled)
        query = self._pages.get(shape)
        if query is None:
            query = self._pages[shape] = self._database.compile(filtered(build(), build is newest, scope, wanted))
        return query


OWNER: Final = Table.alias("owner_of")


def joined() -> Any:
    last_used_at = Keys.select(fn.MAX(Keys.last_used_at)).where(Keys.user == Table.id)
    owner = tuple(getattr(OWNER, column.name) for column in USER)
    return Table.select(*USER, last_used_at, *owner).join(OWNER, JOIN.LEFT_OUTER, on=Table.owner == OWNER.id)


def seen() -> Any:
    return joined().where(Table.removed_at.is_null())


def filtered(query: Any, by_time: bool, scope: Scope, wanted: UserFilter) -> Any:
    conditions = {
        "own": Table.id == slot("caller_id"),
        "branch": Table.owner == slot("caller_id"),
        "all": Table.id.is_null(False),
    }
    query = query.where(conditions[scope.reach])
    if wanted.role is not None:
        # A search goes by its text: SQLite would rather sort everyone of that role.
        query = query.where((Table.role if by_time else Table.role.concat(SQL("''"))) == slot("role"))
    if wanted.owner_id is not None:
        query = query.where(Table.owner == slot("owner"))
    if wanted.disabled is not None:
        query = query.where(Table.disabled_at.is_null(not wanted.disabled))
    return query.limit(slot("first"))


def newest() -> Any:
    before = Tuple(Table.created_at, Table.id) < Tuple(slot("created_at"), slot("id"))
    return seen().where(before).order_by(Table.created_at.desc(), Table.id.desc())


def by_name() -> Any:
    return beginning(Table.folded_name)


def by_word() -> Any:
    """Without those that their name has found."""
    named = (Table.folded_name >= slot("low")) & (Table.folded_name < slot("high"))
    return beginning(Table.folded_external_id).where(~named)


def by_part() -> Any:
    """Without those that begin with it.  No index leads here: every name in scope is looked at, 100,000 in 50 ms."""
    word = fn.COALESCE(Table.folded_external_id, "")
    begins = [(text >= slot("low")) & (text < slot("high")) for text in (Table.folded_name, word)]
    has = [NodeList((text, SQL("LIKE"), slot("inside"), SQL("ESCAPE '!'"))) for text in (Table.folded_name, word)]
    place = NodeList((SQL(f"'{BEHIND}' ||"), Table.folded_name), parens=True)
    behind = Tuple(place, Table.id) > Tuple(slot("key"), slot("id"))
    query = seen().select_extend(place).where(~begins[0], ~begins[1], Expression(has[0], OP.OR, has[1]), behind)
    return query.order_by(place, Table.id)


def beginning(text: Any) -> Any:
    behind = Tuple(text, Table.id) > Tuple(slot("key"), slot("id"))
    query = seen().select_extend(text).where(text.is_null(False), text < slot("high"), behind)
    return query.order_by(text, Table.id)


def values_of(scope: Scope, wanted: UserFilter, first: int) -> dict[str, object]:
    return {"caller_id": scope.user_id, "role": wanted.role, "owner": wanted.owner_id, "first": first}


def listed_of(row: Any) -> ListedUser:
    width = len(USER)
    owner = row[width + 1 :]
    return ListedUser(user_of(row), None if owner[0] is None else user_of(owner), row[width])
