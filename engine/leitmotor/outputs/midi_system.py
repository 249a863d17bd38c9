"""The machine's MIDI: its back ends, their ports by name, and how to open one.

python-rtmidi is imported only when ports are asked for. Every function takes it as a `Backend`, so
that tests can put another library in its place.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Protocol, TypeAlias, cast

from leitmotor.errors import DeviceError
from leitmotor.outputs.quiet import quiet_libraries

CLIENT = "leitmotor"
"""What other programs see us as; also the name of the virtual port."""


class MidiOut(Protocol):
    """What is used of `rtmidi.MidiOut`.

    Thread: one at a time; may block where a JACK server has died.
    """

    def get_ports(self) -> list[str]: ...
    def open_port(self, port: int, name: str) -> object: ...
    def open_virtual_port(self, name: str) -> object: ...
    def send_message(self, message: list[int]) -> None: ...
    def close_port(self) -> None: ...
    def delete(self) -> None: ...


class RtMidi(Protocol):
    """What is used of the module `rtmidi`."""

    API_LINUX_ALSA: int
    API_UNIX_JACK: int
    API_MACOSX_CORE: int
    API_WINDOWS_MM: int

    def get_compiled_api(self) -> Sequence[int]: ...

    @property
    def MidiOut(self) -> Callable[..., MidiOut]: ...


Backend: TypeAlias = Callable[[], RtMidi]
"""Gives the MIDI library, or raises `DeviceError` where there is none."""


@dataclass(frozen=True, slots=True)
class PortInfo:
    """A port that music can be sent to, and the back end that knows it."""

    name: str
    backend: str  # "ALSA", "JACK", "CoreMIDI", "WinMM"


@dataclass(frozen=True, slots=True)
class PortListing:
    """The ports of this machine. Where there are none, `reason` says in one sentence why."""

    ports: tuple[PortInfo, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Client:
    """Our end of one back end."""

    backend: str
    midi: MidiOut


def python_rtmidi() -> RtMidi:
    """The library python-rtmidi; `DeviceError` where it is not installed."""
    try:
        return cast(RtMidi, import_module("rtmidi"))
    except ImportError as error:
        raise DeviceError(
            "live MIDI needs python-rtmidi, which is not installed here: it comes ready-made for"
            " Python 3.11 and 3.12, so install leitmotor there, or write a file with"
            " `leitmotor play … --out X.mid`"
        ) from error


def list_ports(backend: Backend = python_rtmidi) -> PortListing:
    """The ports of every back end that answers. Never raises.

    Thread: any, one at a time; may block for a second or two where JACK runs. What the system's
    libraries print meanwhile on the error stream is dropped.
    """
    found: list[PortInfo] = []
    try:
        with reached(backend()) as (clients, reason):
            if clients:
                reason = _empty([client.backend for client in clients])
            for client in clients:
                found += [PortInfo(name, client.backend) for name in _names(client)]
    except DeviceError as error:
        return PortListing((), str(error))
    return PortListing(tuple(found), "" if found else reason)


@contextmanager
def reached(library: RtMidi) -> Iterator[tuple[list[Client], str]]:
    """Clients of all back ends that answer, in the order to try them, and why the others do not.

    They are let go at the end, except those that were taken out of the list.
    """
    clients: list[Client] = []
    silent: list[str] = []
    with quiet_libraries():
        try:
            for api, name in _backends(library):
                try:
                    midi = library.MidiOut(rtapi=api, name=CLIENT)
                except (
                    Exception
                ) as error:  # python-rtmidi has errors of its own, unknown until import
                    silent.append(_why_silent(name, error))
                else:
                    clients.append(Client(name, midi))
            yield clients, _joined(silent)
        finally:
            for client in clients:
                client.midi.delete()


def opened_port(selector: str, backend: Backend) -> Client:
    """Open the one port whose name contains `selector`, letter case aside.

    Back ends are tried in order: the first that knows such a port has it. `DeviceError` where no
    port or more than one is meant.
    """
    with reached(backend()) as (clients, reason):
        names = [_names(client) for client in clients]
        for client, known in zip(list(clients), names, strict=True):
            hits = matching(selector, known)
            if len(hits) > 1:
                listed = _listed([known[hit] for hit in hits])
                raise DeviceError(
                    f"`midi:{selector}` fits {len(hits)} ports: {listed}; give more of the name"
                )
            if hits:
                _open(client, partial(client.midi.open_port, hits[0], CLIENT))
                clients.remove(client)
                return client
        if not clients:
            raise DeviceError(reason)
        raise DeviceError(_unknown(selector, [name for known in names for name in known]))


def opened_virtual_port(backend: Backend) -> Client:
    """Open a port of our own that other programs connect to. `DeviceError` on Windows."""
    library = backend()
    with reached(library) as (clients, reason):
        if not clients:
            raise DeviceError(reason)
        client = clients[0]
        if client.backend == "WinMM":
            raise DeviceError(
                "Windows has no virtual MIDI ports: install a loopback driver such as loopMIDI and"
                " play to its port with `--out midi:NAME`"
            )
        _open(client, partial(client.midi.open_virtual_port, CLIENT))
        clients.remove(client)
        return client


def matching(selector: str, names: Sequence[str]) -> list[int]:
    """Which of the names are meant: those equal to the selector, else those that contain it."""
    wanted = selector.casefold()
    folded = [name.casefold() for name in names]
    equal = [index for index, name in enumerate(folded) if name == wanted]
    return equal or [index for index, name in enumerate(folded) if wanted in name]


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


def _joined(silent: Sequence[str]) -> str:
    if not silent:
        return ""
    why = " and ".join(silent)
    instead = "or write a file with `leitmotor play … --out X.mid`"
    return f"no MIDI port can be reached: {why}; {instead}"


def _empty(backends: Sequence[str]) -> str:
    return f"{' and '.join(backends)} has no MIDI port yet: connect an instrument or start one"


def _names(client: Client) -> list[str]:
    try:
        return client.midi.get_ports()
    except Exception:  # a server that dies while it is asked has no ports
        return []


def _open(client: Client, attempt: Callable[[], object]) -> None:
    try:
        attempt()
    except Exception as error:
        raise DeviceError(
            f"{client.backend} does not open the MIDI port ({error});"
            " see whether another program has it"
        ) from error


def _unknown(selector: str, names: Sequence[str]) -> str:
    if not names:
        return (
            f"no MIDI port fits `midi:{selector}`, for there is none: connect or start the"
            " instrument, or use `--out virtual`"
        )
    return f"no MIDI port fits `midi:{selector}`; there are: {_listed(names)}"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
