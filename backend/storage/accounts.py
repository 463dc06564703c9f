"""Accounts in the record, and their secrets, which come and go sealed."""

# mypy: disable-error-code="import-untyped"

from typing import Any

from peewee import EXCLUDED

from backend.domain.accounts import Account, AccountKind, AccountState
from backend.domain.ids import new_id
from backend.errors import InternalError
from backend.storage.compiled import slot
from backend.storage.database import Database
from backend.storage.rows import ACCOUNT, account_of, slots
from backend.storage.tables import Accounts as Table
from backend.storage.tables import AccountSecrets
from backend.storage.text import keepable


class Accounts:
    def __init__(self, database: Database) -> None:
        self._database = database
        compiled = database.compile
        selected = Table.select(*ACCOUNT)
        self._by_id = compiled(selected.where(Table.id == slot("id")))
        self._built_in = compiled(selected.where(Table.owner.is_null(), Table.name == slot("name")))
        self._own = compiled(selected.where(Table.owner == slot("owner"), Table.fingerprint == slot("fingerprint")))
        built_in = {"conflict_target": [Table.name], "conflict_where": Table.owner.is_null()}
        own = {"conflict_target": [Table.owner, Table.fingerprint], "conflict_where": Table.owner.is_null(False)}
        self._ensure_built_in = compiled(upsert(built_in))
        self._ensure_own = compiled(upsert(own))
        health = (Table.health, Table.why, Table.why_code, Table.rest_until, Table.faults, Table.credentials)
        self._save_health = compiled(Table.update(slots(*health)).where(Table.id == slot("id")))
        self._health = compiled(
            Table.select(Table.name, Table.plus, *health).where(Table.id == slot("id"), Table.health.is_null(False))
        )
        key = (AccountSecrets.account, AccountSecrets.purpose)
        kept = (AccountSecrets.sealed, AccountSecrets.key_id)
        self._save_secret = compiled(
            AccountSecrets.insert(slots(*key, *kept)).on_conflict(conflict_target=key, preserve=kept)
        )
        self._secret = compiled(
            AccountSecrets.select(*kept).where(key[0] == slot("account"), key[1] == slot("purpose"))
        )

    async def ensure(
        self, name: str, kind: AccountKind, plus: bool, owner_id: int | None, fingerprint: str | None, now_us: int
    ) -> Account:
        """The account as it now is in the record: a built-in one (`owner_id` None) is known by its name, a caller's own
        by owner and fingerprint.  A changed kind or plan is taken over."""
        if owner_id is None:
            known, ensure = self._built_in, self._ensure_built_in
        else:
            known, ensure = self._own, self._ensure_own
        row = await self._database.one(known, name=name, owner=owner_id, fingerprint=fingerprint)
        if row is not None:
            account = account_of(row)
            if (account.name, account.kind, account.plus) == (name, kind, plus):
                return account
        values: dict[str, object] = {
            "id": new_id(now_us / 1_000_000),
            "name": name,
            "kind": kind,
            "plus": plus,
            "owner": owner_id,
            "fingerprint": fingerprint,
            "created_at": now_us,
        }
        row = await self._database.write(lambda connection: ensure.one(connection, **values))
        if row is None:
            raise InternalError("The record kept an account without giving it back.")
        return account_of(row)

    async def by_id(self, id: int) -> Account | None:
        row = await self._database.one(self._by_id, id=id)
        return account_of(row) if row else None

    async def save_health(self, state: AccountState, credentials: str) -> None:
        """How the account stands; `credentials` is a digest of what it signs in with."""
        values = {
            "id": state.id,
            "health": state.health,
            "why": keepable(state.why),
            "why_code": state.why_code or None,
            "rest_until": None if state.until is None else int(state.until * 1_000_000),
            "faults": state.faults,
            "credentials": credentials,
        }
        await self._database.write(lambda connection: self._save_health.run(connection, **values))

    async def health(self, id: int) -> tuple[AccountState, str] | None:
        row = await self._database.one(self._health, id=id)
        if row is None:
            return None
        name, plus, health, why, why_code, until, faults, credentials = row
        until = None if until is None else until / 1_000_000
        state = AccountState(
            id, name, bool(plus), 1, health=health, why=why, why_code=why_code or "", until=until, faults=faults
        )
        return state, credentials

    async def save_secret(self, account_id: int, purpose: str, sealed: bytes, key_id: str) -> None:
        """Replaces an earlier secret for the same purpose."""
        await self._database.write(
            lambda connection: self._save_secret.run(
                connection, account=account_id, purpose=purpose, sealed=sealed, key_id=key_id
            )
        )

    async def secret(self, account_id: int, purpose: str) -> tuple[bytes, str] | None:
        """The sealed secret and the id of the master secret that sealed it."""
        row = await self._database.one(self._secret, account=account_id, purpose=purpose)
        return (bytes(row[0]), row[1]) if row else None


def upsert(conflict: dict[str, Any]) -> Any:
    news = {Table.name: EXCLUDED.name, Table.kind: EXCLUDED.kind, Table.plus: EXCLUDED.plus}
    return Table.insert(slots(*ACCOUNT)).on_conflict(**conflict, update=news).returning(*ACCOUNT)
