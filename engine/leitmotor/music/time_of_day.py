"""The time of day: hours that go round, and their words."""

from __future__ import annotations

from leitmotor.music.time import Seconds

DAY = 24 * 3600
"""Seconds in a day. Days are all of one length: summer and winter time are not known here."""

_MICROSECOND = 6


def time_of_day(begin: Seconds, seconds: Seconds) -> Seconds:
    """Seconds since midnight at a second of a performance that began at `begin` of its day.

    To the microsecond: 18:00 is 18:00, and not a rounding error before it.
    """
    return round((begin + seconds) % DAY, _MICROSECOND) % DAY


def is_within(now: Seconds, start: int, end: int) -> bool:
    """Whether a time of day lies from `start` up to `end`, which may be past midnight."""
    start %= DAY
    if start < end:
        return start <= now < end
    return now >= start or now < end


def time_of_day_text(seconds: Seconds) -> str:
    """ "18:00"; "18:00:30" where it is not a whole minute."""
    whole = int(seconds)
    text = f"{whole // 3600:02}:{whole // 60 % 60:02}"
    return f"{text}:{whole % 60:02}" if whole % 60 else text


def interval_text(seconds: Seconds) -> str:
    """ "20 min", "90 s"."""
    minutes, rest = divmod(seconds, 60)
    if minutes and not rest:
        return f"{minutes:.15g} min"
    return f"{seconds:.15g} s"
