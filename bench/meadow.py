"""Unattended for eight hours: what a day of an installation costs, and what the performer keeps.

Process time of one core. A day is computed as `leitmotor render scores/meadow --clock 10:00..18:00`
computes it, with and without visitors, into a MIDI file; the whole command is timed. Snapshots are
those of a performance that goes on, after one hour and after eight. The same is asked of every
other score with a cue script, every ten seconds of it.
"""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path

from bench.child import leitmotor, run
from bench.report import ROOT, Figure, arguments, print_table, report
from leitmotor.perform.performance import Performance, Start
from leitmotor.run.plan import PlayPlan, standing
from leitmotor.score.load import load_score, load_script

MEADOW = ROOT / "scores" / "meadow"
SATURDAY = MEADOW / "visitors" / "saturday.cues"
TEN = 10 * 3600.0
HOUR = 3600.0
BYTES_PER_KB = 1000


def day(hours: int, folder: Path, *more: str) -> float:
    """The process seconds of rendering so many hours from ten o'clock."""
    clock, out = f"10:00..{10 + hours}:00", folder / "day.mid"
    command = leitmotor("render", str(MEADOW), "--clock", clock, "--out", str(out), *more)
    cost = run(command, patience_seconds=300.0)
    if cost.exit_code:
        raise SystemExit(f"render meadow answers {cost.exit_code}:\n{cost.output[-500:]}")
    return cost.cpu_seconds


def snapshot_of(performance: Performance, times: int) -> tuple[float, float]:
    """(milliseconds, KB) of a snapshot; the best of several. The text is not part of the time."""
    took = []
    for _ in range(times):
        begun = time.process_time()
        taken = performance.snapshot()
        took.append(time.process_time() - begun)
    return 1000 * min(took), len(json.dumps(taken)) / BYTES_PER_KB


def installation(hours: tuple[float, ...], times: int) -> dict[str, tuple[float, float]]:
    """Snapshots of a Saturday in the meadow, hour by hour."""
    loaded = load_score(MEADOW)
    performance = Performance(loaded.score, start=Start.ON_CUE, clock=TEN)
    for at, cue in load_script(SATURDAY, loaded):
        performance.receive(cue, at)
    found = {}
    for hour in hours:
        while performance.emitted < hour * HOUR:
            performance.advance(min(performance.emitted + 60.0, hour * HOUR))
        found[f"meadow, hour {hour:g}"] = snapshot_of(performance, times)
    return found


def scripted(times: int) -> dict[str, tuple[float, float]]:
    """The largest snapshot of each score that has a script, looked at every ten seconds."""
    found = {}
    for path in sorted((ROOT / "scores").glob("*/score.yaml")):
        loaded = load_score(path.parent)
        if loaded.script is None:
            continue
        script = load_script(loaded.script, loaded)
        start, _ = standing(loaded.score, (loaded.script,))
        performance = PlayPlan(loaded.score, start=start, script=script).performance()
        taken = [snapshot_of(performance, times)]
        while performance.expecting and performance.emitted < HOUR:
            performance.advance(performance.emitted + 10.0)
            taken.append(snapshot_of(performance, times))
        found[path.parent.name] = max(each[0] for each in taken), max(each[1] for each in taken)
    return found


def main() -> None:
    """Measure and report."""
    quick = arguments(__doc__ or "").parse_args().quick
    hours, times = (1, 3) if quick else (8, 9)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        empty = day(hours, folder)
        full = day(hours, folder, "--cues", str(SATURDAY))
    meadow = installation((0.5, 1.0) if quick else (1.0, 8.0), times)
    snapshots = {**meadow, **scripted(times)}
    print()
    print_table(
        ("snapshot", "ms", "KB"),
        [(name, f"{ms:.2f}", f"{kb:.1f}") for name, (ms, kb) in snapshots.items()],
    )
    first, last = (size for _, size in meadow.values())
    figures = [
        Figure(f"{hours} hours of an empty meadow, CPU", empty, "s", at_most=60.0),
        Figure(f"{hours} hours of a Saturday, CPU", full, "s", at_most=60.0),
        Figure("snapshot at the end to one before", last / first, ""),
        *(
            Figure(f"snapshot of {name}, time", ms, "ms", at_most=5.0)
            for name, (ms, _) in snapshots.items()
        ),
        *(
            Figure(f"snapshot of {name}, size", kb, "KB", at_most=200.0)
            for name, (_, kb) in snapshots.items()
        ),
    ]
    report("meadow", figures)


if __name__ == "__main__":
    main()
