"""From a path to a score that can be performed, with its script and what is to be said of it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from leitmotor.errors import Problem, ScoreError
from leitmotor.messages import Cue, Position
from leitmotor.music.time import Seconds
from leitmotor.records import record
from leitmotor.score.check import Examination
from leitmotor.score.compile.compiler import compile_score
from leitmotor.score.compiled import CompiledScore
from leitmotor.score.model.rig import Rig
from leitmotor.score.not_yet import not_yet_performed
from leitmotor.score.read import ReadScore, read_rig_with_marks, read_score
from leitmotor.score.rig_files import RigFiles, look_at
from leitmotor.score.script import parse_script
from leitmotor.score.source import raise_problems, read_bytes

SCORE_FILE = "score.yaml"
SCRIPTS = "*.cues"
_SCRIPT_SUFFIX = ".cues"
_MIDI_SUFFIXES = (".mid", ".midi")


@record
class LoadedScore:
    """A score ready to be performed. `notes` do not stop it; `not_yet` is read but not played."""

    path: Path
    read: ReadScore
    score: CompiledScore
    rig: Rig | None
    notes: tuple[Problem, ...]
    not_yet: tuple[Problem, ...]
    script: Path | None  # the folder's one cue script


def load_score(path: Path, rig: Path | None = None) -> LoadedScore:
    """Load a score, or a folder's `score.yaml`. Raises `ScoreError` with every problem."""
    file = path / SCORE_FILE if path.is_dir() else path
    if path.is_dir() and not file.exists():
        others = ", ".join(sorted(each.name for each in path.glob("*.yaml"))) or "no YAML file"
        text = f"the folder has no {SCORE_FILE}; it holds {others}"
        raise ScoreError((Problem(str(path), 1, 1, text),))
    _refuse_other_files(file)
    with _without_collections():
        return _loaded(path, file, rig)


@contextmanager
def _without_collections() -> Iterator[None]:
    """Nearly all that is made here stays: to search it for garbage takes a quarter of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            # Frozen and thawed, all of it counts as old at once and is not searched just now.
            gc.freeze()
            gc.unfreeze()
            gc.enable()


def _loaded(path: Path, file: Path, rig: Path | None) -> LoadedScore:
    read = read_score(file)
    room, files = _room(read, file, rig)
    compiled = compile_score(read, room)
    raise_problems(files.errors)
    score = files.given_to(compiled.score)
    examination = Examination(read, score)
    wrong = examination.faults()
    if wrong:
        raise ScoreError(wrong)
    notes = sorted({*read.warnings, *compiled.notes, *files.notes, *examination.notes()})
    return LoadedScore(
        path=file,
        read=read,
        score=_titled(score, file),
        rig=room,
        notes=tuple(notes),
        not_yet=tuple(sorted(set(not_yet_performed(read)))),
        script=_only_script(path) if path.is_dir() else None,
    )


def _room(read: ReadScore, file: Path, rig: Path | None) -> tuple[Rig | None, RigFiles]:
    """The rig file, else the score's own rig, and what lies beside it."""
    if rig is not None:
        room, source = read_rig_with_marks(rig)
        return room, look_at(room, source, (), rig.parent)
    if read.score.rig is None:
        return None, RigFiles()
    return read.score.rig, look_at(read.score.rig, read.source, ("rig",), file.parent)


def _refuse_other_files(file: Path) -> None:
    """Raises where a file is known by its name to be no score."""
    if not file.is_file():
        return
    kind = file.suffix.lower()
    if kind == _SCRIPT_SUFFIX:
        folder = file.parent
        text = f"this is a cue script; check its folder: leitmotor check {folder}"
    elif kind in _MIDI_SUFFIXES:
        text = "this is a MIDI file; a score is YAML text that begins with `score: 1`"
    else:
        return
    raise ScoreError((Problem(str(file), 1, 1, text),))


def _titled(score: CompiledScore, file: Path) -> CompiledScore:
    """A score without a title is called like its file, or like the folder of a `score.yaml`."""
    if score.title:
        return score
    whole = file.resolve()
    name = whole.parent.name if whole.name == SCORE_FILE else whole.stem
    return replace(score, title=name or whole.stem)


def _only_script(folder: Path) -> Path | None:
    """A folder's one cue script; with several, none is the default."""
    scripts = sorted(folder.glob(SCRIPTS))
    return scripts[0] if len(scripts) == 1 else None


def load_script(path: Path, loaded: LoadedScore) -> tuple[tuple[Seconds | Position, Cue], ...]:
    """The lines of a cue script for a score. Raises `ScoreError` with every problem."""
    data = read_bytes(path, str(path))
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        said = "the cue script is not UTF-8 text; save it again with encoding UTF-8"
        raise ScoreError((Problem(str(path), 1, 1, said),)) from None
    defaults = loaded.score.defaults
    lines = parse_script(
        text, str(path), loaded.score.names, defaults.frame_rate, defaults.timecode_starts
    )
    return tuple((line.at, line.cue) for line in lines)
