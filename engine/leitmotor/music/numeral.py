"""Roman numerals as typed in a progression: `bII`, `viio7`, `V7/ii`. `chord` makes them sound."""

from __future__ import annotations

import re
from difflib import get_close_matches
from enum import Enum

from leitmotor.records import record

_DEGREES = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7}

_FIGURES: dict[str, tuple[tuple[str, ...], int]] = {
    # what is written after the numeral -> extra chord tones, and the chord tone in the bass
    "": ((), 1),
    "7": (("7",), 1),
    "maj7": (("maj7",), 1),
    "9": (("7", "9"), 1),
    "maj9": (("maj7", "9"), 1),
    "6": ((), 3),
    "64": ((), 5),
    "65": (("7",), 3),
    "43": (("7",), 5),
    "42": (("7",), 7),
}
_KNOWN_FIGURES = " ".join([*filter(None, _FIGURES), "sus4", "sus2"])

_TYPED = str.maketrans({"♭": "b", "♯": "#", "°": "o", "º": "o", "Ø": "ø"})
_NUMERAL = re.compile(
    r"(?P<accidental>b{1,2}|#{1,2})?(?P<roman>[ivIV]+)(?P<mark>o|ø|\+)?"
    r"(?P<figure>[^s]*?)(?P<sus>sus[24]?)?"
)


class Quality(Enum):
    """What kind of chord the case and the mark of a numeral ask for."""

    MAJOR = "major"
    MINOR = "minor"
    DIMINISHED = "diminished"
    HALF_DIMINISHED = "half-diminished"
    AUGMENTED = "augmented"


@record
class Numeral:
    """A chord by its place in a key.

    With `alter` 0 the root is that degree of the mode; otherwise it is counted in semitones from
    the same degree of the major scale (S20). `extras` are of "7", "maj7", "9", "sus4" and "sus2";
    `bass` is the chord tone that the bass plays (1, or 3 5 7 in inversions). `secondary` is what
    stands after the stroke of `V/ii`.
    """

    text: str
    degree: int  # 1…7
    alter: int
    quality: Quality
    extras: tuple[str, ...] = ()
    bass: int = 1
    secondary: Numeral | None = None

    def __str__(self) -> str:
        return self.text

    @property
    def leads(self) -> bool:
        """Whether it is V or viio (viiø), the chords that hold the leading note in every mode."""
        if self.alter:
            return False
        if self.degree == 7:
            return self.quality in (Quality.DIMINISHED, Quality.HALF_DIMINISHED)
        return self.degree == 5 and self.quality is Quality.MAJOR


def parse_numeral(text: str) -> Numeral:
    """The numeral that `text` spells; ValueError says what is wrong and what to type instead."""
    written = text.strip()
    head, stroke, target = _plain(written).partition("/")
    if not stroke:
        return _simple(written, head, None)
    if not target or target[0].isdigit():
        why = "after / comes the numeral it leads to: V/V, V7/ii; inversions are written V65"
        raise _refusal(written, why)
    return _simple(written, head, parse_numeral(target))


def _plain(written: str) -> str:
    return written.translate(_TYPED).replace("dim", "o").replace("aug", "+")


def _simple(written: str, head: str, secondary: Numeral | None) -> Numeral:
    found = _NUMERAL.fullmatch(head)
    if found is None:
        raise _refusal(written, _advice(head))
    roman, mark, sus = found["roman"], found["mark"] or "", found["sus"] or ""
    accidental = found["accidental"] or ""
    alter = len(accidental) * (-1 if accidental.startswith("b") else 1)
    degree = _degree(written, roman)
    if degree == 7 and alter > 0:
        why = "b and # count from the major scale, whose seventh is the leading note: write viio"
        raise _refusal(written, why)
    quality = _quality(written, roman, mark)
    extras, bass = _figures(written, found["figure"])
    if quality is Quality.HALF_DIMINISHED and "7" not in extras:
        extras = ("7", *extras)
    if sus:
        extras = (*extras, sus if sus != "sus" else "sus4")
    return Numeral(written, degree, alter, quality, extras, bass, secondary)


def _degree(written: str, roman: str) -> int:
    degree = _DEGREES.get(roman.upper())
    if degree is None:
        raise _refusal(written, "degrees go from I to VII (capitals major, small letters minor)")
    if roman not in (roman.upper(), roman.lower()):
        raise _refusal(written, f"write {roman.lower()} for minor or {roman.upper()} for major")
    return degree


def _quality(written: str, roman: str, mark: str) -> Quality:
    small = roman.islower()
    if mark == "+":
        if small:
            raise _refusal(written, f"an augmented chord has capitals: {roman.upper()}+")
        return Quality.AUGMENTED
    if mark:
        if not small:
            raise _refusal(written, f"a diminished chord has small letters: {roman.lower()}{mark}")
        return Quality.DIMINISHED if mark == "o" else Quality.HALF_DIMINISHED
    return Quality.MINOR if small else Quality.MAJOR


def _figures(written: str, figure: str) -> tuple[tuple[str, ...], int]:
    known = _FIGURES.get(figure)
    if known is None:
        near = get_close_matches(figure, _KNOWN_FIGURES.split(), n=1)
        meant = f"; did you mean {near[0]}?" if near else ""
        raise _refusal(written, f"{figure!r} is not among {_KNOWN_FIGURES}{meant}")
    return known


def _advice(head: str) -> str:
    if not head:
        return "write one such as I, iv, bII, V7, viio7, V/V"
    if head[0] in "ABCDEFG":
        return "it looks like a chord's name; a progression takes numerals such as i, bII, V7, V/V"
    return "write b or #, I…VII or i…vii, o ø or +, a figure, as in I, bII, viio7, III+, V7"


def _refusal(written: str, why: str) -> ValueError:
    return ValueError(f"{written!r} is no numeral: {why}")
