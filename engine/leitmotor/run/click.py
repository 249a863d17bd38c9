"""A metronome through the piece (`--click`): made in the shell, so that no note of it changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from math import inf
from typing import NamedTuple

from leitmotor.messages import (
    Attack,
    Bar,
    BarLine,
    Cause,
    Change,
    Event,
    Release,
    Setup,
    Tempo,
    Voice,
)
from leitmotor.music.general_midi import DRUM_CHANNEL
from leitmotor.music.metre import Metre
from leitmotor.music.scale import spelled
from leitmotor.music.tempo import TempoSegment
from leitmotor.music.time import QUARTER, Seconds, Ticks
from leitmotor.run.player import Around, Player
from leitmotor.run.spot import Spot, law_of

CLICK = "click"
"""The role of the metronome, and what `--mute` calls it."""

SIDE_STICK = 37
HI_WOOD_BLOCK = 76

ACCENT_VELOCITY = 112
BEAT_VELOCITY = 84
_CAUSE = Cause(CLICK)
_LENGTH: Ticks = QUARTER // 8
_METRE = re.compile(r"(\d+)/(\d+)(?: \((\d+(?:\+\d+)*)\))?")


class Click(NamedTuple):
    """What the metronome sounds like. `wanted` is how it was asked for, to ask for it again.

    `accent` and `beat` are MIDI numbers. `setup` is what its channel needs first, if anything.
    """

    voice: Voice
    accent: int
    beat: int
    setup: Setup | None = None
    wanted: str = ""


PLAIN_CLICK = Click(Voice(CLICK, CLICK, "", DRUM_CHANNEL, 0, 0), HI_WOOD_BLOCK, SIDE_STICK)
"""Hi wood block on bar lines and side stick on beats, on the drum channel."""


def beats_of(bar: Bar) -> tuple[Ticks, ...]:
    """Where a bar is clicked, from its start: where its groups begin, or on every beat (S4)."""
    found = _METRE.fullmatch(bar.metre)
    if found is not None and found[3]:
        groups = tuple(int(part) for part in found[3].split("+"))
        return Metre(int(found[1]), int(found[2]), groups).stresses
    return tuple(range(0, bar.length, bar.beat))


class Strokes:
    """Makes the clicks: numbers them downwards from -1, so that no note has the same number."""

    def __init__(self, click: Click) -> None:
        self._click = click
        self._next = -1

    def restart(self) -> None:
        """None of the clicks made so far was played: begin anew."""
        self._next = -1

    def stroke(self, tick: Ticks, seconds: Seconds, bar: Bar) -> Attack:
        """A click at a place in a bar, accented at its beginning."""
        accented = tick == bar.start
        pitch = self._click.accent if accented else self._click.beat
        velocity = ACCENT_VELOCITY if accented else BEAT_VELOCITY
        note, self._next = self._next, self._next - 1
        length = min(_LENGTH, max(bar.beat // 2, 1))
        name = spelled(7 * (pitch // 12 - 1) + _LETTER[pitch % 12], pitch)
        return Attack(
            tick, seconds, bar, note, self._click.voice, pitch, name, velocity, length, -1, _CAUSE
        )


_LETTER = (0, 0, 1, 1, 2, 3, 3, 4, 4, 5, 5, 6)
"""The letter on which each of the twelve pitches is spelled with sharps."""


def released(attack: Attack, tick: Ticks, seconds: Seconds, bar: Bar) -> Release:
    """The end of a click."""
    return Release(
        tick, seconds, bar, attack.note, attack.voice, attack.pitch, attack.spelling,
        tick - attack.tick, attack.cause,
    )  # fmt: skip


class Clicked(Around):
    """A player with a metronome: what it plays, and a click on every beat while it plays.

    It clicks in bars that were begun, by the tempo in force, and not while time stands. Clicks come
    after all else of their instant. Thread: one; never waits.
    """

    def __init__(self, player: Player, strokes: Strokes) -> None:
        super().__init__(player)
        self._strokes = strokes
        self._bar: Bar | None = None
        self._law: TempoSegment | None = None  # None before the first tempo and while time stands
        self._plays = False
        self._places: list[Ticks] = []  # where this bar is still to be clicked, the last one first
        self._sounding: Attack | None = None

    def pass_over(self, events: Iterable[Event], spot: Spot) -> None:
        """What was played silently, up to `spot`."""
        for event in events:
            self._follow(event)
        self._places = [tick for tick in self._places if tick >= spot.tick]

    # -- playing -----------------------------------------------------------------------------------

    def advance(self, until: Seconds) -> list[Event]:
        """What the player plays, with the clicks in their places."""
        out: list[Event] = []
        for event in self._player.advance(until):
            out += self._clicks(event.tick, inf)
            if self._sounding is not None and (_stops_time(event) or isinstance(event, BarLine)):
                out.append(self._hushed(self._sounding, event.tick, event.seconds))
            self._follow(event)
            out.append(event)
        out += self._clicks(None, until)
        return out

    def finish(self) -> list[Event]:
        """End the click that sounds, and all else."""
        events: list[Event] = []
        sounding, law = self._sounding, self._law
        if sounding is not None and law is not None:
            now = self.emitted
            tick = max(int(law.near_tick(now)), sounding.tick)
            events.append(self._hushed(sounding, tick, now))
        return [*events, *self._player.finish()]

    def next_seconds(self) -> Seconds:
        """When the player or the metronome is next to do something."""
        following, due, law = self._player.next_seconds(), self._due(), self._law
        if due is None or law is None:
            return following
        return min(following, law.seconds_at(due))

    def _due(self) -> Ticks | None:
        if self._law is None:
            return None
        if self._sounding is not None:
            return self._sounding.tick + self._sounding.length
        return self._places[-1] if self._plays and self._places else None

    def _clicks(self, before: Ticks | None, until: Seconds) -> Iterator[Event]:
        """What the metronome does before a tick, and before a second."""
        law, bar = self._law, self._bar
        if law is None or bar is None:
            return
        while (tick := self._due()) is not None and (before is None or tick < before):
            seconds = law.seconds_at(tick)
            if seconds >= until:
                return
            if self._sounding is not None:
                yield self._hushed(self._sounding, tick, seconds)
            else:
                self._places.pop()
                self._sounding = self._strokes.stroke(tick, seconds, bar)
                yield self._sounding

    def _hushed(self, sounding: Attack, tick: Ticks, seconds: Seconds) -> Release:
        self._sounding = None
        return released(sounding, tick, seconds, self._bar or sounding.bar)

    def _follow(self, event: Event) -> None:
        if isinstance(event, BarLine):
            self._bar = event.bar
            self._places = [event.tick + place for place in reversed(beats_of(event.bar))]
        elif isinstance(event, Tempo):
            self._law = law_of(event)
        elif isinstance(event, Change):
            if _stops_time(event):
                self._law = None
            elif event.what == "scene":
                self._plays = True
            elif event.what == "playing":
                self._plays = False


def _stops_time(event: Event) -> bool:
    return isinstance(event, Change) and event.what == "time" and event.value.startswith("stands")
