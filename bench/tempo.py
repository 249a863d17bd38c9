"""An hour of performance time with 1,000 tempo changes, against the exact tempo map.

The stretches of tempo that the performer announces (tick, quarters a minute, shape) are integrated
here once more, by themselves and in decimals of 40 digits, segment after segment from tick 0. The
seconds stamped on every event are compared with that. The performer works in binary floating point
from the anchor of each segment; a program that adds up delays would drift.
"""

from __future__ import annotations

from bisect import bisect_right
from decimal import Decimal, localcontext

from bench.material import sixteenths
from bench.report import Figure, arguments, report
from leitmotor.messages import Do, Event, Outcome, Reply, Tempo
from leitmotor.music.time import QUARTER
from leitmotor.perform.performance import Performance

HOUR = 3600.0
WAYS = (
    "tempo {bpm}",
    "tempo {bpm} over 2 s",
    "tempo {bpm} over 3 beats evenly by beat",
    "tempo {bpm} over 2.5 s geometric",
)
"""Steps, and ramps of each of the three shapes."""

LONGEST_DIGITS = 40


class ExactMap:
    """The integral of announced tempi, exact to 40 digits. Use it inside a `localcontext`."""

    def __init__(self, tempi: list[Tempo]) -> None:
        # Of several at one tick the last holds.
        self._tempi = [
            each
            for each, after in zip(tempi, [*tempi[1:], None], strict=True)
            if after is None or after.tick > each.tick
        ]
        self._ticks = [each.tick for each in self._tempi]
        self._anchors = [Decimal(0)]
        for each, after in zip(self._tempi, self._tempi[1:], strict=False):
            self._anchors.append(self._anchors[-1] + _lasts(each, after.tick - each.tick))

    def seconds(self, tick: int) -> Decimal:
        """When `tick` sounds."""
        place = bisect_right(self._ticks, tick) - 1
        return self._anchors[place] + _lasts(self._tempi[place], tick - self._ticks[place])


def _lasts(tempo: Tempo, ticks: int) -> Decimal:
    """How many seconds so many ticks take from the beginning of a stretch."""
    quarters = Decimal(ticks) / QUARTER
    first = Decimal(tempo.bpm) / 60
    if not tempo.length or tempo.end_bpm == tempo.bpm:
        return quarters / first
    last, whole = Decimal(tempo.end_bpm) / 60, Decimal(tempo.length) / QUARTER
    inside = min(quarters, whole)
    return _ramp(tempo.shape, inside, whole, first, last) + (quarters - inside) / last


def _ramp(shape: str, part: Decimal, whole: Decimal, first: Decimal, last: Decimal) -> Decimal:
    """The time that `part` of a ramp takes: the integral of 1/v over the quarters passed."""
    if shape == "linear in time":  # v² grows evenly over the quarters
        here = (first * first + (last * last - first * first) * part / whole).sqrt()
        return 2 * part / (first + here)
    if shape == "linear in beats":
        slope = (last - first) / whole
        return ((first + slope * part) / first).ln() / slope
    growth = (last / first).ln() / whole  # v = v0·exp(growth·b)
    return (1 - (-growth * part).exp()) / (first * growth)


def script(changes: int, seconds: float) -> list[tuple[float, Do]]:
    """So many tempo changes, evenly spread: between 60 and 180, each another way."""
    step = seconds / changes
    return [
        (step * n, Do(WAYS[n % len(WAYS)].format(bpm=60 + n * 37 % 121))) for n in range(changes)
    ]


def performed(changes: int, seconds: float) -> list[Event]:
    """Every event of the performance."""
    performance = Performance(sixteenths(2, tempo=90.0))
    for at, cue in script(changes, seconds):
        performance.receive(cue, at)
    return performance.advance(seconds)


def deviations(events: list[Event]) -> list[float]:
    """How far every event's stamp is from the exact map, in seconds."""
    with localcontext() as context:
        context.prec = LONGEST_DIGITS
        exact = ExactMap([each for each in events if isinstance(each, Tempo)])
        return [abs(float(Decimal(each.seconds) - exact.seconds(each.tick))) for each in events]


def main() -> None:
    """Measure and report."""
    quick = arguments(__doc__ or "").parse_args().quick
    changes, seconds = (100, HOUR / 10) if quick else (1000, HOUR)
    events = performed(changes, seconds)
    off = deviations(events)
    tempi = sum(isinstance(each, Tempo) for each in events)
    done = [
        effect
        for each in events
        if isinstance(each, Reply)
        for effect in each.effects
        if effect.outcome is not Outcome.REFUSED
    ]
    figures = [
        Figure("greatest deviation from the exact map", max(off) * 1000, "ms", at_most=1.0),
        Figure("deviation of the last event", off[-1] * 1000, "ms", at_most=1.0),
        Figure("tempo changes asked for and made", len(done), "", at_least=changes),
        Figure("events compared", len(events), ""),
        Figure("stretches of tempo", tempi, ""),
    ]
    report("tempo", figures, {"seconds": seconds, "changes": changes})


if __name__ == "__main__":
    main()
