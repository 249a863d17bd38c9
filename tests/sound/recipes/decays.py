"""Measures of notes that die away: pitch, rise, decay, brightness, and how well a loop closes."""

from __future__ import annotations

import numpy as np

from leitmotor.sound.recipe import Baked
from leitmotor.sound.recipes.modal import Floats
from leitmotor.sound.samples import Samples, gain_of

RATE = 48_000


def held(note: Baked, layer: Samples, seconds: float, rate: int = RATE) -> Samples:
    """The layer as it sounds while the note is held so long: body, then the fading loop."""
    frames = round(seconds * rate)
    sound = np.zeros(frames, np.float64)
    sound[: min(frames, layer.size)] = layer[:frames]
    loop = layer.size - note.loop_start
    if loop and frames > note.loop_start:
        after = np.arange(frames - note.loop_start)
        fall = gain_of(-note.fade_db_per_second / rate) ** after
        sound[note.loop_start :] = layer[note.loop_start + after % loop] * fall
    return sound.astype(np.float32)


def partial_hz(sound: Samples, near_hz: float, cents: float = 40.0, rate: int = RATE) -> float:
    """The strongest frequency near one, between the bins of a long windowed spectrum."""
    size = 1 << 18
    window = np.hanning(sound.size)
    spectrum = np.abs(np.fft.rfft(sound * window, size))
    low = int(near_hz * 2.0 ** (-cents / 1200.0) * size / rate)
    high = int(np.ceil(near_hz * 2.0 ** (cents / 1200.0) * size / rate)) + 1
    best = low + int(np.argmax(spectrum[low:high]))
    left, here, right = np.log(spectrum[best - 1 : best + 2] + 1e-20)
    curve = left - 2.0 * here + right
    offset = 0.5 * (left - right) / curve if curve else 0.0
    return float((best + offset) * rate / size)


def cents(measured_hz: float, wanted_hz: float) -> float:
    return float(1200.0 * np.log2(measured_hz / wanted_hz))


def centroid_hz(sound: Samples, seconds: float = 0.4, rate: int = RATE) -> float:
    """Mean frequency of the magnitude spectrum of the beginning, which fades out in this time."""
    hertz, magnitude = _head_spectrum(sound, seconds, rate)
    return float(np.sum(magnitude * hertz) / np.sum(magnitude))


def power_centroid_hz(sound: Samples, seconds: float = 0.4, rate: int = RATE) -> float:
    """The same, weighted by power."""
    hertz, magnitude = _head_spectrum(sound, seconds, rate)
    return float(np.sum(magnitude**2 * hertz) / np.sum(magnitude**2))


def _head_spectrum(sound: Samples, seconds: float, rate: int) -> tuple[Floats, Floats]:
    head = sound[: round(seconds * rate)]
    size = 1 << int(np.ceil(np.log2(head.size)))
    magnitude = np.abs(np.fft.rfft(head * np.hanning(2 * head.size)[head.size :], size))
    return np.fft.rfftfreq(size, 1.0 / rate), magnitude


def rise_seconds(sound: Samples, within: float, rate: int = RATE) -> float:
    """From 10 to 90 % of the highest swing of the first `within` seconds.

    That is the time of the first rise: an envelope smoothed over a window would show the window,
    a running maximum has no width.
    """
    highest = np.maximum.accumulate(np.abs(sound[: round(within * rate)]))
    first, last = np.searchsorted(highest, [0.1 * highest[-1], 0.9 * highest[-1]])
    return float(last - first) / rate


def level_db(sound: Samples) -> float:
    return float(10.0 * np.log10(np.mean(np.square(sound, dtype=np.float64)) + 1e-20))


def fall_seconds(sound: Samples, fall_db: float = 20.0, rate: int = RATE) -> float:
    """How long after its loudest 10 ms the sound stays within so many dB of them."""
    step = round(0.01 * rate)
    power = np.square(sound[: sound.size // step * step], dtype=np.float64).reshape(-1, step)
    levels = 10.0 * np.log10(power.mean(axis=1) + 1e-20)
    loud = np.flatnonzero(levels > levels.max() - fall_db)
    return float(loud[-1] - int(np.argmax(levels)) + 1) * step / rate


def dc_db(sound: Samples) -> float:
    """The mean against the RMS of the whole."""
    rms = np.sqrt(np.mean(np.square(sound, dtype=np.float64)))
    return float(20.0 * np.log10(abs(float(np.mean(sound, dtype=np.float64))) / rms + 1e-20))


def worst_step(sound: Samples, at: int, width: int = 2000) -> float:
    """The curvature of the waveform across a seam against the largest one nearby: 1 is no seam."""
    around = np.abs(np.diff(sound[at - width : at + width].astype(np.float64), 2))
    across = around[width - 3 : width + 1].max()
    elsewhere = np.concatenate((around[: width - 5], around[width + 3 :])).max()
    return float(across / max(elsewhere, 1e-12))
