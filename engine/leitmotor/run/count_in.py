"""Clicks before the beginning (`--count-in`), be that second 0 or a place within (S33)."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from operator import attrgetter

from leitmotor.messages import (
    Answer,
    Attack,
    Bar,
    BarLine,
    Cue,
    Event,
    Release,
    Tempo,
)
from leitmotor.music.length import Length, Unit
from leitmotor.music.tempo import TempoSegment, constant
from leitmotor.music.time import QUARTER, Seconds, Ticks
from leitmotor.perform.matching import is_input
from leitmotor.perform.performance import Performance
from leitmotor.run.click import Strokes, beats_of, released
from leitmotor.run.player import Around, Player
from leitmotor.run.spot import Spot, law_of, spot_of


class CountIn:
    """The clicks that lead to a spot, at its tempo and on the beats of its bar, `length` long.

    `passed` is what was played silently before: its tempi say which ticks those seconds are. Where
    nothing was, ticks and seconds are negative, and there are bars 0, -1 and so on.
    """

    def __init__(
        self, spot: Spot, length: Length, passed: Sequence[Event], strokes: Strokes
    ) -> None:
        bpm = spot.law.bpm_at(spot.tick)
        tempi = [law_of(event) for event in passed if isinstance(event, Tempo)]
        self._spot = spot
        self._bpm = bpm
        self._laws = tempi or [constant(spot.tick, spot.seconds, bpm)]
        self._strokes = strokes
        self._span = _ticks(length, spot.bar, bpm)
        self.begin = self._seconds(spot.tick - self._span)
        clicks = sorted(self._clicks(), key=attrgetter("seconds"))
        self.events: list[Event] = [*([] if passed else self._frame()), *clicks]
        self.events.sort(key=attrgetter("seconds"))

    def tick_at(self, seconds: Seconds) -> Ticks:
        """The tick at a second, by the tempi that lie there; before the first it goes on back."""
        place = bisect_right(self._laws, seconds, key=attrgetter("seconds")) - 1
        if place < 0:
            first = self._laws[0]
            return first.tick + round((seconds - first.seconds) * first.bpm * QUARTER / 60.0)
        tick = round(self._laws[place].near_tick(seconds))
        # Where time stood, the ticks after it are not reached yet.
        following = self._laws[place + 1 :]
        return min(tick, following[0].tick) if following else tick

    def _seconds(self, tick: Ticks) -> Seconds:
        spot = self._spot
        return spot.seconds - (spot.tick - tick) * (60.0 / (self._bpm * QUARTER))

    def _bars(self) -> Iterator[tuple[int, Ticks]]:
        """Number and start of each bar that is counted, the last one first."""
        bar, first = self._spot.bar, self._spot.tick - self._span
        number, start = bar.number, bar.start
        while start > first:
            if start < self._spot.tick:
                yield number, start
            number, start = number - 1, start - bar.length
        yield number, start

    def _clicks(self) -> Iterator[Event]:
        spot = self._spot
        for number, start in self._bars():
            for beat in beats_of(spot.bar):
                if spot.tick - self._span <= start + beat < spot.tick:
                    yield from self._stroke(number, start + beat, beat)

    def _stroke(self, number: int, place: Ticks, beat: Ticks) -> Iterator[Event]:
        seconds = self._seconds(place)
        tick = self.tick_at(seconds)
        bar = self._spot.bar._replace(number=number, start=tick - beat)
        attack = self._strokes.stroke(tick, seconds, bar)
        end = self._seconds(place + attack.length)
        yield attack
        yield released(attack, self.tick_at(end), end, bar)

    def _frame(self) -> list[Event]:
        """Tempo and bar lines of what lies before the music; a bar may be cut at its beginning."""
        spot = self._spot
        begin = spot.tick - self._span
        lines: list[BarLine] = []
        for number, start in self._bars():
            cut = max(begin - start, 0)
            bar = spot.bar._replace(number=number, start=start + cut, length=spot.bar.length - cut)
            lines.insert(0, BarLine(bar.start, self._seconds(bar.start), bar))
        if not lines or not self._span:
            return []
        law: TempoSegment = constant(begin, self.begin, self._bpm)
        first = lines[0].bar
        tempo = Tempo(begin, self.begin, first, law.bpm, law.end_bpm, 0, law.shape)
        return [tempo, *lines]


def _ticks(length: Length, bar: Bar, bpm: float) -> Ticks:
    if length.unit is Unit.BARS:
        return round(length.amount * bar.length)
    if length.unit is Unit.BEATS:
        return round(length.amount * bar.beat)
    return round(float(length.amount) * bpm / 60.0 * QUARTER)


class CountedIn(Around):
    """A player that is counted in: it begins so much earlier, and plays from its beginning on.

    `performance` is what the player plays, at its beginning; `passed` lies before that, and `held`
    is struck there. `waits`: the clock stands, and the first cue may yet change the tempo. `later`
    are cues of a recorded session that were fired by hand. Thread: one; never waits.
    """

    def __init__(
        self,
        player: Player,
        performance: Performance,
        length: Length,
        strokes: Strokes,
        passed: Sequence[Event],
        held: Sequence[Event],
        waits: bool,
        later: Sequence[tuple[Seconds, Cue]] = (),
    ) -> None:
        super().__init__(player)
        self._performance = performance
        self._length = length
        self._strokes = strokes
        self._passed = tuple(passed)
        self._held = tuple(held)
        self._waits = waits
        self._later = deque(later)
        self._sounding: Attack | None = None
        self._start: Seconds = player.emitted
        self._lay_out()

    def _lay_out(self) -> None:
        self._strokes.restart()
        spot = spot_of(self._performance, self._passed)
        self._count = CountIn(spot, self._length, self._passed, self._strokes)
        before = sorted([*self._passed, *self._count.events], key=attrgetter("seconds"))
        self._emitted = self._count.begin
        self.opening = tuple(event for event in before if event.seconds < self._emitted)
        """What lies before the count-in: to be sent at once."""
        self._lead: deque[Event] = deque([*before[len(self.opening) :], *self._held])

    def advance(self, until: Seconds) -> list[Event]:
        """The clicks, what is struck at the beginning, and then what the player plays."""
        self._waits = False
        if until <= self._emitted:
            return []
        self._emitted = until
        out: list[Event] = []
        while self._lead and self._lead[0].seconds < until:
            event = self._lead.popleft()
            if isinstance(event, Attack) and event.note < 0:
                self._sounding = event
            elif isinstance(event, Release):
                self._sounding = None
            out.append(event)
        if until <= self._start:
            return out
        while self._later:
            at, cue = self._later.popleft()
            self._player.receive(cue, at)
        return [*out, *self._player.advance(until)]

    def receive(self, cue: Cue, at: Seconds) -> Answer:
        """As the player; what comes while it is counted in acts at the beginning."""
        answer = self._player.receive(cue, max(at, self._start))
        if self._waits and not is_input(self._performance.score, cue):
            self._waits = False
            self._lay_out()
        return answer

    def next_seconds(self) -> Seconds:
        """When the next click falls, or the player does something."""
        return self._lead[0].seconds if self._lead else self._player.next_seconds()

    def finish(self) -> list[Event]:
        """End the click that sounds; or, once it has begun, what the player plays."""
        if self._emitted > self._start:
            return self._player.finish()
        sounding = self._sounding
        if sounding is None:
            return []
        tick = max(self._count.tick_at(self._emitted), sounding.tick)
        return [released(sounding, tick, self._emitted, sounding.bar)]

    @property
    def emitted(self) -> Seconds:
        """Where the count-in has come to; then as the player."""
        return self._emitted if self._emitted <= self._start else self._player.emitted

    @property
    def expecting(self) -> bool:
        """Whether the player has not begun, or a cue waits whose time will come by itself."""
        return self._emitted <= self._start or self._player.expecting
