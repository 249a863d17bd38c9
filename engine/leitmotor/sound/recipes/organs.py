"""The pipe organ: ranks of pipes at whole multiples of the pitch; louder is more of them."""

from __future__ import annotations

import math

from leitmotor.sound.recipe import Recipe
from leitmotor.sound.recipes.breath import Breath
from leitmotor.sound.recipes.motion import Section
from leitmotor.sound.recipes.sustained import recipe
from leitmotor.sound.recipes.voicing import Voicing
from leitmotor.sound.recipes.waves import Body, Source

_PARTIALS = 24


def _drawn(stops: tuple[tuple[int, float], ...], pipe_db: float) -> tuple[float, ...]:
    """Levels of the first partials of several ranks.

    A stop is (multiple of the pitch, dB); partials of one pipe fall by `pipe_db` an octave.
    """
    power = [1e-8] * _PARTIALS
    for multiple, level_db in stops:
        for nth in range(1, _PARTIALS // multiple + 1):
            power[multiple * nth - 1] += 10.0 ** ((level_db - pipe_db * math.log2(nth)) / 10.0)
    return tuple(10.0 * math.log10(each) for each in power)


# In feet: 8, 4; then 8, 4, 2 2/3, 2, 1 1/3, 1.
_FLUES = _drawn(((1, 0.0), (2, -9.0)), 16.0)
_PLENUM = _drawn(((1, 0.0), (2, -1.0), (3, -6.0), (4, -2.0), (6, -6.0), (8, -6.0)), 8.0)

ORGAN_VOICINGS: tuple[Voicing, ...] = (
    Voicing(
        "organ",
        36,
        96,
        soft=Source(0.0, 3000.0, 12.0, 0.5, partials_db=_FLUES),
        bright=Source(0.0, 5000.0, 9.0, 0.5, partials_db=_PLENUM),
        bodies=((0, Body()),),
        attack_seconds=0.015,
        release_seconds=0.15,
        legato_seconds=0.015,
        section=Section(3, detune_cents=1.5, wander_cents=0.5),
        breath=Breath(-46.0, -50.0, 1500.0, 6000.0, -18.0, 0.02),
        loop_seconds=1.2,
    ),
)

ORGANS: tuple[Recipe, ...] = tuple(recipe(each) for each in ORGAN_VOICINGS)
