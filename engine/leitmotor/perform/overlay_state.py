"""What the performer remembers of overlays: the stinger, the silence, channels that come and go."""

from __future__ import annotations

from dataclasses import dataclass, field

from leitmotor.music.chord import Chord
from leitmotor.music.time import Seconds, Ticks

FULL = 1.0
"""The place of a fader that is all the way up; 0 is silence."""


@dataclass(slots=True)
class StingerNow:
    """The stinger that sounds, or whose pickup does."""

    statement: int
    name: str
    receipt: int
    cue: str
    text: str  # as it was asked for, for answers
    token: tuple[int, int]
    landed: bool = False
    chord: Chord | None = None  # that sounded where it landed


@dataclass(frozen=True, slots=True)
class Duck:
    """Everything but the stinger steps back: down, held, and back to 0 dB."""

    begin: Ticks
    down: Ticks
    back: Ticks
    end: Ticks
    start: float  # dB
    depth: float
    spared: tuple[str, ...]  # channels that the stinger itself sounds on


@dataclass(slots=True)
class SilenceNow:
    """The silence that is on."""

    ident: int
    name: str
    receipt: int
    cue: str
    text: str
    token: tuple[int, int]
    least: Ticks  # a cue may end it from here on


@dataclass(slots=True)
class Blend:
    """Players who have no part any more and still play while they fade out."""

    ident: int
    cue: str
    until: Ticks
    players: tuple[tuple[str, str], ...]  # (role, instrument)
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fader:
    """A channel on its way between silence (0) and its level (1), with equal power."""

    begin: Ticks
    end: Ticks
    start: float
    goal: float

    def place(self, tick: Ticks) -> float:
        """Where it stands, in shares of the way."""
        if tick >= self.end:
            return self.goal
        if tick <= self.begin:
            return self.start
        return self.start + (self.goal - self.start) * (tick - self.begin) / (self.end - self.begin)


@dataclass(slots=True)
class Overlaid:
    """All of it."""

    stinger: StingerNow | None = None
    heard: dict[str, Seconds] = field(default_factory=dict)  # when a stinger last landed
    duck: Duck | None = None
    silence: SilenceNow | None = None
    silent_until: Ticks = 0  # nothing is attacked before
    blends: list[Blend] = field(default_factory=list)
    faders: dict[str, Fader] = field(default_factory=dict)  # by channel
    rest: Ticks = 0  # from here on neither duck nor fader moves

    def hushes(self, rule: str) -> bool:
        """Whether nothing is attacked before `silent_until`.

        Stingers land at a place of their own, as soon as the silence itself is over.
        """
        return self.silence is not None or rule != "stinger"

    def lingers(self, role: str, instrument: str) -> bool:
        """Whether a player without a part still fades out in a role."""
        return any((role, instrument) in blend.players for blend in self.blends)

    def lingering(self, role: str) -> tuple[str, ...]:
        """The players who still fade out in a role."""
        return tuple(
            name for blend in self.blends for played, name in blend.players if played == role
        )
