"""One piece of a kit: skins that sag in pitch, metal that shimmers, wood that clicks, and noise."""

from __future__ import annotations

import math

import numpy as np

from leitmotor.music.time import Seconds
from leitmotor.records import record
from leitmotor.sound.recipe import Baked
from leitmotor.sound.recipes.bursts import Noise, add_hiss, ramp
from leitmotor.sound.recipes.modal import (
    Floats,
    Modes,
    add_ring,
    finished,
    joined,
)
from leitmotor.sound.recipes.ringing import RINGS_ON
from leitmotor.sound.samples import TAU, Frames, Samples, gain_of

CUT_OFF: Seconds = 0.15
"""The release of what is stopped by hand or foot anyway: nothing of it would ring on."""


@record
class Tone:
    """A mode of a skin, bar or shell at `hertz` (a multiple of the pitch, for a tuned drum).

    It begins higher by the part `glide` and sinks to its pitch with the time constant
    `glide_seconds`: a skin under a hard blow is tighter.
    """

    hertz: float
    t60: Seconds
    soft_db: float = 0.0
    bright_db: float = 0.0
    glide: float = 0.0
    glide_seconds: Seconds = 0.03


@record
class Metal:
    """A plate: `count` inharmonic partials between two frequencies, evenly spread in octaves, with
    the T60 of the lowest and of the highest, and the level of all together."""

    count: int
    low_hz: float
    high_hz: float
    low_t60: Seconds
    high_t60: Seconds
    soft_db: float = 0.0
    bright_db: float = 0.0
    soft_slope: float = 1.2
    bright_slope: float = 0.2


@record
class Piece:
    """What a piece of the kit is made of. Levels of the noises are against a tone at 0 dB."""

    tones: tuple[Tone, ...] = ()
    noises: tuple[Noise, ...] = ()
    metal: Metal | None = None
    rise: Seconds = 0.0006
    release: Seconds = RINGS_ON
    longest: Seconds = 3.0


def bake_piece(piece: Piece, tuned: float, dice: np.random.Generator, rate: int) -> Baked:
    """The piece once, all its tones multiplied by `tuned`."""
    steady, gliding = _modes(piece, tuned, dice).within(rate), _gliding(piece)
    frames = round(min(_seconds(piece, steady), piece.longest) * rate)
    sound = np.zeros((2, frames), np.float32)
    add_ring(sound, steady, rate)
    if gliding:
        sound += _sagging(gliding, tuned, piece.rise, frames, rate)
    level = np.full((2, 1), np.sqrt(0.5))
    for noise in piece.noises:
        add_hiss(sound, noise, dice, rate, level)
    ramp(sound, piece.rise, rate)
    return finished(sound, frames, 0.0, piece.release, rate)


def _gliding(piece: Piece) -> tuple[Tone, ...]:
    return tuple(tone for tone in piece.tones if tone.glide)


def _seconds(piece: Piece, steady: Modes) -> Seconds:
    lasts = [0.04, *steady.seconds(60.0)]
    lasts += [tone.t60 for tone in _gliding(piece)]
    lasts += [noise.t60 + max(noise.starts) for noise in piece.noises]
    return float(max(lasts))


def _modes(piece: Piece, tuned: float, dice: np.random.Generator) -> Modes:
    tones = [tone for tone in piece.tones if not tone.glide]
    steady = Modes(
        np.array([tone.hertz * tuned for tone in tones]),
        np.array([tone.t60 for tone in tones]),
        np.array([gain_of(tone.soft_db) for tone in tones]),
        np.array([gain_of(tone.bright_db) for tone in tones]),
        np.array([TAU * _first_turn(tone, tuned, piece.rise) for tone in tones]),
    )
    if piece.metal is None:
        return steady
    return joined((steady, _shimmer(piece.metal, tuned, dice)))


def _shimmer(metal: Metal, tuned: float, dice: np.random.Generator) -> Modes:
    """The partials of a plate, each a little off its place: none is a multiple of another."""
    place = (np.arange(metal.count) + dice.uniform(-0.45, 0.45, metal.count)) / (metal.count - 1)
    place = np.clip(place, 0.0, 1.0)
    hertz = tuned * metal.low_hz * (metal.high_hz / metal.low_hz) ** place
    t60 = metal.low_t60 * (metal.high_t60 / metal.low_t60) ** place
    uneven = 10.0 ** (dice.uniform(-9.0, 3.0, metal.count) / 20.0)
    phase = dice.uniform(0.0, TAU, metal.count)
    return Modes(
        hertz,
        t60,
        _of_level(uneven * (hertz / metal.low_hz) ** -metal.soft_slope, metal.soft_db),
        _of_level(uneven * (hertz / metal.low_hz) ** -metal.bright_slope, metal.bright_db),
        phase,
    )


def _of_level(amplitudes: Floats, db: float) -> Floats:
    return np.asarray(amplitudes * (gain_of(db) / np.sqrt(np.sum(amplitudes**2))))


def _sagging(
    tones: tuple[Tone, ...], tuned: float, rise: Seconds, frames: Frames, rate: int
) -> Samples:
    """The tones that sink, both layers."""
    sound = np.zeros((2, frames), np.float32)
    seconds = np.arange(frames) / rate
    for tone in tones:
        count = min(frames, round(1.25 * tone.t60 * rate))
        fall = np.exp(np.arange(count, dtype=np.float32) * np.float32(_per_frame(tone.t60, rate)))
        sinks = np.arange(count, dtype=np.float32) * np.float32(-1.0 / tone.glide_seconds / rate)
        # The integral of hertz · (1 + glide · exp(-t / glide_seconds)). Turns are counted exactly,
        # only their rest is short enough for single precision.
        ahead = np.float32(tone.glide * tone.glide_seconds) * (np.float32(1.0) - np.exp(sinks))
        turns = tone.hertz * tuned * (seconds[:count] + ahead)
        turns += _first_turn(tone, tuned, rise)
        turns -= np.floor(turns)
        swing = np.sin(np.float32(TAU) * turns.astype(np.float32)) * fall
        sound[0, :count] += np.float32(gain_of(tone.soft_db)) * swing
        sound[1, :count] += np.float32(gain_of(tone.bright_db)) * swing
    return sound


def _first_turn(tone: Tone, tuned: float, rise: Seconds) -> float:
    """Where its swing begins, in turns, for it to be at the top when the rise is over."""
    ahead = tone.glide * tone.glide_seconds * -math.expm1(-rise / tone.glide_seconds)
    return 0.25 - tone.hertz * tuned * (rise + ahead)


def _per_frame(t60: Seconds, rate: int) -> float:
    """The exponent by which a tone falls from one frame to the next."""
    return float(-np.log(1000.0) / (t60 * rate))
