"""A loaded file: a plain tree, and where in which file each of its keys and values stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import NamedTuple, TypeAlias

from leitmotor.errors import Problem
from leitmotor.records import record

Value: TypeAlias = "str | int | float | bool | list[Value] | dict[str, Value]"
Place: TypeAlias = tuple[str | int, ...]
"""Where something stands in the tree: the keys and list positions (from 0) that lead to it."""


class Mark(NamedTuple):
    """A place in a file; line and column count from 1."""

    file: str
    line: int
    column: int


@record
class Source:
    """A file, or a file with what it includes. Keys are as written; see `normal_key`."""

    file: str
    tree: dict[str, Value]
    marks: Mapping[Place, Mark]  # of values
    keys: Mapping[Place, Mark]  # of the keys that lead to them
    numerals: Mapping[Place, str]  # numbers as written, where they print otherwise (`1.10`, `+12`)
    hash: str  # sha256 of the bytes it was read from
    files: Mapping[str, bytes] = field(default_factory=dict)  # music files, as they are named

    def mark(self, place: Place) -> Mark:
        """Where the value at `place` stands, or the nearest thing around it."""
        while place:
            if place in self.marks:
                return self.marks[place]
            if place in self.keys:
                return self.keys[place]
            place = place[:-1]
        return self.marks.get((), Mark(self.file, 1, 1))

    def problem(self, place: Place, text: str) -> Problem:
        """`text` said of the value at `place`."""
        return Problem(*self.mark(place), text)

    def key_problem(self, place: Place, text: str) -> Problem:
        """`text` said of the key that leads to `place`."""
        return Problem(*(self.keys.get(place) or self.mark(place)), text)

    def text_problem(self, place: Place, line: int, column: int, text: str) -> Problem:
        """`text` said of a column (from 1) of the text at `place`, or of a line (from 0) there."""
        mark = self.marks.get((*place, line)) or self.mark(place)
        return Problem(mark.file, mark.line, mark.column + column - 1, text)

    def as_written(self, place: Place, value: str | int | float) -> str:
        """The text of a name or number, for keys that want text: `number: 1.10` stays 1.10."""
        return self.numerals.get(place, str(value))
