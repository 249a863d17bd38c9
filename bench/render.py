"""Rendering the scores that are shipped: processor time of the whole command beyond its start-up.

Start-up is what the command takes for the first hundredth of a second of the same score, loading
and checking it included; what a score takes to load stands in `bench/check.py`.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from bench.child import Cost, fastest, leitmotor
from bench.report import ROOT, Figure, arguments, print_table, report

FILM = "elephants-dream"


def rendered(score: Path, folder: Path, times: int, *more: str) -> Cost:
    """Render into a MIDI file and a trace, the best of several runs by processor time."""
    out, trace = folder / "out.mid", folder / "out.events"
    cost = fastest(
        leitmotor("render", str(score), "--out", str(out), "--trace", str(trace), *more), times
    )
    if cost.exit_code:
        raise SystemExit(f"render {score.name} answers {cost.exit_code}:\n{cost.output[-500:]}")
    return cost


def main() -> None:
    """Measure and report."""
    times = 2 if arguments(__doc__ or "").parse_args().quick else 5
    rows, figures = [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path in sorted((ROOT / "scores").glob("*/score.yaml")):
            score = path.parent
            start_up = rendered(score, folder, times, "--until", "0.01")
            whole = rendered(score, folder, times)
            beyond = whole.cpu_seconds - start_up.cpu_seconds
            bound = 1.0 if score.name == FILM else None
            figures.append(Figure(f"render {score.name}, beyond start-up", beyond, "s", bound))
            rows.append(
                (
                    score.name,
                    f"{whole.cpu_seconds:.2f}",
                    f"{start_up.cpu_seconds:.2f}",
                    f"{whole.seconds:.2f}",
                    f"{whole.memory_mb:.0f}",
                )
            )
    print()
    print_table(("score", "cpu s", "start-up cpu s", "wall s", "MB"), rows)
    report("render", figures)


if __name__ == "__main__":
    main()
