"""Conversations can be pinned, archived, tagged, renamed and restored; everything that was said can be searched.

Triggers keep what repeats a conversation's or a turn's columns: whoever writes those, the record stays whole, and a
prompt pays for no statement of its own.
"""

# mypy: disable-error-code="import-untyped"

from typing import Any

from peewee import PostgresqlDatabase

BOTH = (
    "ALTER TABLE conversations ADD COLUMN pinned BOOLEAN NOT NULL DEFAULT FALSE",
    "ALTER TABLE conversations ADD COLUMN archived BOOLEAN NOT NULL DEFAULT FALSE",
    # A list in JSON, in the order in which they were given; NULL for none.
    "ALTER TABLE conversations ADD COLUMN tags TEXT",
    "ALTER TABLE conversations ADD COLUMN renamed BOOLEAN NOT NULL DEFAULT FALSE",
    # In the place of conversations_of_user: as many indexes as before are kept up with each prompt.
    (
        "CREATE INDEX conversations_in_place ON conversations (user_id, archived, pinned, updated_at, id) "
        "WHERE removed_at IS NULL"
    ),
    "DROP INDEX conversations_of_user",
    "CREATE INDEX conversations_removed ON conversations (user_id, removed_at, id) WHERE removed_at IS NOT NULL",
    # What follows `tag` repeats the conversation's columns, so that one index finds a page of a tag.
    (
        "CREATE TABLE conversation_tags (conversation_id BIGINT NOT NULL REFERENCES conversations (id), "
        "key TEXT NOT NULL, tag TEXT NOT NULL, user_id BIGINT NOT NULL, updated_at BIGINT NOT NULL, "
        "archived BOOLEAN NOT NULL, pinned BOOLEAN NOT NULL, removed_at BIGINT, PRIMARY KEY (conversation_id, key))"
    ),
    (
        "CREATE INDEX conversation_tags_in_place ON conversation_tags "
        "(user_id, key, archived, pinned, updated_at, conversation_id) WHERE removed_at IS NULL"
    ),
    # Turns below `before` are from before this migration and not yet in the index.
    "CREATE TABLE search_backfill (place INTEGER PRIMARY KEY, before BIGINT NOT NULL)",
    "INSERT INTO search_backfill SELECT 1, id + 1 FROM turns ORDER BY id DESC LIMIT 1",
)
ENDED = "NEW.state IN ('finished', 'stopped', 'failed')"
FOLLOW = (
    "UPDATE conversation_tags SET updated_at = NEW.updated_at, archived = NEW.archived, pinned = NEW.pinned, "
    "removed_at = NEW.removed_at WHERE conversation_id = NEW.id;"
)
QUEUE = "INSERT INTO search_queue (id) VALUES (NEW.id);"
TRIGGERS = (
    # name, what it comes after, for which rows
    ("tags_follow", "UPDATE OF updated_at, archived, pinned, removed_at ON conversations", "NEW.tags IS NOT NULL"),
    ("search_ended_turns", "UPDATE OF state ON turns", ENDED),
    ("search_new_turns", "INSERT ON turns", ENDED),
    ("search_new_titles", "UPDATE OF title ON conversations", "NEW.title <> OLD.title"),
)
SQLITE = (
    # The words come as the search's own code cuts them (backend/domain/words.py): one blank between two.
    (
        "CREATE VIRTUAL TABLE search USING fts5 (words, content='', contentless_delete=1, detail=none, "
        "tokenize=\"ascii tokenchars '_'\")"
    ),
    "CREATE TABLE search_vocabulary (owner BIGINT, word TEXT, PRIMARY KEY (owner, word)) WITHOUT ROWID",
    "CREATE TABLE search_queue (number INTEGER PRIMARY KEY, id BIGINT NOT NULL)",
)
POSTGRESQL = (
    "CREATE TABLE search (id BIGINT PRIMARY KEY, owner BIGINT NOT NULL, words TSVECTOR NOT NULL)",
    "CREATE INDEX search_newest ON search (owner, id)",
    # A list of what is pending would be written out in the middle of somebody's prompt.
    "CREATE INDEX search_words ON search USING gin (words) WITH (fastupdate = off)",
    'CREATE TABLE search_vocabulary (owner BIGINT, word TEXT COLLATE "C", PRIMARY KEY (owner, word))',
    "CREATE TABLE search_queue (number BIGSERIAL PRIMARY KEY, id BIGINT NOT NULL)",
)


def up(_migrator: object, db: Any) -> None:
    postgresql = isinstance(db, PostgresqlDatabase)
    for statement in (*BOTH, *(POSTGRESQL if postgresql else SQLITE)):
        db.execute_sql(statement)
    for name, event, when in TRIGGERS:
        body = FOLLOW if name == "tags_follow" else QUEUE
        if postgresql:
            code = f"BEGIN {body} RETURN NULL; END"
            db.execute_sql(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {code} $$")
            db.execute_sql(f"CREATE TRIGGER {name} AFTER {event} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION {name}()")
        else:
            db.execute_sql(f"CREATE TRIGGER {name} AFTER {event} WHEN {when} BEGIN {body} END")
