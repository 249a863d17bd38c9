"""S9, S30, T13: tone, distance, rooms and touch in what comes out. A quarter is a second."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.perform.driven_piece import piece

from leitmotor.messages import Attack, Control, Distance, Fire, Room, Set
from leitmotor.music.dynamics import level_controller
from leitmotor.music.length import bars
from leitmotor.music.space import reverb_controller, tone_controller
from leitmotor.perform.performance import Performance
from leitmotor.score.compiled import Character, CompiledScore, MotifState, Palette, Place, Scene
from leitmotor.score.matchers import InScene
from leitmotor.testing import builders
from leitmotor.testing.builders import mapping, palette, parameter
from leitmotor.testing.listening import Heard, hear, prepared

UP, DOWN = Set("tension", 1.0), Set("tension", 0.0)
LEVEL, TONE, REVERB = 7, 74, 91
DARK, BRIGHT = -0.8, 0.8
NOWHERE = Place("quay", "", "")
HALL, SHED = ("hall", 2.8), ("room", 0.5)


def play(
    warm: dict[str, Any] | None = None,
    cold: dict[str, Any] | None = None,
    place: Place = NOWHERE,
    *more: Palette,
    **keys: Any,
) -> CompiledScore:
    """Two scenes, the first at the place, with a violin over held strings in both palettes."""
    roles = {"lead": "violin", "bed": "string ensemble"}
    return builders.score(
        motifs=[builders.motif("tune", "1q 2 3 4", states=keys.pop("variants", None))],
        palettes=[
            palette("warm", roles, **(warm or {})),
            palette("cold", roles, **(cold or {})),
            *more,
        ],
        progressions=[builders.progression("home", "I")],
        characters=[Character("mara", "tune", keys.pop("own", ""), keys.pop("arc", ()))],
        places=[place],
        states=[
            builders.state("calm", palette="warm", harmony="home"),
            builders.state("storm", palette="cold", harmony="home"),
        ],
        scenes=[Scene("one", "quay", ("mara",), "calm"), Scene("two", "", ("mara",), "storm")],
        breathe=bars(0),
        rest=bars(0),
        **keys,
    )


def rooms(heard: Heard) -> list[tuple[float, str, float]]:
    return [(round(e.seconds, 4), e.name, e.rings) for e in heard.of(Room)]


def distances(heard: Heard, instrument: str) -> list[tuple[float, float]]:
    return [
        (round(e.seconds, 4), round(e.metres, 4))
        for e in heard.of(Distance)
        if e.voice.instrument == instrument
    ]


# -- tone ------------------------------------------------------------------------------------------


def test_a_palettes_tone_is_told_before_the_first_note_and_only_when_it_changes() -> None:
    heard = hear(play({"tone": DARK}, {"tone": DARK}), (9.0, "go two at now"), until=14.0)
    assert heard.controls(TONE, "violin") == [(0.0, tone_controller(DARK))]
    assert heard.controls(TONE, "string ensemble") == [(0.0, tone_controller(DARK))]
    first = next(n for n, e in enumerate(heard.events) if isinstance(e, Attack))
    assert any(isinstance(e, Control) and e.controller == TONE for e in heard.events[:first])


def test_a_score_that_speaks_of_none_is_told_none() -> None:
    score = play()
    heard = hear(score, (6.0, "palette cold"), (9.0, "go two at now"), until=14.0)
    assert {e.controller for e in heard.of(Control)} <= {LEVEL, 11}
    assert not heard.of(Room)
    assert not heard.of(Distance)
    assert {len(setup.controls) for setup in Performance(score).prelude()} == {2}


def test_s9_the_tone_is_that_of_the_palette_that_casts_the_role() -> None:
    variants = {"lost": MotifState("lost", palette="cold")}
    wood = palette("wood", {"lead": "clarinet"}, tone=BRIGHT)
    score = play({"tone": DARK}, {"tone": 0.5}, NOWHERE, wood, variants=variants, arc=("lost",))
    heard = hear(score, (5.0, "palette wood"), until=10.0)
    assert heard.controls(TONE, "violin") == [(0.0, tone_controller(0.5))]
    assert heard.controls(TONE, "string ensemble") == [(0.0, tone_controller(DARK))]
    assert heard.controls(TONE, "clarinet")[0][1] == tone_controller(BRIGHT)


def test_what_sounds_takes_another_palettes_tone_at_once() -> None:
    heard = hear(play({"tone": DARK}, {"tone": BRIGHT}), (1.5, "palette cold"), until=4.0)
    told = [(0.0, tone_controller(DARK)), (1.5, tone_controller(BRIGHT))]
    assert heard.controls(TONE, "string ensemble") == told
    assert heard.controls(TONE, "violin") == told


def test_an_instruments_own_tone_is_added_and_the_sum_is_clamped() -> None:
    own = builders.instrument("violin", tone=0.5)
    score = play({"tone": 0.25}, {"tone": BRIGHT}, instruments=[own])
    controls = {
        s.voice.instrument: dict(s.controls)[TONE]
        for s in Performance(score).prelude()
        if s.voice.role == "lead"
    }
    assert controls["violin"] == tone_controller(0.5)
    assert controls["piano"] == 64
    heard = hear(score, (5.0, "palette cold"), until=8.0)
    assert [value for _, value in heard.controls(TONE, "violin")] == [tone_controller(0.75), 127]


def test_s30_a_mapped_tone_is_added_for_everybody_while_notes_sound() -> None:
    score = piece(mapping("tone", "0 -> 0", "1 -> 0.5"), made=parameter(rise=2.0), tune="1w")
    heard = hear(score, (1.0, UP), until=6.0)
    for instrument in ("violin", "string ensemble"):
        told = heard.controls(TONE, instrument)
        assert 1.0 < told[0][0] <= told[-1][0] == pytest.approx(3.0, abs=0.05)
        assert told[-1][1] == tone_controller(0.5)
        assert all(a < b for (_, a), (_, b) in pairwise(told))


@settings(max_examples=30)
@given(st.floats(30.0, 400.0), st.floats(0.05, 3.0))
def test_t9_tone_and_distance_do_not_flood_a_channel_and_arrive(tempo: float, rise: float) -> None:
    rules = (
        mapping("tone", "0 -> dark", "1 -> bright"),
        mapping("distance bed", "0 -> 1 m", "1 -> 9 m"),
    )
    score = piece(*rules, made=parameter(rise=rise), tune="1w", tempo=tempo)
    heard = hear(score, (0.1, UP), until=0.1 + rise + 1.0)
    assert heard.controls(TONE, "violin")[-1][1] == tone_controller(BRIGHT)
    assert distances(heard, "string ensemble")[-1][1] == 9.0
    for kind in (Control, Distance):
        sent = [
            e.seconds
            for e in heard.of(kind)
            if (e.voice.role, e.voice.instrument) == ("bed", "string ensemble")
            and getattr(e, "controller", TONE) == TONE
        ]
        gaps = [b - a for a, b in pairwise(sent) if a > 0.1]
        assert all(gap >= 0.02 - 1e-9 for gap in gaps[:-1])


def test_s8_a_mapped_tone_ends_with_its_while() -> None:
    rule = mapping("tone", "0 -> 0", "1 -> 0.5", while_=(InScene("one"),))
    heard = hear(piece(rule), (0.5, UP), (2.0, "go two at now"), (5.0, "go one at now"), until=7.0)
    assert [value for _, value in heard.controls(TONE, "violin")] == [96, 64, 96]


# -- distance --------------------------------------------------------------------------------------


def test_t13_distance_is_told_and_takes_6_db_for_each_doubling() -> None:
    heard = hear(play({"distance": 4.0}), until=4.0)
    assert distances(heard, "violin") == [(0.0, 4.0)]
    assert heard.controls(LEVEL, "violin") == [(0.0, level_controller(-12.0))]


def test_t13_a_metre_is_as_loud_as_ones_own_seat() -> None:
    heard = hear(play({"distance": 1.0}), until=4.0)
    assert distances(heard, "violin") == [(0.0, 1.0)]
    assert heard.controls(LEVEL, "violin") == []


def test_t13_distance_and_level_add_up() -> None:
    score = play({"distance": 2.0, "levels": {"lead": -6.0}})
    heard = hear(score, until=4.0)
    assert heard.controls(LEVEL, "violin")[-1][1] == level_controller(-12.0)


def test_s9_a_palettes_distance_comes_before_the_places() -> None:
    place = Place("quay", "", "", None, 8.0)
    heard = hear(play({}, {"distance": 2.0}, place), (5.0, "palette cold"), (9.0, "go two at now"))
    assert distances(heard, "violin") == [(0.0, 8.0), (5.0, 2.0)]
    heard = hear(play({}, {}, place), (9.0, "go two at now"), until=12.0)
    assert distances(heard, "violin") == [(0.0, 8.0), (9.0, 0.0)]
    assert heard.controls(LEVEL, "violin")[-1][1] == level_controller(0.0)


def test_s30_a_mapped_distance_moves_a_role_and_no_other() -> None:
    score = piece(
        mapping("distance bed", "0 -> 1 m", "1 -> 16 m", while_=(InScene("one"),)),
        made=parameter(rise=2.0),
    )
    heard = hear(score, (1.0, UP), (6.0, "go two at now"), until=8.0)
    told = distances(heard, "string ensemble")
    assert told[0] == (0.0, 1.0)
    assert told[-2:] == [(told[-2][0], 16.0), (6.0, 0.0)]
    assert told[-2][0] == pytest.approx(3.0, abs=0.05)
    assert distances(heard, "violin") == []
    levels = heard.controls(LEVEL, "string ensemble")
    assert min(value for _, value in levels) == level_controller(-24.0)
    assert levels[-1] == (6.0, level_controller(0.0))


# -- rooms -----------------------------------------------------------------------------------------


def test_t13_a_room_is_told_when_it_changes() -> None:
    place = Place("quay", "", "", HALL)
    heard = hear(play(place=place), (6.0, "go one from the top at now"), (9.0, "go two at now"))
    assert rooms(heard) == [(0.0, *HALL), (9.0, "", 0.0)]
    assert heard.controls(REVERB, "violin") == [(0.0, reverb_controller(2.8)), (9.0, 40)]


def test_s9_a_cues_room_before_the_states_before_the_places() -> None:
    place = Place("quay", "", "", HALL)
    score = play({}, {"reverb": SHED}, place, cues={"colder": "palette cold"})
    heard = hear(score, (2.0, Fire("colder")), (6.0, "undo colder at now"), until=12.0)
    assert rooms(heard) == [(0.0, *HALL), (2.0, *SHED), (6.0, *HALL)]
    assert rooms(hear(play({"reverb": SHED}, {}, place), until=4.0)) == [(0.0, *SHED)]


def test_t13_the_room_is_heard_the_more_from_far_away() -> None:
    heard = hear(play({"reverb": SHED, "distance": 4.0}), until=4.0)
    assert heard.controls(REVERB, "violin")[-1][1] == reverb_controller(0.5, 4.0)
    assert rooms(hear(play({"reverb": ("dry", 0.0)}), until=2.0)) == [(0.0, "dry", 0.0)]


# -- set-up and restore ----------------------------------------------------------------------------


def test_s34_the_prelude_after_a_restore_has_tone_distance_and_room() -> None:
    score = play({"tone": DARK, "reverb": HALL, "distance": 2.0})
    performance = prepared(score, (9.0, "go two at now"))
    performance.advance(5.0)
    restored = Performance.restore(score, json.loads(json.dumps(performance.snapshot())))
    setup = next(s for s in restored.prelude() if s.voice.instrument == "violin" and s.voice.role)
    assert setup.room == HALL
    assert setup.metres == 2.0
    assert dict(setup.controls)[TONE] == tone_controller(DARK)
    assert dict(setup.controls)[REVERB] == reverb_controller(2.8, 2.0)
    assert restored.advance(12.0) == performance.advance(12.0)


# -- touch -----------------------------------------------------------------------------------------


def test_an_attack_says_how_it_is_to_be_played() -> None:
    score = builders.score(
        motifs=[builders.motif("tune", "1q 2(staccato) 3 4")],
        palettes=[palette("warm", {"lead": "violin"}, touch="legato")],
        states=[builders.state("calm", palette="warm")],
        characters=[Character("mara", "tune", "", ())],
        scenes=[Scene("one", "", ("mara",), "calm")],
    )
    touches = [e.touch for e in hear(score, until=4.0).attacks("lead")]
    assert "staccato" in touches
    assert touches[0] == "legato"
    assert {e.touch for e in hear(play(), until=4.0).attacks()} == {""}


def test_s34_a_score_that_speaks_of_none_takes_them_back_after_a_reload() -> None:
    dark = {"tone": DARK, "reverb": HALL, "distance": 2.0}
    performance = prepared(play(dark))
    performance.advance(2.5)
    performance.reload(replace(play(), hash="another"))
    heard = Heard(tuple(performance.advance(9.0)))
    assert rooms(heard) == [(4.0, "", 0.0)]
    assert heard.controls(TONE, "violin") == [(4.0, 64)]
    assert heard.controls(REVERB, "violin") == [(4.0, 40)]
    assert distances(heard, "violin") == [(4.0, 0.0)]
    assert heard.controls(LEVEL, "violin") == [(4.0, level_controller(0.0))]
