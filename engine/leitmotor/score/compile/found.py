"""What is found while compiling: errors and remarks, each with its place in the score."""

from __future__ import annotations

from dataclasses import dataclass, field

from leitmotor.errors import Problem
from leitmotor.score.marks import Source
from leitmotor.score.parts import Path
from leitmotor.score.scalars import MOST_PROBLEMS
from leitmotor.score.written import TextProblem


@dataclass(slots=True)
class Found:
    """Collects errors, which stop, and notes, which do not."""

    source: Source
    errors: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    @property
    def full(self) -> bool:
        """Whether there are more errors than are told, so that no more need be looked for."""
        return len(self.errors) > MOST_PROBLEMS

    def error(self, path: Path, text: str) -> None:
        """Something that cannot be performed."""
        self.errors.append(self.source.problem(path, text))

    def note(self, path: Path, text: str) -> None:
        """Something that can be performed but is hardly meant."""
        self.notes.append(self.source.problem(path, text))

    def text_error(self, path: Path, problem: TextProblem) -> None:
        """An error at a column of a text."""
        self.errors.append(self._in_text(path, problem))

    def text_note(self, path: Path, problem: TextProblem) -> None:
        """A note at a column of a text."""
        self.notes.append(self._in_text(path, problem))

    def _in_text(self, path: Path, problem: TextProblem) -> Problem:
        return self.source.text_problem(path, problem.line, problem.column, problem.text)
