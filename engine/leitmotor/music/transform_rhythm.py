"""What the rhythm and selection operations of `vary:` do to the notes of a form (theory T3).

Positions are ticks from the first full bar; a pickup lies before 0. In a form that loops a note may
end after the form does: it sounds on into the next round, as if tied over.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from leitmotor.music.dynamics import between
from leitmotor.music.notes import Note
from leitmotor.music.operation import CannotApply
from leitmotor.music.time import QUARTER, Ticks
from leitmotor.records import record

SHORTEST: Ticks = QUARTER // 32
"""No operation makes a note shorter than this: 1/32 of a quarter."""

MOST_NOTES = 4096
"""No operation makes more notes than this."""


@record
class Line:
    """Notes in order of onset; `length` counts from the first full bar to the end."""

    notes: tuple[Note, ...]
    length: Ticks
    pickup: Ticks

    @property
    def whole(self) -> Ticks:
        """From the start of the pickup to the end."""
        return self.pickup + self.length


def exact(ticks: Fraction) -> Ticks:
    """`ticks` as a whole number, or the refusal."""
    if ticks.denominator != 1:
        raise CannotApply(
            f"a note would not fall on the grid of {QUARTER} ticks a quarter; "
            "take another ratio, or write the rhythm out"
        )
    return ticks.numerator


def playable(length: Fraction) -> Ticks:
    """`length` as whole ticks, or the refusal of one that is too short or off the grid."""
    if length < SHORTEST:
        raise CannotApply("a note would be shorter than 1/32 of a quarter; take a smaller ratio")
    return exact(length)


def reversed_in_time(line: Line) -> Line:
    """The last note first. Each keeps its marks and graces; hairpins swap their ends."""
    turned = []
    for note in reversed(line.notes):
        onset = line.length - line.pickup - note.onset - note.length
        if onset < -line.pickup:  # it was tied over into the next round
            onset += line.whole
        turned.append(
            note._replace(onset=onset, level=note.level_end, level_end=note.level)
            if note.level is not None and note.level_end is not None
            else note.at(onset)
        )
    return replace(line, notes=in_order(turned))


def in_order(notes: list[Note]) -> tuple[Note, ...]:
    """By onset; notes that begin together keep their order."""
    return tuple(sorted(notes, key=lambda note: note.onset))


def scaled(line: Line, ratio: Fraction) -> Line:
    """Onsets and lengths times `ratio`. Grace notes keep their length."""
    notes = tuple(
        note._replace(
            onset=exact(note.onset * ratio),
            length=playable(note.length * ratio),
        )
        for note in line.notes
    )
    return Line(notes, exact(line.length * ratio), exact(line.pickup * ratio))


def selected(line: Line, first: int, last: int, must_keep: frozenset[int]) -> Line:
    """The notes numbered `first` to `last` (from 1), up to the end of the last.

    The first begins on the bar, unless it belongs to a pickup that leads into the rest of them.
    """
    count = len(line.notes)
    if not 1 <= first <= last <= count:
        raise CannotApply(f"there are {count} notes here; count them from 1 to {count}")
    kept = line.notes[first - 1 : last]
    guarded(line.notes, kept, must_keep)
    start = kept[0].onset
    pickup = -start if start < 0 <= kept[-1].onset else 0
    moved = tuple(note.at(note.onset - start - pickup) for note in kept)
    return Line(moved, max(note.onset + note.length for note in moved), pickup)


def guarded(before: tuple[Note, ...], after: tuple[Note, ...], must_keep: frozenset[int]) -> None:
    """Refuses what takes a note away that must be kept."""
    if not must_keep:
        return
    left = {note.number for note in after}
    for note in before:
        if note.number in must_keep and note.number not in left:
            raise CannotApply(
                f"it would cut note {note.number + 1}, which `must keep` protects; take more"
                " notes, or take this one out of `must keep`"
            )


def between_beats(line: Line, start: Ticks, end: Ticks, must_keep: frozenset[int]) -> Line:
    """What sounds from `start` to `end`; a note that is cut stays if more than half is left."""
    if end > line.length:
        quarters = Fraction(line.length, QUARTER)
        raise CannotApply(f"the notes end after {quarters} quarters; take beats up to there")
    kept = []
    for note in line.notes:
        onset, stop = max(note.onset, start), min(note.onset + note.length, end)
        if 2 * (stop - onset) <= note.length:
            continue
        if stop - onset < note.length and note.number in must_keep:
            raise CannotApply(
                f"it would shorten note {note.number + 1}, which `must keep` protects; "
                "take the beats on to its end"
            )
        kept.append(clipped(note, onset, stop).at(onset - start))
    if not kept:
        raise CannotApply("no note would be left; take more beats")
    guarded(line.notes, tuple(kept), must_keep)
    return Line(tuple(kept), end - start, 0)


def clipped(note: Note, onset: Ticks, stop: Ticks) -> Note:
    """The part of a note from `onset` to `stop`; graces and accents stay with its beginning."""
    whole = note.onset == onset
    part = note._replace(
        onset=onset,
        length=stop - onset,
        level=level_at(note, onset),
        level_end=level_at(note, stop),
    )
    return part if whole else part._replace(graces=(), accent=0, surge="")


def level_at(note: Note, position: Ticks) -> float | None:
    """The written dynamic inside a note."""
    if note.level is None or note.level_end is None:
        return note.level if position < note.onset + note.length else note.level_end
    return between(note.level, note.level_end, (position - note.onset) / note.length)


def displaced(line: Line, by: Ticks, loops: bool) -> Line:
    """Later by so much: round the corner in a loop, else after a rest."""
    if not loops:
        notes = tuple(note.at(note.onset + by) for note in line.notes)
        return Line(notes, line.length + by, max(0, line.pickup - by))
    notes_round = [
        note.at((note.onset + line.pickup + by) % line.whole - line.pickup) for note in line.notes
    ]
    return replace(line, notes=in_order(notes_round))


def repeated(line: Line, count: int) -> tuple[Line, tuple[int, ...]]:
    """`count` copies one after the other, and for each note the number of its copy (from 0).

    Each copy's pickup follows the end of the copy before it.
    """
    if count * len(line.notes) > MOST_NOTES:
        raise CannotApply(f"that would be more than {MOST_NOTES} notes; take fewer copies")
    notes = tuple(
        note.at(note.onset + copy * line.whole) for copy in range(count) for note in line.notes
    )
    copies = tuple(copy for copy in range(count) for _ in line.notes)
    return Line(notes, count * line.whole - line.pickup, line.pickup), copies
