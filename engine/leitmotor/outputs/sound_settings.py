"""What a sound file is made with."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import field
from pathlib import Path
from typing import Protocol

from leitmotor.messages import Voice
from leitmotor.outputs.gains import GainNodes
from leitmotor.outputs.sound_file import Finish, Mix, SoundFileOutput
from leitmotor.outputs.sound_numbers import Depth
from leitmotor.outputs.sound_writers import sound_writer
from leitmotor.records import record
from leitmotor.sound.patch import Patch

Hears = Callable[[Voice], bool]
"""Which voices are played."""


class Mastering(Finish, Protocol):
    """The last stage of a whole mix: steers its loudness, limits its peaks, and measures it."""

    @property
    def gains(self) -> GainNodes:
        """How the loudness was steered, limiter not counted."""
        ...

    @property
    def peak_dbtp(self) -> float:
        """True peak of all that was given out (BS.1770); -inf where there was nothing."""
        ...

    @property
    def lufs(self) -> float:
        """Integrated loudness of all that was given out (BS.1770); -inf where it is too short."""
        ...

    @property
    def faults(self) -> int:
        """How many samples were no numbers and became silence."""
        ...


def everybody(_voice: Voice) -> bool:
    """Every voice is played."""
    return True


def built_in(patches: Mapping[str, Patch], rate: int, hears: Hears) -> Mix:
    """The built-in sound, and SoundFonts."""
    from leitmotor.outputs.sound_maker import made_renderer

    return made_renderer(patches, rate, _told, hears)


def _told(sentence: str) -> None:
    # A stem's process may say it once more: the reader of a pipe can tell.
    print(sentence, file=sys.stderr, flush=True)


def steered_and_limited(rate: int, loudness: float) -> Mastering:
    """The last stage of the built-in sound, aiming at so many LUFS."""
    from leitmotor.outputs.mastered import Mastered

    return Mastered(rate, loudness)


@record
class SoundSettings:
    """Instruments by the score's names, samples a second, the numbers of the file, LUFS to aim at.

    `plays` and `masters` make what plays and what finishes it; where a stem is made in a process of
    its own, they have to be functions of modules.
    """

    patches: Mapping[str, Patch] = field(default_factory=dict)
    rate: int = 48000
    depth: Depth = Depth.BITS_24
    loudness: float = -23.0
    plays: Callable[[Mapping[str, Patch], int, Hears], Mix] = built_in
    masters: Callable[[int, float], Mastering] = steered_and_limited


def sound_file(path: Path, settings: SoundSettings) -> SoundFileOutput:
    """The whole mix of whatever is sent, into one file."""
    return SoundFileOutput(
        [sound_writer(path, settings.rate, settings.depth)],
        settings.rate,
        lambda: settings.plays(settings.patches, settings.rate, everybody),
        lambda: settings.masters(settings.rate, settings.loudness),
    )
