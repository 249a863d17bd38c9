"""How a parameter moves: a closed form in seconds from its last input (S30). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from leitmotor.music.time import Seconds
from leitmotor.score.compiled_parameters import Parameter

STEEPEST = 3.0
"""A cubic that comes to rest stays on one side of its goal up to this slope (Fritsch, Carlson)."""

HAIR = 1e-12
"""Levels so near, as a share of the way, are the same: what rounding leaves."""

HALVINGS = 60
"""More than the digits of a float between 0 and 1."""

Stretch: TypeAlias = tuple[Seconds, Seconds]
AT_ONCE: Seconds = 1e-6
"""Less than a tick: such a way is a jump."""

FOREVER: Seconds = 1e18


@dataclass(slots=True)
class Motion:
    """The way from where a parameter was at an input to what the input said.

    Before `began` it stands at `origin`, from `began + length` on at `target`. A gentle way is a
    cubic that begins with `slope` (of 1, where even) and comes to rest; any other is even.
    """

    began: Seconds
    origin: float
    target: float
    length: Seconds = 0.0
    is_gentle: bool = False
    slope: float = 0.0
    before: float = 0.0  # the target that this one took the place of
    ident: int = 0

    @property
    def arrives(self) -> Seconds:
        """When the target is reached."""
        return self.began + self.length

    def value_at(self, seconds: Seconds) -> float:
        """Where the parameter is."""
        if seconds >= self.arrives:
            return self.target
        if seconds <= self.began:
            return self.origin
        share = self._share((seconds - self.began) / self.length)
        return self.origin + (self.target - self.origin) * min(max(share, 0.0), 1.0)

    def speed_at(self, seconds: Seconds) -> float:
        """How fast it moves, in its own unit a second."""
        if not self.began <= seconds < self.arrives:
            return 0.0
        x, slope = (seconds - self.began) / self.length, 1.0
        if self.is_gentle:
            slope = self.slope * (1.0 - 4.0 * x + 3.0 * x * x) + 6.0 * x * (1.0 - x)
        return (self.target - self.origin) / self.length * slope

    def _share(self, x: float) -> float:
        """How much of the way is done after a share `x` of its time."""
        if not self.is_gentle:
            return x
        return self.slope * x * (1.0 - x) ** 2 + x * x * (3.0 - 2.0 * x)

    def beyond(self, level: float, sign: int) -> Stretch | None:
        """From when to when the value is at or above `level`; at or below it for a `sign` of -1.

        Both ends count. It is one stretch, as the value moves in one direction only.
        """
        first = self.target if self.length <= 0.0 else self.origin
        hair = HAIR * max(abs(level), abs(first), abs(self.target), 1.0)
        begins = sign * (first - level) >= -hair
        ends = sign * (self.target - level) >= -hair
        if begins and ends:
            return self.began, FOREVER
        if ends:
            return self._passes(level), FOREVER
        return (self.began, self._passes(level)) if begins else None

    def _passes(self, level: float) -> Seconds:
        """When the value is at a level between its ends."""
        wanted = (level - self.origin) / (self.target - self.origin)
        wanted = min(max(wanted, 0.0), 1.0)
        if not self.is_gentle:
            return self.began + self.length * wanted
        low, high = 0.0, 1.0
        for _ in range(HALVINGS):
            middle = (low + high) / 2.0
            if self._share(middle) < wanted:
                low = middle
            else:
                high = middle
        return self.began + self.length * high


def resting(parameter: Parameter, seconds: Seconds) -> Motion:
    """A parameter that stands at its start."""
    return Motion(seconds, parameter.start, parameter.start, before=parameter.start)


def towards(
    parameter: Parameter, old: Motion, value: float, now: Seconds, over: Seconds | None = None
) -> Motion:
    """The way after an input, from where the parameter is now; `over` takes the place of its rates.

    The same input again changes nothing: a source may repeat itself without end. A gentle way keeps
    the speed that it has in its direction, so that many inputs in a row do not hold it up.
    """
    target = parameter.clamped(value)
    if target == old.target and over is None:
        return old
    origin = old.value_at(now)
    way = target - origin
    whole = parameter.rise if way > 0 else parameter.fall
    length = max(whole * abs(way) / parameter.span, parameter.smooth) if over is None else over
    if way == 0.0 or length < AT_ONCE:
        length = 0.0
    slope = old.speed_at(now) * length / way if way and parameter.is_smooth else 0.0
    return Motion(
        began=now,
        origin=origin,
        target=target,
        length=length,
        is_gentle=parameter.is_smooth,
        slope=min(max(slope, 0.0), STEEPEST),
        before=old.target,
    )
