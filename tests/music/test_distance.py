"""T14: how far a version of a motif is from the motif."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitmotor.music.chord import tonic_triad
from leitmotor.music.distance import Step, Tone, distance, steps
from leitmotor.music.metre import COMMON_TIME
from leitmotor.music.notes import Note, Piece
from leitmotor.music.resolve import LEAD_FLOOR, resolve
from leitmotor.music.scale import MAJOR, Key, tonic_pitch
from leitmotor.music.transform import apply
from leitmotor.music.transform_text import parse_operation
from leitmotor.score.note_text import parse_notes
from leitmotor.score.written import Written

C_MAJOR = Key(0, 0, MAJOR)
TUNES = (
    "1q 2e 3e 5h | 4e 3 2q 1h",
    "5e. 5s 6q 5 8 7h",
    "1e 3 5 8 7q 5 6h",
    "5q. 3e 4q 2 1h",
    "3q 3 4 5 5 4 3 2",
    "1h 5q. 4s 3s 2q 8h",
)


def written_as(tune: str) -> Written:
    return parse_notes(tune, metre=COMMON_TIME)


def melody(notes: Sequence[Note], key: Key = C_MAJOR) -> tuple[Step, ...]:
    tones = []
    for note in notes:
        assert not isinstance(note.tones[0], Piece)
        pitch = resolve(note.tones[0], key, tonic_triad(key), tonic_pitch(key), LEAD_FLOOR)
        tones.append(Tone(note.onset, pitch.midi))
    return steps(tones, notes[-1].onset + notes[-1].length)


def moved(tune: str, *operations: str) -> float:
    """The distance of a varied tune from the tune."""
    written = written_as(tune)
    done = [parse_operation(text) for text in operations]
    form = apply(done, written.notes, written.length, 0, frozenset(), False)
    return distance(melody(written.notes), melody(form.notes))


@pytest.mark.parametrize("tune", TUNES)
@pytest.mark.parametrize("operation", ["transpose m3 up", "augment 2", "diminish 2", "rekey to Eb"])
def test_t14_transposed_or_stretched_it_is_the_same(tune: str, operation: str) -> None:
    assert moved(tune, operation) == pytest.approx(0.0)


@pytest.mark.parametrize(
    ("operation", "low", "high"),
    [
        ("mode minor", 0.01, 0.09),
        ("transpose +2 steps", 0.02, 0.10),
        ("retrograde", 0.25, 0.50),
        ("invert about 1", 0.30, 0.55),
    ],
)
def test_t14_operations_lie_where_theory_measured_them(
    operation: str, low: float, high: float
) -> None:
    """0.05 for a mode, 0.06 for a sequence, 0.35 backwards, 0.42 upside down."""
    assert low <= mean(moved(tune, operation) for tune in TUNES) <= high


def test_t14_different_motifs_are_far_apart() -> None:
    texts = [melody(written_as(tune).notes) for tune in TUNES]
    others = [distance(a, b) for n, a in enumerate(texts) for b in texts[n + 1 :]]
    assert min(others) > 0.2


melodies = st.lists(st.builds(Step, st.integers(-12, 12), st.floats(-2, 2)), max_size=8)


@given(melodies, melodies)
def test_t14_a_distance_is_even_handed_and_at_most_one(one: list[Step], other: list[Step]) -> None:
    assert distance(one, one) == 0.0
    assert distance(one, other) == pytest.approx(distance(other, one))
    assert 0.0 <= distance(one, other) <= 1.0
