"""What can be performed but is hardly meant: every word that is said of tests/score/notes."""

from __future__ import annotations

from pathlib import Path

import pytest

from leitmotor.errors import Problem
from leitmotor.score.check import examine, faults
from leitmotor.score.compile.compiler import compile_score
from leitmotor.score.read import understand
from leitmotor.score.source import inspect_source

NOTES = sorted(Path(__file__).with_name("notes").glob("*.yaml"))


def notes(text: bytes, name: str) -> tuple[Problem, ...]:
    read = understand(*inspect_source(text, name))
    score = compile_score(read).score
    assert faults(read, score) == ()
    return examine(read, score)


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.stem)
def test_a_score_is_told_exactly_this(path: Path) -> None:
    """S9, S13, S15, S16, S17, S21, T3.1, T10."""
    said = "".join(f"{note}\n" for note in notes(path.read_bytes(), path.name))
    assert said == path.with_suffix(".expected").read_text()


def test_there_are_notes() -> None:
    assert len(NOTES) > 12
