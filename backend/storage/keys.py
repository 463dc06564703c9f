"""Keys in the record: what is known of them and the digests by which they are found, never the keys."""

from backend.domain.keys import Key
from backend.domain.users import User
from backend.storage.compiled import slot
from backend.storage.database import Database
from backend.storage.rows import KEY, USER, key_of, slots, user_of
from backend.storage.tables import Keys as Table
from backend.storage.tables import Users
from backend.storage.text import keepable


class Keys:
    def __init__(self, database: Database) -> None:
        self._database = database
        compiled = database.compile
        this, now, unrevoked = Table.id == slot("id"), slot("now"), Table.revoked_at.is_null()
        self._add = compiled(Table.insert(slots(*KEY, Table.digest)))
        self._find = compiled(
            Table.select(*KEY, *USER).join(Users, on=Table.user == Users.id).where(Table.digest == slot("digest"))
        )
        self._by_id = compiled(Table.select(*KEY, *USER).join(Users, on=Table.user == Users.id).where(this))
        self._use_up = compiled(
            Table.update({Table.revoked_at: now, Table.last_used_at: now}).where(this, unrevoked).returning(Table.id)
        )
        self._touch = compiled(Table.update({Table.last_used_at: now}).where(this))
        self._revoke = compiled(Table.update({Table.revoked_at: now}).where(this, unrevoked))
        self._any = compiled(Table.select(Table.id).limit(1))
        used = (Table.kind == "session") | ((Table.kind == "key") & unrevoked)
        self._any_used_by_admin = compiled(
            Table.select(Table.id).join(Users, on=Table.user == Users.id).where(Users.role == "admin", used).limit(1)
        )

    async def add(self, key: Key, digest: bytes) -> None:
        values: dict[str, object] = {
            "id": key.id,
            "user": key.user_id,
            "kind": key.kind,
            "name": keepable(key.name),
            "shown_prefix": keepable(key.shown_prefix),
            "digest": digest,
            "created_at": key.created_at,
            "expires_at": key.expires_at,
            "last_used_at": key.last_used_at,
            "revoked_at": key.revoked_at,
        }
        await self._database.write(lambda connection: self._add.run(connection, **values))

    async def find(self, digest: bytes) -> tuple[Key, User] | None:
        """Revoked and expired ones too, and those of disabled users: the gateway judges."""
        row = await self._database.one(self._find, digest=digest)
        return (key_of(row), user_of(row[len(KEY) :])) if row else None

    async def by_id(self, key_id: int) -> tuple[Key, User] | None:
        """Likewise."""
        row = await self._database.one(self._by_id, id=key_id)
        return (key_of(row), user_of(row[len(KEY) :])) if row else None

    async def use_up(self, key_id: int, now_us: int) -> bool:
        """Revoke a key that serves once.  True for exactly one caller, however many try."""
        return await self._database.write(
            lambda connection: self._use_up.one(connection, id=key_id, now=now_us) is not None
        )

    async def touch(self, key_id: int, now_us: int) -> None:
        await self._database.write(lambda connection: self._touch.run(connection, id=key_id, now=now_us))

    async def revoke(self, key_id: int, now_us: int) -> None:
        """A key that is revoked already keeps its time."""
        await self._database.write(lambda connection: self._revoke.run(connection, id=key_id, now=now_us))

    async def any(self) -> bool:
        """Whether the record has any key, whose digest depends on the key file."""
        return await self._database.one(self._any) is not None

    async def any_used_by_admin(self) -> bool:
        """Whether an admin has a `key`, or ever had a `session`: then nobody needs a first sign-in link."""
        return await self._database.one(self._any_used_by_admin) is not None
