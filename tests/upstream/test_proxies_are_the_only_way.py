import asyncio
import shutil
import socket
from collections.abc import AsyncGenerator
from contextlib import aclosing, asynccontextmanager

import pytest

from backend import errors
from backend.upstream.account_tokens import AccountTokens
from backend.upstream.chatgpt import ChatGPT
from backend.upstream.connections import Timeouts
from backend.upstream.openai_compatible import OpenAICompatible
from backend.upstream.protocol import Ask, Done
from backend.upstream.rehearsal import RehearsalServer
from backend.upstream.sign_in import SignIn
from tests.upstream.scripted_server import Reply, scripted

ANSWER = b'data: {"choices":[{"delta":{"content":"a"}}]}\n\ndata: [DONE]\n\n'


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@asynccontextmanager
async def microsocks(*options: str) -> AsyncGenerator[int, None]:
    program, port = shutil.which("microsocks"), free_port()
    if program is None:
        pytest.skip("microsocks is missing: apt-get install microsocks")
    process = await asyncio.create_subprocess_exec(
        program, "-i", "127.0.0.1", "-p", str(port), *options, stderr=asyncio.subprocess.PIPE
    )
    try:
        async with asyncio.timeout(5):
            while True:
                try:
                    _, writer = await asyncio.open_connection("127.0.0.1", port)
                except ConnectionRefusedError:
                    await asyncio.sleep(0.01)
                else:
                    writer.close()
                    break
        yield port
    finally:
        process.terminate()
        await process.communicate()


@asynccontextmanager
async def listening_proxy(target: int | None) -> AsyncGenerator[tuple[int, list[bytes]], None]:
    """A SOCKS5 proxy that notes the names it is asked for and sends all to `target`; without one it says nothing."""
    asked: list[bytes] = []
    serving: set[asyncio.Task[None] | None] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serving.add(asyncio.current_task())
        if target is None:
            await reader.read()
            writer.close()
            return
        await reader.readexactly((await reader.readexactly(2))[1])
        writer.write(b"\x05\x00")
        kind = (await reader.readexactly(4))[3]
        asked.append(await reader.readexactly((await reader.readexactly(1))[0]) if kind == 3 else b"an address")
        await reader.readexactly(2)
        writer.write(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
        from_target, to_target = await asyncio.open_connection("127.0.0.1", target)
        await asyncio.gather(pump(reader, to_target), pump(from_target, writer))

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1], asked
    # Its own end of each connection ends after the client's.
    await asyncio.wait([task for task in serving if task is not None], timeout=5)
    server.close()
    await server.wait_closed()


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(1 << 16):
        writer.write(data)
    writer.close()


async def ends(upstream: OpenAICompatible | ChatGPT) -> Done:
    try:
        async with aclosing(upstream.answer(Ask("Hi", "2c9d4f6e-6f3d-4b7e-9d5a-0a2f6f0d7a11"))) as events:
            end = [event async for event in events][-1]
    finally:
        await upstream.close()
    assert isinstance(end, Done)
    return end


def lab(url: str, proxy: str, connect: float = 5.0) -> OpenAICompatible:
    return OpenAICompatible("lab", url, "m", proxy=proxy, timeouts=Timeouts(connect=connect))


@pytest.mark.parametrize("scheme", ["socks5", "socks5h"])
async def test_a_prompt_goes_through_the_proxy_with_its_login(scheme: str) -> None:
    async with microsocks("-u", "me", "-P", "p@ss") as port, scripted(Reply([ANSWER])) as server:
        await ends(lab(server.url, f"{scheme}://me:p%40ss@127.0.0.1:{port}"))
        assert len(server.requests) == 1


async def test_a_chatgpt_account_does_everything_through_its_proxy(rehearsal: RehearsalServer) -> None:
    async with microsocks() as port:
        proxy = f"socks5://127.0.0.1:{port}"
        sign_in = SignIn(rehearsal.login_url, rehearsal.auth_url, proxy)
        tokens = AccountTokens(sign_in, email="delta@example.org", password="delta password", clock=lambda: 0.0)
        upstream = ChatGPT("plus", tokens, rehearsal.base_url, proxy=proxy)
        end = await ends(upstream)
        assert await upstream.title(end.conversation_id, end.reply_id, "", "")
        await upstream.close()
    assert rehearsal.violations == []
    before = len(rehearsal.requests)
    again = ChatGPT("plus", tokens, rehearsal.base_url, proxy=proxy)
    with pytest.raises(errors.ProxyUnreachable):
        await ends(again)
    with pytest.raises(errors.ProxyUnreachable):
        await sign_in.with_password("delta@example.org", "delta password")
    with pytest.raises(errors.ProxyUnreachable):
        await sign_in.with_refresh_token("first")
    assert len(rehearsal.requests) == before


@pytest.mark.parametrize("scheme", ["socks5", "socks5h"])
async def test_names_are_resolved_at_the_proxy(scheme: str) -> None:
    async with scripted(Reply([ANSWER])) as server, listening_proxy(server.port) as (port, asked):
        await ends(lab("http://upstream.invalid", f"{scheme}://127.0.0.1:{port}"))
        assert asked == [b"upstream.invalid"]


async def test_a_sign_in_resolves_its_names_at_the_proxy(rehearsal: RehearsalServer) -> None:
    async with listening_proxy(int(rehearsal.origin.rpartition(":")[2])) as (port, asked):
        with pytest.raises(errors.ProductError):
            await SignIn("http://login.invalid", "http://auth.invalid", f"socks5://127.0.0.1:{port}").with_password(
                "a", "b"
            )
        assert set(asked) == {b"login.invalid"}


@pytest.mark.parametrize("variable", ["ALL_PROXY", "HTTP_PROXY", "http_proxy", "all_proxy"])
async def test_proxies_of_the_environment_have_no_effect(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.setenv(variable, f"http://127.0.0.1:{free_port()}")
    async with scripted(Reply([ANSWER])) as server:
        upstream = OpenAICompatible("lab", server.url, "m")
        await ends(upstream)


@pytest.mark.parametrize(
    "proxy", ["socks5://127.0.0.1:{free}", "http://127.0.0.1:{free}", "ftp://x:secret@y", "socks5://"]
)
async def test_a_proxy_that_is_down_is_never_gone_around(proxy: str) -> None:
    async with scripted(Reply([ANSWER])) as server:
        with pytest.raises(errors.ProxyUnreachable) as caught:
            await ends(lab(server.url, proxy.format(free=free_port())))
        assert "secret" not in str(caught.value)
        assert (server.requests, server.connections) == ([], 0)


async def test_a_proxy_that_refuses_the_login_is_told_as_such() -> None:
    async with microsocks("-u", "me", "-P", "right") as port, scripted(Reply([ANSWER])) as server:
        for login in ("me:wrong@", ""):
            with pytest.raises(errors.ProxyUnreachable):
                await ends(lab(server.url, f"socks5://{login}127.0.0.1:{port}"))
        assert server.connections == 0


async def test_a_proxy_that_hangs_is_given_up() -> None:
    async with scripted(Reply([ANSWER])) as server, listening_proxy(None) as (port, _):
        with pytest.raises(errors.ProxyUnreachable):
            await ends(lab(server.url, f"socks5://127.0.0.1:{port}", connect=0.2))
        timeouts = Timeouts(connect=0.2)
        with pytest.raises(errors.ProxyUnreachable):
            await SignIn(server.url, server.url, f"socks5://127.0.0.1:{port}", timeouts).with_password("a", "b")
        assert server.connections == 0


async def test_an_upstream_that_the_proxy_cannot_reach_is_not_blamed_on_the_proxy() -> None:
    async with microsocks() as port:
        with pytest.raises(errors.UpstreamUnreachable):
            await ends(lab(f"http://127.0.0.1:{free_port()}", f"socks5://127.0.0.1:{port}"))
