"""`python -m backend rehearse`: the rehearsal upstream as a server of its own."""

import asyncio
import signal
from collections.abc import Generator
from contextlib import contextmanager, suppress
from typing import Final

from backend.upstream.rehearsal.server import RehearsalServer

SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)


async def rehearse(port: int) -> None:
    """Serve until SIGINT or SIGTERM.  Port 0 takes a free one; what it became is printed."""
    server = RehearsalServer()
    with _interrupts() as interrupted:
        await server.start(port)
        try:
            print(greeting(server), flush=True)
            await interrupted.wait()
        finally:
            await server.stop()


@contextmanager
def _interrupts() -> Generator[asyncio.Event, None, None]:
    """An event that a signal to end sets.  Where the platform cannot do that an interrupt cancels the task instead."""
    interrupted, loop = asyncio.Event(), asyncio.get_running_loop()
    with suppress(NotImplementedError):
        for sign in SIGNALS:
            loop.add_signal_handler(sign, interrupted.set)
    try:
        yield interrupted
    finally:
        with suppress(NotImplementedError):
            for sign in SIGNALS:
                loop.remove_signal_handler(sign)


def greeting(server: RehearsalServer) -> str:
    account = server.accounts[0]
    return f"""The rehearsal upstream answers at {server.login_url}. No model stands behind it.

base_url   {server.base_url}
login_url  {server.login_url}
auth_url   {server.auth_url}
email      {account.email}
password   {account.password}

For settings.yaml:

accounts:
  - name: rehearsal-upstream
    kind: chatgpt
    base_url: {server.base_url}
    login_url: {server.login_url}
    auth_url: {server.auth_url}
    email: {account.email}
    password: {account.password}
database: sqlite:///record.db

Stop it with Ctrl+C."""
