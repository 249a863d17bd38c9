"""What samples are, and how many make a quantum."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Samples: TypeAlias = NDArray[np.float32]
"""One channel: (frames,); several: (channels, frames). Full scale is ±1."""

Frames: TypeAlias = int
"""A place in time, or a stretch of it, counted in samples of one channel."""

QUANTUM: Frames = 256
"""Gains move in straight lines from one multiple of this to the next, whatever block is asked for:
that is why a device and a file get the same samples."""

LONGEST_BLOCK: Frames = 4 * QUANTUM
"""No block that is computed at once is longer; every delay of the reverb is at least as long."""

TAU = 2.0 * np.pi


def gain_of(db: float) -> float:
    """The factor of so many dB."""
    return float(10.0 ** (db / 20.0))
