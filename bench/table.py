"""One table of what was measured: a line per measure, a column per target, and beside them what we want of the product."""

import json
import os
import pathlib
import platform
import statistics
import subprocess
import time
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Measure:
    """A line of the table: a field of a phase's row, times `factor`.

    `against`: divided by the median of that target.  `added`: less the median of `direct`.  `share`: divided by that
    field of the same row.  `least` and `most` are our goals by target; a goal of `least` is also met where the value is
    at least `or_share` of that of `floor`.  `whole`: the value is to be that of `share`, which stands beside it.
    """

    name: str
    phase: str
    field: str
    factor: float = 1
    against: str = ""
    added: bool = False
    share: str = ""
    least: dict[str, float] = field(default_factory=dict)
    most: dict[str, float] = field(default_factory=dict)
    whole: tuple[str, ...] = ()
    or_share: float = 0
    goalless: bool = False  # shown only where it was measured


G, REST, GRAPHQL = "gateway", "gateway-rest", "gateway-graphql"
MEASURES = (
    Measure("requests/s, 64 at once", "sat", "rps"),
    Measure("... times floor", "sat", "rps", against="floor", least={G: 0.4, REST: 0.4, GRAPHQL: 0.25}),
    Measure("... times litellm", "sat", "rps", against="litellm", least={G: 15}),
    Measure("... times portkey", "sat", "rps", against="portkey", least={G: 2}),
    Measure("CPU per request, µs", "sat", "cpu_us_per_req"),
    Measure("added p50 at a fixed rate, ms", "lat", "lat_p50", 1e-3, added=True, goalless=True),
    Measure("added p99 at a fixed rate, ms", "lat", "lat_p99", 1e-3, added=True, goalless=True),
    Measure("added p50, 8 callers, ms", "c8", "lat_p50", 1e-3, added=True, goalless=True),
    Measure("added p99, 8 callers, ms", "c8", "lat_p99", 1e-3, added=True, goalless=True),
    Measure("first text, 32 streams: added p50, ms", "sse", "ttft_p50", 1e-3, added=True, most={G: 3}),
    Measure("first text, 32 streams: added p99, ms", "sse", "ttft_p99", 1e-3, added=True, most={G: 15}),
    Measure("burst, chunks/s", "burst", "chunks_s", least={G: 50_000}, or_share=0.25),
    Measure("... times floor", "burst", "chunks_s", against="floor"),
    Measure("flood, share of 32,000 chunks/s", "flood", "chunks_s", share="offered", least={G: 0.9}),
    Measure("500 slow streams: whole", "slow", "ok", share="asked", whole=(G,)),
    Measure("500 slow streams: gap jitter p99, ms", "slow", "jitter_p99", 1e-3, most={G: 10}),
    Measure("500 slow streams: MiB", "slow", "mem_peak", most={G: 120}),
    Measure("2,000 slow streams: whole", "slow2000", "ok", share="asked", whole=(G,)),
    Measure("2,000 slow streams: MiB", "slow2000", "mem_peak", most={G: 300}),
    Measure("256 followers by SSE: whole", "follow-sse", "ok", share="asked", whole=(GRAPHQL,)),
    Measure("256 followers by SSE: CPU per reply, ms", "follow-sse", "cpu_us_per_req", 1e-3, most={GRAPHQL: 3}),
    Measure("256 followers by SSE: behind p99, ms", "follow-sse", "hop_p99", 1e-3),
    Measure("256 followers by SSE: furthest behind, ms", "follow-sse", "hop_max", 1e-3, most={GRAPHQL: 100}),
    Measure("256 followers by WebSocket: whole", "follow-ws", "ok", share="asked", whole=(GRAPHQL,)),
    Measure("256 followers by WebSocket: CPU per reply, ms", "follow-ws", "cpu_us_per_req", 1e-3, most={GRAPHQL: 3}),
    Measure("256 followers by WebSocket: behind p99, ms", "follow-ws", "hop_p99", 1e-3),
    Measure("256 followers by WebSocket: furthest behind, ms", "follow-ws", "hop_max", 1e-3, most={GRAPHQL: 100}),
    Measure("idle, MiB", "start", "mem_idle", most={G: 80}),
    Measure("second start to first answer, s", "start", "cold", most={G: 1.5}),
    Measure("prompts kept, of those answered", "record", "kept", share="answered", whole=(G, REST, GRAPHQL)),
)


class Figures:
    """The rows of one run."""

    def __init__(self, rows):
        self.rows = [row for row in rows if "target" in row]
        self.targets = list(dict.fromkeys(row["target"] for row in self.rows if row["phase"] != "left out"))

    def raw(self, target, phase, name):
        return [r[name] for r in self.rows if (r["target"], r["phase"]) == (target, phase) and name in r]

    def values(self, m, target):
        """One value per round; none where it was not measured, or what it is measured against was not."""
        values = self.raw(target, m.phase, m.field)
        if m.added:
            base = self.raw("direct", m.phase, m.field)
            values = [v - statistics.median(base) for v in values] if base and target != "direct" else []
        if m.against:
            base = statistics.median(self.raw(m.against, m.phase, m.field) or [0])
            values = [v / base for v in values] if base else []
        elif m.share and not m.whole:
            values = [v / whole for v, whole in zip(values, self.raw(target, m.phase, m.share), strict=True) if whole]
        return [v * m.factor for v in values]

    def met(self, m, target):
        """Whether our goal for the target is met; None where there is none, or nothing was measured."""
        values = self.values(m, target)
        if not values:
            return None
        if target in m.whole:
            return all(v >= whole for v, whole in zip(values, self.raw(target, m.phase, m.share), strict=True))
        value = statistics.median(values)
        if target in m.most:
            return value <= m.most[target]
        if target in m.least:
            floor = self.raw("floor", m.phase, m.field) if m.or_share else []
            return value >= m.least[target] or (bool(floor) and value >= m.or_share * statistics.median(floor))
        return None

    def cell(self, m, target):
        values = self.values(m, target)
        if not values:
            return "–"
        if m.whole:
            wholes = self.raw(target, m.phase, m.share)
            value, whole = min(zip(values, wholes, strict=True), key=lambda pair: pair[0] - pair[1])  # the worst round
            return f"{value:,.0f} of {whole:,.0f}"
        return shown(statistics.median(values))

    def figures(self, m):
        values = {target: self.values(m, target) for target in self.targets}
        return {
            target: {"median": statistics.median(v), "least": min(v), "most": max(v), "rounds": len(v)}
            for target, v in values.items()
            if v
        }


def shown(x):
    return f"{x:,.0f}" if abs(x) >= 100 else f"{x:.1f}" if abs(x) >= 10 else f"{x:.2f}"


def goal_of(m):
    """What we want, as it stands in the table."""
    if m.whole:
        return "all"
    goals, sign = (m.least, "at least") if m.least else (m.most, "at most")
    numbers = [f"{number:,g}" for number in goals.values()]
    text = f"{sign} {' / '.join(numbers)}" if numbers else ""
    return text + (f", or {m.or_share:g} of floor" if m.or_share else "")


def verdict(figures, m):
    """Met or not met, by target where several have a goal."""
    wanted = [*m.least, *m.most, *m.whole]
    words = {True: "met", False: "not met", None: "not measured"}
    there = [target for target in wanted if target in figures.targets] or wanted
    said = {target: words[figures.met(m, target)] for target in there}
    if len(set(said.values())) == 1:
        return next(iter(said.values()))
    return ", ".join(f"{target}: {word}" for target, word in said.items())


def machine(project, cores):
    """What the figures were measured on, and when."""
    cpu = next((line for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")), "")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    told = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=project, capture_output=True, text=True, check=False)
    return {
        "date": time.strftime("%Y-%m-%d %H:%M"),
        "cpu": cpu.partition(":")[2].strip() or platform.machine(),
        "cores": cores,
        "memory_gib": round(memory, 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "commit": told.stdout.strip() or None,
        "load": os.getloadavg()[0],
    }


def written(rows_file):
    """The table of a run's rows, as text; its figures are also written to the .json beside them."""
    rows = [json.loads(line) for line in rows_file.read_text().splitlines()]
    figures = Figures(rows)
    about = next(row for row in rows if row["phase"] == "machine")
    after = next((row["load"] for row in rows if row["phase"] == "end"), None)
    foreign = [row["foreign"] for row in figures.rows if "foreign" in row]
    left_out = list(dict.fromkeys(f"{row['target']} left out ({row['why']})" for row in rows if row["phase"] == "left out"))
    failed = list(dict.fromkeys(f"{row['target']} failed: {row['error']}" for row in rows if row["phase"] == "failed"))
    broken = [
        f"{row['target']}, {row['phase']}: {row['bad']} of {row['asked']} were not answered whole, by status {row['codes']}"
        for row in figures.rows
        if row.get("bad")
    ]
    measures = [m for m in MEASURES if not m.goalless or figures.figures(m)]
    told = {
        "machine": about | {"load_after": after, "others_cores": max(foreign, default=None)},
        "left_out": left_out,
        "failed": failed,
        "broken": broken,
        "measures": [
            {
                "name": m.name,
                "phase": m.phase,
                "goal": goal_of(m),
                "values": figures.figures(m),
                "met": {target: figures.met(m, target) for target in (*m.least, *m.most, *m.whole)},
            }
            for m in measures
        ],
    }
    rows_file.with_suffix(".json").write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    head = ["", *figures.targets, "target", ""]
    judged = (lambda m: "not judged") if about["small"] else lambda m: verdict(figures, m)
    lines = [[m.name, *(figures.cell(m, t) for t in figures.targets), goal_of(m), judged(m) if goal_of(m) else ""] for m in measures]
    small = ["A small run: it shows that the harness works; its figures mean nothing."] if about["small"] else []
    return "\n".join([*small, *laid_out([head, *lines]), "", *described(about, after, foreign), *left_out, *failed, *broken])


def laid_out(lines):
    """Markdown that is also a table on a terminal: figures to the right, words to the left."""
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    words = {0, len(widths) - 2, len(widths) - 1}
    text = [
        "| " + " | ".join(c.ljust(w) if i in words else c.rjust(w) for i, (c, w) in enumerate(zip(line, widths, strict=True))) + " |"
        for line in lines
    ]
    rule = "|" + "|".join("-" * (w + 2) if i in words else "-" * (w + 1) + ":" for i, w in enumerate(widths)) + "|"
    return [text[0], rule, *text[1:]]


def described(about, after, foreign):
    ended = "" if after is None else f", {after:.1f} at the end"
    others = f"; other work took up to {max(foreign):.2f} cores, {statistics.median(foreign):.2f} in the middle" if foreign else ""
    return [
        f"{about['date']}, {about['commit'] or 'no commit'}, medians of {about['rounds']} round{'s'[: about['rounds'] != 1]}.",
        f"{about['cpu']}, {about['cores']} cores, {about['memory_gib']} GiB, {about['system']}, Python {about['python']}, "
        f"{about['files']:,} open files.  Load {about['load']:.1f} at the beginning{ended}{others}.",
    ]
