"""Puts the rooms together.  The only file that knows all of them."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from starlette.routing import BaseRoute, Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from backend import __version__, errors
from backend.api import openai_compatible, openapi, rest, transfers, web
from backend.api.admission import Admitted
from backend.api.authentication import Authenticator
from backend.api.graphql import app as graphql
from backend.api.limits import Errors, Limits, RequestLimits
from backend.api.openai_door import refusing
from backend.domain import keys
from backend.domain.choice import rehearses
from backend.domain.ids import IdSource
from backend.gateway import Gateway
from backend.gateway.account_pool import AccountPool
from backend.gateway.accounts import Accounts
from backend.gateway.answer_task import Live
from backend.gateway.answering import Answering
from backend.gateway.built_in_accounts import BuiltInAccounts
from backend.gateway.chat import Chat
from backend.gateway.console import Console
from backend.gateway.conversations import Conversations
from backend.gateway.elsewhere import Elsewhere
from backend.gateway.exports import Exports
from backend.gateway.health import HealthKeeper
from backend.gateway.identity import LINK_SECONDS, Identity
from backend.gateway.imports import Imports
from backend.gateway.indexing import Indexing
from backend.gateway.integrity import Integrity
from backend.gateway.keys import Keys
from backend.gateway.own_accounts import OwnAccounts
from backend.gateway.reloading import Reloading
from backend.gateway.search import Search
from backend.gateway.upkeep import Upkeep
from backend.gateway.use import Use
from backend.gateway.users import Users
from backend.opening import FIRST_ADMIN, Clock, ensure_user, open_record_of
from backend.settings import Settings, SettingsWatch, definition_of, needing_restart
from backend.storage.record import Record
from backend.upstream.connect import Connector, defined
from backend.upstream.protocol import Definition

log = logging.getLogger(__name__)

STATIC: Final = Path(__file__).parent / "static"


@dataclass(frozen=True, slots=True)
class House:
    """The server without its socket: what to serve, and what the console and the tests reach for.  `ending`, once set,
    ends what would go on for ever and begins to drain: replies under way have until the deadline, no new one begins."""

    asgi: ASGIApp
    gateway: Gateway
    identity: Identity
    record: Record
    settings: Settings
    rehearsing: bool
    reloading: Reloading[Settings]
    console: Console
    indexing: Indexing
    ending: asyncio.Event


@asynccontextmanager
async def open_house(settings: Settings, clock: Clock = time.time) -> AsyncIterator[House]:
    """Open the record, connect the accounts, build the doors; on leaving, let replies end and close all of it."""
    async with AsyncExitStack() as stack:
        record = await stack.enter_async_context(open_record_of(settings, clock))
        record.claim()
        interrupted = await record.turns.interrupt_unended(int(clock() * 1_000_000))
        if interrupted:
            log.warning(
                "%d replies were being written when the server last stopped; they are marked as interrupted",
                interrupted,
            )
        ending = asyncio.Event()
        live = Live(settings.limits.prompt, settings.titles == "ask")
        obey(live, settings)
        health = HealthKeeper(record.accounts, lambda account_id: credentials(built_in, record.pepper, account_id))
        stack.push_async_callback(health.close)
        pool = AccountPool(clock, settings.timeouts.queue, settings.pool.choice, health.changed)
        stack.push_async_callback(pool.close)
        connector = await stack.enter_async_context(Connector(settings, clock).opened())
        built_in = BuiltInAccounts(pool, record.accounts, record.upkeep, record.sealing, connector, written, clock)
        await built_in.open(settings.accounts)
        await health.restore(pool)
        identity = Identity(record.keys, record.pepper, clock)
        own_accounts = OwnAccounts(pool, record.accounts, connector.own, connector.fingerprint, clock)
        answering = Answering(pool, record.conversations, record.turns, clock, live)
        stack.push_async_callback(answering.close, settings.timeouts.shutdown)
        reloading = Reloading(SettingsWatch(settings, clock), taking_over(settings, connector, built_in, pool, live))
        upkeep = Upkeep(pool, built_in, connector, identity.still, lambda: reloading.problem, clock, ending)
        ids = IdSource(clock)
        chat = Chat(pool, own_accounts, answering, record.conversations, record.turns, clock, ids, live)
        indexing = Indexing(record.search, answering.busy)
        gateway = Gateway(
            chat,
            Conversations(record.conversations, record.turns, answering, live, clock),
            Keys(record.users, record.keys, identity, clock),
            Users(record.users, identity, answering.stop_those_of, clock),
            Use(record.use, record.users, clock),
            Accounts(pool, connector, clock),
            upkeep,
            Elsewhere(chat, record.conversations, record.turns),
            Integrity(record.receipts),
            Search(record.search, indexing),
            Imports(record.transfers, ids),
            Exports(record.transfers, record.conversations, record.turns, clock),
        )
        console = Console(upkeep, gateway.users, gateway.keys, record.upkeep, record.sealing, clock)
        asgi = doors(gateway, identity, record, settings, ending)
        stack.push_async_callback(identity.note_uses)
        stack.push_async_callback(console.close)
        draining = after(ending, lambda: answering.close(settings.timeouts.shutdown))
        going = going_on(reloading.run(), console.run(), identity.run(), indexing.run(), draining)
        await stack.enter_async_context(going)
        rehearsing = rehearses(pool.overview(), may_use_plus=True)
        yield House(asgi, gateway, identity, record, settings, rehearsing, reloading, console, indexing, ending)


def taking_over(
    started: Settings, connector: Connector, built_in: BuiltInAccounts, pool: AccountPool, live: Live
) -> Callable[[Settings], Awaitable[tuple[str, ...]]]:
    """How changed settings come into force; gives the names of those that need a restart."""
    latest = started

    async def take(settings: Settings) -> tuple[str, ...]:
        nonlocal latest
        if settings.default_proxy is None:
            lost = [account.name for account in built_in.kept() if getattr(account, "proxy", None) == "default"]
            if lost:
                raise errors.SettingsInvalid(
                    f"default_proxy is not set, but accounts of the record go through it: {', '.join(lost)}."
                )
        connector.take(settings)
        try:
            await built_in.take(settings.accounts)
        except BaseException:
            connector.take(latest)
            raise
        if (settings.own_accounts, settings.default_proxy) != (latest.own_accounts, latest.default_proxy):
            pool.outdate_own()
        pool.wait_at_most(settings.timeouts.queue)
        pool.choose_by(settings.pool.choice)
        obey(live, settings)
        latest = settings
        return needing_restart(started, settings)

    return take


def obey(live: Live, settings: Settings) -> None:
    live.longest_prompt, live.ask_titles = settings.limits.prompt, settings.titles == "ask"
    live.most_waiting, live.refuse_second = settings.limits.waiting_per_user, settings.follow_ups == "refuse"
    live.restore_within = settings.restore_within


def credentials(built_in: BuiltInAccounts, pepper: bytes, account_id: int) -> str:
    """A digest of what an account's health is of: what needed a person is over once that is another one."""
    far_ends = [each.far_end for each in built_in.here() if each.account.id == account_id]
    return keys.digest(pepper, repr(far_ends)).hex()


def written(definition: Definition) -> dict[str, object]:
    return definition_of(defined(definition))


async def after(event: asyncio.Event, work: Callable[[], Awaitable[None]]) -> None:
    await event.wait()
    await work()


@asynccontextmanager
async def going_on(*work: Coroutine[None, None, None]) -> AsyncIterator[None]:
    """Run each beside what is done here, and end it afterwards."""
    tasks = [asyncio.create_task(each) for each in work]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def doors(gateway: Gateway, identity: Identity, record: Record, settings: Settings, ending: asyncio.Event) -> ASGIApp:
    """Every way in, behind one authentication and one set of limits."""
    paths, authenticator = settings.paths, Authenticator(identity, gateway.keys)
    base = settings.base_path + "/"
    pages = (
        *(paths.chat, paths.chat + "/{id}", paths.recall, paths.access_token, paths.add_user, paths.sign_in),
        *(path + below for path in (paths.accounts, paths.users) for below in ("", "/{name:path}")),
        *(paths.use, paths.settings),
    )
    shown: dict[str, object] = {
        "base": base,
        "paths": {
            "chat": paths.chat,
            "recall": paths.recall,
            "accessToken": paths.access_token,
            "addUser": paths.add_user,
            "accounts": paths.accounts,
            "users": paths.users,
            "use": paths.use,
            "settings": paths.settings,
            "signIn": paths.sign_in,
            "session": paths.session,
            "imports": paths.imports,
            "exports": paths.exports,
            "graphql": paths.graphql,
            "graphqlStream": paths.graphql_stream,
            "v1": paths.v1,
        },
        "version": __version__,
    }
    app = web.WebSettings(
        STATIC, base, paths.chat, pages, paths.session, shown, secure=settings.base_url.startswith("https:")
    )
    routes: list[BaseRoute] = [
        *graphql.routes(
            gateway, authenticator, paths, settings.graphql, STATIC, settings.limits.streams_per_user, ending
        ),
        *openai_compatible.routes(gateway, authenticator, paths.v1),
        *rest.routes(gateway, authenticator, paths, keys_in_queries=settings.keys_in_queries),
        *transfers.routes(gateway, authenticator, paths),
        *openapi.routes(paths, base),
        *web.routes(identity, app, record.ready),
    ]
    limits = RequestLimits(
        body=settings.limits.request_body,
        body_seconds=settings.timeouts.request_body,
        hosts=settings.allowed_hosts,
        larger=dict.fromkeys((paths.imports, settings.base_path + paths.imports), settings.limits.import_file),
    )
    refuse = refusing(settings.base_path, paths.v1)
    admitted = Admitted(Doors(routes), identity.visits)
    return Limits(Based(Errors(admitted, refuse), base), limits, refuse)


class Doors(Router):
    """Whole paths are found at once; Starlette looks at its routes one by one, and has those with places for names."""

    def __init__(self, routes: list[BaseRoute]) -> None:
        super().__init__(routes)
        whole = (route for route in routes if isinstance(route, Route) and route.methods is None)
        self._whole = {route.path: route.app for route in reversed([*whole]) if not route.param_convertors}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        door = self._whole.get(scope["path"]) if scope["type"] == "http" else None
        await (door or super().__call__)(scope, receive, send)


class Based:
    """Serves under the base path whether or not the proxy in front takes it off."""

    def __init__(self, app: ASGIApp, base: str) -> None:
        self._app = app
        self._prefix = base.rstrip("/")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._prefix and scope["path"].startswith(self._prefix + "/"):
            scope = {**scope, "path": scope["path"].removeprefix(self._prefix)}
        await self._app(scope, receive, send)


async def first_admin(house: House, clock: Clock = time.time) -> str | None:
    """A one-time link's secret for the admin, as long as no admin has ever come in; None afterwards."""
    if await house.record.keys.any_used_by_admin():
        return None
    user = await ensure_user(house.record, "admin", FIRST_ADMIN, plus=True, clock=clock)
    return await house.identity.mint(user.id, "link", "first sign-in", LINK_SECONDS)
