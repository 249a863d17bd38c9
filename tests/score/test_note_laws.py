"""Laws of the note shorthand that hold for every text."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from leitmotor.music.metre import COMMON_TIME, Metre
from leitmotor.music.time import QUARTER
from leitmotor.score.note_text import parse_notes

QUARTERS = {letter: Fraction(4, 2**power) for power, letter in enumerate("whqest")}
TUPLETS = {"t3": (3, 2), "t5": (5, 4), "t7": (7, 4), "t4:3": (4, 3), "t11": (11, 8)}

FRAGMENTS = (
    "1 2b 5- 8+ k1 k9# c eb4 r q h. e+s ~ > * _ @ ( ) (p) (cresc) (sf) | < > <1 3>q t3( x3( grace("
    " slur( 8va( 8vb( t4( t0( x99( , ' C 16 0 . #"
)
fragments = st.sampled_from([*FRAGMENTS.split(), "\n"])
texts = st.one_of(
    st.text(),
    st.lists(fragments, max_size=20).map(" ".join),
    st.lists(fragments, max_size=20).map("".join),
)

values = st.sampled_from(list(QUARTERS)).flatmap(
    lambda v: st.sampled_from([(v, QUARTERS[v]), (v + ".", QUARTERS[v] * Fraction(3, 2))])
)
pitches = st.sampled_from(["1", "5-", "3b+", "15", "k5", "c4", "f#", "<1 3 5>", "<c4 e g>", "r"])
events = st.tuples(pitches, values).map(lambda pair: (pair[0] + pair[1][0], pair[1][1]))


@st.composite
def phrases(draw: st.DrawFn, depth: int = 2) -> tuple[str, Fraction]:
    """A well-formed phrase and its length in quarters."""
    words: list[str] = []
    total = Fraction(0)
    for _ in range(draw(st.integers(1, 5))):
        head = draw(st.sampled_from(["", "", "x3", "slur", "8va", *TUPLETS])) if depth else ""
        if not head:
            word, length = draw(events)
            words.append(word)
            total += length
            continue
        inner, length = draw(phrases(depth - 1))
        words.append(f"{head}({inner})")
        n, m = TUPLETS.get(head, (1, 1))
        total += length * 3 if head == "x3" else length * m / n
    return " ".join(words), total


@given(text=texts, pickup=st.sampled_from([0, QUARTER]), minor=st.booleans())
def test_no_text_raises_and_every_problem_has_its_place(
    text: str, pickup: int, minor: bool
) -> None:
    written = parse_notes(text, metre=Metre(7, 8), pickup=pickup, minor=minor)
    lines = text.split("\n")
    for problem in written.problems + written.warnings:
        assert 0 <= problem.line < len(lines)
        assert 1 <= problem.column <= max(len(lines[problem.line]), 1)
        assert problem.text
    onsets = [note.onset for note in written.notes]
    assert onsets == sorted(onsets)
    assert all(note.length > 0 and note.onset >= -pickup for note in written.notes)


@given(phrase=phrases())
def test_the_length_of_a_phrase_is_the_sum_of_its_values(phrase: tuple[str, Fraction]) -> None:
    text, quarters = phrase
    written = parse_notes(text, metre=COMMON_TIME)
    broken = [p for p in written.problems if "grid" not in p.text]
    assert broken == []
    if not written.problems:
        assert written.length == quarters * QUARTER
        ends = [note.onset + note.length for note in written.notes]
        assert all(end <= note.onset for end, note in zip(ends, written.notes[1:], strict=False))


@given(head=st.sampled_from(list(TUPLETS)), value=st.sampled_from("whqe"), count=st.integers(1, 12))
def test_tuplets_are_exact(head: str, value: str, count: int) -> None:
    n, m = TUPLETS[head]
    written = parse_notes(f"{head}({' '.join(['1' + value] * count)})", metre=COMMON_TIME)
    each = QUARTERS[value] * QUARTER * Fraction(m, n)
    assert written.problems == ()
    assert [note.onset for note in written.notes] == [each * i for i in range(count)]
    assert written.length == each * count
