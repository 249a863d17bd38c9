"""What can be played but is hardly meant: warnings about a whole text of notes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from leitmotor.music.notes import Degree, Letter, Note, Tone

FOURTH = 3
"""Steps of a fourth."""

FEWEST_LEAPS = 4
"""So many leaps in a row, and no step among them, look like forgotten octave marks."""


def leaps_everywhere(notes: Sequence[Note]) -> bool:
    """Whether every note is followed by a leap of a fourth or more (repeated notes set aside)."""
    leaps = 0
    for before, after in pairwise(notes):
        here, there = _height(before.tones[-1]), _height(after.tones[-1])
        if here is None or there is None or type(before.tones[-1]) is not type(after.tones[-1]):
            return False
        if here != there:
            if abs(there - here) < FOURTH:
                return False
            leaps += 1
    return leaps >= FEWEST_LEAPS


def has_degrees(notes: Sequence[Note]) -> bool:
    """Whether any note is written as a degree."""
    return any(isinstance(tone, Degree) for note in notes for tone in note.tones)


def _height(tone: Tone) -> int | None:
    """Steps on the staff, comparable among tones of one kind; None for chord tones and pieces."""
    if isinstance(tone, Degree):
        return tone.step + 7 * tone.octave
    return tone.step if isinstance(tone, Letter) else None
