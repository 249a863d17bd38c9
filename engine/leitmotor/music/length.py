"""Lengths and boundaries as authors say them: `2 bars`, `1.5 s`, `next phrase`, `marker plea`."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from typing import TypeAlias

from leitmotor.records import record


class Unit(Enum):
    """What a length is counted in."""

    BARS = "bars"
    BEATS = "beats"
    SECONDS = "s"


@record
class Length:
    """So many bars, beats (of the metre in force) or seconds."""

    amount: Fraction
    unit: Unit

    def __str__(self) -> str:
        amount = self.amount if self.amount.denominator == 1 else float(self.amount)
        word = str(self.unit.value)
        return f"{amount} {word.removesuffix('s') if amount == 1 and len(word) > 1 else word}"


@record
class LengthRange:
    """From `shortest` to `longest`, both in the same unit; equal for a single length."""

    shortest: Length
    longest: Length

    def __str__(self) -> str:
        if self.shortest == self.longest:
            return str(self.shortest)
        return f"{self.shortest}..{self.longest}"


Gap: TypeAlias = Length | LengthRange
"""A length, or the ends between which it is drawn each time it is needed (S12, S32)."""


def bars(amount: int) -> Length:
    """So many bars."""
    return Length(Fraction(amount), Unit.BARS)


class Grid(Enum):
    """The kinds of places at which a change may happen (theory T7)."""

    NOW = "now"
    BEAT = "next beat"
    BAR = "next bar"
    BARS = "next N bars"
    PHRASE = "next phrase"
    END = "end"
    MARKER = "marker"


@record
class Boundary:
    """Where a change happens: the first place of this kind at or after the cue."""

    grid: Grid
    count: int = 1  # for BARS
    marker: str = ""  # for MARKER

    def __str__(self) -> str:
        if self.grid is Grid.BARS:
            return f"next {self.count} bars"
        if self.grid is Grid.MARKER:
            return f"marker {self.marker}"
        return str(self.grid.value)


NOW = Boundary(Grid.NOW)
NEXT_BEAT = Boundary(Grid.BEAT)
NEXT_BAR = Boundary(Grid.BAR)
NEXT_PHRASE = Boundary(Grid.PHRASE)
AT_END = Boundary(Grid.END)
