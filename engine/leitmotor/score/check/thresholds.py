"""Cues above and below a value with no distance between them: one fires after the other (S30)."""

from __future__ import annotations

from collections.abc import Iterator

from leitmotor.errors import Problem
from leitmotor.score.compiled import CompiledScore, CueRule
from leitmotor.score.compiled_parameters import DEFAULT_DISTANCE
from leitmotor.score.marks import Source
from leitmotor.score.matchers import Threshold, alternatives


def close_thresholds(score: CompiledScore, source: Source) -> Iterator[Problem]:
    """Notes on pairs of cues that are fired above and below one and the same value.

    Those of a mapping are errors, found on reading.
    """
    found = [
        (cue, each)
        for cue in score.cues
        for each in alternatives(cue.when)
        if isinstance(each, Threshold)
    ]
    for lower, below in found:
        if below.above:
            continue
        for upper, above in found:
            if not _meet(lower, upper) or not above.above or above.parameter != below.parameter:
                continue
            if below.value >= above.value:
                name = below.parameter
                yield source.problem(
                    ("cues", lower.name, "when"),
                    f"{name} above {above.value:g} fires {upper.name} and {name} below "
                    f"{below.value:g} fires {lower.name}: without a distance between them a "
                    f"{name} that trembles there fires one after the other; write {name} below: "
                    f"{_lower(score, name, above.value)}",
                )
                break


def _lower(score: CompiledScore, name: str, above: float) -> str:
    known = score.parameters[name]
    return f"{max(above - DEFAULT_DISTANCE * (known.high - known.low), known.low):g}"


def _meet(first: CueRule, second: CueRule) -> bool:
    """Whether two cues can be fired in the same place of the story."""
    if first.name == second.name:
        return False
    return not (first.while_ and second.while_ and not set(first.while_) & set(second.while_))
