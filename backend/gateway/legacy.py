"""The old server's users, keys and conversations, taken over at the console.  Not guarded: the console may do all."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import BinaryIO, Final

from backend.domain import keys, legacy_files
from backend.domain.access import Role
from backend.domain.ids import IdSource
from backend.domain.keys import Key
from backend.domain.legacy_files import SHORT_KEY, LegacyUser
from backend.domain.transfers import ImportReport, NotTaken, Unreadable
from backend.domain.users import User
from backend.errors import InvalidInput
from backend.gateway.import_files import ImportFile, Record, name_of
from backend.gateway.imports import Keeping, Progress, some_of
from backend.storage.keys import Keys
from backend.storage.transfers import Transfers
from backend.storage.users import Users

KEY_NAME: Final = "from the old server"
ORDER: Final[dict[Role, int]] = {"admin": 0, "client": 1, "user": 2}
UNCONFIGURED: Final = "conversations whose account is not configured: they can be read and go on elsewhere alone"
OWN: Final = "conversations begun with a caller's own access token: they go on with a token of that account alone"


@dataclass(slots=True)
class UsersReport:
    """`notes` counts, by sentence, what was not taken or taken otherwise; no key stands in it."""

    users: int = 0
    keys: int = 0
    known: int = 0
    notes: dict[str, NotTaken] = field(default_factory=dict)

    def note(self, sentence: str, user_id: str) -> None:
        entry = self.notes.setdefault(sentence, NotTaken())
        entry.count += 1
        if len(entry.examples) < 10:
            entry.examples.append(user_id)

    def lines(self) -> list[str]:
        said = [f"{self.users} users and {self.keys} keys were imported; {self.known} keys were here already."]
        for sentence, entry in self.notes.items():
            more = "" if entry.count == len(entry.examples) else f" and {entry.count - len(entry.examples)} more"
            said.append(f"{entry.count}: {sentence}: {', '.join(entry.examples)}{more}")
        return said


class Legacy:
    def __init__(
        self,
        users: Users,
        rows: Keys,
        transfers: Transfers,
        pepper: bytes,
        clock: Callable[[], float],
        ids: IdSource,
    ) -> None:
        self._users = users
        self._keys = rows
        self._transfers = transfers
        self._pepper = pepper
        self._clock = clock
        self._ids = ids
        self._keeping = Keeping(transfers, ids)
        self._known_as: dict[str, User] = {}

    async def users(self, given: object) -> UsersReport:
        """Take over users.json.  Raises `InvalidInput` for another file."""
        listed = given.get("API_KEYS") if isinstance(given, dict) else None
        if not isinstance(listed, dict):
            raise InvalidInput("This is not the old server's users.json: it has no API_KEYS.")
        report, found = UsersReport(), list[LegacyUser]()
        for place, (key, record) in enumerate(listed.items(), 1):
            try:
                found.append(legacy_files.user_of(key, record))
            except ValueError as reason:
                report.note(f"not taken: {reason}", f"entry {place}")
        by_id: dict[str, LegacyUser] = {}
        for user in found:
            by_id.setdefault(user.external_id, user)
        for user in sorted(found, key=lambda user: ORDER[user.role]):
            first = by_id[user.external_id]
            if (first.role, first.plus, first.clients) != (user.role, user.plus, user.clients):
                report.note("not taken: an earlier entry gives the same user_id other rights", user.external_id)
                continue
            await self._user(user, by_id, report)
        return report

    async def _user(self, given: LegacyUser, by_id: Mapping[str, LegacyUser], report: UsersReport) -> None:
        digest = keys.digest(self._pepper, given.key)
        known = await self._keys.find(digest)
        if known is not None:
            self._known_as.setdefault(given.external_id, known.user)
            report.known += 1
            return
        user = self._known_as.get(given.external_id) or await self._made(given, by_id, report)
        if (user.role, user.external_id) != (given.role, given.external_id):
            report.note("not taken: a user of that user_id is here with another role", given.external_id)
            return
        self._known_as[given.external_id] = user
        if len(given.key) < SHORT_KEY:
            report.note("their keys are short enough to be guessed; issue new ones", given.external_id)
        shown = keys.shown_prefix(given.key)
        now = int(self._clock() * 1_000_000)
        await self._keys.add(Key(self._ids.next(), user.id, "key", KEY_NAME, shown, now, None, None, None), digest)
        report.keys += 1

    async def _made(self, given: LegacyUser, by_id: Mapping[str, LegacyUser], report: UsersReport) -> User:
        owner = await self._owner(given, by_id, report)
        found = await self._users.by_external_id(None if owner is None else owner.id, given.external_id)
        if found is not None:
            return found
        plus = given.plus or given.role == "admin"
        if plus and owner is not None and not owner.plus:
            report.note("without Plus, since their client has none", given.external_id)
            plus = False
        owner_id, now = None if owner is None else owner.id, int(self._clock() * 1_000_000)
        user = User(self._ids.next(), given.name, given.role, plus, owner_id, given.external_id, now)
        await self._users.create(user)
        report.users += 1
        return user

    async def _owner(self, given: LegacyUser, by_id: Mapping[str, LegacyUser], report: UsersReport) -> User | None:
        """The first of its clients that may own it: ownership is a tree."""
        if len(given.clients) > 1:
            report.note("of several clients the first is the owner; the others do not see them", given.external_id)
        for client in given.clients:
            owner = self._known_as.get(client)
            if owner is None and client not in by_id:
                owner = await self._users.by_external_id(None, client)
            if owner is not None and (owner.role == "admin" or (owner.role == "client" and given.role == "user")):
                return owner
        if given.clients:
            report.note("without an owner: their clients are not here, or may not own them", given.external_id)
        return None

    async def conversations(
        self, file: BinaryIO, zone: tzinfo, accounts: Mapping[str, int]
    ) -> AsyncGenerator[Progress | ImportReport, None]:
        """Take over conversations.json.  `accounts` are the built-in ones by e-mail.  Raises `InvalidInput`."""
        report = ImportReport()
        opened = await asyncio.to_thread(ImportFile, file)
        records = opened.records()
        while some := await asyncio.to_thread(some_of, records):
            for record in some:
                try:
                    await self._conversation(record, zone, accounts, report)
                except Unreadable as refusal:
                    report.refuse(refusal.reason, " / ".join(record.path[1::2]) or name_of(record))
            yield Progress(opened.done, opened.total)
        yield report

    async def _conversation(
        self, record: Record, zone: tzinfo, accounts: Mapping[str, int], report: ImportReport
    ) -> None:
        if record.failure is not None:
            raise Unreadable(record.failure)
        if record.kind != "legacy":
            raise InvalidInput("This is not the old server's conversations.json. Use the command `import` for it.")
        user_id = await self._user_known_as(record.path[1])
        found, own_token = legacy_files.conversation_of(record.path[3], record.value, zone)
        account_id = accounts.get(found.account or "")
        before = report.conversations
        await self._keeping.conversation(user_id, found, "legacy", report, account_id, own_token=own_token)
        if account_id is None and report.conversations > before:
            report.left_out[OWN if own_token else UNCONFIGURED] += 1
        elif account_id is not None and report.conversations == before:
            report.pinned += await self._transfers.pin(user_id, found.id, account_id)

    async def _user_known_as(self, external_id: str) -> int:
        known = self._known_as.get(external_id) or await self._users.by_external_id(None, external_id)
        if known is not None:
            return known.id
        found = await self._users.known_as(external_id)
        if len(found) != 1:
            raise Unreadable("ambiguous_user" if found else "no_such_user")
        return found[0].id
