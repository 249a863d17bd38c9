"""How loud what goes by is: momentary, and as a programme that is slowly forgotten."""

from __future__ import annotations

import math

import numpy as np

from leitmotor.music.time import Seconds
from leitmotor.sound.loudness import SILENCE_LUFS, gated, k_power, lufs_of, power_of
from leitmotor.sound.samples import LONGEST_BLOCK, Frames, Samples

MEMORY_SECONDS: Seconds = 60.0

_MOMENT: Seconds = 0.4
_LOOKS_BETWEEN_BLOCKS = 2  # blocks of 400 ms overlap by about three quarters
_LOUDEST_LUFS = 30.0
_STEP = 0.25  # LU, how finely loudness is remembered


class LoudnessMeter:
    """Loudness of a stereo signal that comes in blocks of any lengths (BS.1770-4, gated).

    It looks at one stretch of 43 ms after the other, as a spectrum under a sine window: what is at
    the edges counts less, which evens out. Of blocks of 400 ms it keeps how often each loudness was
    heard; what was heard MEMORY_SECONDS ago counts 1/e. Silence neither counts nor makes forget.
    Before the start, `expected` LUFS were heard for `expected_seconds`.

    Its memory is fixed, and the numbers do not depend on how the signal is cut into blocks.
    """

    def __init__(
        self, rate: int, *, expected: float = SILENCE_LUFS, expected_seconds: Seconds = 0.0
    ) -> None:
        self.momentary = -math.inf
        """LUFS of the last 400 ms."""
        self._look: Frames = 2 * LONGEST_BLOCK * max(1, round(rate / 48000))
        steps = (np.arange(self._look) + 0.5) / self._look
        self._window = np.sin(np.pi * steps).astype(np.float32)
        # Every bin stands for two, and the squares of the window have a mean of a half.
        self._gains = k_power(self._look, rate) * np.float32((2.0 / self._look) ** 2)
        self._heard = np.zeros((2, self._look), np.float32)
        self._filled: Frames = 0
        self._powers = np.zeros(round(_MOMENT * rate / self._look))
        self._count = 0
        every = _LOOKS_BETWEEN_BLOCKS * self._look / rate
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
        return self._look - self._filled

    def listen(self, samples: Samples) -> None:
        """Hear (2, frames)."""
        frames, start = samples.shape[1], 0
        while start < frames:
            length = min(frames - start, self._look - self._filled)
            end = self._filled + length
            self._heard[:, self._filled : end] = samples[:, start : start + length]
            self._filled = end
            start += length
            if end == self._look:
                self._weigh()
                self._filled = 0

    def _weigh(self) -> None:
        spectrum = np.fft.rfft(self._heard * self._window)
        power = np.square(spectrum.real)
        power += np.square(spectrum.imag)
        power *= self._gains
        self._powers[self._count % len(self._powers)] = power.sum()
        self._count += 1
        if self._count >= len(self._powers) and self._count % _LOOKS_BETWEEN_BLOCKS == 0:
            self._remember()

    def _remember(self) -> None:
        self.momentary = lufs_of(float(self._powers.mean()))
        if self.momentary > SILENCE_LUFS:
            self._times *= self._forgetting
            self._times[self._place(self.momentary)] += 1.0
            self.integrated = gated(self._level_powers, self._times)

    def _place(self, lufs: float) -> int:
        return min(max(int((lufs - SILENCE_LUFS) / _STEP), 0), len(self._times) - 1)
