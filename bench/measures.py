"""The lines of the table: what is taken from a run's rows, and what we want of the product."""

import statistics
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True)
class Measure:
    """A line of the table: the field `value` of a phase's row, times `factor`.

    `against`: divided by the median of that target.  `added`: less the median of `direct`.  `share`: divided by that
    field of the same row.  `least` and `most` are our goals by target; a goal of `least` is also met where the value is
    at least `or_share` of that of `floor`.  `whole`: the value is to be that of `share`, which stands beside it.
    """

    name: str
    phase: str
    value: str
    factor: float = 1
    against: str = ""
    added: bool = False
    share: str = ""
    least: dict[str, float] = field(default_factory=dict)
    most: dict[str, float] = field(default_factory=dict)
    whole: tuple[str, ...] = ()
    or_share: float = 0
    only_asked: bool = False  # shown only where it was measured


G, REST, GRAPHQL = "gateway", "gateway-rest", "gateway-graphql"
MEASURES = (
    Measure("requests/s, 64 at once", "sat", "rps"),
    Measure("... times floor", "sat", "rps", against="floor", least={G: 0.4, REST: 0.4, GRAPHQL: 0.25}),
    Measure("... times litellm", "sat", "rps", against="litellm", least={G: 15}),
    Measure("... times portkey", "sat", "rps", against="portkey", least={G: 2}),
    Measure("CPU per request, µs", "sat", "cpu_us_per_req"),
    Measure("added p50 at a fixed rate, ms", "lat", "lat_p50", 1e-3, added=True, only_asked=True),
    Measure("added p99 at a fixed rate, ms", "lat", "lat_p99", 1e-3, added=True, only_asked=True),
    Measure("added p50, 8 callers, ms", "c8", "lat_p50", 1e-3, added=True, only_asked=True),
    Measure("added p99, 8 callers, ms", "c8", "lat_p99", 1e-3, added=True, only_asked=True),
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

    def __init__(self, rows: list[Row]) -> None:
        self.rows = [row for row in rows if "target" in row]
        self.targets = list(dict.fromkeys(row["target"] for row in self.rows if row["phase"] != "left out"))

    def raw(self, target: str, phase: str, name: str) -> list[float]:
        return [r[name] for r in self.rows if (r["target"], r["phase"]) == (target, phase) and name in r]

    def values(self, m: Measure, target: str) -> list[float]:
        """One value per round; none where it was not measured, or what it is measured against was not."""
        values = self.raw(target, m.phase, m.value)
        if m.added:
            direct = self.raw("direct", m.phase, m.value)
            values = [v - statistics.median(direct) for v in values] if direct and target != "direct" else []
        if m.against:
            base = statistics.median(self.raw(m.against, m.phase, m.value) or [0])
            values = [v / base for v in values] if base else []
        elif m.share and not m.whole:
            values = [v / whole for v, whole in zip(values, self.raw(target, m.phase, m.share), strict=True) if whole]
        return [v * m.factor for v in values]

    def met(self, m: Measure, target: str) -> bool | None:
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
            floor = self.raw("floor", m.phase, m.value) if m.or_share else []
            return value >= m.least[target] or (bool(floor) and value >= m.or_share * statistics.median(floor))
        return None

    def cell(self, m: Measure, target: str) -> str:
        values = self.values(m, target)
        if not values:
            return "–"
        if m.whole:
            wholes = self.raw(target, m.phase, m.share)
            value, whole = min(zip(values, wholes, strict=True), key=lambda pair: pair[0] - pair[1])  # the worst round
            return f"{value:,.0f} of {whole:,.0f}"
        return shown(statistics.median(values))

    def figures(self, m: Measure) -> dict[str, dict[str, float]]:
        values = {target: self.values(m, target) for target in self.targets}
        return {
            target: {"median": statistics.median(v), "least": min(v), "most": max(v), "rounds": len(v)}
            for target, v in values.items()
            if v
        }


def shown(x: float) -> str:
    return f"{x:,.0f}" if abs(x) >= 100 else f"{x:.1f}" if abs(x) >= 10 else f"{x:.2f}"
