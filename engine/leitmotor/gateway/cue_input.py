"""What every input of a live session is to those that run it."""

from __future__ import annotations

from typing import Protocol

from leitmotor.run.protocol import Answered


class CueInput(Protocol):
    """A source of cues beside the keyboard.

    Thread: both from the session's, and neither blocks.
    """

    def answered(self, message: Answered) -> None:
        """A cue has had its first answer; whether it was one of this input, its ticket says."""
        ...

    def notices(self) -> tuple[str, ...]:
        """Lines for the operator, since this was asked last."""
        ...
