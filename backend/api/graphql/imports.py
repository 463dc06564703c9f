"""Where an imported conversation came from, in the schema's words."""

import enum

import strawberry
from strawberry import enum_value


@strawberry.enum(description="What kind of file a conversation was imported from.")
class ImportSource(enum.Enum):
    LEGACY = enum_value("legacy", description="A conversations.json of the old server.")
    CHATGPT = enum_value("chatgpt", description="ChatGPT's own export.")
    EXPORT = enum_value("export", description="An export of this server, or of another one like it.")
