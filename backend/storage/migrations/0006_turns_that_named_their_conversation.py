"""Whether a turn's reply brought its conversation's title, so that whoever comes back hears of it as those did who
listened.  Of rows that are there already the first turns do, as they were told before."""

from typing import Any

STATEMENTS = (
    "ALTER TABLE turns ADD COLUMN titled BOOLEAN NOT NULL DEFAULT FALSE",
    "UPDATE turns SET titled = TRUE WHERE position = 1 AND ended_at IS NOT NULL",
)


def up(_migrator: object, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
