"""The body of a `conversation` call, checked as strictly as the protocol page allows."""

import uuid
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from backend.upstream.rehearsal.refusals import RuleBroken


def _uuid(text: str) -> str:
    uuid.UUID(text)
    return text


MessageId = Annotated[str, AfterValidator(_uuid)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True)


class Author(_Part):
    role: Literal["system", "user", "assistant"]


class Content(_Part):
    content_type: Literal["text"]
    parts: list[str] = Field(min_length=1)


class SentMessage(_Part):
    id: MessageId
    author: Author
    content: Content

    @property
    def text(self) -> str:
        return "\n".join(self.content.parts)


class SentPrompt(_Part):
    """`messages` ends with the prompt; what stands before it is history that a client sends along."""

    action: Literal["next"]
    messages: list[SentMessage] = Field(min_length=1)
    model: str = Field(min_length=1)
    parent_message_id: MessageId
    conversation_id: str | None = None

    @property
    def id(self) -> str:
        return self.messages[-1].id

    @property
    def text(self) -> str:
        return self.messages[-1].text


class TitleAsked(_Part):
    message_id: MessageId


def read_prompt(body: bytes) -> SentPrompt:
    try:
        sent = SentPrompt.model_validate_json(body)
    except ValidationError as error:
        raise _unprocessable(error) from error
    if sent.messages[-1].author.role != "user":
        raise RuleBroken(422, [{"loc": ["messages", -1, "author", "role"], "msg": "the last message is not a user's"}])
    return sent


def read_title_asked(body: bytes) -> TitleAsked:
    try:
        return TitleAsked.model_validate_json(body)
    except ValidationError as error:
        raise _unprocessable(error) from error


def _unprocessable(error: ValidationError) -> RuleBroken:
    return RuleBroken(422, error.errors(include_url=False, include_context=False, include_input=False))
