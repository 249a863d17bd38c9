"""What beginners get wrong, and every word they are told about it: tests/bad_scores."""

from __future__ import annotations

from pathlib import Path

import pytest

from leitmotor.errors import ScoreError
from leitmotor.score.check import faults
from leitmotor.score.compile.compiler import compile_score
from leitmotor.score.read import understand
from leitmotor.score.source import inspect_source, raise_problems

BAD = sorted(Path(__file__).parents[1].joinpath("bad_scores").glob("*.yaml"))


def load(text: bytes, name: str) -> None:
    read = understand(*inspect_source(text, name))
    raise_problems(faults(read, compile_score(read).score))


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_score_is_told_exactly_this(path: Path) -> None:
    with pytest.raises(ScoreError) as caught:
        load(path.read_bytes(), path.name)
    assert f"{caught.value}\n" == path.with_suffix(".expected").read_text()


def test_there_are_bad_scores() -> None:
    assert len(BAD) > 20
