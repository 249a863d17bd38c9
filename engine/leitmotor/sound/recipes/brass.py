"""Brass: flat up to a corner, steep above it; blowing harder moves the corner up, further than in
any other family, and the tone grows bright only after it has grown loud.
"""

from __future__ import annotations

from leitmotor.sound.recipe import Recipe
from leitmotor.sound.recipes.breath import Breath
from leitmotor.sound.recipes.motion import STILL, Section, Vibrato
from leitmotor.sound.recipes.sustained import recipe
from leitmotor.sound.recipes.voicing import Voicing
from leitmotor.sound.recipes.waves import Body, Resonance, Source


def _brass(
    name: str,
    compass: tuple[int, int],
    body: Body,
    corners: tuple[float, float],
    attack: float,
    vibrato: Vibrato = STILL,
) -> Voicing:
    low, high = compass
    return Voicing(
        name,
        low,
        high,
        soft=Source(1.5, corners[0], 16.0, 0.5),
        bright=Source(0.0, corners[1], 12.0, 0.35),
        bodies=((0, body),),
        attack_seconds=attack,
        release_seconds=0.15,
        vibrato=vibrato,
        breath=Breath(-50.0, -54.0, 1000.0, 6000.0, -34.0, 0.02),
        beginning_corner=0.35,
        beginning_seconds=3.0 * attack,
        scoop_cents=-25.0,
        scoop_seconds=1.6 * attack,
        drift_cents=2.0,
        drift_db=0.5,
    )


def _bell(formant_hz: float, gain: float, q: float, low_cut_hz: float, high_cut_hz: float) -> Body:
    """A bell keeps the lowest partials inside and has one broad formant."""
    return Body((Resonance(formant_hz, gain, q),), 1.0, low_cut_hz, high_cut_hz)


_TRUMPET = _bell(1200.0, 1.6, 1.4, 350.0, 9000.0)
_TROMBONE = _bell(550.0, 1.6, 1.4, 160.0, 6500.0)
_BASS_TROMBONE = _bell(440.0, 1.6, 1.4, 120.0, 5500.0)
_HORN = _bell(420.0, 2.2, 1.6, 140.0, 3500.0)
_TUBA = _bell(250.0, 1.8, 1.5, 70.0, 2200.0)
_MUTE = Body(
    (Resonance(1700.0, 3.0, 2.5), Resonance(3400.0, 2.4, 3.0)), 0.35, 900.0, high_cut_hz=9000.0
)
_LITTLE_VIBRATO = Vibrato(5.0, 4.0, 0.5, 0.4, swing_db=0.5)

BRASS_VOICINGS: tuple[Voicing, ...] = (
    _brass("horn in F", (35, 77), _HORN, (330.0, 1700.0), 0.050),
    _brass("trumpet in C", (54, 86), _TRUMPET, (900.0, 5200.0), 0.020, _LITTLE_VIBRATO),
    _brass("trumpet in Bb", (52, 84), _TRUMPET, (850.0, 4800.0), 0.020, _LITTLE_VIBRATO),
    _brass("muted trumpet", (54, 86), _MUTE, (750.0, 7500.0), 0.022, _LITTLE_VIBRATO),
    _brass("tenor trombone", (40, 75), _TROMBONE, (430.0, 3400.0), 0.035),
    _brass("bass trombone", (34, 65), _BASS_TROMBONE, (330.0, 2800.0), 0.040),
    _brass("tuba", (26, 65), _TUBA, (200.0, 1100.0), 0.045),
    Voicing(
        "brass section",
        34,
        82,
        soft=Source(1.5, 500.0, 14.0, 0.5),
        bright=Source(0.0, 3800.0, 12.0, 0.4),
        bodies=(
            (40, _bell(300.0, 1.8, 1.5, 80.0, 3500.0)),
            (52, _bell(500.0, 1.8, 1.5, 150.0, 6000.0)),
            (68, _bell(1000.0, 1.6, 1.4, 250.0, 9000.0)),
        ),
        attack_seconds=0.040,
        release_seconds=0.2,
        section=Section(5, detune_cents=6.0, wander_cents=4.0, vibrato_hz=4.8, cents=2.0),
        breath=Breath(-50.0, -54.0, 1000.0, 6000.0, -36.0, 0.02),
        beginning_seconds=0.14,
        scoop_cents=0.0,
        loop_seconds=1.4,
    ),
)

BRASS: tuple[Recipe, ...] = tuple(recipe(each) for each in BRASS_VOICINGS)
