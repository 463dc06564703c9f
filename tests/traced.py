"""What a process asked the kernel for: where it connected, and which files of names it opened."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

CALLS: Final = "connect,sendto,sendmsg,sendmmsg,openat,open"
INTERNET: Final = re.compile(r'port=htons\((\d+)\).*?(?:inet_addr\(|AF_INET6, )"([^"]+)"')
NAMED: Final = re.compile(r'sun_path=@?"([^"]*)"')
OPENED: Final = re.compile(r'"(/etc/(?:hosts|resolv\.conf|nsswitch\.conf|host\.conf|gai\.conf))"')


@dataclass
class Trace:
    """`to` is each address and port of a connection or a datagram, and each path of a local socket, once per call."""

    to: list[str]
    names: list[str]


def tracer(file: Path) -> list[str]:
    """The command that traces what follows it.  The traced process is the child, and strace its child in turn."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is missing: apt-get install strace")
    if subprocess.run([strace, "-o", "/dev/null", "true"], check=False, capture_output=True).returncode:
        pytest.skip("strace may not trace here: allow ptrace")
    return [strace, "-D", "-f", "-s", "200", "--seccomp-bpf", "-e", f"trace={CALLS}", "-o", str(file)]


def trace_in(file: Path) -> Trace:
    trace = Trace([], [])
    for line in file.read_text("utf-8", "replace").splitlines():
        if address := INTERNET.search(line):
            trace.to.append(f"{address[2]}:{address[1]}")
        elif path := NAMED.search(line):
            trace.to.append(path[1])
        elif name := OPENED.search(line):
            trace.names.append(name[1])
    return trace
