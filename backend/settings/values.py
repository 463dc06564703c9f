"""The kinds of values that settings have, each with its own sentence for what is not one."""

from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, StringConstraints

from backend.settings import addresses
from backend.settings.mistakes import wrong

RESERVED_PATHS: Final = ("/healthz", "/readyz", "/assets")


def _no_boolean(value: object) -> object:
    if isinstance(value, bool):
        raise wrong("must be a number, not true or false")
    return value


def _path(path: str) -> str:
    if not path.startswith("/") or path != path.rstrip("/") or "//" in path or set(path) & set(" ?#%{}\\\t"):
        raise wrong("must begin with / and be a plain path such as /api/chat")
    if any(path == reserved or path.startswith(reserved + "/") for reserved in RESERVED_PATHS):
        raise wrong("this path is the server's own")
    return path


Seconds = Annotated[float, BeforeValidator(_no_boolean), Field(gt=0, allow_inf_nan=False)]
Span = Annotated[float, BeforeValidator(_no_boolean), Field(ge=0, le=10**10, allow_inf_nan=False)]
Count = Annotated[int, BeforeValidator(_no_boolean), Field(ge=1)]
Bytes = Annotated[int, BeforeValidator(_no_boolean), Field(ge=1024)]
Port = Annotated[int, BeforeValidator(_no_boolean), Field(ge=0, le=65535)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Secret = Annotated[SecretStr, Field(min_length=1)]
WebAddress = Annotated[str, AfterValidator(addresses.web_address)]
UrlPath = Annotated[str, AfterValidator(_path)]
Proxy = Annotated[str, AfterValidator(addresses.proxy_address)]
AccountProxy = Annotated[str, AfterValidator(addresses.account_proxy)]
Network = Annotated[str, AfterValidator(addresses.network)]


class Group(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True, hide_input_in_errors=True)
