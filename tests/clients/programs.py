"""Programs that others wrote, in an environment of their own: `make .clients/.installed`."""

import asyncio
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.laws.source import ROOT

PATIENCE = 120.0  # seconds, for a busy machine


@dataclass
class Ran:
    code: int
    said: str


def program(name: str) -> Path:
    """A program of the environment; without it the test is skipped."""
    found = ROOT / ".clients" / ("Scripts" if sys.platform == "win32" else "bin") / name
    if not found.exists():
        pytest.skip(f"{name} of other people's clients is missing: make .clients/.installed")
    return found


async def run(name: str, *arguments: str, folder: Path, env: Mapping[str, str] | None = None) -> Ran:
    """Run it to its end, with `folder` for its home.  What it says on either stream comes back together."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "NO_PROXY": "127.0.0.1", **(env or {})}
    process = await asyncio.create_subprocess_exec(
        str(program(name)),
        *arguments,
        cwd=folder,
        env=environment,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        async with asyncio.timeout(PATIENCE):
            said, _ = await process.communicate()
    except BaseException:
        if process.returncode is None:
            process.kill()
        await process.wait()
        raise
    return Ran(process.returncode or 0, said.decode())
