"""A smooth line through steps that arrive with jitter: where a foreign clock is now, and how fast.

Steps are equal and numbered; the time of each is estimated, and the time between two. The filter is
least squares with fading memory (alpha and beta of a second-order loop), which begins with all that
it has seen, and forgets with the factor `memory` a step once it has seen enough:

    residual r = arrival - predicted,  time = predicted + alpha·r,  period = period + beta·r
    alpha = max(2(2n-1) / n(n+1), 1 - memory²),  beta = max(6 / n(n+1), (1 - memory)²)
"""

from __future__ import annotations

from leitmotor.music.time import Seconds

_FASTEST, _SLOWEST = 0.125, 8.0
"""The period stays within these multiples of the one that is expected."""


class Follower:
    """Follows steps from the first one on; a negative `period` counts them backwards.

    Thread: one at a time; never raises.
    """

    __slots__ = ("_expected", "_memory", "_seen", "period", "step", "time")

    def __init__(self, at: Seconds, step: int, period: Seconds, memory: float) -> None:
        self.step = step
        """The last step that came."""
        self.time = at
        """When it came, as far as can be told."""
        self.period = period
        """From a step to the next."""
        self._expected = period
        self._memory = memory
        self._seen = 1

    def due(self, step: float) -> Seconds:
        """When a step comes."""
        return self.time + self.period * (step - self.step)

    def place(self, at: Seconds) -> float:
        """How many steps have passed at an instant."""
        return self.step + (at - self.time) / self.period

    def measure(self, at: Seconds, step: int) -> None:
        """A step came, not the one that came last."""
        passed = step - self.step
        if not passed:
            return
        self._seen += 1
        n, memory = self._seen, self._memory
        alpha = max(2.0 * (2 * n - 1) / (n * (n + 1)), 1.0 - memory * memory)
        beta = max(6.0 / (n * (n + 1)), (1.0 - memory) ** 2)
        predicted = self.due(step)
        rest = at - predicted
        self.time = predicted + alpha * rest
        self.step = step
        ratio = (self.period + beta * rest / passed) / self._expected
        self.period = self._expected * min(max(ratio, _FASTEST), _SLOWEST)
