"""Samples as the numbers that a sound file holds: 16 or 24 bits, or floating point."""

from __future__ import annotations

from enum import Enum

import numpy as np
from numpy.typing import NDArray

from leitmotor.sound.samples import Samples

_SEED = 16
_DITHERED_BITS = 16
"""Below this nothing is heard of what rounding does; at 24 bits it is 50 dB below any room."""


class Depth(Enum):
    """How finely a file knows the level of a sample; the values are what people write."""

    BITS_16 = "16"
    BITS_24 = "24"
    FLOAT_32 = "32f"

    @property
    def bytes_per_sample(self) -> int:
        """Of one channel."""
        return {Depth.BITS_16: 2, Depth.BITS_24: 3, Depth.FLOAT_32: 4}[self]


class Quantiser:
    """Rounds samples to whole numbers of `bits` bits; 16 of them with triangular dither.

    The dither is ±1 step wide, the sum of two even draws (Lipshitz, Wannamaker and Vanderkooy 1992:
    that much makes mean and power of the error independent of the signal). It comes from a
    generator of fixed seed: the same samples give the same numbers, in whatever blocks they come.
    `stream` tells files apart that will be added up, whose dither must not add up in step.
    """

    def __init__(self, bits: int, stream: int = 0) -> None:
        self._scale = np.float32(2 ** (bits - 1))
        self._dice = np.random.Generator(np.random.PCG64([_SEED, stream]))
        self._is_dithered = bits <= _DITHERED_BITS

    def numbers(self, samples: Samples) -> NDArray[np.int32]:
        """(frames, channels) whole numbers of (channels, frames); what is too loud is cut off."""
        # A float32 has 24 bits: to scale by a power of two and to round are exact.
        scaled = np.multiply(samples.T, self._scale, dtype=np.float32, order="C")
        if self._is_dithered:
            draws = self._dice.random((*scaled.shape, 2), dtype=np.float32)
            scaled += draws[..., 0] - draws[..., 1]
        np.rint(scaled, out=scaled)
        np.clip(scaled, -self._scale, self._scale - 1.0, out=scaled)
        return scaled.astype(np.int32)
