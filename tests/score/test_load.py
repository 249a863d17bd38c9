"""What loading leaves behind in the process that does it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from leitmotor.errors import ScoreError
from leitmotor.score.load import load_score


@pytest.fixture(autouse=True)
def _collector_as_it_was() -> Iterator[None]:
    was_on = gc.isenabled()
    yield
    gc.enable() if was_on else gc.disable()


@pytest.mark.parametrize("on", [True, False])
@pytest.mark.parametrize("notes", ["1q 2 3 4", "1q 2 3 nothing"])
def test_garbage_is_collected_afterwards_where_it_was_before(
    tmp_path: Path, notes: str, on: bool
) -> None:
    path = tmp_path / "score.yaml"
    path.write_text(f"score: 1\nmotifs: {{m: {{notes: {notes}}}}}\n")
    gc.enable() if on else gc.disable()
    if "nothing" in notes:
        with pytest.raises(ScoreError):
            load_score(path)
    else:
        assert load_score(path).notes == ()
    assert gc.isenabled() is on
