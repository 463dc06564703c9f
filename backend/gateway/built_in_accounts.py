"""The built-in accounts: those of the settings and those kept in the record, and their way into the pool.

An account is known by its name.  Where both define one of the same name, the settings' definition stands.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

import orjson

from backend import errors
from backend.domain.accounts import Account
from backend.domain.upkeep import NOTHING, ByHand
from backend.gateway.account_pool import AccountPool
from backend.gateway.token_vault import PURPOSE, AccountVault
from backend.storage.accounts import Accounts
from backend.storage.sealing import Sealing, place_of_secret
from backend.storage.upkeep import DEFINITION, Upkeep
from backend.upstream.protocol import Definition, ProxyReport, ShownDefinition, TokenVault, Upstream

log = logging.getLogger(__name__)

Source = Literal["settings", "record"]


class Connecting(Protocol):
    """What makes an account's upstream from its definition."""

    def define(self, values: Mapping[str, object]) -> Definition: ...

    def redefine(self, account: Definition, changes: Mapping[str, object]) -> Definition: ...

    async def prepare(self, accounts: Iterable[Definition]) -> None: ...

    def built_in(self, definition: Definition, vault: TokenVault) -> Upstream: ...

    def way_of(self, account: Definition) -> object: ...

    def identity_of(self, account: Definition) -> str: ...

    def far_end_of(self, account: Definition) -> str: ...

    def shown(self, account: Definition) -> ShownDefinition: ...

    def has_proxy(self, account: Definition) -> bool: ...

    async def check_proxy(self, account: Definition) -> ProxyReport: ...


@dataclass(slots=True)
class BuiltIn:
    """An account that is in the pool.  `way` tells whether its upstream has to be made anew, `far_end` whether what is
    known of its health still holds."""

    account: Account
    definition: Definition
    source: Source
    way: object
    far_end: str
    shown: ShownDefinition
    vault: AccountVault


class BuiltInAccounts:
    def __init__(
        self,
        pool: AccountPool,
        rows: Accounts,
        upkeep: Upkeep,
        sealing: Sealing,
        connecting: Connecting,
        written: Callable[[Definition], dict[str, object]],
        clock: Callable[[], float],
    ) -> None:
        self._pool = pool
        self._rows = rows
        self._upkeep = upkeep
        self._sealing = sealing
        self._connecting = connecting
        self._written = written
        self._clock = clock
        self._file: tuple[Definition, ...] = ()
        self._kept: dict[str, Definition] = {}
        self._here: dict[str, BuiltIn] = {}
        self._changing = asyncio.Lock()

    async def open(self, of_settings: Sequence[Definition]) -> None:
        """At start-up: the accounts of the settings and those of the record, with what was said of them by hand."""
        async with self._changing:
            for account, sealed, key_id in await self._upkeep.definitions():
                try:
                    place = place_of_secret(account.id, DEFINITION)
                    values = orjson.loads(self._sealing.open(DEFINITION, place, sealed, key_id))
                    self._kept[account.name] = self._connecting.define(values)
                except (errors.RecordUnusable, errors.InvalidInput) as error:
                    log.error("the account %s of the record is left out: %s", account.name, error)  # noqa: TRY400
            self._file = tuple(of_settings)
            await self._settle(await self._upkeep.said())

    async def take(self, of_settings: Sequence[Definition]) -> None:
        """The settings changed: add, change and remove accounts; replies under way end as they began."""
        async with self._changing:
            self._file = tuple(of_settings)
            await self._settle(await self._upkeep.said())

    def here(self) -> list[BuiltIn]:
        return list(self._here.values())

    def named(self, name: str) -> BuiltIn:
        found = self._here.get(name)
        if found is None:
            raise errors.NotFound(f"There is no built-in account {name!r}.", field="name")
        return found

    def has(self, account: BuiltIn) -> bool:
        """Whether it is still here, and defined as it was."""
        return self._here.get(account.definition.name) is account

    def kept(self) -> list[Definition]:
        """The definitions in the record, also of accounts that the settings define anew."""
        return list(self._kept.values())

    async def add(self, values: Mapping[str, object]) -> BuiltIn:
        """Keep an account in the record and take it into the pool.  Raises `InvalidInput` and `AlreadyExists`."""
        definition = self._connecting.define(values)
        async with self._changing:
            if definition.name in self._here or definition.name in self._kept:
                raise errors.AlreadyExists(
                    f"There is already an account {definition.name!r}.", field="name", mistake="taken"
                )
            row = await self._row_of(definition)
            secret = orjson.dumps(self._written(definition))
            sealed, key_id = self._sealing.seal(DEFINITION, place_of_secret(row.id, DEFINITION), secret)
            await self._upkeep.say(row.id, NOTHING)  # nor what was said of an earlier account of that name
            await self._rows.save_secret(row.id, DEFINITION, sealed, key_id)
            self._kept[definition.name] = definition
            await self._settle({})
            return self.named(definition.name)

    async def change(self, changes: Mapping[str, object]) -> BuiltIn:
        """Define the account of that name in the record anew: a key that is left out stays as it is, None takes it
        away.  Replies under way end as they began.  Raises `NotFound` and `InvalidInput`, and changes nothing then."""
        async with self._changing:
            name = changes.get("name")
            if not isinstance(name, str):
                raise errors.InvalidInput("`name`: this key is missing", field="name", mistake="missing")
            found = self._of_the_record(name, "change it there, and it is taken over within seconds.")
            definition = self._connecting.redefine(self._kept[name], changes)
            await self._connecting.prepare([definition])
            made = self._built(replace(found.account, plus=definition.plus), definition, "record")
            old, new = map(self._connecting.identity_of, (found.definition, definition))
            secret = orjson.dumps(self._written(definition))
            sealed, key_id = self._sealing.seal(DEFINITION, place_of_secret(made.account.id, DEFINITION), secret)
            outdated = () if old == new else (PURPOSE,)
            await self._upkeep.redefine(made.account.id, definition.plus, sealed, key_id, outdated)
            self._kept[name] = definition
            if made.way != found.way:
                self._bring_in(made, found, None)
                self._here[name] = made
            return self.named(name)

    async def remove(self, name: str) -> None:
        """Take an account out of the pool and forget its secrets.  Its row and its conversations stay."""
        async with self._changing:
            found = self._of_the_record(
                name, "remove it there, and it is taken out within seconds. Until then it can be disabled."
            )
            await self._upkeep.forget(found.account.id)
            await self._upkeep.say(found.account.id, NOTHING)
            del self._kept[name]
            await self._settle({})

    async def say(self, name: str, said: ByHand) -> BuiltIn:
        """Keep what an admin says of an account, and let the pool know."""
        async with self._changing:
            found = self.named(name)
            await self._upkeep.say(found.account.id, said)
            self._pool.say(found.account.id, said)
            return found

    def _of_the_record(self, name: str, otherwise: str) -> BuiltIn:
        found = self.named(name)
        if found.source == "settings":
            raise errors.InvalidInput(
                f"The account {name!r} stands in settings.yaml: {otherwise}", field="name", mistake="in_the_settings"
            )
        return found

    async def _settle(self, said: Mapping[int, ByHand]) -> None:
        """Make the pool what the definitions say.  Everything that may fail comes before the first change."""
        wanted: dict[str, tuple[Definition, Source]] = {name: (each, "record") for name, each in self._kept.items()}
        for name in wanted.keys() & {each.name for each in self._file}:
            log.warning("the account %s of the record is left out: the settings define one of that name", name)
        wanted = {each.name: (each, "settings") for each in self._file} | {
            name: each for name, each in wanted.items() if name not in {each.name for each in self._file}
        }
        await self._connecting.prepare(definition for definition, _ in wanted.values())
        made = {}
        for name, (definition, source) in wanted.items():
            here, way = self._here.get(name), self._connecting.way_of(definition)
            if here is not None and here.way == way:
                here.source = source
                made[name] = here
            else:
                made[name] = self._built(await self._row_of(definition), definition, source)
        for name in self._here.keys() - made.keys():
            self._forget(self._here[name])
            self._pool.remove(self._here[name].account.id)
        for name, each in made.items():
            self._bring_in(each, self._here.get(name), said.get(each.account.id))
        self._here = made

    def _built(self, row: Account, definition: Definition, source: Source) -> BuiltIn:
        connecting = self._connecting
        vault = AccountVault(self._rows, self._sealing, row.id, connecting.identity_of(definition))
        way, far_end = connecting.way_of(definition), connecting.far_end_of(definition)
        return BuiltIn(row, definition, source, way, far_end, connecting.shown(definition), vault)

    async def _row_of(self, definition: Definition) -> Account:
        now = int(self._clock() * 1_000_000)
        return await self._rows.ensure(definition.name, definition.kind, definition.plus, None, None, now)

    def _bring_in(self, each: BuiltIn, before: BuiltIn | None, said: ByHand | None) -> None:
        if each is before:
            return
        upstream = self._connecting.built_in(each.definition, each.vault)
        if before is not None:
            self._forget(before)
            self._pool.replace(
                each.account,
                upstream,
                each.definition.concurrency,
                each.definition.weight,
                afresh=each.far_end != before.far_end,
            )
            return
        self._pool.add(each.account, upstream, each.definition.concurrency, weight=each.definition.weight)
        if said is not None:
            self._pool.say(each.account.id, said)

    @staticmethod
    def _forget(gone: BuiltIn) -> None:
        """Its replies under way go on, but no token of theirs is kept any more."""
        gone.vault.forgotten = True
