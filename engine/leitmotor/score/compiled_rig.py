"""The sound devices of a rig, as the process that plays them needs to know them."""

from __future__ import annotations

from leitmotor.music.time import Seconds
from leitmotor.records import record


@record
class AudioOut:
    """An output of the rig that is a sound device.

    `device` and `host` are parts of names; `default` is the system's own device, and an empty host
    is whichever has it. Where the rig says nothing, `rate` and `block` are 0, and `loudness`, which
    is aimed at in LUFS, and `latency` are None.
    """

    name: str  # of the output, as `Voice.out`
    device: str
    rate: int = 0
    block: int = 0
    loudness: float | None = None
    host: str = ""
    latency: Seconds | None = None
