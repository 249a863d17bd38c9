"""Keys of the operator's keyboard that fire several cues at once."""

from __future__ import annotations

from collections.abc import Iterator

from leitmotor.errors import Problem
from leitmotor.score.compiled import CompiledScore
from leitmotor.score.marks import Source
from leitmotor.score.matchers import AnyOf, Matcher, Press


def shared_keys(score: CompiledScore, source: Source) -> Iterator[Problem]:
    """Keys that several cues wait for wherever the story is."""
    first: dict[str, str] = {}
    for cue in score.cues:
        for key in dict.fromkeys(_keys(cue.when)) if not cue.while_ else ():
            other = first.setdefault(key, cue.name)
            if other != cue.name:
                yield source.problem(
                    ("cues", cue.name, "when"),
                    f"the key {key} fires {other} and {cue.name} together; give one of them "
                    "another key, or each a while:, where that is not meant",
                )


def _keys(matchers: tuple[Matcher, ...]) -> Iterator[str]:
    """The keys that are enough by themselves."""
    for matcher in matchers:
        if isinstance(matcher, Press):
            yield matcher.key
        elif isinstance(matcher, AnyOf):
            yield from _keys(matcher.parts)
