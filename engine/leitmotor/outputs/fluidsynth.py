"""libfluidsynth, as much of it as is used: a synthesizer that renders when it is asked to.

Its functions are called directly and not through pyfluidsynth, which offers 16-bit samples only
(dithered, and clipped where several notes sound), leaves the library's log on the error stream and
searches libraries in the working folder on Windows. No driver, player, sequencer or shell of
FluidSynth is ever made. This module is light: a child process needs nothing else.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from ctypes import CDLL, c_char_p, c_double, c_float, c_int, c_void_p
from ctypes.util import find_library
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

from leitmotor.errors import DeviceError

GRAIN = 64
"""FluidSynth's own granularity in frames: what happens, happens at a multiple of it."""

CHANNELS = 16
"""Channels of one synthesizer, each with an output of its own."""

_POLYPHONY = 256  # layers, not notes: strings often take four each
_FILTER_CUTOFF = 8  # number of the generator in the SoundFont format, in cents
_LEVEL, _RESET = 7, 121  # controllers
_LOG_LEVELS = 5

_SETTINGS: Mapping[str, int] = MappingProxyType(
    {
        "synth.reverb.active": 0,
        "synth.chorus.active": 0,
        "synth.polyphony": _POLYPHONY,
        "synth.midi-channels": CHANNELS,
        "synth.audio-channels": CHANNELS,
        "synth.audio-groups": CHANNELS,
        "synth.dynamic-sample-loading": 1,  # memory for the presets that are played, not the file
        "synth.lock-memory": 0,
    }
)

Pointers: TypeAlias = "ctypes.Array[c_void_p]"
"""Where to write: left and right of each channel in turn."""

# name: (result, arguments)
_PROTOTYPES: Mapping[str, tuple[Any, tuple[Any, ...]]] = MappingProxyType(
    {
        "fluid_version_str": (c_char_p, ()),
        "fluid_set_log_function": (c_void_p, (c_int, c_void_p, c_void_p)),
        "new_fluid_settings": (c_void_p, ()),
        "delete_fluid_settings": (None, (c_void_p,)),
        "fluid_settings_setint": (c_int, (c_void_p, c_char_p, c_int)),
        "fluid_settings_setnum": (c_int, (c_void_p, c_char_p, c_double)),
        "new_fluid_synth": (c_void_p, (c_void_p,)),
        "delete_fluid_synth": (None, (c_void_p,)),
        "fluid_synth_sfload": (c_int, (c_void_p, c_char_p, c_int)),
        "fluid_synth_program_select": (c_int, (c_void_p, c_int, c_int, c_int, c_int)),
        "fluid_synth_noteon": (c_int, (c_void_p, c_int, c_int, c_int)),
        "fluid_synth_noteoff": (c_int, (c_void_p, c_int, c_int)),
        "fluid_synth_cc": (c_int, (c_void_p, c_int, c_int, c_int)),
        "fluid_synth_set_gen": (c_int, (c_void_p, c_int, c_int, c_float)),
        "fluid_synth_all_sounds_off": (c_int, (c_void_p, c_int)),
        "fluid_synth_get_active_voice_count": (c_int, (c_void_p,)),
        "fluid_synth_process": (c_int, (c_void_p, c_int, c_int, c_void_p, c_int, c_void_p)),
    }
)


def load_library(candidates: Iterable[str] | None = None) -> CDLL:
    """libfluidsynth 2, mute on the error stream. `DeviceError` with the command that installs it.

    `candidates` are tried in order; without them, where the systems put it.
    """
    for name in _candidates() if candidates is None else candidates:
        try:
            library = CDLL(name)
            for function, (result, arguments) in _PROTOTYPES.items():
                call = getattr(library, function)
                call.restype, call.argtypes = result, arguments
        except (OSError, AttributeError):  # none there, or one so old that it lacks a function
            continue
        for level in range(_LOG_LEVELS):
            library.fluid_set_log_function(level, None, None)
        return library
    raise DeviceError(missing(sys.platform))


def version(library: CDLL) -> str:
    """Of the library: `2.3.1`."""
    said: bytes = library.fluid_version_str()
    return said.decode("ascii", "replace")


def missing(platform: str) -> str:
    """What to say where there is no FluidSynth."""
    command = {"darwin": "brew install fluid-synth", "win32": "choco install fluidsynth"}.get(
        platform, "sudo apt install libfluidsynth3"
    )
    return f"SoundFonts are played by FluidSynth, which is not installed here: `{command}`"


def _candidates() -> Iterable[str]:
    if sys.platform == "win32":
        names = ("libfluidsynth-3.dll", "fluidsynth-3.dll", "libfluidsynth-2.dll")
        program = shutil.which("fluidsynth")
        folders = [r"C:\tools\fluidsynth\bin", *([str(Path(program).parent)] if program else [])]
    elif sys.platform == "darwin":
        names = ("libfluidsynth.3.dylib", "libfluidsynth.dylib")
        folders = ["", "/opt/homebrew/lib", "/usr/local/lib", "/opt/local/lib"]
    else:
        names = ("libfluidsynth.so.3", "libfluidsynth.so.2")
        folders = [""]
    yield from (os.path.join(folder, name) for folder in folders for name in names)
    found = find_library("fluidsynth")  # asked last: it starts programs
    if found:
        yield found


class Synth:
    """A synthesizer of CHANNELS channels, dry, as loud as its SoundFont says.

    Thread: one at a time. `load` and `select` read the file; nothing else waits. Each of its
    channels keeps CC7 at its fullest and CC10 in the middle.
    """

    def __init__(self, library: CDLL, rate: int) -> None:
        self._calls = library
        self._settings: int | None = library.new_fluid_settings()
        for name, value in _SETTINGS.items():
            library.fluid_settings_setint(self._settings, name.encode(), value)
        library.fluid_settings_setnum(self._settings, b"synth.gain", 1.0)
        failed = library.fluid_settings_setnum(self._settings, b"synth.sample-rate", float(rate))
        self._synth: int | None = None if failed else library.new_fluid_synth(self._settings)
        self._font = -1
        if not self._synth:
            self.close()
            raise DeviceError(
                f"FluidSynth {version(library)} does not render at {rate} Hz: take 44100, 48000"
                " or 96000"
            )

    def load(self, file: str) -> bool:
        """Read the structure of a SoundFont; False where FluidSynth does not take it."""
        name = file.encode() if sys.platform == "win32" else os.fsencode(file)
        self._font = self._calls.fluid_synth_sfload(self._synth, name, 0)
        return self._font >= 0

    def select(self, channel: int, bank: int, preset: int) -> bool:
        """Give a channel its sound, and read its samples; False where there is no such preset."""
        self.control(channel, _RESET, 0)
        self.control(channel, _LEVEL, 127)
        return not self._calls.fluid_synth_program_select(
            self._synth, channel, self._font, bank, preset
        )

    def note_on(self, channel: int, pitch: int, velocity: int) -> None:
        """A note begins."""
        self._calls.fluid_synth_noteon(self._synth, channel, pitch, velocity)

    def note_off(self, channel: int, pitch: int) -> None:
        """A note is released."""
        self._calls.fluid_synth_noteoff(self._synth, channel, pitch)

    def control(self, channel: int, controller: int, value: int) -> None:
        """A controller takes a value."""
        self._calls.fluid_synth_cc(self._synth, channel, controller, value)

    def shift_filter(self, channel: int, cents: float) -> None:
        """Move the cut-off of each note's low-pass, from where the SoundFont has it."""
        self._calls.fluid_synth_set_gen(self._synth, channel, _FILTER_CUTOFF, cents)

    def sounds_off(self, channel: int) -> None:
        """Cut all notes of a channel."""
        self._calls.fluid_synth_all_sounds_off(self._synth, channel)

    def is_quiet(self) -> bool:
        """Whether no note sounds, on any channel."""
        return not self._calls.fluid_synth_get_active_voice_count(self._synth)

    def render(self, frames: int, pointers: Pointers) -> None:
        """Add the next frames, a multiple of GRAIN, to what lies at the pointers."""
        self._calls.fluid_synth_process(self._synth, frames, 0, None, len(pointers), pointers)

    def close(self) -> None:
        """Give its memory back. A second time is nothing."""
        if self._synth:
            self._calls.delete_fluid_synth(self._synth)
        if self._settings:
            self._calls.delete_fluid_settings(self._settings)
        self._synth = self._settings = None


def pointers_to(addresses: Sequence[int]) -> Pointers:
    """For `render`: the address of the first frame of left and right of each channel in turn."""
    return (c_void_p * len(addresses))(*addresses)
