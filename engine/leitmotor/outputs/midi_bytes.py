"""MIDI channel messages as plain byte lists, as a port takes them.

A list costs a tenth of a message object, and the note path builds nothing else. Channels, programs
and controllers count from 0, as on the wire.
"""

from __future__ import annotations

from leitmotor.errors import InternalError
from leitmotor.messages import Setup, Voice

SUSTAIN = 64
ALL_SOUND_OFF = 120
ALL_NOTES_OFF = 123
BANK_MSB = 0
BANK_LSB = 32

RELEASE_VELOCITY = 64
"""What the MIDI specification tells a sender that does not measure releases."""


def note_on(channel: int, pitch: int, velocity: int) -> list[int]:
    """A note begins. Velocity 1…127: with 0 it would be a note-off."""
    if not (0 <= channel < 16 and 0 <= pitch < 128 and 0 < velocity < 128):
        raise InternalError(
            f"no MIDI note: channel {channel}, pitch {pitch}, velocity {velocity}"
            " (channels 0…15, pitches 0…127, velocities 1…127)"
        )
    return [0x90 | channel, pitch, velocity]


def note_off(channel: int, pitch: int) -> list[int]:
    """A note ends."""
    return [0x80 | channel, pitch, RELEASE_VELOCITY]


def control_change(channel: int, controller: int, value: int) -> list[int]:
    """A controller takes a value."""
    if not (0 <= channel < 16 and 0 <= controller < 128 and 0 <= value < 128):
        raise InternalError(
            f"no MIDI control: channel {channel}, controller {controller}, value {value}"
            " (channels 0…15, the others 0…127)"
        )
    return [0xB0 | channel, controller, value]


def bank_and_program(voice: Voice) -> list[list[int]]:
    """The messages that give a voice's channel its sound, in the order in which they must be sent.

    `bank` is the 14-bit number: its upper seven bits go out as CC0, its lower seven as CC32.
    """
    if not (0 <= voice.bank < 16384 and 0 <= voice.program < 128):
        raise InternalError(
            f"no MIDI program: bank {voice.bank}, program {voice.program} of {voice.instrument}"
            " (banks 0…16383, programs 0…127)"
        )
    return [
        control_change(voice.channel, BANK_MSB, voice.bank >> 7),
        control_change(voice.channel, BANK_LSB, voice.bank & 0x7F),
        [0xC0 | voice.channel, voice.program],
    ]


def set_up(setup: Setup) -> list[list[int]]:
    """All that a voice's channel needs before its first note."""
    channel = setup.voice.channel
    controls = [control_change(channel, number, value) for number, value in setup.controls]
    return [*bank_and_program(setup.voice), *controls]


def hush(channel: int) -> list[list[int]]:
    """Sustain up, all notes off, all sound off: what silences a channel beside note-offs."""
    return [
        control_change(channel, controller, 0)
        for controller in (SUSTAIN, ALL_NOTES_OFF, ALL_SOUND_OFF)
    ]
