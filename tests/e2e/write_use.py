"""Write hours of use into a record, beside the server that holds it: more than a story could ask for.

python tests/e2e/write_use.py SETTINGS < [{"user": NAME, "ago": HOURS, "account": NAME, "model": …, "prompts": …, …}, …]

Users and accounts are there already; what is left out is 0, or empty.
"""

import asyncio
import json
import sys
import time
from pathlib import Path
from typing import Any

from backend.domain.use import COUNTS, HOUR
from backend.opening import open_record_of
from backend.settings import load_settings

INSERT = f"""
INSERT OR REPLACE INTO use_hours (user_id, hour, account_id, model, {", ".join(COUNTS)}) VALUES (
    (SELECT id FROM users WHERE name = ? LIMIT 1), ?,
    coalesce((SELECT id FROM accounts WHERE name = ? AND owner_id IS NULL), 0), ?, {", ".join("?" * len(COUNTS))})
"""  # noqa: S608


async def write(settings_file: Path, rows: list[dict[str, Any]]) -> None:
    now = int(time.time() * 1_000_000) // HOUR

    def job(connection: Any) -> None:
        for row in rows:
            counts = [row.get(name, 0) for name in COUNTS]
            key = (row["user"], now - row["ago"], row.get("account", ""), row.get("model", ""))
            connection.execute(INSERT, (*key, *counts))

    async with open_record_of(load_settings(settings_file), time.time) as record:
        await record.database.write(job)


if __name__ == "__main__":
    asyncio.run(write(Path(sys.argv[1]), json.load(sys.stdin)))
