"""Drum rows (language §2)."""

from __future__ import annotations

import pytest

from leitmotor.music.notes import Piece
from leitmotor.music.time import QUARTER
from leitmotor.score.drum_text import parse_drums

EIGHTH = QUARTER // 2


def test_rows_become_strokes_in_time() -> None:
    written = parse_drums({"lo": "X.. x..", "tick": ".xx .xo"}, EIGHTH)
    assert written.problems == ()
    assert written.length == 6 * EIGHTH
    assert [(n.onset // EIGHTH, n.tones[0], n.accent) for n in written.notes] == [
        (0, Piece("lo"), 24),
        (1, Piece("tick"), 0),
        (2, Piece("tick"), 0),
        (3, Piece("lo"), 0),
        (4, Piece("tick"), 0),
        (5, Piece("tick"), -24),
    ]
    assert [n.number for n in written.notes] == list(range(6))
    assert [n.column for n in written.notes] == [1, 2, 3, 5, 6, 7]
    assert {n.length for n in written.notes} == {EIGHTH}


def test_simultaneous_strokes_are_a_note_each_in_the_order_of_the_rows() -> None:
    notes = parse_drums({"tick": "x", "lo": "X"}, EIGHTH).notes
    assert [(n.onset, n.tones) for n in notes] == [(0, (Piece("tick"),)), (0, (Piece("lo"),))]


@pytest.mark.parametrize(
    ("rows", "place", "phrase"),
    [
        ({"lo": "X..x", "tick": ".xx "}, (1, 3), "tick has 3 places, lo has 4"),
        ({"lo": "X..", "tick": ".xx."}, (0, 3), "lo has 3 places, tick has 4"),
        ({"lo": "X.y."}, (0, 3), "'y' is no stroke: X is an accent"),
        ({"lo": "X-O."}, (0, 2), "did you mean .?"),
        ({"lo": "X.|x."}, (0, 3), "rows have no bar lines"),
        ({"lo": " "}, (0, 1), "there are no strokes here"),
        ({}, (0, 1), "there are no strokes here"),
    ],
)
def test_refused_rows(rows: dict[str, str], place: tuple[int, int], phrase: str) -> None:
    first = parse_drums(rows, EIGHTH).problems[0]
    assert (first.line, first.column) == place
    assert phrase in first.text
