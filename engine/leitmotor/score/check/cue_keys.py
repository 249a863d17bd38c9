"""Keys of the operator's keyboard that fire several cues at once."""

from __future__ import annotations

from collections.abc import Iterator

from leitmotor.errors import Problem
from leitmotor.score.compiled import CompiledScore
from leitmotor.score.marks import Source
from leitmotor.score.matchers import Press, alternatives


def shared_keys(score: CompiledScore, source: Source) -> Iterator[Problem]:
    """Keys that several cues wait for wherever the story is."""
    first: dict[str, str] = {}
    for cue in score.cues:
        presses = [each.key for each in alternatives(cue.when) if isinstance(each, Press)]
        for key in dict.fromkeys(presses) if not cue.while_ else ():
            other = first.setdefault(key, cue.name)
            if other != cue.name:
                yield source.problem(
                    ("cues", cue.name, "when"),
                    f"the key {key} fires {other} and {cue.name} together; give one of them "
                    "another key, or each a while:, where that is not meant",
                )
