"""Waits that give up before the place they wait for is in reach (S7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from leitmotor.errors import Problem
from leitmotor.music.length import Boundary, Grid, Length, Unit, bars
from leitmotor.music.time import QUARTER, Seconds
from leitmotor.score.check.places import cue_entries
from leitmotor.score.check.settings import Setting, Stage
from leitmotor.score.marks import Source
from leitmotor.score.model_errors import tree_path
from leitmotor.score.parts import Path
from leitmotor.score.read import ReadScore

HARDLY = 0.25
"""A wait shorter than this part of a phrase reaches the fewest of its ends."""


def hopeless_waits(read: ReadScore, stage: Stage) -> Iterator[Problem]:
    """Transitions and verbs that wait for a phrase's end, and much shorter than a phrase lasts."""
    for path, at, wait, settings in (*_transitions(read, stage), *_verbs(read, stage)):
        if at.grid is not Grid.PHRASE and not (at.grid is Grid.BARS and at.count > 1):
            continue
        told = _told(at, wait, settings, stage)
        if told:
            yield _placed(read.source, path, told)


_Wait = tuple[Path, Boundary, Length, tuple[Setting, ...]]


def _placed(source: Source, path: Path, text: str) -> Problem:
    return source.problem(tree_path(source.tree, path), text)


def _transitions(read: ReadScore, stage: Stage) -> Iterator[_Wait]:
    for (before, _), way in stage.score.transitions.items():
        written = read.score.transitions.get(way.name)
        if written is None or way.wait_at_most is None:
            continue
        # What comes from `default` is told there, where it can be changed.
        key = "wait at most" if written.wait_at_most is not None else "at"
        if written.wait_at_most is None and written.at is None:
            continue
        left = tuple(each for each in stage.settings if _is_left(before, each))
        yield ("transitions", way.name, key), way.at, way.wait_at_most, left


def _is_left(before: str, setting: Setting) -> bool:
    names = (setting.state.name, *(scene.name for scene in setting.scenes))
    return before in ("", "any") or before in names


def _verbs(read: ReadScore, stage: Stage) -> Iterator[_Wait]:
    for path, _, entry in cue_entries(read):
        if entry.at is not None and entry.wait_at_most is not None:
            yield path, entry.at, entry.wait_at_most, stage.settings


def _told(at: Boundary, wait: Length, settings: Iterable[Setting], stage: Stage) -> str:
    """What is said of the place that is reached most easily; empty where it can be reached."""
    lasting = [
        (_seconds(length, setting), length, setting)
        for setting in settings
        for length in _lengths(at, setting, stage)
    ]
    if not lasting:
        return ""
    whole, length, setting = min(lasting, key=lambda each: each[0])
    waited = _seconds(wait, setting)
    if waited >= whole * HARDLY:
        return ""
    unit = "" if wait.unit is Unit.SECONDS else f" ({waited:.3g} s)"
    return (
        f"{at} is hardly ever reached: {_phrase(at, length)} {whole:.3g} s at "
        f"{setting.tempo:g} bpm, and after {wait}{unit} the bar or beat is taken instead; "
        f"write wait at most: {length}, or at: next bar"
    )


def _phrase(at: Boundary, length: Length) -> str:
    return f"a phrase of {length} lasts" if at.grid is Grid.PHRASE else f"{length} last"


def _lengths(at: Boundary, setting: Setting, stage: Stage) -> Iterator[Length]:
    if at.grid is Grid.BARS:
        yield bars(at.count)
        return
    own = setting.state.phrase or stage.score.defaults.phrase
    for scene in setting.scenes:
        yield scene.phrase or own


def _seconds(length: Length, setting: Setting) -> Seconds:
    if length.unit is Unit.SECONDS:
        return float(length.amount)
    ticks = setting.metre.bar if length.unit is Unit.BARS else setting.metre.beat
    return float(length.amount) * ticks / QUARTER * 60.0 / setting.tempo
