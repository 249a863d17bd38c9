"""What a text of notes or strokes comes to: the notes, and everything that is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass

from leitmotor.music.notes import Note
from leitmotor.music.time import Ticks
from leitmotor.records import record
from leitmotor.score.scalars import MOST_PROBLEMS


@dataclass(frozen=True, slots=True, order=True)
class TextProblem:
    """Something at one place of a text. `line` counts from 0, `column` from 1."""

    line: int
    column: int
    text: str


@record
class Written:
    """A text as read. Positions are ticks from the first full bar, so a pickup's are negative.

    `length` runs from the first full bar to the end. `bar_lines` are those written between the
    first note and the end; with a pickup the first one is 0. `lines` holds the line of each note,
    from 0. Where there are `problems`, the notes are only what could be understood.
    """

    notes: tuple[Note, ...]
    length: Ticks
    bar_lines: tuple[Ticks, ...] = ()
    problems: tuple[TextProblem, ...] = ()
    warnings: tuple[TextProblem, ...] = ()
    lines: tuple[int, ...] = ()


class Findings:
    """Collects what is found in one text; the same thing found twice (in `x3( … )`) is one.

    Once there are more problems than are told, it is `full`: the rest need not be looked for.
    """

    __slots__ = ("_problems", "_warnings", "full")

    def __init__(self) -> None:
        self._problems: set[TextProblem] = set()
        self._warnings: set[TextProblem] = set()
        self.full = False

    def problem(self, line: int, column: int, text: str) -> None:
        """Something that has to be changed before the text can be played."""
        if not self.full:
            self._problems.add(TextProblem(line, column, text))
            self.full = len(self._problems) > MOST_PROBLEMS

    def warn(self, line: int, column: int, text: str) -> None:
        """Something that can be played but is hardly meant."""
        self._warnings.add(TextProblem(line, column, text))

    @property
    def problems(self) -> tuple[TextProblem, ...]:
        """All problems, in the order of the text."""
        return tuple(sorted(self._problems))

    @property
    def warnings(self) -> tuple[TextProblem, ...]:
        """All warnings, in the order of the text."""
        return tuple(sorted(self._warnings))
