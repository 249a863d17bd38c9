"""Plays the game and the installation with whatever a test makes happen in them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from tests.scores.stage import ROOT

from leitmotor.messages import Do
from leitmotor.perform.performance import Performance, Start
from leitmotor.score.load import LoadedScore, load_score, load_script
from leitmotor.testing.listening import Heard, Scripted


@cache
def loaded(name: str) -> LoadedScore:
    """A shipped score."""
    return load_score(ROOT / "scores" / name)


def script_of(name: str, file: str) -> tuple[Scripted, ...]:
    """A cue script that is shipped with a score."""
    return load_script(ROOT / "scores" / name / file, loaded(name))


def begun(name: str, *script: Scripted, clock: float | None = None) -> Performance:
    """A performance that waits for its first cue and knows a script."""
    performance = Performance(loaded(name).score, start=Start.ON_CUE, clock=clock)
    for at, cue in script:
        performance.receive(Do(cue) if isinstance(cue, str) else cue, at)
    return performance


def heard(name: str, *script: Scripted, until: float, clock: float | None = None) -> Heard:
    """What is heard of a score up to `until` seconds."""
    return Heard(tuple(begun(name, *script, clock=clock).advance(until)))


def within(events: Heard, begin: float, end: float) -> Heard:
    """A stretch of it."""
    return Heard(tuple(each for each in events.events if begin <= each.seconds < end))


def stretches_of(events: Heard, what: str = "state") -> Iterator[tuple[str, float, float]]:
    """(value, from, to) of a thing, one after the other."""
    changes = events.changes(what)
    ends = [seconds for seconds, _ in changes[1:]] + [events.events[-1].seconds]
    for (begin, value), end in zip(changes, ends, strict=True):
        yield value, begin, end
