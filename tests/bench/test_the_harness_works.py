"""A small run of the load harness asks every phase for a few answers: that it works, nothing about how fast."""

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.laws.source import ROOT

TARGETS = ("direct", "gateway", "gateway-graphql", "litellm")
STREAMS = ("sse", "flood", "burst", "slow", "slow2000")
CELL = re.compile(r"–|-?[\d,]+(\.\d+)?|[\d,]+ of [\d,]+")
ROWS = """\
requests/s, 64 at once
... times floor
... times litellm
... times portkey
CPU per request, µs
first text, 32 streams: added p50, ms
first text, 32 streams: added p99, ms
burst, chunks/s
... times floor
flood, share of 32,000 chunks/s
500 slow streams: whole
500 slow streams: gap jitter p99, ms
500 slow streams: MiB
2,000 slow streams: whole
2,000 slow streams: MiB
256 followers by SSE: whole
256 followers by SSE: CPU per reply, ms
256 followers by SSE: behind p99, ms
256 followers by SSE: furthest behind, ms
256 followers by WebSocket: whole
256 followers by WebSocket: CPU per reply, ms
256 followers by WebSocket: behind p99, ms
256 followers by WebSocket: furthest behind, ms
idle, MiB
second start to first answer, s
prompts kept, of those answered
""".splitlines()


def harness(work: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environ = os.environ | {"BENCH_WORK": str(work), "LITELLM": str(work / "not-there")}
    command = [sys.executable, str(ROOT / "bench" / "run.py"), *arguments]
    with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        try:
            told, complaints = running.communicate(timeout=240)
        except subprocess.TimeoutExpired:
            running.send_signal(signal.SIGINT)  # it ends the servers that it started
            raise
    return subprocess.CompletedProcess(command, running.returncode, told, complaints)


def lines_of(table: str) -> list[list[str]]:
    return [
        [cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if line.startswith("| ")
    ]


def finished_prompts(record: Path) -> list[str]:
    with closing(sqlite3.connect(f"file:{record}?mode=ro", uri=True)) as db:
        return [prompt for (prompt,) in db.execute("SELECT prompt FROM turns WHERE state = 'finished'")]


@pytest.mark.long
@pytest.mark.skipif(shutil.which("rustc") is None, reason="no rustc, of which the load client is made")
def test_a_small_run_measures_every_row_and_the_record_holds_what_was_asked(tmp_path: Path) -> None:
    ended = harness(tmp_path, "bench", *TARGETS, "--rounds", "1", "--small")
    assert ended.returncode == 0, ended.stdout + ended.stderr

    head, *lines = lines_of(ended.stdout)
    assert head == ["", "direct", "gateway", "gateway-graphql", "target", ""]
    assert [line[0] for line in lines] == ROWS
    assert [cell for line in lines for cell in line[1:4] if not CELL.fullmatch(cell)] == []
    unmeasured = {line[0] for line in lines if line[2] == line[3] == "–"}
    assert unmeasured == {"... times floor", "... times litellm", "... times portkey"}
    assert "litellm left out (not installed: make peers)" in ended.stdout

    rows = [json.loads(line) for line in (tmp_path / "results.jsonl").read_text("utf-8").splitlines()]
    asked: dict[tuple[str, str], dict[str, Any]] = {
        (row["target"], row["phase"]): row for row in rows if "asked" in row
    }
    assert {phase for target, phase in asked if target == "gateway"} == {"sat", *STREAMS}
    assert {phase for target, phase in asked if target == "gateway-graphql"} == {"sat", "follow-sse", "follow-ws"}
    assert [key for key, row in asked.items() if row["bad"] or row["ok"] != row["asked"] or not row["ok"]] == []
    for target in ("gateway", "gateway-graphql"):
        kept = finished_prompts(tmp_path / f"{target}.db")
        streamed = [prompt for prompt in kept if "[[n=" in prompt]
        assert len(streamed) == sum(
            row["ok"] for (name, phase), row in asked.items() if name == target and phase != "sat"
        )
        # The plain ones besides: the first answer, and one to warm up.
        assert len(kept) - len(streamed) == asked[target, "sat"]["ok"] + 2

    figures = json.loads((tmp_path / "results.json").read_text("utf-8"))
    assert [measure["name"] for measure in figures["measures"]] == ROWS
    assert {"date", "cpu", "cores", "load", "load_after", "files"} <= figures["machine"].keys()


def test_the_table_tells_medians_ratios_and_what_is_met(tmp_path: Path) -> None:
    def row(target: str, phase: str, **fields: float) -> dict[str, object]:
        return {"target": target, "phase": phase, "foreign": 0.0} | fields

    machine = {
        "date": "2026-11-24 03:00",
        "cpu": "a",
        "cores": 2,
        "memory_gib": 8.0,
        "system": "Linux",
        "python": "3.11",
    }
    rows: list[dict[str, object]] = [
        {"phase": "machine", "small": False, "rounds": 3, "files": 1024, "commit": None, "load": 0.1} | machine
    ]
    for floor, gateway, first, own, kept in (
        (1000, 300, 4000, 6000, 9),
        (2000, 500, 5000, 7500, 10),
        (900, 800, 6000, 9500, 10),
    ):
        rows += [
            row("direct", "sse", ttft_p50=first, ttft_p99=first),
            row("floor", "sat", rps=floor),
            row("floor", "burst", chunks_s=100_000),
            row("gateway", "sat", rps=gateway),
            row("gateway", "sse", ttft_p50=own, ttft_p99=own + 20_000),
            row("gateway", "burst", chunks_s=30_000),
            row("gateway", "slow", ok=500, bad=0, asked=500, jitter_p99=11_000, mem_peak=100),
            row("gateway", "record", answered=10, kept=kept),
        ]
    rows.append({"target": "portkey", "phase": "left out", "why": "not installed: make peers"})
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    ended = harness(tmp_path, "table", "--out", str(tmp_path / "rows.jsonl"))
    assert ended.returncode == 0, ended.stderr

    told = {line[0]: line[1:] for line in reversed(lines_of(ended.stdout))}  # of two with one name, the first
    assert told["requests/s, 64 at once"] == ["–", "1,000", "500", "", ""]
    assert told["... times floor"] == ["–", "1.00", "0.50", "at least 0.4 / 0.4 / 0.25", "met"]
    assert told["... times portkey"] == ["–", "–", "–", "at least 2", "not measured"]
    assert told["first text, 32 streams: added p50, ms"] == ["–", "–", "2.50", "at most 3", "met"]
    assert told["first text, 32 streams: added p99, ms"] == ["–", "–", "22.5", "at most 15", "not met"]
    assert told["burst, chunks/s"] == ["–", "100,000", "30,000", "at least 50,000, or 0.25 of floor", "met"]
    assert told["500 slow streams: whole"] == ["–", "–", "500 of 500", "all", "met"]
    assert told["500 slow streams: gap jitter p99, ms"] == ["–", "–", "11.0", "at most 10", "not met"]
    assert told["prompts kept, of those answered"] == ["–", "–", "9 of 10", "all", "not met"]
    assert "portkey left out (not installed: make peers)" in ended.stdout
