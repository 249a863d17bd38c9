"""The built-in sound of a performance: what is heard, and through which device."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from leitmotor.music.time import Seconds
from leitmotor.outputs.audio_names import DEFAULT
from leitmotor.records import record
from leitmotor.sound.patch import Patch

USUAL_RATE = 48000
"""Samples a second where neither the rig nor the device has a wish."""

USUAL_LUFS = -23.0
"""Where the rig names no loudness: that of a programme by EBU R 128."""


@record
class AudioPlan:
    """Which voices sound, as what, and where.

    `device` is `default` or a part of the device's name, `host` a part of its host API's. `rate`
    and `block` 0 take what the device likes. `latency` is what may lie between an event's
    computation and its sound, None as little as can be.
    `loudness` is aimed at, in LUFS. `out` is the rig's output that it
    stands for: it plays voices that go there or nowhere; None plays all.

    With `is_wished`, somebody asked for it: a device that is not there is waited for. Without, MIDI
    takes its place.
    """

    device: str = DEFAULT
    host: str = ""
    rate: int = 0
    block: int = 0
    latency: Seconds | None = None
    loudness: float = USUAL_LUFS
    out: str | None = None
    is_wished: bool = True
    patches: Mapping[str, Patch] = field(default_factory=dict)
