"""Percentiles of a list of values."""

from __future__ import annotations

from collections.abc import Sequence


def percentile(values: Sequence[float], percent: float) -> float:
    """The least value that at least so many percent of the values do not exceed."""
    ordered = sorted(values)
    place = max(-(-len(ordered) * percent // 100), 1)
    return ordered[int(place) - 1]
