"""The names of a score, as those outside may call them."""

from __future__ import annotations

from leitmotor.cues.nouns import Nouns
from leitmotor.score.compiled import CompiledScore
from leitmotor.score.nearest import did_you_mean


def nouns_of(score: CompiledScore) -> Nouns:
    """All that can be driven of a score, in the order of its file. Any thread; never waits."""
    return Nouns(
        cues=tuple(rule.name for rule in score.cues),
        numbers=tuple(rule.number for rule in score.cues if rule.number),
        scenes=tuple(scene.name for scene in score.scenes),
        states=tuple(score.states),
        parameters=tuple(score.parameters),
        arcs={name: character.arc for name, character in score.characters.items()},
        suggest=did_you_mean,
    )
