"""The notes that play in a block, gathered: their samples, and their gain in each bus."""

from __future__ import annotations

from typing import TypeAlias

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
        self._since = whole[FADES : CHOKED + 1, None, :].astype(np.float64)
        self._falling = -fading[:, None, :]
        # The frame from which on their own gains may move, and whether any ever will.
        moving = np.where(fading[0] > 0.0, whole[FADES], FOR_EVER)
        moving = np.minimum(moving, whole[RELEASED : CHOKED + 1].min(axis=0))
        self._moves_from: Frames = int(moving.min(initial=FOR_EVER))
        risen = np.where(broken[FADE_IN] > 0.0, whole[HEARD] + broken[FADE_IN], 0.0)
        self._risen: Frames = int(risen.max(initial=0.0)) + 1
        self._loops_from = whole[ONSET] + whole[LOOP]
        self._loops = whole[SOFT : BRIGHT + 1] + whole[LOOP]
        self._index = np.empty((2, count), np.int64)
        self._follows = broken[FOLLOWS].astype(np.float32)
        self._colour = broken[OWN_COLOUR].astype(np.float32)
        self._scales = (broken[SOFT_SCALE:] * broken[GAIN]).astype(np.float32)
        self._at_desk: Samples | None = None

    def mixed(self, pool: Pool, strips: Strips, block: Frames, out: Samples) -> None:
        """Write the block from `block` on to `out` (BUSES, frames)."""
        if not self._count:
            out[:] = 0.0
            return
        frames = out.shape[1]
        samples = pool.blocks(self._places(block), frames).astype(np.float32)
        if not strips.still:
            self._at_desk = None
            weights = self._desk_weights(strips.nodes)
        else:
            if self._at_desk is None:
                self._at_desk = self._desk_weights(strips.nodes[:1])
            weights = self._at_desk
        if not self._is_even(block, block + frames):
            nodes = np.arange(block, block + frames + 1.0, QUANTUM)[:, None]
            weights = weights * self._own_gains(nodes).astype(np.float32)[:, None, None]
        if len(weights) == 1:
            np.matmul(weights.reshape(BUSES, -1), samples, out=out)
        else:
            _ramp(weights.reshape(len(weights) * BUSES, -1), samples, out)

    def _is_even(self, block: Frames, end: Frames) -> bool:
        """Whether no note's own gain moves in a block."""
        return block >= self._risen and end <= self._moves_from and end < self.end

    def _places(self, block: Frames) -> Whole:
        """Where in the pool the block lies, for the soft layers and then for the bright ones."""
        beyond = block - self._loops_from  # the beginning of the loop
        np.remainder(beyond, self._whole[ROUND], out=beyond, where=beyond >= 0)
        np.add(self._loops, beyond, out=self._index)
        return self._index.reshape(-1)

    def _own_gains(self, nodes: Broken) -> Broken:
        """(nodes, notes): how each rises and falls by itself."""
        passed = nodes - self._since
        np.maximum(passed, 0.0, out=passed)
        passed *= self._falling
        gains: Broken = np.exp(np.add.reduce(passed, axis=0))
        if nodes[-1, 0] >= self.end:
            gains *= nodes < self._ends  # or a long block would hear more of it than a short one
        if nodes[0, 0] < self._risen:
            fade_in = self._broken[FADE_IN]
            risen = (nodes - self._whole[HEARD]) / np.maximum(fade_in, 1.0)
            gains *= np.where(fade_in > 0.0, np.minimum(np.maximum(risen, 0.0), 1.0), 1.0)
        return gains

    def _desk_weights(self, nodes: Nodes) -> Samples:
        """(nodes, BUSES, layers, notes): the gain of each layer in each bus, but for `_own_gains`.

        Several notes for each of a few nodes are little work: it is the number of steps that costs.
        """
        follows = self._follows
        desk = nodes.take(self._whole[STRIP], axis=2)  # (nodes, aspects, notes)
        colour = desk[:, COLOUR] * follows
        colour += self._colour
        colour += desk[:, TONE]
        np.maximum(colour, 0.0, out=colour)
        np.minimum(colour, 1.0, out=colour)
        gain = desk[:, EXPRESSION] - 1.0
        gain *= follows
        gain += 1.0
        gain *= desk[:, LEVEL]
        layers = np.empty((len(nodes), 1, 2, self._count), np.float32)
        soft, bright = layers[:, 0, 0], layers[:, 0, 1]
        np.multiply(gain, colour, out=bright)
        np.subtract(gain, bright, out=soft)
        layers *= self._scales
        buses = np.empty((len(nodes), BUSES, 1, self._count), np.float32)
        sides = desk[:, LEFT : RIGHT + 1, None]
        buses[:, :2] = sides
        np.multiply(sides, desk[:, SEND, None, None], out=buses[:, 2:])
        weights: Samples = buses * layers
        return weights


def _ramp(weights: Samples, samples: Samples, out: Samples) -> None:
    """Mix rows with gains that go in straight lines; `weights` has BUSES rows for each node."""
    quanta, (step, each) = out.shape[1] // QUANTUM, weights.strides
    # The gains at the beginning of each quantum and those at its end, which the next begins with.
    ends: Samples = np.ndarray(
        (quanta, 2 * BUSES, len(samples)), np.float32, weights, 0, (BUSES * step, step, each)
    )
    by_quantum = samples.reshape(len(samples), quanta, QUANTUM).transpose(1, 0, 2)
    both = np.matmul(ends, by_quantum)  # (quanta, at begin and at end, QUANTUM)
    begin, end = both[:, :BUSES], both[:, BUSES:]
    end -= begin
    end *= RISE
    np.add(begin, end, out=out.reshape(BUSES, quanta, QUANTUM).transpose(1, 0, 2))
