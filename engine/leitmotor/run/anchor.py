"""Where seconds of the performance lie in real time."""

from __future__ import annotations

from typing import NamedTuple

from leitmotor.music.time import Seconds


class Anchor(NamedTuple):
    """Second `begin` of the performance sounds at `origin` of the clock; `speed` 2: twice as fast.

    Computed from the one anchor, never summed. Any thread; never blocks.
    """

    origin: Seconds
    begin: Seconds
    speed: float

    def due(self, seconds: Seconds) -> Seconds:
        """When on the clock a second of the performance sounds."""
        return self.origin + (seconds - self.begin) / self.speed

    def seconds(self, now: Seconds) -> Seconds:
        """Which second of the performance sounds at an instant of the clock; not before `begin`."""
        return max(self.begin, self.begin + (now - self.origin) * self.speed)

    def frames(self, seconds: Seconds, rate: int) -> int:
        """How many frames of sound, `rate` a second, lie between the origin and a second."""
        return round((seconds - self.begin) / self.speed * rate)
