"""What an instrument of the built-in sound is: a recipe that bakes one pitch at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from leitmotor.music.time import Seconds
from leitmotor.records import record
from leitmotor.sound.samples import Frames, Samples


@dataclass(frozen=True, slots=True, eq=False)
class Baked:
    """One pitch of an instrument, ready to be played back as it is.

    `soft` and `bright` are the same note twice, equally long and in phase partial by partial, so
    that any mixture of the two is a note of a brightness between them. They may have any level: it
    is brought to a common loudness afterwards.

    From `loop_start` to the end the note goes round for as long as it is held, falling by
    `fade_db_per_second`; where `loop_start` is the length, it sounds once and is over. The
    loop closes without a jump. After its release it falls by 60 dB in `release_seconds`.
    """

    soft: Samples
    bright: Samples
    loop_start: Frames
    fade_db_per_second: float = 0.0
    release_seconds: Seconds = 0.12


@record
class Recipe:
    """How an instrument is made.

    `bake(pitch, rate)` is a pure function of MIDI number (0…127) and samples a second, good for any
    pitch; `low` and `high` are where it is meant to be played. `version` goes up with every
    change that is heard: baked notes are kept on disk under name and version.

    `is_struck` is True where loudness and brightness come from the velocity (struck, plucked),
    False where they follow the expression (CC11). `attack_seconds` is the time from 10 to 90 % of
    the first rise, in the middle of the range, as docs/ declares it. A legato note skips the attack
    and fades in over `legato_seconds`. `trim_db` corrects what equal loudness by measure does not
    make equal by ear.
    """

    name: str
    low: int
    high: int
    bake: Callable[[int, int], Baked]
    is_struck: bool
    attack_seconds: Seconds
    legato_seconds: Seconds = 0.04
    trim_db: float = 0.0
    version: int = 1


def frequency(pitch: float) -> float:
    """Hertz of a MIDI number in equal temperament, A4 = 440 Hz."""
    return float(440.0 * 2.0 ** ((pitch - 69.0) / 12.0))
