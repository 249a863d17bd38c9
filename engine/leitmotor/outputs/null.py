"""An output that plays nothing: to rehearse a score, or its cues, without an instrument."""

from __future__ import annotations

from collections.abc import Sequence

from leitmotor.messages import Event, Setup


class NullOutput:
    """Counts the events it drops in `dropped`.

    Thread: one at a time; `send` never blocks.
    """

    name = "null"

    def __init__(self) -> None:
        self.dropped = 0

    def open(self) -> None:
        """Begin to count from 0."""
        self.dropped = 0

    def prepare(self, setups: Sequence[Setup]) -> None:
        """Drop the set-ups, uncounted: they are no events."""

    def send(self, event: Event) -> None:  # noqa: ARG002 - the contract's parameter
        """Drop the event."""
        self.dropped += 1

    def close(self) -> None:
        """Keep the count readable."""
