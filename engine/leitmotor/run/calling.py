"""The performer's process before it knows what to play: called early, as it takes time to come."""

from __future__ import annotations

from importlib import import_module
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import NamedTuple

from leitmotor.run.spawned import spawned

_NAME = "leitmotor performer"


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
    return Called(*spawned(perform, _NAME))


def call_sounding_performer() -> Called:
    """As `call_performer`, where there will be sound: it imports what makes it, too."""
    return Called(*spawned(perform_with_sound, _NAME))


def perform_with_sound(connection: Connection) -> None:
    """What that process does."""
    for name in ("audio_start", "built_in_sound"):
        import_module(f"leitmotor.run.{name}")
    perform(connection)


def perform(connection: Connection) -> None:
    """What the process does. It imports what it plays with, so that its caller need not."""
    from leitmotor.run import performer_process

    performer_process.perform(connection)
