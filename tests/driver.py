"""Starts the real server on loopback, in the test's own event loop, in front of the strict fake of ChatGPT.

Fixtures: `fake` (the strict ChatGPT with two Plus and two free accounts), `server` (the whole product on a free port),
and `cast` (a key for each person of the cast).  `serving` starts a server with other settings.
"""

import asyncio
import socket
import ssl
import time
from collections.abc import AsyncIterator, Callable, Collection, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
import pytest_asyncio
import uvicorn
import yaml

from backend.app import House, open_house
from backend.domain.access import Role
from backend.gateway.keys import IssuedKey
from backend.opening import ensure_user
from backend.serving import bind, server_config
from backend.settings import load_settings
from backend.storage.database import engine_for
from backend.storage.schema import MIGRATIONS, bring_up
from backend.upstream.rehearsal import RehearsalAccount, RehearsalServer

FREE = ("free-a@example.org", "free-b@example.org")
NOWHERE = "http://127.0.0.1:9"  # where callers' own accounts live unless a test says otherwise: never outside
PLUS = ("plus-a@example.org", "plus-b@example.org")
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # or each client would read all the certificates of the machine


@dataclass
class Running:
    """A server that serves.  `url` has no trailing slash; `connections` are uvicorn's, those that are open."""

    url: str
    house: House
    fake: RehearsalServer | None
    connections: Collection[object] = ()

    async def key(self, name: str, role: Role = "user", *, plus: bool = False) -> str:
        """A key of a user made at the console."""
        user = await ensure_user(self.house.record, role, name, plus=plus)
        return await self.house.identity.mint(user.id, "key", "test")

    async def key_of(self, issuer: str, name: str, *, plus: bool = False, external_id: str | None = None) -> IssuedKey:
        """A key of a user that the holder of the key `issuer` makes."""
        caller = await self.house.identity.caller(issuer)
        return await self.house.gateway.keys.issue(caller, name, plus=plus, external_id=external_id)

    def client(self, key: str | None = None, **options: Any) -> httpx.AsyncClient:
        headers = ({} if key is None else {"Authorization": f"Bearer {key}"}) | options.pop("headers", {})
        always: dict[str, Any] = {"trust_env": False, "timeout": 30, "verify": NO_TLS}
        return httpx.AsyncClient(base_url=self.url, headers=headers, **always, **options)


@dataclass
class Cast:
    """Keys of the people that every story is told with.  `users` belongs to `client`; `stranger` to nobody of them."""

    admin: str
    client: str
    user: str
    plus: str
    stranger: str


def chatgpt_accounts(fake: RehearsalServer) -> list[dict[str, Any]]:
    """The fake's accounts, as settings name them: two free ones and two with Plus."""
    where = {"base_url": fake.base_url, "login_url": fake.login_url, "auth_url": fake.auth_url}
    return [
        {
            "name": email.split("@")[0],
            "kind": "chatgpt",
            "plus": email in PLUS,
            "email": email,
            "password": "correct horse",
        }
        | where
        for email in (FREE[0], PLUS[0], FREE[1], PLUS[1])
    ]


@asynccontextmanager
async def faking(clock: Callable[[], float] = time.time) -> AsyncIterator[RehearsalServer]:
    accounts = [
        RehearsalAccount(
            email,
            "correct horse",
            plus=email in PLUS,
            encoding="delta" if email.endswith("a@example.org") else "messages",
        )
        for email in (*FREE, *PLUS)
    ]
    fake = RehearsalServer(accounts, clock=clock, pace=0)
    await fake.start()
    try:
        yield fake
    finally:
        await fake.stop()


@cache
def empty_record() -> bytes:
    """With all its tables.  Making them is a quarter of a server's start, so one record is made and copied."""
    with TemporaryDirectory() as folder:
        engine = engine_for("sqlite:///record.db", Path(folder))
        bring_up(engine, MIGRATIONS, time.time, migrate=True)
        engine.close()
        return (Path(folder) / "record.db").read_bytes()


@asynccontextmanager
async def serving(
    folder: Path,
    accounts: list[dict[str, Any]],
    *,
    fake: RehearsalServer | None = None,
    clock: Callable[[], float] = time.time,
    **settings: Any,
) -> AsyncIterator[Running]:
    """The product with these accounts and settings, on a free port; its record lies in `folder`."""
    file, record = folder / "settings.yaml", folder / "record.db"
    if "database" not in settings and not record.exists():
        record.touch(0o600)
        record.write_bytes(empty_record())
    nowhere = {"base_url": NOWHERE, "login_url": NOWHERE, "auth_url": NOWHERE}
    defaults = {
        "database": "sqlite:///record.db",
        "accounts": accounts,
        "own_accounts": nowhere,
        "timeouts": {"shutdown": 1},  # many a story ends with a reply that hangs
    }
    file.write_text(yaml.safe_dump(defaults | settings))
    loaded = load_settings(file)
    async with open_house(loaded, clock) as house:
        with bind("127.0.0.1", 0) as bound:
            server = ServerInLoop(server_config(house.asgi, loaded))
            task = asyncio.create_task(server.serve(sockets=[bound]))
            while not server.started:  # noqa: ASYNC110  uvicorn has nothing else to wait for
                await asyncio.sleep(0.005)
            try:
                yield Running(
                    f"http://127.0.0.1:{bound.getsockname()[1]}", house, fake, server.server_state.connections
                )
            finally:
                server.told_to_end.set()
                await task


class ServerInLoop(uvicorn.Server):
    """It ends when it is told to, by no signal: those are a process's own.  uvicorn's own looks for the end ten times a
    second and then gives open connections a tenth of a second to close, be there any or not."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.told_to_end = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def main_loop(self) -> None:
        await self.on_tick(0)
        await self.told_to_end.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for each in sockets or []:
            each.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        for _ in range(20):
            if not self.server_state.connections and not self.server_state.tasks:
                break
            await asyncio.sleep(0.005)


@pytest_asyncio.fixture
async def fake() -> AsyncIterator[RehearsalServer]:
    async with faking() as fake:
        yield fake


@pytest_asyncio.fixture
async def server(tmp_path: Path, fake: RehearsalServer) -> AsyncIterator[Running]:
    async with serving(tmp_path, chatgpt_accounts(fake), fake=fake) as running:
        yield running
    assert not fake.violations


@pytest_asyncio.fixture
async def cast(server: Running) -> Cast:
    admin, client = await server.key("ada", "admin"), await server.key("bot", "client")
    user = (await server.key_of(client, "uma", external_id="uma-7")).key
    plus = await server.key("pia", plus=True)
    return Cast(admin, client, user, plus, await server.key("sam"))
