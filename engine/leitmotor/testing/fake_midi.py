"""A MIDI library without a machine: hand it to an output in place of python-rtmidi."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
        self.broken = False
        self.clients = 0  # made and not deleted yet

    def __call__(self) -> FakeMidi:
        """Serve as its own factory."""
        return self

    def get_compiled_api(self) -> list[int]:
        """The back ends there are."""
        return list(self.ports)

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
