"""Users, keys, accounts with their upkeep, conversations and turns.

The models are a frozen copy: those of backend/storage/tables.py will go on without this one.
"""

# mypy: disable-error-code="import-untyped"
# mypy: allow-subclassing-any

from typing import Any

from peewee import (
    BigIntegerField,
    BlobField,
    BooleanField,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)


def link(table: Any, **options: Any) -> Any:
    return ForeignKeyField(table, index=False, **options)


class Users(Model):
    id = BigIntegerField(primary_key=True)
    name = TextField()
    role = TextField()
    plus = BooleanField()
    owner = link("self", null=True)
    external_id = TextField(null=True)
    created_at = BigIntegerField()
    disabled_at = BigIntegerField(null=True)

    class Meta:
        table_name = "users"


class Keys(Model):
    id = BigIntegerField(primary_key=True)
    user = link(Users)
    kind = TextField()
    name = TextField()
    shown_prefix = TextField()
    digest = BlobField()
    created_at = BigIntegerField()
    expires_at = BigIntegerField(null=True)
    last_used_at = BigIntegerField(null=True)
    revoked_at = BigIntegerField(null=True)

    class Meta:
        table_name = "keys"


class Accounts(Model):
    id = BigIntegerField(primary_key=True)
    name = TextField()
    kind = TextField()
    plus = BooleanField()
    owner = link(Users, null=True)
    fingerprint = TextField(null=True)
    created_at = BigIntegerField()
    health = TextField(null=True)
    why = TextField(null=True)
    rest_until = BigIntegerField(null=True)
    faults = IntegerField(null=True)
    credentials = TextField(null=True)

    class Meta:
        table_name = "accounts"


class AccountSecrets(Model):
    account = link(Accounts)
    purpose = TextField()
    sealed = BlobField()
    key_id = TextField()

    class Meta:
        table_name = "account_secrets"
        primary_key = CompositeKey("account", "purpose")


class AccountUpkeep(Model):
    account = link(Accounts, primary_key=True)
    disabled_at = BigIntegerField(null=True)
    rests_until = BigIntegerField(null=True)

    class Meta:
        table_name = "account_upkeep"


class UpkeepRequests(Model):
    id = BigIntegerField(primary_key=True)
    sealed = BlobField()
    key_id = TextField()
    taken_at = BigIntegerField(null=True)
    answer = TextField(null=True)

    class Meta:
        table_name = "upkeep_requests"


class Conversations(Model):
    id = BigIntegerField(primary_key=True)
    user = link(Users)
    title = TextField()
    account = link(Accounts, null=True)
    upstream_id = TextField(null=True)
    external_id = TextField(null=True)
    preamble = TextField(null=True)
    created_at = BigIntegerField()
    updated_at = BigIntegerField()
    removed_at = BigIntegerField(null=True)
    continues = link("self", null=True)
    continues_after = IntegerField(null=True)
    head = TextField(null=True)

    class Meta:
        table_name = "conversations"


class Turns(Model):
    id = BigIntegerField(primary_key=True)
    conversation = link(Conversations)
    user = link(Users)
    position = IntegerField()
    prompt = TextField()
    reply = TextField()
    state = TextField()
    account = link(Accounts, null=True)
    model = TextField(null=True)
    upstream_prompt_id = TextField()
    upstream_parent_id = TextField(null=True)
    upstream_reply_id = TextField(null=True)
    error_code = TextField(null=True)
    error_sentence = TextField(null=True)
    prompt_tokens = IntegerField(null=True)
    reply_tokens = IntegerField(null=True)
    usage_source = TextField()
    reply_base = IntegerField()
    history_left_out = IntegerField()
    finish_reason = TextField(null=True)
    message = TextField(null=True)
    idempotency_key = TextField(null=True)
    created_at = BigIntegerField()
    started_at = BigIntegerField(null=True)
    ended_at = BigIntegerField(null=True)
    receipt = TextField(null=True)
    choice = TextField(null=True)

    class Meta:
        table_name = "turns"


# A unique index is named <table>_<column>: by that column a clash is told (engine.already_there).
INDEXES = (
    # NULL is not equal to itself, so users made at the console count as those of owner 0.
    "CREATE UNIQUE INDEX users_external_id ON users (COALESCE(owner_id, 0), external_id) WHERE external_id IS NOT NULL",
    "CREATE INDEX users_by_owner ON users (owner_id, created_at, id)",
    "CREATE INDEX users_newest ON users (created_at, id)",
    "CREATE INDEX users_admins ON users (id) WHERE role = 'admin'",
    "CREATE UNIQUE INDEX keys_digest ON keys (digest)",
    "CREATE INDEX keys_by_user ON keys (user_id)",
    "CREATE UNIQUE INDEX accounts_name ON accounts (name) WHERE owner_id IS NULL",
    "CREATE UNIQUE INDEX accounts_fingerprint ON accounts (owner_id, fingerprint) WHERE owner_id IS NOT NULL",
    "CREATE INDEX conversations_of_user ON conversations (user_id, updated_at, id) WHERE removed_at IS NULL",
    "CREATE INDEX conversations_newest ON conversations (updated_at, id) WHERE removed_at IS NULL",
    (
        "CREATE UNIQUE INDEX conversations_external_id ON conversations (external_id, user_id) "
        "WHERE external_id IS NOT NULL"
    ),
    "CREATE INDEX conversations_continuing ON conversations (continues_id) WHERE continues_id IS NOT NULL",
    "CREATE UNIQUE INDEX turns_position ON turns (conversation_id, position)",
    "CREATE UNIQUE INDEX turns_idempotency_key ON turns (user_id, idempotency_key) WHERE idempotency_key IS NOT NULL",
    "CREATE INDEX turns_unended ON turns (id) WHERE state IN ('waiting', 'writing')",
)


def up(_migrator: object, db: Any) -> None:
    tables = [Users, Keys, Accounts, AccountSecrets, AccountUpkeep, UpkeepRequests, Conversations, Turns]
    with db.bind_ctx(tables):
        db.create_tables(tables, safe=False)
    for statement in INDEXES:
        db.execute_sql(statement)
