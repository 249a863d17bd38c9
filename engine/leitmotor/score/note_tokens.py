"""The words of the note shorthand: a text cut into tokens, a token read as a note, chord or rest.

Both steps are single matches of a regular expression, and a token is read once only however often
it is written: `check` reads a score of 5,000 lines at every save.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TypeAlias

from leitmotor.music.dynamics import ACCENT, MARCATO, TENUTO
from leitmotor.music.notes import ChordTone, Degree, Letter, Tone
from leitmotor.music.scale import natural_midi
from leitmotor.music.time import QUARTER, Ticks
from leitmotor.records import record
from leitmotor.score.note_words import find_word

ACCIDENTAL = "##?|bb?|n"
OCTAVES = r"\+{1,5}|-{1,5}"
VALUE = r"[whqest]\.{0,4}(?:\+[whqest]\.{0,4})*"
HEADS = "t[0-9]+(?::[0-9]+)?|x[0-9]+|grace|slur|8va|8vb"

_PITCH = (
    rf"(?:1[0-5]|[1-9])(?:{ACCIDENTAL})?(?:{OCTAVES})?"
    rf"|k[13579](?:{ACCIDENTAL})?(?:{OCTAVES})?"
    rf"|[a-g](?:{ACCIDENTAL})?[0-9]?"
)

_TOKEN = re.compile(
    rf"((?:{HEADS})\s*\("  # a group's head
    r"|(?:<[^<>()|]*>|[^\s()|])[^\s()|]*(?:\([^()]*\)[^\s()|]*)*"  # a note with its marks
    r"|\([^()]*\)"  # a word
    r"|[|()])"
)
_EVENT = re.compile(
    rf"(?P<pitch>r|{_PITCH}|<[^<>]*>)(?P<value>{VALUE})?"
    r"(?P<marks>(?:[>^*_@]|\([^()]*\))*)(?P<tie>~)?"
)
_ONE_PITCH = re.compile(
    r"(?:(?P<degree>[0-9]+)|k(?P<chord>[0-9])|(?P<letter>[a-g]))"
    rf"(?P<accidental>{ACCIDENTAL})?(?:(?P<up>\++)|(?P<down>-+)|(?P<octave>[0-9]))?"
)
_FULL_PITCH = re.compile(_PITCH)
_ONE_MARK = re.compile(r"[>^*_@]|\([^()]*\)")

_LONE_B = re.compile("b[1-9]")

VALUES: dict[str, Ticks] = {
    "w": 4 * QUARTER,
    "h": 2 * QUARTER,
    "q": QUARTER,
    "e": QUARTER // 2,
    "s": QUARTER // 4,
    "t": QUARTER // 8,
}
_SIGNS = {"|": "bar", "(": "open", ")": "close"}
_ALTER = {None: 0, "n": 0, "#": 1, "##": 2, "b": -1, "bb": -2}
_LETTER_STEPS = {"c": 0, "d": 1, "e": 2, "f": 3, "g": 4, "a": 5, "b": 6}


Token: TypeAlias = tuple[str, int, int, str]
"""A piece of a text: its kind, its line (from 0), its column (from 1) and itself.

Kinds: event, state, bar, line (the end of a line), head, open, close. A plain tuple, because there
are tens of thousands of them and a named one costs more than all the rest of cutting.
"""


@record
class LetterName:
    """A letter whose octave may be that of the letter before it (`octave` None)."""

    letter: int
    alter: int
    octave: int | None


Named: TypeAlias = Tone | LetterName


@record
class Marks:
    """All that stands after a value. None means: as the state in force says."""

    articulation: str | None = None
    accent: int = 0
    technique: str | None = None
    muted: bool | None = None
    fermata: bool = False
    surge: str = ""
    level: int | None = None
    hairpin: int = 0


NO_MARKS = Marks()


@record
class NoteEvent:
    """A token read: a note, a chord (several `names`) or a rest (no `names`).

    `tones` is filled where no letter needs its octave from before; `length` is None where no value
    is written; `tie` is the place of `~` in the token, from 0, or -1.
    """

    names: tuple[Named, ...]
    tones: tuple[Tone, ...]
    length: Ticks | None
    marks: Marks
    tie: int
    lowered_third: bool
    lone_b: bool  # b3, which may be meant as 3b


def cut(lines: Sequence[str]) -> list[Token]:
    """The tokens of a text; a `line` token stands between two lines that are not blank."""
    tokens: list[Token] = []
    last: Token | None = None
    for number, line in enumerate(lines):
        if not line or line.isspace():
            continue
        if last is not None:
            tokens.append(last)
        column = 1
        pieces = iter(_TOKEN.split(line))  # blank, token, blank, token, …, blank
        for blank, text in zip(pieces, pieces, strict=False):
            column += len(blank)
            tokens.append((_kind(text), number, column, text))
            column += len(text)
        last = ("line", number, len(line.rstrip()), "")
    return tokens


@lru_cache(maxsize=8192)
def _kind(text: str) -> str:
    if text in _SIGNS:
        return _SIGNS[text]
    if text[-1] == "(":
        return "head"
    return "state" if text[0] == "(" else "event"


@lru_cache(maxsize=8192)
def read_event(text: str) -> NoteEvent | None:
    """A note, chord or rest; None where the text is none (`note_faults` says why)."""
    match = _EVENT.fullmatch(text)
    if match is None:
        return None
    pitch, value, marked = match["pitch"], match["value"], match["marks"]
    names, tones = ((), ()) if pitch == "r" else _read_names(pitch)
    length = value_ticks(value) if value else None
    marks = read_marks(marked) if marked else NO_MARKS
    if names is None or marks is None or length == 0 or (not names and (marked or match["tie"])):
        return None
    lowered = any(isinstance(n, Degree) and n.step % 7 == 2 and n.alter < 0 for n in names)
    tie = match.start("tie") if match["tie"] else -1
    return NoteEvent(
        names, tones, length, marks, tie, lowered, _LONE_B.fullmatch(pitch) is not None
    )


@lru_cache(maxsize=1024)
def value_ticks(value: str) -> Ticks:
    """The length of value letters (`q.`, `h+e`), or 0 where it does not fall on a tick (S3)."""
    total = 0
    for part in value.split("+"):
        dots = len(part) - 1
        ticks, broken = divmod(VALUES[part[0]] * (2 ** (dots + 1) - 1), 2**dots)
        if broken:
            return 0
        total += ticks
    return total


def read_pitch(text: str) -> Named | None:
    """One degree, chord tone or letter; None where the text is none."""
    if _FULL_PITCH.fullmatch(text) is None:
        return None
    match = _ONE_PITCH.fullmatch(text)
    if match is None:
        return None
    alter = _ALTER[match["accidental"]]
    octave = len(match["up"] or "") - len(match["down"] or "")
    if match["degree"]:
        return Degree(int(match["degree"]) - 1, alter, octave)
    if match["chord"]:
        return ChordTone(int(match["chord"]), alter, octave)
    written = int(match["octave"]) if match["octave"] else None
    return LetterName(_LETTER_STEPS[match["letter"]], alter, written)


def read_marks(text: str) -> Marks | None:
    """Marks that stand at one note; None where a word is not known."""
    signs = _ONE_MARK.findall(text)
    words = [find_word(sign[1:-1]) for sign in signs if sign[0] == "("]
    known = [word for word in words if word is not None]
    if len(known) < len(words):
        return None
    articulation = _articulation(signs)
    technique = muted = level = None
    surge, hairpin = "", 0
    for word in known:
        articulation = word.articulation if word.articulation is not None else articulation
        technique = word.technique if word.technique is not None else technique
        muted = word.muted if word.muted is not None else muted
        level = word.level if word.level is not None else level
        surge = word.surge or surge
        hairpin = word.hairpin or hairpin
    return Marks(
        articulation, _accent(signs), technique, muted, "@" in signs, surge, level, hairpin
    )


def place_letters(names: tuple[Named, ...], octave: int) -> tuple[tuple[Tone, ...], int]:
    """The tones of names after a letter of `octave`, and the octave that sticks to the next."""
    tones: list[Tone] = []
    for name in names:
        if isinstance(name, LetterName):
            octave = octave if name.octave is None else name.octave
            step = 7 * octave + name.letter
            tones.append(Letter(step, natural_midi(step) + name.alter))
        else:
            tones.append(name)
    return tuple(tones), octave


@lru_cache(maxsize=8192)
def _read_names(pitch: str) -> tuple[tuple[Named, ...] | None, tuple[Tone, ...]]:
    """What `NoteEvent` holds as `names` and `tones`: the same objects whatever the values are."""
    words = pitch[1:-1].split() if pitch[0] == "<" else [pitch]
    names = tuple(name for word in words if (name := read_pitch(word)) is not None)
    if not words or not len(names) == len(set(words)) == len(words):
        return None, ()
    tones = tuple(name for name in names if not isinstance(name, LetterName))
    return names, tones if len(tones) == len(names) else ()


def _articulation(signs: list[str]) -> str | None:
    if "_" in signs and "*" in signs:
        return "portato"
    if "_" in signs:
        return "tenuto"
    return "staccato" if "*" in signs else None


def _accent(signs: list[str]) -> int:
    """Velocity on top (theory T9)."""
    if "^" in signs:
        return MARCATO
    if ">" in signs:
        return ACCENT
    return TENUTO if "_" in signs and "*" not in signs else 0
