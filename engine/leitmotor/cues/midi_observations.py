"""Messages of MIDI as neutral observations: note 36, cc 1, program 5, mmc play (S35). Pure.

The values are those of the wire, 0 to 127: which range they stand for, the score says (S30).
"""

from __future__ import annotations

from leitmotor.cues.midi_stream import SYSEX, MidiMessage
from leitmotor.cues.midi_sysex import machine_control
from leitmotor.messages import Observation

KIND = "midi"


def observations(message: MidiMessage, source: str) -> tuple[Observation, ...]:
    """What a message says to a score; nothing for what no cue can wait for.

    A note-on with velocity 0 is a note-off, and says nothing. Programs count from 1.
    """
    if message.status == SYSEX:
        return tuple(
            Observation(KIND, f"mmc {command.word}", (), _target(str(command.target or "")), source)
            for command in machine_control(message.data)
        )
    channel = (("channel", str(message.channel)),)
    match message.kind:
        case 0x9 if message.data[1] > 0:
            number, velocity = message.data
            return (Observation(KIND, f"note {number}", (float(velocity),), channel, source),)
        case 0xB:
            number, value = message.data
            return (Observation(KIND, f"cc {number}", (float(value),), channel, source),)
        case 0xC:
            return (Observation(KIND, f"program {message.data[0] + 1}", (), channel, source),)
    return ()


def _target(text: str) -> tuple[tuple[str, str], ...]:
    return (("timecode", text),) if text else ()
