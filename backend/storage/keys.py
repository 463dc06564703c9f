"""Keys in the record: what is known of them and the digests by which they are found, never the keys."""

# mypy: disable-error-code="import-untyped"

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from peewee import JOIN, Case, fn

from backend.domain.access import Scope
from backend.domain.keys import Key, KeyKind
from backend.domain.users import Owner, User
from backend.errors import InvalidInput
from backend.storage.compiled import Connection, Row, slot
from backend.storage.database import Database
from backend.storage.rows import KEY, USER, key_of, slots, user_of
from backend.storage.scopes import Scoped
from backend.storage.tables import Keys as Table
from backend.storage.tables import Users
from backend.storage.text import keepable


@dataclass(frozen=True, slots=True)
class Proof:
    """A key, its user, and what the user's rights depend on: None for one without an owner."""

    key: Key
    user: User
    owner: Owner | None


class Keys:
    def __init__(self, database: Database) -> None:
        self._database = database
        compiled = database.compile
        this, now, unrevoked = Table.id == slot("id"), slot("now"), Table.revoked_at.is_null()
        self._add = compiled(Table.insert(slots(*KEY, Table.digest)))
        self._find = compiled(proofs().where(Table.digest == slot("digest")))
        self._by_id = compiled(proofs().where(this))
        shown = (this, Table.kind == "key", unrevoked, Users.removed_at.is_null())
        self._get = Scoped(database, lambda visible: proofs().where(visible(Table.user), *shown))
        self._use_up = compiled(
            Table.update({Table.revoked_at: now, Table.last_used_at: now}).where(this, unrevoked).returning(Table.id)
        )
        later = Table.last_used_at.is_null() | (Table.last_used_at < now)
        self._touch = compiled(Table.update({Table.last_used_at: now}).where(this, later))
        self._revoke = compiled(Table.update({Table.revoked_at: now}).where(this, unrevoked))
        opened = Table.opened_by == slot("id")
        self._revoke_opened = compiled(
            Table.update({Table.revoked_at: now}).where(opened, unrevoked).returning(Table.id)
        )
        self._rename = compiled(Table.update(slots(Table.name, Table.expires_at)).where(this, unrevoked))
        sooner = Table.expires_at > slot("expires_at")
        self._shorten_opened = compiled(
            Table.update(slots(Table.expires_at)).where(opened, unrevoked, sooner).returning(Table.id)
        )
        self._any = compiled(Table.select(Table.id).limit(1))
        used = (Table.kind == "session") | ((Table.kind == "key") & unrevoked)
        self._any_used_by_admin = compiled(
            Table.select(Table.id)
            .join(Users, on=Table.user == Users.id)
            .where(Users.role == "admin", Users.disabled_at.is_null(), Users.removed_at.is_null(), used)
            .limit(1)
        )
        of_user = (Table.user == slot("user"), Table.kind == slot("kind"), unrevoked)
        self._of_user = compiled(Table.select(*KEY).where(*of_user).order_by(Table.id.desc()).limit(slot("first")))
        alive = Case(None, [(Table.expires_at.is_null(), 1), (Table.expires_at > now, 1)], 0)
        self._count = compiled(Table.select(fn.COALESCE(fn.SUM(alive), 0)).where(*of_user))
        self._revoke_kind = compiled(Table.update({Table.revoked_at: now}).where(*of_user).returning(Table.id))

    async def add(self, key: Key, digest: bytes, most: int | None = None) -> None:
        """With `most`, raises `InvalidInput` where the user has so many of that kind that still serve."""
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
            "opened_by": key.opened_by,
        }

        def job(connection: Connection) -> None:
            if most is not None:
                row = self._count.one(connection, user=key.user_id, kind=key.kind, now=key.created_at)
                if row is not None and row[0] >= most:
                    sentence = f"This user has {most} keys, which is as many as may be. Revoke one first."
                    raise InvalidInput(sentence, mistake="too_many", most=most)
            self._add.run(connection, **values)

        await self._database.write(job)

    async def find(self, digest: bytes) -> Proof | None:
        """Revoked and expired ones too, and those of disabled and removed users: the gateway judges."""
        row = await self._database.one(self._find, digest=digest)
        return proof_of(row) if row else None

    async def by_id(self, key_id: int) -> Proof | None:
        """Likewise."""
        row = await self._database.one(self._by_id, id=key_id)
        return proof_of(row) if row else None

    async def get(self, scope: Scope, key_id: int) -> Proof | None:
        """One that was not revoked, of a user who was not removed; neither a session nor a link."""
        row = await self._database.one(self._get[scope], caller_id=scope.user_id, id=key_id)
        return proof_of(row) if row else None

    async def of_user(self, user_id: int, first: int) -> list[Key]:
        """Keys that were not revoked, the newest first; neither sessions nor links."""
        rows = await self._database.many(self._of_user, user=user_id, kind="key", first=first)
        return [key_of(row) for row in rows]

    async def count(self, user_id: int, kind: KeyKind, now_us: int) -> int:
        """How many of that kind still serve."""
        row = await self._database.one(self._count, user=user_id, kind=kind, now=now_us)
        return int(row[0]) if row else 0

    async def use_up(self, key_id: int, now_us: int) -> bool:
        """Revoke a key that serves once.  True for exactly one caller, however many try."""
        return await self._database.write(
            lambda connection: self._use_up.one(connection, id=key_id, now=now_us) is not None
        )

    async def touch(self, used: Mapping[int, int]) -> None:
        """When each key was last used, by its id."""

        def job(connection: Connection) -> None:
            for key_id, now_us in used.items():
                self._touch.run(connection, id=key_id, now=now_us)

        await self._database.write(job)

    async def revoke(self, key_id: int, now_us: int) -> set[int]:
        """Revoke a key and the sessions that were opened with it: their ids.  One that is revoked already keeps its
        time."""

        def job(connection: Connection) -> set[int]:
            self._revoke.run(connection, id=key_id, now=now_us)
            return {key_id, *(row[0] for row in self._revoke_opened.all(connection, id=key_id, now=now_us))}

        return await self._database.write(job)

    async def revoke_sessions(self, user_id: int, now_us: int) -> set[int]:
        """Revoke all sessions of a user, and its links that were not used: the ids of the sessions that there were."""

        def job(connection: Connection) -> set[int]:
            self._revoke_kind.all(connection, user=user_id, kind="link", now=now_us)
            return {row[0] for row in self._revoke_kind.all(connection, user=user_id, kind="session", now=now_us)}

        return await self._database.write(job)

    async def rename(self, key: Key) -> set[int]:
        """Keep its name and when it expires; the sessions opened with it do not outlive it.  The ids of all these."""
        values: dict[str, Any] = {"id": key.id, "name": keepable(key.name), "expires_at": key.expires_at}

        def job(connection: Connection) -> set[int]:
            self._rename.run(connection, **values)
            sessions = [] if key.expires_at is None else self._shorten_opened.all(connection, **values)
            return {key.id, *(row[0] for row in sessions)}

        return await self._database.write(job)

    async def any(self) -> bool:
        """Whether the record has any key, whose digest depends on the key file."""
        return await self._database.one(self._any) is not None

    async def any_used_by_admin(self) -> bool:
        """Whether an admin has a `key`, or ever had a `session`: then nobody needs a first sign-in link."""
        return await self._database.one(self._any_used_by_admin) is not None


def proofs() -> Any:
    owner = Users.alias("owner_of")
    of_owner = (owner.id, owner.role, owner.plus, owner.disabled_at, owner.removed_at)
    joined = Table.select(*KEY, *USER, *of_owner).join(Users, on=Table.user == Users.id)
    return joined.join(owner, JOIN.LEFT_OUTER, on=Users.owner == owner.id)


def proof_of(row: Row) -> Proof:
    end = len(KEY) + len(USER)
    owner = None if row[end] is None else Owner(row[end + 1], bool(row[end + 2]), row[end + 3], row[end + 4])
    return Proof(key_of(row), user_of(row[len(KEY) : end]), owner)
