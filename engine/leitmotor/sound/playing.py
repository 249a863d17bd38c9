"""The notes that play in a block, gathered: their samples, and their gain in each bus."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from leitmotor.sound.pool import Pool
from leitmotor.sound.samples import QUANTUM, Frames, Samples
from leitmotor.sound.strips import (
    COLOUR,
    EXPRESSION,
    LEFT,
    LEVEL,
    RIGHT,
    RISE,
    SEND,
    TONE,
    Nodes,
    Strips,
)

Whole: TypeAlias = NDArray[np.int64]
Broken: TypeAlias = NDArray[np.float64]

FOR_EVER: Frames = 1 << 62

STRIP, ONSET, SOFT, BRIGHT, LOOP, ROUND, HEARD, FADES, RELEASED, CHOKED = range(10)
"""Whole numbers of a note: its strip; the frame at which its table begins; where its layers lie;
where its loop begins and how long it is; the frames from which it is heard, fades by itself, is
released, and gives way."""
WHOLE = 10

GAIN, OWN_COLOUR, FOLLOWS, FADE_IN, SOFT_SCALE, BRIGHT_SCALE = range(6)
"""Broken numbers: its gain and brightness; 1 where it follows its strip's expression; the frames in
which it fades in; what makes samples of its numbers."""
BROKEN = 6

BUSES = 4
"""Left and right, dry and to the room."""


class Playing:
    """Some notes, by columns, until they change.

    `fading` is how fast each falls by itself, once released and once it gives way, in nepers a
    frame. `end` is when the first of them is over. Thread: one.
    """

    def __init__(self, whole: Whole, broken: Broken, fading: Broken, ends: Whole) -> None:
        self.end: Frames = int(ends.min(initial=FOR_EVER))
        self._ends = ends
        self._whole, self._broken = whole, broken
        self._count = count = whole.shape[1]
        self._since = whole[FADES : CHOKED + 1, None, :]
        self._fading = fading[:, None, :]
        # The frame from which on their own gains may move, and whether any ever will.
        moving = np.where(fading[0] > 0.0, whole[FADES], FOR_EVER)
        moving = np.minimum(moving, whole[RELEASED : CHOKED + 1].min(axis=0))
        self._moves_from: Frames = int(moving.min(initial=FOR_EVER))
        risen = np.where(broken[FADE_IN] > 0.0, whole[HEARD] + broken[FADE_IN], 0.0)
        self._risen: Frames = int(risen.max(initial=0.0)) + 1
        self._index = np.empty(2 * count, np.int64)
        self._still: Samples | None = None

    def mixed(self, pool: Pool, strips: Strips, block: Frames, out: Samples) -> None:
        """Write the block from `block` on to `out` (BUSES, frames)."""
        if not self._count:
            out[:] = 0.0
            return
        frames = out.shape[1]
        samples = pool.blocks(self._places(block), frames).astype(np.float32)
        if self._is_still(strips, block, frames):
            if self._still is None:
                self._still = self._weights(strips.nodes[:1], np.array([[block]]))[0]
            np.matmul(self._still, samples, out=out)
            return
        self._still = None
        self._ramped(samples, strips, block, out)

    def _is_still(self, strips: Strips, block: Frames, frames: Frames) -> bool:
        end = block + frames
        return strips.still and block >= self._risen and end <= self._moves_from and end < self.end

    def _places(self, block: Frames) -> Whole:
        """Where in the pool the block lies, for the soft layers and then for the bright ones."""
        whole, index, count = self._whole, self._index, self._count
        place = block - whole[ONSET]
        beyond = place - whole[LOOP]
        again = np.remainder(beyond, whole[ROUND])
        again += whole[LOOP]
        place = np.where(beyond < 0, place, again)
        np.add(whole[SOFT], place, out=index[:count])
        np.add(whole[BRIGHT], place, out=index[count:])
        return index

    def _ramped(self, samples: Samples, strips: Strips, block: Frames, out: Samples) -> None:
        quanta = out.shape[1] // QUANTUM
        nodes = np.arange(block, block + quanta * QUANTUM + 1, QUANTUM)[:, None]
        weights = self._weights(strips.nodes, nodes)
        ends = np.concatenate((weights[:-1], weights[1:]), axis=1)
        by_quantum = samples.reshape(len(samples), quanta, QUANTUM).transpose(1, 0, 2)
        both = np.matmul(ends, by_quantum)  # (quanta, at begin and at end, QUANTUM)
        begin, end = both[:, :BUSES], both[:, BUSES:]
        end -= begin
        end *= RISE
        np.add(begin, end, out=out.reshape(BUSES, quanta, QUANTUM).transpose(1, 0, 2))

    def _weights(self, desk_nodes: Nodes, nodes: Whole) -> Samples:
        """(nodes, BUSES, rows): the gain of each row in each bus at each node."""
        whole, broken, count = self._whole, self._broken, self._count
        desk: Any = desk_nodes[:, :, whole[STRIP]]  # (nodes, aspects, notes)
        passed = np.maximum(nodes - self._since, 0)
        gain = np.exp(-(passed * self._fading).sum(axis=0))
        gain *= broken[GAIN]
        gain *= desk[:, LEVEL]
        if nodes[-1, 0] >= self.end:
            gain *= nodes < self._ends  # or a long block would hear more of it than a short one
        follows = broken[FOLLOWS]
        gain *= 1.0 + follows * (desk[:, EXPRESSION] - 1.0)
        if nodes[0, 0] < self._risen:
            fade_in = broken[FADE_IN]
            risen = (nodes - whole[HEARD]) / np.maximum(fade_in, 1.0)
            gain *= np.where(fade_in > 0.0, np.minimum(np.maximum(risen, 0.0), 1.0), 1.0)
        colour = follows * desk[:, COLOUR]
        colour += broken[OWN_COLOUR]
        colour += desk[:, TONE]
        np.maximum(colour, 0.0, out=colour)
        np.minimum(colour, 1.0, out=colour)
        weights = np.empty((len(nodes), BUSES, 2 * count), np.float32)
        bright = gain * colour
        np.multiply(gain - bright, broken[SOFT_SCALE], out=weights[:, 0, :count], casting="unsafe")
        np.multiply(bright, broken[BRIGHT_SCALE], out=weights[:, 0, count:], casting="unsafe")
        right, send = desk[:, RIGHT], desk[:, SEND]
        for rows in (slice(0, count), slice(count, 2 * count)):
            layer = weights[:, 0, rows]
            np.multiply(layer, right, out=weights[:, 1, rows])
            layer *= desk[:, LEFT]
            np.multiply(weights[:, :2, rows], send[:, None], out=weights[:, 2:, rows])
        return weights
