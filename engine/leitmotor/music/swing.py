"""Swing: the first half of a beat takes longer than the second (S27, theory T11)."""

from __future__ import annotations

from leitmotor.music.time import QUARTER, Ticks

STRAIGHT = 0.5


def swung(place: Ticks, share: float) -> Ticks:
    """Where a place sounds when the first half of every quarter gets `share` of it.

    Places are counted from any beat. Beats stay where they are, and no two places change order:
    inside the beat, f goes to 2·f·s before its middle and to s + (f - ½)·2·(1 - s) after it.
    """
    if share == STRAIGHT:
        return place
    beat, inside = divmod(place, QUARTER)
    half = QUARTER // 2
    if inside < half:
        moved = 2.0 * inside * share
    else:
        moved = QUARTER * share + (inside - half) * 2.0 * (1.0 - share)
    return beat * QUARTER + round(moved)
