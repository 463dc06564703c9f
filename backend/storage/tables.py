"""The record's tables as Peewee models, bound to no database: queries are compiled from them, nothing else.

The rowid of SQLite and a BIGINT of PostgreSQL hold the 63-bit ids.  Times are microseconds since the epoch.  Indexes
are the migrations' business.
"""

# mypy: disable-error-code="import-untyped"
# mypy: allow-subclassing-any

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


class Users(Model):
    """What is folded knows no upper and lower case, and is what a search looks at."""

    id = BigIntegerField(primary_key=True)
    name = TextField()
    role = TextField()
    plus = BooleanField()
    owner = ForeignKeyField("self", null=True)
    external_id = TextField(null=True)
    created_at = BigIntegerField()
    disabled_at = BigIntegerField(null=True)
    removed_at = BigIntegerField(null=True)
    folded_name = TextField()
    folded_external_id = TextField(null=True)

    class Meta:
        table_name = "users"


class Keys(Model):
    id = BigIntegerField(primary_key=True)
    user = ForeignKeyField(Users)
    kind = TextField()
    name = TextField()
    shown_prefix = TextField()
    digest = BlobField()
    created_at = BigIntegerField()
    expires_at = BigIntegerField(null=True)
    last_used_at = BigIntegerField(null=True)
    revoked_at = BigIntegerField(null=True)
    opened_by = ForeignKeyField("self", null=True, column_name="opened_by")

    class Meta:
        table_name = "keys"


class Accounts(Model):
    id = BigIntegerField(primary_key=True)
    name = TextField()
    kind = TextField()
    plus = BooleanField()
    owner = ForeignKeyField(Users, null=True)
    fingerprint = TextField(null=True)
    created_at = BigIntegerField()
    health = TextField(null=True)
    why = TextField(null=True)
    why_code = TextField(null=True)
    rest_until = BigIntegerField(null=True)
    faults = IntegerField(null=True)
    credentials = TextField(null=True)

    class Meta:
        table_name = "accounts"


class AccountSecrets(Model):
    """An account's secrets, sealed; `key_id` names the master secret that sealed it."""

    account = ForeignKeyField(Accounts)
    purpose = TextField()
    sealed = BlobField()
    key_id = TextField()

    class Meta:
        table_name = "account_secrets"
        primary_key = CompositeKey("account", "purpose")


class AccountUpkeep(Model):
    """What an admin said of a built-in account; without a row, nothing."""

    account = ForeignKeyField(Accounts, primary_key=True)
    disabled_at = BigIntegerField(null=True)
    rests_until = BigIntegerField(null=True)

    class Meta:
        table_name = "account_upkeep"


class UpkeepRequests(Model):
    """What the command line asks of the server that holds the record: sealed, for an account's secrets may be in it."""

    id = BigIntegerField(primary_key=True)
    sealed = BlobField()
    key_id = TextField()
    taken_at = BigIntegerField(null=True)
    answer = TextField(null=True)

    class Meta:
        table_name = "upkeep_requests"


class Conversations(Model):
    id = BigIntegerField(primary_key=True)
    user = ForeignKeyField(Users)
    title = TextField()
    account = ForeignKeyField(Accounts, null=True)
    upstream_id = TextField(null=True)
    external_id = TextField(null=True)
    preamble = TextField(null=True)
    created_at = BigIntegerField()
    updated_at = BigIntegerField()
    removed_at = BigIntegerField(null=True)
    continues = ForeignKeyField("self", null=True)
    continues_after = IntegerField(null=True)
    head = TextField(null=True)
    pinned = BooleanField()
    archived = BooleanField()
    tags = TextField(null=True)
    renamed = BooleanField()
    imported_from = TextField(null=True)

    class Meta:
        table_name = "conversations"


class ConversationTags(Model):
    """`key` is the tag as it is compared.  Triggers keep the other columns as they are in the conversation."""

    conversation = ForeignKeyField(Conversations)
    key = TextField()
    tag = TextField()
    user = BigIntegerField(column_name="user_id")
    updated_at = BigIntegerField()
    archived = BooleanField()
    pinned = BooleanField()
    removed_at = BigIntegerField(null=True)

    class Meta:
        table_name = "conversation_tags"
        primary_key = CompositeKey("conversation", "key")


class Turns(Model):
    """`user_id` repeats the conversation's, so that an idempotency key can be unique per user.  `follows` is the
    position of the turn that it goes on behind, NULL where that is the one before it; `titled` says whether its reply
    brought the conversation's title."""

    id = BigIntegerField(primary_key=True)
    conversation = ForeignKeyField(Conversations)
    user = ForeignKeyField(Users)
    position = IntegerField()
    prompt = TextField()
    reply = TextField()
    state = TextField()
    account = ForeignKeyField(Accounts, null=True)
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
    follows = IntegerField(null=True)
    titled = BooleanField()

    class Meta:
        table_name = "turns"


class UseHours(Model):
    """What was used, counted when a turn ends.  `hour` counts from the epoch; `account` is 0 where no account had the
    turn, `model` empty where it is not known.  `estimated` and `unknown` count prompts, not tokens."""

    user = ForeignKeyField(Users)
    hour = BigIntegerField()
    account = BigIntegerField(column_name="account_id")
    model = TextField()
    prompts = BigIntegerField()
    finished = BigIntegerField()
    failed = BigIntegerField()
    stopped = BigIntegerField()
    reported_prompt_tokens = BigIntegerField()
    reported_reply_tokens = BigIntegerField()
    estimated_prompt_tokens = BigIntegerField()
    estimated_reply_tokens = BigIntegerField()
    estimated = BigIntegerField()
    unknown = BigIntegerField()
    milliseconds = BigIntegerField()

    class Meta:
        table_name = "use_hours"
        primary_key = CompositeKey("user", "hour", "account", "model")
