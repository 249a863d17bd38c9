"""Reads raw MIDI bytes as an instrument would, and tells what sounds.

It is written apart from the outputs it judges and shares no code with them: not their message
builders, not their records.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

_SYSEX = 0xF0
_SYSEX_END = 0xF7
_FIRST_REALTIME = 0xF8
_RESET = 0xFF
_SYSTEM_DATA = {0xF1: 1, 0xF2: 2, 0xF3: 1}
_CHANNEL_DATA = {0x8: 2, 0x9: 2, 0xA: 2, 0xB: 2, 0xC: 1, 0xD: 1, 0xE: 2}

_PEDAL = 64
_ALL_SOUND_OFF = 120
_RESET_CONTROLLERS = 121
_ALL_NOTES_OFF = range(123, 128)  # 124…127 (omni and mono modes) end notes as 123 does


class Line(NamedTuple):
    """Where a note sounds. Channels count from 0."""

    port: str
    channel: int
    pitch: int


@dataclass(slots=True)
class _Reader:
    """The reading state of one port."""

    status: int = 0  # running status; 0 where there is none
    data: list[int] = field(default_factory=list)
    in_sysex: bool = False


class LedgerOracle:
    """Follows the bytes of any number of ports, however they are cut into pieces.

    A second note-on for a note that sounds needs a second note-off. What was released while the
    sustain pedal is down rings on until the pedal comes up.
    """

    def __init__(self) -> None:
        self.unmatched: list[Line] = []
        """Note-offs for what did not sound."""
        self.doubled: list[Line] = []
        """Note-ons for what sounded already."""
        self.strays = 0
        """Data bytes that belong to no message."""
        self.attacks = 0
        """Note-ons."""
        self.controllers: dict[tuple[str, int, int], int] = {}
        """Last value of each (port, channel, controller)."""
        self.programs: dict[tuple[str, int], int] = {}
        """Last program of each (port, channel)."""
        self._readers: dict[str, _Reader] = {}
        self._down: Counter[Line] = Counter()
        self._ringing: set[Line] = set()
        self._pedals: set[tuple[str, int]] = set()

    @property
    def sounding(self) -> frozenset[Line]:
        """Notes that were begun and not ended."""
        return frozenset(self._down)

    @property
    def ringing(self) -> frozenset[Line]:
        """Notes that were ended, but that the pedal holds."""
        return frozenset(self._ringing)

    @property
    def pedals(self) -> frozenset[tuple[str, int]]:
        """(port, channel) whose sustain pedal is down."""
        return frozenset(self._pedals)

    @property
    def silent(self) -> bool:
        """Whether nothing sounds, rings or would ring."""
        return not (self._down or self._ringing or self._pedals)

    def feed(self, data: Iterable[int], port: str = "") -> None:
        """Read bytes as they come over a port."""
        reader = self._readers.setdefault(port, _Reader())
        for byte in data:
            if not 0 <= byte <= 0xFF:
                raise ValueError(f"{byte} is no byte")
            if byte >= 0x80:
                self._status(reader, byte, port)
            else:
                self._data(reader, byte, port)

    def _status(self, reader: _Reader, byte: int, port: str) -> None:
        if byte == _RESET:
            self._reset(port)
            reader.status, reader.in_sysex = 0, False
            reader.data.clear()
        elif byte < _FIRST_REALTIME:  # real-time bytes may stand anywhere and change nothing
            self.strays += len(reader.data)
            reader.data.clear()
            reader.in_sysex = byte == _SYSEX
            has_data = byte < _SYSEX or byte in _SYSTEM_DATA
            reader.status = byte if has_data else 0

    def _data(self, reader: _Reader, byte: int, port: str) -> None:
        if reader.in_sysex:
            return
        if not reader.status:
            self.strays += 1
            return
        reader.data.append(byte)
        kind, channel = divmod(reader.status, 16)
        if reader.status >= _SYSEX:
            if len(reader.data) == _SYSTEM_DATA[reader.status]:
                reader.data.clear()
                reader.status = 0
        elif len(reader.data) == _CHANNEL_DATA[kind]:
            self._message(kind, port, channel, reader.data[0], reader.data[-1])
            reader.data.clear()

    def _message(self, kind: int, port: str, channel: int, first: int, second: int) -> None:
        if kind == 0x9 and second:
            self._attack(Line(port, channel, first))
        elif kind in (0x8, 0x9):
            self._release(Line(port, channel, first))
        elif kind == 0xB:
            self._control(port, channel, first, second)
        elif kind == 0xC:
            self.programs[port, channel] = first

    def _attack(self, line: Line) -> None:
        self.attacks += 1
        if line in self._down:
            self.doubled.append(line)
        self._down[line] += 1
        self._ringing.discard(line)

    def _release(self, line: Line) -> None:
        if line not in self._down:
            self.unmatched.append(line)
            return
        self._down[line] -= 1
        if not self._down[line]:
            self._let_go(line)

    def _let_go(self, line: Line) -> None:
        del self._down[line]
        if (line.port, line.channel) in self._pedals:
            self._ringing.add(line)

    def _control(self, port: str, channel: int, controller: int, value: int) -> None:
        self.controllers[port, channel, controller] = value
        if controller == _PEDAL and value >= 64:
            self._pedals.add((port, channel))
        elif controller in (_PEDAL, _RESET_CONTROLLERS):
            self._pedals.discard((port, channel))
            self._ringing -= self._on(self._ringing, port, channel)
        elif controller == _ALL_SOUND_OFF:
            self._ringing -= self._on(self._ringing, port, channel)
            for line in self._on(self._down, port, channel):
                del self._down[line]
        elif controller in _ALL_NOTES_OFF:
            for line in self._on(self._down, port, channel):
                self._let_go(line)

    def _reset(self, port: str) -> None:
        for channel in range(16):
            self._control(port, channel, _RESET_CONTROLLERS, 0)
            self._control(port, channel, _ALL_SOUND_OFF, 0)

    @staticmethod
    def _on(lines: Iterable[Line], port: str, channel: int) -> set[Line]:
        return {line for line in lines if line.port == port and line.channel == channel}
