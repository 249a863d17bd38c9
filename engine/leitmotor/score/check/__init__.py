"""Static checks of a score."""
from leitmotor.errors import Problem
from leitmotor.score.compiled import CompiledScore
from leitmotor.score.read import ReadScore


def examine(read: ReadScore, score: CompiledScore) -> tuple[Problem, ...]:
    return ()
