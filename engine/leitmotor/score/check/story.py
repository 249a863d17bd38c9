"""Scenes that nothing leads to, scenes in which nothing sounds, transitions never taken."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from leitmotor.errors import Problem
from leitmotor.score import verbs
from leitmotor.score.check.settings import told_states
from leitmotor.score.check.sounding import Sounding
from leitmotor.score.marks import Source
from leitmotor.score.model.root import Score


def unreachable_scenes(sounding: Sounding, score: Score, source: Source) -> Iterator[Problem]:
    """Scenes that no cue, time or length leads to."""
    reached = {scene.name for scene in sounding.stage.reached}
    for number, scene in enumerate(score.scenes):
        if scene.id not in reached:
            yield source.problem(
                ("scenes", number, "id"),
                f"nothing leads to the scene {scene.id}; add a cue with do: go {scene.id}, an at: "
                "here, or a length: to the scene before",
            )


def empty_scenes(sounding: Sounding, score: Score, source: Source) -> Iterator[Problem]:
    """Scenes in which nobody plays anything."""
    stated = {(each.setting, each.motif.name) for each in sounding.statements if each.casts}
    playing = {line.setting for line in sounding.lines if line.casts}
    for number, scene in enumerate(score.scenes):
        setting = sounding.stage.own.get((scene.state, scene.place))
        if scene.passage or setting is None or setting in playing:
            continue
        motifs = [score.characters[name].motif for name in scene.who]
        motifs += [place.motif for place in setting.places]
        if any((setting, motif) in stated for motif in motifs):
            continue
        yield source.problem(
            ("scenes", number, "id"),
            f"nothing sounds in the scene {scene.id}: no motif of who or place is played, and no "
            "layers play along; add who:, a place: with a motif, or a state: with layers",
        )


# --------------------------------------------------------------------------------------------------
# Transitions


def transition_notes(sounding: Sounding, score: Score, source: Source) -> Iterator[Problem]:
    """Transitions that are never taken, and names that stand for a scene and a state."""
    ways = _ways(sounding)
    scenes = {scene.id for scene in score.scenes}
    for name in score.transitions:
        if name == "default":
            continue
        before, after = (part.strip() for part in name.split("->", 1))
        for each in dict.fromkeys((before, after)):
            if each in scenes and each in score.states:
                yield source.key_problem(
                    ("transitions", name),
                    f"{each} is a scene and a state: this transition holds for both; give one of "
                    "them another name where that is not meant",
                )
        if not any(before in ("any", *from_) and after in ("any", *to) for from_, to in ways):
            yield source.key_problem(
                ("transitions", name),
                f"the transition {name} is never taken: {_why(sounding, before, after)}; "
                "add a cue that leads there, or take it out",
            )


def _why(sounding: Sounding, before: str, after: str) -> str:
    known = {"any"}
    for setting in sounding.stage.settings:
        known |= {setting.state.name, *(scene.name for scene in setting.scenes)}
    for name in (before, after):
        if name not in known:
            return f"{name} is never reached"
    return f"nothing leads from {before} to {after}"


_Way = tuple[frozenset[str], frozenset[str]]


def _ways(sounding: Sounding) -> list[_Way]:
    """(names of what is left, names of what is entered) for every way that there is."""
    stage = sounding.stage
    states: dict[str, set[str]] = {scene.name: {scene.name} for scene in stage.reached}
    for setting in stage.settings:
        for scene in setting.scenes:
            states[scene.name].add(setting.state.name)
    everywhere = frozenset().union(*states.values()) - {""}
    named = set(stage.mentions.asked(verbs.Go, "scene", states))
    ways: list[_Way] = []
    for scene in stage.reached:
        if scene.name in named or scene.at is not None:
            ways.append((everywhere, frozenset({scene.name, scene.state})))
    onward = bool(stage.mentions.of(verbs.GoNext))
    for before, after in pairwise(stage.score.scenes):
        goes_on = onward or before.length is not None
        if before.name in states and goes_on:
            ways.append((frozenset(states[before.name]), frozenset({after.name, after.state})))
    told = frozenset(told_states(stage.score, stage.mentions))
    if told:
        ways.append((everywhere, told))
    return ways
