"""Times of day, timecode and positions on the clock (theory T6)."""

from __future__ import annotations

import re
from fractions import Fraction
from types import MappingProxyType

from leitmotor.music.time_of_day import DAY
from leitmotor.music.timecode import FrameRate, frames_counted, label_parts
from leitmotor.score.units.lengths import parse_seconds
from leitmotor.score.units.reading import NUMBER, amount_of, pair_of, refusal, words_of

DROP_RATE = Fraction(30_000, 1001)
"""The only rate at which labels may leave numbers out (drop frame, `hh:mm:ss;ff`)."""

_RATES = MappingProxyType(
    {
        "23.976": Fraction(24_000, 1001),
        "23.98": Fraction(24_000, 1001),
        "24": Fraction(24),
        "25": Fraction(25),
        "29.97": DROP_RATE,
        "29.97 drop": DROP_RATE,
        "30": Fraction(30),
    }
)
_TOLD_RATES = "23.976, 24, 25, 29.97, 29.97 drop or 30"

_TIME_OF_DAY = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?")
_TIMECODE = re.compile(r"([0-9]{1,2}):([0-9]{2}):([0-9]{2})([:;])([0-9]{2})")
_LABEL = re.compile(r"\d\d:\d\d:\d\d[:;]\d\d")
_CLOCK = re.compile(r"(?:([0-9]{1,3}):)?([0-9]{1,3}):([0-9]{2}(?:\.[0-9]{1,6})?)")


def parse_time_of_day(value: object) -> int:
    """`18:00` or `18:00:30`: seconds since midnight. 24:00 is the end of the day."""
    wanted = "a time of day such as 18:00"
    found = _TIME_OF_DAY.fullmatch(words_of(value, wanted, "write 18:00"))
    if found is None:
        raise refusal(wanted, value, "write hours and minutes of the 24-hour clock: 18:00")
    hours, minutes, seconds = int(found[1]), int(found[2]), int(found[3] or 0)
    total = 3600 * hours + 60 * minutes + seconds
    if minutes > 59 or seconds > 59 or total > DAY:
        raise refusal(wanted, value, "hours go to 24, minutes and seconds to 59")
    return total


def parse_clock_span(value: object) -> tuple[int, int]:
    """`10:00..18:00`: from and to, in seconds since midnight; `22:00..02:00` runs over midnight."""
    wanted = "hours such as 10:00..18:00"
    ends = pair_of(words_of(value, wanted, "write 10:00..18:00"))
    if ends is None:
        raise refusal(wanted, value, "write two times with two dots between them")
    start, end = parse_time_of_day(ends[0]), parse_time_of_day(ends[1])
    if start == end:
        raise refusal(wanted, value, "write two different times; the whole day is 00:00..24:00")
    return start, end


def parse_frame_rate(value: object) -> Fraction:
    """`24`, `25`, `30`, `23.976`, `29.97` or `29.97 drop`: frames a second.

    Which labels are drop frame, their `;` says: `01:00:00;02`.
    """
    wanted = f"a frame rate ({_TOLD_RATES})"
    text = words_of(value, wanted, "write 25").lower().removesuffix("fps").rstrip()
    rate = _RATES.get(text)
    if rate is None:
        raise refusal(wanted, value, "write one of these")
    return rate


def parse_timecode(value: object, rate: Fraction) -> int:
    """`hh:mm:ss:ff`, at 29.97 also `hh:mm:ss;ff`: frames from 00:00:00:00 on (T6)."""
    wanted = "a timecode such as 01:00:00:00"
    found = _TIMECODE.fullmatch(words_of(value, wanted, 'write "hh:mm:ss:ff"'))
    if found is None:
        raise refusal(wanted, value, 'write "hh:mm:ss:ff" in quotes')
    hours, minutes, seconds, frames = (int(found[i]) for i in (1, 2, 3, 5))
    labels = round(rate)
    if hours > 23 or minutes > 59 or seconds > 59 or frames >= labels:
        raise refusal(
            wanted, value, f"hours go to 23, minutes and seconds to 59, frames to {labels - 1}"
        )
    numbers = FrameRate(labels, found[4] == ";", rate)
    if not numbers.drop:
        return frames_counted(hours, minutes, seconds, frames, numbers)
    if rate != DROP_RATE:
        raise refusal(wanted, value, "write : before the frames; only 29.97 has drop frames (;)")
    if frames < 2 and seconds == 0 and minutes % 10:
        said = f"drop frame leaves this label out; write {hours:02}:{minutes:02}:00;02"
        raise refusal(wanted, value, said)
    return frames_counted(hours, minutes, seconds, frames, numbers)


def is_timecode(text: str) -> bool:
    """Whether a text has the form `hh:mm:ss:ff`; whether the frame exists, its rate decides."""
    return _LABEL.fullmatch(text) is not None


def timecode_label(frames: int, rate: Fraction, drop: str = ":") -> str:
    """The label of a frame; `drop` is what stands before the frames, `;` for drop frame (T6)."""
    numbers = FrameRate(round(rate), drop == ";", rate)
    hours, minutes, seconds, part = label_parts(frames, numbers)
    return f"{hours:02}:{minutes:02}:{seconds:02}{drop}{part:02}"


def timecode_seconds(frames: int, rate: Fraction) -> float:
    """How long so many frames last."""
    return float(frames / rate)


def parse_clock_position(value: object, rate: Fraction, starts: int = 0) -> float:
    """`27.5`, `27.5 s`, `1:10`, `00:01:10.000`, or a timecode: seconds from the start.

    `starts` is the timecode of second 0, in frames.
    """
    wanted = "a position such as 27.5, 1:10 or 00:01:10.000"
    text = words_of(value, wanted, "write seconds (27.5) or minutes and seconds (1:10)")
    if _TIMECODE.fullmatch(text):
        return _from_start(parse_timecode(text, rate) - starts, rate, value)
    found = _CLOCK.fullmatch(text)
    if found is not None:
        seconds = float(found[3])
        minutes = int(found[2])
        if seconds >= 60 or (found[1] and minutes > 59):
            raise refusal(wanted, value, "seconds, and minutes after hours, go to 59")
        return 3600.0 * int(found[1] or 0) + 60.0 * minutes + seconds
    amount = amount_of(text)
    if amount is None:
        return _seconds(text, wanted, value)
    if amount < 0:
        raise refusal(wanted, value, "positions begin at 0")
    return float(amount)


def _seconds(text: str, wanted: str, value: object) -> float:
    if not re.match(NUMBER, text):
        raise refusal(wanted, value, "write seconds (27.5) or minutes and seconds (1:10)")
    return parse_seconds(text)


def _from_start(frames: int, rate: Fraction, value: object) -> float:
    if frames < 0:
        raise refusal("a timecode from the start on", value, "it lies before `timecode starts`")
    return timecode_seconds(frames, rate)
