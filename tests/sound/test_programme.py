"""A programme is measured as BS.1770 says, in whatever blocks it comes."""

from __future__ import annotations

import numpy as np
import pytest

from leitmotor.sound.loudness import integrated
from leitmotor.sound.programme import ProgrammeMeter, TruePeak
from leitmotor.sound.samples import TAU, Samples


def sine(
    hertz: float, seconds: float, rate: int, level: float = 1.0, phase: float = 0.0
) -> Samples:
    """One channel."""
    places = np.arange(round(seconds * rate)) / rate
    return (level * np.sin(TAU * hertz * places + phase)).astype(np.float32)


def measured(samples: Samples, rate: int, block: int = 1000) -> ProgrammeMeter:
    meter = ProgrammeMeter(rate)
    for start in range(0, samples.shape[1], block):
        meter.listen(samples[:, start : start + block])
    return meter


@pytest.mark.parametrize("rate", [44100, 48000, 96000])
def test_a_sine_of_full_scale_in_one_channel_has_minus_3_01_lufs(rate: int) -> None:
    tone = sine(997.0, 3.0, rate)
    assert measured(np.stack([tone, 0 * tone]), rate).lufs == pytest.approx(-3.01, abs=0.02)
    assert measured(np.stack([tone, tone]), rate).lufs == pytest.approx(0.0, abs=0.02)


def test_it_is_what_the_whole_recording_has() -> None:
    rng = np.random.default_rng(4)
    levels = np.repeat([0.2, 0.001, 0.05, 0.3, 0.0, 0.1], 30011)
    samples = (rng.standard_normal((2, len(levels))) * levels).astype(np.float32)
    whole = integrated(samples, 48000)
    for block in (256, 1000, 70001):
        assert measured(samples, 48000, block).lufs == pytest.approx(whole, abs=0.001)


def test_what_is_too_short_or_silent_has_no_loudness() -> None:
    assert ProgrammeMeter(48000).lufs == -np.inf
    assert ProgrammeMeter(48000).peak_dbtp == -np.inf
    short = np.ones((2, 19199), np.float32)
    assert measured(short, 48000).lufs == -np.inf
    assert measured(np.zeros((2, 96000), np.float32), 48000).lufs == -np.inf


@pytest.mark.parametrize(("hertz", "phase"), [(12000.0, TAU / 8), (7000.0, 0.3), (1000.0, 0.0)])
def test_peaks_between_samples_are_found(hertz: float, phase: float) -> None:
    tone = sine(hertz, 0.1, 48000, 0.5, phase)
    tone *= np.hanning(len(tone)).astype(np.float32)
    for block in (17, 256, 4800):
        peak = TruePeak()
        for start in range(0, len(tone), block):
            peak.listen(np.stack([tone, -tone])[:, start : start + block])
        assert peak.dbtp == pytest.approx(-6.02, abs=0.1)


def test_a_peak_at_the_very_end_counts() -> None:
    peak = TruePeak()
    samples = np.zeros((2, 100), np.float32)
    samples[0, -2:] = 0.5
    peak.listen(samples)
    assert peak.dbtp > -6.02 + 1.0  # half-way between two equal samples
