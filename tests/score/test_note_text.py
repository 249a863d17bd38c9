"""The note shorthand (theory T1, language §2): what is written, and what it comes to."""

from __future__ import annotations

from fractions import Fraction

import pytest

from leitmotor.music.dynamics import between
from leitmotor.music.metre import COMMON_TIME, Metre
from leitmotor.music.notes import ChordTone, Degree, Grace, Letter, Note, Tone
from leitmotor.music.time import QUARTER
from leitmotor.score.note_text import Written, parse_notes

MODES = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
}
TONICS = {"C": 60, "D": 62, "A": 69, "Bb": 70}


def midi(tone: Tone, key: str) -> int:
    """What a tone sounds as, worked out here from the definition in T1 alone."""
    if isinstance(tone, Letter):
        return tone.midi
    assert isinstance(tone, Degree)
    tonic, mode = key.split()
    octave, degree = divmod(tone.step, 7)
    return TONICS[tonic] + MODES[mode][degree] + 12 * (octave + tone.octave) + tone.alter


def read(text: str | list[str], metre: Metre = COMMON_TIME, pickup: int = 0) -> Written:
    written = parse_notes(text, metre=metre, pickup=pickup)
    assert written.problems == ()
    return written


def one(text: str) -> Note:
    notes = read(text).notes
    assert len(notes) == 1
    return notes[0]


def sounds(written: Written, key: str) -> list[tuple[Fraction, Fraction, tuple[int, ...]]]:
    return [
        (
            Fraction(note.onset, QUARTER),
            Fraction(note.length, QUARTER),
            tuple(midi(tone, key) for tone in note.tones),
        )
        for note in written.notes
    ]


# The table of T1.3: (text, key, beats, [(onset, length, MIDI …)]).
VECTORS = [
    ("1q 2e 3e 5h", "C major", 4, "0 1 60; 1 1/2 62; 3/2 1/2 64; 2 2 67"),
    ("1q. 7-e 1h", "A minor", 4, "0 3/2 69; 3/2 1/2 67; 2 2 69"),
    ("re 5-e* 5- 5- 3h@", "C minor", 4, "1/2 1/2 55; 1 1/2 55; 3/2 1/2 55; 2 2 63"),
    ("c4q eb g bb c5w", "C major", 8, "0 1 60; 1 1 63; 2 1 67; 3 1 70; 4 4 72"),
    (
        "t3(1e 2 3) 5q t3(rq 5- 1)",
        "C major",
        4,
        "0 1/3 60; 1/3 1/3 62; 2/3 1/3 64; 1 1 67; 8/3 2/3 55; 10/3 2/3 60",
    ),
    (
        "5h~ 5e 4 3 2 | 1w",
        "C major",
        8,
        "0 5/2 67; 5/2 1/2 65; 3 1/2 64; 7/2 1/2 62; 4 4 60",
    ),
    (
        "(p) 1q 2 (cresc) 3 4 (ff) 5h.>",
        "C major",
        7,
        "0 1 60; 1 1 62; 2 1 64; 3 1 65; 4 3 67",
    ),
    ("grace(2s 3) 4q 3 1h(trill)", "C major", 4, "0 1 65; 1 1 64; 2 2 60"),
    (
        "<1 3 5>h <1 4 6>q> <1 3 5 1+>q_",
        "C major",
        4,
        "0 2 60 64 67; 2 1 60 65 69; 3 1 60 64 67 72",
    ),
    (
        "x3(1e 5-e) 1q",
        "D dorian",
        4,
        "0 1/2 62; 1/2 1/2 57; 1 1/2 62; 3/2 1/2 57; 2 1/2 62; 5/2 1/2 57; 3 1 62",
    ),
    ("8va(1q 4#q) 5h+e rq.", "Bb major", 6, "0 1 82; 1 1 88; 2 5/2 77"),
    ("7#q 1h 6e 6#e", "A minor", 4, "0 1 80; 1 2 69; 3 1/2 77; 7/2 1/2 78"),
    (
        "t5(1s 2 3 4 5) 6q",
        "C major",
        2,
        "0 1/5 60; 1/5 1/5 62; 2/5 1/5 64; 3/5 1/5 65; 4/5 1/5 67; 1 1 69",
    ),
    ("<f#3 a c#4>h(pizz) <d3 f# a>", "C major", 4, "0 2 54 57 61; 2 2 50 54 57"),
    ("(pizz) 1e 3 5 (arco) 8q.", "C major", 3, "0 1/2 60; 1/2 1/2 64; 1 1/2 67; 3/2 3/2 72"),
]


@pytest.mark.parametrize(("text", "key", "beats", "expected"), VECTORS, ids=[v[0] for v in VECTORS])
def test_vectors_of_t1_3(text: str, key: str, beats: int, expected: str) -> None:
    rows = [row.split() for row in expected.split(";")]
    wanted = [(Fraction(o), Fraction(n), tuple(map(int, pitches))) for o, n, *pitches in rows]
    # The beats of a vector need not fill a bar: none but one of them has a bar line.
    written = read(text)
    assert sounds(written, key) == wanted
    assert written.length == beats * QUARTER
    assert [note.number for note in written.notes] == list(range(len(wanted)))


def test_vectors_of_t1_3_marks() -> None:
    staccato, _, _, fermata = read("re 5-e* 5- 5- 3h@").notes
    assert (staccato.articulation, staccato.fermata) == ("staccato", False)
    assert (fermata.articulation, fermata.fermata) == ("", True)
    main, _, trill = read("grace(2s 3) 4q 3 1h(trill)").notes
    assert main.graces == (
        Grace((Degree(1),), QUARTER // 4),
        Grace((Degree(2),), QUARTER // 4),
    )
    assert (main.technique, trill.technique) == ("", "trill")
    _, accent, tenuto = read("<1 3 5>h <1 4 6>q> <1 3 5 1+>q_").notes
    assert (accent.accent, accent.articulation) == (16, "")
    assert (tenuto.accent, tenuto.articulation) == (4, "tenuto")
    assert [n.technique for n in read("<f#3 a c#4>h(pizz) <d3 f# a>").notes] == ["pizz", ""]
    assert [n.technique for n in read("(pizz) 1e 3 5 (arco) 8q.").notes] == ["pizz"] * 3 + [""]


def test_vectors_of_t1_3_hairpin_is_linear_in_db() -> None:
    notes = read("(p) 1q 2 (cresc) 3 4 (ff) 5h.>").notes
    half = between(2, 6, 0.5)
    assert [(n.level, n.level_end) for n in notes] == [(2, 2), (2, 2), (2, half), (half, 6), (6, 6)]
    assert half == pytest.approx(4 - 0.5 / 3.5)  # -10 dB, halfway from -17 to -3
    assert notes[-1].accent == 16


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("1q 2 (f) 3 4", [(None, None), (None, None), (5, 5), (5, 5)]),
        ("(p) 1q (cresc) 2 3", [(2, 2), (2, between(2, 3, 0.5)), (between(2, 3, 0.5), 3)]),
        ("(cresc) 1q (f) 2", [(4, 5), (5, 5)]),
        ("(fff) (crescendo) 1q", [(7, 7)]),
        ("(f) 1q (cresc) 2 (p) 3", [(5, 5), (5, 6), (2, 2)]),
        ("(p) (cresc) 1q (dim) 2 (p) 3", [(2, 3), (3, 2), (2, 2)]),
        ("(p) (dim) 1h~ (pp) 1h", [(2, 1)]),
        ("(p) 1q(ff) 2", [(6, 6), (2, 2)]),
        ("(p) (cresc) 1q 2(f) 3", [(2, 5), (5, 5), (5, 5)]),
        ("(p) 1q(cresc) (f) 2", [(2, 5), (5, 5)]),
        ("(p) 1q(cresc) 2 (f) 3", [(2, 3), (3, 3), (5, 5)]),
        ("(mezzo forte) 1q (pianissimo) 2", [(4, 4), (1, 1)]),
    ],
)
def test_dynamics_between_the_marks(
    text: str, levels: list[tuple[float | None, float | None]]
) -> None:
    assert [(n.level, n.level_end) for n in read(text).notes] == levels


def test_words_hold_until_replaced_and_marks_for_one_note() -> None:
    notes = read("(con sord) (legato) 1q 2q* 3q(senza sord) (Senza_Sordino) (staccato) 4q").notes
    assert [(n.muted, n.articulation) for n in notes] == [
        (True, "legato"),
        (True, "staccato"),
        (False, "legato"),
        (False, "staccato"),
    ]
    notes = read("(trem) (portato) 1q 2q(arco) (ord) 3q").notes
    assert [(n.technique, n.articulation) for n in notes] == [
        ("trem", "portato"),
        ("", "portato"),
        ("", ""),
    ]


def test_surges_stand_at_the_next_note_only() -> None:
    notes = read("(sfz) 1q 2 3q(sf) (f) (fp) 4 5").notes
    assert [(n.surge, n.level) for n in notes] == [
        ("sfz", None),
        ("", None),
        ("sf", None),
        ("fp", 2),
        ("", 2),
    ]


@pytest.mark.parametrize(
    ("text", "articulation", "accent"),
    [
        ("1q^", "", 24),
        ("1q>*", "staccato", 16),
        ("1q_>", "tenuto", 16),
        ("1q*_", "portato", 0),
        ("1q(staccato)>", "staccato", 16),
        ("slur(1q)", "legato", 0),
        ("slur(1q*)", "staccato", 0),
    ],
)
def test_marks(text: str, articulation: str, accent: int) -> None:
    assert (one(text).articulation, one(text).accent) == (articulation, accent)


@pytest.mark.parametrize(
    ("text", "tone"),
    [
        ("15q", Degree(14)),
        ("1", Degree(0)),
        ("5--q", Degree(4, octave=-2)),
        ("3bb+e", Degree(2, -2, 1)),
        ("4nq", Degree(3, 0)),
        ("7##w", Degree(6, 2)),
        ("k5", ChordTone(5)),
        ("k7b-e", ChordTone(7, -1, -1)),
        ("8vb(k1q)", ChordTone(1, octave=-1)),
        ("c", Letter(28, 60)),
        ("bbb3q", Letter(27, 57)),
        ("ee", Letter(30, 64)),
        ("eb5e", Letter(37, 75)),
        ("8va(8va(c3q))", Letter(35, 72)),
    ],
)
def test_pitches(text: str, tone: Tone) -> None:
    assert one(text).tones == (tone,)


@pytest.mark.parametrize(
    ("text", "quarters"),
    [
        ("1w 2h 3q 4e 5s 6t", "4 2 1 1/2 1/4 1/8"),
        ("1 2 3h 4 r 5", "1 1 2 2 2"),
        ("1q. 2q.. 3s.. 4e.+s 5", "3/2 7/4 7/16 1 1"),
        ("1e grace(2s 3t) 4 grace(5) 6", "1/2 1/2 1/2"),
        ("t3(1q t3(2e 3 4) 5q) 6", "2/3 2/9 2/9 2/9 2/3 1"),
        ("t4:3(1e 2 3 4) t7(1s 2 3 4 5 6 7) t11(1s)", "3/8 " * 4 + "1/7 " * 7 + "2/11"),
        ("x2(1 2e) 3", "1 1/2 1 1/2 1/2"),
        ("1h~ 1h~ 1q 1q", "5 1"),
    ],
)
def test_values_are_exact(text: str, quarters: str) -> None:
    notes = read(text).notes
    assert [Fraction(n.length, QUARTER) for n in notes] == [Fraction(q) for q in quarters.split()]


def test_a_repeat_begins_with_the_same_octave_and_ties_across_rounds() -> None:
    assert [n.tones for n in read("c5q x2(e c4)").notes] == [
        (Letter(35, 72),),
        *[(Letter(37, 76),), (Letter(28, 60),)] * 2,
    ]
    assert [n.length for n in read("x2(1h~) 1h 2q x2(1)").notes] == [6 * QUARTER] + [QUARTER] * 3


def test_bar_lines_and_line_ends() -> None:
    written = read(["1w | 2w", "", "3w |", "  4w"])
    assert written.bar_lines == (4 * QUARTER, 8 * QUARTER, 12 * QUARTER)
    assert written.length == 16 * QUARTER
    assert read("1w\n2w\n") == read(["1w", "2w"])
    assert read("slur(1h 2h | 3h 4h)").bar_lines == (4 * QUARTER,)
    assert read("1q 2 3").bar_lines == ()
    assert read("| 1w |").bar_lines == ()


def test_pickup_has_negative_positions() -> None:
    for last in ("4q 3 1q", "4q 3 1h"):  # short by the pickup, or full
        written = read(f"5-q | 1q 2e 3e 5h | {last}", pickup=QUARTER)
        assert written.notes[0].onset == -QUARTER
        assert written.notes[1].onset == 0
        assert written.bar_lines == (0, 4 * QUARTER)
    assert read("5-q | 1w | 1h. |", pickup=QUARTER).length == 7 * QUARTER
    assert read("5-q 1q 2", pickup=QUARTER).length == 2 * QUARTER


def test_columns_are_those_of_the_line() -> None:
    assert [n.column for n in read(["1h <1 3>h", " t3(1h 2  3)"]).notes] == [1, 4, 5, 8, 11]


def test_the_worked_example_reads_without_complaint() -> None:
    texts: list[tuple[str | list[str], Metre, int]] = [
        (["(mp) 1q 2e 3e 5h", "4e 3 2q 1h"], COMMON_TIME, 0),
        ("5-q | 1q 2e 3e 5h | 4q 3 1q", COMMON_TIME, QUARTER),
        ("t3(1e 2b 1) rq t3(1e 2b 1) 5-q>", COMMON_TIME, 0),
        ("<1 5>w~ | <1 5>w | <7- 4>w~ | <7- 4>w", COMMON_TIME, 0),
        ("k1e k5 k3 k5 k1 k5 k3 k5", COMMON_TIME, 0),
        (["(p) 3h 2q | 1h.", "2q 3 4 | 3h.@"], Metre(3, 4), 0),
        (["1-h. | 4-h.", "5-h. | 1-h."], Metre(3, 4), 0),
        ("(ff) <1 2b 5>h> rh | <1 2b 5>w(trem)", COMMON_TIME, 0),
    ]
    for text, metre, pickup in texts:
        written = parse_notes(text, metre=metre, pickup=pickup, minor=True)
        assert (written.problems, written.warnings) == ((), ())
