"""Static checks of a score that could be compiled: what cannot be meant, and what hardly is."""

from __future__ import annotations

from collections.abc import Iterator

from leitmotor.errors import Problem
from leitmotor.score.check.cue_keys import shared_keys
from leitmotor.score.check.harmony import foreign_notes, mode_notes
from leitmotor.score.check.leading import endless_leads, nobody_leads
from leitmotor.score.check.markers import unplaced_markers
from leitmotor.score.check.mentions import mentions_of
from leitmotor.score.check.parameters import parameter_notes
from leitmotor.score.check.players import roles_by_cue_only, roles_without_players
from leitmotor.score.check.polyphony import polyphony_notes
from leitmotor.score.check.ranges import range_notes
from leitmotor.score.check.rhythm import metre_notes, speed_notes
from leitmotor.score.check.settings import stage_of
from leitmotor.score.check.sounding import Sounding
from leitmotor.score.check.story import empty_scenes, transition_notes, unreachable_scenes
from leitmotor.score.check.thresholds import close_thresholds
from leitmotor.score.check.unheard import (
    missing_arc_states,
    silent_characters,
    unheard_motifs,
    unheard_palettes,
    unheard_parts,
    unused,
)
from leitmotor.score.check.waits import hopeless_waits
from leitmotor.score.check.ways_out import dead_ends
from leitmotor.score.compiled import CompiledScore
from leitmotor.score.marks import Source
from leitmotor.score.model.root import Score
from leitmotor.score.read import ReadScore

__all__ = ["Examination", "examine", "faults"]


class Examination:
    """A score that is being checked: what both errors and notes need is worked out once."""

    def __init__(self, read: ReadScore, score: CompiledScore) -> None:
        self.read = read
        self.stage = stage_of(score, mentions_of(read, score))

    def faults(self) -> tuple[Problem, ...]:
        """What has to be changed before the score can be performed as it says."""
        read = self.read
        found = {
            *roles_without_players(self.stage, read.source),
            *unplaced_markers(read.score, read.names, read.source),
        }
        return tuple(sorted(found))

    def notes(self) -> tuple[Problem, ...]:
        """What can be performed but is hardly meant: these do not stop."""
        return tuple(sorted(set(_notes(self.read, Sounding(self.stage)))))


def faults(read: ReadScore, score: CompiledScore) -> tuple[Problem, ...]:
    """The errors of a score that could be compiled."""
    return Examination(read, score).faults()


def examine(read: ReadScore, score: CompiledScore) -> tuple[Problem, ...]:
    """The notes on a score that could be compiled."""
    return Examination(read, score).notes()


def _notes(read: ReadScore, sounding: Sounding) -> Iterator[Problem]:
    model, source = read.score, read.source
    yield from _of_the_story(sounding, model, source)
    yield from shared_keys(sounding.score, source)
    yield from roles_by_cue_only(sounding.stage, source)
    yield from range_notes(sounding, source)
    yield from polyphony_notes(sounding, source)
    yield from metre_notes(sounding, source)
    yield from speed_notes(sounding, model, source)
    yield from foreign_notes(sounding, model, source)
    yield from mode_notes(sounding, source)
    yield from parameter_notes(read, sounding.stage)
    yield from close_thresholds(sounding.score, source)
    yield from hopeless_waits(read, sounding.stage)
    yield from endless_leads(read, sounding)
    yield from dead_ends(read, sounding.stage)


def _of_the_story(sounding: Sounding, model: Score, source: Source) -> Iterator[Problem]:
    yield from silent_characters(model, source)
    yield from missing_arc_states(model, source)
    yield from unheard_motifs(sounding, source)
    yield from unheard_parts(sounding, source)
    yield from unheard_palettes(sounding, source)
    yield from unused(sounding, model, source)
    yield from unreachable_scenes(sounding, model, source)
    yield from empty_scenes(sounding, model, source)
    yield from nobody_leads(sounding, source)
    yield from transition_notes(sounding, model, source)
