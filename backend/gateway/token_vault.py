"""Where an account's tokens are kept between two starts: in the record, sealed to their row."""

import logging
from dataclasses import asdict

import orjson

from backend.errors import RecordUnusable
from backend.storage.accounts import Accounts
from backend.storage.sealing import Sealing, place_of_secret
from backend.upstream.protocol import Tokens

log = logging.getLogger(__name__)

PURPOSE = "upstream tokens"


class AccountVault:
    """The `TokenVault` of one account.  `whose` tells for whom its tokens are: those of another are not given out."""

    def __init__(self, rows: Accounts, sealing: Sealing, account_id: int, whose: str) -> None:
        self._whose = whose
        self.forgotten = False
        self._rows = rows
        self._sealing = sealing
        self._account_id = account_id
        self._place = place_of_secret(account_id, PURPOSE)

    async def load(self) -> Tokens | None:
        """None where there are none, or none that open: the account then signs in anew."""
        kept = await self._rows.secret(self._account_id, PURPOSE)
        if kept is None:
            return None
        try:
            found = orjson.loads(self._sealing.open(PURPOSE, self._place, *kept))
            return Tokens(**found) if found.pop("whose", None) == self._whose else None
        except RecordUnusable as error:
            log.warning("the tokens of account %d are signed in for anew: %s", self._account_id, error)
            return None

    async def save(self, tokens: Tokens) -> None:
        if self.forgotten:
            return
        kept = asdict(tokens) | {"whose": self._whose}
        sealed, key_id = self._sealing.seal(PURPOSE, self._place, orjson.dumps(kept))
        await self._rows.save_secret(self._account_id, PURPOSE, sealed, key_id)
