"""Whose fault it is: the author's, the operator's, the equipment's or ours; and the exit codes."""

from __future__ import annotations

from dataclasses import dataclass


class LeitmotorError(Exception):
    """Base of all errors that this package raises on purpose."""

    exit_code = 1


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in a text: where, what, what was expected and what to do.

    `line` and `column` count from 1.
    """

    file: str
    line: int
    column: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.text}"


class ScoreError(LeitmotorError):
    """The author's: a score, rig or cue script that cannot be understood.

    Holds every problem found.
    """

    exit_code = 1

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class CueError(LeitmotorError):
    """The operator's: a request that cannot be understood."""

    exit_code = 2


class DeviceError(LeitmotorError):
    """The equipment's: a port or device that is missing, busy or gone."""

    exit_code = 3


class InternalError(LeitmotorError):
    """Ours."""

    exit_code = 4
