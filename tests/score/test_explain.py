"""The tables of `explain`: every default that a score uses is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from leitmotor.score.explain import Table, explain
from leitmotor.score.explain_ranks import RANKS
from leitmotor.score.load import load_score
from leitmotor.testing.listening import hear

EXAMPLE = Path(__file__).with_name("worked_example.yaml")


def tables(path: Path) -> dict[str, Table]:
    return {table.title: table for table in explain(load_score(path))}


def row(table: Table, name: str, column: int = 0) -> dict[str, str]:
    found = next(each for each in table.rows if each[column] == name)
    return dict(zip(table.columns, found, strict=True))


@pytest.fixture(scope="module")
def example() -> dict[str, Table]:
    return tables(EXAMPLE)


def test_every_cell_says_something(example: dict[str, Table]) -> None:
    for table in example.values():
        for cells in table.rows:
            assert len(cells) == len(table.columns)
            assert all(cells)


def test_the_smallest_score_shows_every_default(tmp_path: Path) -> None:
    """§8, S13."""
    file = tmp_path / "walk.yaml"
    file.write_text("score: 1\nmotifs: {walk: {notes: 1q 3q 5q 3q | 1w}}\n")
    shown = tables(file)
    assert shown["Piece"].rows == (
        ("title", "walk", "default"),
        ("tempo", "100 bpm", "default"),
        ("metre", "4/4", "default"),
        ("key", "C major", "default"),
        ("phrase", "4 bars", "default"),
        ("breathe", "1 bar", "default"),
        ("rest", "4 bars", "default"),
        ("swing", "50%", "default"),
        ("humanise", "off", "default"),
        ("count in", "1 bar", "default"),
        ("start", "at once; on cue with a cue script or a rig with inputs", "default"),
        ("frame rate", "25", "default"),
        ("timecode starts", "00:00:00:00", "default"),
        ("seed", "0", "default"),
    )
    assert row(shown["Scenes"], "all")["who"] == "every lead motif in turn"
    state = row(shown["States"], "(no state)")
    assert (state["palette"], state["harmony"]) == ("piano for all", "the tonic triad")
    assert row(shown["Motifs"], "walk")["range"] == "C4..G4 in C major"
    (piano,) = shown["Voices"].rows  # its voice for other roles has the same channel
    assert piano[-1] == "1 acoustic grand piano"
    assert set(shown) == {
        "Piece",
        "Scenes",
        "States",
        "Motifs",
        "Voices",
        "Transitions",
        f"Who plays: {RANKS}",
        "Settings and their sources",
    }
    assert shown[f"Who plays: {RANKS}"].rows == (
        ("all", "lead", "motif walk", "piano", "none", "default"),
    )
    assert shown["Settings and their sources"].rows[0] == (
        ("all", "everybody", "tempo", "100 bpm", "default")
    )


def test_given_and_default_are_told_apart(example: dict[str, Table]) -> None:
    assert row(example["Piece"], "tempo") == {"what": "tempo", "value": "88 bpm", "from": "given"}
    assert row(example["Piece"], "seed")["from"] == "default"


def test_states_are_filled_in(example: dict[str, Table]) -> None:
    """S8: what a state leaves open comes from `time:`; `in:` of a progression sets the key."""
    afterglow = row(example["States"], "afterglow")
    assert (afterglow["metre"], afterglow["key"], afterglow["phrase"]) == (
        "4/4",
        "D major",
        "4 bars",
    )
    assert afterglow["figures"] == "bed: rocking"


def test_material_and_players(example: dict[str, Table]) -> None:
    ilan = row(example["Motifs"], "ilan")
    assert (ilan["pickup"], ilan["times"]) == ("1 quarter", "once")
    assert row(example["Motifs"], "ledger")["times"] == "over and over"
    each_time = row(example["Motifs"], "mara")["each time"]
    assert each_time == "as written, ornament turn, thicken thirds"
    harbour = row(example["Palettes"], "harbour")
    assert "lead: in turn: guitar, clarinet" in harbour["players"]
    assert harbour["levels"] == "bed: -4 dB"
    assert row(example["Voices"], "violin") == {
        "instrument": "violin",
        "role": "lead",
        "out": "the default",
        "channel": "1",
        "program": "41 violin",
    }
    assert row(example["Voices"], "drums")["channel"] == "10"


def test_chords_are_spelled_in_the_key_of_their_home(example: dict[str, Table]) -> None:
    """S20."""
    assert row(example["Progressions"], "shadow")["chords"] == "Dm | Eb | Dm | C#dim7"
    assert row(example["Progressions"], "dawn") == {
        "progression": "dawn",
        "key": "D major",
        "chords": "D | Bm | G | A",
    }


def test_cues_and_transitions(example: dict[str, Table]) -> None:
    """S29: a key that an entry lacks comes from `default`."""
    escape = row(example["Cues"], "escape", 1)
    assert escape["fired by"] == "tension above 0.75 for 2 s"
    assert escape["only"] == "while scene files"
    assert row(example["Cues"], "knock", 1)["fired by"] == (
        "midi note 36 channel 10 or press k or GO"
    )
    chase = row(example["Transitions"], "calm -> chase")
    assert (chase["at"], chase["wait at most"], chase["held"], chase["tempo"]) == (
        "next beat",
        "4 s",
        "release",
        "ramp 2 bars",
    )


def test_parameters_and_what_they_drive(example: dict[str, Table]) -> None:
    """S30: with every default; what is not performed yet is left to `check`."""
    tension = row(example["Parameters"], "tension")
    assert (tension["range"], tension["start"], tension["rise"], tension["curve"]) == (
        "0..1",
        "0.1",
        "2 s",
        "smooth",
    )
    assert tension["drives"] == "sharpen ledger, tempo, layer pulse"
    sharp, tempo, layer = (
        dict(zip(example["Mappings"].columns, r, strict=True)) for r in example["Mappings"].rows
    )
    assert sharp["how"] == "0 -> 0, 1 -> 1"
    assert (tempo["how"], tempo["at"]) == ("0 -> x1, 1 -> x1.08", "next beat")
    assert (layer["how"], layer["at"], layer["back"], layer["fade"], layer["while"]) == (
        "on at 0.6, off at 0.4",
        "next bar",
        "next bar",
        "1 bar",
        "state suspicion",
    )


def test_a_palette_that_clamps_a_written_dynamic_is_shown(tmp_path: Path) -> None:
    """S23: what is written, what the palette leaves of it; defaults are nobody's wish."""
    file = tmp_path / "score.yaml"
    file.write_text(
        "score: 1\n"
        "palettes: {cold: {lead: oboe, bed: strings, dynamic: pp..mp}, wide: {lead: oboe}}\n"
        "motifs:\n"
        "  call: {notes: (ff) 1h (p) 2, states: {wild: {dynamic: fff, palette: wide}}}\n"
        "  plain: {notes: 1w}\n"
        "figures: {wave: {role: bed, notes: (ff) k1h k5}}\n"
        "states:\n"
        "  calm: {palette: cold, figures: {bed: wave}}\n"
        "  storm: {palette: cold, dynamic: f}\n"
        "characters: {ann: {motif: call, arc: [mild, wild]}, bob: {motif: plain}}\n"
        "scenes: [{id: hill, who: [ann, bob], state: calm}, {id: sea, who: bob, state: storm}]\n"
        "cues: {on: {do: [go sea, arc ann = wild]}}\n"
    )
    assert tables(file)["Dynamics that a palette holds back"].rows == (
        ("the motif call", "in the state calm", "cold (pp..mp)", "p..ff", "p..mp"),
        ("the motif plain", "in the state storm", "cold (pp..mp)", "f", "mp"),
        ("the figure wave", "in the state calm", "cold (pp..mp)", "ff", "mp"),
    )


# -- ranks (S9) ------------------------------------------------------------------------------------

RANKED = """\
score: 1
time: {metre: 3/4}
palettes:
  dim: {lead: oboe, dynamic: p..mf}
  own: {lead: horn}
  story: {lead: violin, bed: strings}
  house: {lead: flute, bass: cello}
characters:
  mara: {motif: mara, palette: own, arc: [lost, found, solo]}
  ilan: {motif: ilan}
places:
  quay: {palette: house}
motifs:
  mara:
    notes: 1h.
    harmony: home
    states:
      lost: {vary: tempo x1.1, palette: dim, dynamic: ff}
      found: {mode: minor, dynamic: p}
      solo: {vary: on viola}
  ilan: {notes: 5h.}
harmony:
  home: I
  far: {in: D minor, chords: i}
states:
  calm: {palette: story, tempo: 80, harmony: far, dynamic: mp}
  bare: {layers: [bass]}
scenes:
  - {id: shore, place: quay, who: [mara, ilan], state: calm}
  - {id: night, place: quay, who: [ilan], state: bare}
cues:
  on: {do: {in turn: [state calm, state bare]}}
"""


@pytest.fixture
def ranked(tmp_path: Path) -> dict[str, Table]:
    file = tmp_path / "ranked.yaml"
    file.write_text(RANKED)
    return tables(file)


def test_s9_who_wins_each_role_and_from_which_rank(ranked: dict[str, Table]) -> None:
    rows = [row for row in ranked[f"Who plays: {RANKS}"].rows if row[0] in ("shore", "night")]
    assert rows == [
        ("shore", "lead", "mara as lost", "oboe", "dim", "arc state lost"),
        ("shore", "lead", "mara as found", "horn", "own", "character mara"),
        ("shore", "lead", "mara as solo", "viola", "none", "arc state solo"),
        ("shore", "lead", "ilan", "violin", "story", "state calm"),
        ("shore", "bed", "everybody", "strings", "story", "state calm"),
        ("shore", "bass", "everybody", "cello", "house", "place quay"),
        (
            "night",
            "lead",
            "ilan",
            "nobody: lead is not in the layers of bare",
            "house",
            "place quay",
        ),
        ("night", "bass", "everybody", "cello", "house", "place quay"),
    ]


def test_s9_settings_have_a_source(ranked: dict[str, Table]) -> None:
    rows = ranked["Settings and their sources"].rows
    assert [row[1:] for row in rows if row[0] == "shore"] == [
        ("everybody", "tempo", "80 bpm", "state calm"),
        ("everybody", "key", "D minor", "harmony far"),
        ("everybody", "metre", "3/4", "time"),
        ("everybody", "harmony", "far", "state calm"),
        ("everybody", "dynamic", "mp", "state calm"),
        ("mara as lost", "tempo", "x1.1", "arc state lost"),
        ("mara as lost", "harmony", "home", "motif mara"),
        ("mara as lost", "dynamic", "mf", "ff of arc state lost held within p..mf by palette dim"),
        ("mara as found", "key", "mode minor", "arc state found"),
        ("mara as found", "harmony", "home", "motif mara"),
        ("mara as found", "dynamic", "p", "arc state found"),
        ("mara as solo", "harmony", "home", "motif mara"),
    ]
    night = [row[1:] for row in rows if row[0] == "night"]
    assert night[:2] == [
        ("everybody", "tempo", "100 bpm", "default"),
        ("everybody", "key", "C major", "default"),
    ]


def test_states_that_cues_bring_about_are_told_as_well(ranked: dict[str, Table]) -> None:
    scenes = dict.fromkeys(row[0] for row in ranked[f"Who plays: {RANKS}"].rows)
    assert list(scenes) == ["shore", "night", "(state calm)", "(state bare)"]


def test_the_tables_say_what_is_heard(ranked: dict[str, Table], tmp_path: Path) -> None:
    """The players named for the lead are those that the performer gives its notes to."""
    score = load_score(tmp_path / "ranked.yaml").score
    heard = hear(score, until=4.0)
    assert {each.voice.instrument for each in heard.attacks(role="lead")} == {"oboe"}
    assert {each.voice.instrument for each in heard.attacks(role="bass")} == {"cello"}
    assert ranked["Scenes"].rows
