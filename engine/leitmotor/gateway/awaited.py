"""What the cues of a score wait for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from leitmotor.score.compiled import CompiledScore
from leitmotor.score.matchers import leaves

MatcherT = TypeVar("MatcherT")


def awaited(score: CompiledScore, kind: type[MatcherT]) -> Iterator[MatcherT]:
    """Every matcher of that kind, in the order of the cues; the same one as often as it stands."""
    for rule in score.cues:
        for matcher in leaves(rule.when):
            if isinstance(matcher, kind):
                yield matcher
