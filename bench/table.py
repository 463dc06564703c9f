"""One table of what was measured: a line per measure, a column per target, and beside them what we want of ours."""

import json
import os
import pathlib
import platform
import statistics
import subprocess
import time

from measures import MEASURES, Figures, Measure, Row


def goal_of(m: Measure) -> str:
    """What we want, as it stands in the table; empty where we want nothing."""
    if m.whole:
        return "all"
    goals, sign = (m.least, "at least") if m.least else (m.most, "at most")
    numbers = [f"{number:,g}" for number in goals.values()]
    text = f"{sign} {' / '.join(numbers)}" if numbers else ""
    return text + (f", or {m.or_share:g} of floor" if m.or_share else "")


def verdict(figures: Figures, m: Measure) -> str:
    """Met or not met, by target where they differ."""
    wanted = [*m.least, *m.most, *m.whole]
    words = {True: "met", False: "not met", None: "not measured"}
    there = [target for target in wanted if target in figures.targets] or wanted
    said = {target: words[figures.met(m, target)] for target in there}
    if len(set(said.values())) == 1:
        return next(iter(said.values()))
    return ", ".join(f"{target}: {word}" for target, word in said.items())


def machine(project: pathlib.Path, cores: int) -> Row:
    """What the figures are measured on, and when."""
    described = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.partition(":")[2].strip() for line in described if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    describe = ["git", "describe", "--always", "--dirty"]
    told = subprocess.run(describe, cwd=project, capture_output=True, text=True, check=False)
    return {
        "date": time.strftime("%Y-%m-%d %H:%M"),
        "cpu": names[0] if names else platform.machine(),
        "cores": cores,
        "memory_gib": round(memory, 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "commit": told.stdout.strip() or None,
        "load": os.getloadavg()[0],
    }


def written(rows_file: pathlib.Path) -> str:
    """The table of a run's rows, as text; its figures are also written to the .json beside them."""
    rows: list[Row] = [json.loads(line) for line in rows_file.read_text("utf-8").splitlines()]
    figures = Figures(rows)
    about = rows[0] | {"load_after": next((row["load"] for row in rows if row["phase"] == "end"), None)}
    about["others_cores"] = [row["foreign"] for row in figures.rows if "foreign" in row]
    measures = [m for m in MEASURES if not m.only_asked or figures.figures(m)]
    remarks = remarks_on(figures.rows)
    told = [
        {
            "name": m.name,
            "phase": m.phase,
            "goal": goal_of(m),
            "values": figures.figures(m),
            "met": {target: figures.met(m, target) for target in (*m.least, *m.most, *m.whole)},
        }
        for m in measures
    ]
    document = json.dumps({"machine": about, "remarks": remarks, "measures": told}, indent=1, ensure_ascii=False)
    rows_file.with_suffix(".json").write_text(document + "\n", "utf-8")
    lines = [["", *figures.targets, "target", ""]]
    for m in measures:
        met = "" if not goal_of(m) else "not judged" if about["small"] else verdict(figures, m)
        lines.append([m.name, *(figures.cell(m, target) for target in figures.targets), goal_of(m), met])
    small = ["A small run: it shows that the harness works; its figures mean nothing."] if about["small"] else []
    return "\n".join([*small, *laid_out(lines), "", *described(about), *remarks])


def remarks_on(rows: list[Row]) -> list[str]:
    """What is missing from the figures, and what in them did not go well; each once."""
    said = []
    for row in rows:
        if row["phase"] == "left out":
            said.append(f"{row['target']} left out ({row['why']})")
        elif row["phase"] == "failed":
            said.append(f"{row['target']} failed: {row['error']}")
        elif row.get("bad"):
            bad = f"{row['bad']} of {row['asked']} were not answered whole, by status {row['codes']}"
            said.append(f"{row['target']}, {row['phase']}: {bad}")
    return list(dict.fromkeys(said))


def laid_out(lines: list[list[str]]) -> list[str]:
    """Markdown that is also a table on a terminal: figures to the right, words to the left."""
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    words = {0, len(widths) - 2, len(widths) - 1}
    text = [
        [cell.ljust(width) if i in words else cell.rjust(width) for i, (cell, width) in enumerate(pairs)]
        for pairs in (zip(line, widths, strict=True) for line in lines)
    ]
    rule = "|".join("-" * (width + 2) if i in words else "-" * (width + 1) + ":" for i, width in enumerate(widths))
    head, *rest = [f"| {' | '.join(cells)} |" for cells in text]
    return [head, f"|{rule}|", *rest]


def described(about: Row) -> list[str]:
    """When, on what, and in what company it was measured."""
    rounds, others = about["rounds"], about["others_cores"]
    load = f"Load {about['load']:.1f} at the beginning"
    if about["load_after"] is not None:
        load += f", {about['load_after']:.1f} at the end"
    if others:
        load += f"; other work took {statistics.median(others):.2f} cores, at most {max(others):.2f}"
    software = f"{about['system']}, Python {about['python']}, {about['files']:,} open files"
    return [
        f"{about['date']}, {about['commit'] or 'no commit'}, medians of {rounds} round{'s' if rounds > 1 else ''}.",
        f"{about['cpu']}, {about['cores']} cores, {about['memory_gib']} GiB, {software}.  {load}.",
    ]
