"""A performance kept on disk while it is made into sound, so that it is performed only once."""

from __future__ import annotations

import os
import pickle
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from leitmotor.errors import DeviceError
from leitmotor.messages import Attack, Event, Setup
from leitmotor.outputs.base import Output

_BATCH = 2000
"""So many events are pickled at once: what they share is kept once for all of them."""


class Part(NamedTuple):
    """Somebody who was heard: an instrument in a role."""

    role: str
    instrument: str


class EventSpool:
    """An output that keeps events in a temporary file, which `play_spool` plays from.

    `parts` are those who played, in the order in which they came in. Use it in a `with`, at whose
    end the file is removed.

    Thread: one at a time; `send` may block on the disk.
    """

    name = "spool of events"

    def __init__(self) -> None:
        self._path: Path | None = None
        self._stream: BinaryIO | None = None
        self._batch: list[Event] = []
        self._parts: dict[Part, None] = {}

    def __enter__(self) -> EventSpool:
        return self

    def __exit__(self, *_: object) -> None:
        self.discard()

    @property
    def path(self) -> Path:
        """The file, once the spool has been opened."""
        if self._path is None:
            raise DeviceError("the spool of events is not open; open the output first")
        return self._path

    @property
    def parts(self) -> tuple[Part, ...]:
        """Who played."""
        return tuple(self._parts)

    def open(self) -> None:
        """Make the file. `DeviceError` where no temporary file can be made."""
        self.discard()
        self._parts.clear()
        try:
            number, name = tempfile.mkstemp(prefix="leitmotor-", suffix=".spool")
        except OSError as error:
            raise _failure(error) from error
        self._path = Path(name)
        self._stream = os.fdopen(number, "wb")

    def prepare(self, setups: Sequence[Setup]) -> None:
        """Keep the set-ups where the events have got to."""
        self._flush()
        self._dump(tuple(setups))

    def send(self, event: Event) -> None:
        """Keep the event."""
        if isinstance(event, Attack):
            self._parts[Part(event.voice.role, event.voice.instrument)] = None
        self._batch.append(event)
        if len(self._batch) >= _BATCH:
            self._flush()

    def close(self) -> None:
        """Write what is left; the file stays, to be read."""
        stream = self._stream
        if stream is None:
            return
        self._flush()
        self._stream = None
        try:
            stream.close()
        except OSError as error:
            raise _failure(error) from error

    def discard(self) -> None:
        """Remove the file."""
        stream, path = self._stream, self._path
        self._stream = self._path = None
        self._batch.clear()
        with suppress(OSError):
            if stream is not None:
                stream.close()
        with suppress(OSError):
            if path is not None:
                path.unlink()

    def _flush(self) -> None:
        if self._batch:
            self._dump(list(self._batch))
            self._batch.clear()

    def _dump(self, content: list[Event] | tuple[Setup, ...]) -> None:
        if self._stream is None:
            return
        try:
            pickle.dump(content, self._stream, pickle.HIGHEST_PROTOCOL)
        except OSError as error:
            raise _failure(error) from error


def play_spool(path: Path, output: Output) -> None:
    """Give an opened output all that a spool of this very program has kept."""
    with path.open("rb") as stream:
        for content in _contents(stream):
            if isinstance(content, tuple):
                output.prepare(content)
                continue
            for event in content:
                output.send(event)


def _contents(stream: BinaryIO) -> Iterator[list[Event] | tuple[Setup, ...]]:
    while True:
        try:
            yield pickle.load(stream)
        except EOFError:
            return


def _failure(error: OSError) -> DeviceError:
    why = error.strerror or str(error)
    return DeviceError(
        f"cannot keep the performance in {tempfile.gettempdir()}: {why}; free the place, or name"
        " another folder in the environment variable TMPDIR"
    )
