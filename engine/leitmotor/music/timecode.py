"""Timecode: labels of frames and the frames that they count, also where labels are left out (T6).

At 29.97 frames a second drop-frame labels leave out two numbers each minute but the tenth, so that
they keep time with the clock. Positions are exact.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from leitmotor.records import record

_TEN_MINUTES = 17_982  # frames under drop-frame labels
_MINUTE = 1798


@record
class FrameRate:
    """`labels` are counted in each second of a label; `drop` leaves two out at a full minute.

    `speed` is how many frames pass in a second of the clock.
    """

    labels: int
    drop: bool
    speed: Fraction

    @property
    def day(self) -> int:
        """How many frames have a label of their own."""
        return frames_counted(24, 0, 0, 0, self)

    def __str__(self) -> str:
        return "29.97 drop" if self.drop else str(self.labels)


FPS_24 = FrameRate(24, False, Fraction(24))
FPS_25 = FrameRate(25, False, Fraction(25))
FPS_2997_DROP = FrameRate(30, True, Fraction(30_000, 1001))
FPS_30 = FrameRate(30, False, Fraction(30))

MTC_RATES = (FPS_24, FPS_25, FPS_2997_DROP, FPS_30)
"""In the order of their numbers in MIDI timecode."""


class Timecode(NamedTuple):
    """A label that a frame has; made by `of`, which knows whether it exists."""

    hours: int
    minutes: int
    seconds: int
    frames: int
    rate: FrameRate

    @classmethod
    def of(
        cls, hours: int, minutes: int, seconds: int, frames: int, rate: FrameRate
    ) -> Timecode | None:
        """The label; None where the day, the clock or the rate has no such one."""
        if not (0 <= hours < 24 and 0 <= minutes < 60 and 0 <= seconds < 60):
            return None
        if not 0 <= frames < rate.labels:
            return None
        if rate.drop and frames < 2 and seconds == 0 and minutes % 10:
            return None
        return cls(hours, minutes, seconds, frames, rate)

    @property
    def number(self) -> int:
        """How many frames lie before it, counted from 00:00:00:00."""
        return frames_counted(*self)

    def __str__(self) -> str:
        drop = ";" if self.rate.drop else ":"
        return f"{self.hours:02}:{self.minutes:02}:{self.seconds:02}{drop}{self.frames:02}"


def frames_counted(hours: int, minutes: int, seconds: int, frames: int, rate: FrameRate) -> int:
    """n = 108000h + 1800m + 30s + f - 2(M - M div 10) with M = 60h + m; the last for drop frame."""
    past = 60 * hours + minutes
    total = (60 * past + seconds) * rate.labels + frames
    return total - 2 * (past - past // 10) if rate.drop else total


def label_parts(number: int, rate: FrameRate) -> tuple[int, int, int, int]:
    """Hours, minutes, seconds and frames of the label of frame `number`, not before 0."""
    if rate.drop:
        tens, rest = divmod(number, _TEN_MINUTES)
        number += 18 * tens + (2 * ((rest - 2) // _MINUTE) if rest >= 2 else 0)
    seconds, frames = divmod(number, rate.labels)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return hours, minutes, seconds, frames


def timecode_at(number: int, rate: FrameRate) -> Timecode:
    """The label of a frame; a day after the other counts anew."""
    return Timecode(*label_parts(number % rate.day, rate), rate)


def place_of_label(
    hours: int, minutes: int, seconds: int, part: Fraction, rate: FrameRate
) -> Fraction:
    """Where a label lies in frames of `rate`, `part` being its share of a second (0 to under 1).

    So a label written for 25 frames has its place also among 30. One that drop frame leaves out
    lies where the next one does.
    """
    inside = part * rate.labels
    if rate.drop and seconds == 0 and minutes % 10 and inside < 2:
        inside = Fraction(2)
    return frames_counted(hours, minutes, seconds, 0, rate) + inside
