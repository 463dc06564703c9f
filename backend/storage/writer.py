"""The one writer thread, with group commit.

It takes all jobs that have queued up, runs them in one transaction and answers their callers after the commit, so that
one fsync serves many.  When a job fails the transaction is rolled back and the jobs run one by one: only the failing
one hears of it.  A job may therefore run twice and must do nothing but write.
"""

import asyncio
import queue
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from backend.errors import RecordUnusable
from backend.storage.compiled import Connection
from backend.storage.engine import Engine, Job, NotBegun, OutcomeUnknown

LARGEST_BATCH = 512  # jobs: bounds how long the first of them waits


@dataclass(slots=True)
class Entry:
    job: Job
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]
    result: Any = None
    error: Exception | None = field(default=None)


class Writer:
    def __init__(self, engine: Engine, connection: Connection) -> None:
        self._engine = engine
        self._connection = connection
        self._queue: queue.SimpleQueue[Entry | None] = queue.SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="record writer", daemon=True)
        self._thread.start()

    def submit(self, job: Job) -> asyncio.Future[Any]:
        """Must be called on the event loop that is to hear of the outcome.  Cancelling does not take the job back."""
        if self._closed:
            raise closing()
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Any] = loop.create_future()
        self._queue.put(Entry(job, loop, future))
        return future

    def close(self) -> None:
        """Save what was submitted before, refuse what comes after, end the thread."""
        self._closed = True
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        going = True
        try:
            while going:
                batch, going = self._take()
                if batch:
                    self._save(batch)
                    answer(batch)
        finally:
            self._closed = True
            self._refuse_rest()

    def _take(self) -> tuple[list[Entry], bool]:
        """Wait for a job, then take all that are there; False once the writer is to end."""
        batch: list[Entry] = []
        entry = self._queue.get()
        while entry is not None:
            batch.append(entry)
            if len(batch) == LARGEST_BATCH or self._queue.empty():
                return batch, True
            entry = self._queue.get_nowait()
        return batch, False

    def _save(self, batch: list[Entry]) -> None:
        try:
            self._transact(batch)
        except (NotBegun, OutcomeUnknown) as fault:
            self._fail(batch, fault)
        except Exception as error:  # noqa: BLE001 - handed to the caller whose job it is
            if len(batch) == 1:
                batch[0].error = self._engine.translate(error)
            else:
                self._replay(batch)

    def _replay(self, batch: list[Entry]) -> None:
        for place, entry in enumerate(batch):
            try:
                self._transact([entry])
            except (NotBegun, OutcomeUnknown) as fault:
                # Waiting for a locked record once per job would hold up everybody: the rest fails with this one.
                return self._fail(batch[place:], fault)
            except Exception as error:  # noqa: BLE001 - handed to the caller whose job it is
                entry.error = self._engine.translate(error)
        return None

    def _transact(self, entries: list[Entry]) -> None:
        if not self._engine.usable(self._connection):
            try:
                self._connection = self._engine.connect_writer()
            except Exception as error:  # handed on as the reason why nothing began
                raise NotBegun from error
        results = self._engine.transact(self._connection, [entry.job for entry in entries])
        for entry, result in zip(entries, results, strict=True):
            entry.result = result

    def _fail(self, entries: Sequence[Entry], fault: Exception) -> None:
        for entry in entries:
            cause = fault.__cause__
            error = self._engine.translate(cause) if isinstance(cause, Exception) else fault
            if isinstance(fault, OutcomeUnknown):
                error = RecordUnusable(
                    "The connection to the record was lost while saving: what was sent may or may not have been kept. "
                    "Sending it again with the same idempotency key is safe."
                )
            entry.error = error

    def _refuse_rest(self) -> None:
        rest: list[Entry] = []
        while not self._queue.empty():
            entry = self._queue.get_nowait()
            if entry is not None:
                entry.error = closing()
                rest.append(entry)
        answer(rest)


def closing() -> RecordUnusable:
    return RecordUnusable("The record is being closed: nothing more is saved.")


def answer(entries: list[Entry]) -> None:
    """Wake the callers, with one call per event loop."""
    by_loop: dict[asyncio.AbstractEventLoop, list[Entry]] = {}
    for entry in entries:
        by_loop.setdefault(entry.loop, []).append(entry)
    for loop, group in by_loop.items():
        try:
            loop.call_soon_threadsafe(settle, group)
        except RuntimeError:  # the loop is closed: nobody is waiting any more
            continue


def settle(entries: list[Entry]) -> None:
    for entry in entries:
        if entry.future.done():  # its caller was cancelled
            continue
        if entry.error is None:
            entry.future.set_result(entry.result)
        else:
            entry.future.set_exception(entry.error)
