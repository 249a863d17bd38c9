"""A child process that plays presets of a SoundFont, so that only the child dies of a bad file.

`python -m leitmotor.outputs.soundfont_trial FILE RATE BANK/PRESET …` prints a line for each preset,
in order, as soon as it was played: what came of it.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Sequence
from itertools import pairwise

from leitmotor.errors import DeviceError
from leitmotor.outputs.fluidsynth import CHANNELS, Synth, load_library, pointers_to

SOUNDS, MUTE, ABSENT = "sounds", "mute", "absent"
"""What can come of a preset: one channel of words on standard output."""

REFUSED = 3
"""Exit code: FluidSynth does not take the file."""

_KEYS = range(128)
_VELOCITIES = (40, 100)
_FRAMES = 64
_REST = 40  # so many times _FRAMES are what has been struck last left to ring
_MEMORY = 2 << 30


def main(arguments: Sequence[str]) -> int:
    """Play what the arguments say; an exit code."""
    file, rate, *wanted = arguments
    _die_quietly(file)
    try:
        synth = Synth(load_library(), int(rate))
    except DeviceError:
        return REFUSED
    if not synth.load(file):
        return REFUSED
    for text in wanted:
        bank, preset = map(int, text.split("/"))
        print(_came_of(synth, bank, preset), flush=True)
    synth.close()
    return 0


def _came_of(synth: Synth, bank: int, preset: int) -> str:
    """Every key twice, soft and loud, each while the one before still sounds."""
    if not synth.select(0, bank, preset):
        return ABSENT
    block = (ctypes.c_float * (CHANNELS * 2 * _FRAMES))()
    step = _FRAMES * ctypes.sizeof(ctypes.c_float)
    first = ctypes.addressof(block)
    pointers = pointers_to([first + step * row for row in range(2 * CHANNELS)])
    for velocity in _VELOCITIES:
        for before, key in pairwise((0, *_KEYS)):
            synth.note_on(0, key, velocity)
            synth.render(_FRAMES, pointers)
            synth.note_off(0, before)
        for _ in range(_REST):
            synth.render(_FRAMES, pointers)
    synth.sounds_off(0)
    synth.render(_FRAMES, pointers)
    # All of it was added up in the same place.
    return SOUNDS if any(block) else MUTE


def _die_quietly(file: str) -> None:
    """No dump, no window that says so, no more memory than a file of this size needs."""
    if sys.platform == "win32":
        ctypes.windll.kernel32.SetErrorMode(0x0001 | 0x0002)
    else:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        most = _MEMORY + 2 * os.path.getsize(file)
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        if hard == resource.RLIM_INFINITY or hard > most:
            resource.setrlimit(resource.RLIMIT_AS, (most, hard))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
