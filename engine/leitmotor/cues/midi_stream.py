"""Bytes of MIDI as they arrive, cut anywhere, into whole messages (MIDI 1.0, running status).

Total: whatever comes, nothing is raised, memory is bounded, and the next status byte is understood
again. What had to be dropped is counted by its kind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

LONGEST_SYSEX = 65_536
"""Bytes of data in a system exclusive message; longer ones are dropped whole."""

SYSEX = 0xF0
SYSEX_END = 0xF7
QUARTER_FRAME = 0xF1
SONG_POSITION = 0xF2
CLOCK = 0xF8
START = 0xFA
CONTINUE = 0xFB
STOP = 0xFC

_REAL_TIME = 0xF8
_DATA_OF_CHANNEL = {0x8: 2, 0x9: 2, 0xA: 2, 0xB: 2, 0xC: 1, 0xD: 1, 0xE: 2}
_DATA_OF_SYSTEM = {QUARTER_FRAME: 1, SONG_POSITION: 2, 0xF3: 1, 0xF6: 0}
_UNDEFINED = frozenset({0xF4, 0xF5, 0xF9, 0xFD})


class MidiMessage(NamedTuple):
    """One whole message: its status byte, and its data (of SysEx, what lies between F0 and F7)."""

    status: int
    data: bytes = b""

    @property
    def kind(self) -> int:
        """The status without its channel (0x9 is a note-on), or the whole of a system status."""
        return self.status if self.status >= SYSEX else self.status >> 4

    @property
    def channel(self) -> int:
        """The channel as people count it, 1 to 16; 0 where a message has none."""
        return (self.status & 0xF) + 1 if self.status < SYSEX else 0


class MidiStream:
    """Reads one wire. `faults` counts what was dropped, by kind.

    Thread: one at a time; never blocks, never raises.
    """

    def __init__(self) -> None:
        self.faults: Counter[str] = Counter()
        self._status = 0  # the running status; 0 where there is none
        self._wanted = 0
        self._data = bytearray()
        self._sysex: bytearray | None = None

    def feed(self, data: Iterable[int]) -> list[MidiMessage]:
        """The messages that these bytes complete, in the order in which they ended."""
        found: list[MidiMessage] = []
        for byte in data:
            message = self._taken(byte & 0xFF)
            if message is not None:
                found.append(message)
        return found

    def _taken(self, byte: int) -> MidiMessage | None:
        if byte >= _REAL_TIME:
            # One byte, anywhere, also within another message, which goes on after it.
            if byte in _UNDEFINED:
                self.faults["undefined status"] += 1
                return None
            return MidiMessage(byte)
        if byte >= 0x80:
            return self._begun(byte)
        return self._given(byte)

    def _begun(self, status: int) -> MidiMessage | None:
        ended, self._sysex = self._sysex, None
        if status == SYSEX_END:
            return self._sysex_ended(ended)
        if ended is not None:
            self.faults["unfinished SysEx"] += 1
        elif self._data:
            self.faults["unfinished message"] += 1
        self._data.clear()
        self._status = 0
        if status == SYSEX:
            self._sysex = bytearray()
        elif status in _UNDEFINED:
            self.faults["undefined status"] += 1
        elif status < SYSEX:
            self._status, self._wanted = status, _DATA_OF_CHANNEL[status >> 4]
        elif _DATA_OF_SYSTEM[status] == 0:
            return MidiMessage(status)
        else:
            self._status, self._wanted = status, _DATA_OF_SYSTEM[status]
        return None

    def _sysex_ended(self, data: bytearray | None) -> MidiMessage | None:
        if data is None:
            self.faults["end of no SysEx"] += 1
            self._data.clear()
            self._status = 0
            return None
        if len(data) > LONGEST_SYSEX:
            self.faults["SysEx too long"] += 1
            return None
        return MidiMessage(SYSEX, bytes(data))

    def _given(self, byte: int) -> MidiMessage | None:
        if self._sysex is not None:
            if len(self._sysex) <= LONGEST_SYSEX:  # one more than allowed marks it as too long
                self._sysex.append(byte)
            return None
        if not self._status:
            self.faults["data without status"] += 1
            return None
        self._data.append(byte)
        if len(self._data) < self._wanted:
            return None
        message = MidiMessage(self._status, bytes(self._data))
        self._data.clear()
        if self._status >= SYSEX:
            self._status = 0  # only channel messages may be repeated without their status
        return message
