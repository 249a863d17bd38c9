"""An instant at which something is put into a performance from outside."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf, nextafter
from typing import NamedTuple

from leitmotor.messages import Attack, Bar, BarLine, Event, Release, Tempo
from leitmotor.music.tempo import TempoSegment
from leitmotor.music.time import Seconds, Ticks
from leitmotor.perform.performance import Performance

TAIL: Seconds = 0.03
"""A note that has less than this left is at its end: legato reaches 20 ms into the next note."""


class Spot(NamedTuple):
    """Where a performance stands: everything before is played, and nothing at the instant itself.

    `bar` and `law` (of tempo) are in force there. `ended` are the notes of which no more than a
    tail is left: to strike them anew would be heard as a note too many.
    """

    tick: Ticks
    seconds: Seconds
    bar: Bar
    law: TempoSegment
    ended: frozenset[int]

    def held(self, performance: Performance) -> list[Attack]:
        """All that sounds at this instant, struck anew, in the bar that is played from here on."""
        return [attack._replace(bar=self.bar) for attack in performance.held()]


def spot_of(performance: Performance, passed: Iterable[Event]) -> Spot:
    """Where `performance` stands, which has played `passed` so far. Never waits."""
    begin = performance.emitted
    ahead = Performance.restore(performance.score, performance.snapshot())
    instant = ahead.advance(nextafter(begin, inf))
    tail = ahead.advance(begin + TAIL)
    bars = [event for event in passed if isinstance(event, BarLine)]
    tempi = [event for event in passed if isinstance(event, Tempo)]
    tick = _tick(performance, bars[-1].bar) if bars else 0
    for event in instant:
        if isinstance(event, BarLine):
            bars.append(event)
            tick = event.tick
        elif isinstance(event, Tempo):
            tempi.append(event)
    ended = frozenset(event.note for event in (*instant, *tail) if isinstance(event, Release))
    return Spot(tick, begin, bars[-1].bar, law_of(tempi[-1]), ended)


def law_of(event: Tempo) -> TempoSegment:
    """The stretch of tempo that an event announces."""
    return TempoSegment(
        event.tick, event.seconds, event.bpm, event.end_bpm, event.length, event.shape
    )


def _tick(performance: Performance, bar: Bar) -> Ticks:
    view = performance.view()
    if view.bar != bar.number:
        return bar.start + bar.length
    return bar.start + round((view.beat - 1) * bar.beat)
