"""Reading tables along a loop, fast: hundreds of notes are baked before a piece begins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from leitmotor.sound.recipes.motion import Loop
from leitmotor.sound.samples import TAU, Frames, Samples

Phase: TypeAlias = NDArray[np.uint32]
"""Turns of 2³²: it wraps by itself, so that a loop of whole turns closes."""

BLOCK: Frames = 16384
"""So much is made at a time: it stays in the cache, and no fresh memory has to be got for it, which
costs more time than the arithmetic."""

SINE = 4096


class Reader:
    """Reads tables of one turn each along a note, block by block.

    What `cycles`, `sine` and `take` give is overwritten by the next of them.
    """

    def __init__(self, loop: Loop) -> None:
        self.loop = loop
        self._first: Frames = 0
        self._size: Frames = BLOCK
        self._count = np.arange(BLOCK, dtype=np.uint32)
        self._phase = np.empty(BLOCK, dtype=np.uint32)
        self._places = np.empty(BLOCK, dtype=np.intp)
        self._moved = np.empty(BLOCK, dtype=np.int32)
        self._taken = np.empty(BLOCK, dtype=np.float32)
        self._sine = np.sin(np.arange(SINE) * (TAU / SINE)).astype(np.float32)

    def blocks(self, frames: Frames) -> Iterator[slice]:
        """Go through a note of that length; the rest works on the block that was last given."""
        for first in range(0, frames, BLOCK):
            self._first, self._size = first, min(BLOCK, frames - first)
            yield slice(first, first + self._size)

    def phase(self, turns: int, start: float = 0.0) -> Phase:
        """A phase of so many turns in the loop; the note begins at `start` (in turns)."""
        return self._turning(turns, start, np.empty(self._size, dtype=np.uint32))

    def shift(self, at: Phase, turns: Samples) -> None:
        """Move a phase by so many turns (less than 100 either way), in place."""
        moved = self._moved[: self._size]
        # Through 24 bits, as many as a float has: more would not fit the whole turns beside them.
        np.multiply(turns, np.float32(2**24), out=moved, casting="unsafe")
        np.left_shift(moved, 8, out=moved)
        np.add(at, moved.view(np.uint32), out=at)

    def aim(self, at: Phase, size: int) -> None:
        """Make ready to read tables of that size (a power of 2) at each phase."""
        bits = np.uint32(32 - (size.bit_length() - 1))
        np.right_shift(at, bits, out=self._places[: self._size], casting="unsafe")

    def take(self, table: Samples) -> Samples:
        """What the table has where it was aimed at."""
        size = self._size
        return table.take(self._places[:size], out=self._taken[:size], mode="wrap")

    def cycles(self, table: Samples, turns: int, start: float = 0.0) -> Samples:
        """A table read in so many turns of the loop."""
        self.aim(self._turning(turns, start, self._phase[: self._size]), table.size)
        return self.take(table)

    def sine(self, turns: int, start: float, height: float) -> Samples:
        """A sine of so many turns in the loop."""
        wave = self.cycles(self._sine, turns, start)
        return np.multiply(wave, np.float32(height), out=wave)

    def _turning(self, turns: int, start: float, out: Phase) -> Phase:
        step = round(turns * 2**32 / self.loop.frames)
        begin = round(start * 2**32) + self._first * step
        np.multiply(self._count[: self._size], np.uint32(step % 2**32), out=out)
        return np.add(out, np.uint32(begin % 2**32), out=out)
