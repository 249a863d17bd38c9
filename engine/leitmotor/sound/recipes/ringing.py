"""Strings and solid bodies that ring: from a few numbers to the partials of one pitch."""

from __future__ import annotations

from functools import partial

import numpy as np

from leitmotor.music.time import Seconds
from leitmotor.records import record
from leitmotor.sound.recipe import Baked, Recipe, frequency
from leitmotor.sound.recipes.bursts import Noise, generator
from leitmotor.sound.recipes.modal import (
    HIGHEST_HZ,
    Cut,
    Floats,
    Modes,
    Register,
    bake,
    joined,
)
from leitmotor.sound.samples import TAU, gain_of

RINGS_ON: Seconds = 12.0
"""The release of what nobody damps: long enough to leave it to its own decay."""

_MOST_PARTIALS = 72
_MOST_AFTER = 20


@record
class String:
    """A plucked or struck string on its instrument.

    `position` is where it is touched, as a part of its length: partials with a node there are
    weak. `soft_slope` and `bright_slope` are the fall of the partials as a power of their
    number; above `soft_hz` and `bright_hz` they fall by 12 dB an octave more (the width of a
    finger, the felt of a hammer). `body_hz` is where the body stops radiating, `ripple_db` how
    uneven its resonances are.

    `t60` holds for the first partial; it is shorter by `loss` for each further one, and by half at
    `damped_hz`. `courses` are the strings or players of one note: cents, and by how many
    milliseconds its swing is apart. With `after_db` the first sound dies `after_times` as
    fast and leaves one behind that is so much weaker and lasts t60: two-stage decay (Weinreich
    1977). `stretch` is the inharmonicity B; partials are at n √((1 + B n²) / (1 + B)).
    """

    name: str
    low: int
    high: int
    attack: Seconds
    position: Register
    soft_slope: float
    bright_slope: float
    soft_hz: Register
    bright_hz: Register
    t60: Register
    loss: float
    damped_hz: float
    release: Register
    cut: Cut
    noises: tuple[Noise, ...]
    body_hz: float = 60.0
    ripple_db: float = 2.0
    stretch: Register = Register(0.0)
    courses: tuple[tuple[float, float], ...] = ((0.0, 0.0),)
    after_db: float | None = None
    after_times: float = 3.0
    undamped_from: int = 128
    version: int = 1


@record
class Mode:
    """One way a body swings: frequency as a multiple of the written pitch, level in both layers,
    and how long it lasts as a multiple of the body's t60."""

    ratio: float
    soft_db: float
    bright_db: float
    lasts: float = 1.0


@record
class Body:
    """A bar, bell, skin or tine: its modes, and how long it rings."""

    name: str
    low: int
    high: int
    attack: Seconds
    modes: tuple[Mode, ...]
    t60: Register
    release: Register
    cut: Cut
    noises: tuple[Noise, ...]
    version: int = 1


def string_recipe(string: String) -> Recipe:
    """The instrument that has this string for every pitch."""
    return Recipe(
        string.name,
        string.low,
        string.high,
        partial(_bake_string, string),
        True,
        string.attack,
        version=string.version,
    )


def body_recipe(body: Body) -> Recipe:
    """The instrument that has such a body for every pitch."""
    return Recipe(
        body.name,
        body.low,
        body.high,
        partial(_bake_body, body),
        True,
        body.attack,
        version=body.version,
    )


def _bake_string(string: String, pitch: int, rate: int) -> Baked:
    release = string.release.at(pitch) if pitch < string.undamped_from else RINGS_ON
    modes = string_modes(string, pitch)
    dice = generator(string.name, pitch)
    return bake(modes, string.noises, string.cut, frequency(pitch), release, dice, rate)


def _bake_body(body: Body, pitch: int, rate: int) -> Baked:
    dice = generator(body.name, pitch)
    release = body.release.at(pitch)
    modes = body_modes(body, pitch)
    return bake(modes, body.noises, body.cut, frequency(pitch), release, dice, rate)


def body_modes(body: Body, pitch: float) -> Modes:
    """The partials of a body tuned to this pitch."""
    hertz = frequency(pitch) * np.array([mode.ratio for mode in body.modes])
    return Modes(
        hertz,
        body.t60.at(pitch) * np.array([mode.lasts for mode in body.modes]),
        np.array([gain_of(mode.soft_db) for mode in body.modes]),
        np.array([gain_of(mode.bright_db) for mode in body.modes]),
        # All at the top of their swing as the mallet leaves: so no later swing is higher, and how
        # long the first takes is known.
        TAU * (0.25 - hertz * body.cut.rise),
    )


def string_modes(string: String, pitch: float) -> Modes:
    """The partials of all strings of this pitch, with what each leaves behind."""
    first = frequency(pitch)
    number = np.arange(1.0, 1.0 + min(_MOST_PARTIALS, max(1, int(HIGHEST_HZ / first))))
    stretch = string.stretch.at(pitch)
    hertz = first * number * np.sqrt((1.0 + stretch * number**2) / (1.0 + stretch))
    comb = np.abs(np.sin(np.pi * number * string.position.at(pitch))) * _radiated(string, hertz)
    soft = comb * number**-string.soft_slope / (1.0 + (hertz / string.soft_hz.at(pitch)) ** 2)
    bright = comb * number**-string.bright_slope / (1.0 + (hertz / string.bright_hz.at(pitch)) ** 2)
    t60 = string.t60.at(pitch) / (1.0 + string.loss * (number - 1.0))
    t60 /= 1.0 + (hertz / string.damped_hz) ** 2
    # All at the top of their swing as the string is let go: so no later swing is higher.
    phase = TAU * (0.25 - hertz * string.cut.rise)
    parts = []
    prompt = t60 if string.after_db is None else t60 / string.after_times
    for cents, apart_ms in string.courses:
        mistuned = hertz * 2.0 ** (cents / 1200.0)
        parts.append(Modes(mistuned, prompt, soft, bright, phase - TAU * hertz * apart_ms / 1000.0))
    if string.after_db is not None:
        left = gain_of(string.after_db) * len(string.courses)
        few = slice(0, _MOST_AFTER)
        parts.append(Modes(hertz[few], t60[few], left * soft[few], left * bright[few], phase[few]))
    return joined(parts)


def _radiated(string: String, hertz: Floats) -> Floats:
    """What the body makes of it: little below its lowest resonance, uneven above."""
    low = (hertz / string.body_hz) ** 2
    octaves = np.log2(hertz / 100.0)
    uneven = np.sin(TAU * 1.3 * octaves) + 0.7 * np.sin(TAU * 2.9 * octaves + 1.0)
    return np.asarray(low / (1.0 + low) * 10.0 ** (string.ripple_db * uneven / 20.0))
