"""A MIDI library without a machine: hand it to an output in place of python-rtmidi."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

ALSA, JACK, CORE, WINDOWS = 2, 3, 1, 4
"""The numbers that python-rtmidi gives to its back ends."""


@dataclass(slots=True)
class Wire:
    """What went over one opened port."""

    name: str
    messages: list[list[int]] = field(default_factory=list)
    is_open: bool = True

    @property
    def data(self) -> bytes:
        """All messages, one after the other."""
        return b"".join(map(bytes, self.messages))


class FakeMidi:
    """Stands for the module `rtmidi`; every port that was opened is in `wires`.

    `ports` gives the port names of each back end (`ALSA`, `JACK`, …); one whose names are None is
    compiled in but does not answer. Set `broken` and every further message fails.

    Thread: one at a time.
    """

    API_MACOSX_CORE = CORE
    API_LINUX_ALSA = ALSA
    API_UNIX_JACK = JACK
    API_WINDOWS_MM = WINDOWS

    def __init__(self, ports: Mapping[int, Sequence[str] | None] | None = None) -> None:
        self.ports = {ALSA: ["Synth"]} if ports is None else dict(ports)
        self.wires: list[Wire] = []
        self.listening: dict[str, FakeMidiIn] = {}  # by the port's name
        self.broken = False
        self.clients = 0  # made and not deleted yet

    def __call__(self) -> FakeMidi:
        """Serve as its own factory."""
        return self

    def play(self, port: str, data: bytes) -> None:
        """Let a port say something to whoever listens to it."""
        listener = self.listening.get(port)
        if listener is not None:
            listener.say(data)

    def get_compiled_api(self) -> list[int]:
        """The back ends there are."""
        return list(self.ports)

    def MidiIn(self, rtapi: int, name: str) -> FakeMidiIn:
        """A listening client of a back end, called `name`."""
        if self.ports[rtapi] is None:
            raise OSError(f"back end {rtapi} does not answer {name}")
        self.clients += 1
        return FakeMidiIn(self, rtapi)

    def MidiOut(self, rtapi: int, name: str) -> FakeMidiOut:
        """A client of a back end, called `name`."""
        names = self.ports[rtapi]
        if names is None:
            raise OSError(f"back end {rtapi} does not answer {name}")
        self.clients += 1
        return FakeMidiOut(self, list(names))


class FakeMidiOut:
    """Stands for `rtmidi.MidiOut`."""

    def __init__(self, library: FakeMidi, names: list[str]) -> None:
        self._library = library
        self._names = names
        self._wire: Wire | None = None

    def get_ports(self) -> list[str]:
        """The names of the ports, in the order of their numbers."""
        return list(self._names)

    def open_port(self, port: int, name: str) -> object:
        """Open a port by number; `name` is ours."""
        return self._open(self._names[port], name)

    def open_virtual_port(self, name: str) -> object:
        """Open a port of our own."""
        return self._open(name, name)

    def send_message(self, message: list[int]) -> None:
        """Put a message on the wire."""
        if self._wire is None or not self._wire.is_open or self._library.broken:
            raise OSError("the port is gone")
        self._wire.messages.append(list(message))

    def close_port(self) -> None:
        """Close the port."""
        if self._wire is not None:
            self._wire.is_open = False

    def delete(self) -> None:
        """Leave the back end."""
        self._library.clients -= 1

    def _open(self, port: str, own_name: str) -> FakeMidiOut:
        if self._library.broken:
            raise OSError(f"{own_name} may not open {port}")
        self._wire = Wire(port)
        self._library.wires.append(self._wire)
        return self


class FakeMidiIn:
    """Stands for `rtmidi.MidiIn`. The ports are those that the library has when it is asked."""

    def __init__(self, library: FakeMidi, api: int) -> None:
        self._library = library
        self._api = api
        self._callback: Callable[[tuple[list[int], float], object], None] | None = None
        self.ignored: tuple[bool, bool, bool] = (True, True, True)

    def get_ports(self) -> list[str]:
        """The names of the ports, in the order of their numbers."""
        return list(self._library.ports[self._api] or ())

    def ignore_types(self, sysex: bool, timing: bool, active_sense: bool) -> None:
        """What is not handed over."""
        self.ignored = (sysex, timing, active_sense)

    def set_callback(
        self, func: Callable[[tuple[list[int], float], object], None], data: object = None
    ) -> None:
        """Who is given what comes."""
        self._callback = func
        self._data = data

    def open_port(self, port: int, name: str) -> object:
        """Open a port by number; `name` is ours."""
        if self._library.broken:
            raise OSError(f"{name} may not open {port}")
        self._library.listening[self.get_ports()[port]] = self
        return self

    def open_virtual_port(self, name: str) -> object:
        """Open a port of our own."""
        self._library.listening[name] = self
        return self

    def say(self, data: bytes) -> None:
        """A message comes."""
        if self._callback is not None:
            self._callback((list(data), 0.0), self._data)

    def close_port(self) -> None:
        """Close the port."""
        kept = {name: who for name, who in self._library.listening.items() if who is not self}
        self._library.listening = kept

    def delete(self) -> None:
        """Leave the back end."""
        self._library.clients -= 1
