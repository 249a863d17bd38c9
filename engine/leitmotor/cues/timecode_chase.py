"""Cues that wait for a timecode: each comes once as it is passed forwards. Pure.

- Passed while timecode runs forwards: it comes at the exact instant, and not again.
- Jumped over: it is skipped, and that is said.
- Back before it, by a jump or backwards: it is armed again.
- Silence in between: what freewheeling passed does not come twice when timecode goes on from there.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from leitmotor.cues.mtc import FREEWHEEL, MtcNow
from leitmotor.music.time import Seconds
from leitmotor.music.timecode import FrameRate, label_parts, place_of_label, timecode_at

JOINED: Seconds = 0.25
"""A gap up to here is no jump: a few messages were lost."""

_AGAIN: Seconds = FREEWHEEL + 0.5
"""After silence it may go on so long before the place to which it freewheeled."""

_HARDLY: Seconds = 0.1
"""Going back by no more than this and the lead is no jump either."""

_JUST_BEFORE = 0.125
"""Frames: half of what lies between two messages."""


class Passed(NamedTuple):
    """A timecode, as the score writes it, was passed at an instant, perhaps a little ahead."""

    text: str
    at: Seconds


class Skipped(NamedTuple):
    """Timecodes that were jumped over, and from where to where."""

    texts: tuple[str, ...]
    origin: str
    target: str

    def __str__(self) -> str:
        listed = ", ".join(self.texts)
        return f"timecode jumped from {self.origin} to {self.target}: skipped {listed}"


Chased: TypeAlias = Passed | Skipped


class TimecodeChase:
    """Waits for timecodes, `hh:mm:ss:ff` with `labels` numbers to a second.

    `lead` is how long before its instant each of them is told. Thread: one at a time.
    """

    def __init__(self, texts: Iterable[str], labels: int, lead: Seconds) -> None:
        self._written = {text: _parts(text, labels) for text in texts}
        self._lead = lead
        self._places: list[tuple[Fraction, str]] = []
        self._rate: FrameRate | None = None
        self._lock = 0
        self._reached = 0.0  # frames: everything up to here has come or was skipped

    def follow(self, now: MtcNow, at: Seconds) -> list[Chased]:
        """What is passed by the position of an instant, in the order of its passing."""
        if not now.running or not self._written:
            return []
        told: list[Chased] = []
        if now.lock != self._lock:
            told += self._found_again(now)
        if now.speed <= 0.0:
            self._reached = min(self._reached, now.frames)
            return told
        pace = now.speed * float(now.rate.speed)
        target = now.frames + self._lead * pace
        for place, text in self._between(self._reached, target, now.rate.day):
            told.append(Passed(text, at + (place - now.frames) / pace))
        self._reached = max(self._reached, target)
        return told

    def _found_again(self, now: MtcNow) -> list[Chased]:
        """A stretch of timecode begins: how it lies to the one before."""
        first, self._lock = self._lock == 0, now.lock
        before = self._turned_to(now.rate)
        start = now.began - _JUST_BEFORE
        day, pace = now.rate.day, float(now.rate.speed)
        gap = (start - before + day / 2) % day - day / 2
        self._reached = start
        if first:
            return []
        back = self._lead + _HARDLY + (_AGAIN if now.resumed else 0.0)
        if -back * pace <= gap <= JOINED * pace:
            self._reached = start - gap
            return []
        if gap < 0:
            return []
        missed = tuple(text for _, text in self._between(start - gap, start, day))
        if not missed:
            return []
        origin, target = (str(timecode_at(int(x // 1), now.rate)) for x in (before, now.began))
        return [Skipped(missed, origin, target)]

    def _turned_to(self, rate: FrameRate) -> float:
        """How far it came, in frames of a rate, which is the rate from now on."""
        old, self._rate = self._rate, rate
        if old == rate:
            return self._reached
        self._places = sorted((place_of_label(*p, rate), t) for t, p in self._written.items())
        if old is None:
            return self._reached
        whole = int(self._reached // 1)
        hours, minutes, seconds, frames = label_parts(whole % old.day, old)
        part = (frames + Fraction(self._reached - whole)) / old.labels
        return float(place_of_label(hours, minutes, seconds, part, rate))

    def _between(self, after: float, until: float, day: int) -> list[tuple[float, str]]:
        """What lies there, the end included, in the order in which it is passed."""
        found = []
        for place, text in self._places:
            here = float(place) + day * ((after - float(place)) // day + 1)
            if here <= until:
                found.append((here, text))
        return sorted(found)


def _parts(text: str, labels: int) -> tuple[int, int, int, Fraction]:
    hours, minutes, seconds, frames = (int(text[i : i + 2]) for i in (0, 3, 6, 9))
    return hours, minutes, seconds, Fraction(frames, labels)
