"""The computer's own time of day."""

from __future__ import annotations

import time

from leitmotor.music.time import Seconds


def local_time_of_day() -> Seconds:
    """Seconds since midnight where this computer is, to the millisecond. Any thread; never waits.

    Asked for once, when a performance begins: from there on it counts its own seconds. A change
    between summer and winter time during a performance is not followed.
    """
    now = time.time()
    there = time.localtime(now)
    return round(3600.0 * there.tm_hour + 60.0 * there.tm_min + there.tm_sec + now % 1.0, 3)
