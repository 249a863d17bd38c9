"""Writes examples/34-a-sound-device/sounds/glass.sf2: the smallest SoundFont that says something.

By hand: `python docs/generate_soundfont.py`. One preset (bank 0, program 12) of one instrument of
one looped sample, after the SoundFont 2.01 specification: chunks, each with its records.
"""

from __future__ import annotations

import math
import struct
from pathlib import Path

FILE = Path(__file__).parents[1] / "examples" / "34-a-sound-device" / "sounds" / "glass.sf2"
NAME = b"glass"
RATE, PERIOD, PERIODS = 44_100, 100, 10
GUARD = 46
"""So many zeros follow every sample."""
KEY, CENTS = 69, -4
"""A period of 100 samples is 441 Hz: A4, and 4 cents too high."""
PROGRAM = 12
PARTIALS = ((1, 0.6), (4, 0.2), (10, 0.06))
SAMPLE_MODES, DECAY, SUSTAIN, RELEASE, INSTRUMENT, SAMPLE = 54, 36, 37, 38, 41, 53
GENERATORS = ((DECAY, 2400), (SUSTAIN, 1000), (RELEASE, 600), (SAMPLE_MODES, 1), (SAMPLE, 0))
"""Four seconds down to silence, 1.4 s after the release; the sample goes round."""


def chunk(name: bytes, data: bytes) -> bytes:
    """A chunk; data of an odd length is filled up."""
    return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def named(text: bytes) -> bytes:
    """A name in a record."""
    return text.ljust(20, b"\0")


def samples() -> bytes:
    """Ten periods of a few partials, and the guard."""
    wave = [
        sum(level * math.sin(math.tau * n * place / PERIOD) for n, level in PARTIALS)
        for place in range(PERIOD * PERIODS)
    ]
    return struct.pack(f"<{len(wave)}h", *(round(32_000 * each) for each in wave)) + bytes(
        2 * GUARD
    )


def records() -> bytes:
    """Preset, instrument and sample, each list with its closing record."""
    length = PERIOD * PERIODS
    generators = b"".join(struct.pack("<Hh", *each) for each in GENERATORS)
    sample = struct.pack("<5IBbHH", 0, length, PERIOD, length - PERIOD, RATE, KEY, CENTS, 0, 1)
    return b"".join(
        (
            chunk(
                b"phdr",
                named(NAME)
                + struct.pack("<3H3I", PROGRAM, 0, 0, 0, 0, 0)
                + named(b"EOP")
                + struct.pack("<3H3I", 0, 0, 1, 0, 0, 0),
            ),
            chunk(b"pbag", struct.pack("<4H", 0, 0, 1, 0)),
            chunk(b"pmod", bytes(10)),
            chunk(b"pgen", struct.pack("<Hh", INSTRUMENT, 0) + bytes(4)),
            chunk(
                b"inst",
                named(NAME) + struct.pack("<H", 0) + named(b"EOI") + struct.pack("<H", 1),
            ),
            chunk(b"ibag", struct.pack("<4H", 0, 0, len(GENERATORS), 0)),
            chunk(b"imod", bytes(10)),
            chunk(b"igen", generators + bytes(4)),
            chunk(b"shdr", named(NAME) + sample + named(b"EOS") + bytes(26)),
        )
    )


def soundfont() -> bytes:
    """The whole file."""
    info = chunk(b"ifil", struct.pack("<2H", 2, 1)) + chunk(b"isng", b"EMU8000\0")
    info += chunk(b"INAM", NAME + b"\0")
    parts = b"sfbk" + chunk(b"LIST", b"INFO" + info)
    parts += chunk(b"LIST", b"sdta" + chunk(b"smpl", samples()))
    parts += chunk(b"LIST", b"pdta" + records())
    return chunk(b"RIFF", parts)


if __name__ == "__main__":
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_bytes(soundfont())
    print(FILE, len(soundfont()), "bytes")
