#!/usr/bin/env python3
"""Measure LLM gateways against one mock upstream.  Python 3.11 or newer, standard library only; see README.md."""

import argparse
import contextlib
import http.client
import json
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

from phases import PHASES, PLAIN, SMALL, SMALL_WARM, WARM, Phase, argument
from processes import CORES, busy, core, cpu, members, memory, quiet, raise_file_limit, running
from table import machine, written
from targets import HERE, PROJECT, Target, tables, target

WORK = pathlib.Path(os.environ.get("BENCH_WORK") or pathlib.Path(tempfile.gettempdir()) / "gateway-bench").resolve()
LOGS = WORK / "logs"
FAILURES = (OSError, subprocess.SubprocessError, ValueError, sqlite3.Error)
Emit = Callable[[dict[str, Any]], None]


def compiled(*, small: bool) -> pathlib.Path:
    """The mock and the load client; not optimized for a small run, which has not the time."""
    rustc = shutil.which("rustc") or sys.exit("The load client needs rustc: apt-get install -y rustc")
    program = WORK / ("bench-small" if small else "bench")
    newest = max(source.stat().st_mtime for source in HERE.glob("*.rs"))
    if not program.exists() or program.stat().st_mtime < newest:
        options = [] if small else ["-C", "opt-level=3", "-C", "target-cpu=native"]
        subprocess.run([rustc, *options, "-o", program, HERE / "bench.rs"], check=True)
    return program


class Run:
    """One run: how much is asked of each phase, and where its rows go."""

    def __init__(self, a: argparse.Namespace) -> None:
        self.small, self.rounds, self.out = a.small, a.rounds, a.out
        self.tries = 1 if a.small else a.tries
        self.patience = 0 if a.small else a.patience
        self.asked = a.phases.split(",") if a.phases else []
        self.names = a.names or list(tables())
        self.program = compiled(small=a.small)
        self.files = raise_file_limit()
        self.failed = False

    def emit(self, row: dict[str, Any]) -> None:
        line = json.dumps({"at": time.strftime("%H:%M:%S")} | row)
        print(line, flush=True)
        with self.out.open("a", encoding="utf-8") as rows:
            rows.write(line + "\n")

    def go(self) -> None:
        self.out.write_text("", "utf-8")
        about = {"phase": "machine", "small": self.small, "rounds": self.rounds, "files": self.files}
        self.emit(about | machine(PROJECT, len(CORES)))
        for number in range(self.rounds):  # A B C A B C: what drifts, drifts for all
            for name in self.names:
                self.visit(number, name)
        self.emit({"phase": "end", "load": os.getloadavg()[0]})

    def visit(self, number: int, name: str) -> None:
        def emit(row: dict[str, Any]) -> None:
            self.emit({"round": number, "target": name} | row)

        t = target(name, WORK)
        if t.needs and not pathlib.Path(t.needs).exists():
            emit({"phase": "left out", "why": f"not installed: {t.install}"})
            return
        try:
            self.measure(t, emit)
        except FAILURES as e:  # one broken target must not end the run
            self.failed = True
            emit({"phase": "failed", "error": repr(e)})

    def measure(self, t: Target, emit: Emit) -> None:
        prepare(t)
        quiet(self.patience)
        answered = 1
        with contextlib.ExitStack() as stack:
            session = None  # nothing but the mock
            mock = stack.enter_context(mocking(self.program, t))
            if t.command:
                session = stack.enter_context(running(t.command, t.cores, LOGS / f"{t.name}.log", t.env, t.cwd))
            cold = first_answer(t, session)
            if session:
                time.sleep(0 if self.small else 3)
                emit({"phase": "start", "cold": round(cold, 2), "mem_idle": round(memory(session), 1)})
            answered += self.load(t, SMALL_WARM if self.small else WARM, session, mock)["ok"]
            for name in t.phases(self.asked):
                phase = (SMALL if self.small else PHASES)[name]
                needed = 2 * argument(phase.load, "-c") + 100  # a connection to the caller and one to the mock each
                if needed > self.files:
                    why = f"{name} needs {needed:.0f} open files, ulimit -Hn is {self.files}"
                    emit({"phase": "left out", "of": name, "why": why})
                    continue
                tries: list[dict[str, Any]] = []
                while len(tries) < self.tries and all(each["foreign"] >= 0.08 for each in tries):
                    quiet(self.patience)  # again, while other work on the machine disturbs
                    tries.append(self.load(t, phase, session, mock))
                answered += sum(each["ok"] for each in tries)
                emit({"phase": name} | min(tries, key=lambda each: float(each["foreign"])))
        if t.record:
            emit({"phase": "record", "answered": answered, "kept": kept(t.record)})

    def load(self, t: Target, phase: Phase, session: int | None, mock: int) -> dict[str, Any]:
        """What the load client tells, and what each process used meanwhile."""
        start, mock_cpu, own_cpu, all_cpu = time.monotonic(), cpu(mock), cpu(session), busy()
        client = subprocess.Popen(self.client(t, phase), stdout=subprocess.PIPE, text=True, start_new_session=True)
        used, peak, polls = 0.0, 0.0, 0
        while client.poll() is None:
            used, polls = cpu(client.pid) or used, polls + 1
            if session and polls % 8 == int(self.small):  # seldom: it holds the process up for a moment
                peak = max(peak, memory(session))
            with contextlib.suppress(subprocess.TimeoutExpired):
                client.wait(0.25)
        if client.returncode or not client.stdout:
            raise OSError(f"the load client ended with {client.returncode}")
        out: dict[str, Any] = json.loads(client.stdout.read())
        span = time.monotonic() - start
        mock_cpu, own_cpu, all_cpu = cpu(mock) - mock_cpu, cpu(session) - own_cpu, busy() - all_cpu
        asked, gap = out["ok"] + out["bad"], argument(phase.load, "--gap")
        spent = {
            "gateway_cores": round(own_cpu / span, 3),
            "mem_peak": round(peak, 1),
            "cpu_us_per_req": round(own_cpu / max(1, asked) * 1e6, 1),
            "cpu_us_per_chunk": round(own_cpu / max(1, out["chunks"]) * 1e6, 2),
        }
        others = {
            "asked": asked,
            "offered": argument(phase.load, "-c") / gap * 1000 if gap else 0,  # chunks/s
            "foreign": round(max(0.0, all_cpu - mock_cpu - own_cpu - used) / span, 3),
            "client_cores": round(used / span, 3),
            "mock_cores": round(mock_cpu / span, 3),
        }
        return out | (spent if session else {}) | others

    def client(self, t: Target, phase: Phase) -> list[str]:
        """The load client's command."""
        request = LOGS / "body.json"
        request.write_text(t.request(phase), "utf-8")
        command = ["taskset", "-c", core(t.client_cores), str(self.program), "follow" if phase.follows else "load"]
        command += ["--port", str(t.port), "--path", t.path, "--body", str(request)]
        command += phase.load.format(rate=t.rate).split()
        if phase.follows:
            command += ["--over", phase.kind, "--stream-path", t.stream_path, "--then", t.follow]
        elif phase.kind != PLAIN:
            command += ["--sse"]
        return [*command, *(word for header in t.headers for word in ("-H", header))]


def prepare(t: Target) -> None:
    """Run what comes before the target; each line that it prints is a header to send, its own key for example."""
    if t.before:
        told = subprocess.run(["sh", "-c", t.before], check=True, cwd=t.cwd, stdout=subprocess.PIPE, text=True)
        t.headers += [line for line in told.stdout.splitlines() if ": " in line]


def mocking(program: pathlib.Path, t: Target) -> contextlib.AbstractContextManager[int]:
    return running(f"{program} mock {t.mock}", t.client_cores, LOGS / "mock.log", {})


def kept(record: str) -> int:
    """How many finished turns lie in the product's SQLite record; the server has ended."""
    with contextlib.closing(sqlite3.connect(f"file:{record}?mode=ro", uri=True)) as db:
        return int(db.execute("SELECT count(*) FROM turns WHERE state = 'finished'").fetchone()[0])


def first_answer(t: Target, session: int | None) -> float:
    """Seconds until a completion is answered with 200; an error where the target's session ends before it."""
    start, polls, data = time.monotonic(), 0, t.request(Phase("", "size=700")).encode()
    head = dict(h.split(": ", 1) for h in t.headers) | {"content-type": "application/json"}
    while time.monotonic() - start < t.patience:
        with contextlib.suppress(OSError, http.client.HTTPException):
            c = http.client.HTTPConnection("127.0.0.1", t.port, timeout=t.patience)
            c.request("POST", t.path, data, head)
            if c.getresponse().status == 200:
                return time.monotonic() - start
        time.sleep(0.01)
        polls += 1
        if session and polls % 50 == 0 and not members(session):
            raise ChildProcessError(f"it ended before it answered, see {LOGS.name}/{t.name}.log")
    raise TimeoutError(f"no 200 within {t.patience} s, see {LOGS.name}/{t.name}.log")


def serve(name: str) -> None:
    """A target beside the mock, until it is interrupted."""
    t = target(name, WORK)
    prepare(t)
    print(*t.headers, sep="\n")
    with mocking(compiled(small=False), t), running(t.command, t.cores, LOGS / f"{name}.log", t.env, t.cwd) as session:
        first = first_answer(t, session)
        print(f"first 200 after {first:.2f} s, {memory(session):.0f} MiB, port {t.port}; Ctrl-C ends it", flush=True)
        signal.pause()


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("do", choices=["bench", "table", "serve", "list"])
    p.add_argument("names", nargs="*", help="targets, see targets.toml; all if none is given")
    p.add_argument("--rounds", type=int, default=3)
    p.add_argument("--tries", type=int, default=3, help="how often a phase is tried while other work disturbs")
    p.add_argument("--patience", type=float, default=25, help="seconds to wait for a quiet machine before each phase")
    p.add_argument("--phases", help=f"of {','.join(PHASES)}; each target's usual ones if not given")
    p.add_argument("--small", action="store_true", help="a few requests of each phase: whether it works, not how fast")
    out = p.add_argument("--out", default=WORK / "results.jsonl", type=pathlib.Path)
    out.help = "where the rows go as they come; the table's figures go to .json beside it"
    a = p.parse_args()
    unknown = [*(set(a.names) - set(tables())), *(set(filter(None, (a.phases or "").split(","))) - set(PHASES))]
    if unknown:
        p.error(f"there is no target and no phase called {', '.join(unknown)}")
    LOGS.mkdir(parents=True, exist_ok=True)
    os.sched_setaffinity(0, {CORES[0]})  # this process, too, stays off the core of the targets
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # so that children are ended, too
    if a.do == "list":
        print(*tables(), sep="\n")
    elif a.do == "serve":
        serve(a.names[0])
    else:
        run = Run(a) if a.do == "bench" else None
        if run:
            run.go()
        print(written(a.out))
        sys.exit(run is not None and run.failed)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main()
