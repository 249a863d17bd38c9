"""Single cycles of harmonic sounds: what a source gives, what a body makes of it, as tables.

A sustained tone is one phase that reads tables of one period. All tables of a note hold the same
partials in the same phases; only how strong they are differs. So any mixture of two readings is a
tone again, and no partial cancels.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from leitmotor.records import record
from leitmotor.sound.samples import TAU, Samples

Decibels: TypeAlias = NDArray[np.float64]
Factors: TypeAlias = NDArray[np.float64]
Hertz: TypeAlias = NDArray[np.float64]


FADE_FROM, FADE_TO = 0.40, 0.45  # of the rate: what lies above is left out
HARMONICS_OF_4096, HARMONICS_OF_8192 = 10, 48
"""Tables are read without interpolation: the more partials, the longer they must be. With these the
error stays 60 dB below the tone for partials that fall by 6 dB an octave, lower for darker ones."""


@record
class Source:
    """What sets the air or the string in motion: levels of partials before any body.

    Partial `h` has -`tilt`·log2(h) dB, and above `corner_hz` falls by `slope` dB an octave more:
    how hard it is blown or bowed moves the corner, most of all in brass. The corner holds in the
    middle of the range and follows the pitch by `follow` (0 it stays, 1 it goes along). `even_db`
    sets even partials back, below `even_until_hz` only: a tube that is closed at one end has odd
    resonances up to where its tone holes no longer reflect. `partials_db` corrects the first
    partials one by one.
    """

    tilt: float
    corner_hz: float
    slope: float = 12.0
    follow: float = 0.5
    even_db: float = 0.0
    even_until_hz: float = 1e9
    partials_db: tuple[float, ...] = ()


@record
class Resonance:
    """A resonance or formant: `gain` is its height beside the `floor` of its body."""

    hz: float
    gain: float
    q: float


@record
class Body:
    """What the source sounds through, the same for all pitches, in Hz.

    Resonances stand side by side on a `floor` (1: all passes; less: between formants little is
    left). Below `low_cut_hz` the body radiates 12 dB an octave less, above `high_cut_hz` too.
    `ripple_db` is how far wood goes up and down in between, `ripples` times an octave: vibrato
    moves every partial along such slopes, which is what makes a bowed string shimmer.
    """

    resonances: tuple[Resonance, ...] = ()
    floor: float = 1.0
    low_cut_hz: float = 0.0
    high_cut_hz: float = 1e9
    ripple_db: float = 0.0
    ripples: float = 5.0


def source_levels(
    source: Source, hertz: float, middle_hz: float, higher: float, count: int
) -> Decibels:
    """dB of partials 1 … `count` of a tone of `hertz`.

    `middle_hz` is where the corner holds; it stands `higher` times as high as the source says.
    """
    partial = np.arange(1, count + 1, dtype=np.float64)
    corner = higher * source.corner_hz * (hertz / middle_hz) ** source.follow
    levels = -source.tilt * np.log2(partial)
    levels -= source.slope / 2.0 * np.log2(1.0 + (hertz * partial / corner) ** 2)
    if source.even_db:
        reach = 1.0 / (1.0 + (hertz * partial[1::2] / source.even_until_hz) ** 2)
        levels[1::2] += source.even_db * reach
    known = min(count, len(source.partials_db))
    levels[:known] += source.partials_db[:known]
    return levels


def body_levels(body: Body, hertz: Hertz) -> Decibels:
    """dB that a body adds at the given frequencies."""
    gain = np.full(hertz.shape, body.floor)
    for each in body.resonances:
        off = hertz / each.hz
        gain += each.gain / np.sqrt(1.0 + (each.q * (off - 1.0 / off)) ** 2)
    levels: Decibels = 20.0 * np.log10(gain)
    if body.low_cut_hz:
        levels -= 10.0 * np.log10(1.0 + (body.low_cut_hz / hertz) ** 4)
    levels -= 10.0 * np.log10(1.0 + (hertz / body.high_cut_hz) ** 4)
    if body.ripple_db:
        turns = TAU * body.ripples * np.log2(hertz)
        # Two waves that never come round together: no pitch is like the next.
        levels += body.ripple_db * (np.sin(turns) + np.sin(0.618 * turns + 1.0)) / 2.0
    return levels


def blended_levels(bodies: Sequence[tuple[int, Body]], pitch: int, hertz: Hertz) -> Decibels:
    """dB of the body at a pitch, where each of several stands at one: between its neighbours."""
    above = next((nth for nth, (at, _) in enumerate(bodies) if at > pitch), len(bodies))
    if above in (0, len(bodies)):
        return body_levels(bodies[max(0, above - 1)][1], hertz)
    (low, lower), (high, upper) = bodies[above - 1], bodies[above]
    share = (pitch - low) / (high - low)
    return (1.0 - share) * body_levels(lower, hertz) + share * body_levels(upper, hertz)


def audible(hertz: float, rate: int) -> int:
    """How many partials lie below the upper edge; at least one."""
    return max(1, int(FADE_TO * rate / hertz))


def strengths(levels: Decibels, hertz: Hertz, rate: int) -> Factors:
    """Levels as factors, faded out towards the edge above which partials would fold back."""
    edge = (FADE_TO * rate - hertz) / ((FADE_TO - FADE_FROM) * rate)
    gains: Factors = 10.0 ** (levels / 20.0) * np.clip(edge, 0.0, 1.0)
    return gains


def effective(factors: Factors) -> float:
    """The effective value of a cycle with such partials."""
    return float(np.sqrt(np.sum(np.square(factors)) / 2.0))


def scattered(count: int) -> NDArray[np.complex128]:
    """Starting phases of partials: the same for every table, so spread that no peak stands out.

    Multiples of the golden section of h², as near to chance as a formula comes.
    """
    partial = np.arange(1, count + 1, dtype=np.float64)
    return np.exp(1j * TAU * np.mod(0.6180339887 * partial * partial, 1.0))


def likeness(one: Factors, other: Factors) -> float:
    """How alike two spectra are, 1 where one is a multiple of the other."""
    return float(np.sum(one * other)) / (2.0 * effective(one) * effective(other))


def single_cycles(rows: Sequence[Factors]) -> Samples:
    """Tables of one period each, (rows, 2^n), from the factors of their partials."""
    count = len(rows[0])
    size = 4096 if count <= HARMONICS_OF_4096 else 8192 if count <= HARMONICS_OF_8192 else 16384
    spectra = np.zeros((len(rows), size // 2 + 1), dtype=np.complex64)
    spectra[:, 1 : count + 1] = np.asarray(rows) * scattered(count)
    return (np.fft.irfft(spectra, size) * (size / 2)).astype(np.float32, copy=False)
