"""Drums: timpani, taiko, the hit of a whole orchestra, and the kit."""

from __future__ import annotations

import numpy as np

from leitmotor.sound.recipe import Baked, Recipe, frequency
from leitmotor.sound.recipes.bursts import Noise, generator
from leitmotor.sound.recipes.drum_kit import KEYS, PIECES
from leitmotor.sound.recipes.drum_piece import Piece, Tone, bake_piece
from leitmotor.sound.recipes.modal import Cut, Modes, Register, bake, joined
from leitmotor.sound.recipes.ringing import RINGS_ON, Body, Mode, body_recipe
from leitmotor.sound.samples import TAU, gain_of

_TIMPANI = Body(
    # With the air in the kettle the modes (1,1) to (5,1) are close to 1 : 1.5 : 2 : 2.44 : 2.9, and
    # the first of them is the pitch (Rossing, The Physics of Kettledrums, 1982).
    name="timpani",
    low=36,
    high=60,
    attack=0.003,
    modes=(
        Mode(0.85, -14.0, -12.0, 0.2),
        Mode(1.0, 0.0, 0.0),
        Mode(1.504, -11.0, 1.0, 0.8),
        Mode(1.742, -24.0, -13.0, 0.3),
        Mode(1.98, -21.0, -1.0, 0.65),
        Mode(2.44, -28.0, -3.0, 0.5),
        Mode(2.91, -36.0, -5.0, 0.4),
        Mode(3.37, -44.0, -11.0, 0.28),
        Mode(3.83, -52.0, -13.0, 0.22),
        Mode(4.6, -58.0, -16.0, 0.16),
        Mode(5.7, -64.0, -19.0, 0.12),
    ),
    t60=Register(2.6, 0.72, 2.0, 5.0),
    release=Register(RINGS_ON),
    cut=Cut(2.6, 0.0055),
    noises=(
        Noise(60.0, 200.0, 700.0, 0.09, -10.0, -10.0),
        Noise(500.0, 1000.0, 3500.0, 0.03, -34.0, -18.0),
    ),
)

_TAIKO = Piece(
    tones=(
        Tone(1.0, 1.1, 0.0, 0.0, 0.03, 0.03),
        Tone(1.59, 0.6, -14.0, 0.0, 0.03, 0.03),
        Tone(2.14, 0.45, -22.0, -3.0, 0.03, 0.03),
        Tone(2.65, 0.35, -28.0, -6.0, 0.03, 0.03),
        Tone(3.5, 0.2, -36.0, -9.0, 0.03, 0.03),
    ),
    noises=(
        Noise(70.0, 250.0, 900.0, 0.14, -9.0, -6.0),
        Noise(600.0, 1200.0, 5000.0, 0.035, -28.0, -10.0),
    ),
    rise=0.003,
)


def _bake_taiko(pitch: int, rate: int) -> Baked:
    return bake_piece(_TAIKO, frequency(pitch), generator("taiko", pitch), rate)


_HIT_NOISES = (
    Noise(60.0, 300.0, 900.0, 0.25, -8.0, -8.0),
    Noise(1500.0, 3000.0, 9000.0, 0.35, -26.0, -14.0),
)
_HIT_CUT = Cut(1.4, 0.012)

# Octave, detuning in cents and milliseconds apart: basses, brass and strings in unison and above.
_HIT_PLAYERS = (
    (0.5, 0.0, 0.0),
    (1.0, 0.0, 0.0),
    (1.0, 2.0, 0.0),
    (1.0, -2.0, 0.0),
    (2.0, 2.0, 5.3),
    (2.0, -2.0, 5.3),
)


def _bake_hit(pitch: int, rate: int) -> Baked:
    parts = []
    for octave, cents, apart_ms in _HIT_PLAYERS:
        first = frequency(pitch) * octave
        number = np.arange(1.0, 33.0 if octave < 2.0 else 17.0)
        hertz = first * number
        mistuned = hertz * 2.0 ** (cents / 1200.0)
        soft = number**-0.8 / (1.0 + (hertz / 700.0) ** 2)
        bright = number**-0.5 / (1.0 + (hertz / 3800.0) ** 2)
        level = gain_of(-9.0) if octave < 1.0 else 1.0
        late = _HIT_CUT.rise + apart_ms / 1000.0
        t60 = 1.1 / (1.0 + hertz / 6000.0)
        parts.append(
            Modes(mistuned, t60, level * soft, level * bright, TAU * (0.25 - hertz * late))
        )
    dice = generator("orchestra hit", pitch)
    return bake(joined(parts), _HIT_NOISES, _HIT_CUT, frequency(pitch), 0.6, dice, rate)


def _bake_kit(pitch: int, rate: int) -> Baked:
    key = min(max(pitch, min(KEYS)), max(KEYS))
    name, semitones = KEYS[key]
    tuned = 2.0 ** (semitones / 12.0)
    return bake_piece(PIECES[name], tuned, generator("drums", key), rate)


DRUMS: tuple[Recipe, ...] = (
    body_recipe(_TIMPANI),
    Recipe("taiko", 24, 72, _bake_taiko, True, 0.0015),
    Recipe("orchestra hit", 36, 84, _bake_hit, True, 0.0081),
    Recipe("drums", min(KEYS), max(KEYS), _bake_kit, True, 0.00052),
)
