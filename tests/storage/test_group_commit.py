import asyncio
import threading
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from backend.domain.access import Scope
from backend.errors import AlreadyExists, RecordUnusable
from backend.storage.compiled import Connection
from backend.storage.database import Database
from tests.storage.cluster import Cluster
from tests.storage.kept import Kept, Reopen


async def held(database: Database) -> tuple[threading.Event, asyncio.Future[None]]:
    """Hold the writer in a job of its own, so that what is written next queues up as one batch."""
    go, here = threading.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def wait(_connection: Connection) -> None:
        loop.call_soon_threadsafe(here.set)
        assert go.wait(10)

    holding = asyncio.ensure_future(database.write(wait))
    await here.wait()
    return go, holding


async def test_a_failing_job_does_not_harm_its_neighbours(record: Kept) -> None:
    alice = await record.user("Alice")
    go, holding = await held(record.database)
    keys = ["a", "b", "b", "c"]
    writes = [asyncio.ensure_future(record.begun(alice, key)) for key in keys]
    await asyncio.sleep(0)
    go.set()
    await holding
    answers = await asyncio.gather(*writes, return_exceptions=True)
    assert [isinstance(answer, AlreadyExists) for answer in answers] == [False, False, True, False]
    assert len(await record.conversations.page(Scope("own", alice.id), 10)) == 3


async def test_any_error_of_a_job_reaches_its_caller_alone(record: Kept) -> None:
    def stumble(_connection: Connection) -> int:
        raise ZeroDivisionError

    go, holding = await held(record.database)
    writes = [asyncio.ensure_future(record.database.write(job)) for job in (lambda _: 1, stumble, lambda _: 2)]
    await asyncio.sleep(0)
    go.set()
    await holding
    first, second, third = await asyncio.gather(*writes, return_exceptions=True)
    assert (first, third) == (1, 2)
    assert isinstance(second, ZeroDivisionError)


async def test_jobs_run_in_the_order_in_which_they_came(record: Kept) -> None:
    ran: list[int] = []

    def note(number: int, _connection: Connection) -> None:
        ran.append(number)

    await asyncio.gather(*(record.database.write(partial(note, n)) for n in range(300)))
    assert ran == list(range(300))


async def test_jobs_that_queued_up_are_one_transaction(record: Kept) -> None:
    alice = await record.user("Alice")
    query = record.database.compile(transaction_number(record))
    go, holding = await held(record.database)
    writes = [asyncio.ensure_future(record.begun(alice)) for _ in range(3)]
    numbers = [asyncio.ensure_future(record.database.write(query.all)) for _ in range(2)]
    await asyncio.sleep(0)
    go.set()
    await asyncio.gather(holding, *writes)
    first, second = await asyncio.gather(*numbers)
    assert first == second


def transaction_number(record: Kept) -> Any:
    """Something that stays the same within a transaction."""
    from peewee import SQL, Select

    sqlite = type(record.database._engine).__name__ == "SQLite"
    return Select(columns=[SQL("total_changes()" if sqlite else "pg_current_xact_id()::text")])


async def test_an_answer_comes_only_after_the_commit(record: Kept, reopen: Reopen) -> None:
    alice = await record.user("Alice")
    async with reopen() as other:
        for _ in range(20):
            conversation, _ = await record.begun(alice)
            assert await other.conversations.by_id(Scope("own", alice.id), conversation.id) == conversation


async def test_what_was_handed_in_before_closing_is_saved_and_what_comes_after_is_refused(
    record: Kept, reopen: Reopen
) -> None:
    alice = await record.user("Alice")
    go, holding = await held(record.database)
    writes = [asyncio.ensure_future(record.begun(alice)) for _ in range(3)]
    await asyncio.sleep(0)
    closing = asyncio.ensure_future(record.database.close())
    await asyncio.sleep(0.05)
    go.set()
    await asyncio.gather(holding, *writes, closing)
    with pytest.raises(RecordUnusable):
        await record.begun(alice)
    async with reopen() as other:
        assert len(await other.conversations.page(Scope("own", alice.id), 10)) == 3


async def test_a_caller_that_went_away_harms_nobody(record: Kept) -> None:
    go, holding = await held(record.database)
    gone = asyncio.ensure_future(record.database.write(lambda _: 1))
    stays = asyncio.ensure_future(record.database.write(lambda _: 2))
    await asyncio.sleep(0)
    gone.cancel()
    go.set()
    await holding
    assert await stays == 2
    assert gone.cancelled()


@pytest.mark.parametrize("kind", ["sqlite"])
async def test_readers_do_not_wait_for_a_writer_in_mid_transaction(record: Kept) -> None:
    alice = await record.user("Alice")
    conversation, _ = await record.begun(alice)
    go, holding = await held(record.database)
    own = Scope("own", alice.id)
    assert await asyncio.wait_for(record.conversations.by_id(own, conversation.id), 2) == conversation
    assert await asyncio.wait_for(record.conversations.page(own, 5), 2) == [conversation]
    go.set()
    await holding


@pytest.mark.parametrize("kind", ["sqlite"])
async def test_a_full_disk_is_told_to_each_caller_and_the_next_write_works(record: Kept) -> None:
    alice = await record.user("Alice")
    connection: Any = record.database._writer._connection
    pages = connection.execute("PRAGMA page_count").fetchall()[0][0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    answers = await asyncio.gather(*(record.begun(alice, title="x" * 50_000) for _ in range(3)), return_exceptions=True)
    assert all(isinstance(answer, RecordUnusable) for answer in answers), answers
    connection.execute("PRAGMA max_page_count = 100000")
    await record.begun(alice)
    assert len(await record.conversations.page(Scope("own", alice.id), 10)) == 1


@pytest.mark.parametrize("kind", ["sqlite"])
async def test_a_record_locked_by_another_program_fails_the_batch_once(record: Kept, tmp_path: Path) -> None:
    import apsw

    alice = await record.user("Alice")
    writer: Any = record.database._writer
    writer._connection.setbusytimeout(50)
    other = apsw.Connection(str(tmp_path / "record.db"))
    other.execute("BEGIN IMMEDIATE")
    answers = await asyncio.gather(*(record.begun(alice) for _ in range(5)), return_exceptions=True)
    assert all(isinstance(answer, RecordUnusable) for answer in answers)
    other.execute("ROLLBACK")
    other.close()
    await record.begun(alice)


@pytest.mark.parametrize("kind", ["postgresql"])
async def test_lost_connections_are_made_anew(record: Kept, cluster: Cluster) -> None:
    alice = await record.user("Alice")
    conversation, _ = await record.begun(alice)
    cluster.run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname LIKE 'record%' AND pid <> pg_backend_pid()"
    )
    assert await record.conversations.by_id(Scope("own", alice.id), conversation.id) == conversation
    answers = [await asyncio.gather(record.begun(alice), return_exceptions=True) for _ in range(2)]
    assert not isinstance(answers[-1][0], BaseException)
