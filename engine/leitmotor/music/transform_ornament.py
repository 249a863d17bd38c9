"""The ornaments of `vary: ornament …` (theory T3).

Ornamented are notes of a quarter and more whose tones are degrees, that `must keep` does not
protect and that are not trilled or tremolo. The first pitch and the total length never change.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

from leitmotor.music.notes import Degree, Note
from leitmotor.music.operation import CannotApply
from leitmotor.music.time import QUARTER, Ticks
from leitmotor.music.transform_rhythm import MOST_NOTES, Line, level_at
from leitmotor.music.transform_tones import direction, neighbour

Turn: TypeAlias = tuple[tuple[int, Ticks], ...]
"""(scale steps from the main note, length) of each note of an ornament."""

ORNAMENTS = ("neighbours", "turn", "passing", "mordent")
_LONG: Ticks = QUARTER
_MORDENT: Ticks = QUARTER // 8
_SUSTAINED_MARKS = frozenset({"trill", "trem"})
_STEPS_IN_OCTAVE = 7


def ornamented(line: Line, kind: str, must_keep: frozenset[int]) -> Line:
    """The line with `kind` on every note that can take it."""
    notes: list[Note] = []
    for place, note in enumerate(line.notes):
        following = line.notes[place + 1] if place + 1 < len(line.notes) else None
        shape = _shape(kind, note, following) if _can_take(note, must_keep) else ()
        notes.extend(_played(note, shape) if shape else (note,))
    if len(notes) > MOST_NOTES:
        raise CannotApply(f"that would be more than {MOST_NOTES} notes")
    return replace(line, notes=tuple(notes))


def _can_take(note: Note, must_keep: frozenset[int]) -> bool:
    return (
        note.length >= _LONG
        and note.number not in must_keep
        and note.technique not in _SUSTAINED_MARKS
        and all(isinstance(tone, Degree) for tone in note.tones)
    )


def _shape(kind: str, note: Note, following: Note | None) -> Turn:
    half, quarter, eighth = note.length // 2, note.length // 4, note.length // 8
    if kind == "neighbours":
        return _after_main(note, (1, quarter), (0, quarter))
    if kind == "turn":
        return _after_main(note, (1, eighth), (0, eighth), (-1, eighth), (0, eighth))
    if kind == "mordent":
        return ((0, _MORDENT), (-1, _MORDENT), (0, note.length - 2 * _MORDENT))
    way = _way_across_a_third(note, following)
    return _after_main(note, (way, half)) if way else ()


def _after_main(note: Note, *parts: tuple[int, Ticks]) -> Turn:
    """The main note first, with what length the others leave it."""
    return ((0, note.length - sum(length for _, length in parts)), *parts)


def _way_across_a_third(note: Note, following: Note | None) -> int:
    """+1 or -1 where the next note follows at once a third away, else 0."""
    if following is None or following.onset != note.onset + note.length:
        return 0
    here, there = note.tones, following.tones
    if len(here) != 1 or len(there) != 1:
        return 0
    first, second = here[0], there[0]
    if not (isinstance(first, Degree) and isinstance(second, Degree)):
        return 0
    if (first.mode, first.home, first.moves) != (second.mode, second.home, second.moves):
        return 0
    size = first.mode.size if first.mode else _STEPS_IN_OCTAVE
    steps = second.step - first.step + size * (second.octave - first.octave)
    return direction(first) * steps // 2 if abs(steps) == 2 else 0


def _played(note: Note, shape: Turn) -> tuple[Note, ...]:
    """The notes of an ornament: marks of the attack stay with the first, all others with all."""
    notes: list[Note] = []
    onset, whole = note.onset, note
    for steps, length in shape:
        part = note._replace(
            onset=onset,
            length=length,
            tones=tuple(neighbour(tone, steps) for tone in note.tones) if steps else note.tones,
            level=level_at(whole, onset),
            level_end=level_at(whole, onset + length),
        )
        if not notes and (note.graces or note.accent or note.surge):
            note = note._replace(graces=(), accent=0, surge="")
        notes.append(part)
        onset += length
    return tuple(notes)
