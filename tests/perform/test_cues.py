"""S35 and the life of a cue: then, for, keep, undo, cancel, GO, matchers, once, cooldown, while."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest

from leitmotor.messages import GO, Cue, Do, Fire, Log, Observation, Outcome
from leitmotor.music.length import bars
from leitmotor.music.time import QUARTER
from leitmotor.perform.performance import Performance
from leitmotor.score.compiled import Character, CompiledScore, Scene
from leitmotor.score.matchers import (
    AllOf,
    AnyOf,
    DialogueTurn,
    EventNamed,
    InScene,
    InState,
    MarkerPassed,
    Press,
    SceneEntered,
)
from leitmotor.testing import builders
from leitmotor.testing.listening import Heard, hear

B, C = Press("b"), Press("c")


def press(key: str) -> Observation:
    return Observation("press", key)


def desk(**cues: builders.CueText) -> CompiledScore:
    """Two scenes over a held bed, with these cues (`_` for blanks)."""
    return builders.score(
        motifs=[builders.motif("tune", "1q 2 3 4"), builders.motif("answer", "5q 4 3 2")],
        palettes=[builders.palette("p", {"lead": "piano", "bed": "string ensemble"})],
        states=[builders.state("calm", palette="p"), builders.state("storm", palette="p")],
        scenes=[Scene("quay", "", (), "calm"), Scene("sea", "", (), "storm")],
        cues={name.replace("_", " "): cue for name, cue in cues.items()},
        phrase=bars(2),
    )


def logs(heard: Heard) -> list[tuple[float, str]]:
    return [(round(event.seconds, 4), event.text) for event in heard.of(Log)]


# -- then ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "ends"),
    [
        ("swell 1 beat to ff", 3.0),
        ("crescendo 1 beat to ff", 2.0),
        ("fade 2 beats", 3.0),
        ("tempo 60 over 2 beats", 3.0),
        ("dynamic p over 1 beat", 2.0),
        ("level bed out over 1 beat", 2.0),
        ("wait 1.5 s", 2.5),
        ("motif tune at now", 5.0),
        ("motif tune in bed at now", 5.0),
        ("key D at next beat", 1.0),
        ("key D", 4.0),
        ("log x", 1.0),
    ],
)
def test_language_4_then_waits_until_the_entry_before_has_ended(first: str, ends: float) -> None:
    heard = hear(desk(), (1.0, f"{first}, then log done"), until=6.0)
    assert logs(heard)[-1] == (ends, "done")


def test_language_4_entries_after_then_start_with_it() -> None:
    heard = hear(desk(), (1.0, "log a, wait 1 s, then log b, log c, then log d"), until=6.0)
    assert logs(heard) == [(1.0, "a"), (2.0, "b"), (2.0, "c"), (2.0, "d")]


def test_language_4_a_refused_entry_does_not_keep_the_rest_waiting() -> None:
    heard = hear(desk(), (1.0, "go quay, then log on"), until=2.0)
    assert logs(heard) == [(1.0, "on")]


def test_language_4_a_motif_that_is_cut_has_ended() -> None:
    heard = hear(
        desk(), (1.0, "motif tune at now, then log on"), (2.5, "motif answer at now"), until=4.0
    )
    assert logs(heard) == [(2.5, "on")]


def test_language_4_a_superseded_entry_takes_its_sequence_with_it() -> None:
    heard = hear(desk(), (1.0, "key D, then log never"), (2.0, "key E"), until=9.0)
    assert logs(heard) == []


# -- for, keep, undo, cancel -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verb", "what", "there", "back"),
    [
        ("key D for 1 bar", "key", (4.0, "D major"), (8.0, "C major")),
        ("mode dorian for 2 beats", "key", (4.0, "C dorian"), (6.0, "C major")),
        ("metre 3/4 for 3 beats", "metre", (4.0, "3/4"), (7.0, "4/4")),
        ("state storm for 1 bar", "state", (4.0, "storm"), (8.0, "calm")),
        ("mute bed for 2 s", "muted", (1.0, "bed"), (3.0, "")),
        ("layers lead for 2 s", "layers", (1.0, "lead"), (3.0, "lead bed")),
    ],
)
def test_language_4_for_t_returns_what_was_there(
    verb: str, what: str, there: tuple[float, str], back: tuple[float, str]
) -> None:
    heard = hear(desk(), (1.0, verb), until=16.0)
    assert heard.changes(what)[-2:] == [there, back]


def test_language_4_a_state_for_a_time_does_not_return_once_the_scene_is_left() -> None:
    heard = hear(desk(), (1.0, "state storm for 4 bars at now"), (2.0, "go sea at now"), until=30.0)
    assert heard.changes("state") == [(0.0, "calm"), (1.0, "storm"), (2.0, "storm")]


def test_language_4_for_t_under_a_later_change_does_not_take_that_away() -> None:
    heard = hear(desk(), (0.0, "key D for 2 bars"), (4.0, "key E"), until=12.0)
    assert heard.changes("key") == [(0.0, "D major"), (4.0, "E major")]


def test_language_4_a_later_for_t_uncovers_what_stands_below() -> None:
    heard = hear(desk(), (0.0, "key D"), (4.0, "key E for 1 bar"), until=12.0)
    assert heard.changes("key") == [(0.0, "D major"), (4.0, "E major"), (8.0, "D major")]


def test_language_4_undo_waits_for_the_bar_and_says_when_nothing_holds() -> None:
    score = desk(dark="mode minor at now, dynamic pp", bright="log x")
    heard = hear(score, (1.0, Fire("dark")), (2.0, "undo dark"), (5.0, "undo dark"), until=9.0)
    assert heard.changes("key") == [(1.0, "C minor"), (4.0, "C major")]
    assert "nothing of dark holds any more" in heard.told("undo dark")
    assert heard.told("undo dark")[-1] == "done: next bar; "


def test_language_4_undo_takes_back_arcs_and_presence() -> None:
    score = builders.score(
        motifs=[builders.motif("tune", "1q 2 3 4")],
        characters=[Character("mara", "tune", "", ("lost", "found"))],
        scenes=[Scene("quay", "", (), "")],
        cues={"come": "arc mara = found, enter mara"},
    )
    heard = hear(score, (1.0, Fire("come")), (2.0, "undo come at now"), until=9.0)
    assert "took back arc mara, presence mara" in heard.told("undo come at now")
    assert heard.times() == []


def test_language_4_undo_calls_off_what_the_cue_has_planned() -> None:
    score = desk(dark="dynamic pp, key D at next phrase")
    heard = hear(score, (1.0, Fire("dark")), (2.0, "undo dark at now"), until=12.0)
    assert heard.changes("key") == []
    assert heard.effects("key D at next phrase")[-1].outcome is Outcome.CANCELLED


def test_language_4_cancel_calls_off_what_was_planned_and_keeps_what_was_done() -> None:
    score = desk(dark="mode minor at now, metre 3/4")
    heard = hear(score, (1.0, Fire("dark")), (2.0, "cancel dark"), until=9.0)
    assert heard.changes("key") == [(1.0, "C minor")]
    assert heard.changes("metre") == []
    heard = hear(score, (1.0, "key D"), (2.0, "cancel all"), (3.0, "cancel all"), until=9.0)
    assert heard.changes("key") == []
    assert heard.told("cancel all")[-1] == "nothing was planned"


# -- GO --------------------------------------------------------------------------------------------


def test_language_6_go_walks_down_the_list_from_the_cue_fired_last() -> None:
    score = desk(one="log 1", two="log 2", three="log 3", aside={"do": "log a", "listed": False})
    heard = hear(
        score,
        (1.0, GO),
        (2.0, Fire("aside")),
        (3.0, GO),
        (4.0, Fire("one")),
        (5.0, GO),
        (6.0, GO),
        (7.0, GO),
        until=8.0,
    )
    assert [text for _, text in logs(heard)] == ["1", "a", "2", "1", "2", "3"]
    assert heard.effects("GO")[-1].outcome is Outcome.REFUSED
    assert "no further cue" in heard.effects("GO")[-1].rule


def test_language_6_a_cue_is_fired_by_name_and_by_number() -> None:
    score = desk(one={"do": "log 1", "number": "7.5"}, two={"do": "log 2", "number": "one"})
    heard = hear(score, (1.0, Fire("7.5")), (2.0, Fire("one")), until=3.0)
    assert [text for _, text in logs(heard)] == ["1", "1"]


def test_language_6_two_gos_at_one_instant_fire_two_cues() -> None:
    heard = hear(desk(one="log 1", two="log 2"), (1.0, GO), (1.0, GO), until=2.0)
    assert logs(heard) == [(1.0, "1"), (1.0, "2")]


# -- matching --------------------------------------------------------------------------------------


def fired(score: CompiledScore, *script: tuple[float, Cue], until: float = 20.0) -> list[str]:
    return [value for _, value in hear(score, *script, until=until).changes("cue")]


def test_s10_one_message_fires_every_cue_that_matches_in_file_order() -> None:
    score = desk(one={"when": [B]}, two={"when": [C]}, three={"when": [C, B]})
    assert fired(score, (1.0, press("b"))) == ["one", "three"]


def test_s35_an_event_matches_by_name_and_equal_fields() -> None:
    who = EventNamed("fall", (("who", "mara"),))
    score = desk(one={"when": [who]}, two={"when": [EventNamed("fall")]})
    assert fired(score, (1.0, Observation("event", "fall", fields=(("who", "ilan"),)))) == ["two"]
    exact = Observation("event", "fall", fields=(("how", "far"), ("who", "mara")))
    assert fired(score, (1.0, exact)) == ["one", "two"]


@pytest.mark.parametrize(("gap", "fires"), [(2.0, True), (2.01, False), (0.0, True)])
def test_language_6_all_of_must_arrive_within_two_seconds(gap: float, fires: bool) -> None:
    score = desk(both={"when": [AllOf((B, C))]})
    assert fired(score, (1.0, press("b")), (1.0 + gap, press("c"))) == ["both"] * fires


def test_language_6_all_of_needs_all_anew() -> None:
    score = desk(both={"when": [AllOf((B, AnyOf((C, Press("d")))))]})
    script = ((1.0, press("b")), (1.5, press("d")), (2.0, press("c")), (2.5, press("b")))
    assert fired(score, *script) == ["both", "both"]


def test_language_6_scene_and_marker_fire_cues() -> None:
    score = desk(
        at_sea={"when": [SceneEntered("sea")], "do": "motif tune at now"},
        said={"when": [MarkerPassed("plea")], "do": "log heard"},
    )
    tune = replace(score.motifs["tune"], marks={"plea": 2 * QUARTER})
    score = replace(score, motifs=dict(score.motifs) | {"tune": tune})
    heard = hear(score, (1.0, "go sea"), until=8.0)
    assert heard.changes("cue") == [(4.0, "at sea"), (6.0, "said")]


def test_language_6_the_first_scene_fires_its_cue_once() -> None:
    score = desk(first={"when": [SceneEntered("quay")], "do": "log here"})
    for script in ((), ((0.0, Do("dynamic p")),), ((0.0, Do("go quay")),)):
        assert fired(score, *script, until=1.0) == ["first"]


def test_s33_a_go_at_the_very_start_is_where_the_music_begins() -> None:
    heard = hear(desk(), (0.0, "go sea"), until=1.0)
    assert heard.changes("scene") == [(0.0, "sea")]


def test_s35_a_circle_of_cues_at_one_instant_is_bounded_and_told() -> None:
    score = desk(
        there={"when": [SceneEntered("sea")], "do": "go quay"},
        back={"when": [SceneEntered("quay")], "do": "go sea"},
    )
    heard = hear(score, (5.0, "log on"), until=9.0)
    assert "on" in [text for _, text in logs(heard)]
    assert any("circle" in text for _, text in logs(heard))
    assert len(heard.changes("scene")) < 50


def test_s35_what_matches_nothing_is_answered() -> None:
    heard = hear(desk(one={"when": [B]}), (1.0, press("x")), until=2.0)
    (effect,) = heard.effects("press x")
    assert (effect.outcome, effect.rule) == (Outcome.REFUSED, "no cue waits for it")


def test_s35_a_capture_that_names_nothing_is_refused() -> None:
    heard = hear(desk(any_scene="go $1, log costs $ 5"), (1.0, Fire("any scene")), until=2.0)
    (effect,) = heard.effects("go $1")
    assert effect.outcome is Outcome.REFUSED
    assert "$1" in effect.rule
    assert logs(heard) == [(1.0, "costs $ 5")]


def test_language_10_a_matcher_that_is_not_yet_matched_never_fires() -> None:
    score = desk(one={"when": [DialogueTurn(starts=True)], "do": "log x"})
    assert fired(score, (1.0, Observation("dialogue", "starts"))) == []


# -- once, cooldown, while -------------------------------------------------------------------------


def test_language_3_once_and_cooldown_and_while() -> None:
    score = desk(
        once={"when": [B], "once": True},
        cooled={"when": [B], "cooldown": 5.0},
        kept={"when": [B], "while_": (InScene("sea"), InState("calm"))},
        barred={"when": [B], "while_": (InScene("sea"),)},
    )
    script = [(float(second), press("b")) for second in (1, 3, 6)]
    assert fired(score, *script) == ["once", "cooled", "kept", "kept", "cooled", "kept"]
    heard = hear(score, *script, until=7.0)
    assert heard.effects("once")[-1].rule == "it fires only once"
    assert "cooling down for another 3.0 s" in heard.effects("cooled")[0].rule
    assert heard.effects("barred")[0].rule == "only while scene sea"


def test_language_3_a_refused_cue_does_not_use_up_its_once() -> None:
    score = desk(once={"when": [B], "once": True, "while_": (InScene("sea"),)})
    assert fired(score, (1.0, press("b")), (2.0, Do("go sea at now")), (3.0, press("b"))) == [
        "once"
    ]


def test_s32_do_lists_in_turn_and_shuffled() -> None:
    turns = {"in turn": ["log a", "log b", "log c"]}
    score = desk(say={"do": turns})
    script = [(float(second), Fire("say")) for second in range(1, 6)]
    assert [t for _, t in logs(hear(score, *script))] == ["a", "b", "c", "a", "b"]
    mixed = desk(say={"do": {"shuffled": ["log a", "log b", "log c"]}})
    script = [(float(second), Fire("say")) for second in range(1, 31)]
    said = [t for _, t in logs(hear(mixed, *script, until=40.0))]
    assert all(one != other for one, other in pairwise(said))
    assert {said.count(text) for text in "abc"} == {10}


def test_s2_the_answer_tells_what_when_and_by_which_rule() -> None:
    performance = Performance(desk())
    performance.advance(1.0)
    answer = performance.receive(Do("key D, chord V, dynamic p"), 1.5)
    assert [(e.bar, e.beat, e.seconds, e.rule) for e in answer.effects] == [
        (2, 1, 4.0, "next bar"),
        (1, 3, 2.0, "next beat"),
        (1, Fraction(5, 2), 1.5, "now"),
    ]
