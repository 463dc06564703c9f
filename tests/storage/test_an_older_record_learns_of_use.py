"""A record of the version before users could be searched and use was counted."""

import shutil
from pathlib import Path
from typing import Any

from backend.domain.access import Scope
from backend.domain.use import HOUR, Counts, UseFilter
from backend.domain.users import UserFilter
from backend.storage.database import open_database
from backend.storage.schema import MIGRATIONS
from tests.storage.kept import NOW_US, kept_in

USER = (
    "INSERT INTO users (id, name, role, plus, external_id, created_at) VALUES (1, 'Ängström', 'user', false, 'X-1', 1)"
)
CONVERSATION = "INSERT INTO conversations (id, user_id, title, created_at, updated_at) VALUES (1, 1, 't', 1, 1)"
TURNS = """
INSERT INTO turns (id, conversation_id, user_id, position, prompt, reply, state, upstream_prompt_id, usage_source,
    reply_base, history_left_out, created_at, started_at, ended_at)
WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 10)
SELECT n, 1, 1, n, 'p', 'r', 'finished', 'u', 'unknown', 0, 0, 1800000000000000, 1800000000000000,
    1800000000000000 + n * 1000000
FROM numbers
"""
UNENDED = "UPDATE turns SET state = 'writing', ended_at = NULL WHERE id = 10"


async def test_an_older_record_is_searched_and_counted_as_a_new_one(empty_url: str, tmp_path: Path) -> None:
    older = tmp_path / "older"
    older.mkdir()
    shutil.copy(MIGRATIONS / "0001_the_first_record.py", older)
    record = open_database(empty_url, tmp_path, migrations=older)

    def fill(connection: Any) -> None:
        for statement in (USER, CONVERSATION, TURNS, UNENDED):
            connection.execute(statement, ())

    await record.write(fill)
    await record.close()
    record = open_database(empty_url, tmp_path)
    kept = kept_in(record)
    for text in ("ÄNG", "x-"):
        assert [listed.user.id for _, listed in await kept.users.search(Scope("all", 0), 9, UserFilter(text))] == [1]
    [row] = await kept.use.rows(Scope("own", 1), (0, NOW_US // HOUR + 9), (), UseFilter(), 9)
    assert row.counts == Counts(prompts=9, finished=9, unknown=9, milliseconds=45_000)
    await record.close()
