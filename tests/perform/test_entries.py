"""S8–S10: entering, ranks, and what replaces what. A quarter is a second, a bar four."""

from __future__ import annotations

import pytest
from tests.perform.two_scenes import play

from leitmotor.messages import Fire, Outcome, Tempo
from leitmotor.music.length import bars
from leitmotor.music.time import QUARTER
from leitmotor.music.transform_text import parse_operation
from leitmotor.score.compiled import (
    Character,
    CompiledScore,
    MotifState,
    Place,
    Scene,
)
from leitmotor.testing import builders
from leitmotor.testing.listening import Heard, hear


def music(heard: Heard, since: float) -> list[tuple[float, str, str, str, int]]:
    """What is heard from a second on, told from there."""
    return [
        (round(e.seconds - since, 4), e.voice.role, e.voice.instrument, e.spelling, e.velocity)
        for e in heard.attacks()
        if e.seconds >= since
    ]


# -- S8 --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "before",
    [
        "tempo 90",
        "key D",
        "metre 3/4",
        "palette cold",
        "dynamic ppp",
        "level bed out",
        "figure bed rocking",
        "layers bass",
        "mute bed",
        "solo bass",
        "play lead on piano",
        "fade 1 bar",
        "crescendo 1 bar ppp to fff",
        "chord IV",
        "harmony away",
        "enter ilan",
        "leave mara",
        "motif ilan",
    ],
)
def test_s8_a_scene_sounds_the_same_however_it_is_reached(before: str) -> None:
    plain = hear(play(), (8.0, "go home at now"), until=15.9)
    other = hear(play(), (4.0, before), (8.0, "go home at now"), until=15.9)
    assert music(other, 8.0) == music(plain, 8.0)


def test_s8_what_a_cue_keeps_survives_every_go() -> None:
    heard = hear(
        play(), (0.0, "keep palette cold"), (0.0, "keep tempo 120"), (4.0, "go home"), until=9
    )
    assert {e.voice.instrument for e in heard.attacks("lead")} == {"clarinet"}
    assert heard.times("lead")[-1] - heard.times("lead")[-2] == 1.0


def test_s8_undo_takes_back_what_a_cue_changed_and_still_holds() -> None:
    heard = hear(
        play(),
        (0.5, Fire("lasting")),
        (1.0, "keep dynamic f"),
        (1.5, "undo lasting"),
        until=9.0,
    )
    assert "took back palette, tempo" in heard.told("undo lasting")
    assert heard.attacks("lead")[-1].voice.instrument == "violin"
    assert heard.of(Tempo)[-1].bpm == 60.0


def test_s8_undo_leaves_alone_what_another_cue_has_changed_since() -> None:
    heard = hear(
        play(), (0.5, Fire("bright")), (1.0, "palette warm"), (1.5, "undo bright at now"), until=4.0
    )
    assert heard.attacks("lead")[-1].voice.instrument == "violin"
    assert [value for _, value in heard.changes("key")] == []


def test_s8_key_without_a_mode_keeps_the_mode() -> None:
    heard = hear(play(), (0.5, "mode minor at now"), (1.0, "key D at now"), until=2.0)
    assert [value for _, value in heard.changes("key")] == ["C minor", "D minor"]


def test_s8_a_state_keeps_the_lead_and_begins_the_rest_anew() -> None:
    heard = hear(play(), (5.0, "state storm at now"), until=8.0)
    assert [s for s, _ in heard.changes("lead")] == [0.0]
    assert heard.notes("bass") == "0 C2, 4 F2, 5 Eb2, 7 Ab2"
    assert heard.notes("lead") == "0 C4, 2 E4, 4 G4"


def test_s8_go_to_the_present_scene_does_nothing_and_says_so() -> None:
    heard = hear(play(), (1.0, "go quay"), (1.0, "state calm"), until=5.0)
    for what, why in (("go quay", "from the top"), ("state calm", "in force already")):
        (effect,) = heard.effects(what)
        assert effect.outcome is Outcome.REFUSED
        assert why in effect.rule
    assert len(heard.changes("scene")) == 1


def test_s8_from_the_top_restarts_the_scene() -> None:
    heard = hear(play(), (1.0, "go quay from the top"), until=9.0)
    assert heard.notes("lead") == "0 C4, 2 E4, 4 C4, 6 E4, 8 G4"


def test_s8_arcs_persist_beyond_a_go() -> None:
    states = {"lost": MotifState("lost"), "found": MotifState("found")}
    score = builders.score(
        motifs=[builders.motif("mara", "1q 2 3 4", states=states)],
        characters=[Character("mara", "mara", "", ("lost", "found"))],
        scenes=[Scene("quay", "", ("mara",), ""), Scene("sea", "", ("mara",), "")],
    )
    heard = hear(score, (1.0, "arc mara next"), (1.0, "go sea"), until=8.0)
    assert {e.cause.arc for e in heard.attacks() if e.seconds >= 4} == {"found"}


# -- S9 --------------------------------------------------------------------------------------------


def ranks(character: str = "", arc: str = "", story: str = "", place: str = "") -> CompiledScore:
    """A score in which each rank may name a palette."""
    named = {
        "character": "oboe",
        "arc": "flute",
        "story": "violin",
        "place": "horn",
        "cue": "clarinet",
    }
    return builders.score(
        motifs=[
            builders.motif(
                "mara",
                "1q 2 3 4",
                states={
                    "lost": MotifState("lost", palette=arc),
                    "varied": MotifState("varied", vary=(parse_operation("on trumpet"),)),
                },
            )
        ],
        palettes=[
            builders.palette(rank, {"lead": name, "bed": name, "counter": name})
            for rank, name in named.items()
        ],
        characters=[Character("mara", "mara", character, ("lost", "varied"))],
        places=[Place("harbour", "", place)],
        states=[builders.state("calm", palette=story) if story else builders.state("calm")],
        scenes=[Scene("quay", "harbour", ("mara",), "calm")],
        instruments=[builders.instrument("trumpet")],
    )


@pytest.mark.parametrize(
    ("named", "lead", "bed"),
    [
        ({}, "piano", None),
        ({"place": "place"}, "horn", "horn"),
        ({"place": "place", "story": "story"}, "violin", "violin"),
        ({"place": "place", "story": "story", "character": "character"}, "oboe", "violin"),
        ({"story": "story", "character": "character", "arc": "arc"}, "flute", "violin"),
    ],
)
def test_s9_rank_of_palettes(named: dict[str, str], lead: str, bed: str | None) -> None:
    heard = hear(ranks(**named), until=2.0)
    assert {e.voice.instrument for e in heard.attacks("lead")} == {lead}
    assert {e.voice.instrument for e in heard.attacks("bed")} == ({bed} if bed else set())


def test_s9_a_cue_stands_above_all() -> None:
    score = ranks(arc="arc", character="character", story="story")
    heard = hear(score, (1.0, "palette cue"), until=6.0)
    assert [e.voice.instrument for e in heard.attacks("lead")] == ["flute"] + ["clarinet"] * 3
    assert heard.attacks("bed")[-1].voice.instrument == "clarinet"


def test_s9_a_cue_stands_above_an_instrument_that_an_arc_state_names() -> None:
    score = ranks(story="story")
    script = (0.0, "arc mara = varied"), (0.0, "go quay from the top")
    over = (1.0, "play lead on piano for 1 beat"), (3.0, "palette cue")
    heard = hear(score, *script, *over, until=4.0)
    players = [e.voice.instrument for e in heard.attacks(motif="mara")]
    assert players == ["trumpet", "piano", "trumpet", "clarinet"]


def test_s9_palettes_are_merged_role_by_role() -> None:
    score = builders.score(
        palettes=[
            builders.palette("full", {"bed": "string ensemble", "bass": "cello"}),
            builders.palette("only bass", {"bass": "double bass"}),
        ],
        states=[builders.state("calm", palette="full")],
        scenes=[Scene("quay", "", (), "calm")],
    )
    heard = hear(score, (4.0, "palette only bass"), until=5.0)
    after = {e.voice.instrument for e in heard.attacks() if e.seconds >= 4}
    assert after == {"string ensemble", "double bass"}


# -- S10 -------------------------------------------------------------------------------------------


def test_s10_a_later_request_for_the_same_thing_replaces_the_pending_one() -> None:
    heard = hear(play(), (1.0, "key D"), (2.0, "key Eb"), until=5.0)
    assert heard.changes("key") == [(4.0, "Eb major")]
    outcomes = [effect.outcome for effect in heard.effects("key D")]
    assert outcomes == [Outcome.PLANNED, Outcome.SUPERSEDED]


def test_s10_key_and_mode_are_one_thing() -> None:
    heard = hear(play(), (1.0, "key D"), (2.0, "mode minor"), until=5.0)
    assert heard.changes("key") == [(4.0, "C minor")]


def test_s10_of_two_gos_for_one_boundary_the_later_wins() -> None:
    heard = hear(play(), (1.0, "go sea"), (1.0, "go home"), until=5.0)
    assert heard.changes("scene") == [(0.0, "quay"), (4.0, "home")]
    assert heard.effects("go sea")[-1].outcome is Outcome.SUPERSEDED


def test_s10_of_two_leads_for_one_boundary_the_later_wins() -> None:
    heard = hear(play(), (5.0, "motif mara"), (6.0, "motif ilan"), until=12.0)
    assert {e.cause.motif for e in heard.attacks("lead") if e.seconds >= 8} == {"ilan"}


def test_s10_a_running_ramp_is_replaced_from_the_tempo_reached() -> None:
    heard = hear(play(), (0.0, "tempo 120 over 4 bars"), (4.0, "tempo 30 over 2 bars"), until=30.0)
    tempos = heard.of(Tempo)
    first, second = tempos
    assert second.seconds == pytest.approx(4.0)
    reached = (60**2 + (120**2 - 60**2) * second.tick / (16 * QUARTER)) ** 0.5
    assert second.bpm == pytest.approx(reached)
    assert (first.end_bpm, second.end_bpm) == (120.0, 30.0)


def test_s10_unlike_things_stand_side_by_side() -> None:
    heard = hear(play(), (1.0, "key D"), (1.0, "metre 3/4"), (1.0, "harmony away"), until=5.0)
    assert [effect.outcome for effect in heard.effects("key D")] == [
        Outcome.PLANNED,
        Outcome.DONE,
    ]
    assert heard.changes("key") == [(4.0, "D major")]


def test_s8_a_state_inside_a_scene_leaves_its_length_and_its_marks_alone() -> None:
    score = builders.score(
        motifs=[builders.motif("a", "1w")],
        characters=[Character("a", "a", "", ())],
        states=[builders.state("calm"), builders.state("storm")],
        scenes=[
            Scene("one", "", ("a",), "calm", length=bars(6), marks={"turn": 4}),
            Scene("two", "", ("a",), "calm"),
        ],
    )
    heard = hear(score, (5.0, "state storm"), until=30.0)
    assert heard.changes("scene") == [(0.0, "one"), (24.0, "two")]
    assert heard.changes("marker") == [(12.0, "turn")]
    asked = hear(score, (5.0, "state storm"), (9.0, "key D at marker turn"), until=13.0)
    assert asked.effects("key D at marker turn")[0].seconds == 12.0
