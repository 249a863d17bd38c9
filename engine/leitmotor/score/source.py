"""Strict loading of one YAML text into a plain tree with marks (rule 9)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath, PureWindowsPath

from leitmotor.errors import Problem, ScoreError
from leitmotor.score.depth import TOO_DEEP, too_deep
from leitmotor.score.marks import Mark, Place, Source, Value
from leitmotor.score.nearest import did_you_mean
from leitmotor.score.scalars import MOST_PROBLEMS, UNWANTED, unwanted_fault
from leitmotor.score.tree import Tree, build_tree
from leitmotor.score.tree_words import EMPTY, TOO_MANY_PROBLEMS

__all__ = [
    "LARGEST_FILE_BYTES",
    "Mark",
    "Place",
    "Source",
    "Value",
    "file_under",
    "inspect_source",
    "parse_source",
    "raise_problems",
    "read_bytes",
    "read_source",
]

LARGEST_FILE_BYTES = 256 * 1024
_LINE_END = re.compile(r"\r\n?")
_STAND_IN = "\N{REPLACEMENT CHARACTER}"


def read_source(path: Path, display_name: str | None = None) -> Source:
    """Reads and parses a file. `ScoreError` with every problem, also where it cannot be read."""
    name = display_name if display_name is not None else str(path)
    return parse_source(read_bytes(path, name), name)


def parse_source(text: bytes, name: str) -> Source:
    """Parses the bytes of a file that messages call `name`. `ScoreError` with every problem."""
    source, problems = inspect_source(text, name)
    raise_problems(problems)
    return source


def inspect_source(text: bytes, name: str) -> tuple[Source, tuple[Problem, ...]]:
    """What could be understood of a file, and every problem in it, in file order. Never raises."""
    digest = hashlib.sha256(text).hexdigest()
    tree = _read_tree(text, name)
    source = Source(name, tree.root, tree.marks, tree.keys, tree.numerals, digest)
    return source, tuple(sorted(tree.problems))


def raise_problems(problems: Iterable[Problem]) -> None:
    """Raises a `ScoreError` with the first problems in file order, where there are any."""
    found = sorted(set(problems))
    if len(found) > MOST_PROBLEMS:
        found = [each for each in found if each.text != TOO_MANY_PROBLEMS][:MOST_PROBLEMS]
        last = found[-1]
        found.append(Problem(last.file, last.line, last.column, TOO_MANY_PROBLEMS))
    if found:
        raise ScoreError(tuple(found))


def read_bytes(path: Path, name: str) -> bytes:
    """The bytes of a file, not more than can be accepted. `ScoreError` where it cannot be read."""
    try:
        if path.is_dir():
            raise ScoreError((Problem(name, 1, 1, "this is a folder; name the file in it"),))
        if path.exists() and not path.is_file():
            raise ScoreError((Problem(name, 1, 1, "this is not a file; name a text file"),))
        with path.open("rb") as file:
            return file.read(LARGEST_FILE_BYTES + 1)
    except FileNotFoundError:
        text = f"there is no such file{did_you_mean(path.name, _beside(path))}"
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        text = f"the file cannot be read ({reason.lower()}); check its name and permissions"
    raise ScoreError((Problem(name, 1, 1, text),))


def file_under(
    folder: Path, text: str, whose: str = "the score's folder", example: str = "a/b.yaml"
) -> Path:
    """The file of a folder that is named; ValueError where it may lie outside of the folder."""
    relative = PurePosixPath(text)
    outside = ".." in relative.parts or relative.is_absolute() or PureWindowsPath(text).drive
    if outside or "\\" in text or "\0" in text:
        raise ValueError(f"it must lie under {whose} and be named from there, as {example}")
    target = folder
    for part in relative.parts:
        target = target / part
        if target.is_symlink():
            raise ValueError("it is, or goes through, a symbolic link; put the file itself there")
    return target


def _beside(path: Path) -> list[str]:
    try:
        return sorted(p.name for p in path.parent.iterdir() if p.suffix == path.suffix)
    except OSError:
        return []


def _read_tree(data: bytes, name: str) -> Tree:
    if len(data) > LARGEST_FILE_BYTES:
        size = LARGEST_FILE_BYTES // 1024
        text = f"the file is larger than {size} KiB; split it (`include: [motifs.yaml]`)"
        return Tree(problems=[Problem(name, 1, 1, text)])
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        said = f"the file is not UTF-8 text (see line {line}); save it again with encoding UTF-8"
        return Tree(problems=[Problem(name, 1, 1, said)])
    if not text.strip():
        return Tree(problems=[Problem(name, 1, 1, EMPTY)])
    text, unwanted = _without_unwanted(_LINE_END.sub("\n", text), name)
    deep = too_deep(text)
    if deep is not None:
        return Tree(problems=[*unwanted, Problem(name, *deep, TOO_DEEP)])
    tree = build_tree(text, name)
    tree.problems.extend(unwanted)
    return tree


def _without_unwanted(text: str, name: str) -> tuple[str, list[Problem]]:
    """The text with a visible character for each invisible one, so that the rest can be read."""
    if UNWANTED.search(text) is None:
        return text, []
    problems = []
    for number, line in enumerate(text.split("\n"), 1):
        found = UNWANTED.search(line)
        if found is not None:
            problems.append(Problem(name, number, found.start() + 1, unwanted_fault(found[0])))
        if len(problems) >= MOST_PROBLEMS:
            break
    return UNWANTED.sub(_STAND_IN, text), problems
