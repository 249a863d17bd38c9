"""One file for each role and for each instrument, which add up to the whole mix."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import numpy as np

from leitmotor.errors import DeviceError
from leitmotor.messages import Voice
from leitmotor.music.time import Seconds
from leitmotor.outputs.atomic_file import sweep_parts
from leitmotor.outputs.base import opened
from leitmotor.outputs.gains import Followed, GainNodes
from leitmotor.outputs.sound_file import SoundFileOutput, Span
from leitmotor.outputs.sound_settings import SoundSettings
from leitmotor.outputs.sound_writers import SoundWriter, sound_writer
from leitmotor.records import record
from leitmotor.run.spool import play_spool
from leitmotor.run.stem_names import Stem
from leitmotor.sound.samples import Samples, gain_of

SILENT = gain_of(-90.0)
"""A stem that never gets louder is not written."""

Progress = Callable[[str, float], None]
"""Told what is being made, and which share of the whole work is done, 0 … 1."""


class StemReport(NamedTuple):
    """One stem. `peak` as a factor of full scale; a silent one was not written."""

    path: Path
    peak: float

    @property
    def is_silent(self) -> bool:
        """Whether nothing of it was heard."""
        return self.peak <= SILENT


@record
class StemJob:
    """All that a process has to know to make one stem."""

    stem: Stem
    number: int
    settings: SoundSettings
    spool: Path
    gains: Path
    span: Span
    path: Path

    def __call__(self, listens: Callable[[Seconds], None]) -> StemReport:
        """Make it."""
        settings = self.settings
        file = _UnlessSilent(sound_writer(self.path, settings.rate, settings.depth, self.number))
        nodes: GainNodes = np.load(self.gains)
        output = SoundFileOutput(
            [file],
            settings.rate,
            lambda: settings.plays(settings.patches, settings.rate, self._hears),
            lambda: Followed(nodes),
            self.span,
            listens,
        )
        with opened(output):
            play_spool(self.spool, output)
        return StemReport(self.path, output.peak)

    def sweep(self) -> None:
        """Remove what is left of it where it was ended in the middle."""
        sweep_parts(self.path)

    def _hears(self, voice: Voice) -> bool:
        return self.stem.holds(voice.role, voice.instrument)


class _UnlessSilent:
    """A writer that leaves no file where all was silent."""

    def __init__(self, writer: SoundWriter) -> None:
        self._writer = writer
        self._is_heard = False

    @property
    def path(self) -> Path:
        return self._writer.path

    def open(self) -> None:
        self._is_heard = False
        self._writer.open()

    def write(self, samples: Samples) -> None:
        self._is_heard = self._is_heard or float(np.abs(samples).max(initial=0.0)) > SILENT
        self._writer.write(samples)

    def commit(self) -> None:
        if self._is_heard:
            self._writer.commit()
        else:
            self._writer.discard()

    def discard(self) -> None:
        self._writer.discard()


class Chorus:
    """Sums up how far all stems have come, and keeps their reports."""

    def __init__(self, count: int, seconds: Seconds, begin: float, progress: Progress) -> None:
        self.reports: dict[int, StemReport] = {}
        self._at = [0.0] * count
        self._seconds = seconds
        self._begin = begin
        self._progress = progress

    def at(self, number: int, seconds: Seconds) -> None:
        """Stem `number` has come so far."""
        self._at[number] = seconds
        done = sum(self._at) / (self._seconds * len(self._at))
        what = f"stem {len(self.reports) + 1} of {len(self._at)}"
        self._progress(what, self._begin + (1.0 - self._begin) * min(done, 1.0))

    def done(self, number: int, result: StemReport) -> None:
        """Stem `number` is made."""
        self.reports[number] = result


@contextmanager
def gains_kept(gains: GainNodes) -> Iterator[Path]:
    """The gains in a temporary file, for all processes."""
    try:
        number, name = tempfile.mkstemp(prefix="leitmotor-", suffix=".npy")
        with os.fdopen(number, "wb") as stream:
            np.save(stream, gains)
    except OSError as error:
        why = error.strerror or str(error)
        raise DeviceError(f"cannot keep the gains in {tempfile.gettempdir()}: {why}") from error
    try:
        yield Path(name)
    finally:
        with suppress(OSError):
            Path(name).unlink()


def check_folder(folder: Path) -> None:
    """`DeviceError` where no stems can be written into `folder`: it is there, or can be made."""
    if folder.exists() and not folder.is_dir():
        raise DeviceError(f"cannot write stems into {folder}: it is a file; give a folder's name")
    if not folder.exists() and not folder.resolve().parent.is_dir():
        raise DeviceError(
            f"cannot write stems into {folder}: there is no folder {folder.resolve().parent};"
            " make it first"
        )


@contextmanager
def stem_folders(folder: Path) -> Iterator[None]:
    """The folders of the stems; those that stay empty are removed again."""
    made: list[Path] = []
    try:
        for each in (folder, folder / "roles", folder / "instruments"):
            if not each.is_dir():
                _make_folder(each)
                made.append(each)
        yield
    finally:
        for each in reversed(made):
            with suppress(OSError):  # something is in it
                each.rmdir()


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir()
    except OSError as error:
        why = error.strerror or str(error)
        raise DeviceError(
            f"cannot make the folder {folder}: {why}; choose another place for the stems"
        ) from error
