"""One end of the pipe between the two processes, for whoever must never wait for the other side."""

from __future__ import annotations

import pickle
import threading
from multiprocessing.connection import Connection
from queue import SimpleQueue

from leitmotor.music.time import Seconds
from leitmotor.run.plan import PlayPlan
from leitmotor.run.protocol import FromPerformer, ToPerformer


class Wire:
    """Posts messages through a thread of its own that waits in the caller's stead.

    Messages are pickled by the caller, at a moment of its choosing, so that the thread never holds
    the interpreter for longer than a system call takes.

    Thread: `post` from any, the rest from the one that made it.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._queue: SimpleQueue[bytes | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._carry, name="leitmotor wire", daemon=True)
        self._thread.start()

    def post(self, message: FromPerformer | ToPerformer | PlayPlan) -> None:
        """Send a message. Never blocks; where the other side is gone, nothing happens."""
        self._queue.put(pickle.dumps(message, pickle.HIGHEST_PROTOCOL))

    def close(self, patience: Seconds) -> None:
        """Wait until everything is sent, so long at most. Does not close the pipe."""
        self._queue.put(None)
        self._thread.join(patience)

    def _carry(self) -> None:
        while (data := self._queue.get()) is not None:
            try:
                self._connection.send_bytes(data)
            except (OSError, ValueError):  # the other side is gone: its reader will notice
                return
