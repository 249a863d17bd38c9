"""A renderer with all that this machine has for it: notes baked before, and SoundFonts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from leitmotor.messages import Voice
from leitmotor.outputs.note_store import NoteStore, usual_folder
from leitmotor.sound.bank import Bank
from leitmotor.sound.patch import Patch
from leitmotor.sound.renderer import Renderer
from leitmotor.sound.source import Sources


def made_renderer(
    patches: Mapping[str, Patch],
    rate: int,
    report: Callable[[str], None],
    hears: Callable[[Voice], bool] = lambda _voice: True,
) -> Renderer:
    """A renderer of these instruments; what of a SoundFont cannot be played is told to `report`.

    Any thread; blocks for as long as SoundFonts take to be tried out: some tenths of a second.
    """
    bank = Bank(rate, NoteStore(usual_folder()))
    sources = _sound_fonts(patches, rate, report)
    return Renderer(patches, rate, bank=bank, hears=hears, sources=sources)


def _sound_fonts(
    patches: Mapping[str, Patch], rate: int, report: Callable[[str], None]
) -> Sources | None:
    if not any(patch.soundfont for patch in patches.values()):
        return None
    from leitmotor.outputs.soundfont import SoundFonts

    return SoundFonts(patches.values(), rate, report)
