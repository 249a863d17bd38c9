"""Motifs whose notes are taken from a MIDI file (language §3)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import mido
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitmotor.errors import ScoreError
from leitmotor.messages import Attack
from leitmotor.music.metre import COMMON_TIME
from leitmotor.music.notes import Degree, Note
from leitmotor.music.scale import LETTERS, MODES, Key, tonic_pitch
from leitmotor.music.time import QUARTER
from leitmotor.outputs.midi_file import MidiFileOutput
from leitmotor.perform.performance import Performance
from leitmotor.score.from_midi import FileFault, Taken, degree_of, notes_from
from leitmotor.score.load import LoadedScore, load_score
from leitmotor.score.note_text import parse_notes
from leitmotor.testing import builders
from leitmotor.testing.listening import Heard

C_MAJOR = Key(0, 0, MODES["major"])

Line = Sequence[tuple[float, float, int]]
"""Notes as (beat, beats, pitch)."""


def midi(*tracks: tuple[str, Line], form: int = 1, resolution: int = 480, metre: str = "") -> bytes:
    """A file with these tracks; the first one conducts where a metre is given."""
    file = mido.MidiFile(type=form, ticks_per_beat=resolution)
    if metre:
        conductor = mido.MidiTrack()
        at = 0
        for part in metre.split(", "):
            begins, _, text = part.partition(" ")
            tick = round(float(begins) * resolution)
            over, under = map(int, text.split("/"))
            kind = mido.MetaMessage("time_signature", numerator=over, denominator=under)
            conductor.append(kind.copy(time=tick - at))
            at = tick
        file.tracks.append(conductor)
    for number, (name, line) in enumerate(tracks):
        events = []
        channel = 9 if name == "drums" else number
        for beat, beats, pitch in line:
            for kind, place in (("note_on", beat), ("note_off", beat + beats)):
                tick = round(place * resolution)
                events.append((tick, kind == "note_on", pitch, kind, channel))
        track = mido.MidiTrack([mido.MetaMessage("track_name", name=name)])
        at = 0
        for tick, _, pitch, kind, channel in sorted(events):
            track.append(mido.Message(kind, channel=channel, note=pitch, time=tick - at))
            at = tick
        file.tracks.append(track)
    if form == 0:
        file.tracks = [mido.merge_tracks(file.tracks)]
    out = BytesIO()
    file.save(file=out)
    return out.getvalue()


TUNE = ((0, 1, 60), (1, 0.5, 62), (1.5, 0.5, 64), (2, 2, 67))


def read(data: bytes, **wanted: object) -> tuple[Note, ...]:
    plain = {"track": "", "bars": None, "metre": COMMON_TIME, "pickup": 0, "key": C_MAJOR}
    return notes_from(data, Taken(**{**plain, **wanted})).written.notes  # type: ignore[arg-type]


def line_of(notes: tuple[Note, ...]) -> list[tuple[float, float, tuple[str, ...]]]:
    """(beat, beats, degrees) of each note: 5 is "5", an octave up "5'", a raised one "#5"."""
    return [
        (note.onset / QUARTER, note.length / QUARTER, tuple(map(_said, note.tones)))
        for note in notes
    ]


def _said(tone: object) -> str:
    assert isinstance(tone, Degree)
    signs = "#" * tone.alter if tone.alter > 0 else "b" * -tone.alter
    return f"{signs}{tone.step + 1}{tone.octave:+d}".removesuffix("+0")


# -- what notes become -----------------------------------------------------------------------------


def test_notes_are_the_same_as_if_they_were_written() -> None:
    written = parse_notes("1q 2e 3e 5h", metre=COMMON_TIME)
    found = notes_from(midi(("a", TUNE)), Taken("", None, COMMON_TIME, 0, C_MAJOR)).written
    plain = [note._replace(column=0) for note in written.notes]
    assert (list(found.notes), found.length) == (plain, written.length)


def test_pitches_become_degrees_of_the_scores_key() -> None:
    d_minor = Key(1, 0, MODES["minor"])
    line = [(n, 1, pitch) for n, pitch in enumerate((62, 61, 65, 66, 68, 74, 57))]
    degrees = [tones for _, _, tones in line_of(read(midi(("a", line)), key=d_minor))]
    assert degrees == [("1",), ("#7-1",), ("3",), ("#3",), ("#4",), ("1+1",), ("5-1",)]


@given(
    st.integers(0, 127),
    st.builds(Key, st.integers(0, 6), st.integers(-1, 1), st.sampled_from([*MODES.values()])),
)
def test_every_pitch_has_a_degree_in_every_key(pitch: int, key: Key) -> None:
    degree = degree_of(pitch, key)
    assert 0 <= degree.step < key.mode.size
    sounds = tonic_pitch(key).midi + key.mode.steps[degree.step] + degree.alter
    assert sounds + 12 * degree.octave == pitch, f"in {LETTERS[key.letter]}"


def test_a_chord_where_onsets_coincide() -> None:
    data = midi(("a", [(0, 2, 60), (0, 2, 64), (0, 2, 67), (2, 2, 65)]))
    assert line_of(read(data)) == [(0, 2, ("1", "3", "5")), (2, 2, ("4",))]


def test_legato_is_trimmed_and_a_breath_is_no_rest_but_staccato_is_short() -> None:
    line = [(0, 1.04, 60), (1, 0.95, 62), (2, 0.5, 64), (3, 0.95, 65)]
    assert line_of(read(midi(("a", line)))) == [
        (0, 1, ("1",)),
        (1, 1, ("2",)),
        (2, 0.5, ("3",)),
        (3, 1, ("4",)),
    ]


@pytest.mark.parametrize("resolution", [24, 96, 480, 960, 5040])
def test_times_are_exact_where_the_resolution_divides(resolution: int) -> None:
    triplets = [(n / 3, 1 / 3, 60 + n) for n in range(12)]
    notes = read(midi(("a", triplets), resolution=resolution))
    assert [note.onset for note in notes] == [n * QUARTER // 3 for n in range(12)]
    assert {note.length for note in notes} == {QUARTER // 3}


def test_other_resolutions_are_rounded_to_the_nearest_tick() -> None:
    notes = read(midi(("a", [(0, 1, 60), (13 / 17, 3, 62)]), resolution=17))
    assert notes[1].onset == round(Fraction(13, 17) * QUARTER)


# -- which bars ------------------------------------------------------------------------------------


LONG = [(n, 1, 60 + n) for n in range(12)]


@pytest.mark.parametrize(
    ("bars", "pitches", "count"), [((1, 1), 4, 1), ((2, 3), 8, 2), ((1, 3), 12, 3), ((3, 3), 4, 1)]
)
def test_bars_are_picked(bars: tuple[int, int], pitches: int, count: int) -> None:
    wanted = Taken("", bars, COMMON_TIME, 0, C_MAJOR)
    found = notes_from(midi(("a", LONG)), wanted).written
    assert len(found.notes) == pitches
    assert (found.notes[0].onset, found.length) == (0, count * COMMON_TIME.bar)


def test_the_length_is_whole_bars_and_empty_bars_before_the_first_note_are_left_out() -> None:
    wanted = Taken("", None, COMMON_TIME, 0, C_MAJOR)
    found = notes_from(midi(("a", [(9, 1, 60), (12, 1, 62)])), wanted).written
    assert [note.onset // QUARTER for note in found.notes] == [1, 4]
    assert found.length == 2 * COMMON_TIME.bar
    over = notes_from(midi(("a", [(0, 4.05, 60)])), wanted).written
    assert over.length == COMMON_TIME.bar


@pytest.mark.parametrize(
    ("line", "metre"),
    [
        ([(0, 1, 67), (1, 4, 60)], "0 1/4, 1 4/4"),  # a short first bar, as notation programs write
        ([(0, 1, 67), (1, 4, 60)], ""),
        ([(3, 1, 67), (4, 4, 60)], "0 4/4"),  # at the end of the first bar, as sequencers do
        ([(11, 1, 67), (12, 4, 60)], ""),
    ],
)
def test_an_upbeat_comes_before_the_first_full_bar(line: Line, metre: str) -> None:
    notes = read(midi(("a", line), metre=metre), pickup=QUARTER)
    assert line_of(notes) == [(-1, 1, ("5",)), (0, 4, ("1",))]


def test_picked_bars_take_their_upbeat_along() -> None:
    notes = read(midi(("a", LONG)), pickup=QUARTER, bars=(2, 2))
    assert [note.onset // QUARTER for note in notes] == [-1, 0, 1, 2, 3]


# -- which track -----------------------------------------------------------------------------------

TWO = midi(("Flöte", TUNE), ("cello", [(0, 4, 48)]), ("drums", [(0, 1, 36)]), metre="0 4/4")


@pytest.mark.parametrize(
    ("track", "pitch"),
    [("Flöte", "1"), ("cello", "1-1"), ("CELLO", "1-1"), ("2", "1"), ("3", "1-1")],
)
def test_a_track_by_name_or_number(track: str, pitch: str) -> None:
    assert line_of(read(TWO, track=track))[0][2] == (pitch,)


def test_a_file_of_one_track_has_its_channels() -> None:
    one = midi(("a", TUNE), ("b", [(0, 4, 48)]), form=0)
    assert line_of(read(one, track="2")) == [(0, 4, ("1-1",))]


# -- errors ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "wanted", "key", "said"),
    [
        (b"", {}, "file", "this is no MIDI file"),
        (b"<?xml version='1.0'?><score-partwise/>", {}, "file", "only MIDI files are read"),
        (b"PK\x03\x04mxl", {}, "file", "only MIDI files are read"),
        (b"MThd", {}, "file", "the MIDI file is broken (it ends too early)"),
        (b"MThd\0\0\0\6\0\1\0\1\xe7\x28MTrk\0\0\0\4\0\xff\x2f\0", {}, "file", "frames of film"),
        (midi(("a", TUNE))[:-9], {}, "file", "the MIDI file is broken"),
        (b"MThd\0\0\0\6\0\1\0\1\1\xe0MTrk\0\0\xff\xff" + b"\xff" * 9000, {}, "file", "no end"),
        (b"MThd\0\0\0\6\0\1\0\1\1\xe0MTrk\0\0\0\x0c" + b"\xff" * 8 + b"\x7f\x90\x3c\x40",
         {}, "file", "the MIDI file is broken"),
        (midi(("drums", [(0, 1, 36)])), {}, "file", "no track of it has notes"),
        (midi(("a", ())), {}, "file", "no track of it has notes"),
        (midi(("a", [(9000, 1, 60)])), {}, "file", "longer than 2000 bars"),
        (TWO, {}, "file", 'say which, track: …; tracks with notes are 2 "Flöte", 3 "cello"'),
        (TWO, {"track": "celo"}, "track", 'did you mean "cello"?'),
        (TWO, {"track": "1"}, "track", 'there is no track "1" with notes'),
        (midi(("a", TUNE), ("a", TUNE)), {"track": "a"}, "track", "give the number"),
        (midi(("a", LONG)), {"bars": (3, 8)}, "bars", "the file has only 3 bars of 4/4"),
        (midi(("a", [(8, 1, 60)])), {"bars": (1, 2)}, "bars", "track 1 \"a\" has no notes there"),
        (midi(("a", [(1.5, 1, 60)])), {"pickup": QUARTER}, "pickup", "bar 1, beat 2.5"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said(
    data: bytes, wanted: dict[str, object], key: str, said: str
) -> None:
    with pytest.raises(FileFault) as caught:
        read(data, **wanted)
    assert (caught.value.key, said in str(caught.value)) == (key, True), str(caught.value)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_hostile_bytes_are_notes_or_a_fault(data: st.DataObject) -> None:
    """Whatever is done to a file, it is never another error."""
    whole = bytearray(midi(("a", TUNE), ("b", LONG), metre="0 4/4"))
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(4, len(whole) - 1))
        whole[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    track = data.draw(st.sampled_from(("", "2")))
    notes: tuple[Note, ...] = ()
    fault = ""
    try:
        notes = read(bytes(whole), track=track)
    except FileFault as refused:
        fault = str(refused)
    assert bool(notes) != bool(fault)
    assert len(fault) < 2000
    assert all(note.length > 0 for note in notes)
    assert [note.onset for note in notes] == sorted({note.onset for note in notes})


# -- in a score ------------------------------------------------------------------------------------

SCORE = """score: 1
time: {metre: 4/4, key: C major}
motifs:
  walk:
    file: music/walk.mid
    must keep: 1
    each time: [as written, {op}]
    states:
      lost: {vary: [inversion about 1]}
"""


def folder(tmp_path: Path, text: str, data: bytes | None = None) -> Path:
    (tmp_path / "music").mkdir(exist_ok=True)
    (tmp_path / "score.yaml").write_text(text, encoding="utf-8")
    if data is not None:
        (tmp_path / "music" / "walk.mid").write_bytes(data)
    return tmp_path


def loaded(tmp_path: Path, text: str, data: bytes) -> LoadedScore:
    return load_score(folder(tmp_path, text, data))


def errors(tmp_path: Path, text: str, data: bytes | None) -> list[str]:
    with pytest.raises(ScoreError) as caught:
        load_score(folder(tmp_path, text, data))
    return [f"{p.line}:{p.column}: {p.text}" for p in caught.value.problems]


def small(keys: str) -> str:
    return f"score: 1\nmotifs:\n  walk: {{{keys}}}\n"


def test_it_plays_as_if_it_were_written(tmp_path: Path) -> None:
    """States, `each time` and `must keep` work on it."""
    text = SCORE.replace("{op}", "retrograde").replace("inversion about 1", "transpose +2 steps")
    from_file = loaded(tmp_path, text, midi(("a", TUNE)))
    assert not from_file.not_yet
    assert not from_file.notes
    written = load_score(
        folder(tmp_path, text.replace("file: music/walk.mid", "notes: 1q 2e 3e 5h"))
    )
    mine, theirs = from_file.score.motifs["walk"], written.score.motifs["walk"]
    assert [n._replace(column=0) for n in theirs.notes] == list(mine.notes)
    assert (mine.states, mine.each_time, mine.must_keep) == (
        theirs.states,
        theirs.each_time,
        theirs.must_keep,
    )
    for seconds in (9.0, 60.0):
        heard, asked = (
            Heard(tuple(Performance(s.score).advance(seconds))) for s in (from_file, written)
        )
        assert heard.notes() == asked.notes()


def test_the_files_bytes_are_a_part_of_the_scores_hash(tmp_path: Path) -> None:
    text = small("file: music/walk.mid")
    one = loaded(tmp_path, text, midi(("a", TUNE))).score.hash
    other = loaded(tmp_path, text, midi(("a", LONG))).score.hash
    assert len({one, other, loaded(tmp_path, text, midi(("a", TUNE))).score.hash}) == 2


@pytest.mark.parametrize(
    ("keys", "data", "expected"),
    [
        ("file: music/wlk.mid", midi(("a", TUNE)),
         '3:16: "music/wlk.mid" cannot be read: there is no such file; did you mean "walk.mid"?'),
        ("file: ../walk.mid", None,
         '3:16: "../walk.mid" cannot be read: it must lie under the score\'s folder and be named'
         " from there, as a/b.yaml"),
        ("file: music", None,
         '3:16: "music" cannot be read: this is a folder; name the file in it'),
        ("file: music/walk.mid", b"\0" * 300_000,
         '3:16: "music/walk.mid" cannot be read: it is larger than 256 KiB'),
        ("file: music/walk.mid", b"\xff\xfe hello",
         "3:16: music/walk.mid: this is no MIDI file, whatever its name says; export it as .mid"
         " again"),
        ("file: music/walk.mid, track: 7", midi(("a", TUNE)),
         '3:39: there is no track "7" with notes; tracks with notes are 1 "a"'),
        ("file: music/walk.mid, bars: 2..9", midi(("a", LONG)),
         "3:38: the file has only 3 bars of 4/4"),
        ("notes: 1w, bars: 1..2", None,
         "3:9: bars: says what to take from a file, and there is no file:"),
        ("notes: 1w, file: music/walk.mid", midi(("a", TUNE)),
         "3:9: a motif needs notes: or a file:, one of the two"),
    ],
)  # fmt: skip
def test_errors_have_their_place(
    tmp_path: Path, keys: str, data: bytes | None, expected: str
) -> None:
    assert errors(tmp_path, small(keys), data) == [expected]


def test_what_is_hardly_meant_is_said(tmp_path: Path) -> None:
    two = midi(("a", [(0, 4, 48), (1, 1, 60), (2, 1, 62)]), metre="0 3/4")
    notes = [p.text for p in loaded(tmp_path, small("file: music/walk.mid"), two).notes]
    assert notes == [
        "music/walk.mid: the file is written in 3/4 and read in bars of 4/4; write metre: 3/4 if"
        " that is meant",
        'music/walk.mid: track 2 "a" holds several lines at once: a note ends where the next'
        " begins; pick a track with one line",
    ]


def test_part_is_read_and_listed_only(tmp_path: Path) -> None:
    read_only = loaded(tmp_path, small("file: music/walk.mid, part: Flute"), midi(("a", TUNE)))
    assert [p.text for p in read_only.not_yet] == ["understood, not yet performed: part"]


# -- there and back --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "notes",
    [
        "1q 2e 3e 5h",
        "1q. 2e t3(3e 4 5) 4#q | rq 3bh 7-q",
        "1h 3+q. 2s 1s | <1 3 5>w",
        "1s 2 3 4 5 4 3 2 1e rq. rh",
    ],
)
def test_what_was_rendered_reads_back_the_same(tmp_path: Path, notes: str) -> None:
    score = builders.score(
        motifs=[builders.motif("tune", notes)],
        palettes=[builders.palette("p", {"lead": "violin"})],
    )
    motif = score.motifs["tune"]
    seconds = motif.length / QUARTER
    path = tmp_path / "out.mid"
    output = MidiFileOutput(path, ("violin",))
    output.open()
    performance = Performance(score)
    events = [*performance.advance(seconds), *performance.finish()]
    for event in events:
        output.send(event)
    output.close()
    assert any(isinstance(event, Attack) for event in events)
    back = read(path.read_bytes())
    assert line_of(back) == line_of(tuple(n._replace(tones=n.tones) for n in motif.notes))
