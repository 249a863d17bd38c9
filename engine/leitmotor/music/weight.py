"""How much a place in the bar weighs, by the groups of its metre (S4, S31)."""

from __future__ import annotations

from leitmotor.music.metre import Metre
from leitmotor.music.time import Ticks

SMALLEST_DIVISION = 5
"""Units are halved so often; what lies between the places of that is weakest of all."""


def weakness(metre: Metre, place: Ticks) -> int:
    """0 for the bar line, then groups, beats, units and their halves, quarters, …"""
    if place == 0:
        return 0
    if place in metre.stresses:
        return 1
    steps = [metre.beat] if metre.beat == metre.unit else [metre.beat, metre.unit]
    steps += [metre.unit >> halving for halving in range(1, SMALLEST_DIVISION + 1)]
    return 2 + next((n for n, step in enumerate(steps) if place % step == 0), len(steps))
