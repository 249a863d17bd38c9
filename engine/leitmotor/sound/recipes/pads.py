"""Pads, synthetic strings and the lead: oscillators side by side through a filter."""

from __future__ import annotations

from leitmotor.sound.recipe import Recipe
from leitmotor.sound.recipes.motion import Section
from leitmotor.sound.recipes.sustained import recipe
from leitmotor.sound.recipes.voicing import Voicing
from leitmotor.sound.recipes.waves import Body, Resonance, Source

_NOTHING = ((0, Body()),)


def _pad(
    name: str,
    soft: Source,
    bright: Source,
    attack: float,
    release: float,
    section: Section,
    compass: tuple[int, int] = (36, 96),
    bodies: tuple[tuple[int, Body], ...] = _NOTHING,
) -> Voicing:
    low, high = compass
    return Voicing(
        name,
        low,
        high,
        soft,
        bright,
        bodies,
        attack_seconds=attack,
        release_seconds=release,
        legato_seconds=min(0.15, attack),
        section=section,
        beginning_seconds=1.5 * attack,
        loop_seconds=1.5,
    )


PAD_VOICINGS: tuple[Voicing, ...] = (
    _pad(
        "pad",
        Source(5.0, 500.0, 14.0, 0.7),
        Source(3.5, 4000.0, 12.0, 0.6),
        0.35,
        0.9,
        Section(5, 9.0, 4.0, 4.5, 3.0),
    ),
    _pad(
        "warm pad",
        Source(7.0, 350.0, 16.0, 0.8),
        Source(3.5, 2800.0, 14.0, 0.7),
        0.45,
        1.1,
        Section(5, 11.0, 5.0, 4.0, 3.0),
    ),
    _pad(
        "bright pad",
        Source(4.0, 1200.0, 14.0, 0.6),
        Source(1.5, 7000.0, 12.0, 0.5),
        0.30,
        0.9,
        Section(5, 12.0, 4.0, 5.0, 2.0),
    ),
    _pad(
        "synth strings",
        Source(6.0, 900.0, 12.0, 0.6),
        Source(5.0, 6000.0, 12.0, 0.5),
        0.12,
        0.5,
        Section(6, 14.0, 3.0, 5.5, 6.0),
        (28, 100),
        ((0, Body((Resonance(2500.0, 0.8, 1.5),))),),
    ),
    _pad(
        "synth",
        Source(4.0, 900.0, 18.0, 0.8, even_db=-8.0),
        Source(3.0, 6000.0, 14.0, 0.6, even_db=-4.0),
        0.010,
        0.12,
        Section(3, 5.0, 0.0, 5.5, 4.0),
    ),
)

PADS: tuple[Recipe, ...] = tuple(recipe(each) for each in PAD_VOICINGS)
