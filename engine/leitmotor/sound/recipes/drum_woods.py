"""Pieces of the kit that are of wood, shaken, scraped or blown."""

from __future__ import annotations

from leitmotor.sound.recipes.bursts import Noise
from leitmotor.sound.recipes.drum_piece import CUT_OFF, Piece, Tone

WOOD = {
    "woodblock": Piece(
        (
            Tone(740.0, 0.075, 0.0, 0.0),
            Tone(1410.0, 0.05, -14.0, -5.0),
            Tone(2350.0, 0.035, -26.0, -7.0),
        ),
        (Noise(900.0, 1600.0, 5000.0, 0.012, -16.0, -9.0),),
        rise=0.0008,
    ),
    "claves": Piece(
        (
            Tone(2489.0, 0.09, 0.0, 0.0),
            Tone(6870.0, 0.03, -30.0, -5.0),
            Tone(11400.0, 0.02, -44.0, -9.0),
        ),
        (Noise(3000.0, 5000.0, 11000.0, 0.01, -26.0, -12.0),),
    ),
    "sticks": Piece(
        (
            Tone(1720.0, 0.05, 0.0, 0.0),
            Tone(2810.0, 0.04, -8.0, -1.0),
            Tone(4690.0, 0.03, -20.0, -4.0),
        ),
        (Noise(2000.0, 3500.0, 9000.0, 0.02, -12.0, -5.0),),
    ),
    "castanets": Piece(
        (
            Tone(1180.0, 0.04, 0.0, 0.0),
            Tone(2640.0, 0.03, -6.0, 0.0),
            Tone(4150.0, 0.025, -18.0, -3.0),
        ),
        (Noise(1500.0, 3000.0, 9000.0, 0.018, -8.0, -3.0, (0.0, 0.028)),),
    ),
    "click": Piece(
        (
            Tone(1480.0, 0.03, 0.0, -3.0),
            Tone(2960.0, 0.02, -14.0, 0.0),
            Tone(5920.0, 0.015, -30.0, -4.0),
        ),
    ),
    "high click": Piece(
        (Tone(2093.0, 0.045, 0.0, 0.0, 0.8, 0.01), Tone(4186.0, 0.03, -16.0, -2.0, 0.8, 0.01)),
    ),
}

_GUIRO_SHORT = tuple(0.011 * step for step in range(9))
_GUIRO_LONG = tuple(0.017 * step for step in range(24))
_RATTLE = tuple(0.021 * 0.985**step * step for step in range(22))

SHAKEN = {
    "shaker": Piece(
        noises=(Noise(5400.0, 6800.0, 12000.0, 0.16, 0.0, 0.0, (0.0,), 0.04),),
    ),
    "maracas": Piece(
        noises=(Noise(3300.0, 4200.0, 8800.0, 0.055, 0.0, 0.0, (0.0,), 0.006),),
    ),
    "cabasa": Piece(
        noises=(
            Noise(3400.0, 4200.0, 9500.0, 0.06, -3.0, -3.0, (0.0, 0.012, 0.024, 0.036), 0.004),
            Noise(3400.0, 4200.0, 9500.0, 0.12, -6.0, -6.0, (0.04,), 0.01),
        ),
    ),
    "short guiro": Piece(
        (Tone(1250.0, 0.09, -18.0, -18.0),),
        (Noise(1700.0, 2600.0, 6500.0, 0.014, 0.0, 0.0, _GUIRO_SHORT),),
    ),
    "long guiro": Piece(
        (Tone(1250.0, 0.3, -20.0, -20.0),),
        (Noise(1500.0, 2300.0, 6000.0, 0.018, 0.0, 0.0, _GUIRO_LONG),),
    ),
    "vibraslap": Piece(
        (Tone(2050.0, 0.6, -14.0, -14.0), Tone(2740.0, 0.5, -18.0, -12.0)),
        (Noise(1900.0, 2800.0, 6500.0, 0.03, 0.0, 0.0, _RATTLE),),
    ),
    "scratch": Piece(
        noises=(
            Noise(900.0, 2200.0, 6500.0, 0.09, 0.0, 0.0, (0.0,), 0.03),
            Noise(900.0, 2200.0, 6500.0, 0.05, -4.0, -4.0, (0.05,), 0.015),
        ),
    ),
    "short whistle": Piece(
        (
            Tone(2350.0, 0.5, 0.0, 0.0),
            Tone(2421.0, 0.5, -6.0, -6.0),
            Tone(7050.0, 0.4, -40.0, -10.0),
        ),
        (Noise(2500.0, 3500.0, 9000.0, 0.2, -26.0, -22.0, (0.0,), 0.01),),
        rise=0.012,
        release=CUT_OFF,
    ),
    "long whistle": Piece(
        (
            Tone(2350.0, 1.6, 0.0, 0.0),
            Tone(2421.0, 1.6, -6.0, -6.0),
            Tone(7050.0, 1.2, -40.0, -10.0),
        ),
        (Noise(2500.0, 3500.0, 9000.0, 0.9, -26.0, -22.0, (0.0,), 0.01),),
        rise=0.012,
        release=CUT_OFF,
    ),
}
