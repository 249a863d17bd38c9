"""Time tags of OSC, which count from 1900, against the computer's time of day, which is stepped."""

from __future__ import annotations

from leitmotor.music.time import Seconds

AT_ONCE = 1
"""The tag that means no time at all. Some senders write 0 for it."""

SINCE_1900 = 2_208_988_800
"""Seconds from 1900 to 1970."""

_ERA = 1 << 32
"""Seconds until the count begins again at 0, in February 2036."""

_NEAR: Seconds = 86_400.0


def ahead(tag: int, wall: Seconds) -> Seconds:
    """How far a tag lies ahead of `wall`, in seconds since 1970; negative where it has passed.

    A tag is of the present era, unless in a neighbouring one it is less than a day away: senders
    that count from their own start are in the past then, and not decades ahead.
    """
    if tag <= AT_ONCE:
        return 0.0
    now = wall + SINCE_1900
    era = int(now // _ERA)
    distances = [(era + each) * _ERA + tag / _ERA - now for each in (0, 1, -1)]
    return next((d for d in distances if abs(d) < _NEAR), distances[0])
