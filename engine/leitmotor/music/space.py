"""Colour and space as controllers and levels: tone, distance, the room (theory T13)."""

from __future__ import annotations

from math import exp, log2

from leitmotor.music.time import Seconds

NORMAL_TONE = 64
"""CC74 of a sound as it is: brightness neither taken away nor added."""

USUAL_REVERB = 40
"""CC91 as General MIDI has it, where no room is named."""

NEAREST_METRES = 1.0
"""Nearer than this nothing becomes louder: it is 0 dB."""

_REVERB_SECONDS = 2.64


def tone_controller(tone: float) -> int:
    """CC74 of a tone from -1 (dark, 1) over 0 (normal, 64) to 1 (bright, 127); clamped."""
    return NORMAL_TONE + round(63.0 * min(max(tone, -1.0), 1.0))


def tone_of(controller: int) -> float:
    """The tone of a value of CC74: what `tone_controller` makes of it is that value, but for 0."""
    return max((controller - NORMAL_TONE) / 63.0, -1.0)


def distance_db(metres: float) -> float:
    """The level of what sounds so far away: -6 dB with every doubling beyond 1 m (theory T13).

    0 m is a player's own seat, which is as loud as 1 m.
    """
    return -6.0 * _doublings(metres)


def reverb_controller(rings: Seconds, metres: float = 0.0) -> int:
    """CC91 of a room that rings so long, for what stands so far away.

    127·(1 − e^(−t/2.64 s)): 0 where it is dry, 40 at 1 s, 99 at 4 s. Every doubling of the distance
    beyond 1 m counts like a room that rings its own time longer, as the direct sound falls and
    that of the room does not.
    """
    return round(127.0 * (1.0 - exp(-rings * (1.0 + _doublings(metres)) / _REVERB_SECONDS)))


def _doublings(metres: float) -> float:
    return log2(max(metres, NEAREST_METRES) / NEAREST_METRES)
