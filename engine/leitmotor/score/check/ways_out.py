"""Story states that cues lead to and nothing leads out of."""

from __future__ import annotations

from collections.abc import Iterator

from leitmotor.errors import Problem
from leitmotor.score import verbs
from leitmotor.score.check.mentions import other_entries
from leitmotor.score.check.places import cue_entries
from leitmotor.score.check.settings import Stage
from leitmotor.score.compiled import CompiledScore
from leitmotor.score.matchers import Condition, InState
from leitmotor.score.read import ReadScore
from leitmotor.score.verbs import Entry, Verb

LEAVING = (verbs.GoNext, verbs.GoBack, verbs.Finish, verbs.Stop)
"""Verbs that end what a state began, whichever it is."""


def dead_ends(read: ReadScore, stage: Stage) -> Iterator[Problem]:
    """States that `state S` brings about and that no cue, time or length ends."""
    asked = [verb.state for verb in stage.mentions.of(verbs.ToState)]
    if not asked or any("$" in name for name in asked) or _goes_on_by_itself(read, stage):
        return
    entries = [(read.cues[cue].while_, entry) for _, cue, entry in cue_entries(read)]
    entries += [((), entry) for entry in other_entries(read)]
    for name in dict.fromkeys(asked):
        if not any(_leads_out(stage.score, name, *each) for each in entries):
            yield read.source.key_problem(
                ("states", name),
                f"nothing leads out of the state {name}: once a cue has brought it about, no other "
                f"cue goes on from there; add one with do: state, go or finish, or write `state "
                f"{name} for 8 bars`, where that is not the end",
            )


def _goes_on_by_itself(read: ReadScore, stage: Stage) -> bool:
    """Whether a scene's time or length, or a mapping, moves the story."""
    timed = any(scene.length is not None or scene.at is not None for scene in stage.reached)
    return timed or any(mapping.to[0] == "state" for mapping in read.score.mappings)


def _leads_out(
    score: CompiledScore, state: str, conditions: tuple[Condition, ...], entry: Entry
) -> bool:
    elsewhere = conditions and all(
        isinstance(each, InState) and each.state != state for each in conditions
    )
    return not elsewhere and _ends(score, state, entry)


def _ends(score: CompiledScore, state: str, entry: Entry) -> bool:
    verb: Verb = entry.verb
    match verb:
        case verbs.ToState(state=other):
            return (other == state) == (entry.lasting is not None)  # after T what was there returns
        case verbs.Go(scene=scene):
            states = {each.state for each in score.scenes if "$" in scene or each.name == scene}
            return states != {state}
        case verbs.Fade(out=True):
            return True
    return isinstance(verb, LEAVING)
