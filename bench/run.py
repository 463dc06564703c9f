#!/usr/bin/env python3
"""Measure LLM gateways against one mock upstream.  Python 3.11 or newer, standard library only; see README.md."""
import argparse
import contextlib
import http.client
import json
import os
import pathlib
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib

HERE = pathlib.Path(__file__).resolve().parent
WORK = pathlib.Path(os.environ.get("BENCH_WORK") or pathlib.Path(tempfile.gettempdir()) / "gateway-bench")
BENCH, LOGS, TICK = WORK / "bench", WORK / "logs", os.sysconf("SC_CLK_TCK")
PROJECT = pathlib.Path(os.environ.get("PROJECT") or HERE.parent)
UNWANTED = {"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}  # would slow a Python target's start down
PHASES = {  # name: (arguments of `bench load`, options for the mock, streamed?)
    "sat": ("-c 64 -d 6", "size=700", False),  # requests/s at saturation
    "lat": ("-c 16 -d 8 -r {rate}", "size=700", False),  # latency at a fixed, moderate arrival rate
    "c8": ("-c 8 -d 5", "size=700", False),  # latency with 8 callers in a closed loop
    "sse": ("-c 32 -d 6 --gap 20 --expect 50", "n=50 ttft=200 gap=20", True),  # time to first token
    "flood": ("-c 64 -d 6 --gap 2 --expect 200", "n=200 gap=2", True),  # chunks/s, 32,000/s on offer
    "burst": ("-c 32 -d 5 --expect 200", "n=200 gap=0", True),  # chunks/s, whole answers at once
    "slow": ("-c 500 -n 500 -r 250 -d 3 --gap 50 --expect 100", "n=100 ttft=100 gap=50", True),  # 500 streams
}
COLUMNS = (  # title (+: less the median of `direct`), phase, field, factor
    ("req/s c64", "sat", "rps", 1), ("CPU µs/req", "sat", "cpu_us_per_req", 1), ("bad", "sat", "bad", 1),
    ("+p50 ms rate", "lat", "lat_p50", 1e-3), ("+p99 ms rate", "lat", "lat_p99", 1e-3),
    ("+p50 ms c8", "c8", "lat_p50", 1e-3), ("+p99 ms c8", "c8", "lat_p99", 1e-3),
    ("+TTFT p50 ms", "sse", "ttft_p50", 1e-3), ("+TTFT p99 ms", "sse", "ttft_p99", 1e-3),
    ("flood chunks/s", "flood", "chunks_s", 1), ("CPU µs/chunk", "flood", "cpu_us_per_chunk", 1),
    ("burst chunks/s", "burst", "chunks_s", 1), ("500: complete", "slow", "ok", 1), ("cores", "slow", "gateway_cores", 1),
    ("jitter p99 ms", "slow", "jitter_p99", 1e-3), ("chunk delay p99 ms", "slow", "hop_p99", 1e-3),
    ("MiB at 500", "slow", "mem_peak", 1), ("MiB idle", "start", "mem_idle", 1), ("cold s", "start", "cold", 1))


def targets():
    conf = tomllib.loads((HERE / "targets.toml").read_text())
    base = conf.pop("defaults")
    place = {"{here}": str(HERE), "{work}": str(WORK), "{project}": str(PROJECT)}
    return {name: filled(base | conf.get(t.get("like"), {}) | t | {"name": name}, place) for name, t in conf.items()}


def filled(table, place):
    for key in ("command", "before", "cwd"):
        for mark, value in place.items():
            table[key] = table[key].replace(mark, value)
    return table


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


def machine():
    user, nice, system, _, _, irq, soft, *_ = map(int, pathlib.Path("/proc/stat").read_text().split(maxsplit=9)[1:9])
    return (user + nice + system + irq + soft) / TICK


def quiet(limit=0.15, patience=25):
    """Wait until others use less than `limit` of a core: the machine may be shared."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        before = machine()
        time.sleep(0.5)
        if machine() - before < limit * 0.5:
            return


@contextlib.contextmanager
def running(name, command, cores, env=None, cwd=None):
    """A child in a session of its own, pinned to `cores`; its output goes to logs/NAME.log."""
    with open(LOGS / f"{name}.log", "ab") as log:
        env = {k: v for k, v in os.environ.items() if k not in UNWANTED} | (env or {})
        child = subprocess.Popen(["taskset", "-c", cores, "sh", "-c", f"exec {command}"], stdout=log, stderr=log,
                                 stdin=subprocess.DEVNULL, cwd=cwd, env=env, start_new_session=True)
    try:
        yield child.pid
    finally:
        for sig in [signal.SIGTERM] * 80 + [signal.SIGKILL] * 20:
            for pid in members(child.pid):
                with contextlib.suppress(OSError):
                    os.kill(pid, sig)
            if child.poll() is not None and not members(child.pid):
                break
            time.sleep(0.1)


def body(t, options, sse):
    path = LOGS / "body.json"
    path.write_text(t["body"].replace("{prompt}", f"Say something. [[{options}]]").replace("{stream}", json.dumps(sse)))
    return path


def first_answer(t):
    """Seconds until a completion is answered with 200."""
    start, data = time.monotonic(), body(t, "size=700", False).read_bytes()
    head = dict(h.split(": ", 1) for h in t["headers"]) | {"content-type": "application/json"}
    while time.monotonic() - start < t["patience"]:
        with contextlib.suppress(OSError, http.client.HTTPException):
            c = http.client.HTTPConnection("127.0.0.1", t["port"], timeout=t["patience"])
            c.request("POST", t["path"], data, head)
            if c.getresponse().status == 200:
                return time.monotonic() - start
        time.sleep(0.01)
    raise TimeoutError(f"no 200 within {t['patience']} s, see logs/{t['name']}.log")


def load(t, args, options, sse, session, mock):
    command = ["taskset", "-c", t["client_cores"], BENCH, "load", "--port", str(t["port"]), "--path", t["path"],
               "--body", body(t, options, sse), *args.format(**t).split(), *["--sse"] * sse]
    for h in t["headers"]:
        command += ["-H", h]
    cpu = lambda s: sum(members(s).values()) if s else 0.0
    start, m, gw, all_ = time.monotonic(), cpu(mock), cpu(session), machine()
    client = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    used, peak, polls = 0.0, 0.0, 0
    while client.poll() is None:
        used, polls = cpu(client.pid) or used, polls + 1
        if session and polls % 8 == 0:  # seldom: it holds the process up for a moment
            peak = max(peak, memory(session))
        time.sleep(0.25)
    out, span = json.loads(client.stdout.read()), time.monotonic() - start
    m, gw, all_ = cpu(mock) - m, cpu(session) - gw, machine() - all_
    return out | {
        "foreign": round(max(0.0, all_ - m - gw - used) / span, 3), "gateway_cores": round(gw / span, 3),
        "client_cores": round(used / span, 3), "mock_cores": round(m / span, 3), "mem_peak": round(peak, 1),
        "cpu_us_per_req": round(gw / max(1, out["ok"] + out["bad"]) * 1e6, 1),
        "cpu_us_per_chunk": round(gw / max(1, out["chunks"]) * 1e6, 2)}


def measure(t, phases, tries, emit):
    if t["before"]:  # each line that it prints is a header to send, its own key for example
        told = subprocess.run(t["before"], shell=True, check=True, cwd=t["cwd"], stdout=subprocess.PIPE, text=True).stdout
        t["headers"] = t["headers"] + [line for line in told.splitlines() if ": " in line]
    quiet()
    with contextlib.ExitStack() as stack:
        mock = stack.enter_context(running("mock", f"{BENCH} mock 9000", t["client_cores"]))
        session = t["command"] and stack.enter_context(running(*map(t.get, ("name", "command", "cores", "env", "cwd"))))
        cold = first_answer(t)
        time.sleep(3)
        if session:
            emit({"phase": "start", "cold": round(cold, 2), "mem_idle": round(memory(session), 1)})
        load(t, "-c 8 -d 2", "size=700", False, session, mock)  # warm up
        for phase in phases:
            if phase in t["skip"]:
                continue
            best = None
            for _ in range(tries):  # again, while other work on the machine disturbs
                quiet()
                got = load(t, *PHASES[phase], session, mock)
                best = min(best or got, got, key=lambda g: g["foreign"])
                if best["foreign"] < 0.08:
                    break
            emit({"phase": phase} | best)


def table(rows):
    names = list(dict.fromkeys(r["target"] for r in rows))
    get = lambda n, phase, key: [r[key] for r in rows if (r["target"], r["phase"]) == (n, phase) and key in r]
    show = lambda x: f"{x:,.0f}" if abs(x) >= 100 else f"{x:.1f}" if abs(x) >= 10 else f"{x:.2f}"
    print("| target | " + " | ".join(c[0] for c in COLUMNS) + " |\n" + "|---" * (len(COLUMNS) + 1) + "|")
    for name in names:
        cells = []
        for title, phase, key, factor in COLUMNS:
            base = statistics.median(get("direct", phase, key) or [0]) if title[0] == "+" and name != "direct" else 0
            v = [(x - base) * factor for x in get(name, phase, key)]
            cells.append(f"{show(statistics.median(v))} ({show(min(v))}..{show(max(v))})" if v else "–")
        print(f"| {name} | " + " | ".join(cells) + " |")


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("do", choices=["bench", "table", "serve", "list"])
    p.add_argument("names", nargs="*", help="targets, see targets.toml")
    p.add_argument("--rounds", type=int, default=3)
    p.add_argument("--tries", type=int, default=3)
    p.add_argument("--phases", default=",".join(PHASES))
    p.add_argument("--out", default=WORK / "results.jsonl", type=pathlib.Path)
    a = p.parse_args()
    LOGS.mkdir(parents=True, exist_ok=True)
    os.sched_setaffinity(0, {0})  # this process, too, stays off the core of the targets
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # so that children are ended, too
    if not BENCH.exists() or BENCH.stat().st_mtime < (HERE / "bench.rs").stat().st_mtime:
        subprocess.run(["rustc", "-C", "opt-level=3", "-C", "target-cpu=native", "-o", BENCH, HERE / "bench.rs"], check=True)
    if a.do == "list":
        print(*targets(), sep="\n")
    elif a.do == "table":
        table([r for r in map(json.loads, a.out.read_text().splitlines()) if not a.names or r["target"] in a.names])
    elif a.do == "serve":
        t = targets()[a.names[0]]
        with running("mock", f"{BENCH} mock 9000", "0"), running(t["name"], t["command"], t["cores"], t["env"], t["cwd"]) as s:
            print(f"first 200 after {first_answer(t):.2f} s, {memory(s):.0f} MiB, port {t['port']}; Ctrl-C ends it", flush=True)
            signal.pause()
    else:
        for r in range(a.rounds):  # A B C A B C: what drifts, drifts for all
            for name in a.names or targets():
                def emit(row):
                    line = json.dumps({"round": r, "at": time.strftime("%H:%M:%S"), "target": name} | row)
                    print(line, flush=True)
                    with open(a.out, "a") as f:
                        f.write(line + "\n")
                try:
                    measure(targets()[name], a.phases.split(","), a.tries, emit)
                except (OSError, subprocess.SubprocessError, ValueError) as e:  # one broken target must not end the run
                    emit({"phase": "failed", "error": repr(e)})


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main()
