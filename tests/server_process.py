"""The server as a process of its own: what it holds in memory and whom it connects to are then its alone."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import yaml

from backend.console import issue_key_at_console
from backend.settings import load_settings
from tests.laws.source import ROOT

SERVE = ("-m", "backend", "serve", "--port", "0", "--settings")


@dataclass
class ServerProcess:
    """`key` is that of a user with the Plus right.  `printed` is all that it wrote, once it has ended, if it was asked
    to be kept."""

    url: str
    key: str
    process: asyncio.subprocess.Process
    printed: bytes = b""

    def client(self, **options: Any) -> httpx.AsyncClient:
        headers = {"Authorization": f"Bearer {self.key}"}
        return httpx.AsyncClient(base_url=self.url, headers=headers, trust_env=False, timeout=60, **options)

    def most_memory(self) -> int:
        """The most that it ever held, in bytes."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) * 1024


@asynccontextmanager
async def server_process(
    folder: Path,
    accounts: list[dict[str, Any]],
    *,
    under: Sequence[str] = (),
    serve: Sequence[str] = SERVE,
    keep_log: bool = False,
    **settings: Any,
) -> AsyncIterator[ServerProcess]:
    """`under` is a program to run it under, `serve` what Python is told, behind which the settings' file comes."""
    file = folder / "settings.yaml"
    file.write_text(yaml.safe_dump({"database": "sqlite:///record.db", "accounts": accounts} | settings))
    key = await asyncio.to_thread(issue_key_at_console, load_settings(file), "user", "uma", True)
    command = [*under, sys.executable, *serve, str(file)]
    log = asyncio.subprocess.PIPE if keep_log else None
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=log)
    running: ServerProcess | None = None
    try:
        assert process.stdout is not None
        async with asyncio.timeout(60):
            line = (await process.stdout.readline()).decode()
        assert line.startswith("Serving on "), line
        running = ServerProcess(line.removeprefix("Serving on ").strip(), key, process)
        yield running
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(60):
            out, err = await process.communicate()
        if running is not None:
            running.printed = line.encode() + out + (err or b"")
