"""Auditions: what is heard one after the other, in which notes, and by whom (S9, S12, S17)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

import pytest
from mido import MidiFile
from tests.regenerate import ROOT

from leitmotor.errors import CueError
from leitmotor.messages import Attack, Distance, Event, Room
from leitmotor.music.length import bars
from leitmotor.music.scale import MINOR
from leitmotor.outputs.memory import MemoryOutput
from leitmotor.outputs.midi_file import MidiFileOutput
from leitmotor.run.audition import Audition, Item, audition
from leitmotor.run.plan import PlayPlan
from leitmotor.run.render import render_plan
from leitmotor.run.repertoire import asked, checked_palettes
from leitmotor.score.compiled import Choice, CompiledScore
from leitmotor.score.load import load_score
from leitmotor.testing import builders

Notes: TypeAlias = list[tuple[float, str]]
"""(seconds from the item's first note, pitch) of what one item sounds."""


SCORE = """\
score: 1
time: {tempo: 60, key: C major}
palettes:
  warm: {lead: violin, bed: strings}
  brass: {lead: horn, pulse: harp}
  thin: {lead: {in turn: [flute, oboe]}}
characters:
  mara: {motif: mara, arc: [lost, proud]}
  ilan: {motif: ilan, palette: thin}
places: {sea: {motif: tide, reverb: hall 3 s, distance: 8 m}}
motifs:
  mara:
    notes: 1q 2 3 5
    loop: true
    each time: [as written, transpose 1 steps]
    states: {lost: {vary: augment 2}, proud: {mode: minor, palette: brass}}
  ilan: {pickup: 1 beat, notes: 5-q | 3h 1h}
  tide: {role: bed, notes: 1w | 5w}
figures: {waves: {role: pulse, notes: k1e k5 k3 k5 k1 k5 k3 k5}}
harmony: {home: I | V}
states: {calm: {palette: warm, harmony: home, rest: 2 bars}}
passages: {song: {parts: {lead: 1w | 5w}, at: {bar 2: go one}, then: again}}
stingers: {blow: {pickup: 1 beat, notes: 5-q | 1w, duck: -6 dB, then: go one, cooldown: 20 s}}
scenes: [{id: one, place: sea, who: [mara, ilan], state: calm}]
cues:
  sung: {number: 1, do: [passage song, then stinger blow]}
"""


@pytest.fixture
def score(tmp_path: Path) -> CompiledScore:
    """60 bpm in C major: mara in an arc, ilan with an upbeat, tide in the bed; three palettes."""
    path = tmp_path / "score.yaml"
    path.write_text(SCORE)
    return load_score(path).score


def _heard(
    score: CompiledScore, *names: str, palettes: Sequence[str] = (), times: int = 1
) -> tuple[Audition, list[Notes], list[Event]]:
    """An audition, the notes of each of its items, and all events."""
    made = audition(score, asked(score, names), palettes, times)
    output = MemoryOutput()
    render_plan(PlayPlan(made.score, script=made.script), [output])
    return made, [_notes(item, output.events) for item in made.items], output.events


def _notes(item: Item, events: Sequence[Event]) -> Notes:
    return [
        (round(event.seconds - item.begins, 6), event.spelling)
        for event in events
        if isinstance(event, Attack) and item.begins <= event.seconds < item.ends
    ]


def test_without_names_every_character_in_every_state_then_the_other_motifs(
    score: CompiledScore,
) -> None:
    made, notes, events = _heard(score)
    assert [item.label for item in made.items] == [
        "mara as written", "mara as lost", "mara as proud", "ilan", "tide",
    ]  # fmt: skip
    assert [item.number for item in made.items] == [1, 2, 3, 4, 5]
    assert all(notes)
    assert sum(map(len, notes)) == sum(isinstance(event, Attack) for event in events)


def test_s17_each_state_sounds_its_own_notes_and_looping_motifs_once(score: CompiledScore) -> None:
    """`each time` begins anew for each, so that states can be compared."""
    _, (written, lost, proud), _ = _heard(score, "mara")
    assert written == [(0.0, "C4"), (1.0, "D4"), (2.0, "E4"), (3.0, "G4")]
    assert lost == [(0.0, "C4"), (2.0, "D4"), (4.0, "E4"), (6.0, "G4")]
    assert [pitch for _, pitch in proud] == ["C4", "D4", "Eb4", "G4"]


def test_s9_who_plays_what_is_at_home(score: CompiledScore) -> None:
    """Arc state, then character, then story state; a place's motif keeps its role."""
    made, _, _ = _heard(score)
    assert [(item.palette, item.players) for item in made.items] == [
        ("warm", ("violin",)),
        ("warm", ("violin",)),
        ("brass", ("horn",)),
        ("thin", ("flute",)),
        ("warm", ("strings",)),
    ]


def test_palettes_change_the_instruments_and_nothing_else(score: CompiledScore) -> None:
    made, (a, b, c, d), events = _heard(
        score, "mara as lost", "mara as proud", palettes=["warm", "brass"]
    )
    assert [item.label for item in made.items] == [*["mara as lost"] * 2, *["mara as proud"] * 2]
    assert [item.players for item in made.items] == [("violin",), ("horn",)] * 2
    assert a == b
    assert c == d != a
    channels = {event.voice.channel for event in events if isinstance(event, Attack)}
    assert len(channels) == 2


def test_rests_of_a_beat_and_pickups_with_their_room(score: CompiledScore) -> None:
    made, (_, upbeat), _ = _heard(score, "mara as written", "ilan")
    mara, ilan = made.items
    assert upbeat == [(0.0, "G4"), (1.0, "E5"), (3.0, "C5")]  # where a flute has them
    assert mara.begins == 0.0
    assert ilan.begins - mara.ends == pytest.approx(1.0, abs=1e-3)
    first, (alone,), _ = _heard(score, "ilan")
    assert alone == upbeat
    assert first.items[0].begins < 0.3


def test_at_a_fast_tempo_the_rest_is_no_shorter_than_can_be_heard(score: CompiledScore) -> None:
    quick = replace(score, defaults=replace(score.defaults, tempo=240.0))
    made, _, _ = _heard(quick, "mara as written", "mara as lost")
    gap = made.items[1].begins - made.items[0].ends
    assert 0.8 <= gap < 0.9


def test_a_palette_is_shown_role_by_role_then_together(score: CompiledScore) -> None:
    made, (lead, bed, both), _ = _heard(score, "warm")
    assert [item.label for item in made.items] == ["lead alone", "bed alone", "all together"]
    assert [pitch for _, pitch in lead] == ["C4", "D4", "E4", "G4"]
    assert [at for at, _ in bed] == [0.0, 0.0, 0.0, 4.0, 4.0, 4.0]
    assert {item.players for item in made.items[:2]} == {("violin",), ("strings",)}
    assert {pitch for _, pitch in both} > {pitch for _, pitch in lead}


def test_figures_passages_and_stingers_come_to_an_end(score: CompiledScore) -> None:
    made, (waves, song, blow), _ = _heard(score, "waves", "song", "blow")
    assert [item.label for item in made.items] == ["figure waves", "passage song", "stinger blow"]
    assert len(waves) == 16  # two bars, over two chords
    assert waves[0][1] == "C3"
    assert waves[8][1] == "G3"
    assert song == [(0.0, "C4"), (4.0, "G4")]
    assert blow == [(0.0, "G3"), (1.0, "C4")]


def test_several_times(score: CompiledScore) -> None:
    """The second statement is varied as `each time` says."""
    _, (twice,), _ = _heard(score, "mara as written", times=2)
    assert [pitch for _, pitch in twice] == ["C4", "D4", "E4", "G4", "D4", "E4", "F4", "A4"]
    _, (waves,), _ = _heard(score, "waves", times=2)
    assert len(waves) == 32


def test_what_stands_in_the_scene_holds_and_its_story_does_not(score: CompiledScore) -> None:
    """Key and tempo are those of the first scene with it; its cues and lengths lead nowhere."""
    calm = replace(score.states["calm"], tempo=120.0, key=builders.C_MAJOR.in_mode(MINOR))
    short = replace(score.scenes[0], length=bars(1), at=0.5)
    made, (notes,), _ = _heard(
        replace(score, states={"calm": calm}, scenes=(short,)), "mara as written"
    )
    assert notes == [(0.0, "C4"), (0.5, "D4"), (1.0, "Eb4"), (1.5, "G4")]
    assert made.items[0].ends == 2.0


def test_its_place_lends_its_room_and_distance(score: CompiledScore) -> None:
    _, _, events = _heard(score, "mara as written")
    assert [event.name for event in events if isinstance(event, Room)] == ["hall"]
    assert 8.0 in [event.metres for event in events if isinstance(event, Distance)]


def test_choices_in_turn_give_their_first(score: CompiledScore) -> None:
    row = Choice(("brass", "warm"), "state calm palette")
    calm = replace(score.states["calm"], palette=row)
    made, _, _ = _heard(replace(score, states={"calm": calm}), "mara as written", "mara as lost")
    assert [item.palette for item in made.items] == ["brass", "brass"]


def test_a_midi_file_holds_the_same_notes_with_a_marker_for_each(
    score: CompiledScore, tmp_path: Path
) -> None:
    made = audition(score, asked(score, ["mara"]))
    path = tmp_path / "mara.mid"
    output = MemoryOutput()
    plan = PlayPlan(made.score, script=made.script)
    render_plan(plan, [output, MidiFileOutput(path, tuple(score.instruments), "mara")])
    file = MidiFile(path)
    played = [each.note for each in file if each.type == "note_on" and each.velocity]
    assert played == [event.pitch for event in output.events if isinstance(event, Attack)]
    markers = [each.text for each in file if each.type == "marker"]
    assert [text for text in markers if "before" not in text and "end" not in text] == [
        "scene 1 mara as written, warm",
        "scene 2 mara as lost, warm",
        "scene 3 mara as proud, brass",
    ]


def test_a_score_that_has_nothing_but_a_motif() -> None:
    bare = builders.score(motifs=[builders.motif("tune", "1q 2 3 5")])
    made, (notes,), _ = _heard(bare)
    assert made.items[0].players == ("piano",)
    assert len(notes) == 4


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "marra",
            "there is no thing called `marra`; did you mean `mara`? To listen to:",
        ),
        ("mara as prouder", "mara has no state `prouder`; did you mean `proud`?"),
        ("figure wavs", "there is no figure called `wavs`; did you mean `waves`?"),
        ("xyzzy", "there is no thing called `xyzzy`. To listen to: characters mara, ilan; motifs"),
    ],
)
def test_unknown_names_are_told_with_the_nearest_and_the_list(
    score: CompiledScore, name: str, said: str
) -> None:
    with pytest.raises(CueError) as caught:
        asked(score, [name])
    assert str(caught.value).startswith(said)


def test_names_that_several_things_bear(score: CompiledScore) -> None:
    """All of them, but the character stands for its motif; the kind says which."""
    both = replace(score, figures={"warm": replace(score.figures["waves"], name="warm")})
    assert [s.label for s in asked(both, ["warm"])][-1] == "figure warm"
    assert [s.label for s in asked(both, ["figure warm"])] == ["figure warm"]
    assert [s.label for s in asked(both, ["motif ilan", "mara as written"])] == [
        "ilan",
        "mara as written",
    ]


def test_a_palette_without_the_role_is_left_out_and_said(score: CompiledScore) -> None:
    made, _, _ = _heard(score, "tide", palettes=["warm", "brass"])
    assert made.left_out == ("tide in brass: brass has no bed",)
    with pytest.raises(CueError, match="nobody would play: tide in brass: brass has no bed"):
        audition(score, asked(score, ["tide"]), ["brass"])
    with pytest.raises(CueError, match="no palette `warn`; did you mean `warm`"):
        checked_palettes(score, ["warn"])


def test_nothing_to_listen_to() -> None:
    with pytest.raises(CueError, match="test has no motif to listen to"):
        asked(builders.score(), [])


@pytest.mark.parametrize("piece", ["harbour", "kitchen", "meadow"])
def test_whatever_a_piece_declares_can_be_heard(piece: str) -> None:
    score = load_score(ROOT / "scores" / piece).score
    names = [
        *(f"motif {name}" for name in score.motifs),
        *(f"palette {name}" for name in score.palettes),
        *(f"figure {name}" for name in score.figures),
        *(f"passage {name}" for name in score.passages),
        *(f"stinger {name}" for name in score.stingers),
    ]
    made = audition(score, asked(score, names))
    assert [item.label for item in made.items if not item.players] == []
    assert all(a.ends < b.begins for a, b in pairwise(made.items))
    assert max(item.ends - item.begins for item in made.items) < 60.0
