"""The performer's process before it knows what to play: called early, as it takes time to come."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from types import ModuleType
from typing import NamedTuple


class Called(NamedTuple):
    """A performer process that waits for its plan at the other end of `connection`."""

    process: SpawnProcess
    connection: Connection

    def dismiss(self) -> None:
        """It is not needed after all: it goes when its pipe ends. Does not wait for it."""
        self.connection.close()


def call_performer() -> Called:
    """Start the process; it imports what it plays with while its caller reads the score.

    Thread: any; from the main thread, Ctrl-C is kept away from the child. Blocks for a few ms.
    """
    context = get_context("spawn")
    connection, theirs = context.Pipe(duplex=True)
    process = context.Process(
        target=perform, args=(theirs,), name="leitmotor performer", daemon=True
    )
    with _nobody_imported(), _interrupts_kept_away():
        process.start()
    theirs.close()
    return Called(process, connection)


def perform(connection: Connection) -> None:
    """What the process does. It imports what it plays with, so that its caller need not."""
    from leitmotor.run import performer_process

    performer_process.perform(connection)


@contextmanager
def _nobody_imported() -> Iterator[None]:
    """Hide the program's main module: spawn would run it again in the child, imports and all."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def _interrupts_kept_away() -> Iterator[None]:
    """A child that is born deaf to Ctrl-C leaves it to its parent from its first instant on."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        with suppress(ValueError, TypeError):
            signal.signal(signal.SIGINT, before)
