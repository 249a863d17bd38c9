"""Every instrument as it is heard: rendered through the desk, without a room."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from statistics import median

import numpy as np
import pytest
from tests.sound.measure import spectral_centroid
from tests.sound.toy import RATE, attack, release, rendered

from leitmotor.messages import Setup, Voice
from leitmotor.music.dynamics import expression, velocity
from leitmotor.music.instruments import KnownInstrument, find
from leitmotor.music.space import tone_controller
from leitmotor.sound.bank import Bank
from leitmotor.sound.catalogue import recipes
from leitmotor.sound.loudness import integrated
from leitmotor.sound.patch import Patch
from leitmotor.sound.renderer import Renderer
from leitmotor.sound.samples import Samples

INSTRUMENTS = sorted(recipes())
MEZZO_FORTE = 4
DARK, NORMAL, BRIGHT = -0.8, 0.0, 0.8

NARROW = {"taiko": 1.35}
"""A skin's few modes lie within two octaves: there is little to darken or to brighten."""


def known(name: str) -> KnownInstrument:
    found = find(name.removesuffix(" pizz").removesuffix(" trem"))
    assert found is not None
    return found


@lru_cache(1)
def bank() -> Bank:
    """Notes are baked once for all tests of this module."""
    return Bank(RATE)


@lru_cache(None)
def motif(name: str, level: int = MEZZO_FORTE, tone: float = NORMAL) -> Samples:
    """Four notes of 0.4 s in the middle of the instrument's range."""
    instrument, recipe = known(name), recipes()[name]
    voice = Voice(name, "lead", "", 0, instrument.program, 0)
    player = Renderer({name: Patch(name, 0, instrument.kit)}, RATE, bank=bank())
    cc11 = 127 if recipe.is_struck else expression(level)
    controls = ((7, 100), (11, cc11), (74, tone_controller(tone)))
    player.prepare([Setup(voice, controls, room=("dry", 0.0))])
    middle = (instrument.comfortable_low + instrument.comfortable_high) // 2
    pitches = (36, 38, 42, 46) if instrument.kit else (middle, middle + 4, middle + 7, middle + 2)
    strength = velocity(level) if recipe.is_struck else 80
    events = []
    for number, pitch in enumerate(pitches):
        begin = round(0.4 * RATE) * number
        events.append((begin, attack(number, pitch, voice, strength)))
        events.append((begin + round(0.38 * RATE), release(number, pitch, voice)))
    return rendered(player, events, [4] * 84)


def lufs(name: str, level: int) -> float:
    return integrated(motif(name, level), RATE)


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_from_ppp_to_fff_every_step_is_louder(name: str) -> None:
    """T9."""
    steps = np.diff([lufs(name, level) for level in range(8)])
    assert np.all(steps > 0.5), steps


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_louder_is_brighter(name: str) -> None:
    soft, loud = (spectral_centroid(motif(name, level).sum(axis=0), RATE) for level in (0, 7))
    assert loud > 1.1 * soft


def test_at_mf_all_are_equally_loud() -> None:
    loudness = {name: lufs(name, MEZZO_FORTE) for name in INSTRUMENTS}
    middle = median(loudness.values())
    assert {name: at for name, at in loudness.items() if abs(at - middle) > 3.0} == {}


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_a_bright_tone_lies_half_as_high_again_as_a_dark_one(name: str) -> None:
    dark, bright = (
        spectral_centroid(motif(name, tone=tone).sum(axis=0), RATE) for tone in (DARK, BRIGHT)
    )
    assert bright > NARROW.get(name, 1.5) * dark


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_the_sound_is_sound(name: str) -> None:
    """No sample that is no number, nothing over full scale, no direct current."""
    out = motif(name, 7)
    assert np.isfinite(out).all()
    assert np.abs(out).max() < 1.0
    assert abs(out.mean()) < 1e-3 * np.sqrt(np.mean(out**2))


def test_64_voices_stay_far_from_what_a_float_can_hold() -> None:
    patches: Mapping[str, Patch] = {"violin": Patch("violin")}
    player = Renderer(patches, RATE, bank=bank(), polyphony=64)
    events = []
    for number in range(80):
        voice = Voice("violin", "bed", "", number % 9, 40, 0)
        events.append((number * 50, attack(number, 60 + number % 24, voice)))
    out = rendered(player, events, [4] * 40)
    assert np.isfinite(out).all()
    assert np.abs(out).max() < 10.0
    assert player.sounding == 64
