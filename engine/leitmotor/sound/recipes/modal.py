"""What is struck or plucked: a sum of partials that die away, cut into a note that can be held.

A partial is a_p · exp((-d_p + iω_p) n). With n = 256 a + b the exponential is a product of one
factor that depends on a and one that depends on b, so that the sum over all partials is one matrix
product: thousands of samples for the price of a few hundred exponentials.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from leitmotor.music.time import Seconds
from leitmotor.records import record
from leitmotor.sound.recipe import Baked
from leitmotor.sound.recipes.bursts import Noise, add_hiss, ramp
from leitmotor.sound.samples import QUANTUM, TAU, Frames, Samples

Floats = NDArray[np.float64]

SILENT_DB = 66.0
"""What has fallen this far below the beginning of its note is not computed any more."""

HIGHEST_HZ = 17_000.0
"""No partial above: few hear it, and it would have no room below half of 44.1 kHz."""

LAST_DB = 50.0
"""A note that has fallen so far by its longest time fades out there instead of going on."""

_FEWEST_FRAMES = 8 * QUANTUM
_SHORTEST_T60 = 0.01
_DECAY_60_DB = float(np.log(1000.0))


@record
class Register:
    """A number that changes with pitch: `at_c4`, times `per_octave` for each octave above C4,
    between `least` and `most`."""

    at_c4: float
    per_octave: float = 1.0
    least: float = 0.0
    most: float = float("inf")

    def at(self, pitch: float) -> float:
        value = self.at_c4 * self.per_octave ** ((pitch - 60.0) / 12.0)
        return float(min(max(value, self.least), self.most))


@dataclass(frozen=True, slots=True, eq=False)
class Modes:
    """Partials of one note, each an entry of every array.

    `t60` is the time in which a partial falls by 60 dB; `soft` and `bright` are its amplitudes in
    the two layers (negative: upside down); with `phase` 0 it begins as a sine, from nothing.
    """

    hertz: Floats
    t60: Floats
    soft: Floats
    bright: Floats
    phase: Floats

    def those(self, which: NDArray[np.bool_]) -> Modes:
        return Modes(
            self.hertz[which],
            self.t60[which],
            self.soft[which],
            self.bright[which],
            self.phase[which],
        )

    def within(self, rate: int) -> Modes:
        """Without those that are too high for this rate."""
        return self.those(self.hertz < min(HIGHEST_HZ, 0.45 * rate))

    def after(self, seconds: Seconds) -> Modes:
        """What is left of them after so long, from then on unfading."""
        fallen = np.exp(-_DECAY_60_DB * seconds / self.t60)
        return Modes(
            self.hertz,
            np.full_like(self.t60, np.inf),
            self.soft * fallen,
            self.bright * fallen,
            np.mod(self.phase + TAU * self.hertz * seconds, TAU),
        )

    def level_db(self) -> Floats:
        """Of each partial below the whole note, in the layer where it is the louder."""
        layers = np.abs(np.stack((self.soft, self.bright)))
        whole = np.sqrt(np.sum(layers**2, axis=1, keepdims=True))
        shares = np.max(layers / np.maximum(whole, 1e-12), axis=0)
        return np.asarray(20.0 * np.log10(np.maximum(shares, 1e-12)))

    def seconds(self, floor_db: float = SILENT_DB) -> Floats:
        """How long each partial takes to fall that far below the beginning of the whole note."""
        return np.asarray(np.maximum(self.t60 * (floor_db + self.level_db()) / 60.0, 0.0))


def joined(parts: Sequence[Modes]) -> Modes:
    """All partials of several."""
    return Modes(
        np.concatenate([part.hertz for part in parts]),
        np.maximum(np.concatenate([part.t60 for part in parts]), _SHORTEST_T60),
        np.concatenate([part.soft for part in parts]),
        np.concatenate([part.bright for part in parts]),
        np.concatenate([part.phase for part in parts]),
    )


@record
class Cut:
    """How a note is cut: at most `longest` before it goes round in a loop of about `loop`.

    `rise` is how long it takes to come in from nothing.
    """

    longest: Seconds
    rise: Seconds
    loop: Seconds = 0.5


def ring(modes: Modes, frames: Frames, rate: int) -> Samples:
    """Both layers of the sum of all partials, (2, frames). A partial is computed for as long as it
    is heard, rounded up to a half, a quarter … of the whole."""
    out = np.zeros((2, frames), np.float32)
    add_ring(out, modes, rate)
    return out


def add_ring(out: Samples, modes: Modes, rate: int) -> None:
    """The same, added to what is there."""
    needed = modes.seconds(SILENT_DB + 8.0) * rate
    frames = span = out.shape[1]
    while span:
        shorter = span // 2 if span // 2 >= _FEWEST_FRAMES else 0
        here = (needed > shorter) & ((needed <= span) | (span == frames))
        if here.any():
            out[:, :span] += _product(modes.those(here), span, rate)
        span = shorter


def _product(modes: Modes, frames: Frames, rate: int) -> Samples:
    rows = -(-frames // QUANTUM)
    turning = 1j * TAU * modes.hertz - _DECAY_60_DB / modes.t60
    step = np.asarray(turning / rate, np.complex128)
    within = _powers(step, QUANTUM).conj()
    across = _powers(step * QUANTUM, rows)
    start = -1j * np.exp(1j * modes.phase)
    layers = np.empty((2, rows, step.size), np.complex64)
    np.multiply(across, (start * modes.soft).astype(np.complex64), out=layers[0])
    np.multiply(across, (start * modes.bright).astype(np.complex64), out=layers[1])
    # Re(x · y) is the product of (Re x, Im x) and (Re y, -Im y): complex numbers seen as pairs.
    left = layers.view(np.float32).reshape(2 * rows, -1)
    sound: Samples = (left @ within.view(np.float32).T).reshape(2, -1)
    return sound[:, :frames]


def _powers(step: NDArray[np.complex128], count: int) -> NDArray[np.complex64]:
    """exp(step · n) for n = 0 … count-1, one row each."""
    factors = np.empty((count, step.size), np.complex128)
    factors[0] = 1.0
    factors[1:] = np.exp(step)
    return np.multiply.accumulate(factors, axis=0).astype(np.complex64)


def bake(
    modes: Modes,
    noises: Sequence[Noise],
    cut: Cut,
    hertz: float,
    release: Seconds,
    dice: np.random.Generator,
    rate: int,
) -> Baked:
    """One note from its partials and the noise of the blow, `hertz` being its pitch.

    A note that is as good as over by `cut.longest` sounds once; a longer one goes on in a loop, in
    which each partial is at the nearest frequency that closes it.
    """
    modes = modes.within(rate)
    whole = round(cut.longest * rate)
    if np.max(modes.seconds(LAST_DB), initial=0.0) <= cut.longest:
        lasts = np.max(modes.seconds(), initial=0.06)
        sound, fade = ring(modes, min(round(lasts * rate), whole), rate), 0.0
        loop_start = sound.shape[1]
    else:
        sound, fade = _held(modes, whole, _loop_frames(cut.loop, hertz, rate), rate)
        loop_start = whole
    level = np.sqrt(0.5 * np.array([[np.sum(modes.soft**2)], [np.sum(modes.bright**2)]]))
    for noise in noises:
        add_hiss(sound[:, :loop_start], noise, dice, rate, level)
    ramp(sound, cut.rise, rate)
    return finished(sound, loop_start, fade, release, rate)


def finished(
    sound: Samples, loop_start: Frames, fade_db_per_second: float, release: Seconds, rate: int
) -> Baked:
    """The note of both layers (2, frames): to its end or its loop, without any DC.

    The layers begin with the same power, the higher peak is 0.5. `sound` is changed in place.
    """
    body = sound[:, :loop_start]
    if loop_start == sound.shape[1]:
        count = min(round(0.25 * rate), loop_start // 5)
        body[:, loop_start - count :] *= _falling(count)
    # A hill this long is below hearing, and takes away what the first swings do not balance.
    hill = np.hanning(min(round(0.25 * rate), loop_start)).astype(np.float32)
    body[:, : hill.size] -= body.sum(axis=1, dtype=np.float64, keepdims=True) / hill.sum() * hill
    head = body[:, : round(0.4 * rate)]
    sound /= np.sqrt(np.mean(np.square(head), axis=1, keepdims=True) + np.float32(1e-20))
    sound *= np.float32(0.5) / max(sound.max(), -sound.min())
    return Baked(sound[0], sound[1], loop_start, fade_db_per_second, release)


def _falling(count: int) -> Samples:
    """A raised cosine from 1 to exactly 0."""
    fall: Samples = (0.5 + 0.5 * np.cos(np.linspace(0.0, np.pi, count))).astype(np.float32)
    return fall


def _loop_frames(seconds: Seconds, hertz: float, rate: int) -> Frames:
    """About so long, and a whole number of periods of the note."""
    return round(max(round(seconds * hertz), 1) * rate / hertz)


def _held(modes: Modes, body: Frames, loop: Frames, rate: int) -> tuple[Samples, float]:
    """Body and loop, (2, frames), and by how many dB a second the loop has to fall."""
    seconds = body / rate
    lasting = modes.after(seconds).level_db() > -SILENT_DB
    passing = modes.those(~lasting)
    kept = modes.those(lasting)
    around = np.maximum(np.round(kept.hertz * loop / rate), 1.0) * rate / loop
    kept = replace(kept, hertz=around)
    sound = np.zeros((2, body + loop), np.float32)
    add_ring(sound[:, :body], passing, rate)
    count = round(0.1 * rate)
    sound[:, body - count : body] *= _falling(count)
    add_ring(sound[:, :body], kept, rate)
    rest = kept.after(seconds)
    add_ring(sound[:, body:], rest, rate)
    power = rest.soft**2 / np.sum(rest.soft**2) + rest.bright**2 / np.sum(rest.bright**2)
    return sound, float(np.sum(power * 60.0 / kept.t60) / np.sum(power))
