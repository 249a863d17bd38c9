"""A SoundFont of a few kilobytes, made here: every preset is the same sine tone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import pi, sin
from struct import pack

_RATE = 48_000
_PERIOD = 96  # frames: 500 Hz
_PERIODS = 20
_KEY, _CENTS_ABOVE = 71, 21  # B4 is 493.88 Hz
_SILENT_END = 46  # frames that the format wants behind every sample
_INSTRUMENT, _SAMPLE_MODES, _SAMPLE = 41, 54, 53  # generators


def small_soundfont(presets: Sequence[tuple[int, int, str]]) -> bytes:
    """A whole SoundFont 2.01 with those presets: bank, number and name."""
    info = _chunk(b"ifil", pack("<HH", 2, 1)) + _chunk(b"INAM", b"small\0")
    return _chunk(
        b"RIFF",
        b"sfbk"
        + _chunk(b"LIST", b"INFO" + info)
        + _chunk(b"LIST", b"sdta" + _chunk(b"smpl", _tone()))
        + _chunk(b"LIST", b"pdta" + _tables(presets)),
    )


def _tables(presets: Sequence[tuple[int, int, str]]) -> bytes:
    """Each preset has a bag, each bag a generator, and all of them the one instrument."""
    count = len(presets)
    rows = [(name, number, bank, bag) for bag, (bank, number, name) in enumerate(presets)]
    end = _PERIOD * _PERIODS
    headers = b"".join(
        pack("<20sHHHIII", name.encode("latin-1"), number, bank, bag, 0, 0, 0)
        for name, number, bank, bag in [*rows, ("EOP", 0, 0, count)]
    )
    sample = pack(
        "<20sIIIIIBbHH", b"sine", 0, end, _PERIOD, end - _PERIOD, _RATE, _KEY, -_CENTS_ABOVE, 0, 1
    )
    return (
        _chunk(b"phdr", headers)
        + _chunk(b"pbag", b"".join(pack("<HH", bag, 0) for bag in range(count + 1)))
        + _chunk(b"pmod", bytes(10))
        + _chunk(b"pgen", _generators([(_INSTRUMENT, 0)] * count))
        + _chunk(b"inst", pack("<20sH20sH", b"sine", 0, b"EOI", 1))
        + _chunk(b"ibag", pack("<HHHH", 0, 0, 2, 0))
        + _chunk(b"imod", bytes(10))
        + _chunk(b"igen", _generators([(_SAMPLE_MODES, 1), (_SAMPLE, 0)]))
        + _chunk(b"shdr", sample + pack("<20s26x", b"EOS"))
    )


def _generators(pairs: Iterable[tuple[int, int]]) -> bytes:
    return b"".join(pack("<Hh", *pair) for pair in [*pairs, (0, 0)])


def _tone() -> bytes:
    frames = range(_PERIOD * _PERIODS)
    wave = [round(16_000 * sin(2 * pi * frame / _PERIOD)) for frame in frames]
    return pack(f"<{len(wave)}h", *wave) + bytes(2 * _SILENT_END)


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + pack("<I", len(content)) + content + bytes(len(content) % 2)
