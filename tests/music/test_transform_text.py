"""Language §5: every operation is read, prints itself, and a wrong one says what to type."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from leitmotor.music.interval import letters_for, parse_interval
from leitmotor.music.operation import (
    Augment,
    Axis,
    Displace,
    InMode,
    Invert,
    InvertReal,
    NotYet,
    OnInstrument,
    Register,
    Rekey,
    Sequence,
    TempoFactor,
)
from leitmotor.music.scale import MINOR, MODES
from leitmotor.music.transform_text import parse_operation

AS_TYPED = """
transpose +2 steps | transpose -1 step | transpose +1 step | transpose m3 up | transpose M2 down
transpose P5 up | transpose A2 up | transpose +3 semitones | transpose -1 semitone
rekey to Eb | rekey to D minor | rekey to F# dorian | mode minor | mode whole-tone
invert | invert about 1 | invert about 5- | invert about 4#+ | invert real | invert real about 1
retrograde | augment 2 | augment 3/2 | diminish 2 | fragment 1..4 | tail 3 | beats 0..2
beats 1/2..4 | sequence 3 up 1 step | sequence 2 down 3 steps | sequence 3 up M2
ornament neighbours | ornament turn | ornament passing | ornament mordent | displace 1/2
thicken octaves | thicken thirds | thicken sixths | register +12 | register -24
articulate staccato | articulate normal | tempo x1.1 | on double bass | in bass | as written
chorale 4 | harmonise home | sharpen 0.5
"""


@pytest.mark.parametrize(
    "text", [t.strip() for t in AS_TYPED.replace("\n", "|").split("|") if t.strip()]
)
def test_every_operation_prints_as_it_is_typed(text: str) -> None:
    operation = parse_operation(text)
    assert str(operation) == text
    assert parse_operation(str(operation)) == operation


@pytest.mark.parametrize(
    ("text", "operation"),
    [
        ("rekey to d minor", Rekey(1, 0, MINOR)),
        ("rekey to Eb", Rekey(2, -1, None)),
        ("mode harmonic minor", InMode(MODES["harmonic"])),
        ("mode Whole_Tone", InMode(MODES["whole-tone"])),
        ("invert about 3b", Invert(Axis(2, -1))),
        ("invert real about 5-", InvertReal(Axis(4, 0, -1))),
        ("augment 1.5", Augment(Fraction(3, 2))),
        ("displace 0.5", Displace(Fraction(1, 2))),
        ("sequence 3 down 1 step", Sequence(3, -1)),
        ("octave up", Register(1)),
        ("register octave down", Register(-1)),
        ("  tempo   x1.1 ", TempoFactor(1.1)),
        ("On  Glass", OnInstrument("Glass")),
        ("chorale 4", NotYet("chorale 4")),
    ],
)
def test_what_is_typed_means(text: str, operation: object) -> None:
    assert parse_operation(text) == operation


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("transpse +2 steps", 'did you mean "transpose"?'),
        ("reverse", 'did you mean "retrograde"?'),
        ("", "an empty operation; operations are transpose, rekey"),
        ("wobble", '"wobble" is not an operation; operations are transpose'),
        ("transpose +2", "has no unit; write `transpose +2 steps` (along the scale) or"),
        ("transpose M5 up", 'there is no interval "M5"; write P5'),
        ("transpose P3 up", 'there is no interval "P3"; write m3 or M3'),
        ("transpose +99 steps", "take 35 steps at most"),
        ("transpose m3", "say `transpose +2 steps`, `transpose +3 semitones` or"),
        ("rekey Eb", "say `rekey to Eb` or `rekey to d minor`"),
        ("rekey to H", "is no key"),
        ("mode dorain", 'did you mean "dorian"? modes are major, minor'),
        ("invert about 16", "say `invert about 1`"),
        ("invert 1", "say `invert about 1`"),
        ("retrograde 2", "say only `retrograde`"),
        ("augment", "say how many times, as `augment 2` or `augment 3/2`"),
        ("augment 0", "out of reach; take 1/64 … 64"),
        ("augment 0.001", "out of reach"),
        ("augment 1/0", "divides by nothing"),
        ("diminish -2", "say how many times, as `diminish 2`"),
        ("fragment 3..1", "`fragment 1..3`"),
        ("fragment 0..2", "counted from 1"),
        ("tail 0", "`tail 3`"),
        ("beats 2..2", "in quarters, from 0: `beats 0..2`"),
        ("sequence 3 up 1", "`sequence 3 up 1 step`"),
        ("sequence 99 up 1 step", "take 1 to 32"),
        ("ornament neighbors", 'did you mean "ornament neighbours"?'),
        ("displace 0", "in quarters: `displace 1/2`"),
        ("thicken fifths", "thicken takes octaves, thirds, sixths"),
        ("register +7", "whole octaves: `register +12`"),
        ("articulate stacato", 'did you mean "staccato"?'),
        ("tempo 120", "a factor: `tempo x1.1`"),
        ("tempo x0", "take x0.1 … x10"),
        ("on", "`on cello`"),
        ("in", "`in bass`"),
        ("as played", "`as written`"),
        ("chorale 5", "`chorale 4`"),
        ("harmonise", "`harmonise home`"),
        ("sharpen 2", "from 0 to 1"),
    ],
)
def test_a_wrong_operation_says_what_to_type(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        parse_operation(text)


@pytest.mark.parametrize("text", ["augment " + "9" * 5000, "fragment 1.." + "9" * 5000, "x" * 9999])
def test_hostile_lengths_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"cannot read|not an operation"):
        parse_operation(text)


@pytest.mark.parametrize(
    ("name", "letters", "semitones"),
    [("P1", 0, 0), ("m2", 1, 1), ("A2", 1, 3), ("d4", 3, 4), ("A4", 3, 6), ("d5", 4, 6),
     ("d7", 6, 9), ("P8", 7, 12), ("M10", 9, 16), ("P15", 14, 24)],
)  # fmt: skip
def test_t3_an_interval_fixes_letters_and_semitones(
    name: str, letters: int, semitones: int
) -> None:
    interval = parse_interval(name)
    assert (interval.letters, interval.semitones) == (letters, semitones)


def test_t3_letters_of_semitones_alone() -> None:
    assert [letters_for(n) for n in range(13)] == [0, 1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 6, 7]
    assert letters_for(-3) == -2
