"""A process that acknowledges writes is killed at any moment: everything that it acknowledged is there."""

import asyncio
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from backend.domain.access import Scope
from tests.storage.kept import Kept, Reopen

ROUNDS = 4
CHILD = Path(__file__).with_name("acknowledging_writer.py")
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("round", range(ROUNDS))
async def test_everything_acknowledged_survives_a_kill(
    record: Kept, reopen: Reopen, url: str, tmp_path: Path, round: int
) -> None:
    alice = await record.user("Alice")
    await record.database.close()
    child = subprocess.Popen(  # noqa: ASYNC220 - starting it blocks for a moment only
        [sys.executable, str(CHILD), url, str(tmp_path), str(alice.id)],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
    )
    assert child.stdout is not None
    after = random.Random(round).randrange(1, 400)  # noqa: S311 - any moment will do
    acknowledged = [await asyncio.to_thread(child.stdout.readline) for _ in range(after)]
    child.send_signal(signal.SIGKILL)
    acknowledged += await asyncio.to_thread(child.stdout.readlines)
    child.stdout.close()
    assert child.wait() == -signal.SIGKILL
    whole = [line.split() for line in acknowledged if line.endswith(b"\n")]
    assert len(whole) >= after, "the child ended by itself"
    async with reopen() as again:
        for conversation_id, state in {int(number): state.decode() for number, state in whole}.items():
            assert await again.conversations.by_id(Scope("own", alice.id), conversation_id) is not None
            turn = await again.turns.last_of(conversation_id)
            assert turn is not None
            assert turn.state == "finished" or state == "waiting"
