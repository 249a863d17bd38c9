"""What an instrument of a score sounds as: a recipe of ours, or a preset of a SoundFont."""

from __future__ import annotations

from leitmotor.records import record


@record
class Patch:
    """One instrument, told by score and rig.

    `sound` is a name of the table of instruments, with its technique behind it (`violin`,
    `violin pizz`, `string ensemble trem`, `drums`), or the General MIDI name of a program that the
    author chose. `soundfont` is a path, empty for the built-in sound, with `bank` and `preset`
    (both from 0).
    """

    sound: str
    program: int = 0
    is_kit: bool = False
    soundfont: str = ""
    bank: int = 0
    preset: int = 0
