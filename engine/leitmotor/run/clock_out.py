"""MIDI clock beside the music: what others follow, 24 ticks a quarter at the ticks' exact times.

It starts with the music, stops where time stands or nothing plays, and goes on with song position.
It is no event: journals and traces do not know of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import inf
from typing import Protocol

from leitmotor.cues.midi_clock import (
    CLOCK_BYTES,
    CONTINUE_BYTES,
    START_BYTES,
    STOP_BYTES,
    position_bytes,
)
from leitmotor.messages import Change, Event, Tempo
from leitmotor.music.tempo import TempoSegment
from leitmotor.music.time import GRID, Seconds, Ticks


class Beat(Protocol):
    """What keeps others in time. Thread: one; never waits."""

    def due(self) -> Seconds:
        """When the next tick is due, in seconds of the performance."""
        ...

    def tick(self) -> None:
        """Send it."""
        ...

    def take(self, event: Event) -> None:
        """An event is about to be sent; all ticks before it have been."""
        ...

    def end(self) -> None:
        """The performance is over."""
        ...


class NoBeat:
    """Nobody follows."""

    def due(self) -> Seconds:
        """Never."""
        return inf

    def tick(self) -> None:
        """Nothing."""

    def take(self, event: Event) -> None:
        """Nothing."""

    def end(self) -> None:
        """Nothing."""


class ClockOut:
    """Gives `send` the bytes. What lies before second `begin` was not heard, and is not ticked."""

    def __init__(self, send: Callable[[bytes], None], begin: Seconds = 0.0) -> None:
        self._send = send
        self._begin = begin
        self._law: TempoSegment | None = None
        self._next: Ticks = 0
        self._runs = False
        self._stands = False

    def due(self) -> Seconds:
        """When the next tick is due."""
        if self._law is None or not self._runs:
            return inf
        return self._law.seconds_at(self._next)

    def tick(self) -> None:
        """Send it."""
        self._send(CLOCK_BYTES)
        self._next += GRID

    def take(self, event: Event) -> None:
        """Follow the tempo, and where the music stands and goes on."""
        match event:
            case Tempo():
                self._law = TempoSegment(
                    event.tick,
                    event.seconds,
                    event.bpm,
                    event.end_bpm,
                    event.length,
                    event.shape,
                )
            case Change(what="time"):
                self._stands = event.value != "goes on"
            case Change(what="playing"):
                self._stands = True
            case Change(what="scene" | "state"):
                self._stands = False
        if self._stands:
            self.end()
        elif not self._runs and self._law is not None and event.seconds >= self._begin:
            self._go(event)

    def end(self) -> None:
        """Say that it stops, once."""
        if self._runs:
            self._runs = False
            self._send(STOP_BYTES)

    def _go(self, event: Event) -> None:
        law = self._law
        if law is None or event.tick < law.tick:
            return
        # Time may have stood since: the same law, so much later.
        late = event.seconds - law.seconds_at(event.tick)
        self._law = replace(law, seconds=law.seconds + late)
        self._runs, self._next = True, event.tick
        if event.tick == 0:
            self._send(START_BYTES)
            return
        told, self._next = position_bytes(event.tick)
        self._send(told)
        self._send(CONTINUE_BYTES)
