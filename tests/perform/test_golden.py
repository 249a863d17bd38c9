"""The golden event lists: every event of three pieces, to the letter."""

from __future__ import annotations

import pytest
from tests.golden.pieces import PIECES
from tests.regenerate import FOLDER, trace_of


@pytest.mark.parametrize("name", PIECES)
def test_s36_a_piece_gives_its_golden_events(name: str) -> None:
    """Where a change is meant: `python -m tests.regenerate`, and read what it changed."""
    golden = (FOLDER / f"{name}.events").read_text(encoding="utf-8")
    assert trace_of(PIECES[name]).splitlines() == golden.splitlines()


def test_s36_a_golden_list_is_short_enough_to_be_read() -> None:
    assert all(len(trace_of(piece).splitlines()) < 200 for piece in PIECES.values())
