"""What `vary:` may say, as values that print themselves as typed (theory T3, language §5)."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

from leitmotor.music.interval import Interval
from leitmotor.music.scale import LETTERS, Mode, accidental
from leitmotor.records import record


class CannotApply(ValueError):
    """An operation that is well said but has no sense for these notes; the text says why."""


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if abs(count) == 1 else f"{count} {word}s"


def _signed(count: int, word: str) -> str:
    return ("+" if count >= 0 else "") + _counted(count, word)


@record
class Axis:
    """A degree to turn about: `step` 0 is the tonic, `octave` its octave marks."""

    step: int
    alter: int = 0
    octave: int = 0

    def __str__(self) -> str:
        marks = "+" * self.octave if self.octave >= 0 else "-" * -self.octave
        return f"{self.step + 1}{accidental(self.alter)}{marks}"


@record
class TransposeSteps:
    """`transpose +2 steps`: along the scale in force."""

    steps: int

    def __str__(self) -> str:
        return f"transpose {_signed(self.steps, 'step')}"


@record
class TransposeInterval:
    """`transpose m3 up`."""

    interval: Interval
    up: bool

    def __str__(self) -> str:
        return f"transpose {self.interval.name} {'up' if self.up else 'down'}"


@record
class TransposeSemitones:
    """`transpose +3 semitones`."""

    semitones: int

    def __str__(self) -> str:
        return f"transpose {_signed(self.semitones, 'semitone')}"


@record
class Rekey:
    """`rekey to Eb`: read in that key, major where the name gives no `mode`."""

    letter: int
    alter: int
    mode: Mode | None = None

    def __str__(self) -> str:
        tonic = LETTERS[self.letter] + accidental(self.alter)
        return f"rekey to {tonic} {self.mode.name}" if self.mode else f"rekey to {tonic}"


@record
class InMode:
    """`mode minor`: read in that mode on the same tonic."""

    mode: Mode

    def __str__(self) -> str:
        return f"mode {self.mode.name}"


@record
class Invert:
    """`invert about 5`, along the scale; without an axis about the first note."""

    axis: Axis | None = None

    def __str__(self) -> str:
        return f"invert about {self.axis}" if self.axis else "invert"


@record
class InvertReal:
    """`invert real about 1`, by semitones; without an axis about the first note."""

    axis: Axis | None = None

    def __str__(self) -> str:
        return f"invert real about {self.axis}" if self.axis else "invert real"


@record
class Thicken:
    """`thicken octaves|thirds|sixths`: the same line again, so far below."""

    by: str

    def __str__(self) -> str:
        return f"thicken {self.by}"


@record
class Register:
    """`register +12`."""

    octaves: int

    def __str__(self) -> str:
        return f"register {12 * self.octaves:+d}"


@record
class Retrograde:
    """`retrograde`: the last note first."""

    def __str__(self) -> str:
        return "retrograde"


@record
class Augment:
    """`augment 2`: everything so many times as long."""

    ratio: Fraction

    def __str__(self) -> str:
        return f"augment {self.ratio}"


@record
class Diminish:
    """`diminish 2`: everything so many times as short."""

    ratio: Fraction

    def __str__(self) -> str:
        return f"diminish {self.ratio}"


@record
class Fragment:
    """`fragment 1..3`: these notes, counted from 1."""

    first: int
    last: int

    def __str__(self) -> str:
        return f"fragment {self.first}..{self.last}"


@record
class Tail:
    """`tail 3`: the last notes."""

    count: int

    def __str__(self) -> str:
        return f"tail {self.count}"


@record
class Beats:
    """`beats 0..2`: what stands between, in quarters from the first full bar."""

    start: Fraction
    end: Fraction

    def __str__(self) -> str:
        return f"beats {self.start}..{self.end}"


@record
class Sequence:
    """`sequence 3 up 1 step`: so many times in all, each so many scale steps on."""

    count: int
    steps: int

    def __str__(self) -> str:
        way = "up" if self.steps >= 0 else "down"
        return f"sequence {self.count} {way} {_counted(abs(self.steps), 'step')}"


@record
class SequenceReal:
    """`sequence 3 up M2`: each copy an exact interval from the one before."""

    count: int
    interval: Interval
    up: bool

    def __str__(self) -> str:
        return f"sequence {self.count} {'up' if self.up else 'down'} {self.interval.name}"


@record
class Ornament:
    """`ornament neighbours|turn|passing|mordent`, on notes of a quarter and more."""

    kind: str

    def __str__(self) -> str:
        return f"ornament {self.kind}"


@record
class Displace:
    """`displace 1/2`: so many quarters later; round the corner where the motif loops."""

    by: Fraction

    def __str__(self) -> str:
        return f"displace {self.by}"


@record
class Articulate:
    """`articulate staccato`; `normal` takes the marks off."""

    articulation: str

    def __str__(self) -> str:
        return f"articulate {self.articulation}"


@record
class TempoFactor:
    """`tempo x1.1`."""

    factor: float

    def __str__(self) -> str:
        return f"tempo x{self.factor:g}"


@record
class OnInstrument:
    """`on cello`."""

    instrument: str

    def __str__(self) -> str:
        return f"on {self.instrument}"


@record
class InRole:
    """`in bass`."""

    role: str

    def __str__(self) -> str:
        return f"in {self.role}"


@record
class AsWritten:
    """`as written`: no change."""

    def __str__(self) -> str:
        return "as written"


@record
class Sharpen:
    """`sharpen x`: shorter, harder, brighter, from 0 (as written) to 1."""

    amount: float

    def __str__(self) -> str:
        return f"sharpen {self.amount:g}"


@record
class NotYet:
    """Understood, not yet performed (language rule 10): `chorale 4`, `harmonise P`."""

    text: str

    def __str__(self) -> str:
        return self.text


ToneOperation: TypeAlias = (
    TransposeSteps
    | TransposeInterval
    | TransposeSemitones
    | Rekey
    | InMode
    | Invert
    | InvertReal
    | Register
)
"""Changes each tone by itself."""

PitchOperation: TypeAlias = ToneOperation | Thicken
"""Changes what sounds at each onset, never when (S17)."""

RhythmOperation: TypeAlias = (
    Retrograde
    | Augment
    | Diminish
    | Fragment
    | Tail
    | Beats
    | Sequence
    | SequenceReal
    | Ornament
    | Displace
)
"""Changes which notes there are and when: fixed when a statement starts (S17)."""

SettingOperation: TypeAlias = (
    Articulate | TempoFactor | OnInstrument | InRole | AsWritten | Sharpen | NotYet
)
"""Changes how, how fast and by whom the notes are played."""

Operation: TypeAlias = PitchOperation | RhythmOperation | SettingOperation
