"""Trills written out: MIDI knows none, so the note alternates with the one above it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from leitmotor.music.notes import Degree, Letter, Note, Shift, Tone
from leitmotor.music.time import QUARTER, Ticks

STROKE: Ticks = QUARTER // 8
"""Length of one stroke: a thirty-second note."""


def trilled(notes: tuple[Note, ...]) -> tuple[Note, ...]:
    """The notes with every trill of two strokes or more written out, beginning on its own note."""
    return tuple(stroke for note in notes for stroke in _strokes(note))


def _strokes(note: Note) -> Iterator[Note]:
    above = tuple(_neighbour(tone) for tone in note.tones)
    count = note.length // STROKE
    if note.technique != "trill" or None in above or count < 2:
        yield note
        return
    upper = tuple(tone for tone in above if tone is not None)
    for number in range(count):
        onset = number * STROKE
        last = number == count - 1
        yield note._replace(
            onset=note.onset + onset,
            length=note.length - onset if last else STROKE,
            tones=upper if number % 2 else note.tones,
            accent=note.accent if number == 0 else 0,
            graces=note.graces if number == 0 else (),
            fermata=note.fermata and last,
            surge=note.surge if number == 0 else "",
            technique="",
            articulation="tenuto",
        )


def _neighbour(tone: Tone) -> Tone | None:
    """The scale's next note above; a whole tone above a fixed pitch; none above a chord tone."""
    if isinstance(tone, Degree):
        return replace(tone, step=tone.step + 1, alter=0)
    if isinstance(tone, Letter):
        return replace(tone, moves=(*tone.moves, Shift(1, 2)))
    return None
