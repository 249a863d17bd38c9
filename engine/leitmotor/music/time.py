"""Musical time: exact integer ticks, and the only place that says how long one is (S3)."""

from __future__ import annotations

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
