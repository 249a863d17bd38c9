"""`leitmotor render` into sound: what its options ask for, and what is said of what was made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite, log10
from pathlib import Path

from leitmotor.console.wording import clock_text, counted
from leitmotor.errors import CueError
from leitmotor.outputs.choose import is_sound_file
from leitmotor.outputs.sound_file import Span
from leitmotor.outputs.sound_numbers import Depth
from leitmotor.outputs.sound_settings import SoundSettings
from leitmotor.records import record
from leitmotor.run.audio_plan import USUAL_LUFS
from leitmotor.run.patches import patches_of
from leitmotor.run.render import RenderReport
from leitmotor.run.sound import SoundReport, SoundWish, make_sound, sound_writers
from leitmotor.run.spool import EventSpool
from leitmotor.run.stems import Progress, check_folder
from leitmotor.score.compiled import CompiledScore

RATES = (44100, 48000, 96000)
RATE = 48000


@record
class SoundOptions:
    """The options, as they were given."""

    outs: tuple[str, ...] = ()
    stems: Path | None = None
    bits: str | None = None
    rate: int | None = None


@record
class MadeSound:
    """The stems that were written, and lines about all that was made."""

    stems: tuple[str, ...]
    lines: tuple[str, ...]


@record
class SoundWork:
    """Sound to be made of a performance."""

    wish: SoundWish

    def make(self, spool: EventSpool, report: RenderReport, progress: Progress) -> MadeSound:
        """Make it. `DeviceError` where something cannot be written."""
        made = make_sound(spool, Span(report.begins, report.seconds), self.wish, progress)
        stems = tuple(str(stem.path) for stem in made.stems if not stem.is_silent)
        return MadeSound(stems, tuple(_lines(self.wish.settings, made)))


def sound_work(options: SoundOptions, score: CompiledScore) -> SoundWork:
    """What is wanted. What cannot be raises now, before any work is done.

    `CueError` for options that make no sense, `DeviceError` for places that cannot be written.
    """
    files = tuple(dict.fromkeys(Path(out.strip()) for out in options.outs if is_sound_file(out)))
    room = next(iter(score.audio_outs), None)
    settings = SoundSettings(
        patches=patches_of(score),
        rate=_rate(options.rate, (room.rate if room is not None else 0) or RATE),
        depth=_depth(options.bits),
        loudness=USUAL_LUFS if room is None or room.loudness is None else room.loudness,
    )
    suffix = files[0].suffix.lower() if files else ".wav"
    wish = SoundWish(files, settings, options.stems, suffix)
    for writer in sound_writers(wish):
        writer.open()
        writer.discard()
    if options.stems is not None:
        check_folder(options.stems)
    return SoundWork(wish)


def _rate(wanted: int | None, usual: int) -> int:
    if wanted is None:
        return usual
    if wanted not in RATES:
        raise CueError(f"--rate takes {_either(RATES)} samples a second, not {wanted}")
    return wanted


def _depth(wanted: str | None) -> Depth:
    if wanted is None:
        return Depth.BITS_24
    try:
        return Depth(wanted.strip().lower())
    except ValueError:
        known = _either([depth.value for depth in Depth])
        raise CueError(f"--bits takes {known} (floating point), not `{wanted}`") from None


def _either(values: Sequence[object]) -> str:
    *others, last = map(str, values)
    return f"{', '.join(others)} or {last}"


# --------------------------------------------------------------------------------------------------
# What is said


def _lines(settings: SoundSettings, made: SoundReport) -> Iterator[str]:
    """Length, peak and loudness of the mix; stems that are missing, and why; stems too loud."""
    mix = made.mix
    form = "32-bit float" if settings.depth is Depth.FLOAT_32 else f"{settings.depth.value} bits"
    yield (
        f"sound: {clock_text(mix.seconds)} with its tail, {settings.rate} Hz, {form}, peak"
        f" {_level(mix.peak_dbtp)} dBTP, {_level(mix.lufs)} LUFS"
    )
    if mix.faults:
        yield (
            f"{counted(mix.faults, 'sample')} could not be computed and became silence: a fault of"
            " leitmotor, not yours; please report it"
        )
    silent = [stem.path.stem for stem in made.stems if stem.is_silent]
    if silent:
        yield f"silent, so not written as stems: {', '.join(silent)}"
    if settings.depth is not Depth.FLOAT_32:
        for stem in made.stems:
            if stem.peak > 1.0:
                yield (
                    f"{stem.path} goes {20 * log10(stem.peak):.1f} dB beyond full scale and is cut"
                    " off there: stems have no limiter; write them with --bits 32f"
                )


def _level(db: float) -> str:
    return f"{db:.1f}" if isfinite(db) else "-∞"
