"""Every struck or plucked instrument of the built-in sound, measured on what it bakes."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from tests.sound.recipes.decays import (
    RATE,
    centroid_hz,
    cents,
    dc_db,
    fall_seconds,
    held,
    level_db,
    partial_hz,
    power_centroid_hz,
    rise_seconds,
    worst_step,
)

from leitmotor.sound.recipe import Baked, Recipe, frequency
from leitmotor.sound.recipes.drums import DRUMS
from leitmotor.sound.recipes.keyboards import KEYBOARDS
from leitmotor.sound.recipes.mallets import MALLETS
from leitmotor.sound.recipes.plucked import PLUCKED
from leitmotor.sound.samples import Samples

RECIPES = {recipe.name: recipe for recipe in (*KEYBOARDS, *PLUCKED, *MALLETS, *DRUMS)}
TUNED = [name for name in RECIPES if name != "drums"]

HEARD_IN = {"tubular bells": (2.0, 3.0, 4.0), "timpani": (1.0,)}
"""The modes that make the pitch, as multiples of it; elsewhere the first partial."""


@cache
def note(name: str, pitch: int, rate: int = RATE) -> Baked:
    return RECIPES[name].bake(pitch, rate)


def middle(recipe: Recipe) -> int:
    return 38 if recipe.name == "drums" else (recipe.low + recipe.high) // 2


def throughout(recipe: Recipe) -> tuple[int, ...]:
    """Every seventh pitch and the highest: no class of pitches is left out."""
    return (*range(recipe.low, recipe.high, 7), recipe.high)


def pitches(recipe: Recipe) -> tuple[int, int, int]:
    return recipe.low, middle(recipe), recipe.high


def layers(baked: Baked) -> tuple[Samples, Samples]:
    return baked.soft, baked.bright


def sounding(name: str, pitch: int, seconds: float = 4.0) -> Samples:
    """Half soft, half bright, held."""
    baked = note(name, pitch)
    return held(baked, 0.5 * (baked.soft + baked.bright), seconds)


@pytest.mark.parametrize("name", TUNED)
def test_pitch_is_right_within_3_cents_in_both_layers(name: str) -> None:
    for pitch in throughout(RECIPES[name]):
        for layer in layers(note(name, pitch)):
            sound = held(note(name, pitch), layer, 2.0)
            for ratio in HEARD_IN.get(name, (1.0,)):
                wanted = ratio * frequency(pitch)
                assert abs(cents(partial_hz(sound, wanted), wanted)) < 3.0, (pitch, ratio)


@pytest.mark.parametrize("name", TUNED)
def test_every_pitch_and_rate_gives_two_sound_layers(name: str) -> None:
    for pitch in (*pitches(RECIPES[name]), 0, 127):
        for rate in (44_100, 96_000) if pitch == middle(RECIPES[name]) else (RATE,):
            baked = note(name, pitch, rate)
            assert baked.soft.shape == baked.bright.shape
            assert baked.soft.dtype == baked.bright.dtype == np.float32
            assert 0 < baked.loop_start <= baked.soft.size <= 4 * rate
            assert baked.release_seconds > 0.0
            assert baked.fade_db_per_second >= 0.0
            assert max(abs(layer).max() for layer in layers(baked)) == pytest.approx(0.5, abs=1e-5)
            heads = [level_db(layer[: round(0.4 * rate)]) for layer in layers(baked)]
            assert heads[0] == pytest.approx(heads[1], abs=0.1)
            for layer in layers(baked):
                assert np.isfinite(layer).all()
                assert abs(layer[0]) < 1e-6


@pytest.mark.parametrize("name", TUNED)
def test_there_is_no_dc_in_body_or_loop(name: str) -> None:
    for pitch in pitches(RECIPES[name]):
        baked = note(name, pitch)
        for layer in layers(baked):
            assert dc_db(layer[: baked.loop_start]) < -60.0
            if baked.loop_start < layer.size:
                assert dc_db(layer[baked.loop_start :]) < -60.0


@pytest.mark.parametrize("name", TUNED)
def test_a_note_ends_at_nothing_or_goes_round_without_a_seam(name: str) -> None:
    for pitch in pitches(RECIPES[name]):
        baked = note(name, pitch)
        for layer in layers(baked):
            if baked.loop_start == layer.size:
                assert abs(layer[-1]) < 1e-9
                continue
            sound = held(baked, layer, layer.size / RATE + 0.5)
            for seam in (baked.loop_start, layer.size):
                assert worst_step(sound, seam) < 1.3, (pitch, seam)
            around = [sound[at : at + RATE // 4] for at in (seam - RATE // 4, seam)]
            assert abs(level_db(around[0]) - level_db(around[1])) < 6.0


def test_a_piano_goes_on_falling_in_its_loop_as_it_fell_before() -> None:
    for pitch in (21, 40, 64):
        sound = sounding("piano", pitch, 5.0)
        tenths = [level_db(sound[at : at + RATE // 2]) for at in range(RATE, 4 * RATE, RATE // 2)]
        steps = np.diff(tenths)
        assert (steps < 0.5).all()
        assert steps.min() > -12.0


@pytest.mark.parametrize("name", RECIPES)
def test_the_attack_is_as_declared_within_20_percent(name: str) -> None:
    recipe = RECIPES[name]
    sound = sounding(name, middle(recipe))
    measured = rise_seconds(sound, 6.0 * recipe.attack_seconds)
    assert measured == pytest.approx(recipe.attack_seconds, rel=0.2)


@pytest.mark.parametrize("name", TUNED)
def test_the_bright_layer_is_at_least_twice_as_bright(name: str) -> None:
    """By magnitude. By power, where the long first partial weighs most, it is 1.5 times, and a
    little less for a membrane, whose modes lie within two octaves."""
    baked = note(name, middle(RECIPES[name]))
    assert centroid_hz(baked.bright) > 2.0 * centroid_hz(baked.soft)
    least = 1.4 if name in {"taiko", "timpani"} else 1.5
    assert power_centroid_hz(baked.bright) > least * power_centroid_hz(baked.soft)


@pytest.mark.parametrize("name", TUNED)
def test_layers_are_in_phase_so_that_mixing_them_cancels_nothing(name: str) -> None:
    baked = note(name, middle(RECIPES[name]))
    wanted = frequency(middle(RECIPES[name])) * HEARD_IN.get(name, (1.0,))[0]
    size = min(baked.loop_start, RATE // 4)
    wave = np.exp(-2j * np.pi * wanted / RATE * np.arange(size)) * np.hanning(size)
    soft, bright = (complex(np.sum(layer[:size] * wave)) for layer in layers(baked))
    assert abs(np.angle(soft / bright)) < 0.35


def test_low_strings_ring_longer_than_high_ones() -> None:
    for name in ("piano", "harpsichord", "harp", "guitar", "violin pizz", "marimba", "celesta"):
        low, mid, high = (fall_seconds(sounding(name, p)) for p in pitches(RECIPES[name]))
        assert low > mid > high, name


def test_what_is_damped_is_let_go_shorter_than_what_rings_on() -> None:
    damped = {"piano", "electric piano", "harpsichord", "guitar", "electric bass", "vibraphone"}
    for name in damped:
        assert 0.06 <= note(name, middle(RECIPES[name])).release_seconds <= 0.4
    for name in ("harp", "glockenspiel", "tubular bells", "timpani", "taiko"):
        assert note(name, middle(RECIPES[name])).release_seconds >= 5.0
    assert note("piano", 88).release_seconds < 0.4 < note("piano", 89).release_seconds


def test_piano_partials_are_stretched_and_its_decay_has_two_stages() -> None:
    sound = sounding("piano", 60, 4.0)
    eighth = partial_hz(sound, 8.0 * frequency(60))
    assert 5.0 < cents(eighth, 8.0 * frequency(60)) < 25.0
    early = level_db(sound[4_800:14_400]) - level_db(sound[24_000:33_600])
    late = level_db(sound[96_000:105_600]) - level_db(sound[115_200:124_800])
    assert early > 1.5 * late > 0.0


def test_instruments_differ_in_the_direction_they_differ_in_life() -> None:
    assert centroid_hz(sounding("harpsichord", 60)) > 1.5 * centroid_hz(sounding("piano", 60))
    assert fall_seconds(sounding("xylophone", 72)) < 0.6 * fall_seconds(sounding("marimba", 72))
    assert fall_seconds(sounding("marimba", 72)) < 0.5 * fall_seconds(sounding("vibraphone", 72))
    assert fall_seconds(sounding("violin pizz", 67)) < 0.5 * fall_seconds(sounding("harp", 67))
    assert centroid_hz(sounding("glockenspiel", 84)) > centroid_hz(sounding("celesta", 84))
    assert centroid_hz(sounding("guitar", 52)) > centroid_hz(sounding("electric bass", 52))


@pytest.mark.parametrize("name", RECIPES)
def test_the_same_note_is_the_same_bytes(name: str) -> None:
    recipe = RECIPES[name]
    again = recipe.bake(middle(recipe), RATE)
    assert again.soft.tobytes() == note(name, middle(recipe)).soft.tobytes()
    assert again.bright.tobytes() == note(name, middle(recipe)).bright.tobytes()


def test_all_are_struck_and_cover_their_instrument() -> None:
    assert all(recipe.is_struck for recipe in RECIPES.values())
    assert len(RECIPES) == len(KEYBOARDS) + len(PLUCKED) + len(MALLETS) + len(DRUMS)
    assert (RECIPES["piano"].low, RECIPES["piano"].high) == (21, 108)
    assert (RECIPES["drums"].low, RECIPES["drums"].high) == (27, 87)
