"""Dynamics as steps, decibels, velocities and controllers (theory T9, S23).

A level is a number of steps: ppp 0, pp 1 … fff 7, broken inside a hairpin. Hairpins are linear in
decibels. Gain of a controller is the General MIDI one: dB = 40·log10(value / 127).
"""

from __future__ import annotations

import difflib
from bisect import bisect_right

MARKS = ("ppp", "pp", "p", "mp", "mf", "f", "ff", "fff")
LOUDEST = len(MARKS) - 1

SILENCE_DB = -60.0
"""From here down nothing sounds: controllers are 0."""

SUSTAINED_VELOCITY = 80
"""How hard sustaining instruments begin a note; their level is CC11 (S23)."""

ACCENT, MARCATO, TENUTO = 16, 24, 4
"""Velocity that a mark adds."""

SURGE_STEPS = 2
"""How much louder sf and sfz make one note, in steps."""

_DECIBELS = (-28.0, -22.0, -17.0, -13.0, -9.5, -6.0, -3.0, 0.0)
_VELOCITIES = (16, 33, 49, 64, 80, 96, 112, 126)
_BELOW_PPP = _DECIBELS[1] - _DECIBELS[0]  # dB a step, as from pp to ppp

SILENCE_STEP = (SILENCE_DB - _DECIBELS[0]) / _BELOW_PPP
"""The step at which `decibels` has come down to SILENCE_DB: -5 1/3."""


def level_of(mark: str) -> int:
    """The step of a written mark; ValueError for what is none."""
    if mark in MARKS:
        return MARKS.index(mark)
    near = difflib.get_close_matches(mark, MARKS, 1)
    hint = f'; did you mean "{near[0]}"?' if near else ""
    raise ValueError(f'"{mark}" is not a dynamic{hint} Dynamics are {", ".join(MARKS)}')


def mark_of(step: float) -> str:
    """The mark nearest to a step."""
    return MARKS[min(max(round(step), 0), LOUDEST)]


def decibels(step: float) -> float:
    """Gain of a step in dB: 0 at fff and above; below ppp 6 dB a step, down to SILENCE_DB."""
    if step >= LOUDEST:
        return _DECIBELS[-1]
    if step < 0:
        return max(SILENCE_DB, _DECIBELS[0] + step * _BELOW_PPP)
    below = int(step)
    return _DECIBELS[below] + (step - below) * (_DECIBELS[below + 1] - _DECIBELS[below])


def step_at(db: float) -> float:
    """The step whose gain is `db`: the inverse of `decibels`, from SILENCE_STEP to fff."""
    if db >= _DECIBELS[-1]:
        return float(LOUDEST)
    if db < _DECIBELS[0]:
        return max(SILENCE_STEP, (db - _DECIBELS[0]) / _BELOW_PPP)
    below = bisect_right(_DECIBELS, db) - 1
    return below + (db - _DECIBELS[below]) / (_DECIBELS[below + 1] - _DECIBELS[below])


def between(a: float, b: float, fraction: float) -> float:
    """The step at `fraction` (0 … 1) of a hairpin from `a` to `b`: linear in dB, its ends exact."""
    if fraction <= 0 or a == b:
        return a
    if fraction >= 1:
        return b
    return step_at(decibels(a) + fraction * (decibels(b) - decibels(a)))


def expression(step: float) -> int:
    """CC11 of a step: 127·10^(dB/40), and 0 in silence."""
    return level_controller(decibels(step), 127)


def velocity(step: float) -> int:
    """Velocity of a step on struck and plucked instruments, 1 … 127."""
    below = min(max(int(step), 0), LOUDEST - 1)
    width = _VELOCITIES[below + 1] - _VELOCITIES[below]
    return clipped_velocity(_VELOCITIES[below] + (step - below) * width)


def clipped_velocity(value: float) -> int:
    """`value` as a velocity that can be sent: 1 … 127, since 0 would be a release."""
    return min(max(round(value), 1), 127)


def level_controller(db: float, base: int = 100) -> int:
    """The controller value that is `db` away from `base` (CC7 in the mixer); 0 in silence."""
    if db <= SILENCE_DB:
        return 0
    return min(round(base * 10 ** (db / 40)), 127)
