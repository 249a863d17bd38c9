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
_ENOUGH_TO_TELL = 0.01
"""Before so much is done, nobody knows how long the rest will take."""


class Progress:
    """A performance is computed, perhaps twice, to find its end and to write it; then it is made
    into sound, where that is wanted. Silent off a terminal.

    Thread: one.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._next = time.monotonic() + PATIENCE if stream.isatty() else float("inf")
        self._furthest: Seconds = 0.0
        self._end: Seconds | None = None
        self._shown = False
        self._sound_began: Seconds | None = None

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
        if time.monotonic() >= self._next:
            self._show(progress_text(at, self._end))

    def sound(self, what: str, share: float) -> None:
        """So much of the sound is made, 0 … 1, and now it is the turn of `what`."""
        now = time.monotonic()
        if self._sound_began is None:
            self._sound_began = now
        if now >= self._next:
            self._show(sound_text(what, share, now - self._sound_began))

    def _show(self, text: str) -> None:
        self._next = time.monotonic() + EVERY
        self._shown = True
        self._stream.write(f"\r{text}\x1b[K")
        self._stream.flush()


def progress_text(at: Seconds, end: Seconds | None) -> str:
    """One line: the bar and the second reached; without a bar while the end is not known."""
    if not end:
        return f"looking for the end … {clock_text(at, 0)}"
    return f"{_bar(at / end)} {clock_text(at, 0)} of {clock_text(end, 0)}"


def sound_text(what: str, share: float, took: Seconds) -> str:
    """One line: the bar, what is being made, and how long it will still take at this pace."""
    left = ""
    if share >= _ENOUGH_TO_TELL:
        left = f", {clock_text(took * (1.0 - share) / share + 0.999, 0)} left"
    return f"{_bar(share)} {what}{left}"


def _bar(share: float) -> str:
    done = round(_BAR * min(share, 1.0))
    return f"[{'#' * done}{' ' * (_BAR - done)}]"
