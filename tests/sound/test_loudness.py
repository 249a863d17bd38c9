"""BS.1770-4 (T12): what the recommendation and EBU Tech 3341 say a meter shows."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from leitmotor.sound.loudness import (
    SILENCE_LUFS,
    Biquad,
    integrated,
    k_filters,
    k_weighted_rms,
    short_term,
)
from leitmotor.sound.samples import Samples

RATES = (44100, 48000, 96000)


def sine(hertz: float, dbfs: float, seconds: float, rate: int = 48000) -> Samples:
    frames = np.arange(round(seconds * rate))
    tone = 10.0 ** (dbfs / 20.0) * np.sin(2.0 * np.pi * hertz / rate * frames)
    return tone.astype(np.float32)


def stereo(*parts: Samples) -> Samples:
    mono = np.concatenate(parts)
    return np.stack([mono, mono])


def filtered(samples: NDArray[np.float64], biquad: Biquad) -> NDArray[np.float64]:
    """Frame by frame, as the recommendation draws it."""
    out = np.zeros_like(samples)
    one = two = 0.0
    (b0, b1, b2), (a1, a2) = biquad.b, biquad.a
    for at, value in enumerate(samples.tolist()):
        result = b0 * value + one
        one, two = b1 * value - a1 * result + two, b2 * value - a2 * result
        out[at] = result
    return out


@pytest.mark.parametrize("rate", RATES)
def test_a_sine_of_full_scale_in_one_channel(rate: int) -> None:
    tone = sine(997.0, 0.0, 3.0, rate)
    assert integrated(tone, rate) == pytest.approx(-3.01, abs=0.01)
    assert 20.0 * math.log10(k_weighted_rms(tone, rate)) - 0.691 == pytest.approx(-3.01, abs=0.01)


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("lufs", [-23.0, -33.0])
def test_a_stereo_sine_is_as_loud_as_its_level(rate: int, lufs: float) -> None:
    """Tech 3341, cases 1 and 2."""
    tone = stereo(sine(1000.0, lufs, 5.0, rate))
    assert integrated(tone, rate) == pytest.approx(lufs, abs=0.1)
    assert short_term(tone, rate)[-1] == pytest.approx(lufs, abs=0.1)


@pytest.mark.parametrize(
    "parts",
    [
        ((-36.0, 10.0), (-23.0, 60.0), (-36.0, 10.0)),
        ((-72.0, 10.0), (-36.0, 10.0), (-23.0, 60.0), (-36.0, 10.0), (-72.0, 10.0)),
        ((-26.0, 20.0), (-20.0, 20.1), (-26.0, 20.0)),
    ],
)
def test_gates_leave_out_what_is_soft(parts: tuple[tuple[float, float], ...]) -> None:
    """Tech 3341, cases 3 to 5."""
    tone = stereo(*(sine(1000.0, level, seconds) for level, seconds in parts))
    assert integrated(tone, 48000) == pytest.approx(-23.0, abs=0.1)


def test_silence_and_what_is_too_short_have_no_loudness() -> None:
    assert integrated(np.zeros((2, 48000), np.float32), 48000) == -math.inf
    assert integrated(stereo(sine(1000.0, SILENCE_LUFS - 3.0, 2.0)), 48000) == -math.inf
    assert integrated(stereo(sine(1000.0, 0.0, 0.39)), 48000) == -math.inf
    assert not len(short_term(stereo(sine(1000.0, 0.0, 2.9)), 48000))
    assert k_weighted_rms(np.zeros(100, np.float32), 48000) == 0.0


def test_the_filters_are_those_of_the_recommendation() -> None:
    """T12 at 48 kHz; in 24000 frames of noise, the spectra say what the filters do."""
    shelf, high_pass = k_filters(48000)
    assert shelf.b == (1.53512485958697, -2.69169618940638, 1.19839281085285)
    assert high_pass.a == (-1.99004745483398, 0.99007225036621)
    noise = np.random.default_rng(3).standard_normal(24000)
    expected = filtered(filtered(noise, shelf), high_pass)
    measured = k_weighted_rms(noise.astype(np.float32), 48000)
    assert measured == pytest.approx(float(np.sqrt(np.mean(expected**2))), rel=1e-3)


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("hertz", [30.0, 100.0, 1682.0, 10000.0])
def test_the_weighting_is_the_same_at_every_rate(rate: int, hertz: float) -> None:
    back = np.exp(-2j * np.pi * hertz / 48000.0)
    gain = 1.0
    for each in k_filters(48000):
        gain *= abs(np.polyval(each.b[::-1], back) / np.polyval((*each.a[::-1], 1.0), back))
    heard = k_weighted_rms(sine(hertz, 0.0, 2.0, rate), rate) * math.sqrt(2.0)
    assert 20.0 * math.log10(heard / gain) == pytest.approx(0.0, abs=0.1)
