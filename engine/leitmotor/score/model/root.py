"""A whole score."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from leitmotor.score.model import types as t
from leitmotor.score.model.base import Keys
from leitmotor.score.model.cast import Character, Instrument, Palette, Place, Relationship
from leitmotor.score.model.drama import (
    Access,
    Dialogue,
    Export,
    Foreshadow,
    Hits,
    Identity,
    MappingEntry,
    Memory,
    Parameter,
)
from leitmotor.score.model.material import Figure, Motif, Passage, Progression, Silence, Stinger
from leitmotor.score.model.rig import Rig
from leitmotor.score.model.story import CueEntry, Meta, Scene, State, Time, Transition


class Score(Keys):
    """A score: who is in the story, what they sound like, and what happens to the music when."""

    score: Literal[1] = Field(description="The version of the language: 1.")
    meta: Meta = Field(Meta.model_construct(), description="What the piece is.")
    time: Time = Field(Time.model_construct(), description="What holds where nothing else is said.")
    include: t.TextList = Field(
        (),
        description="More files of this score, under its folder; names may be given once in all.",
    )
    instruments: dict[str, Instrument] = Field({}, description="Instruments of its own, by name.")
    palettes: dict[str, Palette] = Field({}, description="Colours: who takes which role, and how.")
    characters: dict[str, Character] = Field({}, description="Who is in the story.")
    places: dict[str, Place] = Field({}, description="Where it plays.")
    motifs: dict[str, Motif] = Field({}, description="Tunes that stand for someone or something.")
    figures: dict[str, Figure] = Field({}, description="What roles play round and round.")
    harmony: dict[str, Progression] = Field({}, description="Progressions of chords.")
    states: dict[str, State] = Field({}, description="States of the story.")
    passages: dict[str, Passage] = Field({}, description="Music written out for several parts.")
    relationships: dict[str, Relationship] = Field(
        {}, description='What "a & b" are to each other.'
    )
    parameters: dict[str, Parameter] = Field({}, description="Values that the world drives.")
    mappings: tuple[MappingEntry, ...] = Field((), description="What parameters drive.")
    scenes: tuple[Scene, ...] = Field((), description="Scenes, in the order of the story.")
    cues: dict[str, CueEntry] = Field({}, description="What happens to the music when.")
    transitions: dict[str, Transition] = Field(
        {}, description='"a -> b", "any -> b", "a -> any", "default".'
    )
    stingers: dict[str, Stinger] = Field({}, description="Short gestures on top of the music.")
    silence: dict[str, Silence] = Field({}, description="Silences of a chosen length.")
    dialogue: Dialogue | None = Field(None, description="Stepping back for the spoken word.")
    hits: Hits | None = Field(None, description="Moments of the picture to be met.")
    foreshadow: tuple[Foreshadow, ...] = Field((), description="Hints before a turn.")
    memory: Memory | None = Field(None, description="What one episode hands to the next.")
    identity: Identity | None = Field(None, description="How far it may leave its series.")
    access: Access | None = Field(None, description="For listeners who need it clearer.")
    export: Export | None = Field(None, description="What can be written out.")
    rig: Rig | None = Field(None, description="The rig, where the score carries it inline.")
