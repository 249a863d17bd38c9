"""`leitmotor new`: a folder with a commented score to start from. Nothing is ever overwritten."""

from __future__ import annotations

import json
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from leitmotor.errors import CueError, DeviceError
from leitmotor.score.nearest import did_you_mean
from leitmotor.score.schema import score_schema

KINDS = ("theatre", "game", "installation")
SCHEMA_FILE = "leitmotor.schema.json"
"""What the first line of a starter score points its editor to."""

_README = "README.md"
_MOST_NAMED = 5


def new(folder: Path, kind: str) -> None:
    """Write the folder, and say what to do with it."""
    if kind not in KINDS:
        known = ", ".join(KINDS)
        raise CueError(f"there is no kind `{kind}`{did_you_mean(kind, KINDS)}; known are {known}")
    _refuse_what_is_in_the_way(folder)
    texts = starter(kind, folder)
    try:
        folder.mkdir(exist_ok=True)
        for name, text in texts.items():
            # "x" fails where a file has come into being since we looked.
            with (folder / name).open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
    except OSError as error:
        why = error.strerror or str(error)
        raise DeviceError(f"cannot write {folder}: {why}; choose another place") from error
    print(_said(folder, kind, tuple(texts)))


def starter(kind: str, folder: Path) -> dict[str, str]:
    """The files of a starter by name, in the order in which they are worth reading."""
    found = {file.name: file.read_text(encoding="utf-8") for file in _shipped(kind)}
    found[_README] = found[_README].replace("NAME", folder.resolve().name)
    schema = json.dumps(score_schema(), ensure_ascii=False, indent=1)
    return dict(sorted(found.items(), key=_rank)) | {SCHEMA_FILE: f"{schema}\n"}


def _shipped(kind: str) -> list[Traversable]:
    folder = files("leitmotor.commands") / "starters" / kind
    return [file for file in folder.iterdir() if file.is_file()]


def _rank(item: tuple[str, str]) -> tuple[bool, bool, str]:
    name = item[0]
    return name == _README, name.endswith(".cues"), name


def _refuse_what_is_in_the_way(folder: Path) -> None:
    parent = folder.absolute().parent
    if not parent.is_dir():
        raise CueError(f"there is no folder {parent} to make {folder.name} in; make it first")
    if folder.is_dir():
        inside = sorted(each.name for each in folder.iterdir())
        if inside:
            more = len(inside) - _MOST_NAMED
            named = ", ".join(inside[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
            raise CueError(
                f"the folder {folder} is there already and holds {named};"
                " nothing was written: choose another name"
            )
    elif folder.exists() or folder.is_symlink():
        raise CueError(f"{folder} is there already, a file; choose another name")


def _said(folder: Path, kind: str, names: tuple[str, ...]) -> str:
    return (
        f"{folder}: a score for {'an' if kind[0] in 'aeiou' else 'a'} {kind}"
        f" ({', '.join(names)})\nhear it: leitmotor play {folder}"
    )
