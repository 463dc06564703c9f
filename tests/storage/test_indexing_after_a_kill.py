"""A process that acknowledges and indexes is killed at any moment: the next one finds all that was acknowledged."""

import asyncio
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from backend.domain.words import terms_of
from backend.gateway.indexing import Indexing
from backend.storage.rows import NEWEST
from backend.storage.search import Search
from tests.storage.kept import Kept, Reopen
from tests.storage.test_kill_nine import CHILD, ROOT

ROUNDS = 2


@pytest.mark.parametrize("round", range(ROUNDS))
async def test_everything_acknowledged_is_found(
    record: Kept, reopen: Reopen, url: str, tmp_path: Path, round: int
) -> None:
    alice = await record.user("Alice")
    await record.database.close()
    child = subprocess.Popen(  # noqa: ASYNC220 - starting it blocks for a moment only
        [sys.executable, str(CHILD), url, str(tmp_path), str(alice.id), "index"],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
    )
    assert child.stdout is not None
    after = random.Random(round).randrange(200, 600)  # noqa: S311 - any moment will do
    acknowledged = [await asyncio.to_thread(child.stdout.readline) for _ in range(after)]
    child.send_signal(signal.SIGKILL)
    acknowledged += await asyncio.to_thread(child.stdout.readlines)
    child.stdout.close()
    assert child.wait() == -signal.SIGKILL
    ended = {int(line.split()[0]) for line in acknowledged if line.endswith(b"finished\n")}
    async with reopen() as again:
        search = Search(again.database)
        await Indexing(search).catch_up()
        found = {hit.conversation.id for hit in await search.page(alice.id, terms_of("because"), 10_000, NEWEST)}
        titled = {hit.id for hit in await search.page(alice.id, terms_of("tides"), 10_000, NEWEST)}
    assert ended
    assert ended <= found
    assert ended <= titled
