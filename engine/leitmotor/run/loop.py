"""Some bars over and over (`--loop A..B`): a snapshot at A, restored at B (S34)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from math import inf, nextafter
from typing import NamedTuple

from leitmotor.messages import (
    Answer,
    Attack,
    Bar,
    BarLine,
    Cause,
    Change,
    Control,
    Cue,
    Distance,
    Do,
    Effect,
    Event,
    Fire,
    Log,
    Observation,
    Program,
    Release,
    Reply,
    Room,
    Set,
    Setup,
    Tempo,
    View,
    Voice,
)
from leitmotor.music.time import Seconds, Ticks
from leitmotor.perform.performance import Performance
from leitmotor.run.spot import Spot, spot_of

JUST_AFTER: Seconds = 1e-6
"""The end of the last round belongs to what was played, also where a journal is played to there."""


class Loop(NamedTuple):
    """From the bar line of bar `first`, at second `begin`, to the end of bar `last`.

    `times` is how often it is played; 0 is for ever.
    """

    first: int
    last: int
    begin: Seconds
    times: int = 0


class Mark:
    """The place to come back to: bar `first` of the loop, of which nothing was played yet."""

    def __init__(self, performance: Performance, passed: Sequence[Event]) -> None:
        self._score = performance.score
        self._snapshot = performance.snapshot()
        self.spot: Spot = spot_of(performance, passed)
        self.setups = performance.prelude()

    def restored(self) -> Performance:
        """The performance as it was here."""
        return Performance.restore(self._score, self._snapshot)

    def tempo(self) -> Tempo:
        """The tempo in force here, as if it began here."""
        tick, law = self.spot.tick, self.spot.law
        left = max(law.tick + law.length - tick, 0) if law.length else 0
        bpm = law.bpm_at(tick)
        end, shape = (law.end_bpm, law.shape) if left else (bpm, "constant")
        return Tempo(tick, self.spot.seconds, self.spot.bar, bpm, end, left, shape)


class _Shift(NamedTuple):
    """From the numbers of the performance inside to those that are heard."""

    ticks: Ticks = 0
    seconds: Seconds = 0.0
    notes: int = 0
    receipts: int = 0


class Looped:
    """A performance that goes back to bar A whenever bar B has ended, with all that was so at A.

    What sounds at B ends there; what is held at A is struck. Seconds and ticks go on, bars are
    those of the score, notes and receipts never have a number twice. A cue fired by hand acts, and
    is taken back with the restore, which is told.

    `performance` is at the place where it begins, at or after `mark`, and `opening` sounds there.
    Of its cues the first `scripted` are of the score's script. `later` are the cues of a recorded
    session that were fired by hand, with the seconds at which they acted.

    Thread: one; never waits.
    """

    def __init__(
        self,
        performance: Performance,
        loop: Loop,
        mark: Mark,
        opening: Sequence[Event],
        scripted: int,
        later: Sequence[tuple[Seconds, Cue]] = (),
    ) -> None:
        self._inner = performance
        self._loop = loop
        self._mark = mark
        self._scripted = scripted
        self._later = deque(later)
        self._shift = _Shift()
        self._emitted = performance.emitted
        self._heard = {e.note: e for e in opening if isinstance(e, Attack)}
        self._most_notes = max(self._heard, default=0)
        self._most_receipts = scripted
        setups = performance.prelude()
        self._told = _told(setups)
        self._metres = {_channel(setup.voice): setup.metres for setup in setups}
        self._room = setups[0].room if setups else ("", 0.0)
        self._taken: list[str] = []  # cues fired by hand in this round
        self._ahead: list[Event] = []  # played in order to take in a cue
        self._round = 1
        self._over = ""

    # -- playing -----------------------------------------------------------------------------------

    def advance(self, until: Seconds) -> list[Event]:
        """What is heard up to `until`, also over the end of a round."""
        while self._later and self._later[0][0] < until:
            self.receive(self._later[0][1], self._later.popleft()[0])
        out, self._ahead = self._ahead, []
        if until > self._emitted:
            out += self._played(until)
        return out

    def _played(self, until: Seconds) -> Iterator[Event]:
        while not self._over:
            inner, limit = self._inner, until - self._shift.seconds
            at = inner.next_seconds()
            if at >= limit:
                inner.advance(limit)
                self._emitted = until
                return
            # Instant by instant: what tells that the last bar is over belongs to what would follow.
            instant = inner.advance(nextafter(at, inf))
            line = next((e for e in instant if self._is_the_end(e)), None)
            if line is None:
                yield from self._outward(instant)
            else:
                yield from self._again(line)

    def _is_the_end(self, event: Event) -> bool:
        return isinstance(event, BarLine) and event.bar.number > self._loop.last

    def _outward(self, events: Sequence[Event]) -> Iterator[Event]:
        """The events as they are heard; ends of notes that were never struck are left out."""
        for event in events:
            if isinstance(event, Release) and event.note + self._shift.notes not in self._heard:
                continue
            yield self._kept_in_mind(_shifted(event, self._shift, self._scripted))

    def _kept_in_mind(self, event: Event) -> Event:
        if isinstance(event, Attack):
            self._heard[event.note] = event
            self._most_notes = max(self._most_notes, event.note)
        elif isinstance(event, Release):
            del self._heard[event.note]
        elif isinstance(event, Control):
            self._told[_channel(event.voice), event.controller] = event.value
        elif isinstance(event, Program):
            self._told[_channel(event.voice), PROGRAM] = _sound(event.voice)
        elif isinstance(event, Distance):
            self._metres[_channel(event.voice)] = event.metres
        elif isinstance(event, Room):
            self._room = event.name, event.rings
        return event

    # -- the end of a round ------------------------------------------------------------------------

    def _again(self, line: Event) -> Iterator[Event]:
        """What sounds ends, and all is as it was at the mark."""
        tick, seconds = line.tick + self._shift.ticks, line.seconds + self._shift.seconds
        bar = line.bar._replace(start=tick)
        for held in list(self._heard.values()):
            yield self._kept_in_mind(_released(held, tick, seconds, bar))
        self._emitted = seconds
        if self._round == self._loop.times:
            self._emitted += JUST_AFTER
            self._over = f"the loop was played {_times(self._round)}"
            yield Change(tick, seconds, bar, "playing", "idle", Cause("loop"))
            return
        self._round += 1
        mark, spot = self._mark, self._mark.spot
        self._inner = mark.restored()
        self._shift = _Shift(
            tick - spot.tick,
            seconds - spot.seconds,
            self._most_notes,
            self._most_receipts - self._scripted,
        )
        back = [*self._set_up(), Log(spot.tick, spot.seconds, spot.bar, self._sentence())]
        if spot.law.tick < spot.tick:
            back.insert(0, mark.tempo())
        struck = [held for held in spot.held(self._inner) if held.note not in spot.ended]
        yield from self._outward([*back, *struck])

    def _set_up(self) -> Iterator[Event]:
        """Programs and controllers that are not as they were at the mark."""
        spot = self._mark.spot
        here = spot.tick, spot.seconds, spot.bar
        if self._mark.setups and self._mark.setups[0].room != self._room:
            yield Room(*here, *self._mark.setups[0].room)
        for setup in self._mark.setups:
            channel = _channel(setup.voice)
            if self._told.get((channel, PROGRAM)) != _sound(setup.voice):
                yield Program(*here, setup.voice)
            for controller, value in setup.controls:
                if self._told.get((channel, controller)) != value:
                    yield Control(*here, setup.voice, controller, value)
            if self._metres[channel] != setup.metres:
                yield Distance(*here, setup.voice, setup.metres)

    def _sentence(self) -> str:
        said = f"from bar {self._loop.first} again ({_ordinal(self._round)} time)"
        taken, self._taken = self._taken, []
        return f"{said}; taken back: {', '.join(taken)}" if taken else said

    # -- cues --------------------------------------------------------------------------------------

    def receive(self, cue: Cue, at: Seconds) -> Answer:
        """Take a cue in. It acts in the round that is played at `at`, and goes with it."""
        if at > self._emitted:
            self._ahead += self._played(at)
        answer = self._inner.receive(cue, self._inner.emitted)
        self._most_receipts += 1
        self._taken.append(_text(cue))
        shift = self._shift
        return Answer(
            answer.receipt + shift.receipts,
            cue,
            answer.at + shift.seconds if answer.at is not None else None,
            answer.provisional,
            tuple(_effect(effect, shift) for effect in answer.effects),
            answer.reason,
        )

    def refusal(self, cue: Cue) -> str:
        """As the performance."""
        return self._inner.refusal(cue)

    # -- what there is to know ---------------------------------------------------------------------

    def next_seconds(self) -> Seconds:
        """When something next happens."""
        if self._over:
            return inf
        if self._ahead:
            return self._ahead[0].seconds
        following = self._inner.next_seconds() + self._shift.seconds
        return min(following, self._later[0][0]) if self._later else following

    def view(self) -> View:
        """The picture of the bar that is played."""
        return self._inner.view()

    def finish(self) -> list[Event]:
        """Release everything that still sounds, at the place reached."""
        return [] if self._over else list(self._outward(self._inner.finish()))

    @property
    def emitted(self) -> Seconds:
        """Everything before this instant has been handed out."""
        return self._emitted

    @property
    def idle(self) -> bool:
        """Never: what has fallen silent begins again."""
        return False

    @property
    def begun(self) -> bool:
        """As the performance."""
        return self._inner.begun

    @property
    def expecting(self) -> bool:
        """There is always more to come."""
        return True

    @property
    def recurring(self) -> bool:
        """As the performance."""
        return self._inner.recurring

    def over(self) -> str:
        """Why it is not played again; empty while it goes on."""
        return self._over


# --------------------------------------------------------------------------------------------------
# Events as they are heard


PROGRAM = -1
"""Stands for the program among the controllers of a channel."""

_Channel = tuple[str, int]


def _channel(voice: Voice) -> _Channel:
    return voice.out, voice.channel


def _sound(voice: Voice) -> tuple[int, int]:
    return voice.program, voice.bank


def _told(setups: Sequence[Setup]) -> dict[tuple[_Channel, int], int | tuple[int, int]]:
    """What each channel was told last."""
    told: dict[tuple[_Channel, int], int | tuple[int, int]] = {}
    for setup in setups:
        channel = _channel(setup.voice)
        told[channel, PROGRAM] = _sound(setup.voice)
        told |= {(channel, controller): value for controller, value in setup.controls}
    return told


def _shifted(event: Event, shift: _Shift, scripted: int) -> Event:
    if not shift.ticks:
        return event
    bar: Bar = event.bar._replace(start=event.bar.start + shift.ticks)
    tick, seconds = event.tick + shift.ticks, event.seconds + shift.seconds
    moved: Event = event._replace(tick=tick, seconds=seconds, bar=bar)
    if isinstance(moved, (Attack, Release)):
        return moved._replace(note=moved.note + shift.notes)
    if isinstance(moved, Reply):
        receipt = moved.receipt + (shift.receipts if moved.receipt > scripted else 0)
        effects = tuple(_effect(effect, shift) for effect in moved.effects)
        return moved._replace(receipt=receipt, effects=effects)
    return moved


def _effect(effect: Effect, shift: _Shift) -> Effect:
    return effect._replace(tick=effect.tick + shift.ticks, seconds=effect.seconds + shift.seconds)


def _released(held: Attack, tick: Ticks, seconds: Seconds, bar: Bar) -> Release:
    return Release(
        tick, seconds, bar, held.note, held.voice, held.pitch, held.spelling,
        tick - held.tick, held.cause,
    )  # fmt: skip


def _text(cue: Cue) -> str:
    match cue:
        case Fire(name):
            return name
        case Do(text):
            return text
        case Set(parameter, value):
            return f"{parameter} = {value:g}"
        case Observation(kind, address):
            return f"{kind} {address}".strip()


def _times(count: int) -> str:
    return "once" if count == 1 else "twice" if count == 2 else f"{count} times"


def _ordinal(count: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count}{'th' if count % 100 in (11, 12, 13) else ending}"
