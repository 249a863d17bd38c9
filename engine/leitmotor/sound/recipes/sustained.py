"""How every sustained instrument is baked, from its table of numbers."""

from __future__ import annotations

from functools import partial

from leitmotor.sound.recipe import Baked, Recipe
from leitmotor.sound.recipes.motion import ramp
from leitmotor.sound.recipes.player import one_player
from leitmotor.sound.recipes.section import several_players
from leitmotor.sound.recipes.voicing import Note, Voicing


def recipe(voicing: Voicing) -> Recipe:
    """The recipe of an instrument that is told by numbers."""
    return Recipe(
        name=voicing.name,
        low=voicing.low,
        high=voicing.high,
        bake=partial(bake, voicing),
        is_struck=False,
        attack_seconds=voicing.attack_seconds,
        legato_seconds=voicing.legato_seconds,
    )


def bake(voicing: Voicing, pitch: int, rate: int) -> Baked:
    """Both layers of one pitch, with its beginning and its loop."""
    note = Note(voicing, pitch, rate)
    section = voicing.section
    rows = one_player(note) if section is None else several_players(note, section)
    rows[:, : note.rise] *= ramp(note.rise)
    soft, bright = rows
    return Baked(soft, bright, note.start, release_seconds=voicing.release_seconds)
