"""Bursts of noise: the hammer, the nail, the wires, and all of a shaker."""

from __future__ import annotations

import zlib

import numpy as np
from numpy.typing import NDArray

from leitmotor.music.time import Seconds
from leitmotor.records import record
from leitmotor.sound.samples import Frames, Samples, gain_of


@record
class Noise:
    """A burst of noise: hammer, nail, mallet, wires, the air in a box.

    Its band goes from `low_hz` to `soft_hz` in the soft layer and to `bright_hz` in the bright one.
    `soft_db` and `bright_db` are its level at the beginning, against the tone where there is one.
    `starts` are when it is heard (several: a clap, a guiro), `rise` how it comes in.
    """

    low_hz: float
    soft_hz: float
    bright_hz: float
    t60: Seconds
    soft_db: float = 0.0
    bright_db: float = 0.0
    starts: tuple[Seconds, ...] = (0.0,)
    rise: Seconds = 0.0005


def generator(name: str, pitch: int) -> np.random.Generator:
    """The dice of one pitch of an instrument: the same in every process."""
    return np.random.Generator(np.random.PCG64(zlib.crc32(f"{name} {pitch}".encode())))


def add_hiss(
    sound: Samples, noise: Noise, dice: np.random.Generator, rate: int, level: NDArray[np.float64]
) -> None:
    """Put a burst of noise, each time a new one, into both layers; `level` (2, 1) is its 0 dB."""
    for start in noise.starts:
        burst = hiss(noise, dice, rate)
        first = round(start * rate)
        room = max(0, min(burst.shape[1], sound.shape[1] - first))
        sound[:, first : first + room] += burst[:, :room] * level.astype(np.float32)


def hiss(noise: Noise, dice: np.random.Generator, rate: int) -> Samples:
    """One burst, (2, frames), both layers of the same noise; each begins with an RMS of 1."""
    size = max(256, _even_size(noise.t60 * 1.1 * rate))
    bins = size // 2 + 1
    spectrum = dice.standard_normal(2 * bins, np.float32).view(np.complex64)
    hertz = np.arange(bins, dtype=np.float32) * np.float32(rate / size)
    low = np.square(hertz / np.float32(noise.low_hz))
    spectrum *= low / (np.float32(1.0) + low)
    highs = np.array([[noise.soft_hz], [noise.bright_hz]], np.float32)
    gains = np.float32(1.0) / (np.float32(1.0) + np.square(np.square(hertz / highs)))
    power = np.square(gains) @ (np.square(spectrum.real) + np.square(spectrum.imag))
    levels = np.array([gain_of(noise.soft_db), gain_of(noise.bright_db)])
    levels *= size / np.sqrt(2.0 * power + 1e-20)
    sound = np.fft.irfft(gains * spectrum, size).astype(np.float32, copy=False)
    fall = np.float32(-np.log(1000.0) / (noise.t60 * rate))
    envelope = np.exp(np.arange(size, dtype=np.float32) * fall)
    sound *= levels.astype(np.float32)[:, np.newaxis] * envelope
    ramp(sound, noise.rise, rate)
    return sound


def _even_size(frames: float) -> Frames:
    """The next of 2^k and 3 · 2^k: short sums for the transform, little more than is needed."""
    power = 1 << int(np.ceil(np.log2(frames)))
    return power * 3 // 4 if frames <= power * 0.75 else power


def ramp(sound: Samples, rise: Seconds, rate: int) -> None:
    """Let it begin at nothing and come in along a raised cosine."""
    count = min(max(2, round(rise * rate)), sound.shape[1])
    sound[:, :count] *= (0.5 - 0.5 * np.cos(np.pi * np.arange(count) / count)).astype(np.float32)
