"""Which recipe an instrument is played by."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from leitmotor.sound.patch import Patch
from leitmotor.sound.recipe import Recipe

KIT = "drums"

_BY_PROGRAM: tuple[tuple[range, str], ...] = (
    (range(4), "piano"),
    (range(4, 6), "electric piano"),
    (range(6, 8), "harpsichord"),
    (range(8, 9), "celesta"),
    (range(9, 10), "glockenspiel"),
    (range(10, 11), "music box"),
    (range(11, 12), "vibraphone"),
    (range(12, 13), "marimba"),
    (range(13, 14), "xylophone"),
    (range(14, 15), "tubular bells"),
    (range(15, 16), "harpsichord"),
    (range(16, 24), "organ"),
    (range(24, 32), "guitar"),
    (range(32, 33), "double bass pizz"),
    (range(33, 40), "electric bass"),
    (range(40, 41), "violin"),
    (range(41, 42), "viola"),
    (range(42, 43), "cello"),
    (range(43, 44), "double bass"),
    (range(44, 45), "string ensemble trem"),
    (range(45, 46), "pizzicato strings"),
    (range(46, 47), "harp"),
    (range(47, 48), "timpani"),
    (range(48, 50), "string ensemble"),
    (range(50, 52), "synth strings"),
    (range(52, 53), "choir"),
    (range(53, 55), "voice oohs"),
    (range(55, 56), "orchestra hit"),
    (range(56, 57), "trumpet in C"),
    (range(57, 58), "tenor trombone"),
    (range(58, 59), "tuba"),
    (range(59, 60), "muted trumpet"),
    (range(60, 61), "horn in F"),
    (range(61, 64), "brass section"),
    (range(64, 65), "soprano sax"),
    (range(65, 66), "alto sax"),
    (range(66, 67), "tenor sax"),
    (range(67, 68), "baritone sax"),
    (range(68, 69), "oboe"),
    (range(69, 70), "English horn"),
    (range(70, 71), "bassoon"),
    (range(71, 72), "clarinet in Bb"),
    (range(72, 73), "piccolo"),
    (range(73, 80), "flute"),
    (range(80, 88), "synth"),
    (range(88, 89), "pad"),
    (range(89, 90), "warm pad"),
    (range(90, 91), "bright pad"),
    (range(91, 92), "choir"),
    (range(92, 96), "warm pad"),
    (range(96, 104), "bright pad"),
    (range(104, 109), "guitar"),
    (range(109, 112), "oboe"),
    (range(112, 114), "glockenspiel"),
    (range(114, 115), "marimba"),
    (range(115, 116), "xylophone"),
    (range(116, 119), "taiko"),
    (range(119, 128), "pad"),
)
"""General MIDI programs (from 0), and what of ours comes nearest."""


@lru_cache(1)
def recipes() -> Mapping[str, Recipe]:
    """Every recipe, by its name."""
    # Families are loaded with the first note: who plays over MIDI needs none.
    from leitmotor.sound.recipes import every_family

    return MappingProxyType({recipe.name: recipe for recipe in every_family()})


def recipe_of(patch: Patch) -> Recipe:
    """The recipe of an instrument: that of its name, else the nearest to its program."""
    known = recipes()
    if patch.is_kit:
        return known[KIT]
    return known.get(patch.sound) or known[nearest_to_program(patch.program)]


def nearest_to_program(program: int) -> str:
    """The name of the recipe that comes nearest to a General MIDI program (from 0)."""
    return next((name for programs, name in _BY_PROGRAM if program in programs), "piano")
