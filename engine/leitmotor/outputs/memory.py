"""An output that keeps what it was given, for tests and for programs that embed the engine."""

from __future__ import annotations

from collections.abc import Sequence

from leitmotor.messages import Event, Setup


class MemoryOutput:
    """Keeps every event in `events` and every set-up in `setups`, in order.

    Thread: one at a time; `send` never blocks and costs one append.
    """

    name = "memory"

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.setups: list[Setup] = []

    def open(self) -> None:
        """Begin anew: forget an earlier performance."""
        self.events.clear()
        self.setups.clear()

    def prepare(self, setups: Sequence[Setup]) -> None:
        """Keep the set-ups."""
        self.setups.extend(setups)

    def send(self, event: Event) -> None:
        """Keep the event."""
        self.events.append(event)

    def close(self) -> None:
        """Keep all that was sent readable."""
