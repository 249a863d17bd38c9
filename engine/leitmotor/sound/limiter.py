"""A limiter that no peak passes, not even one between two samples."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from leitmotor.music.time import Seconds
from leitmotor.sound.between import bow, height, kernel
from leitmotor.sound.samples import LONGEST_BLOCK, QUANTUM, Frames, Samples, gain_of

CEILING_DBTP = -1.0
RELEASE_SECONDS: Seconds = 0.12
"""How long the gain takes for 63 % of its way back."""

_STEP: Frames = 32  # between two places at which a gain is decided
_REACH: Frames = 16  # samples to either side from which one between two samples is computed
_OVERSAMPLING = 4
_WINDOW = 5.0  # Kaiser's beta
# What a peak can be more than the places show at which it is looked for, and a moving gain can add:
# little where the samples lie on a smooth curve, more where they jump.
_MARGIN_DB = 0.2
_MARGIN_OF_BENDS = 0.105
_STEPS = QUANTUM // _STEP
_SPAN = _STEP + 2 * _REACH - 1

DELAY: Frames = _STEP + _REACH
"""How much later everything comes out."""


class Limiter:
    """True-peak limiting of a stereo signal: what comes out stays under CEILING_DBTP.

    Both sides get the same gain. A gain is decided for every 32 frames, as the least that the 32
    before and the 32 after need, and goes in straight lines between: so it is where it has to be
    before a peak comes out, DELAY frames after it came in. While nothing needs less than 1, the
    output is the input, delayed, bit by bit.

    Blocks are multiples of QUANTUM up to `longest`; the samples do not depend on which.
    """

    def __init__(self, rate: int, longest: Frames = LONGEST_BLOCK) -> None:
        self.reduction_db = 0.0
        """The strongest reduction within the last block."""
        self._ceiling = gain_of(CEILING_DBTP - _MARGIN_DB)
        self._release = -math.expm1(-_STEP / (rate * RELEASE_SECONDS))
        self._interpolation = _interpolation()
        self._bow = bow(kernel(_OVERSAMPLING, _REACH, _WINDOW)) + _MARGIN_OF_BENDS
        self._past = DELAY + _REACH
        self._input = np.zeros((2, self._past + longest), np.float32)
        self._slopes = np.zeros((2, self._past + longest - 1), np.float32)
        self._bends = np.zeros((2, self._past + longest - 2), np.float32)
        spans = np.lib.stride_tricks.sliding_window_view(self._input, _SPAN, axis=1)
        first = self._past - 2 * _REACH + 1
        self._spans = tuple(
            spans[:, start : start + QUANTUM : _STEP]
            for start in range(first, first + LONGEST_BLOCK, QUANTUM)
        )
        # Two of these hold all bends of a span.
        self._bends_by_step = np.lib.stride_tricks.sliding_window_view(self._bends, _STEP, axis=1)[
            :, first + _SPAN - 2 - 2 * _STEP :: _STEP
        ]
        self._rows = np.zeros((2, _STEPS, _SPAN), np.float32)
        self._flat_rows = self._rows.reshape(2 * _STEPS, _SPAN)
        self._between = np.zeros(
            (LONGEST_BLOCK // QUANTUM, 2 * _STEPS, _STEP * _OVERSAMPLING), np.float32
        )
        self._out = np.zeros((2, longest), np.float32)
        self._rise = (np.arange(_STEP, dtype=np.float32) / np.float32(_STEP))[None, :]
        self._needed = 1.0  # by the 32 frames that were heard last
        self._node = 1.0  # the gain at the end of what has come out

    def process(self, samples: Samples) -> Samples:
        """The frames before these, by DELAY: (2, frames), overwritten by the next call."""
        frames = samples.shape[1]
        out = self._out[:, :frames]
        self.reduction_db = 0.0
        is_low = self._takes_low(samples)
        if is_low or frames <= LONGEST_BLOCK:
            self._put(out, is_low)
            return out
        # Of so much at once mostly no more than a part is loud.
        for start in range(0, frames, LONGEST_BLOCK):
            part = slice(start, start + LONGEST_BLOCK)
            self._put(out[:, part], self._takes_low(samples[:, part]))
        return out

    def _takes_low(self, samples: Samples) -> bool:
        """Take the next frames in; whether nothing of them can reach the ceiling."""
        frames = samples.shape[1]
        self._input[:, self._past : self._past + frames] = samples
        return self._is_low(frames)

    def _put(self, out: Samples, is_low: bool) -> None:
        """Let as many frames out as were taken in."""
        known, frames = self._input, out.shape[1]
        delayed = known[:, self._past - DELAY : self._past - DELAY + frames]
        if is_low and self._node == 1.0 and self._needed == 1.0:
            np.copyto(out, delayed)
        else:
            nodes = self._nodes([1.0] * (frames // _STEP) if is_low else self._needs(frames))
            starts = nodes[:-1, None]
            gains = starts + (nodes[1:, None] - starts) * self._rise
            np.multiply(delayed, gains.reshape(-1), out=out)
            reduction = 20.0 * math.log10(1.0 / max(float(nodes.min()), 1e-9))
            self.reduction_db = max(self.reduction_db, reduction)
        known[:, : self._past] = known[:, frames : frames + self._past]

    def _nodes(self, needs: Sequence[float]) -> Samples:
        """The gains at both ends of each 32 frames that come out."""
        nodes = [self._node]
        for need in needs:
            rising = self._node + (1.0 - self._node) * self._release
            # A gain that never arrived at 1 would never let the input pass as it is.
            rising = 1.0 if rising > 0.9999 else rising
            self._node = min(rising, need, self._needed)
            self._needed = need
            nodes.append(self._node)
        return np.array(nodes, np.float32)

    def _is_low(self, frames: Frames) -> bool:
        """Whether nothing can reach the ceiling, by a bound that costs little.

        Between two samples a signal leaves the line that joins them by no more than the samples
        bend around there.
        """
        count = self._past + frames
        known, slopes = self._input[:, :count], self._slopes[:, : count - 1]
        top = height(known)
        # No bend is more than four times as high.
        if top * (1.0 + 4.0 * self._bow) < self._ceiling:
            return True
        bends = self._bends[:, : count - 2]
        np.subtract(known[:, 1:], known[:, :-1], out=slopes)
        np.subtract(slopes[:, 1:], slopes[:, :-1], out=bends)
        np.abs(bends, out=bends)
        return top + self._bow * float(np.maximum.reduce(bends, axis=None)) < self._ceiling

    def _needs(self, frames: Frames) -> list[float]:
        """What gain each 32 frames need, the newest of which end REACH before the input does."""
        quanta = frames // QUANTUM
        for spans, between in zip(self._spans[:quanta], self._between, strict=False):
            # Always as many rows, so that a product of matrices rounds as in any other block.
            np.copyto(self._rows, spans)
            np.matmul(self._flat_rows, self._interpolation, out=between)
        between = self._between[:quanta]
        highest = np.maximum(between.max(axis=2), -between.min(axis=2))
        peaks = highest.reshape(quanta, 2, _STEPS).max(axis=1).reshape(-1)
        bends = self._bends_by_step[:, : frames // _STEP + 1].max(axis=(0, 2))
        peaks += np.float32(_MARGIN_OF_BENDS) * np.maximum(bends[1:], bends[:-1])
        ceiling = self._ceiling
        return [ceiling / peak if peak > ceiling else 1.0 for peak in peaks.tolist()]


def _interpolation() -> Samples:
    """(span, places): what makes of the samples around 32 frames four times as many places."""
    weights = kernel(_OVERSAMPLING, _REACH, _WINDOW)
    matrix = np.zeros((_SPAN, _STEP, _OVERSAMPLING), np.float32)
    for frame in range(_STEP):
        matrix[frame : frame + 2 * _REACH, frame] = weights.T
    return matrix.reshape(_SPAN, -1)
