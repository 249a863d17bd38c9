"""MIDI timecode: quarter frames and full frames into a position that runs, and back into bytes.

Eight quarter frames tell one label, that of the instant of piece 0: piece p lies p/4 of a frame
after it, so that the label is nearly two frames old when it is known (theory T6). In reverse the
pieces come from 7 to 0, and each lies where it lies forwards.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from leitmotor.cues.follower import Follower
from leitmotor.music.time import Seconds
from leitmotor.music.timecode import MTC_RATES, FrameRate, Timecode, timecode_at

FREEWHEEL: Seconds = 1.0
"""It runs on for so long without messages, then it holds."""

_PAUSE: Seconds = 0.15
"""Pieces further apart than this do not belong to one label: 15 times their distance at 25."""

_CYCLES = 2
"""So many labels in a row, one following from the other, before it is believed."""

_NEAR = 8
"""Quarter frames between what was expected and what came that are no jump."""

_MEMORY = 0.95


class MtcNow(NamedTuple):
    """Where timecode is. `frames` counts from 00:00:00:00 and does not stop at midnight.

    `speed` is 1 at the rate's own, negative backwards. `lock` numbers the stretches that were
    followed, from 1, 0 while there was none; this one began at frame `began`, `resumed` where
    nothing but silence lay before it.
    """

    rate: FrameRate
    frames: float
    running: bool
    speed: float
    lock: int = 0
    began: float = 0.0
    resumed: bool = False

    @property
    def label(self) -> str:
        """The frame it is in."""
        return str(timecode_at(int(self.frames // 1), self.rate))


class MtcReader:
    """Follows the timecode of one wire. `faults` counts what could not be used, by kind.

    Thread: one at a time; never raises. Times are those of one clock that never goes back.
    """

    def __init__(self) -> None:
        self.faults: Counter[str] = Counter()
        self._pieces = [0] * 8
        self._piece = -1
        self._direction = 0
        self._arrivals: deque[Seconds] = deque(maxlen=2 * 8)
        self._run = 0  # pieces in a row
        self._cycles = 0  # labels in a row
        self._label: Timecode | None = None  # the last one
        self._candidate = 0  # the quarter frame at which these labels begin
        self._follower: Follower | None = None
        self._quarters: int | None = None  # of the last piece; None where it is not known
        self._heard: Seconds = 0.0  # when the follower was fed last
        self._rate = MTC_RATES[1]
        self._held: float | None = None  # frames, where it does not run
        self._lock = 0
        self._began = 0.0
        self._silent = False  # whether silence ended the last lock
        self._resumed = False

    # -- what comes --------------------------------------------------------------------------------

    def quarter(self, data: int, at: Seconds) -> None:
        """The data byte of a quarter frame (F1) came."""
        self._expire(at)
        piece = data >> 4 & 7
        step = (piece - self._piece) % 8
        direction = {1: 1, 7: -1}.get(step, 0) if self._piece >= 0 else 0
        late = bool(self._arrivals) and at - self._arrivals[-1] > _PAUSE
        if late or not direction or (self._run > 1 and direction != self._direction):
            self._begin_anew()
        else:
            self._run += 1
            self._direction = direction
        self._piece = piece
        self._pieces[piece] = data & 0xF
        self._arrivals.append(at)
        if self._quarters is not None:
            self._quarters += direction
        if self._run >= 8 and piece == (7 if direction > 0 else 0):
            self._complete(at)
        elif self._quarters is not None and self._follower is not None:
            self._feed(at, self._quarters)

    def full(self, timecode: Timecode, at: Seconds) -> None:
        """A full frame came: it stands there, unless it runs through there just now."""
        self._expire(at)
        if self._follower is not None and self._rate == timecode.rate:
            here = round(self._follower.place(at))
            if abs(self._apart(4 * timecode.number, here)) <= 2 * _NEAR:
                return
        self._let_go(float(timecode.number))
        self._begin_anew()
        self._rate = timecode.rate

    def now(self, at: Seconds) -> MtcNow | None:
        """Where it is at an instant; None while nothing is known."""
        self._expire(at)
        follower = self._follower
        if follower is None:
            if self._held is None:
                return None
            return MtcNow(self._rate, self._held, False, 0.0, self._lock, self._began)
        speed = 1.0 / (4.0 * follower.period * float(self._rate.speed))
        frames = follower.place(at) / 4.0
        return MtcNow(self._rate, frames, True, speed, self._lock, self._began, self._resumed)

    # -- how it is followed ------------------------------------------------------------------------

    def _begin_anew(self) -> None:
        self._run, self._direction, self._cycles, self._piece = 1, 0, 0, -1
        self._quarters = None
        self._label = None
        self._arrivals.clear()

    def _expire(self, at: Seconds) -> None:
        follower = self._follower
        if follower is not None and at - self._heard > FREEWHEEL:
            self._let_go(follower.place(self._heard + FREEWHEEL) / 4.0)
            self._silent = True

    def _let_go(self, held: float) -> None:
        self._follower = self._quarters = None
        self._held = held
        self._silent = False

    def _complete(self, at: Seconds) -> None:
        label = self._assembled()
        if label is None:
            self.faults["no such timecode"] += 1
            self._cycles, self._label = 0, None
            return
        here = 4 * label.number + self._piece
        before, self._label = self._label, label
        if before is not None and self._follows(before, label):
            self._cycles += 1
        else:
            reach = self._run - 1 if before is None and self._run < 16 else 7
            self._cycles, self._candidate = 1, here - self._direction * reach
        if self._follower is not None:
            self._confirm(here, label.rate, at)
        if self._follower is None and self._cycles >= _CYCLES:
            self._begin_lock(here, label.rate)

    def _assembled(self) -> Timecode | None:
        low, high = self._pieces[0::2], self._pieces[1::2]
        frames, seconds, minutes, hours = (a | b << 4 for a, b in zip(low, high, strict=True))
        rate = MTC_RATES[hours >> 5 & 3]
        return Timecode.of(hours & 0x1F, minutes & 0x3F, seconds & 0x3F, frames & 0x1F, rate)

    def _follows(self, before: Timecode, label: Timecode) -> bool:
        if before.rate != label.rate:
            return False
        return (label.number - before.number - 2 * self._direction) % label.rate.day == 0

    def _confirm(self, here: int, rate: FrameRate, at: Seconds) -> None:
        """A label came while it runs: it agrees, or it has jumped."""
        follower = self._follower
        if follower is None:
            return
        expected = self._quarters if self._quarters is not None else round(follower.place(at))
        apart = self._apart(here, expected) if rate == self._rate else 2 * _NEAR
        if abs(apart) <= _NEAR and (follower.period > 0) == (self._direction > 0):
            self._quarters = expected + apart
            self._feed(at, self._quarters)
        else:
            self._let_go(follower.place(at) / 4.0)

    def _feed(self, at: Seconds, quarters: int) -> None:
        if self._follower is not None:
            self._follower.measure(at, quarters)
            self._heard = at

    def _begin_lock(self, here: int, rate: FrameRate) -> None:
        arrivals, direction = list(self._arrivals), self._direction
        first = here - direction * (len(arrivals) - 1)
        period = direction / (4.0 * float(rate.speed))
        follower = Follower(arrivals[0], first, period, _MEMORY)
        for number, arrival in enumerate(arrivals[1:], 1):
            follower.measure(arrival, first + direction * number)
        self._follower, self._rate, self._quarters = follower, rate, here
        self._heard = arrivals[-1]
        self._lock += 1
        self._began = self._candidate / 4.0
        self._resumed, self._silent = self._silent, False

    def _apart(self, here: int, expected: int) -> int:
        """How far two quarter frames are apart, the nearest way round the day."""
        day = 4 * self._rate.day
        return (here - expected + day // 2) % day - day // 2


# --------------------------------------------------------------------------------------------------
# Writing


def quarter_frame_bytes(number: int, rate: FrameRate, piece: int) -> bytes:
    """Piece 0 to 7 of the label of a frame, as two bytes."""
    _, minutes, seconds, frames, _ = label = timecode_at(number, rate)
    hours = MTC_RATES.index(rate) << 5 | label.hours
    value = (frames, seconds, minutes, hours)[piece // 2]
    return bytes((0xF1, piece << 4 | (value >> 4 if piece % 2 else value & 0xF)))


def quarter_frames(
    first: int, rate: FrameRate, count: int, backwards: bool = False
) -> Iterator[tuple[Fraction, bytes]]:
    """So many quarter frames from frame `first` on: seconds after its beginning, and the bytes.

    Backwards it begins with the last piece of the two frames before it. A time is exact: quarter
    frame q lies q / (4 · frames a second) from the beginning.
    """
    turn = -1 if backwards else 1
    for number in range(count):
        pair, piece = divmod(-1 - number if backwards else number, 8)
        data = quarter_frame_bytes(first + 2 * pair, rate, piece)
        place = Fraction(8 * pair + piece) / (4 * rate.speed)
        yield place * turn, data
