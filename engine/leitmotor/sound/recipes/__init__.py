"""The instruments of the built-in sound, by family."""

from __future__ import annotations

from leitmotor.sound.recipe import Recipe


def every_family() -> tuple[Recipe, ...]:
    """Every recipe there is. Loads all families."""
    from leitmotor.sound.recipes.brass import BRASS
    from leitmotor.sound.recipes.drums import DRUMS
    from leitmotor.sound.recipes.keyboards import KEYBOARDS
    from leitmotor.sound.recipes.mallets import MALLETS
    from leitmotor.sound.recipes.organs import ORGANS
    from leitmotor.sound.recipes.pads import PADS
    from leitmotor.sound.recipes.plucked import PLUCKED
    from leitmotor.sound.recipes.strings import STRINGS
    from leitmotor.sound.recipes.voices import VOICES
    from leitmotor.sound.recipes.woodwinds import WOODWINDS

    strings_and_winds = (*STRINGS, *WOODWINDS, *BRASS)
    keys_and_voices = (*KEYBOARDS, *ORGANS, *VOICES, *PADS)
    return (*strings_and_winds, *keys_and_voices, *PLUCKED, *MALLETS, *DRUMS)
