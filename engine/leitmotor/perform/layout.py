"""A bar of a figure laid out: where it attacks, and which strokes a thinner texture keeps."""

from __future__ import annotations

from typing import TypeAlias

from leitmotor.music.metre import Metre
from leitmotor.music.swing import swung
from leitmotor.music.time import Ticks
from leitmotor.music.weight import weakness
from leitmotor.score.compiled import FigureBar

Stroke: TypeAlias = tuple[Ticks, tuple[tuple[int, Ticks], ...], float]
"""A place in the bar, the numbers and lengths of the notes attacked there, and the density that
must be passed for it to be heard (S31)."""


def laid_out(bar: FigureBar, length: Ticks, metre: Metre, swing: float) -> tuple[Stroke, ...]:
    """Where a figure's bar attacks in a bar of `length`: repeated to fill it, then cut (S16).

    Swing moves ends as it moves attacks (S27); what weighs more is asked of the places as written.
    """
    places: dict[Ticks, list[int]] = {}
    for start in range(0, length, bar.length or length):
        for number, note in enumerate(bar.notes):
            if start + note.onset < length:
                places.setdefault(start + note.onset, []).append(number)
    limits = _limits(list(places), metre)
    strokes = []
    for place in sorted(places):
        begin = swung(place, swing)
        notes = tuple(
            (number, swung(min(place + bar.notes[number].length, length), swing) - begin)
            for number in places[place]
        )
        strokes.append((begin, notes, limits[place]))
    return tuple(strokes)


def _limits(places: list[Ticks], metre: Metre) -> dict[Ticks, float]:
    """The density above which each place sounds: weak places first to go, of equal ones the later.

    With n places, the k strongest sound from just above (k - 1)/n on: the places of one density are
    among those of every higher one.
    """
    ranked = sorted(places, key=lambda place: (weakness(metre, place), place))
    return {place: rank / len(ranked) for rank, place in enumerate(ranked)}
