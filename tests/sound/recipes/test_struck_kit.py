"""The kit: each key of the General MIDI percussion set, told apart by what is measured."""

from __future__ import annotations

from functools import cache
from itertools import combinations

import numpy as np
import pytest
from tests.sound.recipes.decays import (
    RATE,
    centroid_hz,
    dc_db,
    fall_seconds,
    partial_hz,
    power_centroid_hz,
)

from leitmotor.sound.recipe import Baked
from leitmotor.sound.recipes.drum_kit import KEYS, PIECES
from leitmotor.sound.recipes.drums import DRUMS

KIT = next(recipe for recipe in DRUMS if recipe.name == "drums")


@cache
def hit(key: int) -> Baked:
    return KIT.bake(key, RATE)


def test_every_percussion_key_has_a_piece_and_no_piece_is_without_a_key() -> None:
    assert set(KEYS) == set(range(27, 88))
    assert {name for name, _ in KEYS.values()} == set(PIECES)


@pytest.mark.parametrize("key", sorted(KEYS))
def test_each_hit_begins_and_ends_at_nothing_and_is_finite_without_dc(key: int) -> None:
    baked = hit(key)
    assert baked.loop_start == baked.soft.size == baked.bright.size <= 3 * RATE
    for layer in (baked.soft, baked.bright):
        assert np.isfinite(layer).all()
        assert abs(layer[0]) < 1e-6
        assert abs(layer[-1]) < 1e-9
        assert dc_db(layer) < -60.0


def test_a_key_outside_the_set_strikes_the_nearest_piece() -> None:
    assert KIT.bake(0, RATE).soft.tobytes() == hit(27).soft.tobytes()
    assert KIT.bake(127, RATE).soft.tobytes() == hit(87).soft.tobytes()


def test_pieces_that_a_score_uses_most_are_told_apart_by_brightness_or_length() -> None:
    """Pairwise a factor of 1.25 in the centroid (by magnitude or by power) or 1.4 in the time to
    fall by 30 dB."""
    keys = {36: "kick", 38: "snare", 37: "stick", 39: "clap", 42: "closed", 46: "open"}
    keys |= {49: "crash", 51: "ride", 54: "tambourine", 56: "cowbell", 45: "tom", 63: "conga"}
    keys |= {76: "woodblock", 75: "claves", 81: "triangle", 82: "shaker", 70: "maracas"}
    table = {key: _measures(key) for key in keys}
    for one, other in combinations(keys, 2):
        bright, power, long = np.abs(np.log(table[one] / table[other]))
        assert max(bright, power) > np.log(1.25) or long > np.log(1.4), (keys[one], keys[other])


def _measures(key: int) -> np.ndarray:
    mixed = 0.5 * (hit(key).soft + hit(key).bright)
    return np.array([centroid_hz(mixed), power_centroid_hz(mixed), fall_seconds(mixed, 30.0)])


def test_families_are_ordered_as_in_life() -> None:
    def centroid(key: int) -> float:
        return float(_measures(key)[0])

    def length(key: int) -> float:
        return float(_measures(key)[2])

    assert centroid(36) < centroid(45) < centroid(38) < centroid(42)
    assert length(42) < 0.5 * length(46) < length(49)
    assert length(80) < 0.3 * length(81)
    assert length(37) < length(38)


def test_toms_and_hand_drums_rise_in_pitch_with_their_keys() -> None:
    def pitch(key: int, near_hz: float) -> float:
        return partial_hz(hit(key).soft[RATE // 10 :], near_hz, 900.0)

    toms = [pitch(key, 115.0) for key in (41, 43, 45, 47, 48, 50)]
    assert toms == sorted(toms)
    assert toms[-1] > 2.0 * toms[0]
    assert pitch(61, 340.0) < pitch(60, 340.0)
    assert pitch(64, 200.0) < pitch(63, 200.0)


def test_a_kick_sinks_in_pitch() -> None:
    sound = hit(36).soft
    early = _crossings(sound[: RATE // 20])
    late = _crossings(sound[RATE // 10 : RATE * 3 // 20])
    assert early > 1.2 * late


def _crossings(sound: np.ndarray) -> int:
    return int(np.count_nonzero(np.diff(np.signbit(sound))))


def test_a_bright_hit_is_brighter_than_a_soft_one() -> None:
    for key in (35, 36, 38, 41, 45, 49, 51, 56, 63, 65):
        assert centroid_hz(hit(key).bright) > 1.7 * centroid_hz(hit(key).soft), KEYS[key]
