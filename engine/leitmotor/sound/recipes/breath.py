"""Breath and bow: noise that goes round with the loop."""

from __future__ import annotations

import numpy as np

from leitmotor.music.time import Seconds
from leitmotor.records import record
from leitmotor.sound.recipes.motion import Loop
from leitmotor.sound.samples import Samples, gain_of

GRAIN = 16384  # samples of noise, a third of a second: below the tone nobody hears it come round
BURST = 5.0  # an onset is over after so many of its times to a third


@record
class Breath:
    """Noise beside the tone, in dB below its effective level.

    `soft_db` and `bright_db` hold while the tone sounds, `onset_db` is what its beginning adds (a
    chiff, a scratch), gone to a third in `onset_seconds`. It lies between `low_hz` and `high_hz`,
    with 12 dB an octave outside.
    """

    soft_db: float
    bright_db: float
    low_hz: float
    high_hz: float
    onset_db: float = -90.0
    onset_seconds: Seconds = 0.03


def grain_of(breath: Breath, rate: int, dice: np.random.Generator) -> Samples:
    """A table of the breath's noise, of effective value 1, that closes."""
    hertz = np.arange(1, GRAIN // 2 + 1, dtype=np.float32) * np.float32(rate / GRAIN)
    lower, upper = np.float32(breath.low_hz) / hertz, hertz / np.float32(breath.high_hz)
    shape = 1.0 / np.sqrt((1.0 + lower**4) * (1.0 + upper**4))
    spectrum = np.zeros(GRAIN // 2 + 1, dtype=np.complex64)
    spectrum[1:] = dice.standard_normal(GRAIN, dtype=np.float32).view(np.complex64) * shape
    grain = np.fft.irfft(spectrum, GRAIN).astype(np.float32, copy=False)
    grain /= np.float32(np.sqrt(np.mean(np.square(grain))))
    return grain


def rounds(loop: Loop) -> int:
    """How many times the grain comes round in a loop."""
    return max(1, round(loop.frames / GRAIN))


def burst(breath: Breath, rate: int) -> Samples:
    """How strong what begins with the noise is, from frame to frame, until it is gone."""
    span = round(BURST * breath.onset_seconds * rate)
    fall: Samples = np.exp(np.arange(span, dtype=np.float32) * np.float32(-BURST / span))
    fall -= np.float32(np.exp(-BURST))
    fall *= np.float32(gain_of(breath.onset_db))
    return fall
