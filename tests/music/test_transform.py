"""Theory T3 and S17: what each operation of `vary:` makes of a motif, and the laws they keep."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from leitmotor.music.notes import ChordTone, Degree, Grace, Letter, Note, Piece, Shift, Tone
from leitmotor.music.operation import Axis, CannotApply, Invert, InvertReal, TransposeSteps
from leitmotor.music.scale import (
    MAJOR,
    MINOR,
    MODES,
    Key,
    Mode,
    Pitch,
    degree_offset,
    tonic_pitch,
)
from leitmotor.music.time import QUARTER, Ticks
from leitmotor.music.transform import Form, Operation, apply
from leitmotor.music.transform_text import parse_operation

C_MAJOR = Key(0, 0, MAJOR)


# -- a motif, and an oracle for what it sounds as ------------------------------------------------


def ticks(quarters: str) -> Ticks:
    return int(Fraction(quarters) * QUARTER)


def line(rhythm: str, *tones: Tone, start: str = "0") -> tuple[Note, ...]:
    """Notes one after the other: `1 1/2 1/2 2` gives their lengths in quarters."""
    notes, onset = [], ticks(start)
    for index, (length, tone) in enumerate(zip(rhythm.split(), tones, strict=True)):
        notes.append(Note(index, onset, ticks(length), (tone,)))
        onset += ticks(length)
    return tuple(notes)


RHYTHM = "1 1/2 1/2 2 1 1"
M = line(RHYTHM, Degree(0), Degree(1), Degree(2), Degree(4), Degree(3, 1), Degree(4))
HEAD = M[:4]  # q e e h


def vary(
    *texts: str,
    notes: tuple[Note, ...] = M,
    pickup: Ticks = 0,
    must_keep: Iterable[int] = (),
    loops: bool = False,
) -> Form:
    length = max(note.onset + note.length for note in notes)
    operations = [parse_operation(text) for text in texts]
    return apply(operations, notes, length, pickup, frozenset(must_keep), loops)


def sounding(tone: Tone, key: Key = C_MAJOR) -> Pitch:
    """What a tone sounds as, worked out here from T2 and T3 alone."""
    if isinstance(tone, Letter):
        mode, tonic, pitch = key.mode, tonic_pitch(key), Pitch(tone.step, tone.midi)
    else:
        assert isinstance(tone, Degree)
        mode, tonic = _reading(tone, key)
        letters, semitones = degree_offset(mode, tone.step)
        alter = tone.alter
        if degree_offset(key.mode, tone.step)[1] + alter == semitones:
            alter = 0  # the altered degree is the other mode's own
        pitch = tonic.shifted(letters + 7 * tone.octave, semitones + 12 * tone.octave + alter)
    for move in tone.moves:
        if isinstance(move, Shift):
            pitch = pitch.shifted(move.letters, move.semitones)
        else:
            axis = tonic.shifted(*degree_offset(mode, move.step))
            pitch = Pitch(2 * axis.step - pitch.step, 2 * (axis.midi + move.alter) - pitch.midi)
    return pitch


def _reading(tone: Degree, key: Key) -> tuple[Mode, Pitch]:
    tonic = tonic_pitch(key)
    if tone.home is None:
        return tone.mode or key.mode, tonic
    there = tone.home.in_place_of(key)
    shift = (there.pitch_class - tonic.midi + 6) % 12 - 6
    near = tonic_pitch(there)
    octaves = (tonic.midi + shift - near.midi) // 12
    return tone.mode or there.mode, near.shifted(7 * octaves, 12 * octaves)


def names(form: Form, key: Key = C_MAJOR) -> str:
    return " ".join(sounding(tone, key).name for note in form.notes for tone in note.tones)


def rhythm(form: Form) -> list[tuple[Fraction, Fraction]]:
    return [(Fraction(n.onset, QUARTER), Fraction(n.length, QUARTER)) for n in form.notes]


def beats(text: str) -> list[tuple[Fraction, Fraction]]:
    pairs = (pair.split(",") for pair in text.split())
    return [(Fraction(onset), Fraction(length)) for onset, length in pairs]


# -- pitch ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("as written", "C4 D4 E4 G4 F#4 G4"),
        ("transpose +2 steps", "E4 F4 G4 B4 A#4 B4"),
        ("transpose -1 step", "B3 C4 D4 F4 E#4 F4"),
        ("transpose m3 up", "Eb4 F4 G4 Bb4 A4 Bb4"),
        ("transpose +3 semitones", "Eb4 F4 G4 Bb4 A4 Bb4"),
        ("transpose A2 up", "D#4 E#4 F##4 A#4 G##4 A#4"),
        ("transpose P5 down", "F3 G3 A3 C4 B3 C4"),
        ("rekey to Eb", "Eb4 F4 G4 Bb4 A4 Bb4"),
        ("rekey to G", "G3 A3 B3 D4 C#4 D4"),
        ("mode minor", "C4 D4 Eb4 G4 F#4 G4"),
        ("mode phrygian", "C4 Db4 Eb4 G4 F#4 G4"),
        ("invert about 1", "C4 B3 A3 F3 Gb3 F3"),
        ("invert", "C4 B3 A3 F3 Gb3 F3"),
        ("invert about 5", "D5 C5 B4 G4 Ab4 G4"),
        ("invert real about 1", "C4 Bb3 Ab3 F3 Gb3 F3"),
        ("invert real", "C4 Bb3 Ab3 F3 Gb3 F3"),
        ("invert real about 1+", "C6 Bb5 Ab5 F5 Gb5 F5"),
        ("register +12", "C5 D5 E5 G5 F#5 G5"),
        ("octave down", "C3 D3 E3 G3 F#3 G3"),
    ],
)
def test_t3_pitch_operations_on_the_motif_of_the_vectors(text: str, result: str) -> None:
    form = vary(text)
    assert names(form) == result
    assert rhythm(form) == beats("0,1 1,1/2 3/2,1/2 2,2 4,1 5,1")


def test_t3_mode_drops_an_alteration_that_is_the_new_modes_own() -> None:
    """C Eb G B A E, major to minor: not Ebb."""
    tones = (Degree(0), Degree(2, -1), Degree(4), Degree(6), Degree(5), Degree(2))
    notes = line("1 1 1 1 1 1", *tones)
    assert names(vary("mode minor", notes=notes)) == "C4 Eb4 G4 Bb4 Ab4 Eb4"
    assert names(vary("mode harmonic", notes=notes)) == "C4 Eb4 G4 B4 Ab4 Eb4"
    assert names(vary("mode dorian", notes=notes)) == "C4 Eb4 G4 Bb4 A4 Eb4"


def test_s17_pitch_operations_follow_the_key_in_force() -> None:
    form = vary("transpose +2 steps")
    e_minor = Key(2, 0, MINOR)
    assert names(form, e_minor) == "G4 A4 B4 D5 C#5 D5"


@pytest.mark.parametrize(
    ("texts", "result"),
    [
        # What comes later goes the way that is written, also on a line that was turned over.
        (("invert real about 1", "transpose +1 step"), "Db4 C4 Bb3 G3 Abb3 G3"),
        (("invert real about 1", "register +12"), "C5 Bb4 Ab4 F4 Gb4 F4"),
        (("transpose m3 up", "invert real"), "Eb4 Db4 Cb4 Ab3 Bbb3 Ab3"),
        (("invert real", "transpose m3 up"), "Eb4 Db4 Cb4 Ab3 Bbb3 Ab3"),
        (("transpose P8 up", "invert about 1"), "C3 B2 A2 F2 Gb2 F2"),
        (("invert about 1", "mode minor"), "C4 Bb3 Ab3 F3 Gb3 F3"),
        (("transpose +2 steps", "invert"), "E4 D4 C4 A3 Bb3 A3"),
    ],
)
def test_t3_composition_is_left_to_right(texts: tuple[str, ...], result: str) -> None:
    assert names(vary(*texts)) == result


def test_t3_real_inversion_turns_all_copies_of_a_real_sequence_about_one_pitch() -> None:
    notes = line("1 1", Degree(0), Degree(2))
    assert names(vary("sequence 2 up M2", notes=notes)) == "C4 E4 D4 F#4"
    assert names(vary("sequence 2 up M2", "invert real", notes=notes)) == "C4 Ab3 Bb3 Gb3"


def test_t3_non_heptatonic_scales_count_their_own_steps() -> None:
    notes = line("1 1", Degree(3), Degree(4))
    key = Key(0, 0, MODES["pentatonic"])
    assert names(vary("transpose +2 steps", notes=notes), key) == "C5 D5"


def test_s17_letters_and_chord_tones_take_only_what_is_defined_for_them() -> None:
    notes = line("1 1 1", Letter(28, 60), ChordTone(3), Piece("lo"))
    assert vary("transpose +2 steps", "mode minor", "rekey to Eb", notes=notes).notes == notes
    assert vary("invert", "invert about 5", "thicken thirds", notes=notes).notes == notes
    tones = [note.tones[0] for note in vary("transpose m3 up", "octave up", notes=notes).notes]
    assert sounding(tones[0]).name == "Eb5"
    assert tones[1] == ChordTone(3, octave=1, moves=(Shift(2, 3),))
    assert tones[2] == Piece("lo")
    assert vary("invert real about 1", notes=notes).notes[1:] == notes[1:]
    with pytest.raises(CannotApply, match="say which degree to turn about"):
        vary("invert real", notes=notes)


@pytest.mark.parametrize(
    ("by", "result"),
    [
        ("octaves", "C4 C3 D4 D3 E4 E3 G4 G3 F#4 F#3 G4 G3"),
        ("thirds", "C4 A3 D4 B3 E4 C4 G4 E4 F#4 D4 G4 E4"),
        ("sixths", "C4 E3 D4 F3 E4 G3 G4 B3 F#4 A3 G4 B3"),
    ],
)
def test_t3_thicken_doubles_every_note_and_moves_none(by: str, result: str) -> None:
    form = vary(f"thicken {by}")
    assert names(form) == result
    assert rhythm(form) == rhythm(vary("as written"))


def test_t3_thicken_adds_no_pitch_twice_and_stays_below_a_mirrored_line() -> None:
    third = (Note(0, 0, QUARTER, (Degree(0), Degree(-2))),)
    assert names(vary("thicken thirds", notes=third)) == "C4 A3 F3"
    assert names(vary("invert real about 1", "thicken octaves", notes=M[:2])) == "C4 C3 Bb3 Bb2"


# -- rhythm and selection ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "result", "length"),
    [
        ("retrograde", "0,2 2,1/2 5/2,1/2 3,1", "4"),
        ("augment 2", "0,2 2,1 3,1 4,4", "8"),
        ("augment 3/2", "0,3/2 3/2,3/4 9/4,3/4 3,3", "6"),
        ("diminish 2", "0,1/2 1/2,1/4 3/4,1/4 1,1", "2"),
        ("fragment 1..3", "0,1 1,1/2 3/2,1/2", "2"),
        ("fragment 2..3", "0,1/2 1/2,1/2", "1"),
        ("tail 3", "0,1/2 1/2,1/2 1,2", "3"),
        ("beats 0..2", "0,1 1,1/2 3/2,1/2", "2"),
        ("beats 1..3.5", "0,1/2 1/2,1/2 1,3/2", "5/2"),
        ("beats 0..3", "0,1 1,1/2 3/2,1/2", "3"),  # of the half note not more than half is left
        ("beats 1/4..2", "0,3/4 3/4,1/2 5/4,1/2", "7/4"),
        ("displace 1/2", "1/2,1 3/2,1/2 2,1/2 5/2,2", "9/2"),
        ("sequence 2 up 1 step", "0,1 1,1/2 3/2,1/2 2,2 4,1 5,1/2 11/2,1/2 6,2", "8"),
    ],
)
def test_t3_rhythm_and_selection_on_q_e_e_h(text: str, result: str, length: str) -> None:
    form = vary(text, notes=HEAD)
    assert rhythm(form) == beats(result)
    assert form.length == ticks(length)


def test_t3_displace_in_a_loop_ties_a_note_over_into_the_next_round() -> None:
    form = vary("displace 1/2", notes=HEAD, loops=True)
    assert form.length == ticks("4")
    assert rhythm(form) == beats("1/2,1 3/2,1/2 2,1/2 5/2,2")
    # The last sounds half a quarter into the next round: what T3 writes as (0, 1/2 tied-in).
    assert form.notes[-1].onset + form.notes[-1].length - form.length == ticks("1/2")
    assert vary("displace 1/2", "retrograde", "retrograde", notes=HEAD, loops=True).notes == (
        form.notes
    )


def test_t3_displace_by_the_whole_loop_changes_nothing() -> None:
    assert vary("displace 4", notes=HEAD, loops=True).notes == HEAD


def test_t3_marks_and_graces_travel_in_retrograde_and_hairpins_turn() -> None:
    grace = Grace((Degree(1),), QUARTER // 4)
    loud = HEAD[0]._replace(accent=16, level=2.0, level_end=4.0, graces=(grace,))
    last = vary("retrograde", notes=(loud, *HEAD[1:])).notes[-1]
    assert last == loud._replace(onset=ticks("3"), level=4.0, level_end=2.0)


def test_t3_sequence_moves_each_copy_on() -> None:
    notes = line("1 1", Degree(0), Degree(2))
    assert names(vary("sequence 3 down 2 steps", notes=notes)) == "C4 E4 A3 C4 F3 A3"
    assert [note.number for note in vary("sequence 2 up 1 step", notes=notes).notes] == [0, 1, 0, 1]


def test_t3_a_pickup_stays_an_upbeat() -> None:
    """One quarter before the bar, then three: 5- | 1 2 3."""
    tones = (Degree(4, octave=-1), Degree(0), Degree(1), Degree(2))
    notes = line("1 1 1 1", *tones, start="-1")
    upbeat = {"notes": notes, "pickup": QUARTER}
    head = vary("fragment 1..2", **upbeat)  # type: ignore[arg-type]
    assert (rhythm(head), head.pickup, head.length) == (beats("-1,1 0,1"), QUARTER, QUARTER)
    alone = vary("fragment 1..1", **upbeat)  # type: ignore[arg-type]
    assert (rhythm(alone), alone.pickup) == (beats("0,1"), 0)
    twice = vary("sequence 2 up 1 step", **upbeat)  # type: ignore[arg-type]
    assert rhythm(twice)[4:5] == beats("3,1")
    assert (twice.length, twice.pickup) == (7 * QUARTER, QUARTER)
    wide = vary("augment 2", **upbeat)  # type: ignore[arg-type]
    assert (rhythm(wide)[:1], wide.pickup) == (beats("-2,2"), 2 * QUARTER)
    turned = vary("retrograde", **upbeat)  # type: ignore[arg-type]
    assert (turned.notes[0].onset, turned.notes[0].tones) == (-QUARTER, (Degree(2),))
    late = vary("displace 1/2", **upbeat)  # type: ignore[arg-type]
    assert (late.notes[0].onset, late.pickup) == (-QUARTER // 2, QUARTER // 2)


@pytest.mark.parametrize(
    ("kind", "result", "lengths"),
    [
        ("neighbours", "C4 D4 C4", "1/2 1/4 1/4"),
        ("turn", "C4 D4 C4 B3 C4", "1/2 1/8 1/8 1/8 1/8"),
        ("mordent", "C4 B3 C4", "1/8 1/8 3/4"),
        ("passing", "C4 D4", "1/2 1/2"),
    ],
)
def test_t3_ornaments_of_a_quarter(kind: str, result: str, lengths: str) -> None:
    notes = line("1 1/2", Degree(0), Degree(2))
    form = vary(f"ornament {kind}", notes=notes)
    assert names(form) == f"{result} E4"
    assert [length for _, length in rhythm(form)[:-1]] == [Fraction(x) for x in lengths.split()]
    assert form.notes[-1] == notes[-1]
    assert {note.number for note in form.notes[:-1]} == {0}


def test_t3_ornaments_spare_must_keep_short_and_trilled_notes() -> None:
    trilled = (*HEAD[:3], HEAD[3]._replace(technique="trill"))
    assert vary("ornament turn", notes=trilled, must_keep=[0]).notes == trilled


def test_t3_ornament_leaves_attack_marks_on_the_first_note_and_spreads_a_hairpin() -> None:
    note = M[0]._replace(accent=16, surge="sf", fermata=True, level=2.0, level_end=5.0)
    first, middle, last = vary("ornament neighbours", notes=(note,)).notes
    assert (first.accent, middle.accent, last.surge) == (16, 0, "")
    assert (first.fermata, middle.fermata, last.fermata) == (True, True, True)
    assert (first.level, last.level_end) == (2.0, 5.0)
    assert (first.level_end, middle.level_end) == (middle.level, last.level)


def test_t3_ornament_of_a_mirrored_line_goes_the_way_that_is_written() -> None:
    form = vary("invert real about 1", "ornament neighbours", notes=M[:1])
    assert names(form) == "C4 Db4 C4"  # the mirror of C4 B3 C4


# -- settings ------------------------------------------------------------------------------------


def test_t3_settings_multiply_replace_and_are_told_in_order() -> None:
    form = vary("tempo x1.5", "on cello", "in bass", "tempo x0.5", "as written", "chorale 4")
    assert (form.tempo_factor, form.instrument, form.role) == (0.75, "cello", "bass")
    assert form.notes == M
    assert form.operations[:2] == ("tempo x1.5", "on cello")
    assert form.operations[-2:] == ("as written", "chorale 4")


def test_t3_articulate_marks_every_note_and_normal_takes_marks_off() -> None:
    assert {note.articulation for note in vary("articulate staccato").notes} == {"staccato"}
    assert vary("articulate legato", "articulate normal").notes == M


# -- refusals ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("diminish 32", "diminish 32: a note would be shorter than 1/32 of a quarter"),
        ("diminish 13", "diminish 13: a note would not fall on the grid"),
        ("fragment 5..7", "fragment 5..7: there are 6 notes here; count them from 1 to 6"),
        ("tail 7", "there are 6 notes here"),
        ("beats 4..8", "the notes end after 6 quarters"),
        ("beats 2..2.5", "no note would be left"),
        ("displace 1/13", "displace 1/13: a note would not fall on the grid"),
    ],
)
def test_t3_impossible_values_are_refused_with_their_reason(text: str, reason: str) -> None:
    with pytest.raises(CannotApply) as refusal:
        vary(text)
    assert reason in str(refusal.value)


@pytest.mark.parametrize("text", ["fragment 2..4", "tail 2", "beats 1..4", "beats 1/4..4"])
def test_t3_must_keep_is_never_cut(text: str) -> None:
    with pytest.raises(CannotApply, match="note 1, which `must keep` protects"):
        vary(text, notes=HEAD, must_keep=[0])
    assert vary("fragment 1..2", notes=HEAD, must_keep=[0]).notes == HEAD[:2]


def test_copies_of_copies_are_bounded() -> None:
    with pytest.raises(CannotApply, match="more than 4096 notes"):
        vary("sequence 32 up 1 step", "sequence 32 up 1 step")


# -- laws ----------------------------------------------------------------------------------------

TICKS = st.integers(1, 64).map(lambda count: count * QUARTER // 16)


@st.composite
def motifs(draw: st.DrawFn, alters: tuple[int, ...] = (-1, 0, 1)) -> tuple[Note, ...]:
    notes, onset = [], 0
    for index in range(draw(st.integers(1, 8))):
        onset += draw(st.sampled_from([0, QUARTER // 4]))
        length = draw(TICKS)
        tone = Degree(draw(st.integers(-7, 14)), draw(st.sampled_from(alters)))
        levels = draw(st.sampled_from([(None, None), (2.0, 2.0), (1.0, 5.5)]))
        notes.append(Note(index, onset, length, (tone,), level=levels[0], level_end=levels[1]))
        onset += length
    return tuple(notes)


@given(motifs())
def test_law_retrograde_twice_is_nothing(notes: tuple[Note, ...]) -> None:
    assert vary("retrograde", "retrograde", notes=notes).notes == notes


@given(motifs(), st.none() | st.builds(Axis, st.integers(0, 9), st.integers(-1, 1)))
def test_law_inversion_twice_is_nothing(notes: tuple[Note, ...], axis: Axis | None) -> None:
    for operation in (Invert(axis), InvertReal(axis)):
        form = apply([operation, operation], notes, 10**9, 0, frozenset(), loops=False)
        assert form.notes == notes


@given(motifs(), st.integers(-20, 20), st.booleans())
def test_law_transposing_there_and_back_is_nothing(
    notes: tuple[Note, ...], steps: int, mirror: bool
) -> None:
    before: list[Operation] = [InvertReal(Axis(2))] if mirror else []
    back = [*before, TransposeSteps(steps), TransposeSteps(-steps), *before]
    assert apply(back, notes, 10**9, 0, frozenset(), loops=False).notes == notes


@given(motifs(), st.sampled_from(["m2", "A4", "P5", "d7", "M10"]))
def test_law_intervals_up_and_down_are_nothing(notes: tuple[Note, ...], interval: str) -> None:
    back = vary(f"transpose {interval} up", f"transpose {interval} down", notes=notes)
    assert back.notes == notes


@given(motifs(), st.integers(1, 9), st.integers(1, 9))
def test_law_augment_and_diminish_undo_each_other(
    notes: tuple[Note, ...], over: int, under: int
) -> None:
    ratio = Fraction(over, under)
    try:
        wide = vary(f"augment {ratio}", notes=notes)
    except CannotApply:
        assume(False)
    back = vary(f"augment {ratio}", f"diminish {ratio}", notes=notes)
    assert back.notes == notes
    assert Fraction(wide.length, back.length) == ratio


@given(motifs(alters=(0,)))
def test_law_major_minor_major_is_nothing_without_alterations(notes: tuple[Note, ...]) -> None:
    form = vary("mode minor", "mode major", notes=notes)
    assert names(form) == names(vary("as written", notes=notes))


@given(motifs(), st.sampled_from(["neighbours", "turn", "passing", "mordent"]))
def test_law_ornaments_keep_first_pitches_and_the_length(
    notes: tuple[Note, ...], kind: str
) -> None:
    form = vary(f"ornament {kind}", notes=notes)
    assert form.length == notes[-1].onset + notes[-1].length
    assert sum(note.length for note in form.notes) == sum(note.length for note in notes)
    firsts = {note.onset: note.tones for note in form.notes}
    assert all(firsts[note.onset] == note.tones for note in notes)
