"""A thousand prompts while the proxies come and go: the server's process connects to nothing but its proxies.

The witness is the kernel: every connection, datagram and look-up of a name that the process asks for is traced.
"""

import asyncio
import itertools
import signal
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

from backend.upstream.rehearsal import RehearsalAccount, RehearsalServer
from tests.hurried_server import SPEED
from tests.proxies import EXIT, Microsocks, free_port
from tests.server_process import ServerProcess, server_process
from tests.traced import trace_in, tracer

PROMPTS: Final = 1000
HURRIED: Final = ("-m", "tests.hurried_server")
LOGIN: Final = ("-u", "pool", "-P", "s3cret")
OTHER_LOGIN: Final = ("-u", "pool", "-P", "changed")
NAME: Final = "chat.upstream.invalid"  # which nobody can resolve but the proxy that is told
BY_ADDRESS: Final = tuple(f"address-{n}@example.org" for n in range(6))
BY_NAME: Final = tuple(f"name-{n}@example.org" for n in range(2))
PASSWORD: Final = "correct horse"
UP, DOWN, STUCK = 0.7, 0.3, 0.6  # seconds
TIMEOUTS: Final = {"connect": 0.4, "first_byte": 1.0, "between_reads": 1.0}


@dataclass
class NamingProxy:
    """A SOCKS5 proxy that sends every name to `target`, and notes it."""

    port: int
    target: int
    asked: Counter[bytes] = field(default_factory=Counter)
    server: asyncio.Server | None = None
    serving: set[asyncio.Task[Any]] = field(default_factory=set)

    async def start(self) -> None:
        self.server = await asyncio.start_server(self.serve, "127.0.0.1", self.port)

    async def stop(self) -> None:
        if self.server is not None:
            # CPython 3.11 drops a connection that it took a moment before its server is closed, and leaves it open.
            for listening in self.server.sockets:
                asyncio.get_running_loop().remove_reader(listening.fileno())
            await asyncio.sleep(0)
            self.server.close()
            for task in self.serving:
                task.cancel()
            await asyncio.gather(*self.serving, return_exceptions=True)
            await self.server.wait_closed()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self.serving.add(task)
        to_target: asyncio.StreamWriter | None = None
        try:
            await reader.readexactly((await reader.readexactly(2))[1])
            writer.write(b"\x05\x00")
            kind = (await reader.readexactly(4))[3]
            self.asked[await reader.readexactly((await reader.readexactly(1))[0]) if kind == 3 else b"an address"] += 1
            await reader.readexactly(2)
            writer.write(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
            from_target, to_target = await asyncio.open_connection("127.0.0.1", self.target)
            await asyncio.gather(pump(reader, to_target), pump(from_target, writer))
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # whoever is cut off notices
        finally:
            self.serving.discard(task)
            for end in (writer, to_target):
                if end is not None:
                    end.transport.abort()


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(1 << 16):
        writer.write(data)
    writer.close()


@asynccontextmanager
async def far_end() -> AsyncIterator[RehearsalServer]:
    accounts = [RehearsalAccount(email, PASSWORD) for email in (*BY_ADDRESS, *BY_NAME)]
    fake = RehearsalServer(accounts, pace=0, token_lifetime=3600 * SPEED)
    await fake.start()
    try:
        yield fake
    finally:
        await fake.stop()


def accounts_of(fake: RehearsalServer, proxy: int, naming: int) -> list[dict[str, Any]]:
    """Six sign in by password through microsocks; two have a token, and a far end that only their proxy can find."""
    by_address = {"base_url": fake.base_url, "login_url": fake.login_url, "auth_url": fake.auth_url}
    named = fake.base_url.replace("127.0.0.1", NAME)
    found = [
        {"email": email, "password": PASSWORD, "proxy": f"socks5h://pool:s3cret@127.0.0.1:{proxy}"} | by_address
        for email in BY_ADDRESS
    ]
    found += [
        {"access_token": fake.issue_token(email), "base_url": named, "proxy": f"{scheme}://127.0.0.1:{naming}"}
        for email, scheme in zip(BY_NAME, ("socks5", "socks5h"), strict=True)
    ]
    return [{"name": f"account {n}", "kind": "chatgpt"} | account for n, account in enumerate(found)]


async def come_and_go(proxy: Microsocks, naming: NamingProxy) -> None:
    """Down, stuck, and with another login, in turn; in between all is well."""
    for how in itertools.cycle(("down", "stuck", "refusing")):
        await asyncio.sleep(UP)
        if how == "stuck":
            assert proxy.process is not None
            proxy.process.send_signal(signal.SIGSTOP)
            await asyncio.sleep(STUCK)
            proxy.process.send_signal(signal.SIGCONT)
            continue
        await proxy.stop()
        await naming.stop()
        if how == "refusing":
            await proxy.start(*OTHER_LOGIN)
        await asyncio.sleep(DOWN)
        await proxy.stop()
        await proxy.start(*LOGIN)
        await naming.start()


async def ask(http: httpx.AsyncClient) -> str:
    """The code of the error, or that the reply is whole."""
    answer = (await http.post("/api/chat", json={"prompt": "Hello", "plus": "any"})).json()
    return str(answer.get("code", "whole"))


async def ask_until_enough(server: ServerProcess, enough: int) -> Counter[str]:
    """How the prompts ended that an account was asked for; a pool that rests is let rest."""
    ends: Counter[str] = Counter()

    async def one_person() -> None:
        while ends.total() < enough:
            end = await ask(http)
            if end == "no_account_available":
                await asyncio.sleep(0.02)
            else:
                ends[end] += 1

    async with server.client() as http:
        await asyncio.gather(*(one_person() for _ in range(8)))
    return ends


@pytest.mark.long
async def test_nothing_leaves_but_through_the_proxies(tmp_path: Path) -> None:
    traced = tmp_path / "trace"
    async with far_end() as fake:
        proxy = Microsocks(free_port())
        naming = NamingProxy(free_port(), int(fake.origin.rpartition(":")[2]))
        await proxy.start(*LOGIN)
        await naming.start()
        accounts = accounts_of(fake, proxy.port, naming.port)
        under = tracer(traced)
        try:
            async with (
                server_process(tmp_path, accounts, under=under, serve=HURRIED, timeouts=TIMEOUTS) as server,
                asyncio.timeout(240),
            ):
                weather = asyncio.create_task(come_and_go(proxy, naming))
                ends = await ask_until_enough(server, PROMPTS)
                weather.cancel()
                await asyncio.wait([weather])
                assert weather.cancelled()
        finally:
            await proxy.stop()
            await naming.stop()
        trace, ways = trace_in(traced), {(request.account, request.peer_host) for request in fake.requests}
    assert ends.total() >= PROMPTS
    assert ends["whole"] >= PROMPTS // 2, ends
    assert ends["proxy_unreachable"] >= PROMPTS // 50, ends
    assert set(trace.to) == {f"127.0.0.1:{proxy.port}", f"127.0.0.1:{naming.port}"}
    assert (trace.names, set(naming.asked)) == ([], {NAME.encode()})
    assert {way for email, way in ways if email in (None, *BY_ADDRESS)} == {EXIT}


async def test_a_direct_connection_and_a_name_looked_up_would_be_seen(tmp_path: Path) -> None:
    traced = tmp_path / "trace"
    async with far_end() as fake:
        there = fake.base_url.replace("127.0.0.1", "localhost")
        token = fake.issue_token(BY_NAME[0])
        accounts = [{"name": "direct", "kind": "chatgpt", "base_url": there, "access_token": token}]
        async with server_process(tmp_path, accounts, under=tracer(traced), serve=HURRIED) as server:
            assert set(await ask_until_enough(server, 1)) == {"whole"}
        trace = trace_in(traced)
    assert fake.origin.removeprefix("http://") in trace.to
    assert "/etc/hosts" in trace.names
