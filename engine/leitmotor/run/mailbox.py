"""What the performer hears: cues and the wish to stop, from the parent or from a signal."""

from __future__ import annotations

import sys
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from selectors import EVENT_READ, DefaultSelector
from typing import Protocol

from leitmotor.music.time import Seconds
from leitmotor.run.protocol import StopNow, ToPerformer

GRAIN: Seconds = 0.001
"""By so much a mailbox may oversleep: systems count the wait on a pipe in milliseconds."""

PARENT_GONE = "the other process is gone"


class Mailbox(Protocol):
    """Messages that arrive while the music plays.

    Thread: one.
    """

    def wait(self, patience: Seconds | None) -> bool:
        """Return when a message is there, or after so long (within `GRAIN`); which it was. Blocks.

        True where there is a message.
        """
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
        self._connection = connection
        self._bell_in, self._bell = Pipe(duplex=False)
        self._rung = False
        self._sources = [connection, self._bell_in]
        # Made once: the wait is in the loop that sends the notes. Windows cannot select on pipes.
        self._selector = None if sys.platform == "win32" else DefaultSelector()
        if self._selector is not None:
            for source in self._sources:
                self._selector.register(source, EVENT_READ)

    def ring(self, reason: str) -> None:
        """Wake the performer and let it stop. The first ring counts."""
        if not self._rung:
            self._rung = True
            self._bell.send(StopNow(reason))

    def wait(self, patience: Seconds | None) -> bool:
        """Return when a message is there, the bell rings (True), or after so long. Blocks."""
        return bool(self._ready(patience))

    def take(self) -> list[ToPerformer]:
        """The messages that are there. Never blocks."""
        messages: list[ToPerformer] = []
        while ready := self._ready(0):
            for source in ready:
                try:
                    messages.append(source.recv())
                except (EOFError, OSError):
                    self._forget(source)
                    messages.append(StopNow(PARENT_GONE))
        return messages

    def _ready(self, patience: Seconds | None) -> list[Connection]:
        """The sources that have something; waits so long for the first."""
        if self._selector is None:
            return [s for s in wait(self._sources, patience) if isinstance(s, Connection)]
        return [key.fileobj for key, _ in self._selector.select(patience)]  # type: ignore[misc]

    def _forget(self, source: Connection) -> None:
        self._sources.remove(source)
        if self._selector is not None:
            self._selector.unregister(source)
