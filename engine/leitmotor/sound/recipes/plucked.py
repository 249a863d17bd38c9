"""Harp, guitar, electric bass, and bowed strings played with the finger."""

from __future__ import annotations

from leitmotor.sound.recipe import Recipe
from leitmotor.sound.recipes.bursts import Noise
from leitmotor.sound.recipes.modal import Cut, Register
from leitmotor.sound.recipes.ringing import RINGS_ON, String, string_recipe

_HARP = String(
    name="harp",
    low=23,
    high=104,
    attack=0.001,
    position=Register(0.3, 1.04, 0.22, 0.4),
    soft_slope=1.9,
    bright_slope=0.35,
    soft_hz=Register(700.0, 1.45, 300.0),
    bright_hz=Register(4200.0, 1.2),
    t60=Register(4.6, 0.62, 0.6, 9.0),
    loss=0.06,
    damped_hz=4500.0,
    release=Register(RINGS_ON),
    cut=Cut(2.4, 0.0016),
    noises=(
        Noise(120.0, 260.0, 400.0, 0.09, -17.0, -17.0),
        Noise(900.0, 2000.0, 5000.0, 0.012, -34.0, -22.0),
    ),
    body_hz=70.0,
    stretch=Register(2e-5, 1.2, 1e-5, 1e-4),
)

_GUITAR = String(
    name="guitar",
    low=40,
    high=83,
    attack=0.0007,
    position=Register(0.2, 1.15, 0.12, 0.3),
    soft_slope=1.25,
    bright_slope=0.35,
    soft_hz=Register(800.0, 1.3),
    bright_hz=Register(3400.0, 1.15),
    t60=Register(3.8, 0.7, 0.8, 6.0),
    loss=0.07,
    damped_hz=5000.0,
    release=Register(0.14, 0.9, 0.08, 0.2),
    cut=Cut(2.2, 0.0022),
    noises=(
        Noise(85.0, 130.0, 180.0, 0.16, -15.0, -16.0),
        Noise(1500.0, 3000.0, 6500.0, 0.014, -30.0, -14.0),
    ),
    body_hz=95.0,
    ripple_db=3.0,
    stretch=Register(3e-5, 1.2, 1e-5, 1e-4),
    courses=((0.0, 0.0), (0.6, 0.0)),
)

_ELECTRIC_BASS = String(
    name="electric bass",
    low=28,
    high=67,
    attack=0.0018,
    position=Register(0.22, 1.1, 0.14, 0.25),
    soft_slope=1.5,
    bright_slope=0.5,
    soft_hz=Register(420.0, 1.35),
    bright_hz=Register(1900.0, 1.15),
    t60=Register(5.0, 0.75, 2.0, 9.0),
    loss=0.1,
    damped_hz=3000.0,
    release=Register(0.12, 0.9, 0.08, 0.18),
    cut=Cut(2.2, 0.005),
    noises=(Noise(300.0, 900.0, 3000.0, 0.02, -36.0, -22.0),),
    body_hz=25.0,
    ripple_db=0.5,
    stretch=Register(6e-5, 1.3, 2e-5, 2e-4),
)

_SOLO = ((0.0, 0.0), (0.7, 0.0))
# Those who are as much too high as too low are equally late, and most are together: so what is
# heard of all of them is the pitch.
_PLAYERS = ((0.0, 0.0), (2.0, 0.0), (-2.0, 0.0), (3.5, 9.7), (-3.5, 9.7))


def _pizz(
    name: str,
    low: int,
    high: int,
    seconds: Register,
    box_hz: float,
    rise: float,
    attack: float,
    courses: tuple[tuple[float, float], ...] = _SOLO,
) -> String:
    """A string under a finger that stops it: dark, short, with the box knocking along."""
    return String(
        name=name,
        low=low,
        high=high,
        attack=attack,
        position=Register(0.23, 1.05, 0.15, 0.33),
        soft_slope=1.9,
        bright_slope=0.15,
        soft_hz=Register(600.0, 1.35),
        bright_hz=Register(3000.0, 1.25),
        t60=seconds,
        loss=0.11,
        damped_hz=1500.0 + 10.0 * box_hz,
        release=Register(0.16, 0.85, 0.08, 0.3),
        cut=Cut(2.2, rise),
        noises=(
            Noise(0.6 * box_hz, 1.2 * box_hz, 1.8 * box_hz, 0.1, -18.0, -18.0),
            Noise(800.0, 1800.0, 4500.0, 0.015, -34.0, -20.0),
        ),
        body_hz=0.6 * box_hz,
        ripple_db=3.0,
        stretch=Register(3e-5, 1.2, 1e-5, 1e-4),
        courses=courses,
    )


_VIOLIN = Register(0.85, 0.55, 0.22, 1.2)
_CELLO = Register(1.15, 0.6, 0.3, 1.9)
_SECTION = Register(0.95, 0.58, 0.22, 2.2)

PLUCKED: tuple[Recipe, ...] = (
    string_recipe(_HARP),
    string_recipe(_GUITAR),
    string_recipe(_ELECTRIC_BASS),
    string_recipe(_pizz("violin pizz", 55, 103, _VIOLIN, 280.0, 0.0022, 0.0013)),
    string_recipe(
        _pizz("viola pizz", 48, 86, Register(0.95, 0.57, 0.25, 1.4), 220.0, 0.0032, 0.0025)
    ),
    string_recipe(_pizz("cello pizz", 36, 79, _CELLO, 110.0, 0.0028, 0.00104)),
    string_recipe(
        _pizz("double bass pizz", 28, 67, Register(1.3, 0.62, 0.4, 2.6), 70.0, 0.0032, 0.0019)
    ),
    string_recipe(_pizz("pizzicato strings", 28, 100, _SECTION, 130.0, 0.007, 0.0047, _PLAYERS)),
    string_recipe(_pizz("string ensemble pizz", 28, 100, _SECTION, 130.0, 0.007, 0.0047, _PLAYERS)),
)
