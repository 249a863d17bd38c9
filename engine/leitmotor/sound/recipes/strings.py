"""Bowed strings: one player, a section, and both with tremolo.

A bowed string gives a sawtooth (6 dB an octave), rounded off the softer it is bowed. The body
answers in Hz: the air and the plates of a violin near 280, 460 and 700 Hz, the hill of the bridge
between 2 and 3 kHz; the larger ones the same, further down. Between those the wood is rough, and
vibrato moves every partial over it.
"""

from __future__ import annotations

from dataclasses import replace

from leitmotor.sound.recipe import Recipe
from leitmotor.sound.recipes.breath import Breath
from leitmotor.sound.recipes.motion import STILL, Section, Tremolo, Vibrato
from leitmotor.sound.recipes.sustained import recipe
from leitmotor.sound.recipes.voicing import Voicing
from leitmotor.sound.recipes.waves import Body, Resonance, Source

_TREMOLO_HZ = 13.0


def _body(air: float, plates: tuple[float, float], hill: float, low_cut: float) -> Body:
    resonances = (
        Resonance(air, 1.4, 7.0),
        Resonance(plates[0], 1.8, 7.0),
        Resonance(plates[1], 1.3, 6.0),
        Resonance(hill, 1.8, 1.8),
    )
    return Body(resonances, 0.8, low_cut, 2.6 * hill, ripple_db=3.0, ripples=7.0)


_VIOLIN_BODY = _body(280.0, (460.0, 700.0), 2700.0, 230.0)
_VIOLA_BODY = _body(225.0, (370.0, 560.0), 2100.0, 170.0)
_CELLO_BODY = _body(105.0, (190.0, 300.0), 1500.0, 85.0)
_BASS_BODY = _body(65.0, (105.0, 180.0), 900.0, 55.0)


def _bowed(
    name: str,
    compass: tuple[int, int],
    body: Body,
    corners: tuple[float, float],
    attack: float,
    vibrato: Vibrato,
) -> Voicing:
    low, high = compass
    hill = body.resonances[-1].hz
    return Voicing(
        name,
        low,
        high,
        soft=Source(6.0, corners[0], 12.0, 0.45),
        bright=Source(3.0, corners[1], 9.0, 0.3),
        bodies=((0, body),),
        attack_seconds=attack,
        release_seconds=0.25,
        legato_seconds=0.05,
        vibrato=vibrato,
        breath=Breath(-38.0, -36.0, 0.6 * hill, 3.0 * hill, -24.0, 0.05),
        beginning_corner=0.6,
        beginning_seconds=0.12,
        drift_cents=2.0,
        drift_db=0.6,
        loop_seconds=1.034,
    )


SOLO_VOICINGS: tuple[Voicing, ...] = (
    _bowed(
        "violin",
        (55, 103),
        _VIOLIN_BODY,
        (800.0, 8000.0),
        0.060,
        Vibrato(5.8, 18.0, 0.35, 0.4),
    ),
    _bowed(
        "viola",
        (48, 86),
        _VIOLA_BODY,
        (520.0, 6500.0),
        0.065,
        Vibrato(5.6, 17.0, 0.35, 0.4),
    ),
    _bowed(
        "cello",
        (36, 79),
        _CELLO_BODY,
        (360.0, 4500.0),
        0.075,
        Vibrato(5.3, 15.0, 0.35, 0.4),
    ),
    _bowed(
        "double bass",
        (28, 67),
        _BASS_BODY,
        (220.0, 1900.0),
        0.090,
        Vibrato(4.8, 9.0, 0.4, 0.4),
    ),
)

ENSEMBLE_VOICING = Voicing(
    "string ensemble",
    28,
    100,
    soft=Source(6.0, 600.0, 10.0, 0.6),
    bright=Source(4.0, 4500.0, 9.0, 0.5),
    # What plays where: basses, cellos, violas, violins.
    bodies=((34, _BASS_BODY), (46, _CELLO_BODY), (58, _VIOLA_BODY), (70, _VIOLIN_BODY)),
    attack_seconds=0.085,
    release_seconds=0.35,
    legato_seconds=0.07,
    section=Section(6, detune_cents=9.0, wander_cents=6.0, vibrato_hz=5.6, cents=13.0),
    breath=Breath(-40.0, -38.0, 1800.0, 8000.0, -28.0, 0.06),
    beginning_seconds=0.16,
    loop_seconds=1.4,
)


def _trembling(voicing: Voicing) -> Voicing:
    """The same with tremolo: strokes too short for vibrato, and more is heard of the bow."""
    section = voicing.section
    breath = voicing.breath or Breath(-40.0, -40.0, 1500.0, 7000.0)
    return replace(
        voicing,
        name=f"{voicing.name} trem",
        attack_seconds=0.6 * voicing.attack_seconds,
        vibrato=STILL,
        section=section and replace(section, cents=2.0, wander_cents=2.0),
        tremolo=Tremolo(_TREMOLO_HZ, 0.5 if section else 0.28),
        breath=replace(breath, soft_db=breath.soft_db + 6.0, bright_db=breath.bright_db + 7.0),
    )


STRING_VOICINGS: tuple[Voicing, ...] = (
    *SOLO_VOICINGS,
    ENSEMBLE_VOICING,
    *(_trembling(each) for each in (*SOLO_VOICINGS, ENSEMBLE_VOICING)),
)

STRINGS: tuple[Recipe, ...] = tuple(recipe(each) for each in STRING_VOICINGS)
