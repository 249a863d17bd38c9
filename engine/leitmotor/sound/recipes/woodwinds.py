"""Flutes, reeds and saxophones.

Flutes: nearly a sine when soft, with air around it; loudness moves the second partial most, and the
vibrato is one of level. Double reeds: narrow pulses seen through fixed formants. Clarinets: odd
partials below the cutoff of the tone holes (about 1.5 kHz, lower for the big ones). Saxophones: a
cone, all partials, a broad formant that moves down with the size.
"""

from __future__ import annotations

from leitmotor.sound.recipe import Recipe
from leitmotor.sound.recipes.breath import Breath
from leitmotor.sound.recipes.motion import Vibrato
from leitmotor.sound.recipes.sustained import recipe
from leitmotor.sound.recipes.voicing import Voicing
from leitmotor.sound.recipes.waves import Body, Resonance, Source

_FLUTE_VIBRATO = Vibrato(5.2, 4.0, 0.3, 0.4, swing_db=3.0, swing_corner=0.2)
_REED_VIBRATO = Vibrato(5.0, 7.0, 0.45, 0.45, swing_db=1.2, swing_corner=0.06)
_SAX_VIBRATO = Vibrato(5.1, 11.0, 0.4, 0.4, swing_db=1.2, swing_corner=0.06)


def _flute(
    name: str, low: int, high: int, corners: tuple[float, float], attack: float, air_hz: float
) -> Voicing:
    """A flute whose corners (soft, bright) lie at those Hz in the middle of its range."""
    return Voicing(
        name,
        low,
        high,
        soft=Source(9.0, corners[0], 9.0, 0.6, partials_db=(0.0, -6.0, -4.0)),
        bright=Source(4.0, corners[1], 9.0, 0.6, partials_db=(0.0, 3.0, 1.0)),
        bodies=((0, Body(low_cut_hz=180.0)),),
        attack_seconds=attack,
        vibrato=_FLUTE_VIBRATO,
        breath=Breath(-31.0, -35.0, air_hz, 4.0 * air_hz, -14.0, 0.025),
        scoop_cents=-12.0,
        scoop_seconds=0.06,
        loop_seconds=0.962,
    )


def _double_reed(
    name: str, low: int, high: int, body: Body, corners: tuple[float, float], attack: float
) -> Voicing:
    return Voicing(
        name,
        low,
        high,
        soft=Source(2.0, corners[0], 12.0, 0.25),
        bright=Source(0.0, corners[1], 12.0, 0.25),
        bodies=((0, body),),
        attack_seconds=attack,
        vibrato=_REED_VIBRATO,
        breath=Breath(-52.0, -52.0, 1500.0, 7000.0, -30.0, 0.02),
        beginning_corner=0.6,
        beginning_seconds=0.06,
    )


def _clarinet(
    name: str, low: int, high: int, corners: tuple[float, float], cutoff_hz: float, attack: float
) -> Voicing:
    return Voicing(
        name,
        low,
        high,
        soft=Source(5.0, corners[0], 14.0, 0.35, even_db=-38.0, even_until_hz=cutoff_hz),
        bright=Source(2.0, corners[1], 14.0, 0.35, even_db=-30.0, even_until_hz=cutoff_hz),
        bodies=((0, Body()),),
        attack_seconds=attack,
        breath=Breath(-48.0, -50.0, 1500.0, 6000.0, -32.0, 0.02),
        beginning_corner=0.5,
        beginning_seconds=0.08,
        drift_cents=1.5,
        drift_db=0.5,
    )


def _saxophone(
    name: str, low: int, high: int, formant_hz: float, corners: tuple[float, float], attack: float
) -> Voicing:
    body = Body((Resonance(formant_hz, 1.8, 1.2), Resonance(2.6 * formant_hz, 1.2, 2.0)))
    return Voicing(
        name,
        low,
        high,
        soft=Source(3.0, corners[0], 12.0, 0.35),
        bright=Source(0.5, corners[1], 12.0, 0.35),
        bodies=((0, body),),
        attack_seconds=attack,
        vibrato=_SAX_VIBRATO,
        breath=Breath(-40.0, -46.0, 1200.0, 6000.0, -24.0, 0.03),
        beginning_corner=0.6,
        beginning_seconds=0.09,
        scoop_cents=-20.0,
        scoop_seconds=0.07,
    )


# "ee" and "oo" of the reeds: peaks of the spectrum that stay where they are whatever is played.
_OBOE = Body(
    (Resonance(1100.0, 2.6, 2.6), Resonance(2750.0, 2.0, 3.0)), 0.5, 500.0, high_cut_hz=9000.0
)
_ENGLISH_HORN = Body(
    (Resonance(900.0, 2.6, 2.6), Resonance(1900.0, 1.3, 3.0)), 0.45, 350.0, high_cut_hz=7500.0
)
_BASSOON = Body(
    (Resonance(470.0, 3.6, 2.4), Resonance(1180.0, 1.0, 3.0)), 0.35, 180.0, high_cut_hz=5000.0
)
_CONTRABASSOON = Body(
    (Resonance(260.0, 3.2, 2.0), Resonance(650.0, 1.0, 3.0)), 0.4, 80.0, high_cut_hz=3500.0
)

WOODWIND_VOICINGS: tuple[Voicing, ...] = (
    _flute("piccolo", 74, 108, (1500.0, 7000.0), 0.040, 2500.0),
    _flute("flute", 60, 98, (750.0, 4000.0), 0.050, 1500.0),
    _flute("alto flute", 55, 91, (520.0, 2900.0), 0.060, 1100.0),
    _double_reed("oboe", 58, 93, _OBOE, (900.0, 6500.0), 0.025),
    _double_reed("English horn", 52, 84, _ENGLISH_HORN, (600.0, 5500.0), 0.030),
    _double_reed("bassoon", 34, 75, _BASSOON, (330.0, 3200.0), 0.035),
    _double_reed("contrabassoon", 22, 58, _CONTRABASSOON, (190.0, 1800.0), 0.050),
    _clarinet("clarinet in Bb", 50, 94, (800.0, 4200.0), 1500.0, 0.030),
    _clarinet("clarinet in A", 49, 93, (760.0, 4000.0), 1430.0, 0.030),
    _clarinet("bass clarinet", 34, 79, (380.0, 2400.0), 900.0, 0.040),
    _saxophone("soprano sax", 56, 88, 1300.0, (1000.0, 5000.0), 0.025),
    _saxophone("alto sax", 49, 81, 900.0, (750.0, 4200.0), 0.028),
    _saxophone("tenor sax", 44, 76, 650.0, (550.0, 3400.0), 0.030),
    _saxophone("baritone sax", 36, 68, 480.0, (400.0, 2800.0), 0.035),
)

WOODWINDS: tuple[Recipe, ...] = tuple(recipe(each) for each in WOODWIND_VOICINGS)
