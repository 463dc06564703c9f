#!/usr/bin/env python3
"""Measure LLM gateways against one mock upstream.  Python 3.11 or newer, standard library only; see README.md."""

import argparse
import contextlib
import http.client
import json
import os
import pathlib
import resource
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import tomllib

from phases import PHASES, PLAIN, SMALL, SMALL_WARM, UNASKED, WARM, Phase, argument
from table import machine, written

HERE = pathlib.Path(__file__).resolve().parent
WORK = pathlib.Path(os.environ.get("BENCH_WORK") or pathlib.Path(tempfile.gettempdir()) / "gateway-bench").resolve()
LOGS, TICK = WORK / "logs", os.sysconf("SC_CLK_TCK")
PROJECT = pathlib.Path(os.environ.get("PROJECT") or HERE.parent).resolve()
PEERS = {
    "{litellm}": os.environ.get("LITELLM") or str(PROJECT / ".litellm/bin/litellm"),
    "{portkey}": str(PROJECT / ".portkey/node_modules/@portkey-ai/gateway"),
}
UNWANTED = {"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}  # would slow a Python target's start down
CORES = sorted(os.sched_getaffinity(0))


def core(number):
    """The number-th of the cores that we may use; the last where there are not so many."""
    return str(CORES[min(number, len(CORES) - 1)])


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def targets():
    conf = tomllib.loads((HERE / "targets.toml").read_text())
    base = conf.pop("defaults")
    return {name: base | conf.get(t.get("like"), {}) | t | {"name": name} for name, t in conf.items()}


def filled(value, place):
    """The value of a target's table with its marks replaced."""
    if isinstance(value, str):
        for mark, meant in place.items():
            value = value.replace(mark, meant)
        return value
    if isinstance(value, dict):
        return {key: filled(each, place) for key, each in value.items()}
    return [filled(each, place) for each in value] if isinstance(value, list) else value


def placed(t):
    """The target on free ports of its own."""
    mock, port = free_port(), free_port()
    place = {"{here}": str(HERE), "{work}": str(WORK), "{project}": str(PROJECT), "{name}": t["name"]} | PEERS
    place |= {"{mock}": f"http://127.0.0.1:{mock}/v1", "{port}": str(port)}
    return filled(t, place) | {"mock": mock, "port": port if t["command"] else mock}


def members(session):
    """{pid: CPU seconds} of the processes of a session."""
    found = {}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError):
            field = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            if int(field[3]) == session and field[0] != "Z":
                found[int(pid)] = sum(map(int, field[11:15])) / TICK
    return found


def memory(session):
    """Proportional set size, MiB: pages that workers share are counted once."""
    total = 0
    for pid in members(session):
        with contextlib.suppress(OSError):
            total += int(pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().split("Pss:")[1].split()[0])
    return total / 1024


def busy():
    """CPU seconds that the whole machine has used."""
    user, nice, system, _, _, irq, soft, *_ = map(int, pathlib.Path("/proc/stat").read_text().split(maxsplit=9)[1:9])
    return (user + nice + system + irq + soft) / TICK


def quiet(patience, limit=0.15):
    """Wait until others use less than `limit` of a core: the machine may be shared."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        before = busy()
        time.sleep(0.5)
        if busy() - before < limit * 0.5:
            return


@contextlib.contextmanager
def running(name, command, number, env=None, cwd=None):
    """A child in a session of its own, pinned to a core; its output goes to logs/NAME.log."""
    with open(LOGS / f"{name}.log", "ab") as log:
        env = {k: v for k, v in os.environ.items() if k not in UNWANTED} | (env or {})
        child = subprocess.Popen(["taskset", "-c", core(number), "sh", "-c", f"exec {command}"], stdout=log, stderr=log,
                                 stdin=subprocess.DEVNULL, cwd=cwd, env=env, start_new_session=True)
    try:
        yield child.pid
    finally:
        end(child)


def end(child, patience=15):
    """SIGTERM once, for a second one ends some servers at once; what is still there after `patience` is killed."""
    killing = time.monotonic() + patience
    kill(child.pid, signal.SIGTERM)
    while child.poll() is None or members(child.pid):
        if time.monotonic() > killing:
            kill(child.pid, signal.SIGKILL)
        time.sleep(0.02)


def kill(session, how):
    for pid in members(session):
        with contextlib.suppress(OSError):
            os.kill(pid, how)


def compiled(small):
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

    def __init__(self, a):
        self.small, self.rounds, self.out = a.small, a.rounds, a.out
        self.tries = 1 if a.small else a.tries
        self.patience = 0 if a.small else a.patience
        self.asked = a.phases.split(",") if a.phases else []
        self.names = a.names or list(targets())
        self.program = compiled(a.small)
        self.files = raise_file_limit()
        self.failed = False

    def emit(self, row):
        line = json.dumps({"at": time.strftime("%H:%M:%S")} | row)
        print(line, flush=True)
        with open(self.out, "a") as f:
            f.write(line + "\n")

    def phases(self, t):
        return [p for p in self.asked or t["usual"] or PHASES if p not in t["skip"] and (p not in UNASKED or self.asked)]

    def go(self):
        self.out.write_text("")
        self.emit({"phase": "machine", "small": self.small, "rounds": self.rounds, "files": self.files} | machine(PROJECT, len(CORES)))
        for number in range(self.rounds):  # A B C A B C: what drifts, drifts for all
            for name in self.names:
                def emit(row):
                    self.emit({"round": number, "target": name} | row)
                t = placed(targets()[name])
                if t["needs"] and not pathlib.Path(t["needs"]).exists():
                    emit({"phase": "left out", "why": f"not installed: {t['install']}"})
                    continue
                try:
                    self.measure(t, emit)
                except (OSError, subprocess.SubprocessError, ValueError, sqlite3.Error) as e:  # one broken target must not end the run
                    self.failed = True
                    emit({"phase": "failed", "error": repr(e)})
        self.emit({"phase": "end", "load": os.getloadavg()[0]})

    def measure(self, t, emit):
        if t["before"]:  # each line that it prints is a header to send, its own key for example
            told = subprocess.run(t["before"], shell=True, check=True, cwd=t["cwd"], stdout=subprocess.PIPE, text=True).stdout
            t["headers"] = t["headers"] + [line for line in told.splitlines() if ": " in line]
        quiet(self.patience)
        answered = 1
        with contextlib.ExitStack() as stack:
            mock = stack.enter_context(running("mock", f"{self.program} mock {t['mock']}", t["client_cores"]))
            session = None  # nothing but the mock
            if t["command"]:
                session = stack.enter_context(running(*map(t.get, ("name", "command", "cores", "env", "cwd"))))
            cold = first_answer(t)
            if session:
                time.sleep(0 if self.small else 3)
                emit({"phase": "start", "cold": round(cold, 2), "mem_idle": round(memory(session), 1)})
            answered += self.load(t, SMALL_WARM if self.small else WARM, session, mock)["ok"]
            for name in self.phases(t):
                phase = (SMALL if self.small else PHASES)[name]
                needed = 2 * argument(phase.load, "-c") + 100  # a connection to the caller and one to the mock each
                if needed > self.files:
                    emit({"phase": "left out", "of": name, "why": f"{name} needs {needed:.0f} open files, ulimit -n is {self.files}"})
                    continue
                best = None
                for _ in range(self.tries):  # again, while other work on the machine disturbs
                    quiet(self.patience)
                    got = self.load(t, phase, session, mock)
                    answered += got["ok"]
                    best = min(best or got, got, key=lambda g: g["foreign"])
                    if best["foreign"] < 0.08:
                        break
                emit({"phase": name} | best)
        if t["record"]:
            emit({"phase": "record", "answered": answered, "kept": kept(t["record"])})

    def load(self, t, phase, session, mock):
        command = ["taskset", "-c", core(t["client_cores"]), self.program, "follow" if phase.follows else "load",
                   "--port", str(t["port"]), "--path", t["path"], "--body", body(t, phase), *phase.load.format(**t).split()]
        if phase.follows:
            command += ["--over", phase.kind, "--stream-path", t["stream_path"], "--then", t["follow"]]
        elif phase.kind != PLAIN:
            command += ["--sse"]
        for h in t["headers"]:
            command += ["-H", h]
        cpu = lambda s: sum(members(s).values()) if s else 0.0
        start, m, gw, all_ = time.monotonic(), cpu(mock), cpu(session), busy()
        client = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
        used, peak, polls = 0.0, 0.0, 0
        while client.poll() is None:
            used, polls = cpu(client.pid) or used, polls + 1
            if session and polls % 8 == (1 if self.small else 0):  # seldom: it holds the process up for a moment
                peak = max(peak, memory(session))
            time.sleep(0.02 if self.small else 0.25)
        if client.returncode:
            raise OSError(f"the load client ended with {client.returncode}")
        out, span = json.loads(client.stdout.read()), time.monotonic() - start
        m, gw, all_ = cpu(mock) - m, cpu(session) - gw, busy() - all_
        gap = argument(phase.load, "--gap")
        spent = {} if session is None else {
            "gateway_cores": round(gw / span, 3), "mem_peak": round(peak, 1),
            "cpu_us_per_req": round(gw / max(1, out["ok"] + out["bad"]) * 1e6, 1),
            "cpu_us_per_chunk": round(gw / max(1, out["chunks"]) * 1e6, 2)}
        return out | spent | {
            "asked": out["ok"] + out["bad"], "offered": argument(phase.load, "-c") / gap * 1000 if gap else 0,  # chunks/s
            "foreign": round(max(0.0, all_ - m - gw - used) / span, 3),
            "client_cores": round(used / span, 3), "mock_cores": round(m / span, 3)}


def raise_file_limit():
    """As many open files as we may have, for the children, too; 2,000 streams take 4,000 of the target."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = min(hard, 1 << 20) if hard != resource.RLIM_INFINITY else 1 << 20
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return max(soft, most)


def kept(record):
    """How many finished turns lie in the product's SQLite record; the server has ended."""
    with contextlib.closing(sqlite3.connect(f"file:{record}?mode=ro", uri=True)) as db:
        return db.execute("SELECT count(*) FROM turns WHERE state = 'finished'").fetchone()[0]


def body(t, phase):
    text = t["ask"] if phase.follows else t["body"]
    path = LOGS / "body.json"
    path.write_text(text.replace("{prompt}", f"Say something. [[{phase.mock}]]").replace("{stream}", json.dumps(phase.kind != PLAIN)))
    return path


def first_answer(t):
    """Seconds until a completion is answered with 200."""
    start, data = time.monotonic(), body(t, Phase("", "size=700")).read_bytes()
    head = dict(h.split(": ", 1) for h in t["headers"]) | {"content-type": "application/json"}
    while time.monotonic() - start < t["patience"]:
        with contextlib.suppress(OSError, http.client.HTTPException):
            c = http.client.HTTPConnection("127.0.0.1", t["port"], timeout=t["patience"])
            c.request("POST", t["path"], data, head)
            if c.getresponse().status == 200:
                return time.monotonic() - start
        time.sleep(0.01)
    raise TimeoutError(f"no 200 within {t['patience']} s, see {LOGS.name}/{t['name']}.log")


def serve(name, program):
    t = placed(targets()[name])
    with running("mock", f"{program} mock {t['mock']}", 0), running(t["name"], t["command"], t["cores"], t["env"], t["cwd"]) as s:
        print(f"first 200 after {first_answer(t):.2f} s, {memory(s):.0f} MiB, port {t['port']}; Ctrl-C ends it", flush=True)
        signal.pause()


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("do", choices=["bench", "table", "serve", "list"])
    p.add_argument("names", nargs="*", help="targets, see targets.toml")
    p.add_argument("--rounds", type=int, default=3)
    p.add_argument("--tries", type=int, default=3, help="how often a phase is tried while other work disturbs")
    p.add_argument("--patience", type=float, default=25, help="seconds to wait for a quiet machine before each phase")
    p.add_argument("--phases", help=f"of {','.join(PHASES)}; each target's usual ones if not given")
    p.add_argument("--small", action="store_true", help="a few requests of each phase: whether it works, not how fast")
    p.add_argument("--out", default=WORK / "results.jsonl", type=pathlib.Path, help="rows as they come; the table's figures go to .json beside it")
    a = p.parse_args()
    LOGS.mkdir(parents=True, exist_ok=True)
    os.sched_setaffinity(0, {CORES[0]})  # this process, too, stays off the core of the targets
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # so that children are ended, too
    if a.do == "list":
        print(*targets(), sep="\n")
    elif a.do == "serve":
        serve(a.names[0], compiled(a.small))
    else:
        run = None
        if a.do == "bench":
            run = Run(a)
            run.go()
        print(written(a.out))
        sys.exit(run is not None and run.failed)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main()
