"""How loud what goes by is: momentary, and as a programme that is slowly forgotten."""

from __future__ import annotations

import math
from collections import deque

import numpy as np

from leitmotor.music.time import Seconds
from leitmotor.sound.loudness import SILENCE_LUFS, gated, lufs_of, power_of
from leitmotor.sound.samples import Frames, Samples
from leitmotor.sound.weighting import Hops, WeightedHops

MEMORY_SECONDS: Seconds = 60.0

_HOPS_IN_BLOCK = 4  # of 100 ms
_LOUDEST_LUFS = 30.0
_STEP = 0.25  # LU, how finely loudness is remembered


class LoudnessMeter:
    """Loudness of a stereo signal that comes in blocks of any lengths (BS.1770-4, gated).

    Of blocks of 400 ms, one every 100 ms, it keeps how often each loudness was heard; what was
    heard MEMORY_SECONDS ago counts 1/e. Silence neither counts nor makes forget. Before the start,
    `expected` LUFS were heard for `expected_seconds`.

    Its memory is fixed, and the numbers do not depend on how the signal is cut into blocks.
    """

    def __init__(
        self, rate: int, *, expected: float = SILENCE_LUFS, expected_seconds: Seconds = 0.0
    ) -> None:
        self.momentary = -math.inf
        """LUFS of the last 400 ms."""
        self._weighted = WeightedHops(rate)
        self._hops = Hops(self._weighted.hop)
        self._powers: deque[float] = deque(maxlen=_HOPS_IN_BLOCK)
        every = self._weighted.hop / rate
        self._forgetting = math.exp(-every / MEMORY_SECONDS)
        levels = np.arange(SILENCE_LUFS + 0.5 * _STEP, _LOUDEST_LUFS, _STEP)
        self._level_powers = np.array([power_of(level) for level in levels])
        self._times = np.zeros(len(levels))
        self._times[self._place(expected)] = expected_seconds / every
        self.integrated = gated(self._level_powers, self._times)
        """LUFS of what is remembered; -inf where nothing is."""

    @property
    def wanting(self) -> Frames:
        """After how many more frames there are new numbers."""
        return self._hops.wanting

    def listen(self, samples: Samples) -> None:
        """Hear (2, frames)."""
        for hop in self._hops.whole(samples):
            self._powers.append(self._weighted.power(hop))
            if len(self._powers) == _HOPS_IN_BLOCK:
                self._remember()

    def _remember(self) -> None:
        self.momentary = lufs_of(sum(self._powers) / _HOPS_IN_BLOCK)
        if self.momentary > SILENCE_LUFS:
            self._times *= self._forgetting
            self._times[self._place(self.momentary)] += 1.0
            self.integrated = gated(self._level_powers, self._times)

    def _place(self, lufs: float) -> int:
        return min(max(int((lufs - SILENCE_LUFS) / _STEP), 0), len(self._times) - 1)
