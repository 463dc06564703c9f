"""What is measured: the load client's arguments, the mock's options and the kind of answer of each phase.

A small run asks little of each phase, to see that it works; its figures mean nothing.
"""

from typing import NamedTuple

PLAIN, STREAM, BY_SSE, BY_WS = "plain", "stream", "sse", "ws"


class Phase(NamedTuple):
    """`load` are arguments of `bench load` or `bench follow`; `mock` stands in the prompt, where the mock reads it."""

    load: str
    mock: str
    kind: str = PLAIN

    @property
    def follows(self) -> bool:
        return self.kind in (BY_SSE, BY_WS)


PHASES = {
    "sat": Phase("-c 64 -d 6", "size=700"),  # requests/s at saturation
    "sse": Phase("-c 32 -d 6 --gap 20 --expect 50", "n=50 ttft=200 gap=20", STREAM),  # time to the first text
    "flood": Phase("-c 64 -d 6 --gap 2 --expect 200", "n=200 gap=2", STREAM),  # 32,000 chunks/s on offer
    "burst": Phase("-c 32 -d 5 --expect 200", "n=200 gap=0", STREAM),  # whole answers at once
    # 10,000 chunks/s each: 500 streams of 20 a second, and 2,000 of 5
    "slow": Phase("-c 500 -n 500 -r 250 -d 3 --gap 50 --expect 100", "n=100 ttft=100 gap=50", STREAM),
    "slow2000": Phase("-c 2000 -n 2000 -r 400 -d 6 --gap 200 --expect 50", "n=50 ttft=100 gap=200", STREAM),
    "follow-sse": Phase("-c 256 -d 8 --gap 20 --expect 32", "n=32 ttft=200 gap=20", BY_SSE),  # 50 chunks/s each
    "follow-ws": Phase("-c 256 -d 8 --gap 20 --expect 32", "n=32 ttft=200 gap=20", BY_WS),
    # Only when they are asked for: no target of ours is about them.
    "lat": Phase("-c 16 -d 8 -r {rate}", "size=700"),  # latency at a fixed, moderate arrival rate
    "c8": Phase("-c 8 -d 5", "size=700"),  # latency with 8 callers in a closed loop
}
UNASKED = ("lat", "c8")
WARM = Phase("-c 8 -d 2", "size=700")
SMALL = {
    "sat": Phase("-c 4 -n 8 -d 5", "size=700"),
    "sse": Phase("-c 2 -n 2 -d 5 --gap 5 --expect 4", "n=4 ttft=10 gap=5", STREAM),
    "flood": Phase("-c 2 -n 2 -d 5 --gap 2 --expect 8", "n=8 gap=2", STREAM),
    "burst": Phase("-c 2 -n 2 -d 5 --expect 8", "n=8 gap=0", STREAM),
    "slow": Phase("-c 4 -n 4 -r 100 -d 5 --gap 10 --expect 4", "n=4 ttft=10 gap=10", STREAM),
    "slow2000": Phase("-c 8 -n 8 -r 100 -d 5 --gap 10 --expect 4", "n=4 ttft=10 gap=10", STREAM),
    "follow-sse": Phase("-c 3 -n 3 -d 5 --gap 5 --expect 6", "n=6 ttft=10 gap=5", BY_SSE),
    "follow-ws": Phase("-c 3 -n 3 -d 5 --gap 5 --expect 6", "n=6 ttft=10 gap=5", BY_WS),
    "lat": Phase("-c 2 -n 2 -d 5 -r 20", "size=700"),
    "c8": Phase("-c 2 -n 2 -d 5", "size=700"),
}
SMALL_WARM = Phase("-c 1 -n 1 -d 5", "size=700")


def argument(load: str, name: str) -> float:
    """The number behind `name` in the load client's arguments; 0 where it is not there."""
    words = load.split()
    return float(words[words.index(name) + 1]) if name in words else 0.0
