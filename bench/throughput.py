"""How many attacks and releases a second come out of `advance`, and how that grows.

Process time of one core, the garbage collector as Python leaves it, the best of several runs: what
else the machine does can only make a run slower.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.material import chamber_music, note_events, sixteenths
from bench.report import ROOT, Figure, arguments, print_table, report
from leitmotor.perform.performance import Performance
from leitmotor.run.plan import PlayPlan, standing
from leitmotor.score.compiled import CompiledScore
from leitmotor.score.load import LoadedScore, load_score, load_script

SLICE_SECONDS = 1.0
"""Events are taken out a second at a time and dropped: memory plays no part in the figure."""

Run = tuple[int, float]
"""Attacks and releases, and the process seconds they took."""


def performed(performance: Performance, seconds: float) -> Run:
    """Perform so many seconds of music."""
    begun = time.process_time()
    count, place = 0, 0.0
    while place < seconds:
        place += SLICE_SECONDS
        count += note_events(performance.advance(place))
    return count, time.process_time() - begun


def best(times: int, attempt: Callable[[], Run]) -> Run:
    """The fastest of several runs."""
    return min((attempt() for _ in range(times)), key=lambda run: run[1])


def rate(run: Run) -> float:
    """Attacks and releases a second."""
    return run[0] / run[1]


def row(label: object, run: Run) -> tuple[object, ...]:
    """A line of a table."""
    return label, f"{run[0]:,}", f"{run[1]:.3f}", f"{rate(run):,.0f}"


def by_parts(parts: Sequence[int], minutes: float, times: int) -> dict[int, Run]:
    """The same music in more and more parts."""
    runs = {}
    for count in parts:
        score = sixteenths(count)
        runs[count] = plain(score, minutes, times)
    return runs


def by_length(minutes: Sequence[float], parts: int, times: int) -> dict[float, Run]:
    """The same parts for longer and longer."""
    score = sixteenths(parts)
    return {length: plain(score, length, times) for length in minutes}


def of_score(folder: Path, times: int) -> Run:
    """A whole score under `scores/` with its own cue script, to its end."""
    loaded = load_score(folder)
    script = load_script(loaded.script, loaded) if loaded.script else ()
    start, _ = standing(loaded.score, (loaded.script,) if loaded.script else ())
    plan = PlayPlan(loaded.score, start=start, script=script)
    return best(times, lambda: performed(plan.performance(), _length(loaded)))


def _length(loaded: LoadedScore) -> float:
    """The film lasts 10:53; what has no end is given a minute."""
    return 655.0 if loaded.script else 60.0


def plain(score: CompiledScore, minutes: float, times: int) -> Run:
    """One score for some minutes."""
    return best(times, lambda: performed(Performance(score), minutes * 60))


def main() -> None:
    """Measure and report."""
    quick = arguments(__doc__ or "").parse_args().quick
    times = 2 if quick else 5
    parts = (1, 4, 16, 64) if quick else (1, 2, 4, 8, 16, 32, 64)
    lengths = (1.0, 5.0) if quick else (1.0, 5.0, 20.0, 60.0)
    parts_runs = by_parts(parts, 1.0 if quick else 2.0, times)
    length_runs = by_length(lengths, 8, min(times, 3))
    chamber = plain(chamber_music(), 5.0, times)
    scores = {
        folder.name: of_score(folder, times)
        for folder in sorted((ROOT / "scores").iterdir())
        if (folder / "score.yaml").exists()
    }
    head = ("", "events", "process s", "events/s")
    print("\nparts of sixteenths")
    print_table(head, [row(n, run) for n, run in parts_runs.items()])
    print("\nminutes of 8 parts")
    print_table(head, [row(n, run) for n, run in length_runs.items()])
    print("\nmusic")
    print_table(head, [row("chamber", chamber), *(row(*each) for each in scores.items())])
    shortest, longest = min(lengths), max(lengths)
    figures = [
        Figure("sixteenths in 8 parts", rate(length_runs[5.0]), "events/s", at_least=100_000),
        Figure("theme, chords, bass, pulse", rate(chamber), "events/s", at_least=100_000),
        Figure(
            f"time per event, {longest:g} min to {shortest:g} min",
            rate(length_runs[shortest]) / rate(length_runs[longest]),
            "",
            at_most=1.15,
        ),
        Figure(
            f"time per event, {max(parts)} parts to 4 parts",
            rate(parts_runs[4]) / rate(parts_runs[max(parts)]),
            "",
        ),
        *(Figure(f"{name}, events", rate(run), "events/s") for name, run in scores.items()),
        *(Figure(f"{name}, out of `advance`", run[1], "s") for name, run in scores.items()),
    ]
    details = {
        "parts": {str(n): rate(run) for n, run in parts_runs.items()},
        "minutes": {str(n): rate(run) for n, run in length_runs.items()},
    }
    report("throughput", figures, details)


if __name__ == "__main__":
    main()
