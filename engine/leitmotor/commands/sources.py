"""What goes with a score: its cue script or a journal, and places in time typed as options."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from leitmotor.errors import CueError
from leitmotor.music.time import Seconds
from leitmotor.music.time_of_day import DAY
from leitmotor.run.journal import MARK, Journal, read_journal
from leitmotor.run.plan import Script
from leitmotor.score.compiled import CompiledScore
from leitmotor.score.load import SCORE_FILE, SCRIPTS, LoadedScore, load_script
from leitmotor.score.units import parse_clock_position, parse_clock_span, parse_time_of_day

_JOURNAL = f'{{"{MARK}"'.encode()


def chosen_script(path: Path, wanted: Path | None, loaded: LoadedScore) -> Path | None:
    """The script to play with `path`. CueError where a folder holds several and none was chosen."""
    if wanted is not None:
        return wanted
    if loaded.script is None and path.is_dir():
        several = sorted(each.name for each in path.glob(SCRIPTS))
        if several:
            raise CueError(
                f"{path} holds several cue scripts: {', '.join(several)};"
                f" choose one with --cues {path / several[0]}"
            )
    return loaded.script


def script_beside(path: Path, loaded: LoadedScore) -> str:
    """What to do about the one cue script that lies beside a score given as a file; or empty."""
    scripts = sorted(loaded.path.parent.glob(SCRIPTS))
    if path.is_dir() or len(scripts) != 1:
        return ""
    folder = "name the folder, or " if loaded.path.name == SCORE_FILE else ""
    return f"{scripts[0].name} lies beside it: {folder}add --cues {scripts[0]}"


def read_cues(path: Path | None, loaded: LoadedScore) -> Script | Journal:
    """A cue script or a journal, whichever the file is. ScoreError with every mistake in it."""
    if path is None:
        return ()
    with suppress(OSError), path.open("rb") as file:
        if file.read(len(_JOURNAL)) == _JOURNAL:
            return read_journal(path)
    return load_script(path, loaded)


def seconds_of(text: str | None, option: str, score: CompiledScore) -> Seconds | None:
    """A place in time given with an option. CueError where it is none."""
    if text is None:
        return None
    defaults = score.defaults
    try:
        return parse_clock_position(text, defaults.frame_rate, defaults.timecode_starts)
    except ValueError as error:
        raise CueError(f"{option}: {error}") from None


class ClockWish(NamedTuple):
    """What `--clock` asks for: the time of day at second 0, and how long to go on from there."""

    begins: Seconds | None = None
    lasts: Seconds | None = None


def clock_of(text: str | None) -> ClockWish:
    """`10:00`, or a span of the day `10:00..18:00`, also over midnight. CueError for else."""
    if text is None:
        return ClockWish()
    try:
        if ".." not in text:
            return ClockWish(float(parse_time_of_day(text) % DAY))
        start, end = parse_clock_span(text)
    except ValueError as error:
        raise CueError(f"--clock: {error}") from None
    return ClockWish(float(start % DAY), float((end - start) % DAY or DAY))
