"""Where in a MIDI file a tick of the performance stands, and the tempi that make it sound in time.

A MIDI file knows only constant tempi in whole microseconds a quarter, so ramps become steps of
their exact mean tempo (S3, theory T5). What rounding loses in one step is given back in the next:
at any tick of the file the map is within `TOLERANCE` of the performance, however long it lasts.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from leitmotor.music.tempo import TempoSegment
from leitmotor.music.time import GRID, QUARTER, Seconds, Ticks

FileTicks: TypeAlias = int
"""A position or length in the file."""

FILE_QUARTER: FileTicks = 5_040
"""Ticks in a quarter of the file (S3)."""

RATIO = QUARTER // FILE_QUARTER
"""Ticks of the performance in one of the file."""

TOLERANCE: Seconds = 50e-6
"""How far the file's tempo map may be from the performance, at any tick of the file."""

_BEND: Seconds = 25e-6
"""How far a ramp may bend away from a step; the rest of the tolerance is for rounding."""

_LONGEST_STEP: FileTicks = 40 * FILE_QUARTER
"""Half a microsecond a quarter, lost over so many quarters, is 20 µs."""

_STOOD: Seconds = 1e-6
"""Where an event is later than its tick by more than this, time stood."""

_SLOWEST = 0xFFFFFF
_UNITS_PER_SECOND = 1_000_000 * FILE_QUARTER
_UNKNOWN_QUARTER: Seconds = 0.5
"""Length of a quarter, where time stands before any tempo was given."""


class FileTempo(NamedTuple):
    """From `tick` on a quarter lasts so many microseconds."""

    tick: FileTicks
    micros: int


@dataclass(frozen=True, slots=True)
class _Stretch:
    """From `tick` on: the law of tempo, how late time is against it, how far the file is ahead."""

    tick: Ticks
    law: TempoSegment
    late: Seconds
    shift: FileTicks

    def seconds_at(self, tick: Ticks) -> Seconds:
        return self.law.seconds_at(tick) + self.late

    def seconds_at_file(self, place: FileTicks) -> Seconds:
        return self.seconds_at((place - self.shift) * RATIO)


class FileClock:
    """Follows a performance event by event and tells each one's place in the file.

    Where time stands in the performance (hold, pause) the file, which cannot stand, goes on: for
    whole quarters if it may, at a tempo near the one in force that makes them last just as long. A
    performance that begins before tick 0 (count-in) begins at the file's tick 0.

    Thread: one at a time; never blocks.
    """

    def __init__(self) -> None:
        self._stretches: list[_Stretch] = []
        self._anchors: dict[FileTicks, Seconds] = {}
        self._shift: FileTicks = 0
        self._last: tuple[Ticks, Seconds] | None = None
        self._end: FileTicks = 0

    @property
    def end(self) -> FileTicks:
        """The last place that was asked for."""
        return self._end

    def place(self, tick: Ticks, seconds: Seconds) -> FileTicks:
        """The file tick of an event at `tick` and `seconds`: the nearest, halves upwards."""
        if self._last == (tick, seconds):
            return self._end
        if self._last is None:
            self._begin(tick, seconds)
        expected = self._expected(tick)
        if expected is None:
            self._anchors.setdefault(_nearest(tick) + self._shift, seconds)
        elif seconds > expected + _STOOD:
            self._stand(tick, expected, seconds)
        self._last = tick, seconds
        # A hold ends on a rounded place, so the next ticks could round to one just before it.
        self._end = max(self._end, _nearest(tick) + self._shift)
        return self._end

    def follow(self, law: TempoSegment) -> None:
        """Another tempo begins; what was planned of the earlier one beyond `law.tick` is void."""
        self.place(law.tick, law.seconds)
        if self._stretches and self._stretches[-1].tick == law.tick:
            self._stretches.pop()
        self._stretches.append(_Stretch(law.tick, law, 0.0, self._shift))

    def tempi(self) -> list[FileTempo]:
        """The tempo map up to `end`; the first entry stands at 0."""
        anchors = dict(self._anchors)
        for stretch, end in self._with_ends():
            for place in _steps(stretch, end):
                anchors.setdefault(place, stretch.seconds_at_file(place))
        return _rounded(sorted(anchors.items()))

    def _begin(self, tick: Ticks, seconds: Seconds) -> None:
        if tick < 0:
            self._shift = -(tick // RATIO)
            self._anchors[0] = seconds
        else:
            self._anchors[0] = 0.0

    def _expected(self, tick: Ticks) -> Seconds | None:
        """When `tick` sounds if time does not stand; None while no tempo tells."""
        if self._stretches:
            return self._stretches[-1].seconds_at(tick)
        if self._last is not None and self._last[0] == tick:
            return self._last[1]
        return 0.0 if self._last is None and tick == 0 else None

    def _stand(self, tick: Ticks, begin: Seconds, end: Seconds) -> None:
        place = max(_nearest(tick) + self._shift, self._end)
        length = _standing((end - begin) / self._quarter_at(tick))
        self._anchors[place] = begin
        self._anchors[place + length] = end
        self._shift += length
        if self._stretches:
            before = self._stretches[-1]
            late = before.late + end - begin
            self._stretches.append(_Stretch(tick, before.law, late, self._shift))

    def _quarter_at(self, tick: Ticks) -> Seconds:
        if not self._stretches:
            return _UNKNOWN_QUARTER
        return 60.0 / self._stretches[-1].law.bpm_at(tick)

    def _with_ends(self) -> Iterator[tuple[_Stretch, FileTicks]]:
        """Each stretch and the last whole file tick in it."""
        for stretch, following in pairwise(self._stretches):
            yield stretch, following.tick // RATIO + stretch.shift
        if self._stretches:
            last = self._stretches[-1]
            # One tick at least, so that a file without music has its tempo all the same.
            yield last, max(self._end, -(-last.tick // RATIO) + last.shift + 1)


def seconds_of(tempi: list[FileTempo], place: FileTicks) -> Seconds:
    """When a file tick sounds, by the file's own tempo map."""
    last = bisect_right(tempi, place, key=lambda tempo: tempo.tick)
    units = 0
    for tempo, following in pairwise(tempi[:last]):
        units += tempo.micros * (following.tick - tempo.tick)
    units += tempi[last - 1].micros * (place - tempi[last - 1].tick)
    return units / _UNITS_PER_SECOND


def _standing(quarters: float) -> FileTicks:
    """About so many quarters: whole ones, else whole steps of the grid, else ticks; never none."""
    for unit in (FILE_QUARTER, GRID // RATIO):
        count = round(quarters * FILE_QUARTER / unit)
        if count:
            return count * unit
    return max(round(quarters * FILE_QUARTER), 1)


def _nearest(tick: Ticks) -> FileTicks:
    return (2 * tick + RATIO) // (2 * RATIO)


def _steps(stretch: _Stretch, end: FileTicks) -> Iterator[FileTicks]:
    """The places in a stretch between which a constant tempo is good enough."""
    begin = -(-stretch.tick // RATIO) + stretch.shift
    if begin > end:
        return
    yield begin
    law = stretch.law
    ramp_end = begin
    if not law.steady:
        ramp_end = min(end, max(begin, (law.tick + law.length) // RATIO + stretch.shift))
        yield from _ramp_steps(stretch, begin, ramp_end)
        # A ramp may end between two file ticks: the one that holds its end is a step of its own.
        ramp_end = min(ramp_end + 1, end)
        yield ramp_end
    # Equal parts: a short one left over would have to repay the error of a long one.
    parts = -(-(end - ramp_end) // _LONGEST_STEP)
    yield from (ramp_end + (end - ramp_end) * part // parts for part in range(1, parts + 1))


def _ramp_steps(stretch: _Stretch, begin: FileTicks, end: FileTicks) -> Iterator[FileTicks]:
    grid = GRID // RATIO
    first = begin + grid - (begin - stretch.shift) % grid
    places = [begin, *range(first, end, grid), end]
    for left, right in pairwise(places):
        yield from _halves(stretch, left, right)


def _halves(stretch: _Stretch, left: FileTicks, right: FileTicks) -> Iterator[FileTicks]:
    """Places up to and with `right`, so close that the ramp is nearly straight between them."""
    middle = (left + right) // 2
    if middle > left:
        share = (middle - left) / (right - left)
        begin, end = stretch.seconds_at_file(left), stretch.seconds_at_file(right)
        bend = stretch.seconds_at_file(middle) - (begin + (end - begin) * share)
        if abs(bend) > _BEND:
            yield from _halves(stretch, left, middle)
            yield from _halves(stretch, middle, right)
            return
    yield right


def _rounded(anchors: list[tuple[FileTicks, Seconds]]) -> list[FileTempo]:
    """Whole microseconds a quarter from one anchor to the next, the error carried on."""
    zero = anchors[0][1] if anchors else 0.0
    tempi: list[FileTempo] = []
    written = 0  # what the file has lasted so far, in microseconds times FILE_QUARTER: exact
    for (left, begin), (right, end) in pairwise(anchors):
        due = (begin - zero) * _UNITS_PER_SECOND
        length = (end - begin) * _UNITS_PER_SECOND
        # At most one per cent of the step: one of a tick or two could not repay more unheard.
        owed = min(max(due - written, -length / 100), length / 100)
        micros = min(max(round((length + owed) / (right - left)), 1), _SLOWEST)
        written += micros * (right - left)
        if not tempi or tempi[-1].micros != micros:
            tempi.append(FileTempo(left, micros))
    return tempi or [FileTempo(0, int(_UNKNOWN_QUARTER * 1_000_000))]
