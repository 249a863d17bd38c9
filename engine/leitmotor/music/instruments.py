"""Instruments known by name: sounding ranges, transpositions and programs (theory T10)."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from types import MappingProxyType

from leitmotor.music.general_midi import PROGRAM_NAMES
from leitmotor.records import record

BOWED = "bowed strings"
BOWED_TECHNIQUES: tuple[tuple[str, int], ...] = (("pizz", 45), ("trem", 44))
"""Programs (from 0) of what bowed strings also do."""


@record
class KnownInstrument:
    """Ranges are sounding MIDI numbers; `transposition` is written minus sounding, in semitones."""

    name: str
    low: int
    high: int
    comfortable_low: int
    comfortable_high: int
    transposition: int
    program: int  # from 0
    poly: int  # how many notes at once
    sustaining: bool  # can grow on a held note: level by CC11, else by velocity (S23)
    family: str
    kit: bool = False

    @property
    def techniques(self) -> tuple[tuple[str, int], ...]:
        """Techniques with a program of their own (from 0)."""
        return BOWED_TECHNIQUES if self.family == BOWED else ()


@record
class _Family:
    """What instruments of a family share."""

    name: str
    poly: int
    sustaining: bool


_WINDS = _Family("winds", 1, True)
_BRASS = _Family("brass", 1, True)
_SOLO_STRINGS = _Family(BOWED, 2, True)
_STRING_SECTION = _Family(BOWED, 8, True)
_BRASS_SECTION = _Family("brass", 8, True)
_VOICES = _Family("voices", 8, True)
_PADS = _Family("synth", 8, True)
_SOLO_SYNTH = _Family("synth", 1, True)
_KEYBOARDS = _Family("keyboards", 16, False)
_ORGANS = _Family("keyboards", 16, True)
_HARPS = _Family("plucked", 8, False)
_GUITARS = _Family("plucked", 6, False)
_BASS_GUITARS = _Family("plucked", 2, False)
_PLUCKED_SECTION = _Family("plucked", 8, False)
_MALLETS = _Family("percussion", 4, False)
_BELLS = _Family("percussion", 2, False)
_HITS = _Family("percussion", 8, False)

# name: (low, high, comfortable low, comfortable high, written - sounding, program from 0)
_Row = tuple[int, int, int, int, int, int]
_TABLE: tuple[tuple[_Family, dict[str, _Row]], ...] = (
    (
        _WINDS,
        {
            "piccolo": (74, 108, 79, 103, -12, 72),
            "flute": (60, 98, 62, 93, 0, 73),
            "alto flute": (55, 91, 55, 84, 5, 73),
            "oboe": (58, 93, 60, 86, 0, 68),
            "English horn": (52, 84, 53, 77, 7, 69),
            "clarinet in Bb": (50, 94, 50, 86, 2, 71),
            "clarinet in A": (49, 93, 49, 85, 3, 71),
            "bass clarinet": (34, 79, 38, 69, 14, 71),
            "bassoon": (34, 75, 34, 67, 0, 70),
            "contrabassoon": (22, 58, 24, 48, 12, 70),
            "soprano sax": (56, 88, 58, 84, 2, 64),
            "alto sax": (49, 81, 51, 77, 9, 65),
            "tenor sax": (44, 76, 46, 72, 14, 66),
            "baritone sax": (36, 68, 38, 64, 21, 67),
        },
    ),
    (
        _BRASS,
        {
            "horn in F": (35, 77, 41, 72, 7, 60),
            "trumpet in C": (54, 86, 55, 79, 0, 56),
            "trumpet in Bb": (52, 84, 53, 77, 2, 56),
            "muted trumpet": (54, 86, 55, 79, 0, 59),
            "tenor trombone": (40, 75, 40, 67, 0, 57),
            "bass trombone": (34, 65, 34, 60, 0, 57),
            "tuba": (26, 65, 29, 55, 0, 58),
        },
    ),
    (
        _SOLO_STRINGS,
        {
            "violin": (55, 103, 55, 93, 0, 40),
            "viola": (48, 86, 48, 81, 0, 41),
            "cello": (36, 79, 36, 74, 0, 42),
            "double bass": (28, 67, 28, 55, 12, 43),
        },
    ),
    (_STRING_SECTION, {"string ensemble": (28, 100, 36, 88, 0, 48)}),
    (_BRASS_SECTION, {"brass section": (34, 82, 40, 77, 0, 61)}),
    (
        _VOICES,
        {
            "choir": (40, 84, 41, 79, 0, 52),
            "choir soprano": (60, 84, 60, 79, 0, 52),
            "choir alto": (53, 79, 55, 72, 0, 52),
            "choir tenor": (48, 74, 48, 67, 12, 52),
            "choir bass": (40, 65, 41, 60, 0, 52),
            "voice oohs": (48, 79, 53, 74, 0, 53),
        },
    ),
    (
        _PADS,
        {
            "pad": (36, 96, 48, 84, 0, 88),
            "warm pad": (36, 96, 48, 84, 0, 89),
            "bright pad": (36, 96, 48, 84, 0, 90),
            "synth strings": (28, 100, 36, 88, 0, 50),
        },
    ),
    (_SOLO_SYNTH, {"synth": (36, 96, 48, 84, 0, 81)}),
    (
        _KEYBOARDS,
        {
            "piano": (21, 108, 28, 100, 0, 0),
            "electric piano": (28, 100, 36, 88, 0, 4),
            "harpsichord": (29, 89, 36, 84, 0, 6),
            "celesta": (60, 108, 60, 103, -12, 8),
        },
    ),
    (_ORGANS, {"organ": (36, 96, 36, 96, 0, 19)}),
    (_HARPS, {"harp": (23, 104, 28, 96, 0, 46)}),
    (_GUITARS, {"guitar": (40, 83, 40, 76, 12, 24)}),
    (_BASS_GUITARS, {"electric bass": (28, 67, 28, 55, 12, 33)}),
    (_PLUCKED_SECTION, {"pizzicato strings": (28, 100, 36, 88, 0, 45)}),
    (
        _MALLETS,
        {
            "glockenspiel": (79, 108, 79, 103, -24, 9),
            "xylophone": (65, 108, 72, 103, -12, 13),
            "marimba": (41, 96, 45, 91, 0, 12),
            "vibraphone": (53, 89, 53, 89, 0, 11),
        },
    ),
    (
        _BELLS,
        {
            "timpani": (36, 60, 40, 57, 0, 47),
            "tubular bells": (60, 77, 60, 77, 0, 14),
            "music box": (60, 108, 67, 100, 0, 10),
            "taiko": (24, 72, 36, 60, 0, 116),
        },
    ),
    (_HITS, {"orchestra hit": (36, 84, 48, 72, 0, 55)}),
)

_DRUMS = KnownInstrument("drums", 27, 87, 35, 81, 0, 0, 8, False, "percussion", kit=True)

_ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "clarinet": "clarinet in Bb",
        "cor anglais": "English horn",
        "french horn": "horn in F",
        "horn": "horn in F",
        "trumpet": "trumpet in C",
        "trombone": "tenor trombone",
        "violoncello": "cello",
        "contrabass": "double bass",
        "strings": "string ensemble",
        "brass": "brass section",
        "voice": "voice oohs",
        "choir s": "choir soprano",
        "choir a": "choir alto",
        "choir t": "choir tenor",
        "choir b": "choir bass",
        "synthesiser": "synth",
        "synthesizer": "synth",
        "synth lead": "synth",
        "church organ": "organ",
        "bass guitar": "electric bass",
        "pizzicato": "pizzicato strings",
        "drum kit": "drums",
        "kit": "drums",
    }
)


def _known() -> dict[str, KnownInstrument]:
    rows = [
        KnownInstrument(name, *row, family.poly, family.sustaining, family.name)
        for family, members in _TABLE
        for name, row in members.items()
    ]
    return {instrument.name: instrument for instrument in (*rows, _DRUMS)}


def _plain(name: str) -> str:
    return " ".join(name.replace("_", " ").replace("-", " ").lower().split())


_INSTRUMENTS: Mapping[str, KnownInstrument] = MappingProxyType(_known())
_BY_PLAIN_NAME: Mapping[str, str] = MappingProxyType(
    {_plain(name): name for name in _INSTRUMENTS} | dict(_ALIASES)
)
_PROGRAMS: Mapping[str, int] = MappingProxyType(
    {plain: _INSTRUMENTS[name].program for plain, name in _BY_PLAIN_NAME.items()}
    | {_plain(name): program for program, name in enumerate(PROGRAM_NAMES)}
)


def names() -> tuple[str, ...]:
    """Every name and alias that `find` knows, for messages; full names first."""
    return (*_INSTRUMENTS, *_ALIASES)


def find(name: str) -> KnownInstrument | None:
    """The instrument of that name or alias, else None; capitals, `_` and `-` do not matter."""
    known = _BY_PLAIN_NAME.get(_plain(name))
    return _INSTRUMENTS[known] if known else None


def program_number(said: str | int) -> int:
    """The program (from 0) of a General MIDI name, an instrument or a number 1 … 128.

    ValueError for what is neither, with the nearest name.
    """
    if isinstance(said, str) and not said.strip().isdecimal():
        return _program_named(said)
    number = int(said)
    if isinstance(said, bool) or not 1 <= number <= len(PROGRAM_NAMES):
        raise ValueError(
            f"program {said} does not exist; programs are 1 to {len(PROGRAM_NAMES)}, "
            "or a name such as violin"
        )
    return number - 1


def _program_named(said: str) -> int:
    program = _PROGRAMS.get(_plain(said))
    if program is None:
        near = difflib.get_close_matches(_plain(said), _PROGRAMS, 1)
        hint = f'did you mean "{near[0]}"? ' if near else ""
        raise ValueError(
            f'there is no program "{said}"; {hint}write a General MIDI name or a number 1 to 128'
        )
    return program
