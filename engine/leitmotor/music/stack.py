"""Which thirds a numeral piles up in its home mode and in another one (S20)."""

from __future__ import annotations

from typing import NamedTuple

from leitmotor.music.numeral import Numeral, Quality
from leitmotor.music.scale import MAJOR, MINOR, Mode

_LEADING = 11

_TRIADS: dict[Quality, tuple[int, int]] = {
    Quality.MAJOR: (4, 7),
    Quality.MINOR: (3, 7),
    Quality.DIMINISHED: (3, 6),
    Quality.HALF_DIMINISHED: (3, 6),
    Quality.AUGMENTED: (4, 8),
}


class Stack(NamedTuple):
    """Thirds piled on a root, in semitones: the root above the tonic, the rest above the root."""

    root: int
    third: int
    fifth: int
    seventh: int
    ninth: int


def seven_degrees(mode: Mode) -> Mode:
    """The mode to read chords in: scales of another size count as minor if they have its third."""
    if mode.size == 7:
        return mode
    return MINOR if 3 in mode.steps else MAJOR


def stack_in(numeral: Numeral, mode: Mode, home: Mode) -> Stack:
    """What a numeral written for `home` piles up in `mode`; both of seven degrees.

    Chords diatonic at home become the diatonic chord on the same degree, V and viio keeping the
    leading note; all others keep their quality (S20). A secondary numeral is left to the caller.
    """
    stack, diatonic = _at_home(numeral, home)
    if mode.steps == home.steps:
        return stack
    if not diatonic:
        return stack._replace(root=_root(numeral, mode))
    if not numeral.leads:
        return _thirds(mode.steps, numeral.degree)
    moved = _thirds(_with_leading_note(mode), numeral.degree)
    if numeral.degree == 5:
        # A dominant keeps its perfect fifth and minor seventh in phrygian, lydian and locrian too.
        return Stack(7, 4, 7, 10, 5 + mode.steps[5])
    if mode.steps[6] == _LEADING:
        return moved
    return moved._replace(third=3, fifth=6)


def _at_home(numeral: Numeral, home: Mode) -> tuple[Stack, bool]:
    """The numeral in its home mode, and whether it is diatonic there."""
    triad, seventh = _TRIADS[numeral.quality], _written_seventh(numeral)
    for steps in () if numeral.alter else _scales(numeral, home):
        stack = _thirds(steps, numeral.degree)
        if (stack.third, stack.fifth) != triad:
            continue
        if seventh is None or seventh == stack.seventh:
            return stack, True
        return stack._replace(seventh=seventh), False
    if seventh is None:
        seventh = 10
    return Stack(_root(numeral, home), *triad, seventh, 14), False


def _root(numeral: Numeral, mode: Mode) -> int:
    if numeral.alter:
        return MAJOR.steps[numeral.degree - 1] + numeral.alter
    if numeral.degree == 7 and numeral.leads:
        return _LEADING
    if numeral.degree == 7 and _is_raised_minor(mode):
        return MINOR.steps[6]
    return mode.steps[numeral.degree - 1]


def _scales(numeral: Numeral, mode: Mode) -> tuple[tuple[int, ...], ...]:
    """The scales to look for a numeral in: minor modes lend each other their sevenths."""
    if numeral.leads:
        return (mode.steps, _with_leading_note(mode))
    if _is_raised_minor(mode):
        # VII stands on the natural seventh, so the scale with the raised one has no say in it.
        return (MINOR.steps,) if numeral.degree == 7 else (mode.steps, MINOR.steps)
    return (mode.steps,)


def _is_raised_minor(mode: Mode) -> bool:
    return mode.steps[2] == MINOR.steps[2] and mode.steps[6] == _LEADING


def _with_leading_note(mode: Mode) -> tuple[int, ...]:
    return (*mode.steps[:6], _LEADING)


def _thirds(steps: tuple[int, ...], degree: int) -> Stack:
    index = degree - 1
    root = steps[index]

    def above(count: int) -> int:
        octave, place = divmod(index + count, 7)
        return steps[place] + 12 * octave - root

    return Stack(root, above(2), above(4), above(6), above(8))


def _written_seventh(numeral: Numeral) -> int | None:
    """The seventh that the numeral itself fixes; None where the mode decides."""
    if "maj7" in numeral.extras:
        return 11
    if "7" not in numeral.extras:
        return None
    if numeral.quality is Quality.DIMINISHED:
        return 9
    return 10 if numeral.quality is Quality.HALF_DIMINISHED or numeral.leads else None
