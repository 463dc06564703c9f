"""Accounts keep the code of what they rest after, beside its sentence."""

from typing import Any


def up(_migrator: object, db: Any) -> None:
    db.execute_sql("ALTER TABLE accounts ADD COLUMN why_code TEXT")
