"""A Standard MIDI File as bytes: its header, its tracks and its meta events (SMF 1.0).

The file takes the very bytes that a port would be sent. A message object for each would cost
several times as much as all the rest of writing a file.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence

from leitmotor.outputs.smf_tempo import FILE_QUARTER, FileTicks

_META = 0xFF
_FIRST_SYSTEM_STATUS = 0xF0
_THIRTY_SECONDS_PER_QUARTER = 8


def file_bytes(tracks: Sequence[bytes]) -> bytes:
    """A file of format 1: all tracks begin together and share the tempi of the first."""
    return b"".join([_chunk(b"MThd", struct.pack(">HHH", 1, len(tracks), FILE_QUARTER)), *tracks])


def track_bytes(messages: Iterable[tuple[FileTicks, bytes]], end: FileTicks) -> bytes:
    """A track of messages in order of their places; it ends at `end`, or with the last of them."""
    data = bytearray()
    passed: FileTicks = 0
    running = _META
    for tick, message in messages:
        delta = tick - passed
        passed = tick
        if delta < 0x80:
            data.append(delta)
        else:
            data += variable_length(delta)
        status = message[0]
        # A status that the last message had is left out; meta events end such a run.
        data += message[1:] if status == running and status < _FIRST_SYSTEM_STATUS else message
        running = status
    data += variable_length(max(end - passed, 0))
    data += meta(0x2F)
    return _chunk(b"MTrk", data)


def variable_length(value: int) -> bytes:
    """A number from 0 in groups of seven bits, the highest first; all but the last have bit 7."""
    groups = [value & 0x7F]
    while value := value >> 7:
        groups.append(0x80 | value & 0x7F)
    return bytes(reversed(groups))


def meta(kind: int, data: bytes = b"") -> bytes:
    """A meta event by its number."""
    return bytes([_META, kind]) + variable_length(len(data)) + data


def track_name(name: str) -> bytes:
    """What the track is called; in the first track, the title."""
    return meta(0x03, name.encode())


def marker(text: str) -> bytes:
    """A place that has a name."""
    return meta(0x06, text.encode())


def device_name(name: str) -> bytes:
    """The instrument's output by its name."""
    return meta(0x09, name.encode())


def midi_port(port: int) -> bytes:
    """The instrument's output by its number, from 0."""
    return meta(0x21, bytes([port]))


def tempo(micros: int) -> bytes:
    """From here on a quarter lasts so many microseconds."""
    return meta(0x51, micros.to_bytes(3, "big"))


def time_signature(numerator: int, denominator: int, clocks_per_click: int) -> bytes:
    """A metre. `denominator` is a power of two; a clock is the 24th part of a quarter."""
    power = denominator.bit_length() - 1
    return meta(0x58, bytes([numerator, power, clocks_per_click, _THIRTY_SECONDS_PER_QUARTER]))


def key_signature(sharps: int, minor: int) -> bytes:
    """So many sharps, or flats below 0; `minor` is 1 for a minor key and 0 for a major one."""
    return meta(0x59, struct.pack("bB", sharps, minor))


def _chunk(name: bytes, data: bytes | bytearray) -> bytes:
    return name + struct.pack(">L", len(data)) + data
