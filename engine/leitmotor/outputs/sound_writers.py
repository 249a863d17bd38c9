"""Files of sound, WAV and FLAC: samples go in, and the file appears whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from leitmotor.errors import CueError, DeviceError
from leitmotor.outputs.atomic_file import AtomicFile
from leitmotor.outputs.sound_numbers import Depth, Quantiser
from leitmotor.outputs.wav_header import CHANNELS, wav_header
from leitmotor.sound.samples import Frames, Samples

SOUND_FILES = frozenset({".wav", ".flac"})
"""Endings of the files that can be written."""


class SoundWriter(Protocol):
    """A stereo file of sound that is being written.

    Thread: one at a time; every call may block on the disk, and raises `DeviceError` where that
    fails: then nothing is left of the file.
    """

    @property
    def path(self) -> Path:
        """Where the file will be."""
        ...

    def open(self) -> None:
        """Make sure that the file can be written, and begin anew."""
        ...

    def write(self, samples: Samples) -> None:
        """Add (2, frames)."""
        ...

    def commit(self) -> None:
        """End the file and move it into place. Does nothing where nothing is open."""
        ...

    def discard(self) -> None:
        """Leave no file behind; an older one stays as it was."""
        ...


def sound_writer(path: Path, rate: int, depth: Depth, stream: int = 0) -> SoundWriter:
    """The writer for the ending of `path`. `stream` as of `Quantiser`.

    `CueError` where a FLAC file is to hold floating-point numbers, or the ending is another.
    """
    match path.suffix.lower():
        case ".wav":
            return WavWriter(path, rate, depth, stream)
        case ".flac" if depth is not Depth.FLOAT_32:
            return FlacWriter(path, rate, depth, stream)
        case ".flac":
            raise CueError(
                f"cannot write {path} with --bits 32f: FLAC holds whole numbers of 16 or 24 bits;"
                f" choose --bits 24, or write {path.with_suffix('.wav')}"
            )
        case _:
            raise CueError(f"cannot write {path} as sound: it takes FILE.wav or FILE.flac")


class WavWriter:
    """A WAV file; RF64 where it grows beyond 4 GiB. Equal samples give equal bytes."""

    def __init__(self, path: Path, rate: int, depth: Depth, stream: int = 0) -> None:
        self._file = AtomicFile(path)
        self._rate = rate
        self._depth = depth
        self._stream = stream
        self._begin()

    @property
    def path(self) -> Path:
        """Where the file will be."""
        return self._file.path

    def open(self) -> None:
        """Make sure that the file can be written, and begin anew."""
        self._begin()
        self._file.open()
        self._file.write(wav_header(self._rate, self._depth, 0))

    def write(self, samples: Samples) -> None:
        """Add (2, frames)."""
        self._frames += samples.shape[1]
        self._file.write(self._bytes(samples))

    def commit(self) -> None:
        """Put the length into the header, and the file into its place."""
        if not self._file.is_open:
            return
        self._file.seek(0)
        self._file.write(wav_header(self._rate, self._depth, self._frames))
        self._file.commit()

    def discard(self) -> None:
        """Leave no file behind."""
        self._file.discard()

    def _begin(self) -> None:
        self._frames: Frames = 0
        bits = 8 * self._depth.bytes_per_sample
        self._quantiser = Quantiser(bits, self._stream)

    def _bytes(self, samples: Samples) -> bytes:
        match self._depth:
            case Depth.FLOAT_32:
                return samples.T.astype("<f4").tobytes()
            case Depth.BITS_16:
                return self._quantiser.numbers(samples).astype("<i2").tobytes()
            case Depth.BITS_24:
                numbers = np.ascontiguousarray(self._quantiser.numbers(samples), dtype="<i4")
                return numbers.view(np.uint8).reshape(-1, 4)[:, :3].tobytes()


class FlacWriter:
    """A FLAC file of 16 or 24 bits. Equal samples give equal bytes, by the same libsndfile.

    `DeviceError` where libsndfile is missing: its wheels have it for most machines, not for all.
    """

    def __init__(self, path: Path, rate: int, depth: Depth, stream: int = 0) -> None:
        self._file = AtomicFile(path)
        self._target = _Target(self._file)
        self._rate = rate
        self._bits = 8 * depth.bytes_per_sample
        self._stream = stream
        self._encoder: Any = None

    @property
    def path(self) -> Path:
        """Where the file will be."""
        return self._file.path

    def open(self) -> None:
        """Make sure that the file can be written, and begin anew."""
        library = _libsndfile(self.path)
        self._file.open()
        self._target = _Target(self._file)
        self._quantiser = Quantiser(self._bits, self._stream)
        try:
            self._encoder = library.SoundFile(
                self._target, "w", self._rate, CHANNELS, f"PCM_{self._bits}", format="FLAC"
            )
            self._target.check()
        except BaseException as error:
            self._fail(error)

    def write(self, samples: Samples) -> None:
        """Add (2, frames)."""
        if self._encoder is None:
            raise DeviceError(f"{self.path} is not open for writing; open the output first")
        # libsndfile wants the wanted bits at the upper end of 32.
        numbers = self._quantiser.numbers(samples) << (32 - self._bits)
        try:
            self._encoder.write(numbers)
            self._target.check()
        except BaseException as error:
            self._fail(error)

    def commit(self) -> None:
        """End the encoding, and move the file into place."""
        encoder, self._encoder = self._encoder, None
        if encoder is None:
            return
        try:
            encoder.close()
            self._target.check()
        except BaseException as error:
            self._fail(error)
        self._file.commit()

    def discard(self) -> None:
        """Leave no file behind."""
        encoder, self._encoder = self._encoder, None
        self._file.discard()
        if encoder is not None:
            # What it still has to say goes nowhere.
            self._target.is_deaf = True
            encoder.close()

    def _fail(self, error: BaseException) -> None:
        """Raise the reason why the file could not be written, and leave none."""
        reason = self._target.failure
        self.discard()
        if reason is not None:
            raise reason from error
        if isinstance(error, (OSError, RuntimeError, AssertionError)):
            raise DeviceError(f"cannot write {self.path}: {error}; choose another place") from error
        raise error


class _Target:
    """What libsndfile writes to. It is called from C, through which no exception can pass."""

    def __init__(self, file: AtomicFile) -> None:
        self._file = file
        self.failure: DeviceError | None = None
        self.is_deaf = False

    def check(self) -> None:
        """Raise what went wrong meanwhile."""
        if self.failure is not None:
            raise self.failure

    def write(self, data: bytes) -> int:
        if not self._is_lost:
            try:
                self._file.write(data)
            except DeviceError as error:
                self.failure = error
        return len(data)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        if not self._is_lost:
            try:
                return self._file.seek(offset, whence)
            except DeviceError as error:
                self.failure = error
        return 0

    def tell(self) -> int:
        return self.seek(0, os.SEEK_CUR)

    @property
    def _is_lost(self) -> bool:
        return self.is_deaf or self.failure is not None


def _libsndfile(path: Path) -> Any:
    try:
        import soundfile
    except (ImportError, OSError) as error:  # OSError: the package is there, the library is not
        raise DeviceError(
            f"cannot write {path}: there is no libsndfile for FLAC on this machine"
            f" (pip install soundfile); {path.with_suffix('.wav').name} needs none"
        ) from error
    return soundfile
