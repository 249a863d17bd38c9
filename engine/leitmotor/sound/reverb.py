"""A stereo reverb, from a dry booth to a cathedral, computed a block at a time.

Sparse early reflections feed a network of delay lines that a Householder reflection mixes (Jot and
Chaigne 1991). No line is shorter than the longest block, so nothing that a block needs is made
within it: each step is one array operation, and any blocking gives the same samples.
"""

from __future__ import annotations

import math

import numpy as np

from leitmotor.music.time import Seconds
from leitmotor.sound.rooms import (
    LINES,
    LONGEST_RING,
    Acoustics,
    acoustics,
    damping_reach,
    dry,
    last_reflection,
    line_delays,
)
from leitmotor.sound.samples import LONGEST_BLOCK, QUANTUM, Frames, Samples

MOVE_SECONDS: Seconds = 0.25
"""How long one room takes to become another."""

# What enters a line: the reflections to the left (0) or right (1) ear, added or subtracted. The
# first half of the lines is heard on the left, the other on the right: either ear reaches both.
_ENTRANCES = (
    (0, np.add),
    (1, np.add),
    (0, np.subtract),
    (1, np.subtract),
    (1, np.add),
    (0, np.subtract),
    (1, np.subtract),
    (0, np.add),
    (0, np.subtract),
    (1, np.add),
    (0, np.add),
    (1, np.subtract),
)
_MIXING = np.full(1, 2.0 / LINES, np.float32)
_SLACK: Frames = 128 * QUANTUM  # how far the memory runs before it is moved back
# Far below hearing, far above the subnormal numbers that processors are slow with.
_FLOOR = 1e-20


class Reverb:
    """One room for all voices. Its memory is fixed: about 3 MB at 48 kHz.

    Whatever its size, a room returns about the energy that it is sent (within 2 dB for music, which
    is to say pink): a larger one is longer, not louder. It starts dry. Samples that are no numbers
    count as silence.
    """

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._reach = damping_reach(rate)
        self._delays = line_delays(rate)
        self._back = last_reflection(LONGEST_RING, rate) + 2
        length = self._back + _SLACK + max(self._delays) + 2 * LONGEST_BLOCK
        # A line is written ahead by its own delay, so that all of them are read as one rectangle.
        # The last two rows are what was sent.
        self._memory = np.zeros((LINES + 2, length), np.float32)
        self._rows = tuple(self._memory)
        self._at = self._back
        self._sent_before = np.zeros(2, np.float32)
        self._work = {n: _Work(n, self._reach) for n in range(QUANTUM, LONGEST_BLOCK + 1, QUANTUM)}
        self._out = np.zeros((2, LONGEST_BLOCK), np.float32)
        self._ramp = np.arange(QUANTUM, dtype=np.float32) / np.float32(QUANTUM)
        self._room = self._next = dry(acoustics(LONGEST_RING, rate))
        self._wanted: Seconds | None = None  # what to become when the change under way is done
        self._moves = max(1, round(MOVE_SECONDS * rate / QUANTUM))
        self._moved = self._moves  # quanta since the room began to change

    def begin_in(self, rings_seconds: Seconds) -> None:
        """Be that room at once, as `set_room` has it; only before anything was sent."""
        self.set_room(rings_seconds)
        self._moved = self._moves
        self._room = self._next

    def set_room(self, rings_seconds: Seconds) -> None:
        """Become a room that falls by 60 dB in so many seconds, from the next frame on.

        0 is dry; else it is brought between SHORTEST_RING and LONGEST_RING. A change that is under
        way is finished first; of several that wait the last counts.
        """
        self._wanted = rings_seconds
        if self._moved >= self._moves:
            self._leave()

    def process(self, send: Samples) -> Samples:
        """What comes back of (2, frames), a multiple of QUANTUM up to LONGEST_BLOCK of them.

        (2, frames); overwritten by the next call.
        """
        frames = send.shape[1]
        out = self._out[:, :frames]
        if self._moved >= self._moves:
            self._rest(send, out)
            return out
        for start in range(0, frames, QUANTUM):
            quantum = slice(start, start + QUANTUM)
            if self._moved < self._moves:
                self._move(send[:, quantum], out[:, quantum])
            else:
                self._rest(send[:, quantum], out[:, quantum])
        return out

    def _leave(self) -> None:
        """Begin to change into the room that is wanted."""
        rings, self._wanted = self._wanted, None
        if not rings or rings < 0.0:
            self._next = dry(self._room)
        else:
            self._next = acoustics(rings, self._rate)
            if self._room.is_dry:
                self._room = dry(self._next)
        self._moved = 0

    def _arrive(self) -> None:
        self._room = self._next
        if self._room.is_dry:
            self._memory.fill(0.0)
            self._sent_before.fill(0.0)
        if self._wanted is not None:
            self._leave()

    def _rest(self, send: Samples, out: Samples) -> None:
        """A block in a room that does not change."""
        if self._room.is_dry:
            out.fill(0.0)
            return
        work = self._take(send)
        work.set_gains(self._room.gains)
        self._reflect(self._room, work.early, work.frames)
        self._ring(work)
        _hear(work, self._room.late, self._room.early, out)

    def _move(self, send: Samples, out: Samples) -> None:
        """A quantum between two rooms: reflections are cross-faded, gains go straight."""
        share = (self._ramp + np.float32(self._moved)) / np.float32(self._moves)
        before, after = self._room, self._next
        work = self._take(send)
        work.set_gains(_between(before.gains, after.gains, share))
        self._reflect(before, work.early, work.frames)
        self._reflect(after, work.arriving, work.frames)
        work.early[:] = _between(work.early, work.arriving, share)
        self._ring(work)
        late = _between(before.late, after.late, share)
        _hear(work, late, _between(before.early, after.early, share), out)
        self._moved += 1
        if self._moved == self._moves:
            self._arrive()

    def _take(self, send: Samples) -> _Work:
        """Keep what is sent, its highest octave softened by averaging each frame with the last."""
        frames = send.shape[1]
        if self._at + frames > self._back + _SLACK:
            self._rewind()
        if not math.isfinite(np.add.reduce(send, axis=None)):
            send = np.where(np.isfinite(send), send, np.float32(0.0))
        sent, at = self._memory[LINES:], self._at
        np.add(send[:, 1:], send[:, :-1], out=sent[:, at + 1 : at + frames])
        np.add(send[:, 0], self._sent_before, out=sent[:, at])
        self._sent_before[:] = send[:, -1]
        self._at = at + frames
        return self._work[frames]

    def _rewind(self) -> None:
        """Move what is still to be read to the front."""
        kept = self._memory[:, self._at - self._back :]
        self._memory[:, : kept.shape[1]] = kept
        self._at = self._back

    def _reflect(self, room: Acoustics, early: Samples, frames: Frames) -> None:
        """The early reflections of what was sent into `early`, (2, frames)."""
        end = self._at
        start = end - frames
        for ear in (0, 1):
            sent, total = self._rows[LINES + ear], early[ear]
            one, two, *others = room.added[ear]
            np.add(sent[start - one : end - one], sent[start - two : end - two], out=total)
            for back in others:
                np.add(total, sent[start - back : end - back], out=total)
            for back in room.subtracted[ear]:
                np.subtract(total, sent[start - back : end - back], out=total)

    def _ring(self, work: _Work) -> None:
        """One block of the lines: read, damp, mix, let the reflections in, write."""
        end = self._at
        start = end - work.frames
        np.copyto(work.read, self._memory[:LINES, start - self._reach : end + self._reach])
        np.add(work.left_of, work.right_of, out=work.sides)
        np.multiply(work.sides, work.outer_gains, out=work.sides)
        np.multiply(work.centre, work.middle_gains, out=work.centre)
        np.add(work.centre, work.sides, out=work.sides)
        np.add.reduce(work.by_half, axis=1, out=work.halves, initial=_FLOOR)
        np.add(work.heard[0], work.heard[1], out=work.mixed)
        np.multiply(work.mixed, _MIXING, out=work.mixed)
        np.subtract(work.early, work.mixed, out=work.entering[0])
        np.add(work.early, work.mixed, out=work.entering[1])
        for row, delay, (enter, line, entering) in zip(
            self._rows, self._delays, work.ways, strict=False
        ):
            enter(line, entering, row[start + delay : end + delay])


class _Work:
    """Room to compute blocks of one length in.

    The lines are copied beside each other and filtered as one row of samples: where one line ends
    and the next begins `2 * reach` frames are wrong, and nobody looks at them.
    """

    def __init__(self, frames: Frames, reach: Frames) -> None:
        self.frames = frames
        width = frames + 2 * reach
        used = LINES * width - 2 * reach
        flat = np.zeros(LINES * width, np.float32)
        self.read = flat.reshape(LINES, width)
        self.left_of, self.right_of = flat[:used], flat[2 * reach :]
        self.centre = flat[reach : reach + used]
        filtered = np.zeros(LINES * width, np.float32)
        self.sides = filtered[:used]
        lines = filtered.reshape(LINES, width)[:, :frames]
        self.by_half = filtered.reshape(2, LINES // 2, width)
        self.halves = np.zeros((2, width), np.float32)
        self.heard = self.halves[:, :frames]
        self.mixed = np.zeros(frames, np.float32)
        self.early = np.zeros((2, frames), np.float32)
        self.arriving = np.zeros((2, frames), np.float32)
        self.entering = np.zeros((2, 2, frames), np.float32)  # less and more what is mixed
        self.ways = tuple(
            (enter, line, self.entering[int(enter is np.subtract), ear])
            for line, (ear, enter) in zip(lines, _ENTRANCES, strict=True)
        )
        # Written out for each frame: that costs memory and saves a third of the time.
        gains = np.zeros((2, LINES * width), np.float32)
        self.middle_gains, self.outer_gains = gains[:, :used]
        self._gains = gains.reshape(2, LINES, width)[:, :, :frames]
        self._holds: Samples | None = None

    def set_gains(self, gains: Samples) -> None:
        """Take the gains of the lines' taps, (2, LINES, 1 or frames)."""
        if gains is not self._holds:
            self._gains[:] = gains
            self._holds = gains


def _between(before: Samples, after: Samples, share: Samples) -> Samples:
    mixed: Samples = before + (after - before) * share
    return mixed


def _hear(work: _Work, late: Samples, early: Samples, out: Samples) -> None:
    """What the ears get of lines and reflections."""
    np.multiply(work.heard, late, out=out)
    np.multiply(work.early, early, out=work.early)
    np.add(out, work.early, out=out)
