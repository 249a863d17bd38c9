"""Sustained instruments: in tune, closed loops, bright and soft, attacks as declared."""

from __future__ import annotations

import numpy as np
import pytest
from tests.sound.measure import (
    Signal,
    odd_even_ratio_db,
    pitch_cents,
    rise_time_10_90,
    rms,
    spectral_centroid,
)

from leitmotor.music import instruments
from leitmotor.sound.recipe import Baked, Recipe, frequency
from leitmotor.sound.recipes.brass import BRASS
from leitmotor.sound.recipes.organs import ORGANS
from leitmotor.sound.recipes.pads import PADS
from leitmotor.sound.recipes.strings import STRINGS
from leitmotor.sound.recipes.voices import VOICES
from leitmotor.sound.recipes.woodwinds import WOODWINDS

RATE = 48_000
RECIPES = {each.name: each for each in (*WOODWINDS, *STRINGS, *BRASS, *VOICES, *PADS, *ORGANS)}

BRIGHTER = {"piccolo": 1.6, "flute": 1.8}
"""Centroid of bright over that of soft where it is less than twice: so high up, few partials are
left to be moved."""

every_instrument = pytest.mark.parametrize("name", RECIPES)


def middle(recipe: Recipe) -> int:
    return (recipe.low + recipe.high) // 2


def loops(baked: Baked) -> tuple[Signal, Signal]:
    return baked.soft[baked.loop_start :], baked.bright[baked.loop_start :]


def held(name: str, pitch: int | None = None, rate: int = RATE) -> Signal:
    """The bright loop of a note, by default in the middle of the range."""
    recipe = RECIPES[name]
    return loops(recipe.bake(middle(recipe) if pitch is None else pitch, rate))[1]


def test_what_can_be_held_has_a_recipe_over_its_whole_range() -> None:
    held_names = {
        name
        for name in map(str, instruments.names())
        if (known := instruments.find(name)) and known.name == name and known.sustaining
    }
    bowed = {name for name in held_names if instruments.find(name).techniques}  # type: ignore[union-attr]
    assert set(RECIPES) == held_names | {f"{name} trem" for name in bowed}
    for name, recipe in RECIPES.items():
        known = instruments.find(name.removesuffix(" trem"))
        assert known is not None
        assert (recipe.low, recipe.high) == (known.low, known.high), name
        assert not recipe.is_struck


@every_instrument
def test_pitch_is_within_three_cents_low_middle_and_high(name: str) -> None:
    recipe = RECIPES[name]
    for pitch in (recipe.low, middle(recipe), recipe.high):
        for loop in loops(recipe.bake(pitch, RATE)):
            assert abs(pitch_cents(loop, RATE, frequency(pitch))) < 3.0, pitch


@pytest.mark.parametrize("name", ["violin", "string ensemble", "clarinet in Bb"])
@pytest.mark.parametrize("rate", [44_100, 96_000])
def test_other_rates_sound_the_same(name: str, rate: int) -> None:
    pitch = middle(RECIPES[name])
    other, usual = held(name, pitch, rate), held(name, pitch)
    assert abs(pitch_cents(other, rate, frequency(pitch))) < 3.0
    ratio = spectral_centroid(other, rate) / spectral_centroid(usual, RATE)
    assert ratio == pytest.approx(1.0, abs=0.05)


@every_instrument
def test_layers_are_alike_but_for_their_spectrum(name: str) -> None:
    recipe = RECIPES[name]
    for pitch in (recipe.low, recipe.high):
        baked = recipe.bake(pitch, RATE)
        assert baked.soft.shape == baked.bright.shape
        assert 0 < baked.loop_start < baked.soft.size
        for row, loop in zip((baked.soft, baked.bright), loops(baked), strict=True):
            assert row.dtype == np.float32
            assert np.isfinite(row).all()
            assert abs(float(np.mean(loop, dtype=np.float64))) < 1e-3 * rms(loop)


@every_instrument
def test_mixing_the_layers_cancels_no_partial(name: str) -> None:
    soft, bright = (loop / rms(loop) for loop in loops(RECIPES[name].bake(60, RATE)))
    assert rms((soft + bright) / 2.0) > 0.6


@every_instrument
def test_the_loop_closes_without_a_kink(name: str) -> None:
    """At the seam the slope changes no more than it does in the two periods around."""
    recipe = RECIPES[name]
    for pitch in (recipe.low, middle(recipe), recipe.high):
        around = round(2 * RATE / frequency(pitch)) + 8
        for loop in loops(recipe.bake(pitch, RATE)):
            bends = np.abs(np.diff(np.concatenate([loop[-around:], loop[:around]]), 2))
            at_seam = bends[around - 3 : around + 2].max()
            assert at_seam <= 1.3 * np.delete(bends, np.s_[around - 3 : around + 2]).max(), pitch


@every_instrument
def test_the_loop_goes_on_from_what_is_before_it(name: str) -> None:
    recipe = RECIPES[name]
    baked = recipe.bake(middle(recipe), RATE)
    for row in (baked.soft, baked.bright):
        bends = np.abs(np.diff(row[baked.loop_start - 500 : baked.loop_start + 500], 2))
        assert bends[495:503].max() <= 1.3 * np.delete(bends, np.s_[495:503]).max()


@every_instrument
def test_bright_is_brighter(name: str) -> None:
    recipe = RECIPES[name]
    soft, bright = (
        spectral_centroid(each, RATE) for each in loops(recipe.bake(middle(recipe), RATE))
    )
    assert bright >= BRIGHTER.get(name, 2.0) * soft


@every_instrument
def test_attack_takes_as_long_as_declared(name: str) -> None:
    recipe = RECIPES[name]
    baked = recipe.bake(middle(recipe), RATE)
    window = max(0.004, 1.0 / frequency(middle(recipe)))
    for row in (baked.soft, baked.bright):
        assert rise_time_10_90(row, RATE, window) == pytest.approx(recipe.attack_seconds, rel=0.2)


@pytest.mark.parametrize("name", ["flute", "violin trem", "choir", "brass section"])
def test_the_same_pitch_is_baked_to_the_same_bytes(name: str) -> None:
    once, again = (RECIPES[name].bake(64, RATE) for _ in range(2))
    assert once.soft.tobytes() == again.soft.tobytes()
    assert once.bright.tobytes() == again.bright.tobytes()


@every_instrument
def test_any_midi_number_can_be_baked(name: str) -> None:
    for pitch in (0, 127):
        baked = RECIPES[name].bake(pitch, RATE)
        assert np.isfinite(baked.bright).all()
        assert rms(baked.soft) > 0.0


# --------------------------------------------------------------------------------------------------
# What tells them apart


def test_a_low_clarinet_has_odd_partials_a_violin_all() -> None:
    pitch = 57
    ratios = [
        odd_even_ratio_db(held(name, pitch), RATE, frequency(pitch))
        for name in ("clarinet in Bb", "violin")
    ]
    assert ratios[0] > ratios[1] + 10.0


def test_a_high_clarinet_has_even_partials_too() -> None:
    low, high = (
        odd_even_ratio_db(held("clarinet in Bb", pitch), RATE, frequency(pitch), 4)
        for pitch in (53, 84)
    )
    assert low > high + 10.0


def test_attacks_are_as_long_as_their_instruments() -> None:
    seconds = {name: each.attack_seconds for name, each in RECIPES.items()}
    assert seconds["organ"] < seconds["trumpet in C"] < seconds["oboe"] < seconds["clarinet in Bb"]
    assert seconds["clarinet in Bb"] < seconds["flute"] < seconds["violin"] < seconds["choir"]
    assert seconds["choir"] < seconds["pad"]


@pytest.mark.parametrize(
    ("darker", "brighter"),
    [
        ("horn in F", "trumpet in C"),
        ("flute", "oboe"),
        ("tuba", "tenor trombone"),
        ("clarinet in Bb", "soprano sax"),
        ("voice oohs", "choir alto"),
        ("warm pad", "bright pad"),
        ("trumpet in C", "muted trumpet"),
    ],
)
def test_one_is_darker_than_the_other_on_the_same_pitch(darker: str, brighter: str) -> None:
    dark, bright = (spectral_centroid(held(each, 65), RATE) for each in (darker, brighter))
    assert bright > 1.2 * dark


@pytest.mark.parametrize(
    ("name", "pitch", "formant_hz"),
    [("oboe", 60, 1100.0), ("bassoon", 40, 470.0), ("English horn", 54, 900.0)],
)
def test_formants_stand_where_they_belong(name: str, pitch: int, formant_hz: float) -> None:
    """The strongest partial of a low bright note lies within half an octave of the formant."""
    spectrum = np.abs(np.fft.rfft(held(name, pitch)))
    strongest_hz = float(np.argmax(spectrum)) * RATE / held(name, pitch).size
    assert abs(np.log2(strongest_hz / formant_hz)) < 0.5


def test_brass_grows_bright_after_it_has_grown_loud() -> None:
    recipe = RECIPES["tenor trombone"]
    bright = recipe.bake(middle(recipe), RATE).bright
    risen = round(0.06 * RATE)
    early = spectral_centroid(bright[:risen], RATE)
    assert early < 0.75 * spectral_centroid(bright[-RATE // 2 :], RATE)


def bandwidth_cents(loop: Signal, hertz: float) -> float:
    """How wide the first partial is: the deviation of its frequency, weighted by power."""
    power = np.square(np.abs(np.fft.rfft(loop)))
    at = np.fft.rfftfreq(loop.size, 1.0 / RATE)
    near = np.abs(at / hertz - 1.0) < 0.06
    cents = 1200.0 * np.log2(at[near] / hertz)
    return float(np.sqrt(np.sum(power[near] * cents**2) / np.sum(power[near])))


def test_vibrato_is_deep_in_the_violin_and_hardly_there_in_clarinet_and_horn() -> None:
    """Of a sine of frequency, ±18 cents, the deviation is 18/√2."""
    widths = {
        name: bandwidth_cents(held(name, 76), frequency(76))
        for name in ("violin", "clarinet in Bb", "horn in F")
    }
    assert widths["violin"] == pytest.approx(18.0 / np.sqrt(2.0), rel=0.25)
    assert max(widths["clarinet in Bb"], widths["horn in F"]) < 4.0


def test_vibrato_comes_late() -> None:
    baked = RECIPES["violin"].bake(76, RATE)
    begun = baked.bright[round(0.1 * RATE) : round(0.35 * RATE)]
    window = np.hanning(begun.size)
    later = baked.bright[-begun.size :]
    early, late = (bandwidth_cents(each * window, frequency(76)) for each in (begun, later))
    assert early < 0.75 * late


def test_a_section_beats_where_a_player_does_not() -> None:
    """The first partial of several players swells and sinks; that of one hardly does."""

    def swell_db(name: str) -> float:
        loop = held(name, 69)
        spectrum = np.fft.fft(loop)
        at = np.fft.fftfreq(loop.size, 1.0 / RATE)
        spectrum[np.abs(at - 440.0) > 60.0] = 0.0
        level = np.abs(np.fft.ifft(spectrum))
        return float(20.0 * np.log10(np.percentile(level, 90) / np.percentile(level, 10)))

    assert swell_db("string ensemble") > swell_db("violin") + 3.0


def test_a_tremolo_strokes_about_thirteen_times_a_second() -> None:
    loop = held("violin trem", 69)
    strokes = np.abs(np.fft.rfft(np.square(loop)))[1:40]
    per_second = (1 + int(np.argmax(strokes))) * RATE / loop.size
    assert per_second == pytest.approx(13.0, abs=1.0)
