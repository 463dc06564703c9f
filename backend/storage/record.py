"""The record as the gateway gets it: one open database and a file of queries per noun."""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from backend.errors import RecordUnusable
from backend.storage.accounts import Accounts
from backend.storage.conversations import Conversations
from backend.storage.database import Database, open_database
from backend.storage.keys import Keys
from backend.storage.receipts import Receipts
from backend.storage.sealing import Sealing, load_master_secrets
from backend.storage.search import Search
from backend.storage.signing import Signing
from backend.storage.transfers import Transfers
from backend.storage.turns import Turns
from backend.storage.upkeep import Upkeep
from backend.storage.use import Use
from backend.storage.users import Users

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Record:
    database: Database
    sealing: Sealing
    users: Users
    keys: Keys
    accounts: Accounts
    upkeep: Upkeep
    conversations: Conversations
    turns: Turns
    search: Search
    signing: Signing
    receipts: Receipts
    transfers: Transfers
    use: Use

    @property
    def pepper(self) -> bytes:
        """Of the digests of keys."""
        return self.sealing.pepper

    def claim(self) -> None:
        """For a server, before it serves: raise `RecordUnusable` while another one does."""
        self.database.claim()

    async def ready(self) -> bool:
        """Whether the record can be read now."""
        try:
            await self.users.any_admin()
        except RecordUnusable as error:
            log.warning("not ready: %s", error)
            return False
        return True


@asynccontextmanager
async def open_record(url: str, folder: Path, key_file: Path, clock: Callable[[], float]) -> AsyncIterator[Record]:
    """Open the record at `url` (see `open_database`) with the secrets in `key_file`, made where the record is new.

    Raises `RecordUnusable`, also where a record that has keys has lost its key file.
    """
    database = open_database(url, folder, clock)
    try:
        keys = Keys(database)
        masters = load_master_secrets(key_file, create=not await keys.any())
        signing = Signing(masters)
        receipts = Receipts(database, signing)
        yield Record(
            database,
            Sealing(masters),
            Users(database),
            keys,
            Accounts(database),
            Upkeep(database),
            Conversations(database),
            Turns(database, receipts),
            Search(database),
            signing,
            receipts,
            Transfers(database),
            Use(database),
        )
    finally:
        await database.close()
