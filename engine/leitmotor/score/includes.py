"""Loading a score that is split over several files: `include: [motifs.yaml]` (rule 8)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from leitmotor.errors import Problem, ScoreError
from leitmotor.score.marks import Mark, Place, Source, Value
from leitmotor.score.music_files import with_music_files
from leitmotor.score.nearest import normal_key
from leitmotor.score.source import file_under, inspect_source, raise_problems, read_bytes

T = TypeVar("T")

LARGEST_SCORE_BYTES = 2 * 1024 * 1024
"""How large all files of a score may be together."""

_INCLUDE = "include"
_VERSION = "score"


def load_with_includes(path: Path, display_name: str | None = None) -> Source:
    """A file and what it includes as one source. `ScoreError` with every problem in all of them."""
    source, problems = inspect_with_includes(path, display_name)
    raise_problems(problems)
    return source


def inspect_with_includes(
    path: Path, display_name: str | None = None
) -> tuple[Source, tuple[Problem, ...]]:
    """What could be understood of a file and what it includes, and every problem in them.

    The music files that motifs name are read as well.

    Raises `ScoreError` only where the file itself cannot be read.
    """
    name = display_name if display_name is not None else str(path)
    data = read_bytes(path, name)
    root, problems = inspect_source(data, name)
    merged = _Merged.beginning_with(root, problems)
    read = {path.resolve()}
    size = len(data)
    for place, text in _included(root, merged):
        try:
            target = file_under(path.parent, text)
            data = read_bytes(target, text)
            if target.resolve() in read:
                raise ValueError("it is read already; name each file once")
            size += len(data)
            if size > LARGEST_SCORE_BYTES:
                limit = f"{LARGEST_SCORE_BYTES // 1024} KiB"
                raise ValueError(f"all files together are larger than {limit}; leave something out")
        except (ScoreError, ValueError) as error:
            reason = error.problems[0].text if isinstance(error, ScoreError) else str(error)
            merged.refuse(root.problem(place, f'"{text}" cannot be included: {reason}'))
            continue
        read.add(target.resolve())
        merged.add(*inspect_source(data, str(Path(name).parent / text)))
    source, further = with_music_files(merged.source(root), path.parent)
    return source, tuple(sorted({*merged.problems, *further}))


def _included(root: Source, merged: _Merged) -> Iterator[tuple[Place, str]]:
    """The place and text of each file name under `include:`."""
    names = root.tree.get(_INCLUDE, [])
    for i, text in enumerate(names if isinstance(names, list) else [names]):
        place: Place = (_INCLUDE, i) if isinstance(names, list) else (_INCLUDE,)
        if isinstance(text, str):
            yield place, text
        else:
            said = "the name of a file must stand here; write include: [motifs.yaml]"
            merged.refuse(root.problem(place, said))


@dataclass(slots=True)
class _Merged:
    """The files so far, section by section."""

    tree: dict[str, Value]
    marks: dict[Place, Mark]
    keys: dict[Place, Mark]
    numerals: dict[Place, str]
    problems: list[Problem]
    hashes: list[str] = field(default_factory=list)

    @classmethod
    def beginning_with(cls, root: Source, problems: tuple[Problem, ...]) -> _Merged:
        """The file that includes others."""
        tree = {key: value for key, value in root.tree.items() if key != _INCLUDE}
        kept = dict(root.marks), dict(root.keys), dict(root.numerals)
        return cls(tree, *kept, list(problems), [root.hash])

    def source(self, root: Source) -> Source:
        """All of it, called by the name of the first file."""
        together = self.hashes[0]
        if len(self.hashes) > 1:
            together = hashlib.sha256("\n".join(self.hashes).encode()).hexdigest()
        return Source(root.file, self.tree, self.marks, self.keys, self.numerals, together)

    def refuse(self, problem: Problem) -> None:
        """Adds a problem."""
        self.problems.append(problem)

    def add(self, part: Source, problems: tuple[Problem, ...]) -> None:
        """Merges one included file."""
        self.problems.extend(problems)
        self.hashes.append(part.hash)
        sections = {normal_key(key): key for key in self.tree}
        moves: dict[Place, Place] = {}
        for key, value in part.tree.items():
            if key == _INCLUDE:
                said = "an included file cannot include others; name all files in the score itself"
                self.refuse(part.key_problem((key,), said))
            elif key != _VERSION or self.tree.get(_VERSION, value) != value:
                self._add_section(part, key, value, sections.get(normal_key(key), key), moves)
        self._take_marks(part, moves)

    def _add_section(
        self, part: Source, key: str, value: Value, section: str, moves: dict[Place, Place]
    ) -> None:
        mine = self.tree.get(section)
        if mine is None:
            self.tree[section] = value
            moves[(key,)] = (section,)
        elif isinstance(mine, list) and isinstance(value, list):
            moves.update({(key, i): (section, len(mine) + i) for i in range(len(value))})
            mine.extend(value)
        elif isinstance(mine, dict) and isinstance(value, dict):
            known = {normal_key(name): name for name in mine}
            for name, entry in value.items():
                if normal_key(name) in known:
                    self._given_twice(part, (key, name), (section, known[normal_key(name)]))
                else:
                    mine[name] = entry
                    moves[(key, name)] = (section, name)
        else:
            self._given_twice(part, (key,), (section,))

    def _given_twice(self, part: Source, place: Place, first: Place) -> None:
        at = self.keys.get(first) or self.marks[first]
        said = f'"{place[-1]}" is already given in {at.file}:{at.line}; delete one or rename it'
        self.refuse(part.key_problem(place, said))

    def _take_marks(self, part: Source, moves: dict[Place, Place]) -> None:
        """Copies the places of what has been taken over."""
        self.marks.update(_moved(part.marks, moves))
        self.keys.update(_moved(part.keys, moves))
        self.numerals.update(_moved(part.numerals, moves))


def _moved(found: Mapping[Place, T], moves: Mapping[Place, Place]) -> dict[Place, T]:
    """The entries whose first one or two steps are in `moves`, at their new places."""
    moved: dict[Place, T] = {}
    for place, value in found.items():
        for depth in (1, 2):
            to = moves.get(place[:depth]) if len(place) >= depth else None
            if to is not None:
                moved[(*to, *place[depth:])] = value
    return moved
