"""The built-in sound of a plan: what renders it, and its last stage."""

from __future__ import annotations

from collections.abc import Callable

from leitmotor.outputs.sound_maker import made_renderer
from leitmotor.run.audio_plan import AudioPlan
from leitmotor.sound.master import Master
from leitmotor.sound.renderer import Renderer


def built_in(plan: AudioPlan, rate: int, warn: Callable[[str], None]) -> tuple[Renderer, Master]:
    """A new renderer and a new master; `warn` is told what of a SoundFont cannot be played.

    Any thread; blocks where SoundFonts are tried out.
    """
    return made_renderer(plan.patches, rate, warn), Master(rate, plan.loudness)
