"""How long a note sounds for its written length (theory T3 `articulate`)."""

from __future__ import annotations

import difflib
from fractions import Fraction

from leitmotor.music.time import Ticks

ARTICULATIONS: dict[str, Fraction] = {
    "normal": Fraction(19, 20),
    "staccato": Fraction(1, 2),
    "staccatissimo": Fraction(1, 4),
    "legato": Fraction(1),
    "portato": Fraction(3, 4),
    "tenuto": Fraction(1),
}
"""Sounding part of the written length."""

LEGATO_OVERLAP_SECONDS = 0.020
"""How far a legato note sounds into the next; never into an equal pitch (S27)."""


def sounding_length(length: Ticks, articulation: str) -> Ticks:
    """Ticks that a note sounds, at least 1; no articulation is `normal`. ValueError for others.

    The overlap of legato is on the clock and comes on top.
    """
    try:
        factor = ARTICULATIONS[articulation or "normal"]
    except KeyError:
        raise ValueError(unknown_articulation(articulation)) from None
    return max(1, length * factor.numerator // factor.denominator)


def unknown_articulation(word: str) -> str:
    """What to tell an author who wrote `word`."""
    near = difflib.get_close_matches(word, ARTICULATIONS, 1)
    hint = f'; did you mean "{near[0]}"?' if near else ";"
    return f'"{word}" is not an articulation{hint} Articulations are {", ".join(ARTICULATIONS)}'
