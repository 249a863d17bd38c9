"""A baked note as it is kept: 16-bit numbers, brought to a common loudness."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from leitmotor.music.time import Seconds
from leitmotor.records import record
from leitmotor.sound.loudness import k_weighted_rms
from leitmotor.sound.recipe import Recipe
from leitmotor.sound.samples import Frames, Samples, gain_of

Numbers: TypeAlias = NDArray[np.int16]

REFERENCE_LUFS = -23.0
"""A note at fff, before any mixing, is as loud as this."""

WEIGHED_SECONDS: Seconds = 0.5
"""How much of a note is weighed: about what is heard of one in a melody."""

MOST_LIFT_DB = 15.0
"""What is over at once gets a peak so far above the reference, and no farther."""

_FULL = 32767.0


@record
class Shape:
    """What a table is beside its numbers, which times their scale are samples."""

    length: Frames
    loop_start: Frames  # the length where it sounds once
    soft_scale: float
    bright_scale: float
    fade_db_per_second: float
    release_seconds: Seconds


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """One pitch of an instrument, both layers."""

    soft: Numbers
    bright: Numbers
    shape: Shape


def baked_table(recipe: Recipe, pitch: int, rate: int) -> Table:
    """Bake one pitch and weigh it. A pure function; takes some milliseconds."""
    baked = recipe.bake(pitch, rate)
    trim = gain_of(recipe.trim_db)
    soft, soft_scale = _numbers(baked.soft, rate)
    bright, bright_scale = _numbers(baked.bright, rate)
    shape = Shape(
        len(soft),
        baked.loop_start,
        soft_scale * trim,
        bright_scale * trim,
        baked.fade_db_per_second,
        baked.release_seconds,
    )
    return Table(soft, bright, shape)


def _numbers(layer: Samples, rate: int) -> tuple[Numbers, float]:
    """A layer as numbers, and the factor that makes them samples of the reference loudness."""
    peak = float(np.max(np.abs(layer), initial=0.0))
    if not 0.0 < peak < np.inf:
        return np.zeros(len(layer), np.int16), 0.0
    numbers = np.rint(layer * np.float32(_FULL / peak)).astype(np.int16)
    # Weighed with the silence that follows it: what is over at once is compared by its energy.
    weighed = np.zeros(round(WEIGHED_SECONDS * rate), np.float32)
    heard = layer[: len(weighed)]
    weighed[: len(heard)] = heard
    wanted = gain_of(REFERENCE_LUFS + 0.691)  # BS.1770 counts 0.691 dB off
    lift = wanted / max(k_weighted_rms(weighed, rate), 1e-9)
    return numbers, min(peak * lift, wanted * gain_of(MOST_LIFT_DB)) / _FULL
