"""The types of the models' fields: musical units and small values, read from their texts."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import PlainValidator, Strict, WithJsonSchema

from leitmotor.messages import AtBar
from leitmotor.music.instruments import program_number
from leitmotor.music.length import Boundary, Length
from leitmotor.music.metre import Metre
from leitmotor.music.scale import Mode
from leitmotor.score import units
from leitmotor.score.model import readers
from leitmotor.score.units import LengthRange


def _schema(*examples: Any, pattern: str = "") -> WithJsonSchema:
    schema: dict[str, Any] = {"type": ["string", "number"], "examples": list(examples)}
    return WithJsonSchema(schema | ({"pattern": pattern} if pattern else {}))


_TEXT = {"type": ["string", "number"]}
_TEXTS = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}
_BY_NAME = {"type": "object", "additionalProperties": _TEXT}

Text: TypeAlias = Annotated[str, PlainValidator(readers.text), WithJsonSchema(_TEXT)]
TextList: TypeAlias = Annotated[
    tuple[str, ...], PlainValidator(readers.texts), WithJsonSchema(_TEXTS)
]
Lines: TypeAlias = TextList
"""Notes or numerals, raw: they are read when the score is compiled."""
Operations: TypeAlias = TextList
"""Operations of `vary:`, raw."""

Switch: TypeAlias = Annotated[bool, Strict()]
Whole: TypeAlias = Annotated[int, Strict()]
Number: TypeAlias = Annotated[float, Strict()]

LengthText: TypeAlias = Annotated[
    Length | None, PlainValidator(units.parse_length), _schema("2 bars", "1 beat", "1.5 s")
]
LengthSpan: TypeAlias = Annotated[
    LengthRange | None,
    PlainValidator(units.parse_length_range),
    _schema("4 bars", "2 bars..6 bars"),
]
SecondsText: TypeAlias = Annotated[
    float, PlainValidator(units.parse_seconds), _schema("1.5 s", "250 ms", "20 min")
]
BoundaryText: TypeAlias = Annotated[
    Boundary | None, PlainValidator(units.parse_boundary), _schema("next bar", "next phrase", "now")
]
MetreText: TypeAlias = Annotated[
    Metre | None, PlainValidator(units.parse_metre), _schema("4/4", "7/8 (2+2+3)")
]
TempoText: TypeAlias = Annotated[
    float | None, PlainValidator(units.parse_tempo), _schema(88, "60 per q.")
]
KeyText: TypeAlias = Annotated[
    tuple[int, int, Mode | None] | None,
    PlainValidator(units.parse_key),
    _schema("d minor", "Eb", "F# dorian"),
]
"""(letter, alter, mode): C is 0, sharps count up, no mode leaves the mode alone."""
ModeName: TypeAlias = Annotated[
    Mode | None, PlainValidator(units.parse_mode), _schema("minor", "dorian")
]
Dynamic: TypeAlias = Annotated[
    int | None,
    PlainValidator(units.parse_dynamic),
    WithJsonSchema({"enum": ["ppp", "pp", "p", "mp", "mf", "f", "ff", "fff"]}),
]
DynamicSpan: TypeAlias = Annotated[
    tuple[int, int] | None, PlainValidator(units.parse_dynamic_range), _schema("p..f")
]
DecibelsText: TypeAlias = Annotated[float, PlainValidator(units.parse_decibels), _schema("-4 dB")]
LoudnessText: TypeAlias = Annotated[
    float | None, PlainValidator(units.parse_loudness), _schema("10 LU", "-23 LUFS")
]
Percent: TypeAlias = Annotated[float, PlainValidator(units.parse_percent), _schema("50%")]
"""As a share: 0.5."""
Swing: TypeAlias = Annotated[float, PlainValidator(units.parse_swing), _schema("50%", "66.7%")]
"""The share of the beat that its first half gets."""
FrameRate: TypeAlias = Annotated[
    Fraction, PlainValidator(units.parse_frame_rate), _schema(24, 25, 29.97)
]
Metres: TypeAlias = Annotated[float | None, PlainValidator(units.parse_metres), _schema("4 m")]

InstantText: TypeAlias = Annotated[
    float | None, PlainValidator(readers.instant), _schema("90 s", "1:30", "+7.30 s")
]
TimecodeText: TypeAlias = Annotated[
    str,
    PlainValidator(readers.timecode),
    _schema("01:00:00:00", pattern=r"^\d\d:\d\d:\d\d[:;]\d\d$"),
]
Reverb: TypeAlias = Annotated[
    units.Reverb | None, PlainValidator(units.parse_reverb), _schema("hall 2.8 s")
]
Levels: TypeAlias = Annotated[
    Mapping[str, float | None], PlainValidator(readers.levels), WithJsonSchema(_BY_NAME)
]
Register: TypeAlias = Annotated[
    int, PlainValidator(readers.register), _schema("octave up", "-12", 12)
]
Touch: TypeAlias = Literal["", "normal", "legato", "staccato", "staccatissimo", "portato", "tenuto"]
Share: TypeAlias = Annotated[
    float | None,
    PlainValidator(readers.share),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1}),
]
Stated: TypeAlias = Annotated[
    float, PlainValidator(readers.stated), WithJsonSchema({"type": "number"})
]
NumberRange: TypeAlias = Annotated[
    tuple[float, float] | None, PlainValidator(units.parse_number_range), _schema("0..1")
]
Span: TypeAlias = Annotated[
    tuple[int, int] | None, PlainValidator(units.parse_whole_range), _schema("1..8")
]
NoteNumbers: TypeAlias = Annotated[
    frozenset[int], PlainValidator(readers.note_numbers), WithJsonSchema(_TEXTS)
]
Loop: TypeAlias = Annotated[
    int,
    PlainValidator(readers.loop),
    WithJsonSchema({"type": ["boolean", "string"], "examples": [True, "3 times"]}),
]
Marks: TypeAlias = Annotated[
    Mapping[str, AtBar], PlainValidator(readers.marks), WithJsonSchema(_BY_NAME)
]
Rows: TypeAlias = Annotated[
    Mapping[str, str], PlainValidator(readers.rows), WithJsonSchema(_BY_NAME)
]
StepValue: TypeAlias = Annotated[
    str, PlainValidator(readers.step), _schema("e", "s", pattern=r"^[whqest]\.?$")
]
PitchRange: TypeAlias = Annotated[
    tuple[int, int] | None, PlainValidator(units.parse_note_range), _schema("c3..a5", "48..81")
]
ProgramText: TypeAlias = Annotated[
    int | None, PlainValidator(program_number), _schema(41, "violin")
]
"""A program, counted from 0."""
KnownInstrument: TypeAlias = Annotated[
    str, PlainValidator(readers.known_instrument), _schema("string ensemble")
]

EnterText: TypeAlias = Annotated[
    str,
    PlainValidator(readers.enter),
    _schema("from the top", "where it was", "same bar", "marker x"),
]
RouteText: TypeAlias = Annotated[
    str,
    PlainValidator(readers.route),
    WithJsonSchema({"enum": [f"via {route}" for route in readers.KEY_ROUTES]}),
]
RampText: TypeAlias = Annotated[
    readers.Ramp | None, PlainValidator(readers.ramp), _schema("step", "ramp 2 bars")
]
TargetText: TypeAlias = Annotated[
    tuple[str, str], PlainValidator(readers.target), _schema("tempo", "layer pulse")
]
"""(what, name): the name is empty where the target needs none."""
Breakpoints: TypeAlias = Annotated[
    tuple[readers.Breakpoint, ...], PlainValidator(readers.breakpoints), WithJsonSchema(_TEXTS)
]
ListenText: TypeAlias = Annotated[
    tuple[str, int], PlainValidator(readers.listen), _schema("127.0.0.1:9000")
]
PresetText: TypeAlias = Annotated[
    tuple[int, int] | None, PlainValidator(readers.preset), _schema("0/48")
]
RememberedList: TypeAlias = Annotated[
    tuple[str, ...], PlainValidator(readers.remembered), WithJsonSchema(_TEXTS)
]
ToleranceText: TypeAlias = Annotated[
    str, PlainValidator(readers.tolerance), _schema("1 frame", "20 ms")
]
SilenceKeep: TypeAlias = Literal["", "tails", "room tone"]
Combine: TypeAlias = Literal["", "together", "in turn", "clash", "swallow"]
