"""A gain that moves in straight lines from quantum to quantum: noted down, and applied again."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from leitmotor.sound.samples import QUANTUM, Frames, Samples

GainNodes: TypeAlias = NDArray[np.float32]
"""The gains at frame 0, QUANTUM, 2 × QUANTUM … as factors; beyond the last one it stays."""


class Followed:
    """A finish that follows the gain of another mix, and does nothing else.

    What is added up under the same gain is the sum under that gain: so stems make the mix again.
    """

    def __init__(self, nodes: GainNodes) -> None:
        self._nodes = nodes
        self._frame: Frames = 0

    def take(self, samples: Samples) -> Samples:
        """The samples under the gain that the mix had in their place."""
        begin, count = self._frame, samples.shape[1]
        self._frame += count
        first = begin // QUANTUM
        wanted = np.arange(first, (begin + count) // QUANTUM + 2)
        nodes = self._nodes[np.minimum(wanted, len(self._nodes) - 1)]
        frames = np.arange(begin, begin + count, dtype=np.float64) / QUANTUM
        followed: Samples = samples * np.interp(frames, wanted, nodes).astype(np.float32)
        return followed

    def rest(self) -> Samples:
        """Nothing is held back."""
        return np.zeros((2, 0), np.float32)
