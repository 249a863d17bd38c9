"""T3 `sharpen`: shorter, harder, more urgent; onsets and, up to two thirds, pitches stay."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from leitmotor.music.metre import COMMON_TIME
from leitmotor.music.notes import Degree, Note
from leitmotor.music.scale import MODES
from leitmotor.music.sharpening import LEADING_FROM, rounded, sharpened
from leitmotor.music.touch import sounding_length
from leitmotor.score.note_text import parse_notes

NOTES = parse_notes("1q 4e 5 7-q 1q(legato) | 3h 7h", metre=COMMON_TIME)
AMOUNTS = st.floats(0.0, 1.0).map(rounded)


def mean_length(notes: tuple[Note, ...]) -> float:
    return sum(sounding_length(n.length, n.articulation) for n in notes) / len(notes)


@given(AMOUNTS, AMOUNTS, st.sampled_from(("major", "minor", "mixolydian", "whole-tone")))
def test_t3_it_is_monotone(one: float, other: float, mode: str) -> None:
    less, more = sorted((one, other))
    soft = sharpened(NOTES.notes, less, MODES[mode])
    hard = sharpened(NOTES.notes, more, MODES[mode])
    assert mean_length(hard) <= mean_length(soft)
    assert all(a.accent <= b.accent for a, b in zip(soft, hard, strict=True))
    assert [n.onset for n in soft] == [n.onset for n in hard] == [n.onset for n in NOTES.notes]
    if more <= LEADING_FROM:
        assert [n.tones for n in hard] == [n.tones for n in NOTES.notes]


def test_t3_nothing_and_everything() -> None:
    minor = MODES["minor"]
    assert sharpened(NOTES.notes, 0.0, minor) == NOTES.notes
    full = sharpened(NOTES.notes, 1.0, minor)
    assert [n.length * 2 for n in full[:-1]] == [n.length for n in NOTES.notes[:-1]]
    assert full[-1].length == NOTES.notes[-1].length
    assert {n.accent for n in full} == {24}
    assert {n.articulation for n in full[:-1]} == {"staccato"}
    alters = [tone.alter for n in full for tone in n.tones if isinstance(tone, Degree)]
    assert alters == [0, 1, 0, 1, 0, 0, 1]  # #4 and #7
    in_major = sharpened(NOTES.notes, 1.0, MODES["major"])
    alters = [tone.alter for n in in_major for tone in n.tones if isinstance(tone, Degree)]
    assert alters == [0, 1, 0, 0, 0, 0, 0]  # its seventh leads as it is
