"""Musical time: exact integer ticks, and the only place that says how long one is (S3)."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

Ticks: TypeAlias = int
"""A position or length in music. Exact."""

Seconds: TypeAlias = float
"""A position or length on the clock. Computed from anchors, never summed."""

QUARTER: Ticks = 110_880
"""Ticks in a quarter note: 2^5 · 3^2 · 5 · 7 · 11, so that every tuplet falls on a tick."""

WHOLE: Ticks = 4 * QUARTER

GRID: Ticks = QUARTER // 24
"""What is sampled (hairpins, fades) is sampled at multiples of this position (S30)."""


class OffTheGridError(ValueError):
    """A value that does not fall on a tick."""


def ticks_of(quarters: Fraction) -> Ticks:
    """The exact length in ticks of so many quarter notes; `OffTheGridError` where it is broken."""
    ticks = quarters * QUARTER
    if ticks.denominator != 1:
        raise OffTheGridError(f"{quarters} quarters do not fall on the grid of {QUARTER} ticks")
    return ticks.numerator


def quarters_of(ticks: Ticks) -> Fraction:
    """The length in quarter notes of so many ticks."""
    return Fraction(ticks, QUARTER)
