"""Conversations know which file they were imported from."""

from typing import Any


def up(_migrator: object, db: Any) -> None:
    db.execute_sql("ALTER TABLE conversations ADD COLUMN imported_from TEXT")
