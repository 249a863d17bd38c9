"""Parameters and mappings that can be performed but are hardly meant."""

from __future__ import annotations

from collections.abc import Iterator

from leitmotor.errors import Problem
from leitmotor.score.check.pitches import listed
from leitmotor.score.check.settings import Setting, Stage
from leitmotor.score.compiled_parameters import Parameter
from leitmotor.score.marks import Source
from leitmotor.score.matcher_text import parse_while
from leitmotor.score.matchers import InScene, InState, Threshold, leaves
from leitmotor.score.model.drama import MappingEntry
from leitmotor.score.names import Names
from leitmotor.score.parts import Path
from leitmotor.score.read import ReadScore

WITH_PLAYERS = frozenset({"layer", "level", "figure", "distance"})
"""Targets that are heard only where somebody plays their role."""


def parameter_notes(read: ReadScore, stage: Stage) -> Iterator[Problem]:
    """Thresholds that are never crossed, and mappings that are never heard."""
    source = read.source
    yield from _cue_thresholds(stage, source)
    for number, entry in enumerate(read.score.mappings):
        path: Path = ("mappings", number)
        parameter = stage.score.parameters[entry.from_]
        yield from _mapping_thresholds(entry, parameter, path, source)
        if entry.to[0] in WITH_PLAYERS:
            yield from _players(entry, read.names, stage, path, source)


# --------------------------------------------------------------------------------------------------
# Thresholds


def _cue_thresholds(stage: Stage, source: Source) -> Iterator[Problem]:
    for cue in stage.score.cues:
        for threshold in leaves(cue.when):
            if not isinstance(threshold, Threshold):
                continue
            why = _beyond(stage.score.parameters[threshold.parameter], threshold)
            if why:
                yield source.problem(("cues", cue.name, "when"), why)


def _beyond(parameter: Parameter, threshold: Threshold) -> str:
    """Why a threshold is never crossed; empty where it is."""
    value, name = threshold.value, parameter.name
    ends = f"its range is {parameter.low:g}..{parameter.high:g}"
    side = "above" if threshold.above else "below"
    never = value > parameter.high if threshold.above else value < parameter.low
    always = value <= parameter.low if threshold.above else value >= parameter.high
    if never:
        return f"{name} never comes {side} {value:g}: {ends}"
    if always:
        return f"{name} is {side} {value:g} all the time and never crosses it: {ends}"
    return ""


def _mapping_thresholds(
    entry: MappingEntry, parameter: Parameter, path: Path, source: Source
) -> Iterator[Problem]:
    low, high = parameter.low, parameter.high
    ends = f"the range of {parameter.name} is {low:g}..{high:g}"
    for number, point in enumerate(entry.as_):
        if not low <= point.x <= high:
            text = f"{parameter.name} never comes to {point.x:g}: {ends}"
            yield source.problem((*path, "as", number), text)
    if entry.above is not None and entry.above > high:
        text = f"{parameter.name} never comes above {entry.above:g}: {ends}"
        yield source.problem((*path, "above"), text)
    if entry.below is not None and entry.below < low:
        text = f"{parameter.name} never comes below {entry.below:g}, so this never goes off: {ends}"
        yield source.problem((*path, "below"), text)


# --------------------------------------------------------------------------------------------------
# What no state can ever show


def _players(
    entry: MappingEntry, names: Names, stage: Stage, path: Path, source: Source
) -> Iterator[Problem]:
    role = entry.to[1]
    settings = [each for each in stage.settings if _is_governed(entry, names, each)]
    if not settings:
        text = f"{' '.join(entry.to)} is never driven: nothing leads to its while:"
        yield source.problem((*path, "while"), text)
    elif not any(_is_played(each, role) for each in settings):
        having = [name for name, each in stage.score.palettes.items() if role in each.roles]
        advice = f"{listed(having)} would play it" if having else "no palette has it"
        where = "there" if entry.while_ else "in any state"
        text = f"{' '.join(entry.to)} is never heard: nobody plays {role} {where}; {advice}"
        yield source.problem((*path, "to"), text)


def _is_governed(entry: MappingEntry, names: Names, setting: Setting) -> bool:
    conditions = parse_while(entry.while_, names) if entry.while_ != () else ()
    scenes = {scene.name for scene in setting.scenes}
    return not conditions or any(
        (isinstance(each, InState) and each.state == setting.state.name)
        or (isinstance(each, InScene) and each.scene in scenes)
        or not isinstance(each, (InState, InScene))
        for each in conditions
    )


def _is_played(setting: Setting, role: str) -> bool:
    if not any(setting.palettes):
        return True  # the piano plays everything where no palette is chosen
    return any(role in palette.roles for each in setting.palettes for palette in each)
