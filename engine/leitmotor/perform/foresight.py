"""A moment in a context that is still to come: pickups sound in it before its boundary (S27)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from leitmotor.music.scale import tonic_pitch
from leitmotor.perform.context import (
    NO_STATE,
    draw_for_entry,
    motif_state_of,
    scene_named,
    weigh,
)
from leitmotor.perform.harmony import Harmony
from leitmotor.perform.house import House
from leitmotor.perform.state import HarmonyClock, PassageRun, Statement
from leitmotor.score.compiled_overlays import STINGER_ROLE


class Foresight:
    """Lends the coming context to a block of code, and takes it back."""

    def __init__(self, house: House, harmony: Harmony) -> None:
        self.house = house
        self.harmony = harmony

    @contextmanager
    def as_if_in(self, scene: str, story: str) -> Iterator[None]:
        """The context that entering a scene will bring."""
        house = self.house
        state = house.state
        place = (state.scene, state.story, state.present, state.overrides)
        clocks = (state.harmony, state.lead_harmony)
        passage = state.passage
        mine = (house.context, state.key, state.chord)
        state.scene, state.story, state.passage = scene, story, None
        coming = scene_named(house.score, scene)
        state.present = list(coming.who)
        state.overrides = [override for override in state.overrides if override.keep]
        turns, picked = dict(state.turns), dict(state.picked)
        draw_for_entry(house.score, state, coming, house.score.states.get(story, NO_STATE))
        drawn = {name for name, turn in state.turns.items() if turns.get(name, 0) != turn}
        house.context = weigh(house.score, state)
        house.version += 1
        house.harmony_version += 1
        state.harmony, state.lead_harmony = HarmonyClock(house.context.progression), None
        state.key = self.harmony.key()
        state.chord = self.harmony.chord(state.key)
        try:
            yield
        finally:
            house.context, state.key, state.chord = mine
            state.harmony, state.lead_harmony = clocks
            state.passage = passage
            state.scene, state.story, state.present, state.overrides = place
            # The entry itself draws these; what a statement drew for its players stays drawn.
            for now, before in ((state.turns, turns), (state.picked, picked)):
                for name in drawn:
                    now.pop(name, None)
                    now.update({name: before[name]} if name in before else {})
            house.version += 1
            house.harmony_version += 1

    @contextmanager
    def as_if_playing(self, passage: str) -> Iterator[None]:
        """The present context, as a passage will change it."""
        house = self.house
        state = house.state
        mine = (house.context, state.key, state.chord)
        kept = (state.passage, state.harmony, state.lead_harmony)
        length = house.score.passages[passage].length
        state.passage = PassageRun(
            0, passage, state.tick, state.tick + length, state.tick, (0, 0), ""
        )
        house.context = weigh(house.score, state)
        state.harmony, state.lead_harmony = HarmonyClock(house.context.progression), None
        house.version += 1
        house.harmony_version += 1
        state.key = self.harmony.key()
        state.chord = self.harmony.chord(state.key)
        try:
            yield
        finally:
            house.context, state.key, state.chord = mine
            state.passage, state.harmony, state.lead_harmony = kept
            house.version += 1
            house.harmony_version += 1

    @contextmanager
    def as_written(self, statement: Statement) -> Iterator[None]:
        """The key of the score for a stinger that bends to nothing; for all others, no change."""
        house = self.house
        if statement.role != STINGER_ROLE or house.motifs[statement.motif].fit != "none":
            yield
            return
        mine = house.state.key
        house.state.key = house.score.defaults.key
        statement.tonic = tonic_pitch(house.state.key)
        house.harmony_version += 1
        try:
            yield
        finally:
            house.state.key = mine
            house.harmony_version += 1

    @contextmanager
    def as_if_led_by(self, statement: Statement) -> Iterator[None]:
        """The present context, in the mode that the statement will bring when it leads."""
        state = self.house.state
        variant = motif_state_of(self.house.score, statement)
        mine = state.key
        if variant is not None and variant.mode is not None:
            state.key = state.key.in_mode(variant.mode)
        self.house.harmony_version += 1
        try:
            yield
        finally:
            state.key = mine
            self.house.harmony_version += 1
