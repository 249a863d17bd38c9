"""Intervals by name: how many letters and semitones `m3` or `A2` is (theory T3)."""

from __future__ import annotations

import re

from leitmotor.records import record

_NAME = re.compile(r"([PMmAd])([1-9]\d?)")
_LARGEST = 15
_WIDTHS = (0, 2, 4, 5, 7, 9, 11)  # perfect or major, by letters within the octave
_PERFECT = frozenset({0, 3, 4})
_LETTERS_OF_SEMITONES = (0, 1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 6)


@record
class Interval:
    """An interval upwards: `m3` is 2 letters and 3 semitones."""

    name: str
    letters: int
    semitones: int


def parse_interval(text: str) -> Interval:
    """The interval called `text` (P1 … P15, m2, M3, A4, d5); ValueError where there is none."""
    match = _NAME.fullmatch(text)
    if match is None or int(match[2]) > _LARGEST:
        raise ValueError(
            f'"{text}" is not an interval; write a quality and a number up to {_LARGEST}: '
            "m3, M2, P5, A4, d5"
        )
    quality, letters = match[1], int(match[2]) - 1
    octaves, place = divmod(letters, 7)
    if quality in ("Mm" if place in _PERFECT else "P"):
        wanted = f"P{match[2]}" if place in _PERFECT else f"m{match[2]} or M{match[2]}"
        raise ValueError(f'there is no interval "{text}"; write {wanted}')
    width = _WIDTHS[place] + 12 * octaves
    narrower = {"P": 0, "M": 0, "A": -1, "m": 1, "d": 1 if place in _PERFECT else 2}[quality]
    return Interval(text, letters, width - narrower)


def letters_for(semitones: int) -> int:
    """How many letters so many semitones are spelled as, where only semitones are said (T3)."""
    octaves, rest = divmod(abs(semitones), 12)
    letters = 7 * octaves + _LETTERS_OF_SEMITONES[rest]
    return letters if semitones >= 0 else -letters
