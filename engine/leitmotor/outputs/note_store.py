"""Baked notes on disk, so that no instrument has to be baked twice on one machine."""

from __future__ import annotations

import os
import secrets
import struct
import sys
import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import numpy as np

from leitmotor.sound.recipe import Recipe
from leitmotor.sound.tables import Shape, Table

SETTING = "LEITMOTOR_CACHE"
"""The environment variable that names another folder; empty for none at all."""

MOST_BYTES = 1 << 30
"""What the folder may hold before the oldest notes are thrown away."""

_HEAD = struct.Struct("<8sIqqdddd")  # mark, checksum, then the shape
_MARK = b"leitnot1"
_ENDING = ".note"


def usual_folder(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Where this system keeps what can be made again; None where the user wants none."""
    if SETTING in environment:
        wanted = environment[SETTING]
        return Path(wanted) if wanted else None
    home = environment.get("HOME") or environment.get("USERPROFILE")
    if sys.platform == "win32":
        base = environment.get("LOCALAPPDATA")
        return Path(base) / "leitmotor" / "notes" if base else None
    if sys.platform == "darwin":
        return Path(home) / "Library" / "Caches" / "leitmotor" if home else None
    cache = environment.get("XDG_CACHE_HOME") or (f"{home}/.cache" if home else "")
    return Path(cache) / "leitmotor" / "notes" if cache else None


class NoteStore:
    """A folder of notes, a file each, by recipe, version, rate and pitch.

    It is a convenience: whatever is wrong with folder or file, the note is baked once more, and
    nothing is raised. Several processes may use it at once: files appear whole or not at all.

    Thread: any; blocks on the disk, a fraction of a millisecond for a note that was read lately.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def load(self, recipe: Recipe, pitch: int, rate: int) -> Table | None:
        """A note that is kept and whole, else None."""
        path = self._path(recipe, pitch, rate)
        if path is None:
            return None
        try:
            return _read(path.read_bytes())
        except (OSError, ValueError, struct.error):
            return None

    def save(self, recipe: Recipe, pitch: int, rate: int, table: Table) -> None:
        """Keep a note, if that can be done."""
        path = self._path(recipe, pitch, rate)
        if path is None:
            return
        part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                part.write_bytes(_written(table))
                os.replace(part, path)
            finally:
                part.unlink(missing_ok=True)

    def has(self, recipe: Recipe, pitch: int, rate: int) -> bool:
        """Whether there is a file for the note, whole or not."""
        path = self._path(recipe, pitch, rate)
        return path is not None and path.exists()

    def prune(self, most_bytes: int = MOST_BYTES) -> None:
        """Throw the notes away that were written longest ago, down to so many bytes."""
        if self._folder is None:
            return
        with suppress(OSError):
            notes = [(file.stat(), file) for file in self._folder.rglob(f"*{_ENDING}")]
            held = sum(info.st_size for info, _ in notes)
            for info, file in sorted(notes, key=lambda note: note[0].st_mtime):
                if held <= most_bytes:
                    break
                file.unlink(missing_ok=True)
                held -= info.st_size

    def _path(self, recipe: Recipe, pitch: int, rate: int) -> Path | None:
        if self._folder is None:
            return None
        name = "-".join(recipe.name.split())
        return self._folder / f"{name}-{recipe.version}-{rate}" / f"{pitch}{_ENDING}"


def _written(table: Table) -> bytes:
    shape = table.shape
    numbers = table.soft.astype("<i2").tobytes() + table.bright.astype("<i2").tobytes()
    head = _HEAD.pack(
        _MARK,
        zlib.crc32(numbers),
        shape.length,
        shape.loop_start,
        shape.soft_scale,
        shape.bright_scale,
        shape.fade_db_per_second,
        shape.release_seconds,
    )
    return head + numbers


def _read(content: bytes) -> Table:
    """The note of a file. ValueError or struct.error where it is not whole."""
    mark, checksum, length, loop_start, *scales = _HEAD.unpack_from(content)
    numbers = content[_HEAD.size :]
    if mark != _MARK or len(numbers) != 4 * length or zlib.crc32(numbers) != checksum:
        raise ValueError("no whole note")
    layers = np.frombuffer(numbers, "<i2")
    return Table(layers[:length], layers[length:], Shape(length, loop_start, *scales))
