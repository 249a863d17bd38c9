"""How far a long piece of work has come, on a terminal."""

from __future__ import annotations

import time
from typing import TextIO

from leitmotor.console.wording import clock_text
from leitmotor.music.time import Seconds

PATIENCE: Seconds = 0.5
"""What is done sooner needs no progress."""

EVERY: Seconds = 0.1
_BAR = 30


class Progress:
    """Two passes over a performance: one finds its end, one writes it. Silent off a terminal.

    Thread: one.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._next = time.monotonic() + PATIENCE if stream.isatty() else float("inf")
        self._furthest: Seconds = 0.0
        self._end: Seconds | None = None
        self._shown = False

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()

    def __call__(self, at: Seconds) -> None:
        """The work has come to this second of the performance."""
        if self._end is None and at < self._furthest:
            self._end = self._furthest
        self._furthest = max(self._furthest, at)
        now = time.monotonic()
        if now >= self._next:
            self._next = now + EVERY
            self._shown = True
            self._stream.write(f"\r{progress_text(at, self._end)}\x1b[K")
            self._stream.flush()


def progress_text(at: Seconds, end: Seconds | None) -> str:
    """One line: the bar and the second reached; without a bar while the end is not known."""
    if not end:
        return f"looking for the end … {clock_text(at, 0)}"
    done = round(_BAR * min(at / end, 1.0))
    return f"[{'#' * done}{' ' * (_BAR - done)}] {clock_text(at, 0)} of {clock_text(end, 0)}"
