"""All outputs of a performance as one; one that fails does not take the others with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from typing import Protocol, runtime_checkable

from leitmotor.errors import DeviceError
from leitmotor.messages import Event, Setup
from leitmotor.outputs.base import Output

Warn = Callable[[str], None]
"""Told in one sentence what went wrong."""


@runtime_checkable
class Silenceable(Protocol):
    """An output on which notes sound by themselves until they are ended.

    Thread: as for the output.
    """

    def silence(self) -> None:
        """End every note that sounds."""
        ...


@runtime_checkable
class Pulsing(Protocol):
    """An output that others may take their time from. Thread: as for the output."""

    def pulse(self, data: bytes) -> None:
        """Pass on one message of MIDI clock, if it was asked to."""
        ...


class Deck:
    """Sends events to every output that still works, and tells `warn` once of each that does not.

    Thread: one; may block as its outputs may.
    """

    def __init__(self, warn: Warn) -> None:
        self._all: tuple[Output, ...] = ()
        self._working: list[Output] = []
        self._warn = warn

    @property
    def names(self) -> tuple[str, ...]:
        """What the outputs are called."""
        return tuple(output.name for output in self._all)

    def open(self, outputs: Sequence[Output]) -> None:
        """Open all of them or none. `DeviceError` of the first that does not open."""
        with ExitStack() as opened:
            for output in outputs:
                output.open()
                opened.callback(output.close)
            opened.pop_all()
        self._all = tuple(outputs)
        self._working = list(outputs)

    def prepare(self, setups: Sequence[Setup]) -> None:
        """Give each output the set-ups."""
        for output in self._working:
            self._try(output, partial(output.prepare, setups))

    def send(self, event: Event) -> None:
        """Give each output the event."""
        for output in self._working:
            try:
                output.send(event)
            except DeviceError as error:
                self._gone(output, error)

    def pulse(self, data: bytes) -> None:
        """Give what belongs to no voice to each output that passes it on."""
        for output in self._working:
            if isinstance(output, Pulsing):
                self._try(output, partial(output.pulse, data))

    def silence(self) -> None:
        """End at once whatever sounds, on every output that can."""
        for output in self._all:
            if isinstance(output, Silenceable):
                self._try(output, output.silence)

    def close(self) -> None:
        """Close all of them, also those that failed: what they can still silence, they do."""
        for output in self._all:
            self._try(output, output.close)

    def _try(self, output: Output, act: Callable[[], None]) -> None:
        try:
            act()
        except DeviceError as error:
            self._gone(output, error)

    def _gone(self, output: Output, error: DeviceError) -> None:
        if output in self._working:
            # A new list: `send` may be walking along the old one.
            self._working = [each for each in self._working if each is not output]
            self._warn(str(error))
