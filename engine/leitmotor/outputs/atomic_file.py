"""A file that appears under its name whole or not at all."""

from __future__ import annotations

import glob
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from leitmotor.errors import DeviceError


class AtomicFile:
    """Bytes gathered under a temporary name in the same folder, and moved into place by `commit`.

    The temporary file is made by `open`, so that a place that cannot be written is known at once
    and not after an hour of music.

    Thread: one at a time; every call may block on the disk.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._target = path
        self._part: Path | None = None
        self._stream: BinaryIO | None = None

    def open(self) -> None:
        """Make the temporary file. `DeviceError` where the place cannot be written."""
        # Through a link, its file is meant: moving onto the link would only cut it off.
        self._target = self.path.resolve()
        if self._target.is_dir():
            raise DeviceError(f"cannot write {self.path}: it is a folder; give the name of a file")
        if self._target.exists() and not self._target.is_file():
            raise DeviceError(f"cannot write {self.path}: it is no plain file; choose another name")
        if not self._target.parent.is_dir():
            raise DeviceError(
                f"cannot write {self.path}: there is no folder {self._target.parent}; make it first"
            )
        part = self._target.with_name(_part(self._target.name, secrets.token_hex(4)))
        try:
            self._stream = part.open("xb")
        except OSError as error:
            raise self._failure(error) from error
        self._part = part

    @property
    def is_open(self) -> bool:
        """Whether bytes can be written."""
        return self._stream is not None

    def write(self, data: bytes) -> None:
        """Add bytes. A failure (`DeviceError`) discards the file."""
        if self._stream is None:
            raise DeviceError(f"{self.path} is not open for writing; open the output first")
        try:
            self._stream.write(data)
        except OSError as error:
            self.discard()
            raise self._failure(error) from error

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Write on from there, as `seek` of a stream; the place from the beginning."""
        if self._stream is None:
            raise DeviceError(f"{self.path} is not open for writing; open the output first")
        try:
            return self._stream.seek(offset, whence)
        except OSError as error:
            self.discard()
            raise self._failure(error) from error

    def commit(self) -> None:
        """Move the file into place, replacing an older one. Does nothing where nothing is open."""
        stream, part = self._stream, self._part
        if stream is None or part is None:
            return
        try:
            stream.flush()
            os.fsync(stream.fileno())
            stream.close()
            os.replace(part, self._target)
        except OSError as error:
            self.discard()
            raise self._failure(error) from error
        self._stream = self._part = None

    def discard(self) -> None:
        """Remove the temporary file; an older file under the name stays as it was."""
        stream, part = self._stream, self._part
        self._stream = self._part = None
        if stream is None or part is None:
            return
        # A full disk fails once more when the rest is flushed; the file goes anyway.
        with suppress(OSError):
            stream.close()
        part.unlink(missing_ok=True)

    def _failure(self, error: OSError) -> DeviceError:
        why = error.strerror or str(error)
        return DeviceError(f"cannot write {self.path}: {why}; free the place or choose another")


def sweep_parts(path: Path) -> None:
    """Remove the temporary files of `path` that a process left which was ended by force."""
    target = path.resolve()
    for part in target.parent.glob(_part(glob.escape(target.name), "*")):
        with suppress(OSError):
            part.unlink()


def _part(name: str, mark: str) -> str:
    return f".{name}.{mark}.part"
