"""The ports of this machine that music can be sent to, by name, and how to open one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from leitmotor.errors import DeviceError
from leitmotor.midi_library import (
    CLIENT,
    Backend,
    ClientOf,
    MidiOut,
    RtMidi,
    clients_of,
    listed,
    matching,
    python_rtmidi,
)

Client: TypeAlias = ClientOf[MidiOut]
"""Our end of one back end, to play on."""


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
                found += [PortInfo(name, client.backend) for name in client.names()]
    except DeviceError as error:
        return PortListing((), str(error))
    return PortListing(tuple(found), "" if found else reason)


@contextmanager
def reached(library: RtMidi) -> Iterator[tuple[list[Client], str]]:
    """Clients of all back ends that answer, in the order to try them, and why the others do not.

    They are let go at the end, except those that were taken out of the list.
    """
    with clients_of(library, library.MidiOut) as (clients, silent):
        yield clients, _joined(silent)


def opened_port(selector: str, backend: Backend) -> Client:
    """Open the one port whose name contains `selector`, letter case aside.

    Back ends are tried in order: the first that knows such a port has it. `DeviceError` where no
    port or more than one is meant.
    """
    with reached(backend()) as (clients, reason):
        names = [client.names() for client in clients]
        for client, known in zip(list(clients), names, strict=True):
            hits = matching(selector, known)
            if len(hits) > 1:
                fitting = listed([known[hit] for hit in hits])
                raise DeviceError(
                    f"`midi:{selector}` fits {len(hits)} ports: {fitting}; give more of the name"
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


def _joined(why: str) -> str:
    if not why:
        return ""
    instead = "or write a file with `leitmotor render … --out X.wav`"
    return f"no MIDI port can be reached: {why}; {instead}"


def _empty(backends: Sequence[str]) -> str:
    return f"{' and '.join(backends)} has no MIDI port yet: connect an instrument or start one"


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
    return f"no MIDI port fits `midi:{selector}`; there are: {listed(names)}"
