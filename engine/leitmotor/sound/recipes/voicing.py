"""A sustained instrument as numbers, and what they come to for one pitch."""

from __future__ import annotations

import zlib

import numpy as np

from leitmotor.music.time import Seconds
from leitmotor.records import record
from leitmotor.sound.recipe import frequency
from leitmotor.sound.recipes.breath import BURST, Breath
from leitmotor.sound.recipes.motion import STILL, Section, Tremolo, Vibrato, loop_of
from leitmotor.sound.recipes.waves import (
    Body,
    Factors,
    Source,
    audible,
    blended_levels,
    source_levels,
    strengths,
)
from leitmotor.sound.samples import Frames

RISE_10_90 = 0.590
"""Of a rise along half a cosine, the share between a tenth and nine tenths of its height."""

RISE_OF_SECTION = 0.545
"""The same where players flicker against each other: nine tenths are first reached sooner."""

SLOWER_PER_OCTAVE = 0.25  # of the attack, downwards: long strings and tubes take their time
SLOWEST, QUICKEST = 1.4, 0.6

SETTLED = 1.25  # times the rise: the loop begins no earlier


@record
class Voicing:
    """A sustained instrument as numbers.

    `soft` and `bright` are the two ends of its dynamics; `bodies` what both sound through, each at
    a MIDI number, mixed in between (one is enough for most). In its first `beginning_seconds` the
    tone has not its own spectrum but one whose corner lies at `beginning_corner` times its own:
    brass grows bright after it has grown loud; of a section, `bright` grows out of `soft`. It
    begins `scoop_cents` off. `drift_cents` and `drift_db` are what no single player holds still.
    Either `vibrato` or `section` says how it moves.
    """

    name: str
    low: int
    high: int
    soft: Source
    bright: Source
    bodies: tuple[tuple[int, Body], ...]
    attack_seconds: Seconds
    release_seconds: Seconds = 0.12
    legato_seconds: Seconds = 0.04
    vibrato: Vibrato = STILL
    section: Section | None = None
    tremolo: Tremolo | None = None
    breath: Breath | None = None
    beginning_corner: float = 1.0
    beginning_seconds: Seconds = 0.0
    scoop_cents: float = 0.0
    scoop_seconds: Seconds = 0.08
    drift_cents: float = 1.5
    drift_db: float = 0.4
    loop_seconds: Seconds = 1.0


class Note:
    """One pitch while it is made: its loop, when its beginning is over, its spectra, its dice."""

    def __init__(self, voicing: Voicing, pitch: int, rate: int) -> None:
        self.voicing = voicing
        self.pitch = pitch
        self.rate = rate
        self.hertz = frequency(pitch)
        self.middle_hz = frequency((voicing.low + voicing.high) / 2.0)
        self.loop = loop_of(self.hertz, rate, voicing.loop_seconds)
        seed = zlib.crc32(f"{voicing.name} {pitch}".encode())
        self.dice = np.random.Generator(np.random.PCG64(seed))
        # A section begins as a copy of its loop: it must have settled within one.
        # And its loop may yet turn out a little shorter, to be in tune.
        longest = round(0.95 * self.loop.frames / SETTLED)
        share = RISE_OF_SECTION if voicing.section else RISE_10_90
        self.rise: Frames = min(round(self._attack() / share * rate), longest)
        self.start: Frames = max(round(SETTLED * self.rise), *self._beginnings())

    def _attack(self) -> Seconds:
        slower: float = (self.middle_hz / self.hertz) ** SLOWER_PER_OCTAVE
        return self.voicing.attack_seconds * min(max(slower, QUICKEST), SLOWEST)

    def _beginnings(self) -> tuple[Frames, ...]:
        """When each of the things that happen once is over."""
        voicing, vibrato = self.voicing, self.voicing.vibrato
        seconds = (
            voicing.beginning_seconds,
            voicing.scoop_seconds if voicing.scoop_cents else 0.0,
            vibrato.delay_seconds + vibrato.rise_seconds,
            BURST * voicing.breath.onset_seconds if voicing.breath else 0.0,
        )
        return tuple(round(each * self.rate) for each in seconds)

    def body(self, cents: float = 0.0) -> Factors:
        """What the body makes of each partial while the pitch stands so far off."""
        count = audible(self.hertz, self.rate)
        hertz = self.hertz * 2.0 ** (cents / 1200.0) * np.arange(1, count + 1)
        return strengths(blended_levels(self.voicing.bodies, self.pitch, hertz), hertz, self.rate)

    def source(self, source: Source, corner: float = 1.0) -> Factors:
        """What the source gives of each partial with its corner so many times higher."""
        count = audible(self.hertz, self.rate)
        levels = source_levels(source, self.hertz, self.middle_hz, corner, count)
        return np.asarray(10.0 ** (levels / 20.0))
