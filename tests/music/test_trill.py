"""`(trill)`: thirty-seconds, beginning on the note itself, exactly as long as written."""

from __future__ import annotations

from leitmotor.music.metre import COMMON_TIME
from leitmotor.music.notes import Degree
from leitmotor.music.time import QUARTER
from leitmotor.music.trill import STROKE, trilled
from leitmotor.score.note_text import parse_notes


def test_a_trill_alternates_with_the_note_above_and_keeps_its_length() -> None:
    notes = trilled(parse_notes("1q 3h(trill)> 5q", metre=COMMON_TIME).notes)
    strokes = notes[1:-1]
    assert len(strokes) == 16
    assert [note.tones[0] for note in strokes[:3]] == [Degree(2), Degree(3), Degree(2)]
    assert sum(note.length for note in strokes) == 2 * QUARTER
    assert [note.accent for note in strokes[:2]] == [16, 0]
    assert {note.number for note in strokes} == {1}


def test_what_cannot_trill_is_left_alone() -> None:
    chord_tones = parse_notes("k1h(trill)", metre=COMMON_TIME).notes
    short = parse_notes("1t(trill)", metre=COMMON_TIME).notes
    assert trilled(chord_tones) == chord_tones
    assert trilled(short) == short
    assert STROKE * 8 == QUARTER
