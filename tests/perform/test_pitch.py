"""S17–S21: late binding, key, harmony and fit. A quarter is a second, a bar four."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leitmotor.messages import Outcome
from leitmotor.music.length import bars
from leitmotor.music.scale import MAJOR, MINOR, MODES, Key
from leitmotor.score.compiled import Character, Choice, CompiledScore, MotifState, Scene
from leitmotor.testing import builders
from leitmotor.testing.listening import hear

D_MAJOR = Key(1, 0, MAJOR)


def song(
    notes: str = "1q 2 3 4 | 5q 4 3 2",
    *,
    chords: str = "I | IV | V | I",
    home: Key | None = None,
    fit: str = "key",
    harmony: str = "",
    key: Key = builders.C_MAJOR,
    must_keep: tuple[int, ...] = (),
    **arc: object,
) -> CompiledScore:
    """One tune over bed and bass."""
    return builders.score(
        motifs=[
            builders.motif(
                "tune",
                notes,
                fit=fit,
                harmony=harmony,
                must_keep=must_keep,
                states={"as it is": MotifState("as it is", **arc)},  # type: ignore[arg-type]
            )
        ],
        palettes=[
            builders.palette("p", {"lead": "piano", "bed": "string ensemble", "bass": "cello"})
        ],
        progressions=[
            builders.progression("home", chords, key=home),
            builders.progression("own", "vi | ii"),
            builders.progression("two a bar", "I V | IV V"),
        ],
        characters=[Character("mara", "tune", "", ("as it is",))],
        states=[builders.state("calm", palette="p", harmony="home")],
        scenes=[Scene("quay", "", ("mara",), "calm")],
        key=key,
        rest=bars(1),
    )


# -- S17, S18 --------------------------------------------------------------------------------------


def test_s17_a_cue_reaches_the_next_note() -> None:
    heard = hear(song(), (1.5, "mode minor at now"), until=5.0)
    assert heard.notes("lead") == "0 C4, 1 D4, 2 Eb4, 3 F4, 4 G4"


def test_s17_the_mode_of_a_motif_state_moves_everybody_for_that_statement() -> None:
    heard = hear(song(mode=MINOR), until=13.0)
    assert heard.notes("lead").startswith("0 C4, 1 D4, 2 Eb4, 3 F4, 4 G4")
    assert heard.notes("bed").startswith("0 C3, 0 Eb3, 0 G3")
    assert heard.changes("key") == [(0.0, "C minor"), (8.0, "C major"), (12.0, "C minor")]


def test_s18_key_waits_for_the_bar_line() -> None:
    heard = hear(song(), (1.5, "key D"), until=5.0)
    assert heard.changes("key") == [(4.0, "D major")]
    assert heard.notes("lead") == "0 C4, 1 D4, 2 E4, 3 F4, 4 A4"


def test_s18_key_at_now_in_mid_note_lets_it_end_and_restrikes_bed_and_bass() -> None:
    heard = hear(song("1h 2h"), (1.0, "key D at now"), until=3.0)
    assert heard.spans("lead") == [(0.0, 1.9, "C4")]
    assert heard.times("bed") == heard.times("bass") == [0.0, 1.0]
    assert heard.spans("bass") == [(0.0, 1.0, "C2")]


@pytest.mark.parametrize(("key", "third"), [("A", "C#4"), ("Eb", "G4"), ("G", "B3"), ("F", "A4")])
def test_s18_the_tonic_moves_the_nearest_way(key: str, third: str) -> None:
    heard = hear(song(), (1.5, f"key {key} at now"), until=2.5)
    assert heard.notes("lead").endswith(f"2 {third}")


def test_s18_the_next_statement_starts_from_its_own_octave() -> None:
    heard = hear(song("1q 2 3 4"), (1.5, "key A at now"), until=9.0)
    assert heard.notes("lead").endswith("2 C#4, 3 D4, 8 A4")


def test_s18_two_keys_at_once_leave_the_later_one() -> None:
    heard = hear(song(), (1.5, "key A at now"), (1.5, "key Eb at now"), until=3.0)
    assert heard.changes("key")[-1] == (1.5, "Eb major")
    assert heard.notes("lead").endswith("2 G4")


# -- S19 -------------------------------------------------------------------------------------------


def test_s19_a_harmony_verb_starts_with_its_first_chord() -> None:
    heard = hear(song(), (5.0, "harmony own"), until=16.0)
    assert heard.notes("bass") == "0 C2, 4 F2, 8 A2, 12 D2"


def test_s19_key_mode_and_palette_do_not_restart_the_progression() -> None:
    heard = hear(song(), (1.0, "key D"), (5.0, "palette p"), until=12.0)
    assert heard.notes("bass") == "0 C2, 4 G2, 8 A2"


def test_s19_several_numerals_share_a_bar() -> None:
    heard = hear(song(chords="I IV V | I"), until=5.0)
    assert heard.notes("bass") == "0 C2, 1 F2, 3 G2, 4 C2"


@pytest.mark.parametrize(
    ("at", "bass"),
    [(1.0, "0 C2, 1 C2, 2 G2, 4 F2"), (3.0, "0 C2, 3 C2, 4 F2"), (2.0, "0 C2, 2 C2, 4 F2")],
)
def test_s19_a_progression_begun_in_mid_bar_still_begins_with_its_first_chord(
    at: float, bass: str
) -> None:
    heard = hear(song(), (at, "harmony two a bar at now"), until=5.0)
    assert heard.notes("bass") == bass


@pytest.mark.parametrize("verb", ["dynamic p", "level bed -3 dB", "mute lead", "tempo 61", "log x"])
def test_s19_a_chord_is_held_whatever_else_changes_in_its_first_bar(verb: str) -> None:
    heard = hear(song(), (1.5, verb), until=3.0)
    assert heard.times("bed") == heard.times("bass") == [0.0]


def test_s19_chord_holds_until_the_progressions_next_chord() -> None:
    heard = hear(song(), (1.5, "chord bII"), until=5.0)
    assert heard.notes("bass") == "0 C2, 2 Db2, 4 F2"


def test_s19_chord_for_t_holds_that_long() -> None:
    heard = hear(song(), (2.0, "chord D major for 2 bars"), until=13.0)
    assert [value for _, value in heard.changes("chord")][-1] == "C"
    assert [e.spelling for e in heard.attacks("bass") if 2 <= e.seconds < 10] == ["D2"]
    assert heard.changes("chord")[-2] == (10.0, "G")


def test_s19_a_chord_that_is_kept_is_struck_by_a_new_scene() -> None:
    heard = hear(
        song(), (2.0, "keep chord D major for 4 bars"), (6.0, "go quay from the top"), until=9.0
    )
    assert heard.notes("bass") == "0 C2, 2 D2, 8 D2"


def test_s19_a_motifs_own_harmony_is_in_force_while_it_leads() -> None:
    heard = hear(song("1q 2 3 4 | 5w", harmony="own"), until=13.0)
    assert heard.notes("bass") == "0 A2, 4 D2, 8 G2, 12 A2"


def test_s19_a_cues_harmony_stands_above_the_motifs_own() -> None:
    heard = hear(song("1q 2 3 4 | 5w", harmony="own"), (1.0, "harmony two a bar"), until=7.0)
    assert heard.notes("bass") == "0 A2, 4 C2, 6 G2"


def test_s19_the_harmony_of_a_motif_may_be_taken_in_turn() -> None:
    score = song("1w")
    tune = replace(score.motifs["tune"], harmony=Choice(("own", "two a bar"), "tune harmony"))
    heard = hear(replace(score, motifs={"tune": tune}), until=12.0)
    assert heard.notes("bass") == "0 A2, 4 F2, 8 C2, 10 G2"


# -- S20 -------------------------------------------------------------------------------------------


def test_s20_chords_diatonic_at_home_become_those_of_the_mode() -> None:
    heard = hear(song(chords="I | vi | IV | V"), (0.0, "mode minor"), until=13.0)
    names = [value for _, value in heard.changes("chord")]
    assert names == ["Cm", "Ab", "Fm", "G"]


def test_s20_in_sets_the_key_and_a_later_key_moves_it_too() -> None:
    heard = hear(song(home=D_MAJOR), (1.0, "key E"), until=8.0)
    assert heard.changes("key") == [(0.0, "D major"), (4.0, "E major")]
    assert heard.notes("bass") == "0 D2, 4 A2"


# -- S21 -------------------------------------------------------------------------------------------


def test_s21_fit_key_is_the_default_and_fit_chord_snaps_on_strong_beats() -> None:
    assert hear(song("2q 2 4 4", chords="I"), until=4.0).notes("lead") == "0 D4, 1 D4, 2 F4, 3 F4"
    snapped = hear(song("2q 2 4 4", chords="I", fit="chord"), until=4.0).attacks("lead")
    assert snapped[0].spelling in ("C4", "E4")
    assert snapped[2].spelling in ("E4", "G4")


def test_s21_notes_that_must_be_kept_are_never_snapped() -> None:
    score = song("2q 2 4 4", chords="I", fit="chord", must_keep=(0, 2))
    assert hear(score, until=4.0).notes("lead") == "0 D4, 1 D4, 2 F4, 3 F4"


@pytest.mark.parametrize(
    "verb", ["mode pentatonic", "mode octatonic", "key D whole-tone", "mode whole-half"]
)
def test_s21_a_mode_of_another_size_is_refused(verb: str) -> None:
    heard = hear(song(), (1.0, verb), until=5.0)
    (effect,) = heard.effects(verb) or [None]
    if effect is None:
        pytest.fail(f"{heard.told(verb)}")
    assert effect.outcome is Outcome.REFUSED
    assert "degrees" in effect.rule
    assert heard.changes("key") == []


def test_s21_a_scene_may_come_in_a_mode_of_another_size() -> None:
    score = builders.score(
        motifs=[builders.motif("tune", "1q 2 3 6")],
        characters=[Character("mara", "tune", "", ())],
        states=[
            builders.state("calm"),
            builders.state("far", key=Key(0, 0, MODES["pentatonic"])),
        ],
        scenes=[Scene("quay", "", ("mara",), "calm"), Scene("isle", "", ("mara",), "far")],
    )
    heard = hear(score, (0.0, "go isle"), until=4.0)
    assert heard.notes("lead") == "0 C4, 1 D4, 2 E4, 3 C5"
