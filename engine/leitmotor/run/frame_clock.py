"""The clock of a performance that a device plays: the frames it plays are the time."""

from __future__ import annotations

from collections import deque

from leitmotor.music.time import Seconds
from leitmotor.run.clock import Clock

STEEPEST = 1e-3
"""So much faster or slower than real time it goes at most: by a millisecond in a second."""

SMOOTHING: Seconds = 1.0
"""A difference is taken back within about so long."""

REMEMBERED = 16
"""Observations that are compared: the one that came with the least delay is right."""


class FrameClock:
    """Tells the instant that is being heard: frame f of the sound is heard at `second(f)`.

    Whoever plays the sound says when which frame will be heard (`observe`), in real time, which is
    that of `real`. Where nobody has said so for a while, it goes on in real time; a device that
    comes (back) is told by `frame_at` which frame fits, so that the time goes on without a jump.

    Between observations it is a straight line, and each begins where the last one stands: it never
    goes back and never jumps. A difference e is taken back by a slope of 1 + e / `SMOOTHING`,
    within ± `STEEPEST`. Observations come late and never early, so that of the last few the most
    advanced one counts.

    Thread: one.
    """

    def __init__(self, real: Clock, rate: int) -> None:
        self.rate = rate
        self._real = real
        self._from = self._begin = real.now()  # frame 0
        self._stands: Seconds = self._begin  # what it shows at `_from` of real time
        self._slope = 1.0
        self._holds: Seconds = self._begin  # until then the slope is known
        self._ahead: deque[Seconds] = deque(maxlen=REMEMBERED)

    # -- as a clock --------------------------------------------------------------------------------

    def now(self) -> Seconds:
        """The instant that is being heard, in seconds since some instant. Never goes back."""
        return self.at(self._real.now())

    def at(self, stamp: Seconds) -> Seconds:
        """What it shows, or showed, at an instant of real time."""
        known = min(stamp, self._holds) if stamp > self._from else stamp
        return self._stands + (known - self._from) * self._slope + (stamp - known)

    def sleep_until(self, deadline: Seconds) -> None:
        """Return when it shows `deadline`; at once where it has. Blocks."""
        self._real.sleep_until(self.real(deadline))

    def real(self, second: Seconds) -> Seconds:
        """When it will show so much, in real time."""
        at_the_hold = self.at(self._holds)
        if second > at_the_hold and self._holds > self._from:
            return self._holds + (second - at_the_hold)
        if self._holds <= self._from:
            return self._from + (second - self._stands)
        return self._from + (second - self._stands) / self._slope

    # -- as the time of frames ---------------------------------------------------------------------

    def second(self, frame: float) -> Seconds:
        """When a frame is heard."""
        return self._begin + frame / self.rate

    def frame(self, second: Seconds) -> int:
        """The frame that is heard then."""
        return round((second - self._begin) * self.rate)

    def frame_at(self, stamp: Seconds) -> int:
        """The frame that, heard at an instant of real time, fits the time as it is."""
        return self.frame(self.at(stamp))

    def observe(self, frame: int, heard: Seconds, patience: Seconds) -> Seconds:
        """`frame` will be heard at `heard` of real time; what it shows is that much behind.

        It counts for `patience`: after that it goes on in real time until the next observation.
        """
        now = self._real.now()
        if now > self._holds:
            self._ahead.clear()  # what the device did before it fell silent tells nothing
        self._ahead.append(self.second(frame) - heard)
        self._stands, self._from = self.at(now), now
        behind = max(self._ahead) - (self._stands - now)
        self._slope = 1.0 + min(max(behind / SMOOTHING, -STEEPEST), STEEPEST)
        self._holds = now + patience
        return behind

    def forget(self) -> None:
        """What was observed holds no more: another device, or the same one anew."""
        now = self._real.now()
        self._stands, self._from = self.at(now), now
        self._slope, self._holds = 1.0, now
        self._ahead.clear()
