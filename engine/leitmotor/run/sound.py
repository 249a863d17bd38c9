"""From a performance that was kept to files of sound: the whole mix, and its stems."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from leitmotor.errors import DeviceError
from leitmotor.music.time import Seconds
from leitmotor.outputs.base import opened
from leitmotor.outputs.sound_file import SoundFileOutput, Span
from leitmotor.outputs.sound_settings import SoundSettings, everybody
from leitmotor.outputs.sound_writers import SoundWriter, sound_writer
from leitmotor.records import record
from leitmotor.run.sound_workers import cores, worked
from leitmotor.run.spool import EventSpool, play_spool
from leitmotor.run.stem_names import Stem, stems_of
from leitmotor.run.stems import (
    Chorus,
    Progress,
    StemJob,
    StemReport,
    gains_kept,
    stem_folders,
)

WORTH_A_PROCESS: Seconds = 60.0
"""Less sound than this is made sooner than a process comes to life."""

STEM_SHARE = 0.4
"""What a stem costs beside the whole mix, roughly: only to guess how long it will take."""


@record
class SoundWish:
    """Files for the whole mix, and a folder for its stems, which end in `suffix`."""

    files: tuple[Path, ...]
    settings: SoundSettings
    stems: Path | None = None
    suffix: str = ".wav"


class MixReport(NamedTuple):
    """The whole mix: its length, true peak and integrated loudness.

    `faults` are samples that were no numbers and became silence: there should be none.
    """

    seconds: Seconds
    peak_dbtp: float
    lufs: float
    faults: int = 0


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

    The bytes do not depend on `workers`. `DeviceError` where something cannot be written: there is
    no half file then; what was whole stays, and the message says which. Any thread; blocks long.
    """
    stems = stems_of(spool.parts) if wish.stems is not None else ()
    share = 1.0 / (1.0 + STEM_SHARE * len(stems))
    settings = wish.settings
    master = settings.masters(settings.rate, settings.loudness)
    mix = SoundFileOutput(
        sound_writers(wish),
        settings.rate,
        lambda: settings.plays(settings.patches, settings.rate, everybody),
        lambda: master,
        span,
        _mix_progress(wish, span, share, progress),
    )
    with opened(mix):
        play_spool(spool.path, mix)
    report = MixReport(mix.frames / settings.rate, master.peak_dbtp, master.lufs, master.faults)
    if wish.stems is None or not stems:
        return SoundReport(report, ())
    exact = span._replace(lasts=mix.frames, is_cut=mix.is_cut)
    with gains_kept(master.gains) as gains, stem_folders(wish.stems):
        jobs = [
            StemJob(stem, number, settings, spool.path, gains, exact, _place(wish, stem))
            for number, stem in enumerate(stems, start=1)
        ]
        chorus = Chorus(len(jobs), report.seconds, share, progress)
        try:
            worked(jobs, workers or _workers(len(jobs) * report.seconds), chorus)
        except DeviceError as error:
            raise DeviceError(f"{error}{_whole(wish, chorus.reports.values())}") from error
    return SoundReport(report, tuple(chorus.reports[number] for number in range(len(jobs))))


def _workers(seconds: Seconds) -> int:
    return cores() if seconds >= WORTH_A_PROCESS else 1


def _mix_progress(
    wish: SoundWish, span: Span, share: float, progress: Progress
) -> Callable[[Seconds], None]:
    whole = max(span.ends - span.begins, 1e-3)
    names = ", ".join(path.name for path in wish.files) or "the whole mix"
    return lambda seconds: progress(names, share * min(seconds / whole, 1.0))


def _place(wish: SoundWish, stem: Stem) -> Path:
    folder = wish.stems if wish.stems is not None else Path()
    return folder / stem.file.parent / f"{stem.file.name}{wish.suffix}"


def _whole(wish: SoundWish, stems: Iterable[StemReport]) -> str:
    """What stays although something else failed."""
    paths = [*wish.files, *(stem.path for stem in stems if not stem.is_silent)]
    return f"; whole and kept: {', '.join(map(str, paths))}" if paths else ""
