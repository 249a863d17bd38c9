"""Who leads: scenes in which nobody does, and motifs that let nobody else (S12, S13)."""

from __future__ import annotations

from collections.abc import Iterator

from leitmotor.errors import Problem
from leitmotor.score import verbs
from leitmotor.score.check.pitches import listed
from leitmotor.score.check.places import cue_entries
from leitmotor.score.check.settings import Setting
from leitmotor.score.check.sounding import Sounding
from leitmotor.score.compiled import CompiledScore, Scene
from leitmotor.score.marks import Source
from leitmotor.score.read import ReadScore

LEAD = "lead"


def nobody_leads(sounding: Sounding, source: Source) -> Iterator[Problem]:
    """Scenes in which others play along and nobody states a motif."""
    score = sounding.score
    if score.lead_motifs or _lead_by_cue(sounding):
        return
    playing = frozenset(_playing_along(sounding))
    for number, scene in enumerate(score.scenes):
        setting = sounding.stage.own.get((scene.state, scene.place))
        if scene.passages or setting is None or setting not in playing:
            continue  # where nothing sounds at all, or nothing leads, that is said
        why = _why(score, scene, setting)
        if why:
            text = f"nobody leads in the scene {scene.name}: {why}"
            yield source.problem(("scenes", number, "id"), text)


def _playing_along(sounding: Sounding) -> Iterator[Setting]:
    """Where something sounds besides what people state."""
    yield from (line.setting for line in sounding.lines if line.casts)
    for statement in sounding.statements:
        of_place = {place.motif for place in statement.setting.places}
        if statement.casts and statement.motif.name in of_place:
            yield statement.setting


def _lead_by_cue(sounding: Sounding) -> bool:
    """Whether a cue may bring in somebody who leads, wherever the story is."""
    mentions = sounding.stage.mentions
    if any(mentions.verbs.get(kind) for kind in (verbs.Enter, verbs.PlayPassage)):
        return True
    return any(verb.role in ("", LEAD) for verb in mentions.of(verbs.PlayMotif))


def _why(score: CompiledScore, scene: Scene, setting: Setting) -> str:
    """Why nobody leads; empty where somebody does, or where no lead is wanted."""
    theirs = [score.characters[name].motif for name in scene.who]
    place = score.places.get(scene.place)
    of_place = score.motifs.get(place.motif) if place is not None and not scene.who else None
    stated = any(theirs) or (of_place is not None and of_place.role == LEAD)
    if LEAD in setting.layers and not stated:
        there = f"{listed(scene.who)} has no motif" if scene.who else "who: is empty"
        return (
            f"{there}, and lead is in layers; add who: with a character that has a motif, or "
            "write layers: without lead in its state"
        )
    roles = {score.motifs[motif].role for motif in theirs if motif}
    if stated and LEAD not in setting.layers and roles == {LEAD}:
        whose = setting.state.name or "no state"
        return (
            f"{listed(scene.who)} is there, and lead is not in the layers of {whose}; add lead "
            "to them, or leave who: out"
        )
    return ""


def endless_leads(read: ReadScore, sounding: Sounding) -> Iterator[Problem]:
    """Verbs by which a motif that loops without end takes the lead from others for good (S13).

    In the rotation it yields after a phrase; by a verb it does not.
    """
    score = sounding.score
    for path, cue, entry in cue_entries(read):
        verb = entry.verb
        if not isinstance(verb, verbs.PlayMotif) or verb.role not in ("", LEAD):
            continue
        motif = score.motifs.get(verb.motif)
        others = _others(sounding, verb.motif)
        if motif is None or motif.times or not others:
            continue
        yield read.source.problem(
            path,
            f"the motif {motif.name} loops without end, so that after the cue {cue} neither "
            f"{listed(others)} nor anybody else leads until another motif or scene comes; write "
            f"loop: 3 times in the motif, or motif {motif.name} in counter here",
        )


def _others(sounding: Sounding, motif: str) -> tuple[str, ...]:
    """Those of whom it would be the turn."""
    score = sounding.score
    theirs = {
        name: score.characters[name].motif for scene in sounding.stage.reached for name in scene.who
    }
    found = [name for name, own in theirs.items() if own not in ("", motif)]
    return (*found, *(name for name in score.lead_motifs if name != motif))
