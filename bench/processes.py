"""Processes of a measurement: each in a session of its own on a core of its own, what it uses, and how it ends."""

import contextlib
import os
import pathlib
import resource
import secrets
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from typing import Final

TICK: Final = os.sysconf("SC_CLK_TCK")
CORES: Final = sorted(os.sched_getaffinity(0))
UNWANTED: Final = {"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}  # would slow a Python target's start down
ENDING: Final = 15.0  # seconds until a process that does not end is killed


def core(number: int) -> str:
    """The number-th of the cores that we may use; the last where there are not so many."""
    return str(CORES[min(number, len(CORES) - 1)])


def free_port() -> int:
    """A port below those that the system gives to connections, which would take it before the target listens."""
    limit = max(int(pathlib.Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0]), 20_000)
    for _ in range(100):
        port = 10_000 + secrets.randbelow(limit - 10_000)
        with socket.socket() as s, contextlib.suppress(OSError):
            s.bind(("127.0.0.1", port))
            return port
    raise OSError("there is no free port")


def raise_file_limit() -> int:
    """As many open files as we may have, for the children, too; 2,000 streams take 4,000 of the target."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = 1 << 20 if hard == resource.RLIM_INFINITY else min(hard, 1 << 20)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return max(soft, most)


def members(session: int) -> dict[int, float]:
    """{pid: CPU seconds} of the processes of a session."""
    found = {}
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            field = (process / "stat").read_text().rpartition(")")[2].split()
            if int(field[3]) == session and field[0] != "Z":
                found[int(process.name)] = sum(map(int, field[11:15])) / TICK
    return found


def cpu(session: int | None) -> float:
    """CPU seconds of a session; 0 for none."""
    return sum(members(session).values()) if session else 0.0


def memory(session: int) -> float:
    """Proportional set size, MiB: pages that workers share are counted once."""
    total = 0
    for pid in members(session):
        with contextlib.suppress(OSError):
            total += int(pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().split("Pss:")[1].split()[0])
    return total / 1024


def busy() -> float:
    """CPU seconds that the whole machine has used."""
    user, nice, system, _, _, irq, soft, *_ = map(int, pathlib.Path("/proc/stat").read_text().split(maxsplit=9)[1:9])
    return (user + nice + system + irq + soft) / TICK


def quiet(patience: float, limit: float = 0.15) -> None:
    """Wait until others use less than `limit` of a core: the machine may be shared."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        before = busy()
        time.sleep(0.5)
        if busy() - before < limit * 0.5:
            return


@contextlib.contextmanager
def running(
    command: str, on_core: int, log: pathlib.Path, env: Mapping[str, str], cwd: str | None = None
) -> Iterator[int]:
    """A child in a session of its own, the number of which is given; its output goes to `log`."""
    environ = {k: v for k, v in os.environ.items() if k not in UNWANTED} | dict(env)
    pinned = ["taskset", "-c", core(on_core), "sh", "-c", f"exec {command}"]
    with log.open("ab") as told:
        child = subprocess.Popen(
            pinned, stdout=told, stderr=told, stdin=subprocess.DEVNULL, cwd=cwd, env=environ, start_new_session=True
        )
    try:
        yield child.pid
    finally:
        end(child)


def end(child: subprocess.Popen[bytes]) -> None:
    """SIGTERM once, for a second one ends some servers at once; what is still there after `ENDING` is killed."""
    killing = time.monotonic() + ENDING
    kill(child.pid, signal.SIGTERM)
    while child.poll() is None or members(child.pid):
        if time.monotonic() > killing:
            kill(child.pid, signal.SIGKILL)
        time.sleep(0.02)


def kill(session: int, how: signal.Signals) -> None:
    for pid in members(session):
        with contextlib.suppress(OSError):
            os.kill(pid, how)
