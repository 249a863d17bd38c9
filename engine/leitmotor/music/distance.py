"""How far two melodies are from one another: whether a motif is still recognised (theory T14)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import log2
from typing import NamedTuple

RECOGNISED = 0.25
"""Up to here a listener hears the same motif; beyond 0.30 it is a new one (T14)."""

INTERVAL, DIRECTION, RHYTHM, GAP = 0.45, 0.25, 0.30, 0.5
WIDEST_INTERVAL, WIDEST_RATIO = 5.0, 2.0


class Tone(NamedTuple):
    """A melody's note: when it begins, in any unit, and its MIDI number."""

    onset: float
    pitch: int


class Step(NamedTuple):
    """From one note to the next: semitones, and how many times longer, as a power of two."""

    interval: int
    ratio: float


def steps(melody: Sequence[Tone], end: float) -> tuple[Step, ...]:
    """The steps of a melody whose last note lasts until `end`.

    A note lasts until the next begins, so that neither touch nor rests count.
    """
    onsets = [tone.onset for tone in melody]
    lengths = [after - before for before, after in pairwise([*onsets, end])]
    return tuple(
        Step(after.pitch - before.pitch, log2(longer / length))
        for (before, after), (length, longer) in zip(
            pairwise(melody), pairwise(lengths), strict=True
        )
    )


def distance(first: Sequence[Step], second: Sequence[Step]) -> float:
    """0 for the same melody, however transposed or stretched, up to 1 (T14).

    The least cost of turning one into the other step by step, by the longer of them.
    """
    longer = max(len(first), len(second))
    if not longer:
        return 0.0
    row = [GAP * place for place in range(len(second) + 1)]
    for number, step in enumerate(first, 1):
        before, row = row, [GAP * number]
        for place, other in enumerate(second):
            row.append(
                min(before[place] + _cost(step, other), before[place + 1] + GAP, row[place] + GAP)
            )
    return row[-1] / longer


def _cost(one: Step, other: Step) -> float:
    interval = min(abs(one.interval - other.interval), WIDEST_INTERVAL) / WIDEST_INTERVAL
    turned = abs(_sign(one.interval) - _sign(other.interval)) / 2
    ratio = min(abs(one.ratio - other.ratio), WIDEST_RATIO) / WIDEST_RATIO
    return INTERVAL * interval + DIRECTION * turned + RHYTHM * ratio


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
