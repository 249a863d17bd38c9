"""The performer process as it is, except that every note's send call is stamped.

A measurement from outside the process would measure the MIDI server's period; the histogram inside
it keeps no single notes. So the outputs of the performer are wrapped: the wrapper reads the clock
and passes the event on.
"""

from __future__ import annotations

import os
import pickle
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from leitmotor.messages import Attack, Event, Release, Setup
from leitmotor.outputs.base import Output
from leitmotor.outputs.choose import chosen
from leitmotor.outputs.null import NullOutput
from leitmotor.run import calling

FILE = "LEITMOTOR_BENCH_STAMPS"
"""Names the file in which the performer process leaves its stamps."""


class Stamp(NamedTuple):
    """A note event at the call that sends it, on the system-wide `time.perf_counter`."""

    at: float
    attack: bool
    channel: int
    pitch: int
    seconds: float  # where it belongs in the performance


class StampingOutput:
    """Stamps notes on their way to another output."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self.name = output.name
        self.stamps: list[Stamp] = []

    def open(self) -> None:
        """Open the output."""
        self._output.open()

    def prepare(self, setups: Sequence[Setup]) -> None:
        """Prepare the output."""
        self._output.prepare(setups)

    def send(self, event: Event) -> None:
        """Stamp and pass on."""
        if isinstance(event, (Attack, Release)):
            voice = event.voice
            attack = isinstance(event, Attack)
            stamp = Stamp(time.perf_counter(), attack, voice.channel, event.pitch, event.seconds)
            self.stamps.append(stamp)
        self._output.send(event)

    def silence(self) -> None:
        """Silence the output, if it is one that can sound."""
        silence = getattr(self._output, "silence", None)
        if silence is not None:
            silence()

    def close(self) -> None:
        """Close the output and write the stamps down."""
        self._output.close()
        Path(os.environ[FILE]).write_bytes(pickle.dumps(self.stamps))


def _stamping(text: str, *, out: str | None = None) -> Output:
    """The output that was chosen, or a null output, behind a stamp."""
    return StampingOutput(NullOutput() if text == "null" else chosen(text, out=out))


def perform(connection: Connection) -> None:
    """The performer process with stamped outputs."""
    from leitmotor.run import performer_process

    setattr(performer_process, "chosen", _stamping)  # noqa: B010 - not part of what it offers
    performer_process.perform(connection)


@contextmanager
def stamped(file: Path) -> Iterator[None]:
    """Performers that are started inside leave their stamps in `file`."""
    os.environ[FILE] = str(file)
    usual = calling.perform
    setattr(calling, "perform", perform)  # noqa: B010
    try:
        yield
    finally:
        setattr(calling, "perform", usual)  # noqa: B010
        del os.environ[FILE]


def stamps_in(file: Path) -> list[Stamp]:
    """The stamps that a performer left."""
    stamps: list[Stamp] = pickle.loads(file.read_bytes())
    return stamps
