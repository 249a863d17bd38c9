"""From a performance that was kept to files of sound: the whole mix, and its stems."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
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
from leitmotor.outputs.sound_settings import Mastering, SoundSettings, everybody
from leitmotor.outputs.sound_writers import SoundWriter, sound_writer
from leitmotor.records import record
from leitmotor.run.sound_workers import cores, worked
from leitmotor.run.spool import EventSpool, play_spool
from leitmotor.run.stem_names import Stem, stems_of
from leitmotor.sound.samples import Frames, Samples, gain_of

SILENT = gain_of(-90.0)
"""A stem that never gets louder is not written."""

WORTH_A_PROCESS: Seconds = 60.0
"""Less sound than this is made sooner than a process comes to life."""

STEM_SHARE = 0.4
"""What a stem costs beside the whole mix, roughly: only to guess how long it will take."""

Progress = Callable[[str, float], None]
"""Told what is being made, and which share of the whole work is done, 0 … 1."""


@record
class SoundWish:
    """Files for the whole mix, and a folder for its stems, which end in `suffix`."""

    files: tuple[Path, ...]
    settings: SoundSettings
    stems: Path | None = None
    suffix: str = ".wav"


class MixReport(NamedTuple):
    """The whole mix: its length, true peak and integrated loudness."""

    seconds: Seconds
    peak_dbtp: float
    lufs: float


class StemReport(NamedTuple):
    """One stem. `peak` as a factor of full scale; a silent one was not written."""

    path: Path
    peak: float

    @property
    def is_silent(self) -> bool:
        """Whether nothing of it was heard."""
        return self.peak <= SILENT


class SoundReport(NamedTuple):
    """All that was made."""

    mix: MixReport
    stems: tuple[StemReport, ...]


def sound_writers(wish: SoundWish) -> list[SoundWriter]:
    """The writers of the whole mix. `CueError` for a format that cannot be."""
    settings = wish.settings
    return [sound_writer(path, settings.rate, settings.depth) for path in wish.files]


def make_sound(
    spool: EventSpool,
    span: Span,
    wish: SoundWish,
    progress: Progress = lambda _what, _share: None,
    workers: int = 0,
) -> SoundReport:
    """Make the mix, then the stems under the same gain; `workers` at a time, 0 for all cores.

    The bytes do not depend on `workers`. `DeviceError` where something cannot be written: then there
    is no half file; what was whole stays, and the message says which. Any thread; blocks long.
    """
    stems = stems_of(spool.parts) if wish.stems is not None else ()
    share = 1.0 / (1.0 + STEM_SHARE * len(stems))
    whole = max(span.ends - span.begins, 1e-3)
    names = ", ".join(path.name for path in wish.files) or "the whole mix"

    def at(seconds: Seconds) -> None:
        progress(names, share * min(seconds / whole, 1.0))

    settings = wish.settings
    master = settings.masters(settings.rate, settings.loudness)
    mix = SoundFileOutput(
        sound_writers(wish),
        settings.rate,
        lambda: settings.plays(settings.patches, settings.rate, everybody),
        lambda: master,
        span,
        at,
    )
    with opened(mix):
        play_spool(spool.path, mix)
    report = MixReport(mix.frames / settings.rate, master.peak_dbtp, master.lufs)
    if wish.stems is None or not stems:
        return SoundReport(report, ())
    exact = span._replace(lasts=mix.frames, is_cut=mix.is_cut)
    with _kept(master.gains) as gains, _folders(wish.stems):
        jobs = [
            StemJob(stem, number, settings, spool.path, gains, exact, _place(wish, stem))
            for number, stem in enumerate(stems, start=1)
        ]
        told = _Chorus(jobs, report.seconds, share, progress)
        if workers == 0:
            long_enough = len(jobs) * report.seconds >= WORTH_A_PROCESS
            workers = cores() if long_enough else 1
        try:
            worked(jobs, workers, told)
        except DeviceError as error:
            raise DeviceError(f"{error}{_whole(wish, told.reports)}") from error
    return SoundReport(report, tuple(told.reports[number] for number in range(len(jobs))))


def check_folder(folder: Path) -> None:
    """`DeviceError` where no stems can be written into `folder`: it is there, or can be made."""
    if folder.exists() and not folder.is_dir():
        raise DeviceError(f"cannot write stems into {folder}: it is a file; give a folder's name")
    if not folder.exists() and not folder.resolve().parent.is_dir():
        raise DeviceError(
            f"cannot write stems into {folder}: there is no folder {folder.resolve().parent};"
            " make it first"
        )


# --------------------------------------------------------------------------------------------------
# Stems


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


class _Chorus:
    """Sums up how far all stems have come, and keeps their reports."""

    def __init__(
        self, jobs: Sequence[StemJob], seconds: Seconds, begin: float, progress: Progress
    ) -> None:
        self.reports: dict[int, StemReport] = {}
        self._at = [0.0] * len(jobs)
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


def _place(wish: SoundWish, stem: Stem) -> Path:
    folder = wish.stems if wish.stems is not None else Path()
    return folder / stem.file.parent / f"{stem.file.name}{wish.suffix}"


def _whole(wish: SoundWish, reports: dict[int, StemReport]) -> str:
    """What stays although something else failed."""
    stems = (report.path for report in reports.values() if not report.is_silent)
    paths = ", ".join(str(path) for path in (*wish.files, *stems))
    return f"; whole and kept: {paths}" if paths else ""


@contextmanager
def _kept(gains: GainNodes) -> Iterator[Path]:
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


@contextmanager
def _folders(folder: Path) -> Iterator[None]:
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
