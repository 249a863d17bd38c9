"""The K weighting of BS.1770 as it goes by: the power of one hop after the other.

A recursive filter wants one sample after the other, which is the slowest thing to ask for here. So
a hop is cut into short rows: what the filter makes of a row by itself is one product of matrices
for all rows together, and what it still remembers from the rows before is four numbers a row.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from leitmotor.sound.loudness import Biquad, k_filters
from leitmotor.sound.samples import Frames, Samples

HOPS_A_SECOND = 10

_LONGEST_ROW: Frames = 96
_CHANNELS = 2

_Matrix = NDArray[np.float64]


class Hops:
    """Cuts stereo samples that come in blocks of any length into hops of so many frames."""

    def __init__(self, hop: Frames) -> None:
        self._samples = np.zeros((_CHANNELS, hop), np.float32)
        self._filled: Frames = 0

    @property
    def wanting(self) -> Frames:
        """After how many more frames the next hop is whole."""
        return self._samples.shape[1] - self._filled

    @property
    def rest(self) -> Samples:
        """What has come of the next hop."""
        return self._samples[:, : self._filled]

    def whole(self, samples: Samples) -> Iterator[Samples]:
        """Take (2, frames); gives each hop that becomes whole, in an array that is used again."""
        start, frames = 0, samples.shape[1]
        while start < frames:
            length = min(frames - start, self.wanting)
            end = self._filled + length
            self._samples[:, self._filled : end] = samples[:, start : start + length]
            self._filled = end
            start += length
            if not self.wanting:
                self._filled = 0
                yield self._samples


class WeightedHops:
    """The mean squares, as heard, of one hop of stereo samples after the other, both sides summed.

    `hop` is 100 ms in frames.
    """

    def __init__(self, rate: int) -> None:
        self.hop: Frames = round(rate / HOPS_A_SECOND)
        row = max(length for length in range(1, _LONGEST_ROW + 1) if self.hop % length == 0)
        rows = self.hop // row
        step, enters, leaves, passes = _filter(rate)
        self._order = order = len(step)
        alone, remembers, recalls = _by_rows(step, enters, leaves, passes, row)
        self._recalls = recalls.astype(np.float32)
        # Both in one product: what a row sounds as, and what is remembered of it.
        self._both = np.concatenate((alone, remembers), axis=1).astype(np.float32)
        self._passes_on = _passed_on(np.linalg.matrix_power(step, row), rows).astype(np.float32)
        self._memory = np.zeros((_CHANNELS, (rows + 1) * order), np.float32)
        self._heard = np.zeros((_CHANNELS * rows, row + order), np.float32)
        self._states = np.zeros((_CHANNELS, (rows + 1) * order), np.float32)
        self._starts = np.zeros((_CHANNELS, rows, order), np.float32)
        self._row = row

    def power(self, samples: Samples) -> float:
        """That of the next hop, (2, hop)."""
        row, order, heard = self._row, self._order, self._heard
        np.matmul(np.ascontiguousarray(samples).reshape(-1, row), self._both, out=heard)
        # What was remembered at the beginning of the hop, then what each row adds to it.
        self._memory[:, order:] = heard[:, row:].reshape(_CHANNELS, -1)
        np.matmul(self._memory, self._passes_on, out=self._states)
        self._memory[:, :order] = self._states[:, -order:]
        self._starts.reshape(_CHANNELS, -1)[:] = self._states[:, :-order]
        weighted = self._starts.reshape(-1, order) @ self._recalls
        weighted += heard[:, :row]
        flat = weighted.reshape(-1)
        return float(np.dot(flat, flat)) / self.hop


def _filter(rate: int) -> tuple[_Matrix, _Matrix, _Matrix, float]:
    """Both filters as one of states: x' = step x + enters u, y = leaves x + passes u.

    In coordinates in which noise moves every state as much: in those of the polynomials the states
    grow so large beside what comes out that single precision would not do.
    """
    (first, second), none = map(_section, k_filters(rate)), np.zeros((2, 2))
    step = np.block([[first[0], none], [second[1] @ first[2], second[0]]])
    enters = np.concatenate((first[1], second[1] * first[3]))
    leaves = np.concatenate((second[3] * first[2], second[2]), axis=1)
    order = len(step)
    # How noise spreads over the states: what step and enters leave as it is.
    spread = np.linalg.solve(
        np.eye(order * order) - np.kron(step, step), (enters @ enters.T).reshape(-1)
    ).reshape(order, order)
    even = np.linalg.cholesky(spread)
    back = np.linalg.inv(even)
    return back @ step @ even, back @ enters, leaves @ even, first[3] * second[3]


def _section(each: Biquad) -> tuple[_Matrix, _Matrix, _Matrix, float]:
    """One filter as one of states."""
    below, above = np.array(each.a), np.array(each.b)
    step = np.array([-below, [1.0, 0.0]])
    return step, np.array([[1.0], [0.0]]), (above[1:] - above[0] * below)[None, :], each.b[0]


def _by_rows(
    step: _Matrix, enters: _Matrix, leaves: _Matrix, passes: float, row: Frames
) -> tuple[_Matrix, _Matrix, _Matrix]:
    """For a row of samples: (row, row) what it sounds as by itself, (row, states) what of it is
    remembered at its end, (states, row) what sounds of that which was remembered at its beginning.
    """
    powers = [np.eye(len(step))]
    for _ in range(row):
        powers.append(powers[-1] @ step)
    response = [passes, *(float((leaves @ power @ enters)[0, 0]) for power in powers[: row - 1])]
    alone = np.zeros((row, row))
    for at in range(row):
        alone[at, at:] = response[: row - at]
    remembers = np.stack([(powers[row - 1 - at] @ enters)[:, 0] for at in range(row)])
    recalls = np.stack([(leaves @ powers[at])[0] for at in range(row)], axis=1)
    return alone, remembers, recalls


def _passed_on(step: _Matrix, rows: int) -> _Matrix:
    """From the first state and what each row adds to the states before each row, and after all."""
    order = len(step)
    matrix = np.zeros((rows + 1, order, rows + 1, order))
    power = np.eye(order)
    for later in range(rows + 1):
        for row in range(rows + 1 - later):
            matrix[row, :, row + later] = power.T
        power = step @ power
    return matrix.reshape((rows + 1) * order, -1)
