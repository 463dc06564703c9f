"""The keys of settings.yaml, their defaults and how they depend on each other.

A key that depends on another stands behind it, so that its validator can look at it: pydantic then reports both their
mistakes at once.
"""

from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import urlsplit

from pydantic import Field, PrivateAttr, ValidationInfo, field_validator

from backend.errors import SettingsInvalid
from backend.settings import addresses
from backend.settings.accounts import AccountGroup, AccountSettings, OwnAccountSettings, RehearsalAccount
from backend.settings.mistakes import wrong
from backend.settings.values import (
    Bytes,
    Count,
    Group,
    Network,
    Port,
    Proxy,
    Seconds,
    Span,
    Text,
    UrlPath,
    WebAddress,
)

SQLITE: Final = "sqlite:///"


class PathSettings(Group):
    chat: UrlPath = "/chat"
    recall: UrlPath = "/recall"
    access_token: UrlPath = "/access-token"  # noqa: S105  a path
    add_user: UrlPath = "/admin/add-user"
    accounts: UrlPath = "/accounts"
    users: UrlPath = "/admin/users"
    use: UrlPath = "/use"
    settings: UrlPath = "/settings"
    sign_in: UrlPath = "/sign-in"
    session: UrlPath = "/session"
    api_chat: UrlPath = "/api/chat"
    api_recall: UrlPath = "/api/recall"
    api_access_token: UrlPath = "/api/access-token"  # noqa: S105  a path
    api_add_user: UrlPath = "/api/client/add-user"
    api_remove_conversation: UrlPath = "/api/remove-conversation"
    graphql: UrlPath = "/graphql"
    graphql_stream: UrlPath = "/graphql/stream"
    imports: UrlPath = "/imports"
    exports: UrlPath = "/exports"
    openapi: UrlPath = "/openapi.json"
    v1: UrlPath = "/v1"

    @field_validator("*")
    @classmethod
    def _one_thing_at_each_path(cls, path: str, info: ValidationInfo) -> str:
        for name, other in info.data.items():
            if other == path:
                raise wrong(f"{name} has this path already", name)
            if info.field_name == "v1" and other.startswith(path + "/"):
                raise wrong(f"{name} lies below this path", name)
        return path


class TimeoutSettings(Group):
    """All in seconds."""

    connect: Seconds = 15.0
    first_byte: Seconds = 180.0
    between_reads: Seconds = 120.0
    whole_reply: Seconds = 1800.0
    queue: Seconds = 120.0
    request_body: Seconds = 30.0
    stalled_reader: Seconds = 30.0
    shutdown: Seconds = 10.0


class PoolSettings(Group):
    choice: Literal["round_robin", "least_busy", "weighted"] = "round_robin"


class LimitSettings(Group):
    """`prompt` in characters, `waiting_per_user` in prompts, `streams_per_user` in subscriptions, the others in
    bytes."""

    prompt: Count = 200_000
    waiting_per_user: Count = 20
    streams_per_user: Count = 100
    request_body: Bytes = 2 * 1024 * 1024
    import_file: Bytes = 200 * 1024 * 1024
    upstream_answer: Bytes = 32 * 1024 * 1024


class GraphQLSettings(Group):
    introspection: bool = True
    free_documents: bool = True


class Settings(Group):
    """All of settings.yaml.  Paths in it are relative to `folder`, the folder of the file."""

    database: str = Field(default=f"{SQLITE}record.db", repr=False)
    secret_key_file: Path | None = None
    accounts: tuple[AccountSettings, ...] = (RehearsalAccount(name="rehearsal", kind="rehearsal"),)
    default_proxy: Proxy | None = Field(default=None, repr=False)
    own_accounts: OwnAccountSettings = OwnAccountSettings()
    pool: PoolSettings = PoolSettings()
    follow_ups: Literal["in_order", "refuse"] = "in_order"
    titles: Literal["ask", "derive"] = "derive"
    restore_within: Span = 2_592_000.0
    reach: Literal["local", "lan", "wan"] = "local"
    tls_in_front: bool = False
    trusted_proxies: tuple[Network, ...] = ()
    public_url: WebAddress | None = None
    host: Text | None = None
    port: Port = 8000
    keys_in_queries: bool = True
    paths: PathSettings = PathSettings()
    graphql: GraphQLSettings = GraphQLSettings()
    timeouts: TimeoutSettings = TimeoutSettings()
    limits: LimitSettings = LimitSettings()
    _file: Path = PrivateAttr(default=Path("settings.yaml"))

    def model_post_init(self, context: Any) -> None:
        if isinstance(context, dict) and "file" in context:
            self._file = context["file"]

    @field_validator("database")
    @classmethod
    def _is_a_database(cls, url: str) -> str:
        if url.startswith(SQLITE):
            if url.removeprefix(SQLITE).strip("/") in ("", ":memory:") or "?" in url:
                raise wrong("must name a file, as in sqlite:///record.db")
        elif not url.startswith("postgresql://"):
            raise wrong("must begin with sqlite:/// or postgresql://")
        return url

    @field_validator("tls_in_front")
    @classmethod
    def _wan_has_tls(cls, tls_in_front: bool, info: ValidationInfo) -> bool:
        if info.data.get("reach") == "wan" and not tls_in_front:
            raise wrong("must be true with reach: wan, where something in front has to speak TLS", "reach")
        return tls_in_front

    @field_validator("public_url")
    @classmethod
    def _fits_the_reach(cls, url: str | None, info: ValidationInfo) -> str | None:
        reach, https = info.data.get("reach"), (url or "").startswith("https://")
        if reach == "wan" and not https:
            raise wrong("must be an https:// address with reach: wan", "reach")
        if reach == "local" and url is not None and not addresses.is_local(urlsplit(url).hostname or ""):
            raise wrong("names another host, which reach: local does not answer to; set reach to lan or wan", "reach")
        if https and info.data.get("tls_in_front") is False and reach != "wan":
            raise wrong("is https, which needs tls_in_front: true, since this server itself speaks plain HTTP")
        return url

    @field_validator("host")
    @classmethod
    def _stays_within_reach(cls, host: str | None, info: ValidationInfo) -> str | None:
        if host is not None and info.data.get("reach") == "local" and not addresses.is_local(host):
            raise wrong("must be 127.0.0.1, ::1 or localhost with reach: local; set reach to lan or wan", "reach")
        return host.strip("[]") if host else host

    @property
    def file(self) -> Path:
        """The file as it was asked for."""
        return self._file

    @property
    def folder(self) -> Path:
        """The file's folder, absolute."""
        return self._file.absolute().parent

    @property
    def sqlite_file(self) -> Path | None:
        """The record's file; None with PostgreSQL."""
        return self.folder / self.database.removeprefix(SQLITE) if self.database.startswith(SQLITE) else None

    @property
    def database_url(self) -> str:
        """`database` with an absolute path."""
        file = self.sqlite_file
        return self.database if file is None else f"{SQLITE}{file}"

    @property
    def key_file(self) -> Path:
        """The file of the secret key: beside the SQLite file, or beside the settings, where none is set."""
        if self.secret_key_file is not None:
            return self.folder / self.secret_key_file.expanduser()
        beside = self.sqlite_file or self.folder / "record"
        return beside.with_name(beside.name + ".key")

    @property
    def bind_host(self) -> str:
        if self.host is not None:
            return self.host
        everywhere = self.reach == "lan"
        return "0.0.0.0" if everywhere else "127.0.0.1"  # noqa: S104  `lan` asks for it

    def host_to_bind(self, asked: str | None) -> str:
        """`bind_host`, or the host asked for on the command line where the reach allows it."""
        if asked is not None and self.reach == "local" and not addresses.is_local(asked):
            raise SettingsInvalid("--host must be 127.0.0.1, ::1 or localhost, or reach must be lan or wan.")
        return self.bind_host if asked is None else asked.strip("[]")

    @property
    def base_path(self) -> str:
        """The path under which the server is reached from outside, without a trailing slash; empty for the root."""
        return urlsplit(self.public_url or "").path.rstrip("/")

    @property
    def base_url(self) -> str:
        return self.base_url_on(self.bind_host, self.port)

    def base_url_on(self, host: str, port: int) -> str:
        """What printed links start with, without a trailing slash, when the server is bound there."""
        if self.public_url is not None:
            return self.public_url
        if host in addresses.EVERYWHERE:
            host = addresses.machine_names()[0] if self.reach == "lan" else "127.0.0.1"
        return f"http://{addresses.in_url(host)}:{port}"

    @property
    def allowed_hosts(self) -> tuple[str, ...]:
        """The names in a `Host` header that are answered: lower case, no port, IPv6 in brackets."""
        public = urlsplit(self.public_url or "").hostname
        own = None if self.host in addresses.EVERYWHERE else self.host
        named = [addresses.in_url(host.lower()) for host in (public, own) if host]
        machine = addresses.machine_names() if self.reach == "lan" else ()
        return tuple(dict.fromkeys([*addresses.LOCAL_NAMES, *named, *machine]))

    def proxy_of(self, account: AccountGroup | OwnAccountSettings) -> str | None:
        """The account's proxy, the default one where it says so.  None only where it may go direct."""
        if account.proxy == "default" and self.default_proxy is None:
            raise SettingsInvalid("An account has proxy: default, but default_proxy is not set.")
        return self.default_proxy if account.proxy == "default" else account.proxy
