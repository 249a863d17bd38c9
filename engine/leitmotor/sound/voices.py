"""Every note that sounds: where it is in its table, and how loud and bright at each instant."""

from __future__ import annotations

from math import ceil, log

import numpy as np
from numpy.typing import NDArray

from leitmotor.music.time import Seconds
from leitmotor.records import record
from leitmotor.sound.playing import (
    BROKEN,
    CHOKED,
    FOR_EVER,
    HEARD,
    RELEASED,
    STRIP,
    WHOLE,
    Playing,
    Whole,
)
from leitmotor.sound.pool import Placed, Pool
from leitmotor.sound.samples import QUANTUM, Frames, Samples
from leitmotor.sound.strips import Strips

PROTECTED = 1 << 16
"""The rank of a note that gives way to none."""

CHOKE_SECONDS: Seconds = 0.008
"""What gives way to another note falls by 60 dB in this time."""

INAUDIBLE_DB = 80.0
"""A note that has fallen so far is over."""

_DB = log(10.0) / 20.0


@record
class Start:
    """A note that begins.

    Its table begins at the frame `onset`. It is heard from `heard` on, which is later where the
    attack is skipped; then it fades in over `fade_in` frames.
    """

    note: int  # the performer's number of it
    strip: int
    rank: int
    placed: Placed
    onset: Frames
    heard: Frames
    fade_in: Frames
    gain: float
    colour: float
    follows: bool  # the expression of its strip
    is_heard: bool  # else it only takes its place, so that others give way as in the whole


class Voices:
    """A fixed number of places for notes, kept as columns of numbers.

    Position and gain of a note are closed forms of the frame: it does not matter in which blocks
    they are asked for. Thread: one.
    """

    def __init__(self, rate: int, polyphony: int) -> None:
        # What was told to give way needs a place until it has faded.
        places = polyphony + polyphony // 2 + 16
        self._rate = rate
        self._polyphony = polyphony
        self._slots: dict[int, int] = {}  # of notes that are held
        self._rank, self._stretch = (np.zeros(places, np.int64) for _ in range(2))
        self._end = np.zeros(places, np.int64)  # from here on nothing of it is heard
        self._heard = np.ones(places, np.bool_)
        self._ringing = np.zeros(places)  # frames from its release to its end
        self._whole = np.zeros((WHOLE, places), np.int64)
        self._broken = np.zeros((BROKEN, places))
        self._fading = np.zeros((3, places))
        self._fading[2] = 60.0 * _DB / (CHOKE_SECONDS * rate)
        self._playing = self._gathered(np.zeros(0, np.int64))
        self._changed = True  # since `_playing` was put together

    # -- notes begin and end -----------------------------------------------------------------------

    def start(self, start: Start, block: Frames) -> bool:
        """Begin a note within the block that begins at `block`; False where no note gives way."""
        if not self._made_room(start):
            return False
        free = np.flatnonzero(self._end <= block)
        if not len(free):
            return False
        slot, shape = int(free[0]), start.placed.shape
        self._changed = True
        self._slots[start.note] = slot
        self._rank[slot], self._stretch[slot] = start.rank, start.placed.begin
        begins_to_fade = start.onset + shape.loop_start
        self._whole[:, slot] = (
            start.strip,
            start.onset,
            start.placed.soft,
            start.placed.bright,
            shape.loop_start,
            max(shape.length - shape.loop_start, 1),
            start.heard,
            begins_to_fade,
            FOR_EVER,
            FOR_EVER,
        )
        falls = 60.0 * _DB / max(shape.release_seconds * self._rate, 1.0)
        self._fading[:2, slot] = shape.fade_db_per_second * _DB / self._rate, falls
        self._broken[:, slot] = (
            start.gain,
            start.colour,
            start.follows,
            start.fade_in,
            shape.soft_scale,
            shape.bright_scale,
        )
        self._ringing[slot] = shape.release_seconds * INAUDIBLE_DB / 60.0 * self._rate
        self._end[slot] = self._natural_end(start)
        self._heard[slot] = start.is_heard
        return True

    def _natural_end(self, start: Start) -> Frames:
        shape = start.placed.shape
        if shape.loop_start >= shape.length:
            return start.onset + shape.length
        if shape.fade_db_per_second <= 0.0:
            return FOR_EVER
        seconds = INAUDIBLE_DB / shape.fade_db_per_second
        return start.onset + shape.loop_start + ceil(seconds * self._rate)

    def release(self, note: int, frame: Frames) -> None:
        """End a note that is held."""
        slot = self._slots.pop(note, None)
        if slot is None:
            return
        self._changed = True
        self._whole[RELEASED, slot] = frame
        self._end[slot] = min(self._end[slot], frame + ceil(self._ringing[slot]))

    def silence(self, frame: Frames) -> None:
        """Let all of it fade out at once."""
        self._choke(np.flatnonzero(self._end > frame), frame)

    def connects(self, strip: int, frame: Frames, within: Frames) -> bool:
        """Whether on this strip a note is held, or was until just before `frame`."""
        near = self._on(strip, frame)
        return bool(np.any(near & (self._whole[RELEASED] > frame - within)))

    def is_holding(self, strip: int, frame: Frames) -> bool:
        """Whether a note that began before is held on a strip."""
        return bool(np.any(self._on(strip, frame) & (self._whole[RELEASED] > frame)))

    def is_ringing(self, strip: int, frame: Frames) -> bool:
        """Whether a note that began before is heard on a strip, held or not, in this quantum."""
        begun = (self._whole[STRIP] == strip) & (self._whole[HEARD] < frame)
        return bool(np.any(begun & (self._end > frame - frame % QUANTUM)))

    def _on(self, strip: int, frame: Frames) -> NDArray[np.bool_]:
        whole = self._whole
        on: NDArray[np.bool_] = (
            (whole[STRIP] == strip) & (self._end > frame) & (whole[HEARD] < frame)
        )
        return on

    def in_use(self, frame: Frames) -> frozenset[int]:
        """Where the stretches begin that are being played."""
        return frozenset(int(place) for place in self._stretch[self._end > frame])

    def sounding(self, frame: Frames) -> int:
        """How many notes sound."""
        return len(self._alive(frame))

    def _alive(self, frame: Frames) -> Whole:
        return np.flatnonzero((self._end > frame) & (self._whole[CHOKED] > frame))

    def _made_room(self, start: Start) -> bool:
        """Where as many sound as may, let one go.

        First the one released longest ago; else of the lowest rank, if it is no higher than that of
        the new note, the oldest. What is protected stays.
        """
        frame = start.heard
        alive = self._alive(frame)
        if len(alive) < self._polyphony:
            return True
        released, began = self._whole[RELEASED, alive], self._whole[HEARD, alive]
        if released.min() <= frame:
            victim = alive[np.argmin(released)]
        else:
            ranks = self._rank[alive]
            victim = alive[np.lexsort((began, ranks))[0]]
            if self._rank[victim] > min(start.rank, PROTECTED - 1):
                return False
        self._choke(np.array([victim]), frame)
        return True

    def _choke(self, slots: Whole, frame: Frames) -> None:
        self._changed = True
        choked = self._whole[CHOKED]
        choked[slots] = np.minimum(choked[slots], frame)
        last = frame + ceil(CHOKE_SECONDS * INAUDIBLE_DB / 60.0 * self._rate)
        self._end[slots] = np.minimum(self._end[slots], last)
        gone = set(slots.tolist())
        self._slots = {note: slot for note, slot in self._slots.items() if slot not in gone}

    # -- a block of them ---------------------------------------------------------------------------

    def mixed(self, pool: Pool, strips: Strips, block: Frames, out: Samples) -> None:
        """Write the block from `block` on to `out` (4, frames): dry, and to the room."""
        if self._changed or block >= self._playing.end:
            self._playing = self._gathered(np.flatnonzero((self._end > block) & self._heard))
            self._changed = False
        self._playing.mixed(pool, strips, block, out)

    def _gathered(self, slots: Whole) -> Playing:
        return Playing(
            self._whole[:, slots], self._broken[:, slots], self._fading[:, slots], self._end[slots]
        )
