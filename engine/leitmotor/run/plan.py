"""What is to be played and how: all that the performer process is told before it starts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from leitmotor.messages import Cue, Position
from leitmotor.music.length import Length
from leitmotor.music.time import Seconds
from leitmotor.music.time_of_day import DAY
from leitmotor.perform.performance import Performance, Start
from leitmotor.perform.timepiece import looks_at_the_clock
from leitmotor.run.audio_plan import AudioPlan
from leitmotor.run.click import Click
from leitmotor.run.loop import Loop
from leitmotor.score.compiled import CompiledScore

Script: TypeAlias = tuple[tuple[Seconds | Position, Cue], ...]
"""Cues known beforehand, in the order of their lines."""

SHORTEST_HORIZON: Seconds = 0.001
LONGEST_HORIZON: Seconds = 0.1
"""A stop takes as long as the horizon, and has to be over well before 200 ms."""

HORIZONS = "1 ms to 100 ms"
"""From the shortest to the longest, for messages."""


class Waits(Enum):
    """Whether the clock stands at 0 until somebody fires a cue (S33)."""

    NO = "no"
    FOR_THE_FIRST_CUE = "for the first cue"


class AtRest(Enum):
    """What a live performance does when nothing plays and no cue is due."""

    STAY = "stay"  # somebody may fire one
    END = "end"


@dataclass(frozen=True, slots=True)
class PlayPlan:
    """A performance to be given. `seed` None takes the score's own.

    `begin` is the second at which it starts to sound, what lies before being played silently
    (`rehearse.placed` finds it); `until` the one at which it ends. `speed` 2 plays twice as fast:
    it stands outside the performance, whose notes, seconds and answers stay the same (S22). `mute`
    and `solo` name roles, characters or instruments, and take them away after the performer (S34).
    `midi_outs` are `midi:NAME` or `virtual`; `rig_outs` names those of them that play only the
    voices of one output of the rig, and `clock_outs` those that send MIDI clock. `audio_out` is the
    built-in sound. `without` are notes, by number, that a recorded session dropped.
    `horizon_seconds` is the least delay of a cue fired by hand; the sound's device may need a
    longer one. `clock` is the time of day at second 0, in seconds since midnight; None where nobody
    knows it.

    `loop` plays some bars over and over; `click` is a metronome through the piece, and `count_in`
    one before it (`staged.staged` puts them around the performance). `by_hand` are the cues of a
    recorded session that were fired by hand, where a loop or a count-in tells them from the script.

    Raises ValueError where a number is out of its range.
    """

    score: CompiledScore
    seed: int | None = None
    start: Start = Start.AT_ONCE
    script: Script = ()
    waits: Waits = Waits.NO
    midi_outs: tuple[str, ...] = ()
    rig_outs: tuple[tuple[str, str], ...] = ()
    audio_out: AudioPlan | None = None
    clock_outs: frozenset[str] = frozenset()
    horizon_seconds: Seconds = 0.010
    spin_seconds: Seconds = 0.001
    speed: float = 1.0
    mute: frozenset[str] = frozenset()
    solo: frozenset[str] = frozenset()
    without: frozenset[int] = frozenset()
    begin: Seconds = 0.0
    until: Seconds | None = None
    at_rest: AtRest = AtRest.STAY
    clock: Seconds | None = None
    loop: Loop | None = None
    click: Click | None = None
    count_in: Length | None = None
    by_hand: tuple[tuple[Seconds, Cue], ...] = ()

    def __post_init__(self) -> None:
        if not SHORTEST_HORIZON <= self.horizon_seconds <= LONGEST_HORIZON:
            given = f"{self.horizon_seconds * 1000:g} ms"
            raise ValueError(f"a horizon of {HORIZONS} is needed, not {given}")
        if not 0.05 <= self.speed <= 20:
            raise ValueError(f"a speed of 5%..2000% is needed, not {self.speed:.0%}")
        if self.begin < 0 or not 0 <= self.spin_seconds <= self.horizon_seconds:
            raise ValueError("begin at 0 or later, and spin for no longer than the horizon")
        if self.clock is not None and not 0 <= self.clock < DAY:
            raise ValueError(f"a time of day of 0..{DAY} s is needed, not {self.clock:g} s")

    def performance(self) -> Performance:
        """A new performance that knows the script. Any thread; allocates; never waits."""
        performance = Performance(self.score, self.seed, self.start, self.clock)
        for at, cue in self.script:
            performance.receive(cue, at)
        return performance


def standing(
    score: CompiledScore,
    scripts: Iterable[object],
    clock: Seconds | None = None,
    inputs: Iterable[object] = (),
) -> tuple[Start, Waits]:
    """How a performance begins (S33). `scripts`: the script there is; `inputs`: those of the rig.

    At once, unless the score says `start: on cue`, or says nothing and there is a script or an
    input. Where it waits without a script, its clock stands until the first cue that is fired by
    hand or comes from an input; not so where it looks at the time of day, which is known and does
    not stand: there the cue of the day is the first one.
    """
    scripted = any(True for _ in scripts)
    on_cue = score.defaults.start_on_cue
    if on_cue is None:
        on_cue = scripted or any(True for _ in inputs)
    if not on_cue:
        return Start.AT_ONCE, Waits.NO
    runs = scripted or (clock is not None and looks_at_the_clock(score))
    return Start.ON_CUE, Waits.NO if runs else Waits.FOR_THE_FIRST_CUE
