"""The built-in sound of a plan: what renders it, and its last stage."""

from __future__ import annotations

from leitmotor.outputs.note_store import NoteStore, usual_folder
from leitmotor.run.audio_plan import AudioPlan
from leitmotor.sound.bank import Bank
from leitmotor.sound.master import Master
from leitmotor.sound.renderer import Renderer


def built_in(plan: AudioPlan, rate: int) -> tuple[Renderer, Master]:
    """A new renderer and a new master. Any thread; never waits."""
    bank = Bank(rate, NoteStore(usual_folder()))
    return Renderer(plan.patches, rate, bank=bank), Master(rate, plan.loudness)
