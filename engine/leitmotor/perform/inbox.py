"""Cues whose time has not come, and the tick at which the next one acts (S1, S2)."""

from __future__ import annotations

from math import inf, isfinite

from leitmotor.messages import AfterPrevious, AtBar, AtSceneBar, Bar, Cue, Position
from leitmotor.music.length import Length, Unit
from leitmotor.music.time import Seconds, Ticks
from leitmotor.perform.house import House
from leitmotor.perform.state import Waiting

NEVER: Ticks = 1 << 62

LATEST: Seconds = 1e9
"""Thirty years: beyond, a float of seconds can no longer tell two ticks apart."""

UNITS = {"bars": Unit.BARS, "beats": Unit.BEATS, "seconds": Unit.SECONDS}


class Inbox:
    """Orders cues by their place; at one place by their receipt, the score's own first."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.version = 0
        self._stamp = (-1, -1)
        self._next: tuple[Ticks, Waiting | None] = (NEVER, None)

    def receive(self, cue: Cue, at: Seconds | Position) -> Waiting:
        """Take a cue in. An `at` before what was handed out is moved there, and says so."""
        state = self.house.state
        state.receipts += 1
        waiting = Waiting(state.receipts, cue)
        if isinstance(at, (int, float)):
            waiting.seconds, waiting.note = self._on_the_clock(float(at))
        else:
            waiting.position = at
            self._place_now(waiting)
        self.add(waiting)
        return waiting

    def _on_the_clock(self, at: Seconds) -> tuple[Seconds, str]:
        """A time that can come, and what had to be adjusted to make it one."""
        emitted = self.house.state.emitted
        if not isfinite(at):
            return emitted, f"{at} is no time; taken as now"
        if at < emitted:
            return emitted, f"asked for at {at:.3f} s, which has been played already"
        if at > LATEST:
            return LATEST, f"{at:g} s is further than any performance; taken as {LATEST:g} s"
        return at, ""

    def add(self, waiting: Waiting) -> None:
        """Keep a cue, received or of the score's own making, until its time."""
        self.house.state.inbox.append(waiting)
        self.changed()

    def _place_now(self, waiting: Waiting) -> None:
        """A position that can be told at once."""
        state = self.house.state
        position = waiting.position
        if isinstance(position, AtBar):
            self._at_bar(waiting, position, state.bar)
        elif isinstance(position, AtSceneBar) and state.scene == position.scene:
            self._from_entry(waiting, position)
        elif isinstance(position, AfterPrevious) and waiting.receipt - 1 == state.last_act[0]:
            self._after(waiting, position, state.last_act[1])

    def changed(self) -> None:
        """The inbox is not as it was."""
        self.version += 1

    # -- what the performance tells ----------------------------------------------------------------

    def bar_began(self) -> None:
        """A bar began, or took another metre: cues that stand in it know their place now."""
        bar = self.house.state.bar
        for waiting in self.house.state.inbox:
            if isinstance(waiting.position, AtBar) and not self._passed(waiting, bar):
                self._at_bar(waiting, waiting.position, bar)

    def scene_entered(self, scene: str) -> None:
        """A scene was entered: cues counted from its entry know their bar now."""
        for waiting in self.house.state.inbox:
            position = waiting.position
            if isinstance(position, AtSceneBar) and position.scene == scene:
                self._from_entry(waiting, position)

    def forget_left(self) -> None:
        """Cues that a scene would have brought about are void once it was left: let them go."""
        state = self.house.state
        kept = [each for each in state.inbox if state.may_come(each)]
        if len(kept) < len(state.inbox):
            state.inbox = kept
            self.changed()

    def acted(self, receipt: int) -> None:
        """A cue acted: the one counted from it knows its place now."""
        for waiting in self.house.state.inbox:
            if isinstance(waiting.position, AfterPrevious) and waiting.receipt == receipt + 1:
                self._after(waiting, waiting.position, self.house.state.tick)

    @staticmethod
    def _passed(waiting: Waiting, bar: Bar) -> bool:
        """Whether the place was found in an earlier bar, which an entry has cut short since."""
        position = waiting.position
        if not isinstance(position, AtBar) or waiting.tick is None:
            return False
        return position.bar < bar.number

    def _at_bar(self, waiting: Waiting, position: AtBar, bar: Bar) -> None:
        if position.bar > bar.number:
            return
        tick = bar.start + round((position.beat - 1) * bar.beat)
        if position.bar < bar.number:
            tick = self.house.state.tick
            waiting.note = f"bar {position.bar} has been played already"
        # The position stays: the bar may yet take another metre at its own bar line.
        waiting.tick = self._not_before_now(tick)
        self.changed()

    def _not_before_now(self, tick: Ticks) -> Ticks:
        """The tick, or the first one that was neither played nor handed out yet."""
        state = self.house.state
        tick = max(tick, state.tick)
        if state.stand is None and self.house.seconds_at(tick) < state.emitted:
            tick = self.house.tick_at(state.emitted)
        return tick

    def _from_entry(self, waiting: Waiting, position: AtSceneBar) -> None:
        bar = self.house.state.scene_bar + position.bar - 1
        waiting.position = AtBar(bar, position.beat)
        self._at_bar(waiting, waiting.position, self.house.state.bar)

    def _after(self, waiting: Waiting, position: AfterPrevious, tick: Ticks) -> None:
        length = Length(position.amount, UNITS[position.unit])
        waiting.position = None
        if length.unit is Unit.SECONDS:
            waiting.seconds = max(
                self.house.seconds_at(tick) + float(length.amount), self.house.state.emitted
            )
        else:
            waiting.tick = self._not_before_now(tick + self.house.ticks_for(length, tick))
        self.changed()

    # -- what the loop asks ------------------------------------------------------------------------

    def next(self) -> tuple[Ticks, Waiting | None]:
        """The next cue and its tick, on the tempo map as it stands."""
        stamp = (self.house.map_version, self.version)
        if self._stamp != stamp:
            self._stamp = stamp
            self._next = min(
                ((self._tick(w), w) for w in self.house.state.inbox),
                key=lambda pair: (pair[0], pair[1].receipt > 0, pair[1].receipt),
                default=(NEVER, None),
            )
        return self._next

    def next_by_clock(self) -> tuple[Seconds, Waiting | None]:
        """The next cue while time stands, and when: those placed in seconds, or at this instant."""
        house = self.house
        due = (
            (max(w.seconds, house.seconds) if w.seconds is not None else house.seconds, w)
            for w in house.state.inbox
            if w.seconds is not None or (w.tick is not None and w.tick <= house.state.tick)
        )
        return min(
            due,
            key=lambda pair: (pair[0], pair[1].receipt > 0, pair[1].receipt),
            default=(inf, None),
        )

    def _tick(self, waiting: Waiting) -> Ticks:
        if waiting.tick is not None:
            return waiting.tick
        if waiting.seconds is None:
            return NEVER
        # Never before the instant that is being played: a tempo change may have moved it.
        return max(self.house.map.tick_at(waiting.seconds), self.house.state.tick)

    def take(self, waiting: Waiting) -> None:
        """A cue acts now."""
        self.house.state.inbox.remove(waiting)
        self.changed()
