"""Silence on a port whose performer has died."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection

from leitmotor.errors import DeviceError
from leitmotor.midi_library import Backend, python_rtmidi
from leitmotor.music.time import Seconds
from leitmotor.outputs import midi_bytes
from leitmotor.outputs.midi_port import JACK_DRAIN, VIRTUAL
from leitmotor.outputs.midi_system import opened_port


def silence_port(
    selector: str,
    notes: Collection[tuple[int, int]],
    channels: Collection[int],
    *,
    backend: Backend = python_rtmidi,
    wait: Callable[[Seconds], None] = time.sleep,
) -> str:
    """End `notes` (channel, pitch) on `midi:NAME` and hush `channels`; says how it went.

    A virtual port went with its process: whoever was connected to it has to be silenced by hand.
    Any thread; may block for a second. Never raises.
    """
    if selector == VIRTUAL:
        return "the virtual MIDI port went with it: silence the instrument by hand if it sounds"
    try:
        client = opened_port(selector.removeprefix("midi:").strip(), backend)
    except DeviceError as error:
        return f"`{selector}` could not be silenced ({error}): silence the instrument by hand"
    messages = [midi_bytes.note_off(*note) for note in sorted(notes)]
    for channel in sorted(channels):
        messages += midi_bytes.hush(channel)
    try:
        for message in messages:
            client.midi.send_message(message)
        if client.backend == "JACK":
            wait(JACK_DRAIN)
    except Exception as error:  # python-rtmidi has errors of its own, unknown until import
        return f"`{selector}` could not be silenced ({error}): silence the instrument by hand"
    finally:
        client.midi.close_port()
        client.midi.delete()
    return f"`{selector}` was silenced"
