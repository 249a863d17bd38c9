"""Where the music goes: which `--out` are devices, which are files, and what to do without any."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from leitmotor.errors import CueError, DeviceError
from leitmotor.midi_library import CLIENT, Backend, python_rtmidi
from leitmotor.outputs.audio_names import DEFAULT, device_of, is_audio
from leitmotor.outputs.midi_port import VIRTUAL
from leitmotor.outputs.midi_system import PortInfo, list_ports, reached

NULL = "null"


class Destinations(NamedTuple):
    """Where a play goes: an audio device and ports for the performer, files for the parent.

    `audio` is a part of the device's name, None without sound; `is_wished` tells whether somebody
    asked for it.
    """

    audio: str | None
    midi_outs: tuple[str, ...]
    files: tuple[str, ...]
    is_wished: bool = True


class Instead(NamedTuple):
    """What is played on where there is no audio device, and the sentence that says so."""

    midi_outs: tuple[str, ...]
    sentence: str


def destinations(asked: Sequence[str]) -> Destinations:
    """Sort the texts after `--out`; where no port, no device and no `null` is among them, sound.

    Then it is (language §9) the built-in sound through the default device. `CueError` for two audio
    devices. Any thread; never waits.
    """
    outs = tuple(dict.fromkeys(text.strip() for text in asked))
    devices = tuple(dict.fromkeys(device_of(text) for text in outs if is_audio(text)))
    if len(devices) > 1:
        raise CueError(
            f"the sound goes through one audio device, not {len(devices)}: {', '.join(devices)};"
            " give one of them"
        )
    midi_outs = tuple(text for text in outs if text == VIRTUAL or text.startswith("midi:"))
    others = (*midi_outs, NULL)
    files = tuple(text for text in outs if text not in others and not is_audio(text))
    if devices:
        return Destinations(devices[0], midi_outs, files)
    if midi_outs or NULL in outs:
        return Destinations(None, midi_outs, files)
    return Destinations(DEFAULT, (), files, is_wished=False)


def without_sound(problem: str, backend: Backend = python_rtmidi) -> Instead:
    """What to play on where there is no audio device: a virtual port of our own, or nothing.

    The sentence begins with `problem`, which is why there is no device. Any thread; may block for a
    second; never raises.
    """
    try:
        with reached(backend()) as (clients, reason):
            answering = clients[0].backend if clients else ""
    except DeviceError as error:
        answering, reason = "", str(error)
    if not answering:
        return Instead((), f"nothing will be heard: {problem}. Nor is there MIDI: {reason}")
    known = list_ports(backend).ports
    if answering == "WinMM":
        return Instead(
            (),
            f"nothing will be heard: {problem}; or choose a MIDI port with `--out midi:NAME`"
            f"{_listed(known)}",
        )
    return Instead(
        (VIRTUAL,),
        f"{problem}; till then playing on a virtual MIDI port called `{CLIENT}` ({answering}):"
        " connect an instrument to it, or choose a port with `--out midi:NAME`"
        f"{_listed(known)}",
    )


def _listed(known: Sequence[PortInfo]) -> str:
    names = ", ".join(f"`{port.name}`" for port in known[:5])
    return f"; there are: {names}" if names else ""
