"""The upkeep of accounts: what an admin said of them, the definitions kept in the record, the console's requests."""

# mypy: disable-error-code="import-untyped"

from collections.abc import Mapping, Sequence
from typing import Final

from peewee import fn

from backend.domain.accounts import Account
from backend.domain.upkeep import ByHand
from backend.storage.compiled import Connection, slot
from backend.storage.database import Database
from backend.storage.rows import ACCOUNT, account_of, slots
from backend.storage.sealing import Place
from backend.storage.tables import Accounts, AccountSecrets, AccountUpkeep, UpkeepRequests

DEFINITION: Final = "definition"  # the purpose of the secret that an account kept in the record is
REQUEST: Final = "upkeep request"


def place_of_request(id: int) -> Place:
    return Place("upkeep_requests", str(id), "sealed")


class Upkeep:
    def __init__(self, database: Database) -> None:
        self._database = database
        compiled = database.compile
        said = (AccountUpkeep.disabled_at, AccountUpkeep.rests_until)
        self._said = compiled(AccountUpkeep.select(AccountUpkeep.account, *said))
        self._say = compiled(
            AccountUpkeep.insert(slots(AccountUpkeep.account, *said)).on_conflict(
                conflict_target=(AccountUpkeep.account,), preserve=said
            )
        )
        self._definitions = compiled(
            AccountSecrets.select(*ACCOUNT, AccountSecrets.sealed, AccountSecrets.key_id)
            .join(Accounts)
            .where(AccountSecrets.purpose == DEFINITION, Accounts.owner.is_null())
            .order_by(Accounts.id)
        )
        of_account = AccountSecrets.account == slot("account")
        self._set_plan = compiled(Accounts.update({Accounts.plus: slot("plus")}).where(Accounts.id == slot("account")))
        of_purpose = AccountSecrets.purpose == slot("purpose")
        kept = (AccountSecrets.sealed, AccountSecrets.key_id)
        self._redefine = compiled(AccountSecrets.update(slots(*kept)).where(of_account, of_purpose))
        self._forget_secret = compiled(AccountSecrets.delete().where(of_account, of_purpose))
        self._forget_secrets = compiled(AccountSecrets.delete().where(of_account))
        requests, id_is = UpkeepRequests, UpkeepRequests.id == slot("id")
        self._ask = compiled(requests.insert(slots(requests.id, requests.sealed, requests.key_id)))
        self._next = compiled(
            requests.select(requests.id, requests.sealed, requests.key_id).where(
                requests.id == requests.select(fn.MIN(requests.id)).where(requests.taken_at.is_null())
            )
        )
        self._take = compiled(
            requests.update({requests.taken_at: slot("taken_at")}).where(id_is).returning(requests.id)
        )
        self._answer = compiled(requests.update({requests.answer: slot("answer")}).where(id_is))
        self._answered = compiled(requests.select(requests.taken_at, requests.answer).where(id_is))
        self._withdraw = compiled(requests.delete().where(id_is, requests.taken_at.is_null()).returning(requests.id))
        self._drop = compiled(requests.delete().where(id_is))
        self._drop_taken = compiled(requests.delete().where(requests.taken_at < slot("before")))

    async def said(self) -> dict[int, ByHand]:
        """What admins said, by account."""
        return {row[0]: ByHand(row[1], row[2]) for row in await self._database.many(self._said)}

    async def say(self, account_id: int, by_hand: ByHand) -> None:
        values = {"account": account_id, "disabled_at": by_hand.disabled_at, "rests_until": by_hand.rests_until}
        await self._database.write(lambda connection: self._say.run(connection, **values))

    async def definitions(self) -> list[tuple[Account, bytes, str]]:
        """The accounts whose definition is kept here, with that, sealed, and the id of what sealed it."""
        rows = await self._database.many(self._definitions)
        size = len(ACCOUNT)
        return [(account_of(row), bytes(row[size]), row[size + 1]) for row in rows]

    async def redefine(
        self, account_id: int, plus: bool, sealed: bytes, key_id: str, outdated: Sequence[str] = ()
    ) -> None:
        """Another definition of an account that is kept here, and its plan by it, all or nothing.  `outdated` are the
        purposes of secrets that go with the old one."""

        def job(connection: Connection) -> None:
            self._set_plan.run(connection, account=account_id, plus=plus)
            self._redefine.run(connection, account=account_id, purpose=DEFINITION, sealed=sealed, key_id=key_id)
            for purpose in outdated:
                self._forget_secret.run(connection, account=account_id, purpose=purpose)

        await self._database.write(job)

    async def forget(self, account_id: int) -> None:
        """Every secret of an account: its definition and its tokens.  Its row stays, and with it its conversations."""
        await self._database.write(lambda connection: self._forget_secrets.run(connection, account=account_id))

    async def ask(self, id: int, sealed: bytes, key_id: str) -> None:
        values: Mapping[str, object] = {"id": id, "sealed": sealed, "key_id": key_id}
        await self._database.write(lambda connection: self._ask.run(connection, **values))

    async def next_request(self, now_us: int) -> tuple[int, bytes, str] | None:
        """The oldest request that nobody has taken; it is the caller's now."""
        row = await self._database.one(self._next)
        if row is None:
            return None
        taken = await self._database.write(lambda connection: self._take.one(connection, id=row[0], taken_at=now_us))
        return (row[0], bytes(row[1]), row[2]) if taken else None

    async def answer(self, id: int, answer: str) -> None:
        await self._database.write(lambda connection: self._answer.run(connection, id=id, answer=answer))

    async def answered(self, id: int) -> tuple[bool, str | None]:
        """Whether somebody took the request, and the answer."""
        row = await self._database.one(self._answered, id=id)
        return (False, None) if row is None else (row[0] is not None, row[1])

    async def withdraw(self, id: int) -> bool:
        """Take a request back; False where somebody has taken it."""
        return await self._database.write(lambda connection: self._withdraw.one(connection, id=id)) is not None

    async def drop(self, id: int) -> None:
        await self._database.write(lambda connection: self._drop.run(connection, id=id))

    async def drop_taken(self, before_us: int) -> None:
        """Requests that were taken and whose asker has gone."""
        await self._database.write(lambda connection: self._drop_taken.run(connection, before=before_us))
