"""Which turn a turn follows, where that is not the one before it.

Rows that are there already follow the one before and stay as they are: to them, as to nearly all later ones, NULL says
so.  The index holds the others alone.
"""

from typing import Any

STATEMENTS = (
    "ALTER TABLE turns ADD COLUMN follows INTEGER",
    "CREATE INDEX turns_forks ON turns (conversation_id, follows) WHERE follows IS NOT NULL",
)


def up(_migrator: object, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
