"""Every instrument of the table, and every General MIDI program, has a recipe."""

from __future__ import annotations

import pytest

from leitmotor.music.instruments import find, names
from leitmotor.sound.catalogue import nearest_to_program, recipe_of, recipes
from leitmotor.sound.patch import Patch

KNOWN = sorted({known.name: known for name in names() if (known := find(name)) is not None})


@pytest.mark.parametrize("name", KNOWN)
def test_every_instrument_has_a_recipe_of_its_own_that_reaches_over_its_range(name: str) -> None:
    known = find(name)
    assert known is not None
    recipe = recipe_of(Patch(name, known.program, known.kit))
    assert recipe.name == name
    assert recipe.low <= known.low
    assert recipe.high >= known.high
    for technique, program in known.techniques:
        assert recipe_of(Patch(f"{name} {technique}", program)).name == f"{name} {technique}"


@pytest.mark.parametrize("program", range(128))
def test_every_program_finds_a_recipe(program: int) -> None:
    assert nearest_to_program(program) in recipes()
    assert recipe_of(Patch("a patch of the author's own", program)).name in recipes()


def test_a_kit_is_played_by_the_kit() -> None:
    assert recipe_of(Patch("my drums", 0, is_kit=True)).name == "drums"
