"""Static checks of a score that could be compiled."""

from __future__ import annotations

from leitmotor.errors import Problem
from leitmotor.score.compiled import CompiledScore
from leitmotor.score.read import ReadScore


def examine(read: ReadScore, score: CompiledScore) -> tuple[Problem, ...]:
    """What can be performed but is hardly meant."""
    return ()
