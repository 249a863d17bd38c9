"""What of system exclusive messages is understood: MIDI Machine Control, and MTC full frames.

Both are universal real-time messages, `7F DEVICE 06 …` and `7F DEVICE 01 01 …` (the bytes between
F0 and F7). Total: what is neither gives nothing.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import NamedTuple

from leitmotor.music.timecode import MTC_RATES, Timecode

_REAL_TIME = 0x7F
_MACHINE_CONTROL = 0x06
_TIMECODE = 0x01
_FULL_FRAME = 0x01
_LOCATE = 0x44
_TARGET = 0x01
_LONG_COMMANDS = range(0x40, 0x78)
"""Commands whose data follow, after a byte that says how many there are."""

MMC_WORDS = MappingProxyType(
    {
        0x01: "stop",
        0x02: "play",
        0x03: "play",  # deferred: as soon as it is there, which we are at once
        0x04: "forward",
        0x05: "rewind",
        0x06: "record",
        0x07: "record exit",
        0x09: "pause",
        _LOCATE: "locate",
    }
)
"""The commands by their numbers, in the words of `midi: mmc play`."""


class Mmc(NamedTuple):
    """A command of machine control; `locate` has the timecode to go to."""

    word: str
    target: Timecode | None = None


def machine_control(data: bytes) -> tuple[Mmc, ...]:
    """The commands of a system exclusive message, which may hold several."""
    if len(data) < 4 or data[0] != _REAL_TIME or data[2] != _MACHINE_CONTROL:
        return ()
    found: list[Mmc] = []
    place = 3
    while place < len(data):
        command, place = data[place], place + 1
        inner = b""
        if command in _LONG_COMMANDS:
            end = place + 1 + (data[place] if place < len(data) else 0)
            if end > len(data):
                break  # it promises more than there is
            inner, place = data[place + 1 : end], end
        word = MMC_WORDS.get(command, "")
        if command == _LOCATE:
            target = _located(inner)
            if target is not None:
                found.append(Mmc(word, target))
        elif word:
            found.append(Mmc(word))
    return tuple(found)


def _located(data: bytes) -> Timecode | None:
    if len(data) < 5 or data[0] != _TARGET:
        return None
    # The hundredth of a frame, which may follow, is finer than any cue; bit 6 and 5 are flags.
    return _timecode(data[1], data[2] & 0x3F, data[3] & 0x3F, data[4] & 0x1F)


def full_frame(data: bytes) -> Timecode | None:
    """The place that an MTC full frame tells; None where it is none, or no such frame exists."""
    if len(data) != 8 or data[0] != _REAL_TIME or (data[2], data[3]) != (_TIMECODE, _FULL_FRAME):
        return None
    return _timecode(*data[4:])


def full_frame_bytes(timecode: Timecode) -> bytes:
    """A whole MTC full frame for all devices, F0 … F7."""
    hours = MTC_RATES.index(timecode.rate) << 5 | timecode.hours
    place = (hours, timecode.minutes, timecode.seconds, timecode.frames)
    return bytes((0xF0, _REAL_TIME, 0x7F, _TIMECODE, _FULL_FRAME, *place, 0xF7))


def _timecode(hours: int, minutes: int, seconds: int, frames: int) -> Timecode | None:
    return Timecode.of(hours & 0x1F, minutes, seconds, frames, MTC_RATES[hours >> 5 & 3])
