"""Fills a new record with rehearsed conversations.  `make seed N=1000`, or `python -m bench.growth.seed --help`.

The same number, seed and end make the same rows.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from backend.errors import ProductError
from backend.settings import Settings, load_settings
from backend.storage.sealing import load_master_secrets
from bench.growth import people, words
from bench.growth.filling import Filling, Tell, filling
from bench.growth.people import ACCOUNTS, Ids
from bench.growth.talk import TURNS_EACH, Talk

YEAR: Final = 365 * 24 * 3_600 * 1_000_000  # microseconds over which the conversations are spread
SETTINGS: Final = """# Made by `make seed`: everything in this record is rehearsed, nobody said any of it.
database: {database}
accounts:
{accounts}
"""


def seed(
    settings: Settings,
    conversations: int,
    number: int = 1,
    end: float | None = None,
    tell: Tell = lambda _: None,
    clock: Callable[[], float] = time.time,
) -> int:
    """Fill the record of these settings with so many conversations: how many turns they have.

    `end` is when the last turn begins, in seconds since the epoch, by default now.  Raises `RecordUnusable` where the
    record is not new.
    """
    choice = random.Random(number)  # noqa: S311  the same again, not a secret
    end_us = int((clock() if end is None else end) * 1_000_000)
    start_us, ids = end_us - YEAR, Ids(choice)
    with filling(settings, clock, tell) as record:
        load_master_secrets(settings.key_file)  # a record with keys is not opened without
        made = people.people(conversations, choice, ids, start_us)
        accounts = people.accounts(ids, start_us)
        record.put("users", [person.row for person in made])
        record.put("keys", people.keys(made, choice, ids, start_us, end_us))
        record.put("accounts", accounts)
        talk = Talk(made, [(int(str(row[0])), str(row[1])) for row in accounts], words.stock(choice), choice, ids)
        fill(record, talk, conversations, (start_us + len(made) * 2_000, end_us), tell)
        tell("the words of each user")
        record.put("search_vocabulary", talk.vocabularies())
    return conversations * TURNS_EACH


def fill(record: Filling, talk: Talk, conversations: int, span: tuple[int, int], tell: Tell) -> None:
    begun, done = time.monotonic(), 0
    for batch in talk.batches(conversations, *span):
        for table, rows in batch.items():
            record.put(table, rows)
        done += len(batch["turns"])
        rate = done / (time.monotonic() - begun)
        tell(f"{done:,} of {conversations * TURNS_EACH:,} turns, {rate:,.0f} a second")


def written(folder: Path, database: str) -> Path:
    """The settings in that folder, made unless they are there."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "settings.yaml"
    if not file.exists():
        accounts = "\n".join(f"  - {{name: {name}, kind: rehearsal}}" for name in ACCOUNTS)
        file.write_text(SETTINGS.format(database=database, accounts=accounts))
    return file


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.growth.seed", description="Fill a new record.")
    parser.add_argument("folder", type=Path, help="where its settings lie, or will: serve them with `make run`")
    parser.add_argument("--conversations", type=int, default=1_000, metavar="N", help="of ten turns each on average")
    parser.add_argument("--database", default="sqlite:///record.db", help="unless there are settings already")
    parser.add_argument("--seed", type=int, default=1, help="the same number makes the same rows")
    parser.add_argument(
        "--end", type=float, help="when the last turn begins, seconds since the epoch; now unless given"
    )
    asked = parser.parse_args()
    begun = time.monotonic()

    def tell(line: str) -> None:
        print(f"{time.monotonic() - begun:7.0f} s  {line}", file=sys.stderr, flush=True)

    try:
        settings = load_settings(written(asked.folder, asked.database))
        turns = seed(settings, asked.conversations, asked.seed, asked.end, tell)
    except ProductError as error:
        sys.exit(str(error))
    print(
        f"{asked.conversations:,} conversations with {turns:,} turns, all rehearsed: {asked.folder / 'settings.yaml'}"
    )


if __name__ == "__main__":
    main()
