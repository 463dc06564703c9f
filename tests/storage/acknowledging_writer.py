"""The child of test_kill_nine: writes for ever and says on stdout what was acknowledged.  With `index` as the last word
it also indexes what it wrote."""

import asyncio
import itertools
import os
import sys
from dataclasses import replace
from pathlib import Path

from backend.domain.conversations import Conversation
from backend.domain.replies import Turn, Usage
from backend.gateway.indexing import Indexing
from backend.storage.conversations import Conversations
from backend.storage.database import open_database
from backend.storage.receipts import Receipts
from backend.storage.search import Search
from backend.storage.signing import Signing
from backend.storage.turns import Turns

WRITERS = 8


async def main(url: str, folder: str, user_id: int, index: bool) -> None:
    database = open_database(url, Path(folder))
    receipts = Receipts(database, Signing([bytes(32)]))
    conversations, turns = Conversations(database), Turns(database, receipts)
    numbers = itertools.count(1 << 50)

    async def write() -> None:
        while True:
            number = next(numbers)
            conversation = Conversation(number, user_id, "Tides", None, None, None, (), 1, 1)
            turn = Turn(
                next(numbers), number, 1, "Why?", "", "waiting", None, None, "p", None, None,
                None, None, Usage(), 0, 0, None, None, 1, None, None,
            )  # fmt: skip
            await conversations.begin(conversation, turn, f"key-{number}")
            os.write(1, b"%d waiting\n" % number)
            await turns.settle(replace(turn, state="finished", reply="Because. " * 50, ended_at=2))
            os.write(1, b"%d finished\n" % number)

    async def keep_up() -> None:
        indexing = Indexing(Search(database))
        while index:
            await indexing.step()
            await asyncio.sleep(0.001)

    await asyncio.gather(keep_up(), *(write() for _ in range(WRITERS)))


asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), "index" in sys.argv))
