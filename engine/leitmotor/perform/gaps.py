"""Rests whose length is drawn: `rest: 2 bars..6 bars` (S12, S32)."""

from __future__ import annotations

from fractions import Fraction

from leitmotor.music.dice import dice
from leitmotor.music.length import Gap, Length
from leitmotor.perform.house import House


def drawn(house: House, gap: Gap, role: str) -> Length:
    """The length of a rest that begins here. A range is drawn by position with the seed.

    Between whole numbers every whole number is as likely, both ends included.
    """
    if isinstance(gap, Length):
        return gap
    state = house.state
    low, high = gap.shortest.amount, gap.longest.amount
    bar = state.bar.number - state.dice_bars
    chance = dice(state.seed, "rest", role, bar, state.tick - state.bar.start)
    if low.denominator == high.denominator == 1:
        amount = low + int(chance * (high - low + 1))
    else:
        amount = low + (high - low) * Fraction(chance)
    return Length(amount, gap.shortest.unit)
