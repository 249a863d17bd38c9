"""The machine's MIDI library: its back ends, and which port a name means.

Shared by what plays on ports and by what listens to them. python-rtmidi is imported only when ports
are asked for. Every function takes it as a `Backend`, so that tests can put another library in its
place.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Generic, Protocol, TypeAlias, TypeVar, cast

from leitmotor.errors import DeviceError
from leitmotor.quiet import quiet_libraries

CLIENT = "leitmotor"
"""What other programs see us as; also the name of the virtual port."""


class MidiEnd(Protocol):
    """What is used of either end of a wire."""

    def get_ports(self) -> list[str]: ...
    def open_port(self, port: int, name: str) -> object: ...
    def open_virtual_port(self, name: str) -> object: ...
    def close_port(self) -> None: ...
    def delete(self) -> None: ...


class MidiOut(MidiEnd, Protocol):
    """What is used of `rtmidi.MidiOut`.

    Thread: one at a time; may block where a JACK server has died.
    """

    def send_message(self, message: list[int]) -> None: ...


Heard: TypeAlias = Callable[[tuple[list[int], float], object], None]
"""Is given a message with the seconds since the last one, and the data that were asked for."""


class MidiIn(MidiEnd, Protocol):
    """What is used of `rtmidi.MidiIn`. The callback comes in a thread of the library."""

    def ignore_types(self, sysex: bool, timing: bool, active_sense: bool) -> None: ...
    def set_callback(self, func: Heard, data: object = None) -> None: ...


class RtMidi(Protocol):
    """What is used of the module `rtmidi`."""

    API_LINUX_ALSA: int
    API_UNIX_JACK: int
    API_MACOSX_CORE: int
    API_WINDOWS_MM: int

    def get_compiled_api(self) -> Sequence[int]: ...

    @property
    def MidiOut(self) -> Callable[..., MidiOut]: ...

    @property
    def MidiIn(self) -> Callable[..., MidiIn]: ...


Backend: TypeAlias = Callable[[], RtMidi]
"""Gives the MIDI library, or raises `DeviceError` where there is none."""

End = TypeVar("End", bound=MidiEnd)


@dataclass(frozen=True, slots=True)
class ClientOf(Generic[End]):
    """Our end of one back end."""

    backend: str  # "ALSA", "JACK", "CoreMIDI", "WinMM"
    midi: End

    def names(self) -> list[str]:
        """The ports that this back end knows."""
        try:
            return self.midi.get_ports()
        except Exception:  # a server that dies while it is asked has no ports
            return []


def python_rtmidi() -> RtMidi:
    """The library python-rtmidi; `DeviceError` where it is not installed."""
    try:
        return cast(RtMidi, import_module("rtmidi"))
    except ImportError as error:
        raise DeviceError(
            "live MIDI needs python-rtmidi, which is not installed here: it comes ready-made for"
            " Python 3.11 and 3.12, so install leitmotor there, or write a file with"
            " `leitmotor render … --out X.wav`"
        ) from error


@contextmanager
def clients_of(
    library: RtMidi, made: Callable[..., End]
) -> Iterator[tuple[list[ClientOf[End]], str]]:
    """Clients of all back ends that answer, in the order to try them, and why the others do not.

    `made` is the library's `MidiOut` or `MidiIn`. They are let go at the end, except those that
    were taken out of the list.
    """
    clients: list[ClientOf[End]] = []
    silent: list[str] = []
    with quiet_libraries():
        try:
            for api, name in _backends(library):
                try:
                    midi = made(rtapi=api, name=CLIENT)
                except (
                    Exception
                ) as error:  # python-rtmidi has errors of its own, unknown until import
                    silent.append(_why_silent(name, error))
                else:
                    clients.append(ClientOf(name, midi))
            yield clients, " and ".join(silent)
        finally:
            for client in clients:
                client.midi.delete()


def matching(selector: str, names: Sequence[str]) -> list[int]:
    """Which of the names are meant: those equal to the selector, else those that contain it."""
    wanted = selector.casefold()
    folded = [name.casefold() for name in names]
    equal = [index for index, name in enumerate(folded) if name == wanted]
    return equal or [index for index, name in enumerate(folded) if wanted in name]


def listed(names: Sequence[str]) -> str:
    """Names of ports, for a message."""
    return ", ".join(f"`{name}`" for name in names)


def _backends(library: RtMidi) -> list[tuple[int, str]]:
    # libjack would start a server of its own where none runs, and it would outlive us.
    os.environ.setdefault("JACK_NO_START_SERVER", "1")
    known = [
        (library.API_LINUX_ALSA, "ALSA"),
        (library.API_UNIX_JACK, "JACK"),
        (library.API_MACOSX_CORE, "CoreMIDI"),
        (library.API_WINDOWS_MM, "WinMM"),
    ]
    compiled = set(library.get_compiled_api())
    return [(api, name) for api, name in known if api in compiled]


def _why_silent(backend: str, error: Exception) -> str:
    if backend == "ALSA":
        return "ALSA has no sequencer (load it with `modprobe snd-seq`)"
    if backend == "JACK":
        return "no JACK server runs (start one)"
    return f"{backend} does not answer ({error})"
