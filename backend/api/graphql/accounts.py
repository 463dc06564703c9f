"""Built-in accounts: how they are shown, and what admins do with them."""

import enum
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Self

import strawberry
from strawberry import ID, UNSET, argument, enum_value, field

from backend.api.graphql.context import Info, resolver
from backend.api.graphql.types import AccountHealth, AccountKind
from backend.domain import ids
from backend.errors import InvalidInput
from backend.gateway.upkeep import SeenAccount
from backend.upstream.protocol import ProxyReport, ShownDefinition


@strawberry.enum(description="Where an account is defined.")
class AccountSource(enum.Enum):
    SETTINGS = enum_value("settings", description="In settings.yaml, where alone it can be changed or removed.")
    RECORD = enum_value("record", description="In the record: an admin added it.")


@strawberry.enum(description="What of an account is never shown.")
class AccountSecret(enum.Enum):
    ACCESS_TOKEN = enum_value("access_token", description="A ChatGPT access token.")
    REFRESH_TOKEN = enum_value("refresh_token", description="A ChatGPT refresh token.")
    PASSWORD = enum_value("password", description="A ChatGPT account's password.")
    API_KEY = enum_value("api_key", description="The key of an OpenAI-compatible server.")
    PROXY_LOGIN = enum_value("proxy_login", description="The user name and password in its proxy's URL.")


@strawberry.enum(description="How a proxy took a connection to an account's upstream.")
class ProxyState(enum.Enum):
    UP = enum_value("up", description="It connected.")
    DOWN = enum_value("down", description="It does not answer at its address.")
    REFUSING = enum_value("refusing", description="It refused to connect.")
    WRONG_LOGIN = enum_value("wrong_login", description="It refused its user name or password.")
    HANGING = enum_value("hanging", description="It said nothing in time.")
    NO_WAY_ON = enum_value("no_way_on", description="It is up, but cannot reach the upstream.")


def moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


@strawberry.type(
    description="How an account is defined, by the keys of settings.yaml and without its secrets.  Null is what it or "
    "its kind has not."
)
class AccountDefinition:
    weight: int = field(description="Its share of the prompts with the rule `weighted`.")
    concurrency: int = field(description="How many replies it may write at once.")
    proxy: str | None = field(description="Its proxy, without user name and password; `default` for the settings' own.")
    model: str | None = field(description="Which model is asked for.")
    context: int | None = field(description="The tokens that the model can read.")
    base_url: str | None = field(description="Where prompts go.")
    login_url: str | None = field(description="Where signing in begins.")
    auth_url: str | None = field(description="Where passwords and refresh tokens go.")
    email: str | None = field(description="A ChatGPT account's e-mail address.")
    secrets: list[AccountSecret] = field(description="Which secrets it has; they are never shown.")

    @classmethod
    def of(cls, shown: ShownDefinition) -> Self:
        return cls(**asdict(shown) | {"secrets": [AccountSecret(secret) for secret in shown.secrets]})


@strawberry.type(description="A built-in account of the pool.")
class Account:
    id: ID = field(description="Its id.")
    name: str = field(description="Its name, by which it is known.")
    kind: AccountKind = field(description="What it speaks to.")
    source: AccountSource = field(description="Where it is defined.")
    plus: bool = field(description="Whether it is a Plus account.")
    health: AccountHealth = field(description="How it stands.")
    why: str = field(description="Why it stands like that; empty where it is ready.")
    why_code: str | None = field(
        description="The code of the error that `why` tells, as in the `extensions.code` of errors; `by_hand` where an "
        "admin said so; null where it is ready, and where the code was not kept."
    )
    until: datetime | None = field(description="Until when it rests.")
    in_flight: int = field(description="How many replies it is writing.")
    concurrency: int = field(description="How many replies it may write at once.")
    waiting: int = field(description="How many prompts wait in line that it may answer.")
    last_used_at: datetime | None = field(description="When it last took a prompt since the server started.")
    has_proxy: bool = field(description="Whether a proxy is its only way out.")
    definition: AccountDefinition | None = field(
        description="How it is defined, and what `changeAccount` changes; null for one of settings.yaml, which says it."
    )
    viewer_can_sign_in: bool = field(description="Whether `signInAccount` has something to do for it.")
    viewer_can_check_proxy: bool = field(description="Whether `checkProxy` has something to do for it.")
    viewer_can_remove: bool = field(description="Whether it can be removed here, and not in settings.yaml alone.")

    @classmethod
    def of(cls, seen: SeenAccount) -> Self:
        state = seen.state
        return cls(
            id=ID(ids.show_id(ids.ACCOUNT, seen.account.id)),
            name=state.name,
            kind=AccountKind(seen.account.kind),
            source=AccountSource(seen.source),
            plus=state.plus,
            health=AccountHealth(state.standing),
            why=state.why,
            why_code=state.why_code or None,
            until=moment(state.until),
            in_flight=state.in_flight,
            concurrency=state.concurrency,
            waiting=seen.waiting,
            last_used_at=moment(seen.last_used),
            has_proxy=seen.has_proxy,
            definition=None if seen.definition is None else AccountDefinition.of(seen.definition),
            viewer_can_sign_in=seen.can_sign_in,
            viewer_can_check_proxy=seen.has_proxy,
            viewer_can_remove=seen.source == "record",
        )


@strawberry.input(description="Which account.")
class AccountInput:
    name: str = field(description="The account's name.")


@strawberry.input(description="A new account.")
class NewAccount:
    name: str = field(description="A name that no other account has.")
    kind: AccountKind = field(description="What it speaks to.")


@strawberry.input(description="What an account is defined by.")
class AccountKeys:
    plus: bool | None = field(default=UNSET, description="Whether it is a Plus account.")
    proxy: str | None = field(
        default=UNSET,
        description="`socks5://HOST:PORT` or the like, or `default`; when it is down nothing goes direct.",
    )
    concurrency: int | None = field(default=UNSET, description="How many replies it may write at once.")
    weight: int | None = field(default=UNSET, description="Its share of the prompts with the rule `weighted`.")
    model: str | None = field(default=UNSET, description="Which model to ask for.")
    base_url: str | None = field(default=UNSET, description="Where prompts go.")
    login_url: str | None = field(default=UNSET, description="Where signing in begins.")
    auth_url: str | None = field(default=UNSET, description="Where passwords and refresh tokens go.")
    access_token: str | None = field(default=UNSET, description="A ChatGPT access token.")
    refresh_token: str | None = field(default=UNSET, description="A ChatGPT refresh token.")
    email: str | None = field(default=UNSET, description="A ChatGPT account's e-mail address.")
    password: str | None = field(default=UNSET, description="A ChatGPT account's password.")
    api_key: str | None = field(default=UNSET, description="The key of an OpenAI-compatible server.")
    context: int | None = field(default=UNSET, description="The tokens that the model can read.")

    def given(self) -> dict[str, object]:
        return {name: value for name, value in vars(self).items() if value is not UNSET}


@strawberry.input(
    description="An account as settings.yaml would define it, with the same keys and rules.  Secrets are kept sealed "
    "and never shown again; what stands here is taken as it is, without `${…}`."
)
class AddAccountInput(NewAccount, AccountKeys):
    pass


@strawberry.input(
    description="What changes of an account, by the rules of `AddAccountInput`: a key that is left out stays as it is, "
    "null takes it away.  Name and kind stay."
)
class ChangeAccountInput(AccountInput, AccountKeys):
    pass


@strawberry.input(description="Which account is to rest.")
class RestAccountInput:
    name: str = field(description="The account's name.")
    until: datetime = field(description="Until when, with its offset from UTC.")


@strawberry.type(description="An account as it now stands.")
class AccountPayload:
    account: Account = field(description="The account.")


@strawberry.type(description="What came of asking an account what it offers.")
class TestAccountPayload:
    account: Account = field(description="The account.")
    ok: bool = field(description="Whether it answered.")
    code: str | None = field(description="The code of what went wrong, as in the `extensions.code` of errors.")
    message: str = field(description="The sentence for a person.")
    seconds: float = field(description="How long it took.")
    models: list[str] = field(description="The models that it offers.")


@strawberry.type(description="An account that was removed.")
class RemoveAccountPayload:
    name: str = field(description="The name that was sent.")


@strawberry.type(description="What came of one connection through an account's proxy.")
class CheckProxyPayload:
    state: ProxyState = field(description="How the proxy took it.")
    message: str = field(description="The sentence for a person.")
    seconds: float = field(description="How long it took.")

    @classmethod
    def of(cls, report: ProxyReport) -> Self:
        return cls(state=ProxyState(report.state), message=report.sentence, seconds=report.seconds)


OfAccount = Annotated[AccountInput, argument(description="The account.")]


@strawberry.type(description="What admins can do with the built-in accounts.")
class AccountMutations:
    @resolver("Add an account, which the record keeps and which answers at once.  For admins.")
    async def add_account(
        self, info: Info, input: Annotated[AddAccountInput, argument(description="The account.")]
    ) -> AccountPayload:
        given = {name: value for name, value in input.given().items() if value is not None}
        definition = given | {"kind": input.kind.value}
        context = info.context
        return AccountPayload(account=Account.of(await context.gateway.upkeep.add(context.caller, definition)))

    @resolver(
        "Change an account that the record keeps, from its next prompt on; its conversations go on.  What it rested or "
        "needed attention for is over where it is another login, address, proxy or model.  For admins."
    )
    async def change_account(
        self, info: Info, input: Annotated[ChangeAccountInput, argument(description="What changes.")]
    ) -> AccountPayload:
        seen = await info.context.gateway.upkeep.change(info.context.caller, input.given())
        return AccountPayload(account=Account.of(seen))

    @resolver(
        "Ask an account what it offers; no prompt is sent.  One that is not let in needs attention from then on, until "
        "a test, a sign-in or `wakeAccount` has it asked again.  For admins."
    )
    async def test_account(self, info: Info, input: OfAccount) -> TestAccountPayload:
        report = await info.context.gateway.upkeep.test(info.context.caller, input.name)
        return TestAccountPayload(
            account=Account.of(report.seen),
            ok=report.code is None,
            code=report.code,
            message=report.sentence,
            seconds=report.seconds,
            models=list(report.models),
        )

    @resolver("Get a new token for an account; the one that there is stays until then.  For admins.")
    async def sign_in_account(self, info: Info, input: OfAccount) -> AccountPayload:
        seen = await info.context.gateway.upkeep.sign_in(info.context.caller, input.name)
        return AccountPayload(account=Account.of(seen))

    @resolver("Ask an account nothing until a time; a reply under way goes on.  For admins.")
    async def rest_account(
        self, info: Info, input: Annotated[RestAccountInput, argument(description="The account and the time.")]
    ) -> AccountPayload:
        if input.until.tzinfo is None:
            raise InvalidInput("`until` needs an offset from UTC, as in 2030-01-31T18:00:00Z.", field="until")
        until = input.until.timestamp()
        seen = await info.context.gateway.upkeep.rest(info.context.caller, input.name, until)
        return AccountPayload(account=Account.of(seen))

    @resolver("Ask an account again that rests or needed attention.  For admins.")
    async def wake_account(self, info: Info, input: OfAccount) -> AccountPayload:
        return AccountPayload(
            account=Account.of(await info.context.gateway.upkeep.wake(info.context.caller, input.name))
        )

    @resolver("Ask an account nothing until it is enabled; a reply under way goes on.  For admins.")
    async def disable_account(self, info: Info, input: OfAccount) -> AccountPayload:
        return AccountPayload(
            account=Account.of(await info.context.gateway.upkeep.disable(info.context.caller, input.name))
        )

    @resolver("Ask a disabled account again.  For admins.")
    async def enable_account(self, info: Info, input: OfAccount) -> AccountPayload:
        return AccountPayload(
            account=Account.of(await info.context.gateway.upkeep.enable(info.context.caller, input.name))
        )

    @resolver("Remove an account that the record keeps; its conversations stay.  For admins.")
    async def remove_account(self, info: Info, input: OfAccount) -> RemoveAccountPayload:
        await info.context.gateway.upkeep.remove(info.context.caller, input.name)
        return RemoveAccountPayload(name=input.name)

    @resolver("Connect to an account's upstream through its proxy alone, and send nothing.  For admins.")
    async def check_proxy(self, info: Info, input: OfAccount) -> CheckProxyPayload:
        report = await info.context.gateway.upkeep.check_proxy(info.context.caller, input.name)
        return CheckProxyPayload.of(report)
