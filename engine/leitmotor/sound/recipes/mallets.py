"""Bars, tubes and combs under the mallet: glockenspiel, xylophone, marimba, vibraphone, music box,
tubular bells.

Ratios of the bars are those of Fletcher and Rossing, The Physics of Musical Instruments, chapters
19 and 21: a free bar 1 : 2.76 : 5.4 : 8.93, undercut to 1 : 3 (xylophone) or 1 : 4 : 10 (marimba
and vibraphone); a chime's pitch is an octave below its fourth mode, for the fourth to the sixth are
about 2 : 3 : 4.
"""

from __future__ import annotations

from leitmotor.sound.recipe import Recipe
from leitmotor.sound.recipes.bursts import Noise
from leitmotor.sound.recipes.modal import Cut, Register
from leitmotor.sound.recipes.ringing import RINGS_ON, Body, Mode, body_recipe

_GLOCKENSPIEL = Body(
    name="glockenspiel",
    low=79,
    high=108,
    attack=0.00043,
    modes=(
        Mode(1.0, 0.0, 0.0),
        Mode(2.76, -26.0, 3.0, 0.5),
        Mode(5.4, -44.0, 0.0, 0.25),
        Mode(8.93, -60.0, -10.0, 0.1),
    ),
    t60=Register(6.0, 0.75, 1.5, 5.0),
    release=Register(RINGS_ON),
    cut=Cut(2.6, 0.0007),
    noises=(Noise(2500.0, 5000.0, 12000.0, 0.01, -30.0, -16.0),),
)

_XYLOPHONE = Body(
    name="xylophone",
    low=65,
    high=108,
    attack=0.00053,
    modes=(
        Mode(1.0, 0.0, 0.0),
        Mode(3.0, -20.0, 2.0, 0.5),
        Mode(6.1, -38.0, -1.0, 0.3),
        Mode(9.9, -52.0, -9.0, 0.14),
    ),
    t60=Register(0.75, 0.62, 0.12, 0.9),
    release=Register(RINGS_ON),
    cut=Cut(2.0, 0.001),
    noises=(
        Noise(900.0, 2000.0, 7000.0, 0.02, -22.0, -8.0),
        Noise(200.0, 400.0, 600.0, 0.04, -20.0, -20.0),
    ),
)

_MARIMBA = Body(
    name="marimba",
    low=41,
    high=96,
    attack=0.0016,
    modes=(
        Mode(1.0, 0.0, 0.0),
        Mode(4.0, -32.0, 1.0, 0.3),
        Mode(10.0, -54.0, -7.0, 0.1),
        Mode(17.0, -70.0, -20.0, 0.05),
    ),
    t60=Register(1.7, 0.6, 0.25, 3.2),
    release=Register(RINGS_ON),
    cut=Cut(3.2, 0.0028),
    noises=(Noise(180.0, 450.0, 1500.0, 0.035, -22.0, -17.0),),
)

_VIBRAPHONE = Body(
    name="vibraphone",
    low=53,
    high=89,
    attack=0.0016,
    modes=(
        Mode(1.0, 0.0, 0.0),
        Mode(4.0, -30.0, -1.0, 0.45),
        Mode(10.0, -52.0, -7.0, 0.15),
        Mode(16.5, -66.0, -18.0, 0.06),
    ),
    t60=Register(9.0, 0.72, 2.5, 11.0),
    release=Register(0.25, 0.85, 0.12, 0.3),
    cut=Cut(2.6, 0.0024),
    noises=(Noise(250.0, 600.0, 2500.0, 0.025, -30.0, -22.0),),
)

_MUSIC_BOX = Body(
    name="music box",
    low=60,
    high=108,
    attack=0.00043,
    modes=(
        Mode(1.0, 0.0, 0.0),
        Mode(2.0, -26.0, -5.0, 0.6),
        Mode(3.0, -36.0, -6.0, 0.5),
        Mode(6.27, -34.0, 0.0, 0.2),
        Mode(9.4, -50.0, -12.0, 0.1),
    ),
    t60=Register(3.4, 0.68, 0.6, 4.0),
    release=Register(RINGS_ON),
    cut=Cut(2.6, 0.0007),
    noises=(Noise(2000.0, 4000.0, 9000.0, 0.012, -22.0, -14.0),),
)

_TUBULAR_BELLS = Body(
    name="tubular bells",
    low=60,
    high=77,
    attack=0.0006,
    modes=(
        Mode(0.222, -30.0, -36.0, 0.8),
        Mode(0.617, -24.0, -28.0, 1.0),
        Mode(1.21, -18.0, -20.0, 0.8),
        Mode(2.0, 0.0, -7.0, 1.0),
        Mode(3.0, -7.0, -2.0, 0.75),
        Mode(4.0, -16.0, 0.0, 0.6),
        Mode(5.43, -28.0, -1.0, 0.45),
        Mode(6.79, -38.0, -4.0, 0.35),
        Mode(8.2, -46.0, -9.0, 0.18),
        Mode(9.75, -54.0, -12.0, 0.13),
        Mode(11.4, -62.0, -15.0, 0.1),
    ),
    t60=Register(7.5, 0.75),
    release=Register(RINGS_ON),
    cut=Cut(3.0, 0.0012),
    noises=(Noise(700.0, 1500.0, 6000.0, 0.03, -30.0, -18.0),),
)

MALLETS: tuple[Recipe, ...] = tuple(
    body_recipe(body)
    for body in (
        _GLOCKENSPIEL,
        _XYLOPHONE,
        _MARIMBA,
        _VIBRAPHONE,
        _MUSIC_BOX,
        _TUBULAR_BELLS,
    )
)
