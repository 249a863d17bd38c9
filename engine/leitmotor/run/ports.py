"""Where the music goes: which `--out` are ports and which are files, and what to do without any."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from leitmotor.errors import DeviceError
from leitmotor.outputs.midi_port import VIRTUAL
from leitmotor.outputs.midi_system import (
    CLIENT,
    Backend,
    PortInfo,
    list_ports,
    python_rtmidi,
    reached,
)

NULL = "null"


class Destinations(NamedTuple):
    """Where a play goes: ports for the performer, files for the parent, and a sentence for people.

    `sentence` is empty where everything is as it was asked for.
    """

    midi_outs: tuple[str, ...]
    files: tuple[str, ...]
    sentence: str


def destinations(asked: Sequence[str], backend: Backend = python_rtmidi) -> Destinations:
    """Sort the texts after `--out`; where no port and no `null` is among them, find one.

    Then it is (language §9) a virtual port of our own; where no MIDI can be had the sentence says
    that nothing will be heard, why, and how to change that. Any thread; may block for a second;
    never raises.
    """
    outs = tuple(dict.fromkeys(text.strip() for text in asked))
    midi_outs = tuple(text for text in outs if text == VIRTUAL or text.startswith("midi:"))
    files = tuple(text for text in outs if text not in midi_outs and text != NULL)
    if midi_outs or NULL in outs:
        return Destinations(midi_outs, files, "")
    found, sentence = _default(backend)
    return Destinations(found, files, sentence)


def _default(backend: Backend) -> tuple[tuple[str, ...], str]:
    try:
        with reached(backend()) as (clients, reason):
            answering = clients[0].backend if clients else ""
    except DeviceError as error:
        return (), f"nothing will be heard: {error}"
    if not answering:
        return (), f"nothing will be heard: {reason}"
    known = list_ports(backend).ports
    if answering == "WinMM":
        return (), (
            "nothing will be heard: Windows has no virtual MIDI ports, so choose a port with"
            f" `--out midi:NAME`{_listed(known)}"
        )
    return (VIRTUAL,), (
        f"playing on a virtual MIDI port called `{CLIENT}` ({answering}): connect an instrument to"
        f" it, or choose a port with `--out midi:NAME`{_listed(known)}"
    )


def _listed(known: Sequence[PortInfo]) -> str:
    names = ", ".join(f"`{port.name}`" for port in known[:5])
    return f"; there are: {names}" if names else ""
