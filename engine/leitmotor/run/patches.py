"""What the instruments of a score sound as, for the built-in sound and for SoundFonts."""

from __future__ import annotations

from leitmotor.score.compiled import CompiledScore, Instrument
from leitmotor.sound.patch import Patch

PERCUSSION_BANK = 128
"""Where SoundFonts keep their drum kits."""


def patches_of(score: CompiledScore) -> dict[str, Patch]:
    """The patch of every instrument, by its name in voices.

    An instrument's own tone is not in it: the performer adds it to the palette's and sends the sum
    as CC74, which is heard on every kind of output.
    """
    return {name: _patch(instrument) for name, instrument in score.instruments.items()}


def _patch(instrument: Instrument) -> Patch:
    is_kit = bool(instrument.kit)
    usual_bank = PERCUSSION_BANK if is_kit else instrument.bank
    bank, preset = instrument.preset or (usual_bank, instrument.program)
    return Patch(
        sound=instrument.sound or instrument.name,
        program=instrument.program,
        is_kit=is_kit,
        soundfont=instrument.soundfont,
        bank=bank,
        preset=preset,
    )
