"""Reading whole scores: the worked example (§7), the smallest (§8), a rig (§9), and `like`."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from leitmotor.errors import ScoreError
from leitmotor.messages import AtBar
from leitmotor.music.length import NEXT_BAR, Boundary, Grid, Length, Unit, bars
from leitmotor.music.metre import Metre
from leitmotor.music.scale import MAJOR, MINOR
from leitmotor.score import verbs
from leitmotor.score.compiled import Choice
from leitmotor.score.read import ReadScore, read_rig, read_score, understand
from leitmotor.score.source import parse_source

EXAMPLE = Path(__file__).with_name("worked_example.yaml")


def understood(text: str) -> ReadScore:
    return understand(parse_source(text.encode(), "a.yaml"))


def refused(text: str) -> str:
    with pytest.raises(ScoreError) as caught:
        understood(text)
    return str(caught.value)


@pytest.fixture(scope="module")
def example() -> ReadScore:
    return read_score(EXAMPLE)


def test_time_of_the_worked_example(example: ReadScore) -> None:
    time = example.score.time
    assert (time.tempo, time.metre, time.key) == (88.0, Metre(4, 4), (1, 0, MINOR))
    assert (time.frame_rate, time.first_frame, time.swing) == (Fraction(24), 86_400, 0.5)
    assert (time.count_in, time.phrase, time.start) == (bars(1), bars(4), "on cue")


def test_palettes_with_like_and_roles(example: ReadScore) -> None:
    harbour = example.score.palettes["harbour"]
    assert harbour.roles["lead"] == Choice((("guitar",), ("clarinet",)))
    assert harbour.roles["bed"] == Choice((("strings",),))
    assert (harbour.dynamic, harbour.touch, harbour.levels) == ((2, 5), "legato", {"bed": -4.0})
    assert example.score.palettes["warm"].roles["lead"] == Choice((("violin", "horn"),))


def test_motifs(example: ReadScore) -> None:
    mara, tide = example.score.motifs["mara"], example.score.motifs["tide"]
    assert mara.notes == ("(mp) 1q 2e 3e 5h", "4e 3 2q 1h")
    assert mara.must_keep == {0, 1, 2}
    assert mara.states["lost"].vary == ("fragment 1..4", "augment 2")
    assert (mara.states["lost"].dynamic, mara.states["resolved"].mode) == (1, MAJOR)
    assert (tide.role, tide.octave, tide.loop) == ("bed", 3, 1)
    assert example.score.motifs["ledger"].loop == 0
    assert example.score.motifs["ilan"].pickup == Length(Fraction(1), Unit.BEATS)


def test_states_scenes_and_passages(example: ReadScore) -> None:
    chase = example.score.states["chase"]
    assert chase.metre == Metre(7, 8, (2, 2, 3))
    assert chase.layers == ("lead", "bed", "bass", "pulse")
    assert (chase.figures, chase.parameters) == ({"pulse": Choice(("motor",))}, {"tension": 0.8})
    assert [scene.id for scene in example.score.scenes] == [
        "quay",
        "files",
        "run",
        "asleep",
        "after",
    ]
    lullaby = example.score.passages["lullaby"]
    assert lullaby.marks == {"plea": AtBar(3)}
    assert lullaby.parts["bed"] == ("figure rocking",)
    assert example.score.harmony["dawn"].in_ == (1, 0, MAJOR)
    assert example.score.harmony["home"].chords == ("i | VI | iv | V",)


def test_transitions_and_drama(example: ReadScore) -> None:
    away = example.score.transitions["calm -> chase"]
    assert (away.at, away.key) == (Boundary(Grid.BEAT), "dominant")
    assert away.tempo is not None
    assert away.tempo.length == bars(2)
    assert example.score.hits is not None
    assert [point.at for point in example.score.hits.points] == [7.3, 13.9, 21.25]
    assert example.score.dialogue is not None
    assert (example.score.dialogue.gap, example.score.dialogue.ahead) == (10.0, 0.25)
    betrayed = example.score.relationships["mara & ilan"].statuses["betrayed"]
    assert betrayed.transposed == {"ilan in": "tritone away"}


def test_the_cues_of_the_worked_example_are_read(example: ReadScore) -> None:
    do = example.cues["revelation"].do
    assert isinstance(do, tuple)
    assert [entry.verb for entry in do] == [
        verbs.Swell(bars(2), 6),
        verbs.Silence("breath"),
        verbs.ChordTo("D major"),
        verbs.PlayMotif("mara", "resolved"),
    ]
    assert [(entry.then, entry.at, entry.lasting) for entry in do] == [
        (False, None, None),
        (True, None, None),
        (True, NEXT_BAR, bars(2)),
        (False, NEXT_BAR, None),
    ]
    assert example.warnings == ()


def test_the_smallest_score() -> None:
    """§8."""
    score = understood("score: 1\nmotifs:\n  walk: {notes: 1q 3q 5q 3q | 1w}\n").score
    assert score.motifs["walk"].notes == ("1q 3q 5q 3q | 1w",)
    assert (score.time.tempo, score.time.key) == (100.0, (0, 0, MAJOR))


def test_a_rig_file(tmp_path: Path) -> None:
    """§9: people count channels from 1; a preset is bank/preset."""
    file = tmp_path / "room.yaml"
    file.write_text(
        "rig: 1\n"
        "outputs:\n"
        "  house: {audio: default, rate: 48000, block: 256, loudness: -23 LUFS}\n"
        "  desk: {midi: IAC Bus 1, clock: send, delay: 8 ms}\n"
        "instruments:\n"
        "  violin: {out: desk, channel: 1, program: violin}\n"
        "  strings: {out: house, soundfont: sounds/gm.sf2, preset: 0/48}\n"
        "inputs:\n"
        "  osc: {listen: 127.0.0.1:9000}\n"
        "  midi: {port: nanoKONTROL2}\n"
    )
    rig = read_rig(file)
    assert rig.outputs["house"].loudness == -23.0
    assert rig.outputs["desk"].delay == 0.008
    assert (rig.instruments["violin"].channel, rig.instruments["violin"].program) == (1, 40)
    assert rig.instruments["strings"].preset == (0, 48)
    assert rig.inputs.osc is not None
    assert rig.inputs.osc.listen == ("127.0.0.1", 9000)
    file.write_text("rig: 1\noutputs: {desk: {midi: a, clock: sned}}\n")
    with pytest.raises(ScoreError, match=r'room.yaml:2:34: .*did you mean "send"'):
        read_rig(file)


@pytest.mark.parametrize("key", ["must keep", "must_keep", "must-keep"])
def test_blank_underscore_and_hyphen_are_the_same_in_keys(key: str) -> None:
    """Rule 2."""
    score = understood(f"score: 1\nmotifs: {{walk: {{notes: 1q, {key}: 2}}}}\n").score
    assert score.motifs["walk"].must_keep == {1}


def test_private_keys_are_left_alone() -> None:
    """Rule 9."""
    text = "score: 1\nx-idea: {a: 1}\nmotifs: {walk: {notes: 1q, x-todo: ask Ann}}\n"
    assert understood(text).score.motifs["walk"].notes == ("1q",)


def test_numbers_stay_as_written_where_a_text_is_wanted() -> None:
    score = understood("score: 1\ncues: {a: {number: 1.10, do: stop}}\nmeta: {title: 007}\n").score
    assert (score.cues["a"].number, score.meta.title) == ("1.10", "007")


def test_like_goes_over_several_steps_and_keys_win() -> None:
    """Rule 8: shallow, same kind."""
    text = (
        "score: 1\nstates:\n"
        "  c: {like: b, tempo: 90}\n"
        "  b: {like: a, dynamic: p}\n"
        "  a: {tempo: 60, metre: 3/4, dynamic: f}\n"
    )
    state = understood(text).score.states["c"]
    assert (state.tempo, state.dynamic, state.metre) == (90.0, 2, Metre(3, 4))


def test_a_mistake_in_an_inherited_key_is_said_once_where_it_stands() -> None:
    text = "score: 1\nstates:\n  a: {palette: nowhere}\n  b: {like: a}\n  c: {like: b}\n"
    assert refused(text) == (
        'a.yaml:3:16: there is no palette "nowhere"; the score declares no palette at all'
    )


def test_names_that_hold_a_joining_word_are_warned_of() -> None:
    """Rule 2."""
    [warning] = understood("score: 1\nmotifs: {dusk at sea: {notes: 1q}}\n").warnings
    assert str(warning) == (
        'a.yaml:2:10: the name "dusk at sea" holds "at", which has a meaning in verbs'
    )


def test_an_entry_with_several_mistakes_is_told_all_of_them() -> None:
    said = refused("score: 1\nmappings: [{frm: tension}]\n")
    assert [line.split(": ", 1)[1] for line in said.splitlines()] == [
        'the key "from" is missing here',
        'the key "to" is missing here',
        'there is no key "frm" here; did you mean "from"?',
    ]


def test_places_in_lists_stay_right_when_an_entry_before_them_is_broken() -> None:
    said = refused(
        "score: 1\nscenes:\n  - {who: []}\n  - {id: a, state: clam}\nstates: {calm: {}}\n"
    )
    assert said.splitlines() == [
        'a.yaml:3:5: the key "id" is missing here',
        'a.yaml:4:20: there is no state "clam"; did you mean "calm"?',
    ]
