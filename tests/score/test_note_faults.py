"""What is refused in notes, with its exact place and what to type instead (T1.3, language §2)."""

from __future__ import annotations

import pytest

from leitmotor.music.metre import COMMON_TIME, Metre
from leitmotor.music.time import QUARTER
from leitmotor.score.note_text import parse_notes

REFUSED = [
    # T1.3
    ("1q 2q 3q | 4w", 10, "bar holds 3 beats, the metre 4/4 says 4"),
    ("5,q", 2, "write 5-q"),
    ("t3(1e 2e 3e", 1, "the ) that closes t3( is missing"),
    ("t4(1 2 3 4)", 1, "say t4:3"),
    ("h4q", 1, "German h is b: write b4q"),
    # language §2
    ("1 q", 3, "values are glued: write 1q"),
    ("1q, 2e", 3, "no commas between notes, blanks are enough: write 1q"),
    ("C4q", 1, "pitches are small letters: write c4q"),
    ("1.5q", 2, "a dotted note is 1q."),
    ("1q'", 3, "write 1+q"),
    ("16q", 1, "degrees go from 1 to 15; 16 is 2++"),
    ("160q", 1, "degrees go from 1 to 15"),
    ("0q", 1, "degrees count from 1: a rest is rq"),
    # notes
    ("1q 3q4", 4, "'3q4' is not a note"),
    ("1q 5q-", 6, "write 5-q"),
    ("f#4'q", 4, "write f#5q"),
    ("1Q", 2, "values are small letters: write 1q"),
    ("#4q", 1, "the accidental stands after the note: write 4#q"),
    ("-5q", 1, "the octave mark stands after the note: write 5-q"),
    ("5-bq", 3, "the accidental stands before the octave: write 5b-q"),
    ("c4+q", 2, "a letter's octave is a number: write c5q"),
    ("g9q a9q", 5, "MIDI number 129"),
    ("k2q", 1, "chord tones are k1 k3 k5 k7 k9"),
    ("5>q", 2, "marks stand after the value: write 5q>"),
    ("q4", 1, "the value stands after the note: write 4q"),
    ("q", 1, "values are glued to their note: 1q"),
    ("1q zq", 4, "a rest is r with its value: write rq"),
    ("1/4", 2, "values are letters (w h q e s t)"),
    ("5t..q", 1, "is not a note"),
    ("5t....", 2, "does not fall on the grid"),
    ("1♯q", 2, "write #"),
    ("[1q 2q]", 1, "groups stand in parentheses"),
    # rests, chords
    ("rq>", 3, "a rest takes no marks"),
    ("rq~", 3, "a rest takes no marks and no tie: write rq"),
    ("<1 3 5", 1, "the chord is not closed"),
    ("<>q", 1, "the chord is empty"),
    ("<1 3q>h", 4, "values and marks stand after the chord"),
    ("<1 3 3>h", 6, "3 stands twice in the chord"),
    ("<1 r>h", 4, "a chord has no rests in it"),
    ("<1 C>h", 4, "pitches are small letters: write c"),
    ("<1 3>*q", 6, "marks stand after the value: write <…>q*"),
    ("<1 3>x", 5, "after a chord stand its value and its marks"),
    # ties and graces
    ("5h~ 4q", 3, "~ ties notes of the same pitch"),
    ("5h~ rq 5q", 3, "a rest comes after this one"),
    ("5h~", 3, "there is no note to tie to"),
    ("5h~ grace(4s) 5q", 3, "there are grace notes between them"),
    ("5h~>", 3, "~ stands last: write 5h>~"),
    ("grace(2s) rq", 7, "grace notes need a note after them"),
    ("grace(rs) 1q", 7, "a rest cannot be a grace note"),
    ("grace(2s~) 2q", 7, "a grace note is not tied"),
    # words and groups
    ("1q (crsc) 2", 4, "(crsc) is not a word for notes: did you mean (cresc)?"),
    ("1h(tril)", 4, "did you mean (trill)?"),
    ("() 1q", 1, "() is empty"),
    ("(p 1q 2q)", 1, "close the parenthesis after the word: (p)"),
    ("cresc 1q", 1, "words stand in parentheses: write (cresc)"),
    ("1q (sf)", 4, "(sf) needs a note after it"),
    ("(1e 2 3)", 1, "has no head: a group is t3( … )"),
    ("( t3(1e 2 3) 4)", 1, "( without a head"),
    ("triplet(1e 2 3)", 1, "did you mean t3( … )?"),
    ("slur (1q 2)", 1, "no blank before the parenthesis: write slur( … )"),
    ("1q grace", 4, "grace opens a group"),
    ("x0(1q)", 1, "x0 plays nothing"),
    ("t0(1q)", 1, "a tuplet counts from 1"),
    ("t13(1q)", 1, "say t13:8"),
    ("t3(1q) t13:8(1q)", 14, "8/13 of a quarter does not fall on the grid"),
    ("x1000(1q)", 1, "at most three digits"),
    ("t3() 1q", 1, "t3() is empty"),
    ("1q) 2", 3, ") without its ("),
    # bars
    ("1w | 1h |", 9, "the last bar holds 2 beats, the metre 4/4 says 4: 2 beats missing"),
    ("1w | 1w 2e | 1w", 12, "bar holds 4.5 beats, the metre 4/4 says 4: 0.5 beat too many"),
    ("1w | | 1w", 6, "there is nothing between these bar lines"),
    # nothing
    ("", 1, "there are no notes here"),
    ("(p)", 1, "there are no notes here"),
]


@pytest.mark.parametrize(("text", "column", "phrase"), REFUSED, ids=[r[0] for r in REFUSED])
def test_refused(text: str, column: int, phrase: str) -> None:
    first = parse_notes(text, metre=COMMON_TIME).problems[0]
    assert (first.line, first.column) == (0, column)
    assert phrase in first.text


def test_all_problems_of_a_text_at_once() -> None:
    problems = parse_notes(["1q, 2Q 3e (foo) |", " 0q 5h~ 4h"], metre=COMMON_TIME).problems
    assert [(p.line, p.column) for p in problems] == [(0, 3), (0, 6), (0, 11), (1, 2), (1, 7)]


def test_one_mistake_is_one_problem() -> None:
    """A bar with something in it that was not understood is not measured."""
    for text in ("1q 2q 3q 4Q | 1w", "t4(1 2 3 4) 5h | 1w", "x9(1x) | 1w", "t3(1e 2e 3e | 1w"):
        assert len(parse_notes(text, metre=COMMON_TIME).problems) == 1


@pytest.mark.parametrize(
    ("text", "metre", "pickup", "column", "phrase"),
    [
        ("5-q | 1w", COMMON_TIME, 0, 5, "is this an upbeat? add `pickup: 1 beat`"),
        ("5-e | 1w", COMMON_TIME, 0, 5, "add `pickup: 0.5 beat`"),
        ("5-h | 1w", COMMON_TIME, QUARTER, 5, "the upbeat holds 2 beats, `pickup` says 1 beat"),
        ("5-q 1w | 1w", COMMON_TIME, QUARTER, 8, "`pickup` says 1 beat: write | after the upbeat"),
        ("5-q | 1w | 1h", COMMON_TIME, QUARTER, 12, "or 3 beats where the pickup is missing"),
        ("1e", COMMON_TIME, QUARTER, 1, "shorter than its `pickup`"),
        ("1w | 1q. 2e | 1w.", Metre(6, 8), 0, 4, "bar holds 8 eighths, the metre 6/8 says 6"),
        ("1q. 2q. | 1q 2e", Metre(6, 8), 0, 14, "holds 3 eighths, the metre 6/8 says 6"),
        ("5q. | 1h.", Metre(6, 8), 0, 5, "add `pickup: 1 beat`"),
        ("1h. | 1h..", Metre(7, 8, (2, 2, 3)), 0, 5, "the metre 7/8 (2+2+3) says 7"),
        (["1w", "1h", "1w"], COMMON_TIME, 0, 2, "bar holds 2 beats"),
    ],
)
def test_bars_against_pickup_and_metre(
    text: str | list[str], metre: Metre, pickup: int, column: int, phrase: str
) -> None:
    problem = parse_notes(text, metre=metre, pickup=pickup).problems[0]
    assert problem.column == column
    assert phrase in problem.text


def test_warnings_are_not_problems() -> None:
    cases = [
        ("1q 3bq", True, 4, "did you mean 3?"),
        ("rq 1q 5 1 5 2 6", False, 4, "a leap of a fourth or more after every note"),
        ("1 e 2", False, 3, "1e is an eighth"),
        ("1q b3q", False, 4, "the lowered degree 3 is 3bq"),
        ("1h~ 1h>", False, 5, "a tied note is not struck again"),
    ]
    for text, minor, column, phrase in cases:
        written = parse_notes(text, metre=COMMON_TIME, minor=minor)
        assert written.problems == ()
        (warning,) = written.warnings
        assert (warning.line, warning.column) == (0, column)
        assert phrase in warning.text


@pytest.mark.parametrize(
    "text", ["1q 3b 1", "1q 5 1 5 2 2 3", "b3q a g", "c4q f c f c f e", "k1q k7"]
)
def test_no_warning_where_it_is_meant(text: str) -> None:
    assert parse_notes(text, metre=COMMON_TIME).warnings == ()


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("x999(x999(x999(1t)))", "repeats to more than"),
        ("t3(" * 40 + "1q" + ")" * 40, "nested deeper than 12"),
        ("t3(" * 5000, "is missing"),
        ("9" * 5000, "is no degree"),
        ("x" + "9" * 5000 + "(1q)", "at most three digits"),
        ("1q" + "." * 5000, "is not a note"),
        ("1q(" + "p" * 5000 + ")", "is not a word"),
    ],
)
def test_texts_made_to_hurt_are_refused(text: str, phrase: str) -> None:
    problems = parse_notes(text, metre=COMMON_TIME).problems
    assert phrase in problems[0].text
    assert all(len(problem.text) < 400 for problem in problems)
