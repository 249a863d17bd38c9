"""How a held tone moves: vibrato, drift, tremolo, all in whole turns of a loop that closes.

Everything periodic in a note makes a whole number of turns in its loop. The loop is chosen first,
in samples, so that a whole number of periods fills it; half a sample in 40 000 is 0.02 cents.
"""

from __future__ import annotations

import numpy as np

from leitmotor.music.time import Seconds
from leitmotor.records import record
from leitmotor.sound.samples import TAU, Frames, Samples

STROKE = 4096
_OCTAVE_CENTS = 1200.0


@record
class Vibrato:
    """Periodic movement of a single player.

    `rate_hz` and `cents` (to either side) of the pitch; it begins after `delay_seconds` and has
    grown in another `rise_seconds`. `swing_db` and `swing_corner` are how far level and brightness
    (corner of the source, as a factor less 1) go along: of a flute they are most of the vibrato.
    """

    rate_hz: float = 5.5
    cents: float = 0.0
    delay_seconds: Seconds = 0.35
    rise_seconds: Seconds = 0.35
    swing_db: float = 0.0
    swing_corner: float = 0.0


STILL = Vibrato(5.0, 0.0, 0.0, 0.0)
"""No vibrato."""


@record
class Section:
    """Several players on one note.

    They stand up to `detune_cents` apart from the middle, wander slowly by `wander_cents`, and have
    vibratos of `cents` that differ from player to player in rate and phase.
    """

    players: int
    detune_cents: float
    wander_cents: float = 5.0
    vibrato_hz: float = 5.5
    cents: float = 0.0


@record
class Tremolo:
    """Short strokes to and fro: `rate_hz` of them, between which `floor` of the level remains."""

    rate_hz: float
    floor: float = 0.3


@record
class Loop:
    """A stretch of samples filled by a whole number of periods."""

    frames: Frames
    periods: int
    rate: int

    def turns(self, hertz: float) -> int:
        """The whole number of turns in the loop nearest to so many a second, at least one."""
        return max(1, round(hertz * self.frames / self.rate))

    def hertz(self, turns: float) -> float:
        """What so many turns in the loop are in a second."""
        return turns * self.rate / self.frames


def loop_of(hertz: float, rate: int, seconds: Seconds) -> Loop:
    """The loop of about that length in which `hertz` closes."""
    periods = max(1, round(hertz * seconds))
    return Loop(round(periods * rate / hertz), periods, rate)


def stroke_table(floor: float) -> Samples:
    """The level of one stroke of a tremolo: from turn to turn of the bow, with short gaps.

    Its effective value is 1.
    """
    gap = np.cos(np.arange(STROKE) * (np.pi / STROKE)) ** 4
    level = 1.0 - (1.0 - floor) * gap
    return np.asarray(level / np.sqrt(np.mean(np.square(level))), dtype=np.float32)


def swing_turns(hertz: float, cents: float, turning_hz: float) -> float:
    """How far a phase swings (turns) where its frequency swings by `cents`, `turning_hz` times."""
    return float(hertz * (2.0 ** (cents / _OCTAVE_CENTS) - 1.0) / (TAU * turning_hz))


def ramp(frames: Frames) -> Samples:
    """From 0 to 1 along half a cosine."""
    through: Samples = np.arange(frames, dtype=np.float32)
    through *= np.float32(np.pi / max(1, frames))
    np.cos(through, out=through)
    through *= np.float32(-0.5)
    through += np.float32(0.5)
    return through


def evening(fading: Samples, likeness: float) -> Samples:
    """The gain that keeps a tone even while it fades into another of the same effective value.

    Without it the tone sags half-way, the more the less the two are alike.
    """
    mixed = 1.0 - 2.0 * (1.0 - likeness) * fading * (1.0 - fading)
    return np.asarray(1.0 / np.sqrt(mixed), dtype=np.float32)


def scoop_turns(hertz: float, cents: float, seconds: Seconds, rate: int) -> Samples:
    """The way (in turns) of a tone that begins so many cents off and is there after `seconds`.

    What is off falls as (1 - x)², so that nothing moves where it ends.
    """
    left = 1.0 - np.arange(round(seconds * rate)) / (seconds * rate)
    off_hz = hertz * (2.0 ** (cents / _OCTAVE_CENTS) - 1.0)
    # Counted back from the end, for what comes after stands where it stood.
    return np.asarray(-off_hz * seconds / 3.0 * left**3, dtype=np.float32)
