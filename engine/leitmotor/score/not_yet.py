"""What this release understands but does not perform yet (rule 10)."""

from __future__ import annotations

from leitmotor.errors import Problem
from leitmotor.score.read import ReadScore


def not_yet_performed(read: ReadScore) -> tuple[Problem, ...]:
    """Every such thing in a score, with its place."""
    return ()
