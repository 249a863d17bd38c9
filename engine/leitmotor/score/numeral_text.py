"""What is wrong with the numerals of a progression, each at its own place in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product

from leitmotor.music.chord import Chord, parse_chord_name, realise
from leitmotor.music.numeral import Numeral, parse_numeral
from leitmotor.music.scale import Key

_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII")
_FIGURES = ("", "7", "maj7", "9", "maj9", "sus4", "sus2", "6", "64", "65", "43", "42")
_NUMERAL = re.compile(r"[^\s|]+")


def numeral_faults(line: str, key: Key | None) -> Iterator[tuple[int, str]]:
    """(column from 1, what is wrong); in a `key` that is known, numerals for chords by name."""
    for found in _NUMERAL.finditer(line):
        try:
            parse_numeral(found.group())
        except ValueError as mistake:
            yield found.start() + 1, _chord_by_name(found.group(), key) or str(mistake)


def _chord_by_name(text: str, key: Key | None) -> str:
    chord = parse_chord_name(text)
    if chord is None:
        return ""
    numeral = numeral_of(chord, key) if key is not None else ""
    remedy = f"in {key} write {numeral}" if numeral else "write some such as i | VI | iv | V"
    return f'"{text}" is a chord by name, and a progression has numerals; {remedy}'


@lru_cache(maxsize=512)
def numeral_of(chord: Chord, key: Key) -> str:
    """The numeral that stands for a chord in a key; empty where none does."""
    roman = _ROMANS[(chord.letter - key.letter) % 7]
    for figure, sign, mark in product(_FIGURES, ("", "b", "#"), ("", "o", "ø", "+")):
        for case in (roman, roman.lower()):
            numeral = _numeral(f"{sign}{case}{mark}{figure}")
            if numeral is not None and _sounds_as(realise(numeral, key, key.mode), chord):
                return numeral.text
    return ""


@lru_cache(maxsize=2048)
def _numeral(text: str) -> Numeral | None:
    try:
        return parse_numeral(text)
    except ValueError:
        return None


def _sounds_as(one: Chord, other: Chord) -> bool:
    return (one.letter, one.alter, one.tones, one.bass) == (
        other.letter,
        other.alter,
        other.tones,
        other.bass,
    )
