"""Users can be removed and searched, sessions know the key that opened them, and use is counted by the hour."""

from typing import Any

AT_A_TIME = 5_000

COLUMNS = (
    "ALTER TABLE users ADD COLUMN removed_at BIGINT",
    "ALTER TABLE users ADD COLUMN folded_name TEXT{bytewise} NOT NULL DEFAULT ''",
    "ALTER TABLE users ADD COLUMN folded_external_id TEXT{bytewise}",
    "ALTER TABLE keys ADD COLUMN opened_by BIGINT REFERENCES keys (id)",
)

INDEXES = (
    "DROP INDEX users_external_id",
    "DROP INDEX users_by_owner",
    "DROP INDEX users_newest",
    "DROP INDEX users_admins",
    "DROP INDEX keys_by_user",
    (
        "CREATE UNIQUE INDEX users_external_id ON users (COALESCE(owner_id, 0), external_id) "
        "WHERE external_id IS NOT NULL AND removed_at IS NULL"
    ),
    "CREATE INDEX users_newest ON users (created_at, id) WHERE removed_at IS NULL",
    "CREATE INDEX users_by_owner ON users (owner_id)",
    "CREATE INDEX users_owned ON users (owner_id, created_at, id) WHERE removed_at IS NULL",
    "CREATE INDEX users_owners_role ON users (owner_id, role, created_at, id) WHERE removed_at IS NULL",
    (
        "CREATE INDEX users_owners_disabled ON users (owner_id, created_at, id) "
        "WHERE disabled_at IS NOT NULL AND removed_at IS NULL"
    ),
    "CREATE INDEX users_by_role ON users (role, created_at, id) WHERE removed_at IS NULL",
    "CREATE INDEX users_disabled ON users (created_at, id) WHERE disabled_at IS NOT NULL AND removed_at IS NULL",
    "CREATE INDEX users_name ON users (folded_name, id) WHERE removed_at IS NULL",
    "CREATE INDEX users_owners_name ON users (owner_id, folded_name, id) WHERE removed_at IS NULL",
    (
        "CREATE INDEX users_word ON users (folded_external_id, id) "
        "WHERE folded_external_id IS NOT NULL AND removed_at IS NULL"
    ),
    (
        "CREATE INDEX users_owners_word ON users (owner_id, folded_external_id, id) "
        "WHERE folded_external_id IS NOT NULL AND removed_at IS NULL"
    ),
    "CREATE INDEX keys_by_user ON keys (user_id, last_used_at)",
    "CREATE INDEX keys_of_user ON keys (user_id, kind, id) WHERE revoked_at IS NULL",
    "CREATE INDEX keys_opened_by ON keys (opened_by) WHERE opened_by IS NOT NULL",
)

USE_HOURS = """
CREATE TABLE use_hours (
    user_id BIGINT NOT NULL REFERENCES users (id),
    hour BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    model TEXT NOT NULL,
    prompts BIGINT NOT NULL,
    finished BIGINT NOT NULL,
    failed BIGINT NOT NULL,
    stopped BIGINT NOT NULL,
    reported_prompt_tokens BIGINT NOT NULL,
    reported_reply_tokens BIGINT NOT NULL,
    estimated_prompt_tokens BIGINT NOT NULL,
    estimated_reply_tokens BIGINT NOT NULL,
    estimated BIGINT NOT NULL,
    unknown BIGINT NOT NULL,
    milliseconds BIGINT NOT NULL,
    PRIMARY KEY (user_id, hour, account_id, model)
)
"""

# A reply that a server left behind ended when the next one started: for how long it was written nobody knows.
FILL = """
INSERT INTO use_hours
SELECT user_id, ended_at / 3600000000, COALESCE(account_id, 0), COALESCE(model, ''), COUNT(*),
    SUM(CASE WHEN state = 'finished' THEN 1 ELSE 0 END),
    SUM(CASE WHEN state = 'failed' THEN 1 ELSE 0 END),
    SUM(CASE WHEN state = 'stopped' THEN 1 ELSE 0 END),
    SUM(CASE WHEN usage_source = 'reported' THEN COALESCE(prompt_tokens, 0) ELSE 0 END),
    SUM(CASE WHEN usage_source = 'reported' THEN COALESCE(reply_tokens, 0) ELSE 0 END),
    SUM(CASE WHEN usage_source = 'estimated' THEN COALESCE(prompt_tokens, 0) ELSE 0 END),
    SUM(CASE WHEN usage_source = 'estimated' THEN COALESCE(reply_tokens, 0) ELSE 0 END),
    SUM(CASE WHEN usage_source = 'estimated' THEN 1 ELSE 0 END),
    SUM(CASE WHEN usage_source = 'unknown' THEN 1 ELSE 0 END),
    SUM(CASE WHEN started_at IS NULL OR error_sentence = '{interrupted}' OR ended_at < started_at THEN 0
        ELSE (ended_at - started_at) / 1000 END)
FROM turns
WHERE ended_at IS NOT NULL AND state IN ('finished', 'failed', 'stopped')
GROUP BY user_id, ended_at / 3600000000, COALESCE(account_id, 0), COALESCE(model, '')
"""
INTERRUPTED = "The server stopped while this reply was being written. What had arrived is kept; ask again."
BY_HOUR = "CREATE INDEX use_hours_by_hour ON use_hours (hour)"


def up(_migrator: object, db: Any) -> None:
    postgresql = type(db).__name__.startswith("Postgres")
    bytewise = ' COLLATE "C"' if postgresql else ""  # as SQLite compares; a search for a beginning needs it
    for statement in COLUMNS:
        db.execute_sql(statement.format(bytewise=bytewise))
    fold(db, "%s" if postgresql else "?")
    for statement in (*INDEXES, USE_HOURS, FILL.format(interrupted=INTERRUPTED), BY_HOUR):
        db.execute_sql(statement)


def fold(db: Any, place: str) -> None:
    update = f"UPDATE users SET folded_name = {place}, folded_external_id = {place} WHERE id = {place}"  # noqa: S608
    page = f"SELECT id, name, external_id FROM users WHERE id > {place} ORDER BY id LIMIT {AT_A_TIME}"  # noqa: S608
    last = -(1 << 63)
    while rows := db.execute_sql(page, (last,)).fetchall():
        for id, name, external_id in rows:
            db.execute_sql(update, (name.casefold(), external_id and external_id.casefold(), id))
        last = rows[-1][0]
