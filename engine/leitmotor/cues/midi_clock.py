"""MIDI clock: 24 ticks a quarter with start, stop, continue and song position; read and written.

The position is counted in whole ticks; when a tick comes is smoothed (`follower`), so that jitter
on the wire is no jitter in the tempo.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from leitmotor.cues.follower import Follower
from leitmotor.music.tempo import TempoMap
from leitmotor.music.time import GRID, QUARTER, Seconds, Ticks

TICKS_A_QUARTER = 24
TICKS_A_SIXTEENTH = 6
"""Song position is counted in sixteenths."""

DROPPED: Seconds = 1.0
"""After so long without a tick the clock is taken for stopped."""

TWICE: Seconds = 0.1
"""A second start within this time is the first one again."""

LOWEST_BPM, HIGHEST_BPM = 10.0, 999.0

_MEMORY = 0.93
_EXPECTED: Seconds = 60.0 / (120 * TICKS_A_QUARTER)
_MOST_LOST = 12
"""Ticks that may be missing in a row; a longer gap says nothing about how many they were."""

_DOUBTFUL = 6
"""Gaps in a row that look like lost ticks: then the tempo has changed, and none was lost."""

_SETTLED = 24
"""Ticks before a gap is taken for lost ticks: before, the tempo is not known well enough."""

_MEANT = 3
"""Even ticks after which lost ones were lost: before, they may yet come, in a burst."""

_ROUGH = 0.185
"""Jitter, in parts of a tick, beyond which a late tick does not tell whether one was lost."""


class ClockNow(NamedTuple):
    """Where a foreign clock is: `quarters` from its beginning, and its tempo, 0 where unknown."""

    running: bool
    quarters: float
    bpm: float


class MidiClockReader:
    """Follows the clock of one wire. `faults` counts what did not fit, by kind.

    Thread: one at a time; never raises. Times are those of one clock that never goes back.
    """

    def __init__(self) -> None:
        self.faults: Counter[str] = Counter()
        self.running = False
        self._next = 0  # the number of the tick that comes next, from the song's beginning
        self._follower: Follower | None = None
        self._ticks = 0  # of the wire, whether it runs or not: what the follower counts
        self._seen = 0
        self._offset = 0  # from a tick of the wire to one of the song
        self._last: Seconds | None = None
        self._started: Seconds | None = None
        self._doubts = 0
        self._inserted = 0
        self._owed = 0  # of those, how many may yet come
        self._even = 0
        self._jitter = 2 * _ROUGH**2  # the mean square, in ticks; at first nothing is known

    # -- what comes --------------------------------------------------------------------------------

    def start(self, at: Seconds) -> None:
        """From the beginning, with the next tick. Twice at once is once."""
        again = self.running and self._started is not None and at - self._started <= TWICE
        if again:
            self.faults["double start"] += 1
            return
        self._next, self.running, self._started = 0, True, at

    def resume(self, at: Seconds) -> None:
        """On from where it stands (continue), with the next tick."""
        if self.running:
            self.faults["continue while it runs"] += 1
            return
        self.running, self._started = True, at

    def stop(self) -> None:
        """It stands; as often as it is said."""
        if not self.running:
            self.faults["stop while it stands"] += 1
        self.running = False

    def song_position(self, sixteenths: int) -> None:
        """Where it goes on from; while it runs this is no time to say so, and is left out."""
        if self.running:
            self.faults["song position while it runs"] += 1
            return
        self._next = max(sixteenths, 0) * TICKS_A_SIXTEENTH

    def tick(self, at: Seconds) -> None:
        """A tick came."""
        if self._last is not None and at - self._last > DROPPED:
            self._follower, self._seen = None, 0
        self._last = at
        passed = self._passed(at)
        self._ticks += passed
        self._seen += 1
        if self._follower is None:
            self._follower = Follower(at, self._ticks, _EXPECTED, _MEMORY)
        else:
            self._follower.measure(at, self._ticks)
        if self.running:
            self._next += passed
            self._offset = self._next - 1 - self._ticks

    def now(self, at: Seconds) -> ClockNow:
        """Where it is at an instant. Without ticks for `DROPPED` it stands."""
        follower = self._follower
        if follower is None or self._last is None or at - self._last > DROPPED:
            return ClockNow(False, self._next / TICKS_A_QUARTER, 0.0)
        bpm = 60.0 / (follower.period * TICKS_A_QUARTER) if self._seen > 1 else 0.0
        bpm = min(max(bpm, LOWEST_BPM), HIGHEST_BPM) if bpm else 0.0
        # Not further than the tick that has not come, by much: it may have stopped.
        here = min(follower.place(at), self._ticks + 2.0) + self._offset
        if not self.running or self._next == 0:
            return ClockNow(self.running, self._next / TICKS_A_QUARTER, bpm)
        return ClockNow(True, max(here, 0.0) / TICKS_A_QUARTER, bpm)

    # -- lost ticks --------------------------------------------------------------------------------

    def _passed(self, at: Seconds) -> int:
        """How many ticks this one stands for: more than one where some were lost."""
        follower = self._follower
        if follower is None or self._seen < _SETTLED:
            return 1
        gap = follower.place(at) - self._ticks
        count = round(gap)
        # Beside it: a tick that comes late by half a tick cannot be told from a lost one.
        self._jitter += 0.03 * (min(abs(gap - count), 0.5) ** 2 - self._jitter)
        if count > _MOST_LOST:
            self.faults["long gap"] += 1
            self._relearn()
            return 1
        if count <= 2 and self._jitter > _ROUGH * _ROUGH:
            return 1
        if count < 2:
            return self._one(count)
        self._even = 0
        self._doubts += 1
        self._inserted += count - 1
        if self._doubts < _DOUBTFUL:
            self.faults["lost tick"] += count - 1
            self._owed += count - 1
            return count
        # They were never sent: what looked like losses is a slower tempo.
        if self.running:
            self._next = max(self._next - (self._inserted - count + 1), 0)
        self._relearn()
        return 1

    def _one(self, count: int) -> int:
        """A tick at its time, or one that was taken for lost and comes late."""
        self._doubts = self._inserted = 0
        if count < 1 and self._owed:
            self._owed -= 1
            self.faults["lost tick"] -= 1
            self.faults["late tick"] += 1
            return 0
        self._even += 1
        if self._even >= _MEANT:
            self._owed = 0
        return 1

    def _relearn(self) -> None:
        self._follower = None
        self._seen = self._doubts = self._inserted = self._owed = 0


# --------------------------------------------------------------------------------------------------
# Writing

CLOCK_BYTES = b"\xf8"
START_BYTES = b"\xfa"
CONTINUE_BYTES = b"\xfb"
STOP_BYTES = b"\xfc"


class ClockMessage(NamedTuple):
    """Bytes to send as a tick of the music sounds, and when that is."""

    seconds: Seconds
    tick: Ticks
    data: bytes


def position_bytes(tick: Ticks) -> tuple[bytes, Ticks]:
    """Song position for the first sixteenth not before a tick, and where that sixteenth lies.

    The message counts to 16,383, 1,024 bars of 4/4; from there it begins anew.
    """
    sixteenths = -(-tick // (QUARTER // 4))
    told = sixteenths % 16_384
    return bytes((0xF2, told & 0x7F, told >> 7)), sixteenths * (QUARTER // 4)


def clock_messages(tempo: TempoMap, first: Ticks, until: Ticks) -> Iterator[ClockMessage]:
    """Clock from tick `first` to before `until`, on the tempo map: begun, ticked, and stopped.

    From 0 it starts; from elsewhere song position and continue come first, for the next sixteenth.
    A tick of the clock is a 24th of a quarter exactly, and each time is that of the map.
    """
    place = first
    seconds = tempo.seconds_at(first)
    if first == 0:
        yield ClockMessage(seconds, 0, START_BYTES)
    else:
        told, place = position_bytes(first)
        yield ClockMessage(seconds, first, told)
        yield ClockMessage(seconds, first, CONTINUE_BYTES)
    for tick in range(place, until, GRID):
        yield ClockMessage(tempo.seconds_at(tick), tick, CLOCK_BYTES)
    yield ClockMessage(tempo.seconds_at(until), until, STOP_BYTES)
