"""Parameters and what they drive, as the performer knows them (S30)."""

from __future__ import annotations

from typing import TypeAlias

from leitmotor.music.length import Boundary, Length
from leitmotor.music.time import Seconds
from leitmotor.records import record
from leitmotor.score.matchers import Condition

DEFAULT_DISTANCE = 0.05
"""What goes on at a value goes off this share of the range before it (S30)."""

NUMBERS = frozenset(
    {"tempo", "dynamic", "density", "swing", "level", "sharpen", "tone", "distance"}
)
STEPS = frozenset({"state", "palette", "harmony", "figure"})
SWITCHES = frozenset({"layer"})
"""The kinds of targets: what follows in numbers, in steps from name to name, and on or off."""


@record
class Parameter:
    """A value that the world drives; `rise` and `fall` are the times over the whole range."""

    name: str
    low: float = 0.0
    high: float = 1.0
    start: float = 0.0
    rise: Seconds = 0.0
    fall: Seconds = 0.0
    is_smooth: bool = False  # the curve: sets out and arrives gently
    smooth: Seconds = 0.0  # no input is reached sooner than this

    @property
    def span(self) -> float:
        """The width of the range."""
        return self.high - self.low

    def clamped(self, value: float) -> float:
        """The nearest value of the range."""
        return min(max(value, self.low), self.high)

    def scaled(self, value: float, low: float, high: float) -> float:
        """A value of another range, at the same place in this one."""
        return self.low + (value - low) * self.span / (high - low)


Point: TypeAlias = tuple[float, float]
"""At the parameter's first, the target has the second: a factor, steps of dynamics, dB, a tone,
metres, a share."""

Step: TypeAlias = tuple[float, str]
"""From the parameter's first on, the target is the second."""


@record
class MappingRule:
    """What a parameter drives. One of `points`, `steps` and `above` says how."""

    name: str  # "tension -> level bed", each once in a score
    parameter: str
    kind: str  # the first word of `to:`
    role: str = ""  # or the motif that is sharpened
    points: tuple[Point, ...] = ()
    steps: tuple[Step, ...] = ()
    above: float | None = None
    below: float = 0.0
    hold: Seconds = 0.0  # `for:`
    at: Boundary | None = None
    back: Boundary | None = None
    fade: Length | None = None
    while_: tuple[Condition, ...] = ()

    @property
    def target(self) -> str:
        """What it drives, as written: "tempo", "level bed"."""
        return f"{self.kind} {self.role}" if self.role else self.kind
