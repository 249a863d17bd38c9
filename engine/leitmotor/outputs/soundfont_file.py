"""What a SoundFont file holds, read without playing it: the names of its presets."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from struct import Struct
from typing import BinaryIO

from leitmotor.errors import DeviceError
from leitmotor.records import record

_CHUNK = Struct("<4sI")
_HEADER = Struct("<20sHH14x")  # of a preset: name, number, bank
_MOST_CHUNKS = 64
_MOST_PRESETS = 1 << 16
_NEAREST = 3


@record
class Preset:
    """One sound of a SoundFont: `bank` and `number` from 0, as `preset:` in a rig has them."""

    bank: int
    number: int
    name: str

    def __str__(self) -> str:
        return f"{self.bank}/{self.number} {self.name}".rstrip()


def presets(path: str | Path) -> tuple[Preset, ...]:
    """The presets of a SoundFont by bank and number.

    `DeviceError` where there is no such file, or where it is no SoundFont or not all of one. Reads
    a few kilobytes at most times, and never more than its table of presets.
    """
    try:
        if not stat.S_ISREG(Path(path).stat().st_mode):  # a pipe would let us wait for ever
            raise DeviceError(f"{path} is not a SoundFont: it is no file")
        with open(path, "rb") as file:
            return _in_order(_table(file, Path(path).stat().st_size, str(path)), str(path))
    except FileNotFoundError as error:
        raise DeviceError(f"there is no SoundFont {path}: put it there, or name another") from error
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        raise DeviceError(f"the SoundFont {path} cannot be read: {error}") from error


def nearest_presets(
    known: Sequence[Preset], bank: int, number: int, name: str
) -> tuple[Preset, ...]:
    """What may have been meant by a preset that is not there: alike by name, then by number."""
    by_name = {preset.name.casefold(): preset for preset in reversed(known)}
    alike = [by_name[key] for key in get_close_matches(name.casefold(), by_name, n=1)]
    by_number = sorted(known, key=lambda each: (each.bank != bank, abs(each.number - number)))
    return tuple(dict.fromkeys([*alike, *by_number]))[:_NEAREST]


def _table(file: BinaryIO, size: int, path: str) -> bytes:
    """The bytes of the chunk `phdr`."""
    kind, length = _chunk(file.read(_CHUNK.size), path)
    if kind != b"RIFF" or file.read(4) != b"sfbk":
        raise _no_soundfont(path, "it does not begin as one")
    if _CHUNK.size + length > size:
        raise _no_soundfont(path, f"it is cut short, at {size} of {_CHUNK.size + length} bytes")
    for name, begin, end in _chunks(file, _CHUNK.size + 4, _CHUNK.size + length, path):
        if name == b"LIST" and file.read(4) == b"pdta":
            for inner, first, last in _chunks(file, begin + 4, end, path):
                if inner == b"phdr":
                    return file.read(min(last - first, _MOST_PRESETS * _HEADER.size))
    raise _no_soundfont(path, "it has no table of presets")


def _chunks(file: BinaryIO, begin: int, end: int, path: str) -> Iterator[tuple[bytes, int, int]]:
    """Name, begin and end of the chunks between two places; the file stands at each one's begin."""
    for _ in range(_MOST_CHUNKS):
        if begin + _CHUNK.size > end:
            return
        file.seek(begin)
        name, length = _chunk(file.read(_CHUNK.size), path)
        begin += _CHUNK.size
        if begin + length > end:
            raise _no_soundfont(path, f"its part {_shown(name)!r} goes on beyond the end")
        yield name, begin, begin + length
        begin += length + length % 2


def _chunk(head: bytes, path: str) -> tuple[bytes, int]:
    if len(head) < _CHUNK.size:
        raise _no_soundfont(path, "it is too short")
    name, length = _CHUNK.unpack(head)
    return name, length


def _in_order(table: bytes, path: str) -> tuple[Preset, ...]:
    whole = len(table) - len(table) % _HEADER.size
    rows = list(_HEADER.iter_unpack(table[:whole]))[:-1]  # the last one only ends the table
    if not rows:
        raise _no_soundfont(path, "it has no presets")
    found = [Preset(bank, number, _shown(name)) for name, number, bank in rows]
    return tuple(sorted(found, key=lambda each: (each.bank, each.number)))


def _shown(name: bytes) -> str:
    """A name out of the file, without what a terminal would obey."""
    text = name.split(b"\0")[0].decode("latin-1")
    return "".join(sign if sign.isprintable() else "?" for sign in text).strip()


def _no_soundfont(path: str, why: str) -> DeviceError:
    return DeviceError(f"{path} is not a SoundFont that can be played: {why}")
