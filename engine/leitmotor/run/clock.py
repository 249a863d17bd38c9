"""Real time, and the time that tests make."""

from __future__ import annotations

import time
from typing import Protocol

from leitmotor.music.time import Seconds


class Clock(Protocol):
    """Tells the time and waits for it.

    Thread: one.
    """

    def now(self) -> Seconds:
        """Seconds since some instant, never going back. Never blocks."""
        ...

    def at(self, stamp: Seconds) -> Seconds:
        """What it shows at an instant of `time.perf_counter`. Never blocks."""
        ...

    def sleep_until(self, deadline: Seconds) -> None:
        """Return at the deadline as exactly as can be; at once where it has passed. Blocks."""
        ...


class SystemClock:
    """`time.perf_counter`, which on Linux, macOS and Windows all processes share.

    It sleeps until `spin_seconds` before the deadline and spins from there: a sleep alone comes
    0.2 ms late, and spinning alone would cost a core.

    Thread: any.
    """

    def __init__(self, spin_seconds: Seconds) -> None:
        self._spin_seconds = spin_seconds
        self.now = time.perf_counter

    def at(self, stamp: Seconds) -> Seconds:
        """The stamp: it is this clock's time."""
        return stamp

    def sleep_until(self, deadline: Seconds) -> None:
        """Sleep, then spin. Blocks until the deadline."""
        now = self.now
        rest = deadline - now() - self._spin_seconds
        if rest > 0:
            time.sleep(rest)
        while now() < deadline:
            pass


class VirtualClock:
    """A clock that stands until it is told to go on; whoever sleeps on it jumps ahead.

    Thread: one.
    """

    def __init__(self, start: Seconds = 0.0) -> None:
        self._now = start

    def now(self) -> Seconds:
        """The time that was made so far."""
        return self._now

    def at(self, stamp: Seconds) -> Seconds:
        """The stamp: tests make both times as one."""
        return stamp

    def sleep_until(self, deadline: Seconds) -> None:
        """Jump to the deadline."""
        self._now = max(self._now, deadline)

    def jump(self, seconds: Seconds) -> None:
        """Let so much time pass at once."""
        self._now += seconds
