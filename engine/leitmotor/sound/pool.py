"""The one array that all notes are played from: bounded, its longest unused notes give way."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Set

import numpy as np
from numpy.lib.stride_tricks import as_strided

from leitmotor.records import record
from leitmotor.sound.samples import LONGEST_BLOCK, QUANTUM, Frames
from leitmotor.sound.tables import Numbers, Shape, Table

POOL_SAMPLES = 56_000_000
"""112 MB at most: some 300 pitches of two seconds at 48 kHz. Only what is used costs memory."""


@record
class Placed:
    """Where a note lies: the index of the first sample of each layer, and of its whole stretch."""

    soft: int
    bright: int
    begin: int
    end: int
    shape: Shape


class Pool:
    """Holds notes so that any block of any of them is one stretch of one array.

    Before a layer lie zeros for a block, so that a note may begin within one; behind it lies as
    much of its loop again, so that no block has to go round in the middle.
    """

    def __init__(self, samples: int = POOL_SAMPLES) -> None:
        self._numbers = np.zeros(samples, np.int16)
        self._placed: OrderedDict[Hashable, Placed] = OrderedDict()  # the longest unused first
        self._free: list[tuple[int, int]] = [(0, samples)]  # by place; no two of them touch
        self._blocks = {
            frames: as_strided(self._numbers, (samples - frames, frames), (2, 2), writeable=False)
            for frames in range(QUANTUM, LONGEST_BLOCK + 1, QUANTUM)
        }

    def blocks(self, starts: np.ndarray[tuple[int], np.dtype[np.int64]], frames: Frames) -> Numbers:
        """For each index the `frames` numbers from there on: (starts, frames)."""
        rows: Numbers = self._blocks[frames][starts]
        return rows

    def get(self, key: Hashable) -> Placed | None:
        """A note that is here."""
        placed = self._placed.get(key)
        if placed is not None:
            self._placed.move_to_end(key)
        return placed

    def put(self, key: Hashable, table: Table, in_use: Callable[[], Set[int]]) -> Placed | None:
        """Take a note in, in the place of others if need be; None where there is no room.

        `in_use` tells where notes that are being played begin: they stay.
        """
        shape = table.shape
        each = shape.length + 2 * LONGEST_BLOCK
        begin = self._room(2 * each, in_use)
        if begin is None:
            return None
        soft, bright = begin + LONGEST_BLOCK, begin + each + LONGEST_BLOCK
        for first, numbers in ((soft, table.soft), (bright, table.bright)):
            self._write(first, numbers, shape.loop_start)
        placed = self._placed[key] = Placed(soft, bright, begin, begin + 2 * each, shape)
        return placed

    def _write(self, first: int, numbers: Numbers, loop_start: Frames) -> None:
        pool, last = self._numbers, first + len(numbers)
        pool[first - LONGEST_BLOCK : first] = 0
        pool[first:last] = numbers
        again = numbers[loop_start:]
        tail = np.resize(again, LONGEST_BLOCK) if len(again) else np.zeros(LONGEST_BLOCK, np.int16)
        pool[last : last + LONGEST_BLOCK] = tail

    def _room(self, wanted: int, in_use: Callable[[], Set[int]]) -> int | None:
        place = self._first_fit(wanted)
        if place is None:
            playing = in_use()
            for key, placed in list(self._placed.items()):
                if placed.begin not in playing:
                    del self._placed[key]
                    self._give_back(placed.begin, placed.end)
                    place = self._first_fit(wanted)
                    if place is not None:
                        break
        return place

    def _first_fit(self, wanted: int) -> int | None:
        for number, (begin, end) in enumerate(self._free):
            if end - begin >= wanted:
                if end - begin == wanted:
                    del self._free[number]
                else:
                    self._free[number] = (begin + wanted, end)
                return begin
        return None

    def _give_back(self, begin: int, end: int) -> None:
        """Make a stretch free, as one with what is free beside it."""
        joined: list[tuple[int, int]] = []
        for stretch in sorted([*self._free, (begin, end)]):
            if joined and joined[-1][1] == stretch[0]:
                joined[-1] = (joined[-1][0], stretch[1])
            else:
                joined.append(stretch)
        self._free = joined
