"""The bytes before the samples of a WAV file.

Written here and not by a library, whose headers tell the time of writing: equal sound has to give
equal bytes. The layout is that of RIFF/WAVE (Microsoft, Multimedia Programming Interface 1.0, 1991)
and, above 4 GiB, RF64 (EBU Tech 3306, 2009), for which a place is kept from the beginning.
"""

from __future__ import annotations

import struct

from leitmotor.outputs.sound_numbers import Depth
from leitmotor.sound.samples import Frames

CHANNELS = 2
_PCM, _IEEE_FLOAT = 1, 3
_FULL = 0xFFFFFFFF
"""The greatest size that RIFF can tell; in RF64 it stands for: see the chunk `ds64`."""


def wav_header(rate: int, depth: Depth, frames: Frames) -> bytes:
    """The header of a stereo file of `frames` frames. Its length depends on `depth` alone."""
    size = frames * CHANNELS * depth.bytes_per_sample
    middle = _format(rate, depth)
    if depth is Depth.FLOAT_32:
        middle += _chunk(b"fact", struct.pack("<I", min(frames, _FULL)))
    whole = len(b"WAVE") + 36 + len(middle) + 8 + size  # 36: the chunk that may become `ds64`
    if whole <= _FULL:
        kept = _chunk(b"JUNK", bytes(28))
        riff, told = struct.pack("<4sI4s", b"RIFF", whole, b"WAVE"), size
    else:
        kept = _chunk(b"ds64", struct.pack("<QQQI", whole, size, frames, 0))
        riff, told = struct.pack("<4sI4s", b"RF64", _FULL, b"WAVE"), _FULL
    return riff + kept + middle + struct.pack("<4sI", b"data", told)


def _format(rate: int, depth: Depth) -> bytes:
    width = depth.bytes_per_sample
    is_float = depth is Depth.FLOAT_32
    fields = struct.pack(
        "<HHIIHH",
        _IEEE_FLOAT if is_float else _PCM,
        CHANNELS,
        rate,
        rate * CHANNELS * width,
        CHANNELS * width,
        8 * width,
    )
    # What is not PCM tells the size of an extension, here none.
    return _chunk(b"fmt ", fields + (b"\0\0" if is_float else b""))


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack("<4sI", name, len(content)) + content
