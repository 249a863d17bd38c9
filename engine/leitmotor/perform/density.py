"""Density: how much of the figures is played (S31)."""

from __future__ import annotations

from leitmotor.music.time import Ticks
from leitmotor.perform.context import Context
from leitmotor.perform.mixer import ramp_value


def density_at(context: Context, tick: Ticks) -> float:
    """From 0, nothing of the figures, to 1, as written."""
    return context.density if context.thinning is None else ramp_value(context.thinning, tick)


def is_full(context: Context) -> bool:
    """Whether figures are played as written, now and until the context changes."""
    return context.density >= 1.0 and context.thinning is None
