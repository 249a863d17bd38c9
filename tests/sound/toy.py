"""Instruments whose every sample is known, and events to play them with."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from leitmotor.messages import Attack, Bar, Cause, Control, Event, Release, Voice
from leitmotor.sound.recipe import Baked, Recipe, frequency
from leitmotor.sound.renderer import Renderer
from leitmotor.sound.samples import Frames, Samples

RATE = 48000
BAR = Bar(1, 0, 960, 240, "4/4")


def sine(pitch: int, rate: int, seconds: float = 1.0) -> Baked:
    """A pure tone as the soft layer, with its octave as the bright one; the last half is a loop."""
    frames = round(seconds * rate)
    loop = frames // 2
    turns = round(frequency(pitch) * (frames - loop) / rate)
    phase = 2 * np.pi * turns * np.arange(frames) / (frames - loop)
    rise = np.minimum(np.arange(frames) / (0.05 * rate), 1.0)
    soft, octave = rise * np.sin(phase), rise * np.sin(2 * phase)
    return Baked(
        soft.astype(np.float32), (soft + octave).astype(np.float32), loop, release_seconds=0.1
    )


def click(_pitch: int, rate: int) -> Baked:
    """A single sample that sounds once."""
    layer = np.zeros(rate // 10, np.float32)
    layer[0] = 1.0
    return Baked(layer, layer.copy(), len(layer))


def bell(pitch: int, rate: int) -> Baked:
    """A tone that falls by 20 dB a second while it goes round."""
    whole = sine(pitch, rate)
    return Baked(whole.soft, whole.bright, whole.loop_start, 20.0, 0.1)


SINE = Recipe("toy sine", 0, 127, sine, False, 0.04)
CLICK = Recipe("toy click", 0, 127, click, True, 0.0)
BELL = Recipe("toy bell", 0, 127, bell, True, 0.04)
TOYS = {recipe.name: recipe for recipe in (SINE, CLICK, BELL)}


def voice(instrument: str = "toy sine", role: str = "lead", channel: int = 0) -> Voice:
    """A voice of a toy."""
    return Voice(instrument, role, "", channel, 0, 0)


def attack(
    note: int, pitch: int = 69, who: Voice | None = None, velocity: int = 80, touch: str = ""
) -> Attack:
    """A note begins."""
    return Attack(
        0, 0.0, BAR, note, who or voice(), pitch, "", velocity, 0, -1, Cause("test"), touch
    )


def release(note: int, pitch: int = 69, who: Voice | None = None) -> Release:
    """A note ends."""
    return Release(0, 0.0, BAR, note, who or voice(), pitch, "", 0, Cause("test"))


def control(controller: int, value: int, who: Voice | None = None) -> Control:
    """A controller takes a value."""
    return Control(0, 0.0, BAR, who or voice(), controller, value)


def rendered(
    renderer: Renderer, events: Sequence[tuple[Frames, Event]], blocks: Sequence[int]
) -> Samples:
    """Send the events, by their frames, and render blocks of so many quanta."""
    for frame, event in sorted(events, key=lambda each: each[0]):
        renderer.send(event, frame)
    return np.concatenate([renderer.render(quanta).copy() for quanta in blocks], axis=1)
