"""Metres: the length of a bar, of a beat, and which beats weigh more (S4)."""

from __future__ import annotations

from leitmotor.music.time import WHOLE, Ticks
from leitmotor.records import record

COMPOUND_NUMERATORS = frozenset({6, 9, 12})


@record
class Metre:
    """`numerator`/`denominator`, and the groups in which the unit notes are felt."""

    numerator: int
    denominator: int
    groups: tuple[int, ...] = ()

    @property
    def unit(self) -> Ticks:
        """Length of the denominator's note value."""
        return WHOLE // self.denominator

    @property
    def bar(self) -> Ticks:
        """Length of a bar."""
        return self.numerator * self.unit

    @property
    def beat(self) -> Ticks:
        """One beat: the denominator's value; in 6/8, 9/8 and 12/8 the dotted quarter."""
        if self.denominator == 8 and self.numerator in COMPOUND_NUMERATORS:
            return 3 * self.unit
        return self.unit

    @property
    def stresses(self) -> tuple[Ticks, ...]:
        """Where in the bar a group begins: the strong places."""
        starts = [0]
        for group in self.groups[:-1]:
            starts.append(starts[-1] + group * self.unit)
        if not self.groups:
            half = self.bar // 2
            if self.numerator % 2 == 0 and half % self.beat == 0 and half:
                starts.append(half)
        return tuple(starts)

    def __str__(self) -> str:
        text = f"{self.numerator}/{self.denominator}"
        return f"{text} ({'+'.join(map(str, self.groups))})" if self.groups else text


COMMON_TIME = Metre(4, 4)
