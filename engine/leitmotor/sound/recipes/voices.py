"""Voices: a source like that of the vocal folds, behind the formants of a vowel."""

from __future__ import annotations

from leitmotor.sound.recipe import Recipe
from leitmotor.sound.recipes.breath import Breath
from leitmotor.sound.recipes.motion import Section
from leitmotor.sound.recipes.sustained import recipe
from leitmotor.sound.recipes.voicing import Voicing
from leitmotor.sound.recipes.waves import Body, Resonance, Source

_FLOOR = 0.06  # what passes between formants


def _vowel(*formants: tuple[float, float, float]) -> Body:
    """A vowel from (Hz, dB, width in Hz) of its formants."""
    resonances = tuple(
        Resonance(hertz, 10.0 ** (level_db / 20.0), hertz / width)
        for hertz, level_db, width in formants
    )
    return Body(resonances, _FLOOR, 120.0, 7000.0)


# Formants of sung vowels, rounded. A choir is wider than one voice: no two mouths are alike.
_AH_BASS = _vowel((600, 0, 110), (1040, -6, 130), (2300, -12, 220), (2700, -14, 240))
_AH_TENOR = _vowel((650, 0, 120), (1080, -5, 140), (2650, -10, 240), (3100, -14, 260))
_AH_ALTO = _vowel((780, 0, 150), (1150, -4, 160), (2800, -16, 280), (3600, -22, 320))
_AH_SOPRANO = _vowel((850, 0, 180), (1220, -5, 180), (2900, -18, 300), (3900, -22, 340))
_OO_LOW = _vowel((340, 0, 110), (640, -14, 120), (2400, -32, 200))
_OO_HIGH = _vowel((400, 0, 170), (760, -12, 160), (2700, -30, 260))


def _choir(
    name: str, compass: tuple[int, int], bodies: tuple[tuple[int, Body], ...], players: int = 6
) -> Voicing:
    low, high = compass
    return Voicing(
        name,
        low,
        high,
        soft=Source(9.0, 350.0, 9.0, 0.6),
        bright=Source(0.5, 5000.0, 9.0, 0.3),
        bodies=bodies,
        attack_seconds=0.120,
        release_seconds=0.4,
        legato_seconds=0.08,
        section=Section(players, detune_cents=10.0, wander_cents=8.0, vibrato_hz=5.4, cents=18.0),
        breath=Breath(-36.0, -40.0, 2500.0, 8000.0, -30.0, 0.06),
        beginning_seconds=0.25,
        loop_seconds=1.4,
    )


VOICE_VOICINGS: tuple[Voicing, ...] = (
    _choir(
        "choir",
        (40, 84),
        ((48, _AH_BASS), (57, _AH_TENOR), (66, _AH_ALTO), (74, _AH_SOPRANO)),
    ),
    _choir("choir soprano", (60, 84), ((0, _AH_SOPRANO),)),
    _choir("choir alto", (53, 79), ((0, _AH_ALTO),)),
    _choir("choir tenor", (48, 74), ((0, _AH_TENOR),)),
    _choir("choir bass", (40, 65), ((0, _AH_BASS),)),
    _choir("voice oohs", (48, 79), ((54, _OO_LOW), (70, _OO_HIGH)), 5),
)

VOICES: tuple[Recipe, ...] = tuple(recipe(each) for each in VOICE_VOICINGS)
