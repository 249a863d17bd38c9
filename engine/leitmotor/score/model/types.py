"""The types of the models' fields: musical units and small values, read from their texts."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Strict

from leitmotor.messages import AtBar
from leitmotor.music.instruments import program_number
from leitmotor.music.length import Boundary, Length
from leitmotor.music.metre import Metre
from leitmotor.music.scale import Mode
from leitmotor.score import units
from leitmotor.score.model import readers
from leitmotor.score.model.reading import Read
from leitmotor.score.units import LengthRange


def _like(*examples: Any, pattern: str = "") -> dict[str, Any]:
    schema: dict[str, Any] = {"type": ["string", "number"], "examples": list(examples)}
    return schema | ({"pattern": pattern} if pattern else {})


_TEXT = {"type": ["string", "number"]}
_TEXTS = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}
_BY_NAME = {"type": "object", "additionalProperties": _TEXT}

Text: TypeAlias = Annotated[str, Read(readers.text, _TEXT)]
TextList: TypeAlias = Annotated[tuple[str, ...], Read(readers.texts, _TEXTS)]
Lines: TypeAlias = TextList
"""Notes or numerals, raw: they are read when the score is compiled."""
Operations: TypeAlias = TextList
"""Operations of `vary:`, raw."""

Switch: TypeAlias = Annotated[bool, Strict()]
Whole: TypeAlias = Annotated[int, Strict()]
Number: TypeAlias = Annotated[float, Strict()]

LengthText: TypeAlias = Annotated[
    Length | None, Read(units.parse_length, _like("2 bars", "1 beat", "1.5 s"))
]
LengthSpan: TypeAlias = Annotated[
    LengthRange | None, Read(units.parse_length_range, _like("4 bars", "2 bars..6 bars"))
]
SecondsText: TypeAlias = Annotated[
    float, Read(units.parse_seconds, _like("1.5 s", "250 ms", "20 min"))
]
OwnSeconds: TypeAlias = Annotated[float | None, Read(units.parse_seconds, _like("1.5 s", "250 ms"))]
"""A time that has no fixed default."""
BoundaryText: TypeAlias = Annotated[
    Boundary | None, Read(units.parse_boundary, _like("next bar", "next phrase", "now"))
]
MetreText: TypeAlias = Annotated[Metre | None, Read(units.parse_metre, _like("4/4", "7/8 (2+2+3)"))]
TempoText: TypeAlias = Annotated[float | None, Read(units.parse_tempo, _like(88, "60 per q."))]
KeyText: TypeAlias = Annotated[
    tuple[int, int, Mode | None] | None, Read(units.parse_key, _like("d minor", "Eb", "F# dorian"))
]
"""(letter, alter, mode): C is 0, sharps count up, no mode leaves the mode alone."""
ModeName: TypeAlias = Annotated[Mode | None, Read(units.parse_mode, _like("minor", "dorian"))]
Dynamic: TypeAlias = Annotated[
    int | None,
    Read(units.parse_dynamic, {"enum": ["ppp", "pp", "p", "mp", "mf", "f", "ff", "fff"]}),
]
DynamicSpan: TypeAlias = Annotated[
    tuple[int, int] | None, Read(units.parse_dynamic_range, _like("p..f"))
]
DecibelsText: TypeAlias = Annotated[float, Read(units.parse_decibels, _like("-4 dB"))]
LoudnessText: TypeAlias = Annotated[
    float | None, Read(units.parse_loudness, _like("10 LU", "-23 LUFS"))
]
Percent: TypeAlias = Annotated[float, Read(units.parse_percent, _like("50%"))]
"""As a share: 0.5."""
Swing: TypeAlias = Annotated[float, Read(units.parse_swing, _like("50%", "66.7%"))]
"""The share of the beat that its first half gets."""
FrameRate: TypeAlias = Annotated[Fraction, Read(units.parse_frame_rate, _like(24, 25, 29.97))]
Metres: TypeAlias = Annotated[float | None, Read(units.parse_metres, _like("4 m"))]

InstantText: TypeAlias = Annotated[
    float | None, Read(readers.instant, _like("90 s", "1:30", "+7.30 s"))
]
TimecodeText: TypeAlias = Annotated[
    str, Read(readers.timecode, _like("01:00:00:00", pattern=r"^\d\d:\d\d:\d\d[:;]\d\d$"))
]
Tone: TypeAlias = Annotated[
    float, Read(units.parse_tone, _like("dark", "warm", "normal", "bright", 0.3))
]
"""-1 dark … 1 bright."""
Reverb: TypeAlias = Annotated[units.Reverb | None, Read(units.parse_reverb, _like("hall 2.8 s"))]
Levels: TypeAlias = Annotated[Mapping[str, float | None], Read(readers.levels, _BY_NAME)]
Register: TypeAlias = Annotated[int, Read(readers.register, _like("octave up", "-12", 12))]
Touch: TypeAlias = Literal["", "normal", "legato", "staccato", "staccatissimo", "portato", "tenuto"]
Share: TypeAlias = Annotated[
    float | None, Read(readers.share, {"type": "number", "minimum": 0, "maximum": 1})
]
Stated: TypeAlias = Annotated[float, Read(readers.stated, {"type": "number"})]
NumberRange: TypeAlias = Annotated[
    tuple[float, float] | None, Read(units.parse_number_range, _like("0..1"))
]
Span: TypeAlias = Annotated[tuple[int, int] | None, Read(units.parse_whole_range, _like("1..8"))]
NoteNumbers: TypeAlias = Annotated[frozenset[int], Read(readers.note_numbers, _TEXTS)]
Loop: TypeAlias = Annotated[
    int, Read(readers.loop, {"type": ["boolean", "string"], "examples": [True, "3 times"]})
]
Marks: TypeAlias = Annotated[Mapping[str, AtBar], Read(readers.marks, _BY_NAME)]
Rows: TypeAlias = Annotated[Mapping[str, str], Read(readers.rows, _BY_NAME)]
StepValue: TypeAlias = Annotated[str, Read(readers.step, _like("e", "s", pattern=r"^[whqest]\.?$"))]
PitchRange: TypeAlias = Annotated[
    tuple[int, int] | None, Read(units.parse_note_range, _like("c3..a5", "48..81"))
]
ProgramText: TypeAlias = Annotated[int | None, Read(program_number, _like(41, "violin"))]
"""A program, counted from 0."""
KnownInstrument: TypeAlias = Annotated[
    str, Read(readers.known_instrument, _like("string ensemble"))
]

EnterText: TypeAlias = Annotated[
    str, Read(readers.enter, _like("from the top", "where it was", "same bar", "marker x"))
]
RouteText: TypeAlias = Annotated[
    str, Read(readers.route, {"enum": [f"via {route}" for route in readers.KEY_ROUTES]})
]
RampText: TypeAlias = Annotated[
    readers.Ramp | None, Read(readers.ramp, _like("step", "ramp 2 bars"))
]
TargetText: TypeAlias = Annotated[
    tuple[str, str], Read(readers.target, _like("tempo", "layer pulse"))
]
"""(what, name): the name is empty where the target needs none."""
Breakpoints: TypeAlias = Annotated[
    tuple[readers.Breakpoint, ...], Read(readers.breakpoints, _TEXTS)
]
ListenText: TypeAlias = Annotated[tuple[str, int], Read(readers.listen, _like("127.0.0.1:9000"))]
PresetText: TypeAlias = Annotated[tuple[int, int] | None, Read(readers.preset, _like("0/48"))]
RememberedList: TypeAlias = Annotated[tuple[str, ...], Read(readers.remembered, _TEXTS)]
ToleranceText: TypeAlias = Annotated[str, Read(readers.tolerance, _like("1 frame", "20 ms"))]
SilenceKeep: TypeAlias = Literal["", "tails", "room tone"]
Combine: TypeAlias = Literal["", "together", "in turn", "clash", "swallow"]
