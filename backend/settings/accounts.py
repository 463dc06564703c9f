"""The accounts of the pool, a group of keys per kind, and where callers' own accounts live."""

from typing import Annotated, Final, Literal

from pydantic import Field, SecretStr, ValidationInfo, field_validator

from backend.settings.mistakes import wrong
from backend.settings.values import AccountProxy, Count, Group, Secret, Text, WebAddress


class AccountGroup(Group):
    name: Text
    plus: bool = False
    proxy: AccountProxy | None = Field(default=None, repr=False)
    model: Text | None = None
    weight: Count = 1


class ChatGPTAccount(AccountGroup):
    """Signs in with whichever of token, refresh token and e-mail with password it has, in that order."""

    kind: Literal["chatgpt"]
    concurrency: Annotated[Count, Field(le=1)] = 1
    base_url: WebAddress = "https://chatgpt.com/backend-api"
    login_url: WebAddress = "https://chatgpt.com"
    auth_url: WebAddress = "https://auth0.openai.com"
    access_token: Secret | None = None
    refresh_token: Secret | None = None
    email: Text | None = None
    password: Secret | None = None

    @field_validator("password")
    @classmethod
    def _can_sign_in(cls, password: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if not {"access_token", "refresh_token", "email"} <= info.data.keys():
            return password  # one of them is wrong, and said to be
        if (info.data["email"] is None) != (password is None):
            raise wrong("email and password belong together: set both or neither", "email", mistake="both_or_neither")
        if not any((info.data["access_token"], info.data["refresh_token"], password)):
            raise wrong(
                "needs an access_token, a refresh_token, or email and password", whole=True, mistake="cannot_sign_in"
            )
        return password


class OpenAIAccount(AccountGroup):
    """Any server that speaks OpenAI's chat completions.  `context` is the model's window in tokens."""

    kind: Literal["openai"]
    concurrency: Count = 4
    base_url: WebAddress
    api_key: Secret | None = None
    model: Text
    context: Annotated[Count, Field(ge=256)] | None = None


class RehearsalAccount(AccountGroup):
    kind: Literal["rehearsal"]
    concurrency: Annotated[Count, Field(le=1)] = 1


AccountSettings = Annotated[ChatGPTAccount | OpenAIAccount | RehearsalAccount, Field(discriminator="kind")]
ACCOUNT_KINDS: Final[dict[str, type[AccountGroup]]] = {
    "chatgpt": ChatGPTAccount,
    "openai": OpenAIAccount,
    "rehearsal": RehearsalAccount,
}


class OwnAccountSettings(Group):
    """Where callers' own ChatGPT accounts live; never taken from a request."""

    base_url: WebAddress = "https://chatgpt.com/backend-api"
    login_url: WebAddress = "https://chatgpt.com"
    auth_url: WebAddress = "https://auth0.openai.com"
    proxy: AccountProxy | None = Field(default=None, repr=False)
    model: Text | None = None
    plus_model: Text | None = None
