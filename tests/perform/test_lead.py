"""S12, S13: the lead is one line, and who is on it. A quarter is a second, a bar four."""

from __future__ import annotations

import pytest

from leitmotor.messages import Outcome
from leitmotor.music.length import bars
from leitmotor.music.metre import Metre
from leitmotor.music.time import QUARTER
from leitmotor.music.transform_text import parse_operation
from leitmotor.score.compiled import Character, CompiledScore, Motif, MotifState, Place, Scene
from leitmotor.testing import builders
from leitmotor.testing.listening import Heard, hear, shown

TUNES = (
    builders.motif(
        "mara", "1q 2 3 4", states={"lost": MotifState("lost"), "found": MotifState("found")}
    ),
    builders.motif("ilan", "5q 4 3 2"),
    builders.motif("quill", "1+q 7 6 5"),
    builders.motif("stray", "3w"),
)
PEOPLE = (
    Character("mara", "mara", "", ("lost", "found")),
    Character("ilan", "ilan", "", ()),
    Character("quill", "quill", "", ()),
)


def story(
    *who: str, breathe: int = 1, rest: int = 2, motifs: tuple[Motif, ...] = TUNES
) -> CompiledScore:
    return builders.score(
        motifs=motifs,
        characters=PEOPLE,
        palettes=[builders.palette("solo", {"lead": "piano", "counter": "harp", "colour": "horn"})],
        states=[builders.state("calm", palette="solo")],
        scenes=[Scene("quay", "", who, "calm"), Scene("sea", "", who[::-1], "calm")],
        breathe=bars(breathe),
        rest=bars(rest),
    )


def statements(heard: Heard) -> str:
    """Who began to lead, and when."""
    return ", ".join(f"{shown(seconds)} {what}" for seconds, what in heard.changes("lead"))


# -- the rotation ----------------------------------------------------------------------------------


def test_s12_the_characters_present_state_in_order_then_the_lead_rests() -> None:
    heard = hear(story("mara", "ilan"), until=30.0)
    assert statements(heard) == "0 mara as lost, 8 ilan, 20 mara as lost, 28 ilan"


def test_s12_breathe_is_rounded_up_to_a_bar_line() -> None:
    motifs = (builders.motif("mara", "1q 2"), *TUNES[1:])
    heard = hear(story("mara", "ilan", motifs=motifs), until=20.0)
    assert statements(heard) == "0 mara, 8 ilan"


def test_s12_without_breath_statements_follow_at_the_next_bar_line() -> None:
    heard = hear(story("mara", "ilan", breathe=0, rest=0), until=13.0)
    assert statements(heard) == "0 mara as lost, 4 ilan, 8 mara as lost, 12 ilan"


def test_s12_a_metre_change_keeps_the_rotation_on_bar_lines() -> None:
    heard = hear(story("mara", "ilan"), (5.0, "metre 3/4"), until=16.0)
    starts = [seconds for seconds, _ in heard.changes("lead")]
    assert set(starts) <= {seconds for _, seconds in heard.bars()}


# -- motif -----------------------------------------------------------------------------------------


def test_s12_motif_takes_the_lead_and_cuts_the_sounding_note() -> None:
    heard = hear(story("mara", "ilan"), (2.25, "motif stray at now"), until=6.0)
    assert heard.spans("lead")[2] == (2.0, 2.25, "E4")
    assert heard.notes("lead") == "0 C4, 1 D4, 2 E4, 2.25 E4"


def test_s12_the_answer_says_what_is_cut() -> None:
    heard = hear(story("mara", "ilan"), (2.25, "motif stray at now"), until=3.0)
    (effect,) = heard.effects("motif stray at now")
    assert "cuts mara as lost" in effect.rule
    (effect,) = hear(story("mara"), (4.0, "motif stray"), until=5.0).effects("motif stray")
    assert "cuts" not in effect.rule


def test_s12_after_a_motif_follows_the_character_after_its_owner() -> None:
    heard = hear(story("mara", "ilan", "quill"), (1.0, "motif ilan"), until=16.0)
    assert statements(heard) == "0 mara as lost, 4 ilan, 12 quill"


def test_s12_after_the_last_owner_rest_comes_first() -> None:
    heard = hear(story("mara", "ilan"), (1.0, "motif ilan"), until=20.0)
    assert statements(heard) == "0 mara as lost, 4 ilan, 16 mara as lost"


def test_s12_after_a_motif_of_nobody_present_follows_who_was_due_before() -> None:
    heard = hear(story("mara", "ilan"), (2.0, "motif stray at now"), until=14.0)
    assert statements(heard) == "0 mara as lost, 2 stray, 12 ilan"
    heard = hear(story("mara", "ilan"), (5.0, "motif stray at now"), until=17.0)
    assert statements(heard) == "0 mara as lost, 5 stray, 16 ilan"


def test_s12_a_motif_belongs_to_its_first_owner_present_and_takes_the_state_of_the_arc() -> None:
    heard = hear(story("ilan"), (0.0, "arc mara = found"), (4.0, "motif mara"), until=6.0)
    attack = heard.attacks(motif="mara")[0]
    assert (attack.cause.character, attack.cause.arc) == ("mara", "found")
    heard = hear(story("ilan"), (4.0, "motif mara as lost"), until=6.0)
    assert heard.attacks(motif="mara")[0].cause.arc == "lost"


def test_s12_a_motif_in_a_role_is_laid_on_top_without_cutting() -> None:
    heard = hear(story("mara"), (1.5, "motif stray in counter at now"), until=4.0)
    assert heard.notes("lead") == "0 C4, 1 D4, 2 E4, 3 F4"
    assert heard.times("counter") == [1.5]


def test_s12_the_same_statement_twice_at_one_boundary_is_already_due() -> None:
    heard = hear(story("mara"), (5.0, "motif ilan"), (6.0, "motif ilan"), until=14.0)
    first, second, third = heard.effects("motif ilan")
    assert (first.outcome, second.outcome) == (Outcome.PLANNED, Outcome.REFUSED)
    assert (third.outcome, third.seconds) == (Outcome.DONE, 8.0)
    assert "already due" in second.rule
    assert heard.times(motif="ilan") == [8.0, 9.0, 10.0, 11.0]


def test_s12_the_same_motif_in_another_role_or_state_is_another_statement() -> None:
    heard = hear(
        story("ilan"),
        (5.0, "motif stray in counter at next bar"),
        (8.0, "motif stray in colour"),
        (8.0, "motif mara as lost"),
        (8.0, "motif mara as found"),
        until=10.0,
    )
    assert heard.times("counter") == heard.times("colour") == [8.0]
    assert {each.cause.arc for each in heard.attacks(motif="mara")} == {"found"}


def test_s12_a_motif_at_the_very_end_of_a_statement_cuts_nothing() -> None:
    heard = hear(story("mara", "ilan"), (4.0, "motif stray at end"), until=20.0)
    assert heard.notes("lead").startswith("0 C4, 1 D4, 2 E4, 3 F4, 4 E4")
    assert statements(heard) == "0 mara as lost, 4 stray, 12 ilan"


# -- enter and leave -------------------------------------------------------------------------------


def test_s12_enter_states_at_the_first_bar_line_at_which_no_statement_runs() -> None:
    heard = hear(story("mara"), (1.0, "enter ilan"), until=6.0)
    assert statements(heard) == "0 mara as lost, 4 ilan"
    heard = hear(story("mara", rest=3), (5.0, "enter ilan"), until=12.0)
    assert statements(heard) == "0 mara as lost, 8 ilan"


def test_s12_enter_waits_for_a_long_statement_and_then_for_a_bar_line() -> None:
    motifs = (builders.motif("mara", "1w 2h"), *TUNES[1:])
    heard = hear(story("mara", motifs=motifs), (1.0, "enter ilan"), until=12.0)
    assert statements(heard) == "0 mara, 8 ilan"


def test_s12_enter_quietly_only_adds() -> None:
    heard = hear(story("mara", rest=1), (1.0, "enter ilan quietly"), until=12.0)
    assert statements(heard) == "0 mara as lost, 8 ilan"
    heard = hear(story(rest=1), (1.0, "enter ilan quietly"), until=30.0)
    assert heard.changes("lead")


def test_s12_leave_lets_the_statement_end() -> None:
    heard = hear(story("mara", "ilan"), (1.0, "leave mara"), until=30.0)
    assert heard.times(motif="mara") == [0.0, 1.0, 2.0, 3.0]
    assert statements(heard) == "0 mara as lost, 8 ilan, 20 ilan"


def test_s12_leave_ends_a_loop_after_the_round_that_runs() -> None:
    motifs = (builders.motif("mara", "1q 2 3 4", times=0), *TUNES[1:])
    heard = hear(story("mara", "ilan", motifs=motifs), (5.0, "leave mara"), until=30.0)
    assert heard.times(motif="mara") == [float(second) for second in range(8)]
    assert heard.times(motif="ilan")[0] == 12.0


def test_s12_leave_of_someone_who_does_not_play_is_at_once() -> None:
    heard = hear(story("mara", "ilan"), (1.0, "leave ilan"), until=24.0)
    assert statements(heard) == "0 mara as lost, 12 mara as lost"


def test_s12_leave_and_enter_again_while_stating() -> None:
    heard = hear(story("mara", rest=1), (1.0, "leave mara"), (2.0, "enter mara"), until=12.0)
    assert statements(heard) == "0 mara as lost, 4 mara as lost"


def test_s12_the_last_one_to_leave_leaves_silence() -> None:
    heard = hear(story("mara"), (1.0, "leave mara"), until=30.0)
    assert heard.times("lead") == [0.0, 1.0, 2.0, 3.0]


def test_s8_presence_lasts_until_the_next_go() -> None:
    heard = hear(story("mara"), (0.5, "enter quill"), (4.5, "go sea"), until=40.0)
    assert {each.cause.motif for each in heard.attacks() if each.seconds >= 8} == {"mara"}


# -- S13 -------------------------------------------------------------------------------------------


def test_s13_without_scenes_every_lead_motif_comes_in_file_order_without_rest() -> None:
    score = builders.score(
        motifs=[
            builders.motif("a", "1q 2 3 4"),
            builders.motif("b", "5q 4 3 2"),
            builders.motif("under", "1w", role="counter"),
        ]
    )
    heard = hear(score, until=20.0)
    assert statements(heard) == "0 a, 8 b, 16 a"
    assert {each.voice.instrument for each in heard.attacks()} == {"piano"}
    assert heard.changes("scene") == [(0.0, "all")]


def test_s13_a_looping_motif_fills_one_phrase_and_yields() -> None:
    motifs = (builders.motif("mara", "1q 2 3 4", times=0), *TUNES[1:])
    heard = hear(story("mara", "ilan", motifs=motifs), until=21.0)
    assert heard.times(motif="mara") == [float(second) for second in range(16)]
    assert heard.times(motif="ilan")[0] == 20.0


def place_score(role: str, who: tuple[str, ...], layers: tuple[str, ...]) -> CompiledScore:
    return builders.score(
        motifs=[TUNES[0], builders.motif("tide", "1h 5h", role=role)],
        figures=[builders.figure("rocking", "bed", "k1q k3 k5 k3")],
        characters=PEOPLE[:1],
        places=[Place("harbour", "tide", "")],
        palettes=[builders.palette("warm", {"lead": "piano", "bed": "string ensemble"})],
        states=[builders.state("calm", palette="warm", layers=layers)],
        scenes=[Scene("quay", "harbour", who, "calm")],
    )


def test_s13_a_places_motif_loops_in_its_own_role() -> None:
    heard = hear(place_score("bed", ("mara",), ("lead", "bed")), until=8.0)
    assert heard.times("bed") == [0.0, 2.0, 4.0, 6.0]


def test_s13_a_figure_that_a_cue_names_replaces_the_places_motif() -> None:
    heard = hear(
        place_score("bed", ("mara",), ("lead", "bed")), (4.0, "figure bed rocking"), until=8.0
    )
    assert heard.times("bed") == [0.0, 2.0, 4.0, 5.0, 6.0, 7.0]


@pytest.mark.parametrize(("who", "motif"), [((), "tide"), (("mara",), "mara")])
def test_s13_a_places_lead_motif_leads_only_when_nobody_is_there(
    who: tuple[str, ...], motif: str
) -> None:
    heard = hear(place_score("lead", who, ("lead",)), until=16.0)
    assert {each.cause.motif for each in heard.attacks()} == {motif}


def test_s13_counter_and_colour_are_silent_without_material() -> None:
    score = builders.score(
        palettes=[builders.palette("p", {"counter": "violin", "colour": "harp", "bass": "cello"})],
        states=[builders.state("calm", palette="p")],
        scenes=[Scene("quay", "", (), "calm")],
    )
    heard = hear(score, until=8.0)
    assert {each.voice.role for each in heard.attacks()} == {"bass"}


def test_s13_without_harmony_the_tonic_triad_stands() -> None:
    score = builders.score(
        palettes=[builders.palette("p", {"bed": "string ensemble"})],
        states=[builders.state("calm", palette="p")],
        scenes=[Scene("quay", "", (), "calm")],
    )
    heard = hear(score, (4.0, "mode minor"), until=8.0)
    assert heard.notes("bed") == "0 C3, 0 E3, 0 G3, 4 C3, 4 Eb3, 4 G3"


def test_s16_a_motif_in_another_metre_runs_across_the_bar_lines() -> None:
    waltz = builders.motif("mara", "1q 2 3 | 4 5 6", metre=Metre(3, 4))
    heard = hear(story("mara", "ilan", motifs=(waltz, *TUNES[1:])), until=16.0)
    assert heard.times(motif="mara") == [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]
    assert heard.times(motif="ilan")[0] == 12.0


def test_s17_an_arc_change_is_heard_from_the_next_statement() -> None:
    heard = hear(story("mara", rest=1), (1.0, "arc mara = found"), until=12.0)
    arcs = [each.cause.arc for each in heard.attacks("lead")]
    assert arcs == ["lost"] * 4 + ["found"] * 4


def test_s17_before_the_first_arc_verb_a_character_is_in_the_first_state() -> None:
    heard = hear(story("mara"), (0.0, "arc mara next"), until=4.0)
    assert heard.changes("arc of mara") == [(0.0, "found")]


def test_s17_the_operations_of_a_statement_are_fixed_when_it_starts() -> None:
    slow = MotifState("lost", vary=(parse_operation("augment 2"),))
    mara = builders.motif("mara", "1q 2 3 4", states={"lost": slow})
    heard = hear(story("mara", motifs=(mara, *TUNES[1:])), (1.0, "arc mara = found"), until=9.0)
    assert heard.times(motif="mara") == [0.0, 2.0, 4.0, 6.0]
    assert heard.attacks()[0].cause.operations == ("augment 2",)


def test_s12_marks_are_passed_by_the_statement_that_carries_them() -> None:
    marked = builders.motif("mara", "1q 2 3 4", marks={"plea": 2 * QUARTER})
    heard = hear(story("mara", "ilan", motifs=(marked, *TUNES[1:])), until=16.0)
    assert heard.changes("marker") == [(2.0, "plea")]
