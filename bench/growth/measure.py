"""Measures how the server serves from records of growing size.  `make growth`, or `python -m bench.growth.measure`.

The server is a process of its own with the record of a folder that `seed` has filled; a rehearsal upstream beside it
answers at once.  Everything is asked by GraphQL or REST, one request at a time.
"""

import argparse
import asyncio
import os
import statistics
import sys
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml
from aiohttp import ClientSession

from backend.errors import NotFound, ProductError
from backend.gateway.identity import Identity
from backend.opening import open_record_of
from backend.settings import Settings, load_settings
from backend.storage.record import Record
from backend.upstream.rehearsal import RehearsalAccount, RehearsalServer
from bench.growth.asked import Asking, Keys
from bench.growth.people import ACCOUNTS, ADMIN, BUSIEST, STEADY

ROOT: Final = Path(__file__).parents[2]
PASSWORD: Final = "rehearsed"  # noqa: S105  of the stand-in, which is nobody's account
WARM_UP: Final = 8
DAY: Final = 86_400  # seconds that a measurement's keys live
SERVING: Final = "Serving on "  # and the URL: the server's first line
READY: Final = 120.0  # seconds until the server has to be there


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds by question, of one record.  `depth` is the page that was asked for as page 1,000."""

    name: str
    depth: int
    seconds: dict[str, list[float]]


async def measured(servers: Mapping[str, tuple[str, Keys]], samples: int) -> list[Measured]:
    """Ask the servers, (URL, keys) by the record's name, everything so many times: each question goes round them all,
    so that what drifts drifts for all."""
    async with ClientSession() as http:
        asking = {name: Asking(http, url, keys) for name, (url, keys) in servers.items()}
        for each in asking.values():
            await each.prepare()
        questions = {name: each.questions() for name, each in asking.items()}
        seconds: dict[str, dict[str, list[float]]] = {name: {} for name in asking}
        for number in range(-min(WARM_UP, samples), samples):
            for question in next(iter(questions.values())):
                for name in asking:
                    begun = time.perf_counter()
                    await questions[name][question]()
                    if number >= 0:
                        seconds[name].setdefault(question, []).append(time.perf_counter() - begun)
    return [Measured(name, each.depth, seconds[name]) for name, each in asking.items()]


async def keys_of(record: Record) -> Keys:
    """New keys, for a day, of the people whom `seed` made for this.  Raises `NotFound`."""
    identity = Identity(record.keys, record.pepper, time.time)

    async def key(name: str) -> str:
        user = await record.users.by_name_at_console(name)
        if user is None:
            raise NotFound(f"There is no {name} in this record: `make seed` makes one that can be measured.")
        return await identity.mint(user.id, "key", "growth", DAY)

    return Keys(await key(BUSIEST), await key(STEADY), await key(ADMIN))


def accounts_at(upstream: RehearsalServer) -> list[dict[str, Any]]:
    """The record's accounts, as settings have them, where the upstream answers at once."""
    where = {"base_url": upstream.base_url, "login_url": upstream.login_url, "auth_url": upstream.auth_url}
    return [
        {"name": name, "kind": "chatgpt", "email": f"{name}@example.org", "password": PASSWORD, **where}
        for name in ACCOUNTS
    ]


@asynccontextmanager
async def rehearsing() -> AsyncIterator[RehearsalServer]:
    known = [RehearsalAccount(f"{name}@example.org", PASSWORD) for name in ACCOUNTS]
    upstream = RehearsalServer(known, pace=0, adopts=True)
    await upstream.start()
    try:
        yield upstream
    finally:
        await upstream.stop()


@asynccontextmanager
async def served(settings: Settings, upstream: RehearsalServer) -> AsyncIterator[str]:
    """The server as a process, with the record of these settings: its URL."""
    file = settings.folder / "growth.yaml"
    file.write_text(yaml.safe_dump({"database": settings.database, "accounts": accounts_at(upstream)}))
    command = [sys.executable, "-m", "backend", "serve", "--port", "0", "--settings", str(file)]
    with (settings.folder / "growth.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=log)
    try:
        async with asyncio.timeout(READY):
            said = "" if process.stdout is None else (await process.stdout.readline()).decode()
        if not said.startswith(SERVING):
            raise RuntimeError(f"the server did not start; {log.name} says why")
        yield said.removeprefix(SERVING).strip()
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def of_folders(folders: Sequence[Path], samples: int) -> list[Measured]:
    servers = {}
    async with AsyncExitStack() as stack:
        upstream = await stack.enter_async_context(rehearsing())
        for folder in folders:
            settings = load_settings(folder / "settings.yaml")
            async with open_record_of(settings, time.time) as record:
                keys = await keys_of(record)
            servers[folder.name] = (await stack.enter_async_context(served(settings, upstream)), keys)
        return await measured(servers, samples)


def table(found: Sequence[Measured]) -> str:
    """p50 and p95 in milliseconds, and how many times the first record's p50 the last one's is."""
    lines = [
        "| p50 / p95, ms | " + " | ".join(each.name for each in found) + " | last to first |",
        "| --- |" + " ---: |" * (len(found) + 1),
    ]
    for question in found[0].seconds:
        cells = [f"{middle(each, question):.1f} / {late(each, question):.1f}" for each in found]
        ratio = middle(found[-1], question) / middle(found[0], question)
        lines.append(f"| {question} | " + " | ".join(cells) + f" | {ratio:.2f} |")
    depths = ", ".join(f"{each.name} {min(1_000, each.depth):,}" for each in found)
    samples = len(next(iter(found[0].seconds.values())))
    lines += ["", f"{samples} times each. The page that was asked for as page 1,000: {depths}."]
    return "\n".join(lines)


def middle(of: Measured, question: str) -> float:
    return 1000 * statistics.median(of.seconds[question])


def late(of: Measured, question: str) -> float:
    values = sorted(of.seconds[question])
    return 1000 * values[min(len(values) - 1, int(0.95 * len(values)))]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.growth.measure", description="Measure rehearsed records.")
    parser.add_argument("folders", type=Path, nargs="+", help="that `seed` has filled, the smallest record first")
    parser.add_argument("--samples", type=int, default=40, help="how often each question is asked")
    asked = parser.parse_args()
    try:
        before = os.getloadavg()[0]
        print(table(asyncio.run(of_folders(asked.folders, asked.samples))))
        print(f"Load of the machine, of {os.cpu_count()} cores: {before:.1f} before, {os.getloadavg()[0]:.1f} after.")
    except ProductError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
