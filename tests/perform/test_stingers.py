"""S10, S21, S23, S27 and theory T8: stingers on top of the music. A quarter is a second."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest

from leitmotor.messages import Attack, Change, Control, Fire, Outcome
from leitmotor.music.dynamics import velocity
from leitmotor.music.length import NEXT_BAR, NEXT_PHRASE, NOW, Boundary, Grid
from leitmotor.music.scale import MINOR, Key
from leitmotor.music.time import QUARTER
from leitmotor.perform.performance import Performance, Start
from leitmotor.score.compiled import CompiledScore, Scene
from leitmotor.score.compiled_overlays import Stinger
from leitmotor.testing import builders
from leitmotor.testing.listening import Heard, Scripted, hear, prepared, shown

ROLE = "stinger"


def drama(*stingers: Stinger, **cues: str) -> CompiledScore:
    """A tune over held chords of strings; a second scene in Eb minor."""
    return builders.score(
        motifs=[builders.motif("tune", "1h 2h | 3h 4h", times=0)],
        palettes=[
            builders.palette(
                "warm", {"lead": "violin", "bed": "string ensemble", "bass": "cello"}, (1, 3)
            )
        ],
        progressions=[builders.progression("home", "I | IV | V | vii")],
        characters=[builders.Character("mara", "tune", "", ())],
        states=[
            builders.state("calm", palette="warm", harmony="home"),
            builders.state("dark", palette="warm", key=Key(2, -1, MINOR)),
        ],
        scenes=[Scene("day", "", ("mara",), "calm"), Scene("night", "", ("mara",), "dark")],
        stingers=stingers,
        cues=cues,
    )


def knock(notes: str = "1q 2q", *players: str, **settings: object) -> Stinger:
    return builders.stinger("knock", notes, *(players or ("piano",)), **settings)  # type: ignore[arg-type]


def sounds(stinger: Stinger, *script: Scripted, until: float = 10.0, **cues: str) -> Heard:
    return hear(drama(stinger, **cues), *script, until=until)


# -- where it lands --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "verb", "expected"),
    [
        (None, "stinger knock", 2.0),
        (NOW, "stinger knock", 1.25),
        (NEXT_BAR, "stinger knock", 4.0),
        (NEXT_BAR, "stinger knock at next beat", 2.0),
        (None, "stinger knock at next 2 bars", 8.0),
    ],
)
def test_s6_it_lands_at_its_own_boundary_unless_the_verb_says_otherwise(
    at: Boundary | None, verb: str, expected: float
) -> None:
    heard = sounds(knock(at=at), (1.25, verb))
    assert heard.times(ROLE) == [expected, expected + 1]
    assert heard.changes("stinger") == [(expected, "knock")]


def test_it_changes_nothing_of_what_plays() -> None:
    """T8: on top of running music, no state change."""
    plain = hear(drama(knock()), until=10.0)
    heard = sounds(knock(), (1.25, "stinger knock"))
    assert [a[:2] + a[5:9] for a in heard.attacks() if a.voice.role != ROLE] == [
        a[:2] + a[5:9] for a in plain.attacks()
    ]


def test_its_notes_say_why_they_sound() -> None:
    heard = sounds(knock(), (1.0, Fire("door")), door="stinger knock")
    causes = {(a.cause.rule, a.cause.motif, a.cause.cue) for a in heard.attacks(ROLE)}
    assert causes == {("stinger", "knock", "door")}


def test_s7_beyond_its_wait_it_expires_and_is_never_late() -> None:
    stinger = knock(at=NEXT_BAR, wait_at_most=builders.beats(1))
    heard = sounds(stinger, (1.0, "stinger knock"), (7.5, "stinger knock"))
    first, second, landed = heard.effects("stinger knock")
    assert first.outcome is Outcome.EXPIRED
    assert first.rule == "next bar is more than 1 beat away"
    assert (second.outcome, landed.outcome) == (Outcome.PLANNED, Outcome.DONE)
    assert heard.times(ROLE)[0] == 8.0


def test_s7_a_marker_that_does_not_come_in_time_lets_it_expire() -> None:
    stinger = knock(at=Boundary(Grid.MARKER, marker="plea"), wait_at_most=builders.seconds(2.0))
    heard = sounds(stinger, (1.0, Fire("door")), door="stinger knock, then log on")
    assert heard.effects("stinger knock")[-1].outcome is Outcome.EXPIRED
    assert heard.effects("stinger knock")[-1].seconds == 3.0
    assert not heard.attacks(ROLE)
    assert heard.effects("then log on")[0].seconds == 3.0  # what waits for it goes on without it


def test_t8_without_a_wait_it_is_carried_over_an_entry_onto_the_new_bars() -> None:
    stinger = knock(at=NEXT_BAR)
    heard = sounds(stinger, (4.5, "stinger knock"), (4.5, "go night at now"), until=12.0)
    assert heard.times(ROLE)[0] == 4.5
    heard = sounds(
        stinger, (4.25, "stinger knock at next 2 bars"), (4.5, "go night at now"), until=20.0
    )
    assert heard.times(ROLE)[0] == 4.5  # bar 1 of the entry is one of every two


def test_an_entry_that_moves_it_beyond_its_wait_lets_it_expire() -> None:
    stinger = knock(at=NEXT_PHRASE, wait_at_most=builders.seconds(12.0))
    heard = sounds(
        stinger,
        (4.5, "stinger knock"),
        (5.0, "go night at now"),
        (5.5, "stinger knock at next 2 bars"),
        until=24.0,
    )
    assert heard.effects("stinger knock")[-1].outcome in (Outcome.DONE, Outcome.SUPERSEDED)
    late = sounds(
        knock(at=Boundary(Grid.BARS, 3), wait_at_most=builders.seconds(8.0)),
        (4.5, "stinger knock"),  # bar 4, at 12 s
        (5.0, "metre 5/4 at next bar"),  # bar 3 is longer now
        until=24.0,
    )
    assert late.effects("stinger knock")[-1].outcome is Outcome.EXPIRED
    assert not late.attacks(ROLE)


def test_it_goes_on_over_an_entry_in_the_new_key() -> None:
    stinger = knock("1q 3 3 3")
    heard = sounds(stinger, (2.0, "stinger knock"), (3.5, "go night at now"), until=8.0)
    assert heard.notes(ROLE) == "2 C4, 3 E4, 4 Gb4, 5 Gb4"
    assert {a.cause.scene for a in heard.attacks(ROLE) if a.seconds > 3.5} == {"night"}


# -- pickup, cooldown, one at a time ---------------------------------------------------------------


def test_s27_its_pickup_sounds_before_it_lands() -> None:
    stinger = knock("5-q | 1q 2h", at=NEXT_BAR, pickup=QUARTER)
    heard = sounds(stinger, (1.0, "stinger knock"))
    assert heard.notes(ROLE) == "3 G3, 4 C4, 5 D4"
    late = sounds(stinger, (3.5, "stinger knock"))
    assert late.notes(ROLE) == "4 C4, 5 D4"
    assert "no room for its pickup" in late.effects("stinger knock")[0].rule


def test_t8_within_its_cooldown_it_is_refused_with_what_is_left() -> None:
    heard = sounds(
        knock(at=NOW, cooldown=3.0),
        (1.0, "stinger knock"),
        (2.5, "stinger knock"),
        (4.0, "stinger knock"),
    )
    assert heard.times(ROLE) == [1.0, 2.0, 4.0, 5.0]
    refused = next(e for e in heard.effects("stinger knock") if e.outcome is Outcome.REFUSED)
    assert refused.rule == "it is cooling down for another 1.5 s"


def test_s10_a_newer_one_replaces_the_one_that_is_planned() -> None:
    other = builders.stinger("bell", "5q", "piano")
    heard = hear(drama(knock(at=NEXT_BAR), other), (1.0, "stinger knock"), (1.5, "stinger bell"))
    assert heard.notes(ROLE) == "2 G4"
    assert heard.effects("stinger knock")[-1].outcome is Outcome.SUPERSEDED


def test_s10_a_newer_one_cuts_the_one_that_sounds() -> None:
    other = builders.stinger("bell", "5q", "piano")
    score = drama(knock("1w"), other, door="stinger knock, then log never")
    heard = hear(score, (1.0, Fire("door")), (2.5, "stinger bell"), until=8.0)
    assert heard.spans(ROLE)[0] == (1.0, 3.0, "C4")
    assert heard.notes(ROLE) == "1 C4, 3 G4"
    assert heard.effects("stinger knock")[-1].outcome is Outcome.SUPERSEDED
    assert "log never" not in str(heard.events)


def test_undo_takes_it_back_and_cancel_calls_it_off() -> None:
    heard = sounds(
        knock("1w", at=NOW), (1.0, Fire("door")), (2.0, "undo door at now"), door="stinger knock"
    )
    assert heard.spans(ROLE) == [(1.0, 2.0, "C4")]
    heard = sounds(
        knock(at=NEXT_BAR), (1.0, Fire("door")), (2.0, "cancel door"), door="stinger knock"
    )
    assert not heard.attacks(ROLE)
    assert heard.effects("stinger knock")[-1].outcome is Outcome.CANCELLED


def test_s24_stop_ends_it_and_what_was_to_follow() -> None:
    heard = sounds(knock("1w", then="log on"), (1.0, "stinger knock"), (2.0, "stop"))
    assert heard.spans(ROLE) == [(1.0, 2.0, "C4")]
    assert "log on" not in str(heard.events)


def test_where_nothing_plays_it_sounds_alone() -> None:
    performance = Performance(drama(knock()), start=Start.ON_CUE)
    performance.receive(Fire("door"), 1.0)
    heard = hear(drama(knock(), door="stinger knock"), (1.3, Fire("door")), start=Start.ON_CUE)
    assert heard.notes() == "1.3 C4, 2.3 D4"


# -- fit -------------------------------------------------------------------------------------------


def test_s21_fit_key_follows_the_key_in_force() -> None:
    heard = sounds(knock("1q 3q"), (1.0, "key Eb minor at now"), (1.5, "stinger knock"))
    assert heard.notes(ROLE) == "2 Eb4, 3 Gb4"


def test_s21_fit_none_stays_in_the_key_of_the_score() -> None:
    stinger = knock("1q 3q", fit="none")
    heard = sounds(stinger, (1.0, "key Eb minor at now"), (1.5, "stinger knock"))
    assert heard.notes(ROLE) == "2 C4, 3 E4"


@pytest.mark.parametrize("second", [0.5, 4.5, 8.5, 12.5])
def test_t8_fit_chord_meets_the_chord_of_its_landing_with_every_note(second: float) -> None:
    stinger = knock("<1 2b 5>q 6e 7e 2h 4b 5#", fit="chord")
    heard = sounds(stinger, (second, "stinger knock"), until=24.0)
    chords = [{0, 4, 7}, {5, 9, 0}, {7, 11, 2}, {11, 2, 6}]
    found = {a.pitch % 12 for a in heard.attacks(ROLE)}
    assert found
    assert found <= chords[int(second // 4)]


def test_t8_fit_chord_on_a_bar_line_meets_the_chord_that_begins_there() -> None:
    heard = sounds(knock("3q", at=NEXT_BAR, fit="chord"), (1.0, "stinger knock"))
    assert heard.notes(ROLE) == "4 F4"


# -- who plays, and how loud -----------------------------------------------------------------------


def test_without_with_the_players_of_the_lead_play_it_on_a_channel_of_its_own() -> None:
    score = drama(builders.stinger("knock", "1h"))
    heard = hear(score, (1.0, "stinger knock"), until=5.0)
    assert [a.voice.instrument for a in heard.attacks(ROLE)] == ["violin"]
    lead = {a.voice.channel for a in heard.attacks("lead")}
    assert lead.isdisjoint(a.voice.channel for a in heard.attacks(ROLE))


def test_several_play_it_together_and_a_role_stands_for_its_players() -> None:
    score = drama(builders.stinger("knock", "1h", "horn", "bed"))
    heard = hear(score, (1.0, "stinger knock"), until=5.0)
    assert {a.voice.instrument for a in heard.attacks(ROLE)} == {"horn", "string ensemble"}


def test_s23_the_palette_does_not_clamp_it_and_it_is_not_a_step_softer() -> None:
    heard = sounds(knock("(ff) 1q"), (1.0, "stinger knock"))
    assert [a.velocity for a in heard.attacks(ROLE)] == [velocity(6)]


def test_s15_the_first_note_has_the_new_player_even_where_a_program_must_change() -> None:
    heard = hear(
        drama(knock(at=NOW), builders.stinger("bell", "1q", "horn", at=NOW)),
        (1.0, "stinger knock"),
        (3.0, "stinger bell"),
    )
    assert [a.voice.instrument for a in heard.attacks(ROLE)] == ["piano", "piano", "horn"]


# -- duck and then ---------------------------------------------------------------------------------


def levels(heard: Heard, role: str) -> list[tuple[float, int]]:
    """CC7 of a role's channel, which is 100 at 0 dB."""
    return [
        (round(each.seconds, 6), each.value)
        for each in heard.of(Control)
        if each.controller == 7 and each.voice.role == role
    ]


def cc7(db: float) -> int:
    return round(100 * 10 ** (db / 40))


def test_t8_everything_else_steps_back_for_its_length_and_200_ms() -> None:
    heard = sounds(knock(duck=-6.0), (1.0, "stinger knock"))
    bed = levels(heard, "bed")
    assert bed[0][0] > 1.0
    down = [second for second, value in bed if value == cc7(-6.0)]
    assert down[0] == pytest.approx(1.08, abs=1e-5)
    assert next(second for second, _ in bed if second > 1.08) > 3.2
    assert bed[-1] == (4.2, 100)
    assert not levels(heard, ROLE)


def test_a_duck_comes_on_top_of_levels_and_fades() -> None:
    heard = sounds(
        knock("1w", duck=-6.0), (0.5, "level bed -6 dB"), (1.0, "stinger knock"), until=12.0
    )
    bed = levels(heard, "bed")
    assert min(value for _, value in bed) == cc7(-12.0)
    assert bed[-1] == (6.2, cc7(-6.0))


def test_a_newer_stinger_takes_the_duck_over_where_it_stands() -> None:
    score = drama(knock("1w", duck=-6.0), builders.stinger("bell", "5q", "piano", duck=-3.0))
    heard = hear(score, (1.0, "stinger knock"), (2.0, "stinger bell"), until=8.0)
    bed = levels(heard, "bed")
    assert [value for second, value in bed if second < 2.5][-1] == cc7(-3.0)
    assert [value for second, value in bed if second > 1.5] == sorted(
        value for second, value in bed if second > 1.5
    )
    assert bed[-1] == (4.2, 100)


def test_its_then_is_asked_for_when_it_has_ended() -> None:
    heard = sounds(
        knock("1q 2", then="key D at now, stinger knock at now"), (1.0, "stinger knock"), until=4.5
    )
    assert heard.notes(ROLE) == "1 C4, 2 D4, 3 D4, 4 E4"


def test_what_follows_with_then_waits_for_its_end() -> None:
    heard = sounds(knock("1q 2"), (1.0, Fire("door")), door="stinger knock, then key D at now")
    assert [c.seconds for c in heard.of(Change) if c.what == "key"] == [3.0]


# -- laws ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cut", [1.5, 3.0, 3.5, 4.0, 4.02, 5.5, 6.3, 6.5])
def test_law_8_a_snapshot_goes_on_in_pickup_stinger_and_duck(cut: float) -> None:
    score = drama(
        knock("5-q | 1q 2h", at=NEXT_BAR, pickup=QUARTER, duck=-6.0, fit="chord", cooldown=9.0)
    )
    script = (1.0, "stinger knock"), (6.2, "stinger knock")
    whole = prepared(score, *script).advance(12.0)
    performance = prepared(score, *script)
    events = performance.advance(cut)
    snapshot = json.loads(json.dumps(performance.snapshot()))
    events += Performance.restore(score, snapshot).advance(12.0)
    assert events == whole
    assert any(isinstance(event, Attack) and event.voice.role == ROLE for event in whole)


def test_t9_a_duck_sends_fifty_controllers_a_second_at_most() -> None:
    heard = sounds(
        knock("1w", duck=-9.0), (1.0, "stinger knock"), (1.5, "level all -9 dB over 3 s")
    )
    told: dict[int, list[float]] = {}
    for control in heard.of(Control):
        if control.controller == 7:
            told.setdefault(control.voice.channel, []).append(control.seconds)
    assert told
    for seconds in told.values():
        gaps = [after - before for before, after in pairwise(seconds)]
        assert sum(gap < 0.0199 for gap in gaps) <= 1, [shown(gap) for gap in gaps]


def test_each_time_is_counted_by_a_stinger_of_its_own() -> None:
    knock = builders.stinger("knock", "1e 3", "harp", each_time=("as written", "retrograde"))
    score = builders.score(motifs=[builders.motif("knock", "1w 1w")], stingers=[knock])
    script = [(4.0 * n, "stinger knock at now") for n in range(3)]
    heard = hear(score, *script, until=12.0)
    pitches = [a.spelling[0] for a in heard.attacks("stinger")]
    assert pitches == ["C", "E", "E", "C", "C", "E"]
