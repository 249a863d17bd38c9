"""Piano, electric piano, harpsichord, celesta."""

from __future__ import annotations

from leitmotor.sound.recipe import Recipe
from leitmotor.sound.recipes.bursts import Noise
from leitmotor.sound.recipes.modal import Cut, Register
from leitmotor.sound.recipes.ringing import (
    Body,
    Mode,
    String,
    body_recipe,
    string_recipe,
)

_PIANO = String(
    name="piano",
    low=21,
    high=108,
    attack=0.0013,
    position=Register(0.12, 0.95, 0.08, 0.125),
    soft_slope=1.15,
    bright_slope=0.35,
    soft_hz=Register(420.0, 1.55, 180.0),
    bright_hz=Register(2600.0, 1.22),
    t60=Register(9.5, 0.62, 0.5, 14.0),
    loss=0.035,
    damped_hz=6500.0,
    release=Register(0.22, 0.8, 0.08, 0.4),
    cut=Cut(2.3, 0.0026),
    noises=(
        Noise(90.0, 350.0, 700.0, 0.07, -12.0, -13.0),
        Noise(500.0, 1200.0, 4500.0, 0.03, -30.0, -16.0),
    ),
    body_hz=62.0,
    stretch=Register(2.6e-4, 1.6, 6e-5, 9e-4),
    courses=((-0.35, 0.0), (0.35, 0.0)),
    after_db=-13.0,
    after_times=2.6,
    undamped_from=89,
)

_HARPSICHORD = String(
    name="harpsichord",
    low=29,
    high=89,
    attack=0.00054,
    position=Register(0.13, 1.08, 0.09, 0.2),
    soft_slope=0.7,
    bright_slope=0.05,
    soft_hz=Register(1500.0, 1.2),
    bright_hz=Register(6500.0, 1.1),
    t60=Register(5.5, 0.66, 0.8, 9.0),
    loss=0.02,
    damped_hz=7000.0,
    release=Register(0.12, 0.85, 0.06, 0.2),
    cut=Cut(2.2, 0.001),
    noises=(
        Noise(1800.0, 5000.0, 11000.0, 0.014, -14.0, -6.0),
        Noise(120.0, 500.0, 900.0, 0.05, -24.0, -24.0),
    ),
    body_hz=110.0,
    ripple_db=2.5,
    stretch=Register(4e-5, 1.3, 1e-5, 1.5e-4),
    courses=((0.0, 0.0), (0.8, 0.0)),
)

_ELECTRIC_PIANO = Body(
    name="electric piano",
    low=28,
    high=100,
    attack=0.0019,
    modes=(
        Mode(1.0, 0.0, 0.0),
        Mode(2.0, -21.0, -2.0, 0.75),
        Mode(3.0, -36.0, -6.0, 0.55),
        Mode(4.0, -50.0, -10.0, 0.45),
        Mode(5.0, -60.0, -14.0, 0.35),
        Mode(6.0, -70.0, -19.0, 0.3),
        Mode(8.2, -38.0, -8.0, 0.06),
        Mode(14.7, -52.0, -19.0, 0.03),
    ),
    t60=Register(8.0, 0.7, 1.2, 12.0),
    release=Register(0.15, 0.85, 0.08, 0.25),
    cut=Cut(2.2, 0.003),
    noises=(Noise(150.0, 500.0, 2000.0, 0.03, -32.0, -24.0),),
)

_CELESTA = Body(
    name="celesta",
    low=60,
    high=108,
    attack=0.0013,
    modes=(
        Mode(1.0, 0.0, 0.0),
        Mode(2.76, -34.0, -5.0, 0.3),
        Mode(4.0, -36.0, -3.0, 0.5),
        Mode(5.4, -50.0, -7.0, 0.2),
        Mode(8.93, -60.0, -14.0, 0.07),
    ),
    t60=Register(5.0, 0.68, 0.7, 6.0),
    release=Register(0.3, 0.85, 0.1, 0.4),
    cut=Cut(2.6, 0.0018),
    noises=(Noise(400.0, 900.0, 2500.0, 0.025, -26.0, -20.0),),
)

KEYBOARDS: tuple[Recipe, ...] = (
    string_recipe(_PIANO),
    body_recipe(_ELECTRIC_PIANO),
    string_recipe(_HARPSICHORD),
    body_recipe(_CELESTA),
)
