"""What the performer hears: cues and the wish to stop, from the parent or from a signal."""

from __future__ import annotations

from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from typing import Protocol

from leitmotor.music.time import Seconds
from leitmotor.run.protocol import StopNow, ToPerformer

GRAIN: Seconds = 0.001
"""By so much a mailbox may oversleep: systems count the wait on a pipe in milliseconds."""

PARENT_GONE = "the other process is gone"


class Mailbox(Protocol):
    """Messages that arrive while the music plays."""

    def wait(self, patience: Seconds | None) -> None:
        """Return when a message is there, or after so long (within `GRAIN`). Blocks."""
        ...

    def take(self) -> list[ToPerformer]:
        """The messages that are there, in order. Never blocks."""
        ...


class PipeMailbox:
    """The performer's end of the pipe, with a bell that a signal handler may ring.

    The bell is a pipe as well, so that one wait hears both on every system. When the parent's end
    is closed, that is a wish to stop.

    Thread: one; `ring` also from a signal handler in it.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection: Connection | None = connection
        self._bell_in, self._bell = Pipe(duplex=False)
        self._rung = False

    def ring(self, reason: str) -> None:
        """Wake the performer and let it stop. The first ring counts."""
        if not self._rung:
            self._rung = True
            self._bell.send(StopNow(reason))

    def wait(self, patience: Seconds | None) -> None:
        """Return when a message is there, the bell rings, or after so long. Blocks."""
        wait(self._sources(), patience)

    def take(self) -> list[ToPerformer]:
        """The messages that are there. Never blocks."""
        messages: list[ToPerformer] = []
        for source in wait(self._sources(), 0):
            assert isinstance(source, Connection)
            try:
                while source.poll():
                    messages.append(source.recv())
            except (EOFError, OSError):
                self._connection = None
                messages.append(StopNow(PARENT_GONE))
        return messages

    def _sources(self) -> list[Connection]:
        return [self._bell_in] if self._connection is None else [self._connection, self._bell_in]
