"""Tempo maps: ticks to seconds and back in closed form, from the anchor of a segment, never summed.

The formulas are those of constant tempo and of three ramps (theory T5); v is in quarters a second,
b in quarters, B the ramp's length, r = v1/v0:

- linear in time   v = v0 + a·t           t(b) = 2b / (v0 + sqrt(v0² + 2ab)),  a = (v1² - v0²) / 2B
- linear in beats  v = v0 + k·b           t(b) = log1p(k·b/v0) / k,            k = (v1 - v0) / B
- geometric        v = v0 · r^(b/B)       t(b) = -B/(v0·ln r) · expm1(-(b/B)·ln r)
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import pairwise
from math import expm1, log, log1p, sqrt

from leitmotor.music.time import QUARTER, Seconds, Ticks
from leitmotor.records import record

LINEAR_IN_TIME = "linear in time"
LINEAR_IN_BEATS = "linear in beats"
GEOMETRIC = "geometric"
CONSTANT = "constant"

LOWEST_BPM = 20.0
HIGHEST_BPM = 400.0

_FAR: Ticks = 1 << 62

_STEADY = 1e-12
"""Relative change of tempo under which a ramp is treated as constant."""


@record
class TempoSegment:
    """A stretch of tempo from `tick` on, anchored at `seconds`.

    `bpm` counts quarters a minute. A ramp reaches `end_bpm` after `length` ticks and stays there; a
    constant segment has length 0.
    """

    tick: Ticks
    seconds: Seconds
    bpm: float
    end_bpm: float
    length: Ticks
    shape: str

    @property
    def steady(self) -> bool:
        """Whether the tempo is the same throughout."""
        return self.length == 0 or abs(self.end_bpm / self.bpm - 1.0) < _STEADY

    def seconds_at(self, tick: Ticks) -> Seconds:
        """When `tick` (not before the segment's own) sounds."""
        if self.steady:
            return self.seconds + (tick - self.tick) * (60.0 / (self.bpm * QUARTER))
        passed = tick - self.tick
        if passed > self.length:
            tail = (passed - self.length) * (60.0 / (self.end_bpm * QUARTER))
            return self.seconds + self._ramp_seconds(self.length) + tail
        return self.seconds + self._ramp_seconds(passed)

    def _ramp_seconds(self, passed: Ticks) -> Seconds:
        v0, v1 = self.bpm / 60.0, self.end_bpm / 60.0
        b, total = passed / QUARTER, self.length / QUARTER
        if self.shape == LINEAR_IN_TIME:
            return 2.0 * b / (v0 + sqrt(v0 * v0 + (v1 * v1 - v0 * v0) * (b / total)))
        if self.shape == LINEAR_IN_BEATS:
            k = (v1 - v0) / total
            return log1p(k * b / v0) / k
        ratio = log(v1 / v0)
        return -total / (v0 * ratio) * expm1(-(b / total) * ratio)

    def near_tick(self, seconds: Seconds) -> float:
        """The tick sounding at `seconds`, to within rounding."""
        t = seconds - self.seconds
        if self.steady:
            return self.tick + t * (self.bpm * QUARTER / 60.0)
        whole = self._ramp_seconds(self.length)
        if t >= whole:
            return self.tick + self.length + (t - whole) * (self.end_bpm * QUARTER / 60.0)
        v0, v1, total = self.bpm / 60.0, self.end_bpm / 60.0, self.length / QUARTER
        if self.shape == LINEAR_IN_TIME:
            quarters = v0 * t + (v1 * v1 - v0 * v0) / (4.0 * total) * t * t
        elif self.shape == LINEAR_IN_BEATS:
            k = (v1 - v0) / total
            quarters = v0 * expm1(k * t) / k
        else:
            ratio = log(v1 / v0)
            quarters = -(total / ratio) * log1p(-v0 * t * ratio / total)
        return self.tick + quarters * QUARTER

    def bpm_at(self, tick: Ticks) -> float:
        """The tempo at `tick`."""
        passed = tick - self.tick
        if self.steady or passed <= 0:
            return self.bpm
        if passed >= self.length:
            return self.end_bpm
        x = passed / self.length
        if self.shape == LINEAR_IN_TIME:
            return sqrt(self.bpm**2 + (self.end_bpm**2 - self.bpm**2) * x)
        if self.shape == LINEAR_IN_BEATS:
            return self.bpm + (self.end_bpm - self.bpm) * x
        return float(self.bpm * (self.end_bpm / self.bpm) ** x)

    def share_at(self, bpm: float) -> float:
        """How far through the ramp (0…1) it passes `bpm`, which lies between its ends."""
        if self.shape == LINEAR_IN_TIME:
            return (bpm**2 - self.bpm**2) / (self.end_bpm**2 - self.bpm**2)
        if self.shape == LINEAR_IN_BEATS:
            return (bpm - self.bpm) / (self.end_bpm - self.bpm)
        return log(bpm / self.bpm) / log(self.end_bpm / self.bpm)


def constant(tick: Ticks, seconds: Seconds, bpm: float) -> TempoSegment:
    """A steady tempo from `tick` on."""
    return TempoSegment(tick, seconds, bpm, bpm, 0, CONSTANT)


class TempoMap:
    """Segments one after the other. The past never moves: a change only replaces what is ahead."""

    __slots__ = ("_pace", "_seconds", "_since", "_ticks", "_until", "segments")

    def __init__(self, segments: Iterable[TempoSegment]) -> None:
        self.segments = list(segments)
        self._index()

    def _index(self) -> None:
        self._ticks = [segment.tick for segment in self.segments]
        self._seconds = [segment.seconds for segment in self.segments]
        self._since = self._until = 0  # the steady segment asked about last, and its pace
        self._pace = (0, 0.0, 0.0)

    def segment_at(self, tick: Ticks) -> TempoSegment:
        """The segment that governs `tick`."""
        return self.segments[max(bisect_right(self._ticks, tick) - 1, 0)]

    def seconds_at(self, tick: Ticks) -> Seconds:
        """When `tick` sounds."""
        if self._since <= tick < self._until:
            # The performer asks for one tick after the other: the usual case, kept at hand.
            start, seconds, pace = self._pace
            return seconds + (tick - start) * pace
        place = max(bisect_right(self._ticks, tick) - 1, 0)
        segment = self.segments[place]
        if segment.steady:
            last = place + 1 == len(self.segments)
            self._since = segment.tick
            self._until = _FAR if last else self._ticks[place + 1]
            self._pace = (segment.tick, segment.seconds, 60.0 / (segment.bpm * QUARTER))
        return segment.seconds_at(tick)

    def tick_at(self, seconds: Seconds) -> Ticks:
        """The first tick that does not sound before `seconds` (S3: rounds up)."""
        segment = self.segments[max(bisect_right(self._seconds, seconds) - 1, 0)]
        tick = max(int(segment.near_tick(seconds)), segment.tick)
        # The closed form is right to within rounding; the last step is taken on the map's own
        # values, so that ticks -> seconds -> ticks is the identity.
        while self.seconds_at(tick) < seconds:
            tick += 1
        while tick > 0 and self.seconds_at(tick - 1) >= seconds:
            tick -= 1
        return tick

    def bpm_at(self, tick: Ticks) -> float:
        """The tempo at `tick`, quarters a minute."""
        return self.segment_at(tick).bpm_at(tick)

    def change(self, plan: Iterable[TempoSegment]) -> None:
        """Replace everything from the first segment of `plan` on, anchored on the old map."""
        plan = list(plan)
        start = plan[0].tick
        kept = [segment for segment in self.segments if segment.tick < start]
        self.segments = [*kept, *plan]
        self._index()

    def forget_before(self, tick: Ticks) -> None:
        """Drop segments that ended before `tick`, so that weeks of changes cost no memory."""
        first = max(bisect_right(self._ticks, tick) - 1, 0)
        if first:
            del self.segments[:first]
            self._index()


def clamped(segment: TempoSegment) -> tuple[TempoSegment, ...]:
    """The segment held within 20…400 bpm: a ramp that leaves the range is cut where it does."""
    if segment.steady:
        return (constant(segment.tick, segment.seconds, _clamp(segment.bpm)),)
    if _inside(segment.bpm) and _inside(segment.end_bpm):
        end = segment.tick + segment.length
        return segment, constant(end, segment.seconds_at(end), segment.end_bpm)
    return _cut(segment)


def _cut(ramp: TempoSegment) -> tuple[TempoSegment, ...]:
    """The parts of a ramp below, inside and above the range, each anchored where the last ended."""
    places = {0.0, 1.0}
    for limit in (LOWEST_BPM, HIGHEST_BPM):
        if min(ramp.bpm, ramp.end_bpm) < limit < max(ramp.bpm, ramp.end_bpm):
            places.add(ramp.share_at(limit))
    starts = [round(share * ramp.length) for share in sorted(places)]
    parts: list[TempoSegment] = []
    seconds = ramp.seconds
    for begin, end in pairwise(starts):
        if begin == end:
            continue
        low = _clamp(ramp.bpm_at(ramp.tick + begin))
        high = _clamp(ramp.bpm_at(ramp.tick + end))
        part = TempoSegment(ramp.tick + begin, seconds, low, high, end - begin, ramp.shape)
        if part.steady:
            part = constant(part.tick, seconds, low)
        parts.append(part)
        seconds = part.seconds_at(ramp.tick + end)
    parts.append(constant(ramp.tick + ramp.length, seconds, _clamp(ramp.end_bpm)))
    return tuple(parts)


def _inside(bpm: float) -> bool:
    return LOWEST_BPM <= bpm <= HIGHEST_BPM


def _clamp(bpm: float) -> float:
    return min(max(bpm, LOWEST_BPM), HIGHEST_BPM)


def ramp_length_for(seconds: Seconds, start_bpm: float, end_bpm: float, shape: str) -> Ticks:
    """How many ticks a ramp must last to take `seconds` (theory T5, column T)."""
    v0, v1 = start_bpm / 60.0, end_bpm / 60.0
    if abs(v1 / v0 - 1.0) < _STEADY:
        quarters = seconds * v0
    elif shape == LINEAR_IN_TIME:
        quarters = seconds * (v0 + v1) / 2.0
    elif shape == LINEAR_IN_BEATS:
        quarters = seconds * (v1 - v0) / log(v1 / v0)
    else:
        quarters = seconds * v0 * log(v1 / v0) / (1.0 - v0 / v1)
    return max(round(quarters * QUARTER), 1)
