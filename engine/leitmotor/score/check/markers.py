"""Markers that something waits for and nothing places (S6); those of verbs are found on reading."""

from __future__ import annotations

from collections.abc import Iterator

from leitmotor.errors import Problem
from leitmotor.music.length import Boundary
from leitmotor.score.marks import Source
from leitmotor.score.model.root import Score
from leitmotor.score.names import Names, unknown_name
from leitmotor.score.parts import Path

ENTER_AT = "marker "


def unplaced_markers(score: Score, names: Names, source: Source) -> Iterator[Problem]:
    """Errors: what waits for such a marker would wait for ever."""
    for path, marker in _awaited(score):
        if marker not in names.marks:
            wrong = unknown_name(marker, ("marks",), names.marks)
            yield source.problem(path, f"{wrong}; a motif, passage or scene places it under marks:")


def _awaited(score: Score) -> Iterator[tuple[Path, str]]:
    for path, boundary in _boundaries(score):
        if boundary is not None and boundary.marker:
            yield path, boundary.marker
    for name, transition in score.transitions.items():
        if transition.enter.startswith(ENTER_AT):
            yield ("transitions", name, "enter"), transition.enter.removeprefix(ENTER_AT)


def _boundaries(score: Score) -> Iterator[tuple[Path, Boundary | None]]:
    for name, transition in score.transitions.items():
        yield ("transitions", name, "at"), transition.at
    for name, stinger in score.stingers.items():
        yield ("stingers", name, "at"), stinger.at
    for number, mapping in enumerate(score.mappings):
        yield ("mappings", number, "at"), mapping.at
        yield ("mappings", number, "back"), mapping.back
